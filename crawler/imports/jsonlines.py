"""JSON Lines, plain or compressed, a line at a time; a broken line is told and the next one is read."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_LINE = 32 * 2**20
"""Bytes of the longest line that is read; an article is rarely over 100,000."""
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line's JSON object; lines count from 1."""

    number: int
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that is no JSON object, and why."""

    number: int
    reason: str


def read_lines(
    path: Path, watch: Callable[[int, int], None] = lambda _done, _total: None
) -> Iterator[Line | BrokenLine]:
    """Every line of a `.jsonl`, `.gz` or `.xz` file that is not blank.

    Compressed files are told by their first bytes, not by their names. A file cut short or damaged gives what comes
    before the damage, then a BrokenLine.

    Raises:
        OSError: the file cannot be opened.
    """
    total = path.stat().st_size
    with path.open("rb") as raw, _unpacked(raw) as stream:
        number = 0
        while True:
            number += 1
            try:
                line = stream.readline(MAX_LINE)
                whole = line.endswith(b"\n") or len(line) < MAX_LINE or _skip_line(stream)
            except (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError) as error:
                yield BrokenLine(number, f"the compressed file is damaged or cut short here ({error})")
                return
            if not line:
                break
            if number % 500 == 0:
                watch(raw.tell(), total)
            if not whole:
                yield BrokenLine(number, f"longer than {MAX_LINE // 2**20} MB: no article is; is this JSON Lines?")
            elif line.strip():
                yield _parsed(number, line)
    watch(total, total)


def _unpacked(raw: io.BufferedReader) -> io.BufferedIOBase:
    start = raw.read(6)
    raw.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw)
    if start == b"\xfd7zXZ\x00":
        return lzma.LZMAFile(raw)
    return raw


def _skip_line(stream: io.BufferedIOBase) -> bool:
    """Read on to the end of a line that is too long; always False: it was not read whole."""
    while (more := stream.readline(2**20)) and not more.endswith(b"\n"):
        pass
    return False


def _parsed(number: int, line: bytes) -> Line | BrokenLine:
    if number == 1:
        if line[:2] in _BOMS:
            return BrokenLine(1, f"the file is {_BOMS[line[:2]]}: convert it with `iconv -t UTF-8`")
        line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return BrokenLine(number, f"not UTF-8 (byte {line[error.start]:#04x} at {error.start}): convert the file")
    except json.JSONDecodeError as error:
        return BrokenLine(number, f"not JSON: {error.msg} at character {error.pos + 1}")
    except RecursionError:
        return BrokenLine(number, "not an article: nested too deep")
    if not isinstance(value, dict):
        return BrokenLine(number, f"a JSON {type(value).__name__}, not an object: one article a line is needed")
    return Line(number, value)
