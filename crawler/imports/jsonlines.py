"""JSON Lines, plain or packed, a line at a time; a broken line is told and the next one is read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.imports.packed import DAMAGES, unpacked

MAX_LINE = 32 * 2**20
"""Bytes of the longest line that is read; an article is rarely over 100,000."""
MAX_ARRAY = 256 * 2**20
"""Bytes of the largest file that is read as one JSON array."""
_UTF8 = b"\xef\xbb\xbf"
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True, slots=True)
class JsonObject:
    """One object, and its line, from 1 (in an array: its place there)."""

    number: int
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NoObject:
    """A line that is no JSON object, and why."""

    number: int
    reason: str


def read_lines(
    path: Path, watch: Callable[[int, int], None] = lambda _done, _total: None
) -> Iterator[JsonObject | NoObject]:
    """Every line of a file that is not blank. A file cut short or damaged gives what comes before, then a NoObject.

    Raises:
        OSError: the file cannot be opened.
    """
    total = path.stat().st_size
    with path.open("rb") as raw, unpacked(raw) as stream:
        number = 0
        while True:
            number += 1
            try:
                line = stream.readline(MAX_LINE)
                whole = line.endswith(b"\n") or len(line) < MAX_LINE or _skip_line(stream)
            except DAMAGES as error:
                yield NoObject(number, f"the packed file is damaged or cut short here ({error})")
                return
            if not line:
                break
            if number % 500 == 0:
                watch(raw.tell(), total)
            if not whole:
                yield NoObject(number, f"longer than {MAX_LINE // 2**20} MB: no article is; is this JSON Lines?")
            elif line.strip():
                yield _parsed(number, line)
    watch(total, total)


def read_array(path: Path) -> Iterator[JsonObject | NoObject]:
    """Every object of a file that is one JSON array (or one object).

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as raw, unpacked(raw) as stream:
        try:
            content = stream.read(MAX_ARRAY + 1)
        except DAMAGES as error:
            yield NoObject(1, f"the packed file is damaged or cut short ({error})")
            return
    if len(content) > MAX_ARRAY:
        yield NoObject(1, f"more than {MAX_ARRAY >> 20} MB in one array: make it JSON Lines with `jq -c '.[]'`")
        return
    value, reason = _loads(content)
    if reason:
        yield NoObject(1, reason)
        return
    for number, member in enumerate(value if isinstance(value, list) else [value], 1):
        yield JsonObject(number, member) if isinstance(member, dict) else NoObject(number, _no_object(member))


def is_array(path: Path) -> bool:
    """Whether a JSON file's first line does not stand for itself, so that it is no JSON Lines.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as raw, unpacked(raw) as stream:
        try:
            start = stream.readline(MAX_LINE)
        except DAMAGES:
            return False
    return start.lstrip(_UTF8 + b" \t\r\n")[:1] == b"[" or isinstance(_parsed(1, start), NoObject)


def _skip_line(stream: io.BufferedIOBase) -> bool:
    """Read on to the end of a line that is too long; always False: it was not read whole."""
    while (more := stream.readline(2**20)) and not more.endswith(b"\n"):
        pass
    return False


def _parsed(number: int, line: bytes) -> JsonObject | NoObject:
    if number == 1 and line[:2] in _BOMS:
        return NoObject(1, f"the file is {_BOMS[line[:2]]}: convert it with `iconv -t UTF-8`")
    value, reason = _loads(line)
    if reason:
        return NoObject(number, reason)
    return JsonObject(number, value) if isinstance(value, dict) else NoObject(number, _no_object(value))


def _loads(content: bytes) -> tuple[Any, str | None]:
    """The value, or None and why there is none."""
    try:
        return json.loads(content.removeprefix(_UTF8).decode("utf-8")), None
    except UnicodeDecodeError as error:
        return None, f"not UTF-8 (byte {content[error.start]:#04x} at {error.start}): convert the file"
    except json.JSONDecodeError as error:
        return None, f"not JSON: {error.msg} at character {error.pos + 1}"
    except RecursionError:
        return None, "not an article: nested too deep"
    except ValueError:  # Python refuses integers of more than 4,300 digits
        return None, "not an article: it holds a number of thousands of digits"


def _no_object(value: object) -> str:
    return f"a JSON {type(value).__name__}, not an object: one article a line is needed"
