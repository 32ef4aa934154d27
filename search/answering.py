"""Answering: one open generation, everything that is remembered of it, and how it answers a request."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from index.duplicates import originals
from index.engine import Ask, Found, Generation, Row
from search.corpus_lexicon import CorpusLexicon
from search.cursor import Cursor, following
from search.explain import why
from search.facets import MOST, facets
from search.filters import filter_nodes
from search.hits import hit
from search.naming import Naming
from search.read_request import ReadRequest, RequestReader
from search.request import SearchRequest
from search.results import DayCount, Hit, ResultPage, Summary
from search.suggest import Suggester

_LOOKAHEAD = 3
"""Times the page size that is looked at to fold near-duplicates."""
_EVERY_DAY = 1 << 20
_SHOWN_DAYS = 280
"""Days that matches may span to be counted by day on a page of results; by month they always are."""
_BATCH = 200
"""Articles of an export that are read at a time."""


@dataclass(frozen=True)
class Answering:
    """One generation, open, with the names, words and readings that hold while it answers."""

    generation: Generation
    naming: Naming
    change: int
    """The store's last change when this was opened."""
    withdrawn: frozenset[str]
    """Articles that may not be shown; the generation was opened without them."""
    seconds: float
    """For one page."""
    freshness: float = 1.0
    """How much newer articles gain by relevance."""

    @cached_property
    def lexicon(self) -> CorpusLexicon:
        """Its words."""
        return CorpusLexicon(self.generation, self.naming.known)

    @cached_property
    def reader(self) -> RequestReader:
        """Understands requests."""
        return RequestReader(self.generation, self.lexicon, self.naming)

    @cached_property
    def suggester(self) -> Suggester:
        """Made when first asked: a command that searches once does without."""
        return Suggester(self.naming.entries(self.generation), self.lexicon)

    def page(self, request: SearchRequest, cursor: Cursor | None) -> ResultPage:
        """One page of results, with facets over all that match."""
        began = time.perf_counter()
        reading = self.reader.read(request)
        offset = cursor.offset if cursor else 0
        found = self.generation.find(self._ask(reading, offset, request.limit * _LOOKAHEAD))
        hits, read = self._hits(found, reading)
        more = offset + read < found.total + found.relaxed
        return ResultPage(
            query=reading.note,
            total=found.total,
            relaxed=found.relaxed,
            undated=found.undated,
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            partial=found.partial,
            generation=self.generation.name,
            hits=hits,
            facets=facets(found.facets, found.days, self.naming),
            next=following(request, self.generation.name, offset + read).encode() if more else None,
        )

    def summary(self, request: SearchRequest) -> Summary:
        """How many match, on which days, and the best of them."""
        reading = self.reader.read(request)
        found = self.generation.find(replace(self._ask(reading, 0, 1), facets={}, days=_EVERY_DAY))
        best = next(self._hits_of(list(found.rows[:1]), reading), None) if found.total else None
        days = tuple(DayCount(day, count) for day, count in found.days)
        return Summary(found.total, found.undated, days, best, found.partial)

    def count(self, request: SearchRequest) -> int:
        """How many match; nothing is ranked, read or counted besides."""
        ask = replace(self._ask(self.reader.read(request), 0, 0), sort="newest", facets={}, days=0)
        return self.generation.find(ask).total

    def every(self, request: SearchRequest) -> Iterator[Hit]:
        """Every match in order, copies not folded, a batch at a time."""
        reading = self.reader.read(request)
        rows = self.generation.every(self._ask(reading, 0, 0))
        while batch := list(islice(rows, _BATCH)):
            yield from self._hits_of(batch, reading)

    def _ask(self, reading: ReadRequest, first: int, most: int) -> Ask:
        request = reading.request
        return Ask(
            query=reading.query,
            filters=filter_nodes(request),
            sort=request.sort,
            fresh=self.freshness if "fresh" not in request.off else 0.0,
            first=first,
            most=most,
            facets=MOST,
            days=_SHOWN_DAYS,
            explain=request.explain,
            seconds=self.seconds,
        )

    def _hits(self, found: Found, reading: ReadRequest) -> tuple[tuple[Hit, ...], int]:
        """Hits of a page and how many articles they stand for, folded copies included."""
        heads = originals(found.signatures)
        chosen: list[int] = []
        read = 0
        for place, head in enumerate(heads):
            if head == place and len(chosen) == reading.request.limit:
                break
            if head == place:
                chosen.append(place)
            read = place + 1
        copies = [heads[:read].count(place) - 1 for place in chosen]
        return tuple(self._hits_of([found.rows[place] for place in chosen], reading, copies)), read

    def _hits_of(self, rows: list[Row], reading: ReadRequest, copies: list[int] | None = None) -> Iterator[Hit]:
        shown = self.generation.shown([row.reference for row in rows], reading.query)
        wanted = frozenset(reading.request.wanted("official"))
        for row, document, similar in zip(rows, shown, copies or [0] * len(rows), strict=True):
            yield hit(row, document, self.naming, similar=similar, reasons=why(row, document), wanted=wanted)
