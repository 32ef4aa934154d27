"""Percolation: many saved requests asked of few new articles, which stand in an index of their own.

A request is read with the words and names of the whole index, so that it means what it means in a search, and is then
asked of the small one: what it costs does not grow with the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.engine import Ask, Generation
from index.query import both
from search.answering import Answering
from search.filters import filter_nodes
from search.hits import hit
from search.request import SearchRequest
from search.results import Hit


@dataclass(frozen=True, slots=True)
class Percolated:
    """What one request matches among the new articles."""

    place: int
    """Of the request among those asked."""
    total: int
    hits: tuple[Hit, ...]
    """The newest of them."""


def percolate(
    answering: Answering, news: Generation, requests: Sequence[SearchRequest], most: int
) -> Iterator[Percolated]:
    """Those of the requests that match any of the new articles, each with `most` hits at most."""
    for place, request in enumerate(requests):
        reading = answering.reader.read(request)
        let_through = filter_nodes(reading.request)
        (total,) = news.counts([both(reading.query, *let_through)])
        if not total:
            continue
        ask = Ask(query=reading.query, filters=let_through, sort="newest", facets={})
        rows = list(islice(news.every(ask), most))
        shown = news.shown([row.reference for row in rows], reading.query)
        hits = (hit(row, document, answering.naming) for row, document in zip(rows, shown, strict=True))
        yield Percolated(place, total, tuple(hits))
