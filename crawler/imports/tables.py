"""Tables of articles, a row each: CSV and TSV by the standard library, Parquet by pyarrow."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from crawler.imports.jsonlines import MAX_LINE, JsonObject, NoObject
from crawler.imports.packed import DAMAGES, unpacked

_DELIMITERS = ",;\t|"
_ROWS = 256
"""Rows of Parquet that are held at once."""


def read_csv(path: Path, watch: Callable[[int, int], None]) -> Iterator[JsonObject | NoObject]:
    """Every row under a line of names, numbered by the line it ends in; empty cells are left out.

    UTF-8, or UTF-16 with its mark, as Excel's "Unicode text"; the delimiter is the one that the names have most.

    Raises:
        OSError: the file cannot be opened.
    """
    csv.field_size_limit(MAX_LINE)
    total = path.stat().st_size
    with path.open("rb") as raw, unpacked(raw) as stream:
        start = stream.peek(2)[:2] if isinstance(stream, io.BufferedReader) else b""
        encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = io.TextIOWrapper(cast(IO[bytes], stream), encoding, errors="surrogateescape", newline="")
        lines = _short_lines(text)
        number = 1
        try:
            opening = next(lines, "")
            delimiter = max(_DELIMITERS, key=opening.count)
            rows = csv.reader(_with_first(opening, lines), delimiter=delimiter, strict=True)
            names = [name.strip() for name in next(rows, [])]
            if wrong := _wrong_names(names):
                yield NoObject(1, wrong)
                return
            while True:
                try:
                    cells = next(rows, None)
                except csv.Error as error:
                    number = max(number + 1, rows.line_num)
                    yield NoObject(number, f"no row of a table ({error})")
                    continue
                if cells is None:
                    break
                number = rows.line_num
                if number % 500 == 0:
                    watch(raw.tell(), total)
                if cells:
                    yield _row(number, names, cells)
        except (*DAMAGES, UnicodeError) as error:
            yield NoObject(number + 1, f"the file is damaged or cut short here ({error})")
            return
    watch(total, total)


def _with_first(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _short_lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines, a longer one than any article in pieces, so that memory is bounded."""
    while line := text.readline(MAX_LINE):
        yield line


def _wrong_names(names: list[str]) -> str | None:
    if not any(names):
        return "no names in the first line: a table begins with the names of its columns"
    twice = next((name for name in names if name and names.count(name) > 1), None) if len(names) < 1000 else None
    if twice:
        return f"two columns are named {twice[:80]!r}: name them differently"
    return "more than 1,000 columns: is this a table of articles?" if len(names) > 1000 else None


def _row(number: int, names: list[str], cells: list[str]) -> JsonObject | NoObject:
    if len(cells) > len(names) and any(cells[len(names) :]):
        return NoObject(number, f"{len(cells)} cells under {len(names)} names: is a quote or delimiter missing?")
    if not all(map(_is_text, cells)):
        return NoObject(number, "not UTF-8: convert the file")
    return JsonObject(number, {name or "(no name)": cell for name, cell in zip(names, cells, strict=False) if cell})


def _is_text(cell: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in cell) if not cell.isascii() else True


def read_parquet(path: Path, watch: Callable[[int, int], None]) -> Iterator[JsonObject | NoObject]:
    """Every row, from 1.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        yield NoObject(0, "Parquet needs pyarrow: `pip install 'tratin[parquet]'`")
        return
    number = 0
    try:
        with parquet.ParquetFile(path) as table:
            total = table.metadata.num_rows
            for batch in table.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield JsonObject(number, {name: value for name, value in row.items() if value is not None})
                watch(number, total)
    except (pyarrow.ArrowException, ValueError, OverflowError, UnicodeDecodeError) as error:
        yield NoObject(number + 1, f"the Parquet file is damaged or of a kind that is not read ({str(error)[:160]})")
