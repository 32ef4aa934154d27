"""Scoring: the documents in which a part of a plan holds, with what the part is worth in each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from index.engine.clauses import AllOf, AnyOf, Clause, NoneOf, Part, Spelling, Tagged, Unscored, Within
from index.engine.kernel.matches import Docs, Matches, Scores, best_of, intersection, union
from index.engine.kernel.matching import Matcher, one_term
from index.engine.kernel.sized_cache import SizedCache
from index.engine.kernel.weighting import NEWS, Numbers, Weighting
from index.query import Key
from index.schema import ZONES

CARRIED = 1e-6
"""What a document scores that is only not excluded, or carries a topic, an official or a source."""
_DENSE = 6
"""Scores of more than 1/6 of the documents are kept dense: there adding everything is as fast as scattering."""
_SCATTER = 16
"""One binary search costs as much as so many writes in order."""


class Deadline:
    """Says when the budget is spent; once it was, `spent` stays true and the answer is partial."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.spent = False

    def passed(self) -> bool:
        """Whether the time is over; remembered in `spent`."""
        if not self.spent:
            self.spent = time.monotonic() >= self._end
        return self.spent


class Scorer:
    """Finds and scores documents of one space; keeps what clauses score."""

    def __init__(self, matcher: Matcher, weighting: Weighting = NEWS, budget: int | None = None) -> None:
        self.matcher = matcher
        self.weighting = weighting
        self._space = matcher.space
        self.scale = cache(self._scale)
        """By zone, what one occurrence weighs in each document: float64 of all documents."""
        self._kept: SizedCache[Clause, Matches] = SizedCache(_budget(matcher.space.size) if budget is None else budget)

    def of(self, node: Part) -> Matches:
        """A part: of alternatives the best counts, of parts that must all hold the sum."""
        match node:
            case Clause():
                return self._clause(node)
            case AnyOf(parts):
                return best_of([self.of(part) for part in parts], self._space.size)
            case AllOf(parts):
                return self.all_of(parts)
            case Tagged() | NoneOf() | Unscored() | Within():
                return self._unscored(node)

    def _unscored(self, part: Part) -> Matches:
        docs = self.matcher.docs(part)
        return Matches(self._space.size, docs=docs, scores=np.full(docs.size, CARRIED, np.float32))

    def any_of(self, parts: Iterable[Part], deadline: Deadline | None = None) -> Matches:
        """The documents in which any part holds, scores added; when the time is over, of those looked at."""
        return union(self._each(parts, deadline), self._space.size)

    def all_of(self, parts: Sequence[Part], deadline: Deadline | None = None) -> Matches:
        """The documents in which every part holds, scores added; a part that comes too late scores nothing."""
        wanted = [part for part in parts if not isinstance(part, NoneOf)]
        found = self._each(wanted, deadline)
        if late := wanted[len(found) :]:
            found.append(self._unscored(AllOf(tuple(late))))
        both = intersection(found, self._space.size) if found else Matches.of(self._space.live, CARRIED)
        for part in parts:
            if isinstance(part, NoneOf):
                both = both.without(self.of(part.part))
        return both

    def _each(self, parts: Iterable[Part], deadline: Deadline | None) -> list[Matches]:
        return [self.of(part) for part in parts if deadline is None or not deadline.passed()]

    def warm(self, keys: Iterable[str], deadline: Deadline) -> None:
        """Score one syllable after the other, until the time is over."""
        for zone in ZONES:
            self.scale(zone)
        for key in keys:
            if deadline.passed():
                return
            self.of(Clause((Spelling(((Key(key),),)),)))

    def idf(self, part: Part) -> float:
        """How telling it is that a part holds."""
        return self.weighting.idf(len(self.of(part)), self._space.size)

    def clause_idf(self, clause: Clause, df: int) -> float:
        """How telling a clause is that was found in `df` documents."""
        if term := one_term(clause):
            zone, (key, form) = term
            df = self._space.df(zone + form, key)
        return self.weighting.idf(df, self._space.size)

    def _scale(self, zone: str) -> Numbers:
        return self.weighting.scale(zone, self._space.lengths(zone), self._space.average_length(zone))

    def _clause(self, clause: Clause) -> Matches:
        found = self._kept.get(clause)
        if found is None:
            found = self._everywhere(clause)
            self._kept.put(clause, found, found.nbytes)
        return found

    def _everywhere(self, clause: Clause) -> Matches:
        size = self._space.size
        zones = [
            (held, self.scale(zone)) for zone in clause.zones if (held := self.matcher.held(clause, zone)).docs.size
        ]
        if any(held.docs.size * _DENSE > size for held, _ in zones) and clause.days is None:
            everywhere = np.zeros(size, np.float32)
            for held, scale in zones:
                everywhere[held.docs] += held.counts * scale.take(held.docs)
            count = int(np.count_nonzero(everywhere))
            return Matches(size, dense=self._worth(clause, everywhere, count), count=count)
        docs = self.matcher.docs(clause)
        weighted = np.zeros(docs.size)
        for held, scale in zones:
            weighted += _spread(held.docs, held.counts * scale.take(held.docs), docs, size)
        if clause.days is not None:
            days = self._space.days[docs]
            weighted += self.weighting.weights["lead"] * ((days >= clause.days[0]) & (days <= clause.days[1]))
        return Matches(size, docs=docs, scores=self._worth(clause, weighted, docs.size))

    def _worth(self, clause: Clause, weighted: npt.NDArray[np.floating[Any]], df: int) -> Scores:
        """What weighted occurrences score in `df` documents."""
        return (self.weighting.saturated(weighted) * self.clause_idf(clause, df)).astype(np.float32, copy=False)


def _budget(documents: int) -> int:
    """Bytes of scores to keep: of the eight hundred words that are asked for most, within bounds."""
    return min(max(documents * 3_000, 32 << 20), 320 << 20)


def _spread(held: Docs, values: Numbers, docs: Docs, size: int) -> Numbers:
    """Values of some of `docs` (both ascending) beside 0 for the others."""
    if held.size == docs.size:
        return values
    if held.size * _SCATTER < size:
        every = np.zeros(docs.size)
        every[docs.searchsorted(held)] = values
        return every
    every = np.zeros(size)
    every[held] = values
    return every.take(docs)
