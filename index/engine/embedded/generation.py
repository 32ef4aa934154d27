"""A generation on this disk, and the engine that opens it: every question of the wall answered from mapped arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce
from itertools import islice
from pathlib import Path

import numpy as np

from crawler.ground.clock import day_at
from index.document import Stored
from index.engine import Account, Ask, Found, Reference, Row, Share, Shown, Terms
from index.engine.clauses import Compiler, Plan, clauses_of
from index.engine.embedded import generations
from index.engine.embedded.matches import Docs, Mask
from index.engine.embedded.matching import Looked, Matcher
from index.engine.embedded.neighbours import Neighbours
from index.engine.embedded.ranking import Gains, Ranker, Scored, ordered, unscored
from index.engine.embedded.relaxing import FEW, Relaxed, candidates
from index.engine.embedded.scoring import Deadline
from index.engine.embedded.showing import marks
from index.engine.embedded.sized_cache import SizedCache
from index.engine.embedded.snapshot import Snapshot
from index.errors import IndexDamaged, NoIndex
from index.query import Node
from index.schema import ZONES, Form

_NONE = np.empty(0, np.intp)
_STORED_BYTES = 16 << 20
"""About a thousand articles."""
_LOOKED_BYTES = 8 << 20
PLANS = 256
"""Queries whose plan is at hand: a page is found, then shown, then turned."""
_PREFIXED = 2_000
"""Of the keys that begin in one way so many of a zone are counted at most."""


class EmbeddedEngine:
    """The generations under an index folder, as long as they were written with the same `versions`."""

    def __init__(self, index: Path, versions: Mapping[str, str]) -> None:
        self._index, self._versions = index, versions

    def current(self) -> str:
        """The name of the generation that answers."""
        return generations.current(self._index)

    def open(self, withdrawn: frozenset[str], *, but: tuple[str, IndexDamaged] | None = None) -> EmbeddedGeneration:
        """Open the generation that answers, or the newest whole one before it; see `index.engine.Engine`."""
        if not but or self.current() != but[0]:
            snapshot = Snapshot.open(self._index, self._versions, withdrawn)
            try:
                return EmbeddedGeneration(snapshot)
            except IndexDamaged as damage:  # found by what is read first
                but = snapshot.generation, damage
        return EmbeddedGeneration(Snapshot.open_earlier(self._index, *but, self._versions, withdrawn))

    def again(self, name: str, withdrawn: frozenset[str]) -> EmbeddedGeneration:
        """Open a generation that may have been replaced, as long as its files are there."""
        if name not in (generations.current(self._index), *generations.earlier(self._index, None)):
            raise NoIndex(f"no generation {name!r} at {self._index}")
        return EmbeddedGeneration(Snapshot(self._index / name, self._versions, withdrawn))


class EmbeddedTerms:
    """The terms of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        neighbours = Neighbours(snapshot)
        self.beside = neighbours.beside
        self.pairs = neighbours.pairs
        self.continued = neighbours.continued

    def frequencies(self, form: Form, keys: Sequence[str], zones: Sequence[str] = ZONES) -> list[int]:
        """Beside every key, how many articles hold it in that one of the zones where most do."""
        df = self._snapshot.df
        return [max(df(zone + form, key) for zone in zones) for key in keys]

    def beginning(self, form: Form, prefix: str, most: int) -> list[tuple[str, int]]:
        """Keys that begin so, the most frequent first, added up over the zones."""
        counts: Counter[str] = Counter()
        for zone in ZONES:
            for key, df in islice(self._snapshot.terms(zone + form, prefix), _PREFIXED):
                counts[key] += df
        return counts.most_common(most)


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


