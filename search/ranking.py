"""Ranking: what clauses score (`search.scoring`), lifted where they stand together as typed, and by date.

Clauses that follow one another in the text as in the query count as terms of their own, as in the sequential dependence
model of D. Metzler, W. B. Croft, "A Markov random field model for term dependencies", 2005. Constants were chosen on
the judged queries of `benchmarks/`; nDCG moves by less than .01 when any of them is halved or doubled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from index.schema import ZONES
from search.kernel.matches import Docs, Matches, best_or_equal
from search.matching import Looked, Matcher
from search.kernel.slots import BITS
from search.occurrences import NONE, Occurrences, either, followed
from search.plan import AllOf, AnyOf, Clause, Node
from search.scoring import Scorer

Scores = npt.NDArray[np.float64]

PAIR = 0.5
"""Weight of two, and of three, neighbouring clauses that stand together, against their own."""
GAP = 8
LOOSE = 3.0
TURNED = 0.5
WHOLE = 4.0
"""Weight of the whole query standing together."""
FRESH = 0.3
"""What an article of the newest day gains over an old one; halved every FRESH_DAYS."""
FRESH_DAYS = 365.0
NEAREST = 200
"""Standing together is looked at for this many documents, the best without it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents and their scores, parallel; documents ascending."""

    docs: Docs
    scores: Scores

    @property
    def nearest(self) -> Docs:
        """Places of the documents that nearness may lift, ascending."""
        return best_places(self.scores, NEAREST)


class Ranker:
    """Ranks documents of one snapshot for the parts of a query."""

    def __init__(self, matcher: Matcher) -> None:
        self.scorer = Scorer(matcher)
        self.matcher = matcher
        self._snapshot = matcher.snapshot
        dated = self._snapshot.days[self._snapshot.dated & self._snapshot.live]
        self._newest = int(dated.max()) if dated.size else 0

    def scored(self, matches: Matches, *, fresh: bool) -> Scored:
        """What matched, with what its clauses score and, where wanted, freshness."""
        docs = matches.docs
        scores = matches.scores.astype(np.float64)
        if fresh and docs.size:
            scores += self._freshness(docs)
        return Scored(docs, scores)

    def together(self, within: Looked, parts: Sequence[Node]) -> Scores:
        """What each of some documents gains where two, three or all parts stand near each other, as typed or turned."""
        idfs = [self.scorer.idf(part) for part in parts]
        gained = np.zeros(within.docs.size)
        for zone in ZONES:
            places = [self._places(part, zone, within) for part in parts]
            scale = self.scorer.scale(zone)
            for first in range(len(parts) - 1):
                mean = (idfs[first] + idfs[first + 1]) / 2
                for one, other, turned in ((first, first + 1, 1.0), (first + 1, first, TURNED)):
                    self._gain(gained, within, scale, near(places[one], places[other]), turned * PAIR * mean)
            if len(parts) > 1:
                row = Near(places[0].begins, places[0].ends, np.zeros(len(places[0])))
                for other in places[1:]:
                    row = near(row, other)
                self._gain(gained, within, scale, row, WHOLE)
        return gained

    def _gain(self, gained: Scores, within: Looked, scale: Scores, found: Near, weight: float) -> None:
        if not len(found.begins):
            return
        docs = found.begins >> BITS
        held, inverse = np.unique(docs, return_inverse=True)
        counts = np.bincount(inverse, 1 / (1 + found.slack / LOOSE))
        gained[within.docs.searchsorted(held)] += weight * self.scorer.weighting.saturated(counts * scale.take(held))

    def _places(self, part: Node, zone: str, within: Looked) -> Occurrences:
        """Where a part stands: any of its alternatives, or all that must hold, one after the other."""
        if isinstance(part, Clause):
            return self.matcher.occurrences(part, zone, within)
        if isinstance(part, AnyOf):
            return either([self._places(one, zone, within) for one in part.parts])
        if isinstance(part, AllOf) and part.parts:
            return reduce(followed, (self._places(one, zone, within) for one in part.parts))
        return NONE

    def _freshness(self, docs: Docs) -> Scores:
        age = np.where(self._snapshot.dated[docs], self._newest - self._snapshot.days[docs].astype(np.float64), np.inf)
        return FRESH * np.exp2(-np.maximum(age, 0) / FRESH_DAYS)


@dataclass(frozen=True, slots=True)
class Near:
    begins: Any
    ends: Any
    slack: Any


def near(one: Any, other: Any) -> Near:
    """Where `other` begins at or soon after the end of `one`."""
    if not len(one.begins) or not len(other.begins):
        return Near(*(np.empty(0, np.int64),) * 2, np.empty(0))
    at = np.searchsorted(other.begins, one.ends)
    inside = at < len(other.begins)
    at[~inside] = 0
    gap = other.begins[at] - one.ends
    keep = inside & (gap <= GAP)
    slack = one.slack[keep] if isinstance(one, Near) else 0
    return Near(one.begins[keep], other.ends[at[keep]], slack + gap[keep].astype(float))


def best_places(scores: npt.NDArray[np.floating[Any]], most: int) -> Docs:
    """Places of the `most` best scores, ascending; of equal ones that are too many the first."""
    chosen = best_or_equal(scores, most)
    if chosen.size <= most:
        return chosen
    return np.sort(chosen[np.argsort(-scores[chosen], kind="stable")[:most]])
