"""Relaxing: when few articles match, those that miss a part of the query, the fewest and least telling parts first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

from index.analysis.normalize import fold
from index.engine.clauses import Clause, NoneOf, Part, Plan, Spelling
from index.engine.kernel.matches import Docs, Mask, Scores
from index.engine.kernel.matching import Matcher
from index.engine.kernel.ranking import best_places
from index.engine.kernel.scoring import Scorer
from index.query import Key
from index.schema import Form

FEW = 20
"""From so many matches on, a page of the usual size, nothing is relaxed."""
MOST = 50
"""So many articles that miss a part are shown at most."""
RARE = 20
"""A clause that fewer articles hold may be misspelt: it is chosen for with other marks too."""
RESPELLED = 0.6
"""What a clause counts where it stands with other marks than typed."""
SAMENESS = 0.1
"""How fast articles that miss the same parts give way to others."""
_SCORED = 1_000
"""So many of the best by their clauses are asked which they hold."""
_CANDIDATES = 150
"""So many of the best by what they hold are chosen at for nearness."""


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
    parts: tuple[Part, ...]
    """What was chosen for: the plan's parts, some of them in every spelling."""

    def ranked(self, near: npt.NDArray[np.float64]) -> Relaxed:
        """In order, with what each gains by its parts standing together."""
        worth = self.covered * (self.scores + near)
        shown = _varied(worth, self.holds)
        return Relaxed(self.docs[shown], worth[shown], self.holds[shown], near[shown])


def candidates(matcher: Matcher, scorer: Scorer, plan: Plan, matched: Docs, mask: Mask | None) -> Candidates:
    """The best documents that hold some but not all parts; what the query excludes stays out."""
    wanted = plan.wanted
    weights = _weights(matcher, wanted)
    respelled = [bare(part) if matcher.count(part) < RARE else None for part in wanted]
    parts = tuple(other or part for part, other in zip(wanted, respelled, strict=True))
    scores = scorer.any_of(parts).dense.copy()
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
    typed = np.where([other is None for other in respelled], weights, weights * (1 - RESPELLED))
    covered = holds.astype(np.float64) @ typed
    for other, weight in zip(respelled, weights.tolist(), strict=True):
        if other:
            covered += RESPELLED * weight * (scorer.of(other).score_of(docs) > 0)
    covered /= max(weights.sum(), 1e-9)
    best = best_places(scores[docs] * covered, _CANDIDATES)
    return Candidates(docs[best], scores[docs[best]], covered[best], holds[best], parts)


def _varied(scores: npt.NDArray[np.float64], holds: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Places of the best documents, best first; the more of them miss the same parts, the less the next one counts."""
    order = np.argsort(-scores, kind="stable")[: 4 * MOST].tolist()
    alike: dict[bytes, list[int]] = {}
    for place in reversed(order):
        alike.setdefault(holds[place].tobytes(), []).append(place)  # the best of each kind comes last
    heads = [(-float(scores[places[-1]]), 0, kind) for kind, places in alike.items()]
    heapify(heads)
    chosen: list[int] = []
    while heads and len(chosen) < MOST:
        _, taken, kind = heappop(heads)
        chosen.append(alike[kind].pop())
        if alike[kind]:
            worth = float(scores[alike[kind][-1]]) / (1 + SAMENESS * (taken + 1))
            heappush(heads, (-worth, taken + 1, kind))
    return np.array(chosen, np.intp)


def bare(part: Part) -> Clause | None:
    """A clause of several syllables typed with marks, in every spelling; None for anything else."""
    if not isinstance(part, Clause) or part.slop >= 0 or part.days or len(part.spellings) != 1:
        return None
    slots = part.spellings[0].slots
    if len(slots) < 2 or any(key.form is not Form.SYLLABLE for slot in slots for key in slot):
        return None
    folded = (tuple(dict.fromkeys(Key(fold(key), Form.FOLDED) for key, _ in slot)) for slot in slots)
    return replace(part, spellings=(Spelling(tuple(folded)),), shield=())


def _weights(matcher: Matcher, parts: Sequence[Part]) -> npt.NDArray[np.float64]:
    """How telling each part is: the idf of the documents that hold it."""
    total = matcher.space.documents
    held = np.array([matcher.count(part) for part in parts], np.float64)
    plain = np.array([isinstance(part, Clause) for part in parts])
    idf = np.log1p((total - held + 0.5) / (held + 0.5))
    weights: npt.NDArray[np.float64] = np.where(plain | (held > 0), idf, 0.0)
    return weights