class EmbeddedGeneration:
    """One snapshot with everything that is remembered of it; see `index.engine.Generation`."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        terms: Terms | None = None,
        ranker: Ranker | None = None,
        plan: Callable[[Node], Plan] | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.terms = terms or EmbeddedTerms(snapshot)
        self._ranker = ranker or Ranker(Matcher(snapshot))
        self._matcher = self._ranker.matcher
        self._compiler = Compiler(self.terms)
        self._plan = plan or lru_cache(PLANS)(self._compiler.plan)
        self._stored: SizedCache[int, Stored] = SizedCache(_STORED_BYTES)
        self._looked: SizedCache[Plan, Looked] = SizedCache(_LOOKED_BYTES)

    @property
    def name(self) -> str:
        """The generation's folder."""
        return self.snapshot.generation

    @property
    def documents(self) -> int:
        """Articles that can be found."""
        return self.snapshot.documents

    def warm(self) -> None:
        """Load columns, facets and the scores of frequent words."""
        self._ranker.scorer.warm()

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
            undated=int((~self.snapshot.dated[docs]).sum()),
            partial=answer.partial,
            rows=rows,
            signatures=tuple(self.snapshot.signature(row.reference) for row in rows),
            facets={field: self.snapshot.keywords(field).counted(docs)[:most] for field, most in ask.facets.items()},
            days=self._days(docs, ask.days),
        )

    def every(self, ask: Ask) -> Iterator[Row]:
        """All articles that match, in order."""
        answer = replace(self._answer(ask, self.snapshot.size, Deadline(float("inf"))), relaxed=None)
        return self._rows(answer, 0, int(answer.matched.docs.size), explain=ask.explain)

    def any_of(self, queries: Sequence[Node], most: int) -> tuple[list[Row], list[bytes]]:
        """The best articles that hold any of the queries, scores added up; with their signatures."""
        matches = self._ranker.scorer.any_of([self._compiler.part(query) for query in queries])
        best = matches.top(most, self.snapshot.days)
        scores = matches.score_of(best).tolist()
        rows = [Row(Reference(doc), score) for doc, score in zip(best.tolist(), scores, strict=True)]
        return rows, [self.snapshot.signature(row.reference) for row in rows]

    def shown(self, references: Sequence[Reference], query: Node) -> list[Shown]:
        """What is stored of these articles, with the query marked."""
        plan = self._plan(query)
        stored = {doc: self._read(doc) for doc in references}
        offsets = {int(doc): one.offsets for doc, one in stored.items()}
        found = marks(self._matcher, offsets, plan.clauses, self._looked.get(plan))
        return [Shown(stored[doc], found[doc]) for doc in references]

    def reference(self, id: str) -> Reference | None:
        """The article of an id; None when it is not here."""
        doc = self.snapshot.number(id)
        return None if doc is None else Reference(doc)

    def values(self, field: str) -> list[tuple[str, int]]:
        """All values of a keyword field, the most frequent first, with how many articles carry each."""
        return self.snapshot.keywords(field).counted(np.flatnonzero(self.snapshot.live))

    def _days(self, docs: Docs, most: int) -> list[tuple[date, int]]:
        """The days of these documents in order, and how many have each; none where they span more than `most` days."""
        days = self.snapshot.days[docs][self.snapshot.dated[docs]] if most else _NONE
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
            found = self.snapshot.stored(doc)
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
        if len(plan.wanted) > 1 and not deadline.passed():
            more = self._lifted(plan, scored, mask, by_score)
        sort = "newest" if ask.sort == "relevance" and not plan.clauses else ask.sort
        order = ordered(self.snapshot, scored, sort, most)
        return _Ordering(plan, scored, order.tolist(), more, by_score, deadline.spent)

    def _allowed(self, filters: Sequence[Node]) -> Mask | None:
        """The documents that all filters let through; None when there is none."""
        masks = [self._matcher.mask(self._compiler.part(one)) for one in filters]
        return reduce(np.logical_and, masks) if masks else None

    def _lifted(self, plan: Plan, scored: Scored, mask: Mask | None, by_score: bool) -> Relaxed | None:
        """Lift what matched where its parts stand together; when few did, find and rank what misses a part.

        Where the parts stand is looked at once, in the best of both.
        """
        best = scored.nearest if by_score else _NONE
        missing = None
        if scored.docs.size < FEW:
            missing = candidates(self._matcher, self._ranker.scorer, plan, scored.docs, mask)
        looked = self._matcher.chosen(np.union1d(scored.docs[best], missing.docs if missing else _NONE))
        near = self._ranker.together(looked, plan.wanted)
        scored.near[best] = near[looked.docs.searchsorted(scored.docs[best])]
        scored.scores[best] += scored.near[best]
        if missing and missing.parts != plan.wanted:
            near = self._ranker.together(looked, missing.parts)
        self._looked.put(plan, looked, looked.nbytes)
        return missing.ranked(near[looked.docs.searchsorted(missing.docs)]) if missing else None

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
