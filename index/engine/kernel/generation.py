"""A generation in arrays: the questions of the wall about articles and their order, answered from one space."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

import numpy as np

from crawler.ground.clock import day_at
from index.document import Stored
from index.engine import Account, Ask, Found, Reference, Row, Share, Shown, Terms
from index.engine.clauses import Compiler, Plan, clauses_of
from index.engine.kernel.matches import Docs, Mask
from index.engine.kernel.occurrences import DocumentSet
from index.engine.kernel.ranking import Gains, Ranker, Scored, ordered, unscored
from index.engine.kernel.relaxing import FEW, Relaxed, candidates
from index.engine.kernel.scoring import Deadline
from index.engine.kernel.showing import marks
from index.engine.kernel.sized_cache import SizedCache
from index.engine.kernel.space import Space
from index.query import Node

_NONE = np.empty(0, np.intp)
_STORED_BYTES = 16 << 20
"""About a thousand articles."""
_CHOSEN_BYTES = 8 << 20
PLANS = 256
"""Queries whose plan is at hand: a page is found, then shown, then turned."""


@dataclass(frozen=True, slots=True)
class _Ordering:
    """All documents that answer an ask, in order: those that match, then those that miss a part."""

    plan: Plan
    matched: Scored
    order: Sequence[int]
    """Places in `matched`, as far as they are wanted."""
    relaxed: Relaxed | None
    by_score: bool
    partial: bool

    @property
    def places(self) -> list[tuple[bool, int]]:
        """Places in `matched` (True) and in `relaxed` (False), in order.

        By score the better next one of both comes first: all words scattered do not outweigh the rare ones together.
        """
        matched = [(True, place) for place in self.order]
        if self.relaxed is None:
            return matched
        missing = [(False, place) for place in range(self.relaxed.docs.size)]
        if not self.by_score:
            return matched + missing
        scores = self.matched.scores
        found: list[tuple[bool, int]] = []
        for _, place in missing:
            while matched and scores[matched[0][1]] >= self.relaxed.scores[place]:
                found.append(matched.pop(0))
            found.append((False, place))
        return found + matched


class ArrayGeneration:
    """Answers from one space what `index.engine.Generation` asks of articles; facets are left to who holds them all."""

    def __init__(self, space: Space, *, terms: Terms, ranker: Ranker, plan: Callable[[Node], Plan]) -> None:
        self.space = space
        self.terms = terms
        self._ranker, self._matcher, self._plan = ranker, ranker.matcher, plan
        self._compiler = Compiler(terms)
        self._stored: SizedCache[int, Stored] = SizedCache(_STORED_BYTES)
        self._chosen: SizedCache[Plan, DocumentSet] = SizedCache(_CHOSEN_BYTES)

    @property
    def name(self) -> str:
        """The generation's folder."""
        return self.space.generation

    @property
    def documents(self) -> int:
        """Articles that can be found."""
        return self.space.documents

    def counts(self, queries: Sequence[Node]) -> list[int]:
        """How many articles match each query."""
        return [int(self._matcher.docs(self._compiler.part(query)).size) for query in queries]

    def find(self, ask: Ask) -> Found:
        """A stretch of the articles that match and, where those are few, of those that nearly do; with counts."""
        answer = self._answer(ask, ask.first + ask.most, Deadline(ask.seconds))
        docs = answer.matched.docs
        rows = tuple(self._rows(answer, ask.first, ask.first + ask.most, explain=ask.explain))
        return Found(
            total=int(docs.size),
            relaxed=int(answer.relaxed.docs.size) if answer.relaxed else 0,
            undated=int((~self.space.dated[docs]).sum()),
            partial=answer.partial,
            rows=rows,
            signatures=tuple(self.space.signature(row.reference) for row in rows),
            facets=self._facets(ask.facets, docs),
            days=self._days(docs, ask.days),
        )

    def every(self, ask: Ask) -> Iterator[Row]:
        """All articles that match, in order."""
        answer = replace(self._answer(ask, self.space.size, Deadline(float("inf"))), relaxed=None)
        return self._rows(answer, 0, int(answer.matched.docs.size), explain=ask.explain)

    def any_of(self, queries: Sequence[Node], most: int) -> tuple[list[Row], list[bytes]]:
        """The best articles that hold any of the queries, scores added up; with their signatures."""
        matches = self._ranker.scorer.any_of([self._compiler.part(query) for query in queries])
        best = matches.top(most, self.space.days)
        scores = matches.score_of(best).tolist()
        rows = [Row(Reference(doc), score) for doc, score in zip(best.tolist(), scores, strict=True)]
        return rows, [self.space.signature(row.reference) for row in rows]

    def shown(self, references: Sequence[Reference], query: Node) -> list[Shown]:
        """What is stored of these articles, with the query marked."""
        plan = self._plan(query)
        stored = {doc: self._read(doc) for doc in references}
        offsets = {int(doc): record.offsets for doc, record in stored.items()}
        found = marks(self._matcher, offsets, plan.clauses, self._chosen.get(plan))
        return [Shown(stored[doc], found[doc]) for doc in references]

    def _facets(self, fields: Mapping[str, int | None], docs: Docs) -> Mapping[str, list[tuple[str, int]]]:
        """Of each keyword field, as many values as asked for that these documents carry, the most frequent first."""
        return {}

    def _days(self, docs: Docs, most: int) -> list[tuple[date, int]]:
        """The days of these documents in order, and how many have each; none where they span more than `most` days."""
        days = self.space.days[docs][self.space.dated[docs]] if most else _NONE
        if not days.size or int(days.max()) - int(days.min()) >= most:
            return []
        first = int(days.min())
        counts = np.bincount(days - first)
        held = np.flatnonzero(counts)
        return [
            (day_at(first + number), count) for number, count in zip(held.tolist(), counts[held].tolist(), strict=True)
        ]

    def _read(self, doc: int) -> Stored:
        """What is stored of a document; those shown last are at hand decoded."""
        found = self._stored.get(doc)
        if found is None:
            found = self.space.stored(doc)
            self._stored.put(doc, found, 6 * len(found.body) + 2_000)  # text, and offsets of its syllables
        return found

    def _answer(self, ask: Ask, most: int, deadline: Deadline) -> _Ordering:
        """Match, rank and order; `most` places of the order are made."""
        plan = self._plan(ask.query)
        mask = self._allowed(ask.filters)
        matches = self._ranker.scorer.all_of(plan.parts, deadline)
        if mask is not None:
            matches = matches.where(mask)
        by_score = ask.sort == "relevance" and bool(plan.clauses)
        scored = self._ranker.scored(matches, plan.lifts, fresh=ask.fresh) if by_score else unscored(matches)
        more = None
        if most and len(plan.wanted) > 1 and not deadline.passed():
            more = self._lifted(plan, scored, mask, by_score)
        sort = "newest" if ask.sort == "relevance" and not plan.clauses else ask.sort
        order = ordered(self.space, scored, sort, most)
        return _Ordering(plan, scored, order.tolist(), more, by_score, deadline.spent)

    def _allowed(self, filters: Sequence[Node]) -> Mask | None:
        """The documents that all filters let through; None when there is none."""
        masks = [self._matcher.mask(self._compiler.part(node)) for node in filters]
        return reduce(np.logical_and, masks) if masks else None

    def _lifted(self, plan: Plan, scored: Scored, mask: Mask | None, by_score: bool) -> Relaxed | None:
        """Lift what matched where its parts stand together; when few did, find and rank what misses a part.

        Where the parts stand is looked at once, in the best of both.
        """
        best = scored.nearest if by_score else _NONE
        missing = None
        if scored.docs.size < FEW:
            missing = candidates(self._matcher, self._ranker.scorer, plan, scored.docs, mask)
        chosen = self._matcher.chosen(np.union1d(scored.docs[best], missing.docs if missing else _NONE))
        near = self._ranker.together(chosen, plan.wanted)
        scored.near[best] = near[chosen.docs.searchsorted(scored.docs[best])]
        scored.scores[best] += scored.near[best]
        self._chosen.put(plan, chosen, chosen.nbytes)
        return missing.ranked(near[chosen.docs.searchsorted(missing.docs)]) if missing else None

    def _rows(self, answer: _Ordering, first: int, last: int, *, explain: bool) -> Iterator[Row]:
        """A stretch of the documents in order."""
        plan, labels = answer.plan, answer.plan.wanted_labels
        places = answer.places[first:last]
        relaxed = answer.relaxed
        sources = [(answer.matched if whole or relaxed is None else relaxed, place) for whole, place in places]
        docs = np.array([source.docs[place] for source, place in sources], np.intp)
        near = np.array([source.near[place] for source, place in sources])
        accounts = self._accounts(plan, docs, near) if explain else [None] * len(places)
        for (source, place), account in zip(sources, accounts, strict=True):
            missing: tuple[str, ...] = ()
            if isinstance(source, Relaxed):
                holds = source.holds[place].tolist()
                missing = tuple(name for name, held in zip(labels, holds, strict=True) if not held)
            yield Row(Reference(int(source.docs[place])), float(source.scores[place]), missing, account)

    def _accounts(self, plan: Plan, docs: Docs, near: Gains) -> list[Account]:
        """What the scores of these documents are made of."""
        parts, labels = (*plan.wanted, *plan.lifts), (*plan.wanted_labels, *plan.lift_labels)
        worth = np.array([self._ranker.scorer.of(part).score_of(docs) for part in parts]).reshape(len(parts), docs.size)
        ends = np.cumsum([len(clauses_of(part)) for part in parts]).tolist()
        clauses = [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]
        return [
            Account(tuple(map(Share, labels, clauses, worth[:, at].tolist())), float(near[at]))
            for at in range(docs.size)
        ]
