"""Relaxing: when few articles match, those that miss a part of the query, the fewest and least telling parts first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.engine.clauses import Clause, NoneOf, Part, Plan
from index.engine.kernel.matches import Docs, Mask, Scores
from index.engine.kernel.matching import Matcher
from index.engine.kernel.ranking import best_places
from index.engine.kernel.scoring import Scorer

FEW = 20
"""From so many matches on, a page of the usual size, nothing is relaxed."""
MOST = 50
"""So many articles that miss a part are shown at most."""
_SCORED = 1_000
"""So many of the best by their clauses are asked which they hold."""
_CANDIDATES = 150
"""So many of the best by what they hold are looked at for nearness."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Documents that miss a part, best first, with the parts that each holds."""

    docs: Docs
    scores: npt.NDArray[np.float64]
    holds: npt.NDArray[np.bool_]
    """[document, part of the plan]."""
    near: npt.NDArray[np.float64]
    """What of it they gained by the parts that they hold standing together."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best documents that hold some but not all parts, before nearness."""

    docs: Docs
    """Ascending."""
    scores: Scores
    covered: npt.NDArray[np.float64]
    """The share of the query's weight that each holds."""
    holds: npt.NDArray[np.bool_]
    """[document, part of the plan]."""

    def ranked(self, near: npt.NDArray[np.float64]) -> Relaxed:
        """In order, with what each gains by its parts standing together.

        What is missing lowers the sum of what is there by the root of its share only: it lacks in that sum already.
        """
        worth = np.sqrt(self.covered) * self.scores + self.covered * near
        shown = np.argsort(-worth, kind="stable")[:MOST]
        return Relaxed(self.docs[shown], worth[shown], self.holds[shown], near[shown])


def candidates(matcher: Matcher, scorer: Scorer, plan: Plan, matched: Docs, mask: Mask | None) -> Candidates:
    """The best documents that hold some but not all parts; what the query excludes stays out."""
    wanted = plan.wanted
    weights = _weights(matcher, wanted)
    scores = scorer.any_of(wanted).dense.copy()
    scores[matched] = 0
    if mask is not None:
        scores *= mask
    for part in plan.parts:
        if isinstance(part, NoneOf):
            scores[matcher.docs(part.part)] = 0
    docs = np.flatnonzero(scores)
    for lift in plan.lifts:
        scores[docs] += scorer.of(lift).score_of(docs)
    docs = docs[best_places(scores[docs], _SCORED)]
    holds = np.stack([scorer.of(part).score_of(docs) > 0 for part in wanted], axis=1)
    covered = holds.astype(np.float64) @ weights / max(weights.sum(), 1e-9)
    best = best_places(np.sqrt(covered) * scores[docs], _CANDIDATES)
    return Candidates(docs[best], scores[docs[best]], covered[best], holds[best])


def _weights(matcher: Matcher, parts: Sequence[Part]) -> npt.NDArray[np.float64]:
    """How telling each part is: the idf of the documents that hold it."""
    total = matcher.space.documents
    held = np.array([matcher.count(part) for part in parts], np.float64)
    plain = np.array([isinstance(part, Clause) for part in parts])
    idf = np.log1p((total - held + 0.5) / (held + 0.5))
    weights: npt.NDArray[np.float64] = np.where(plain | (held > 0), idf, 0.0)
    return weights
