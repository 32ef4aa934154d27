"""Ranking: what clauses score (`scoring`), lifted where they stand together as typed, and by date.

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

from index.engine.clauses import AllOf, AnyOf, Clause, Part
from index.engine.kernel.matches import Docs, Matches, best_or_equal
from index.engine.kernel.occurrences import NONE, DocumentSet, Occurrences, Places, either, followed
from index.engine.kernel.scoring import Scorer
from index.engine.kernel.space import Space
from index.schema import ZONES

Gains = npt.NDArray[np.float64]

PAIR = 0.5
"""Weight of two neighbouring clauses that stand near each other as typed, against their own."""
WHOLE = 4.0
"""Weight of the whole query standing together."""
GAP = 8
"""So many syllables may stand between two clauses that are near each other (`Giám đốc Công an [thành phố] …`)."""
LOOSE = 3.0
"""So many syllables between them halve what it is worth."""
FRESH = 0.3
"""What an article of the newest day gains over an old one; halved every FRESH_DAYS."""
FRESH_DAYS = 365.0
NEAREST = 200
"""Standing together is looked at for this many documents, the best without it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents and their scores, parallel; documents ascending."""

    docs: Docs
    scores: Gains
    near: Gains
    """What of it they gained by standing together."""

    @property
    def nearest(self) -> Docs:
        """Places of the documents that nearness may lift, ascending."""
        return best_places(self.scores, NEAREST)


class Ranker:
    """Ranks documents of one space for the parts of a query."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.matcher = scorer.matcher
        self._space = scorer.matcher.space
        self._newest = self._space.newest

    def scored(self, matches: Matches, lifts: Sequence[Part], *, fresh: float) -> Scored:
        """What matched, with what its clauses and the lifts score and, where wanted, freshness."""
        docs = matches.docs
        scores = matches.scores.astype(np.float64)
        for lift in lifts:
            scores += self.scorer.of(lift).score_of(docs)
        if fresh and docs.size:
            scores += fresh * self._freshness(docs)
        return Scored(docs, scores, np.zeros(docs.size))

    def together(self, within: DocumentSet, parts: Sequence[Part]) -> Gains:
        """What each of some documents gains where two neighbouring parts, or all, stand near each other as typed."""
        idfs = [self.scorer.idf(part) for part in parts]
        gained = np.zeros(within.docs.size)
        for zone in ZONES if len(parts) > 1 else ():
            places = [self._places(part, zone, within) for part in parts]
            scale = self.scorer.scale(zone)
            row = _close(places[0])
            for first, other in enumerate(places[1:]):
                mean = (idfs[first] + idfs[first + 1]) / 2
                self._gain(gained, within, scale, _close(places[first]).followed(other), PAIR * mean)
                row = row.followed(other)
            self._gain(gained, within, scale, row, WHOLE)
        return gained

    def _gain(self, gained: Gains, within: DocumentSet, scale: Gains, found: _Nearness, weight: float) -> None:
        """Add what standing together is worth, the less the more stands between."""
        if not found.ends.size:
            return
        first = np.flatnonzero(np.concatenate(([True], found.docs[1:] != found.docs[:-1])))  # ascending
        held, counts = found.docs[first], np.add.reduceat(1 / (1 + found.between / LOOSE), first)
        gained[within.docs.searchsorted(held)] += weight * self.scorer.weighting.saturated(counts * scale.take(held))

    def _places(self, part: Part, zone: str, within: DocumentSet) -> Occurrences:
        """Where a part stands: any of its alternatives, or all that must hold, one after the other."""
        if isinstance(part, Clause):
            return self.matcher.occurrences(part, zone, within)
        if isinstance(part, AnyOf):
            return either([self._places(child, zone, within) for child in part.parts])
        if isinstance(part, AllOf) and part.parts:
            return reduce(followed, (self._places(child, zone, within) for child in part.parts))
        return NONE

    def _freshness(self, docs: Docs) -> Gains:
        age = np.where(self._space.dated[docs], self._newest - self._space.days[docs].astype(np.float64), np.inf)
        return FRESH * np.exp2(-np.maximum(age, 0) / FRESH_DAYS)


@dataclass(frozen=True, slots=True)
class _Nearness:
    """Where parts in a row stand near each other: the documents, where the last one ends, what stands between."""

    docs: Docs
    ends: Places
    between: npt.NDArray[np.float64]

    def followed(self, other: Occurrences) -> _Nearness:
        """Where another part begins at the end or soon after it."""
        at = np.searchsorted(other.begins, self.ends)
        inside = at < len(other)
        at[~inside] = 0
        if not len(other):
            return _Nearness(self.docs[:0], self.ends[:0], self.between[:0])
        gaps = other.begins[at] - self.ends
        keep = inside & (gaps <= GAP)
        return _Nearness(self.docs[keep], other.ends[at[keep]], self.between[keep] + gaps[keep])


def _close(places: Occurrences) -> _Nearness:
    return _Nearness(places.docs, places.ends, np.zeros(len(places)))


def unscored(matches: Matches) -> Scored:
    """What matched, where scores are not asked for."""
    return Scored(matches.docs, np.zeros(len(matches)), np.zeros(len(matches)))


def best_places(scores: npt.NDArray[np.floating[Any]], most: int) -> Docs:
    """Places of the `most` best scores, ascending; of equal ones that are too many the first."""
    chosen = best_or_equal(scores, most)
    if chosen.size <= most:
        return chosen
    return np.sort(chosen[np.argsort(-scores[chosen], kind="stable")[:most]])


def ordered(space: Space, scored: Scored, sort: str, most: int) -> npt.NDArray[np.intp]:
    """The first `most` places of `scored` in the order asked for.

    By relevance, equal scores are broken by the newer day; by date, undated documents come last; then by number.
    """
    days = space.days[scored.docs].astype(np.int64)
    if sort == "relevance":
        chosen = best_or_equal(scored.scores, most)
        return chosen[np.lexsort((scored.docs[chosen], -days[chosen], -scored.scores[chosen]))][:most]
    undated = ~space.dated[scored.docs]
    signed = days if sort == "oldest" else -days
    return np.lexsort((scored.docs, -scored.scores, signed, undated))[:most]
