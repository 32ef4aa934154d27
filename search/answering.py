"""Answering: one open generation, and how it answers a request with a page of results."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from index.document import IndexedOfficial, Stored
from index.duplicates import fold as fold_alike
from index.snapshot import Snapshot
from search import hits
from search.cursor import Cursor
from search.explain import why
from search.facets import facets, undated
from search.filters import allowed
from search.kept import Kept
from search.kernel.deadline import Deadline
from search.kernel.matches import Mask, Matches
from search.matching import Looked, Matcher
from search.order import ordered
from search.plan import Plan, label
from search.ranking import Ranker, Scored
from search.relaxing import FEW, Relaxed, candidates
from search.request import SearchRequest
from search.results import FacetCount, Facets, Hit, OfficialLabel, QueryNote, ResultPage

_NONE = np.empty(0, np.intp)
Row = tuple[int, float, tuple[str, ...]]
"""A document in its place in the order: number, score, missing parts."""
_STORED_BYTES = 16 << 20
"""About a thousand articles."""
_LOOKAHEAD = 3
"""Times the page size that is looked at to fold near-duplicates."""


class Names(Protocol):
    """What ids and slugs are called."""

    def topic(self, slug: str) -> str:
        """A topic's Vietnamese name, the slug itself when it is in no taxonomy."""

    def official(self, official: IndexedOfficial) -> OfficialLabel:
        """An official as an article gives him or her."""

    def counted(self, facet: str, value: str, count: int) -> FacetCount:
        """How many articles carry a value of a facet, with what it is called."""


@dataclass(frozen=True, slots=True)
class Found:
    """All documents that answer a request, in order: those that match, then those that miss a part."""

    plan: Plan
    matched: Scored
    order: Sequence[int]
    """Places in `matched`, the first `most` of the order asked for."""
    relaxed: Relaxed | None
    partial: bool
    looked: Looked | None = None
    """Where the parts stand in the best of them, as far as somebody looked."""

    @property
    def total(self) -> int:
        """How many match."""
        return int(self.matched.docs.size)

    @property
    def extra(self) -> int:
        """How many miss a part."""
        return int(self.relaxed.docs.size) if self.relaxed else 0


