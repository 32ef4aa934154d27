"""Filters: which articles a request lets through, whatever the query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.query import Carrying, Node, Not, Published
from search.request import SearchRequest


def filters(request: SearchRequest) -> tuple[Node, ...]:
    """What every article must meet.

    Repeated topics and officials must all hold, any of repeated sources may; a leading `-` excludes. An undated
    article is in no range of dates.
    """
    found = [*_all("topic", request.topics), *_all("official", request.officials), *_any("source", request.sources)]
    if request.since or request.until:
        found.append(Published(request.since, request.until))
    return tuple(found)


def _all(field: str, values: Iterable[str]) -> Iterator[Node]:
    for value in values:
        yield Not(Carrying(field, (value[1:],))) if value.startswith("-") else Carrying(field, (value,))


def _any(field: str, values: Iterable[str]) -> Iterator[Node]:
    values = list(values)
    if wanted := tuple(value for value in values if not value.startswith("-")):
        yield Carrying(field, wanted)
    yield from _all(field, [value for value in values if value.startswith("-")])
