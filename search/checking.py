"""Checking a list: one row for every name or query, so that a reporter sees at once who is in the news."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.analysis.normalize import key
from index.officials.directory.directory import Directory
from index.officials.directory.pages import OfficialNote
from index.officials.posts.name_keys import name_key
from search.request import SearchRequest
from search.results import Summary

LONGEST_ENTRY = 200
"""Characters of an entry that are read."""
_NAMESAKES = 4
_SYLLABLES = range(2, 7)
"""Of a whole name."""
_HEADINGS = frozenset({"name", "names", "query", "ten", "ho ten", "ho va ten", "ho va ten dem", "cau tra cuu", "entry"})

Status = Literal["found", "none", "partial", "unchecked"]


@dataclass(frozen=True, slots=True)
class ArticleLabel:
    """An article, named."""

    id: str
    title: str
    source: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """What is held about one entry of a list."""

    entry: str
    query: str
    """What was asked: the entry, as a phrase where it is written as a name, whose words say nothing apart."""
    status: Status
    """none: no article matches. partial: the time for one search ran out, so that the count is a least. unchecked: the
    time for the whole list ran out before."""
    officials: tuple[OfficialNote, ...]
    """Who bears exactly this name; several are people of one name, whom the count does not tell apart."""
    count: int
    """Articles that match the query: the same number that a search for it gives."""
    first: date | None
    last: date | None
    """Days of the earliest and the latest of them."""
    best: ArticleLabel | None
    """The one that matches best."""


def check(
    entries: Iterable[str],
    summary: Callable[[SearchRequest], Summary],
    directory: Directory,
    *,
    seconds: float | None = None,
) -> Iterator[CheckedEntry]:
    """A row for every entry, in order; after so many seconds the rest is `unchecked`."""
    end = time.monotonic() + seconds if seconds is not None else None
    for entry in entries:
        if end is not None and time.monotonic() > end:
            yield CheckedEntry(entry, query_of(entry), "unchecked", (), 0, None, None, None)
            continue
        if not entry.strip():  # a query of no word matches everything, and an entry of none nothing
            yield CheckedEntry(entry, "", "none", (), 0, None, None, None)
            continue
        query = query_of(entry)
        found = summary(SearchRequest(text=query))
        hit = found.best
        best = ArticleLabel(hit.id, hit.title, hit.source, hit.published) if hit else None
        days = [day.day for day in found.days]
        status: Status = "partial" if found.partial else "found" if found.total else "none"
        who = bearers(entry, directory)
        first, last = min(days, default=None), max(days, default=None)
        yield CheckedEntry(entry, query, status, who, found.total, first, last, best)


def query_of(entry: str) -> str:
    """The query that an entry asks: a phrase where every word begins with a capital as in a name."""
    words = entry.split()
    named = len(words) in _SYLLABLES and all(word.isalpha() and word[0].isupper() for word in words)
    shouted = all(word.isupper() for word in words)
    return f'"{entry}"' if named and not shouted else entry[:LONGEST_ENTRY]


def bearers(entry: str, directory: Directory) -> tuple[OfficialNote, ...]:
    """The officials whose whole name the entry is, the most often named first; at most four.

    Marks count where any was typed: a name with other marks is somebody else's.
    """
    bare, typed = name_key(entry), _word_keys(entry)
    if len(bare.split()) not in _SYLLABLES:
        return ()
    notes = [note for id in directory.named(entry) if (note := directory.note(id)) and name_key(note.name) == bare]
    return tuple(note for note in notes if typed in (bare, _word_keys(note.name)))[:_NAMESAKES]


def _word_keys(name: str) -> str:
    return " ".join(filter(None, map(key, name.split())))


def entries_of(text: str, *, table: bool = False) -> list[str]:
    """The entries of a list: a line each, or the first column of a table (CSV, or pasted from a spreadsheet).

    Empty lines and a heading are left out; an entry that stands twice is kept twice.
    """
    text = text.removeprefix("\ufeff")
    if table:
        dialect = csv.excel_tab if "\t" in text else _Semicolons if text.count(";") > text.count(",") else csv.excel
        lines = [row[0] for row in csv.reader(io.StringIO(text), dialect) if row]
    else:
        lines = [line.partition("\t")[0] for line in text.splitlines()]
    entries = [" ".join(line.split()) for line in lines]
    entries = [entry for entry in entries if entry]
    headed = table and entries and name_key(entries[0]) in _HEADINGS
    return entries[1:] if headed else entries


class _Semicolons(csv.excel):
    delimiter = ";"


COLUMNS = ("entry", "query", "status", "officials", "office", "count", "first", "last", "best_id", "best_title")
"""Of a checked list as CSV."""


def row(checked: CheckedEntry) -> tuple[str, ...]:
    """A checked entry as a row under COLUMNS; several officials of one name are separated by semicolons."""
    return (
        checked.entry,
        checked.query,
        checked.status,
        "; ".join(official.id for official in checked.officials),
        "; ".join(official.office for official in checked.officials),
        str(checked.count) if checked.status != "unchecked" else "",
        checked.first.isoformat() if checked.first else "",
        checked.last.isoformat() if checked.last else "",
        checked.best.id if checked.best else "",
        checked.best.title if checked.best else "",
    )


def rows(checked: Sequence[CheckedEntry]) -> list[tuple[str, ...]]:
    """All rows under COLUMNS."""
    return [row(line) for line in checked]
