"""When two names are one person's, and which days a text says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from index.officials.recognition.events import dates
from index.officials.registry.name_spelling import alike, distance, may_be_one


def names(asked: str) -> Iterator[str]:
    """`NAME = NAME`: how one is taken for the other, here and of other countries."""
    one, _, other = asked.partition(" = ")
    for foreign in (False, True):
        both = may_be_one(one, other, foreign=foreign)
        how = f"{alike(one, other, foreign=foreign) or '–'}, {alike(other, one, foreign=foreign) or '–'}"
        yield f"{'abroad' if foreign else 'here'}: {how}{'; may be one' if both else ''}"
    yield f"distance {distance(one, other)}"


def days(asked: str) -> Iterator[str]:
    """`DAY TEXT`: every day that the text of an article of that day says."""
    first, _, text = asked.partition(" ")
    for found in dates(text, None if first == "-" else date.fromisoformat(first)):
        yield f"{found.day} [{found.start}–{found.end}] {text[found.start : found.end].strip()}"