class Answering:
    """Answers requests on one generation."""

    def __init__(self, snapshot: Snapshot, names: Names, budget_ms: int) -> None:
        self.snapshot = snapshot
        self.matcher = Matcher(snapshot)
        self.ranker = Ranker(self.matcher)
        self._stored: Kept[int, Stored] = Kept(_STORED_BYTES)
        self._names = names
        self._budget = budget_ms / 1000

    def warm(self) -> None:
        """Load columns, facets and the scores of frequent words."""
        self.ranker.scorer.warm()

    def stored(self, doc: int) -> Stored:
        """What is stored of a document; those shown last are kept decoded."""
        found = self._stored.get(doc)
        if found is None:
            found = self.snapshot.stored(doc)
            self._stored.put(doc, found, 6 * len(found.body) + 2_000)  # text, and offsets of its syllables
        return found

    def find(self, plan: Plan, request: SearchRequest, most: int) -> Found:
        """Match, rank and order; `most` places of the order are made."""
        deadline = Deadline(self._budget)
        mask = allowed(self.matcher.kernel, request)
        matches = self.ranker.scorer.all_of(plan.parts, deadline)
        if mask is not None:
            matches = matches.where(mask)
        by_score = request.sort == "relevance" and bool(plan.clauses)
        scored = self._scored(matches, request) if by_score else Scored(matches.docs, np.zeros(len(matches)))
        more, looked = None, None
        if len(plan.wanted) > 1 and not deadline.passed():
            more, looked = self._near(plan, scored, mask, by_score)
        sort = "newest" if request.sort == "relevance" and not plan.clauses else request.sort
        order = ordered(self.snapshot, scored, sort, most)
        return Found(plan, scored, order.tolist(), more, deadline.spent, looked)

    def _scored(self, matches: Matches, request: SearchRequest) -> Scored:
        return self.ranker.scored(matches, fresh="fresh" not in request.off)

    def _near(self, plan: Plan, scored: Scored, mask: Mask | None, by_score: bool) -> tuple[Relaxed | None, Looked]:
        """Lift what matched where its parts stand together; when few did, find and rank what misses a part.

        Where the parts stand is looked at once, in the best of both.
        """
        best = scored.nearest if by_score else _NONE
        missing = None
        if scored.docs.size < FEW:
            missing = candidates(self.matcher, self.ranker.scorer, plan, scored.docs, mask)
        looked = self.matcher.chosen(np.union1d(scored.docs[best], missing.docs if missing else _NONE))
        near = self.ranker.together(looked, plan.wanted)
        scored.scores[best] += near[looked.docs.searchsorted(scored.docs[best])]
        if missing is None:
            return None, looked
        if missing.parts != plan.wanted:
            near = self.ranker.together(looked, missing.parts)
        return missing.ranked(near[looked.docs.searchsorted(missing.docs)]), looked

    def page(
        self, plan: Plan, request: SearchRequest, note: QueryNote, cursor: Cursor | None, asked: str
    ) -> ResultPage:
        """One page of results, with facets over all that match; `asked` is the digest that its cursors carry."""
        began = time.perf_counter()
        offset = cursor.offset if cursor else 0
        window = request.limit * _LOOKAHEAD
        found = self.find(plan, request, offset + window)
        shown, taken = self._page_hits(found, request, offset, window)
        more = offset + taken < found.total + found.extra
        following = Cursor(self.snapshot.generation, offset + taken, asked).encode() if more else None
        return ResultPage(
            query=note,
            total=found.total,
            relaxed=found.extra,
            undated=undated(self.snapshot, found.matched.docs),
            took_ms=round((time.perf_counter() - began) * 1000, 2),
            partial=found.partial,
            generation=self.snapshot.generation,
            hits=tuple(shown),
            facets=self._facets(found),
            next=following,
        )

    def _facets(self, found: Found) -> Facets:
        return facets(self.snapshot, found.matched.docs, self._names.counted)

    def _page_hits(self, found: Found, request: SearchRequest, offset: int, window: int) -> tuple[list[Hit], int]:
        """Hits of a page and how many documents they stand for, folded copies included."""
        rows = list(self._rows(found, offset, offset + window))
        heads = fold_alike([self.snapshot.signature(doc) for doc, _, _ in rows])
        chosen: list[int] = []
        taken = 0
        for place, head in enumerate(heads):
            if head == place and len(chosen) == request.limit:
                break
            if head == place:
                chosen.append(place)
            taken = place + 1
        copies = {place: heads[:taken].count(place) - 1 for place in chosen}
        docs = [rows[place][0] for place in chosen]
        shown = hits.shown(self.matcher, self.stored, docs, found.plan.clauses, found.looked)
        return [
            self._hit(one, rows[place], copies[place], found, request) for one, place in zip(shown, chosen, strict=True)
        ], taken

    def _rows(self, found: Found, first: int, last: int) -> Iterator[Row]:
        """Documents in order from place `first` on: number, score, missing parts."""
        for place in found.order[first:last]:
            yield int(found.matched.docs[place]), float(found.matched.scores[place]), ()
        if found.relaxed is None:
            return
        wanted = [label(part) for part in found.plan.wanted]
        for place in range(found.extra)[max(first - found.total, 0) : max(last - found.total, 0)]:
            holds = found.relaxed.holds[place].tolist()
            missing = tuple(name for name, held in zip(wanted, holds, strict=True) if not held)
            yield int(found.relaxed.docs[place]), float(found.relaxed.scores[place]), missing

    def _hit(
        self,
        one: hits.Shown,
        row: tuple[int, float, tuple[str, ...]],
        copies: int,
        found: Found,
        request: SearchRequest,
    ) -> Hit:
        _, score, missing = row
        return hits.hit(
            one,
            score,
            self._names.topic,
            self._names.official,
            similar=copies,
            missing=missing,
            why=why(self.ranker, one, found.plan, score, relaxed=bool(missing), language=request.language)
            if request.explain
            else (),
            wanted=frozenset(request.wanted("official")),
        )

    def plain_hits(self, rows: Sequence[tuple[int, float]]) -> tuple[Hit, ...]:
        """Hits of (document, score) without a query: nothing marked."""
        shown = hits.shown(self.matcher, self.stored, [doc for doc, _ in rows], ())
        return tuple(
            hits.hit(one, score, self._names.topic, self._names.official)
            for one, (_, score) in zip(shown, rows, strict=True)
        )

    def all_hits(self, plan: Plan, request: SearchRequest, batch: int = 200) -> Iterator[Hit]:
        """Every match in order, copies not folded, a batch at a time."""
        found = replace(self.find(plan, request, self.snapshot.size), relaxed=None)
        for first in range(0, found.total, batch):
            rows = list(self._rows(found, first, first + batch))
            for one, row in zip(
                hits.shown(self.matcher, self.stored, [row[0] for row in rows], plan.clauses), rows, strict=True
            ):
                yield self._hit(one, row, 0, found, request)
