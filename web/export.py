"""Exports: every match of a search as CSV or JSON Lines, written line by line as the searcher finds them."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from index.json_types import as_json
from search.results import Hit, OfficialLabel

COLUMNS = (
    "id",
    "version",
    "published",
    "source",
    "title",
    "url",
    "topics",
    "officials",
    "address",
    "author",
    "section",
)
Addresses = Callable[[str], str]
"""Id of an article → where it is read here."""
_BATCH = 200
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})
"""Categories of characters that a reader does not see and a spreadsheet may pass over."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "＝", "＋", "－", "＠")


def csv_lines(hits: Iterable[Hit], address: Addresses) -> Iterator[str]:
    """A header and a line a hit, UTF-8 with a byte-order mark so that spreadsheets read the marks right."""
    yield "\ufeff" + _csv([COLUMNS])
    yield from _batched(_csv([_row(hit, address(hit.id))]) for hit in hits)


def json_lines(hits: Iterable[Hit], address: Addresses) -> Iterator[str]:
    """One JSON object a hit."""
    yield from _batched(json.dumps(_object(hit, address(hit.id)), ensure_ascii=False) + "\n" for hit in hits)


def cell(text: str) -> str:
    """The text as a spreadsheet may have it: what would start a formula is preceded by an apostrophe."""
    plain = text.replace("\x00", "")
    first = next((char for char in plain if char in _FORMULA or unicodedata.category(char) not in _UNSEEN), "")
    return f"'{plain}" if first in _FORMULA and first else plain


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as CSV that spreadsheets read right."""
    return "\ufeff" + _csv([columns]) + _csv(tuple(map(cell, row)) for row in rows)


def _row(hit: Hit, address: str) -> tuple[str, ...]:
    return (
        cell(hit.id),
        str(hit.version),
        hit.published or "",
        cell(hit.source or ""),
        cell(hit.title),
        cell(hit.url or ""),
        cell("; ".join(topic.name for topic in hit.topics)),
        cell("; ".join(map(_named, hit.officials))),
        address,
        cell(hit.author or ""),
        cell(hit.section or ""),
    )


def _object(hit: Hit, address: str) -> dict[str, object]:
    return {
        "id": hit.id,
        "version": hit.version,
        "published": hit.published,
        "source": hit.source,
        "title": hit.title,
        "url": hit.url,
        "topics": as_json(hit.topics),
        "officials": as_json(hit.officials),
        "address": address,
        "author": hit.author,
        "section": hit.section,
    }


def _named(official: OfficialLabel) -> str:
    office = " ".join(part for part in (official.title, official.organisation) if part)
    return f"{official.name} ({office})" if office else official.name


def _csv(rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _batched(lines: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == _BATCH:
            yield "".join(held)
            held.clear()
    yield "".join(held)
