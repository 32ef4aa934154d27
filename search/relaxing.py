"""Relaxing: when few articles match, those that miss a part of the query, the fewest and least telling parts first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.matching import Docs, Matcher
from search.plan import Clause, Node, NoneOf, Plan
from search.ranking import Ranker, Scored

FEW = 10
"""From so many matches on, nothing is relaxed."""
MOST = 50
"""So many articles that miss a part are shown at most."""
_CANDIDATES = 3_000


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Documents that miss a part, with the parts that each holds."""

    scored: Scored
    holds: npt.NDArray[np.bool_]
    """[document, part of the plan]."""


def relaxed(matcher: Matcher, ranker: Ranker, plan: Plan, matched: Docs, mask: npt.NDArray[np.bool_] | None) -> Relaxed:
    """The best documents that hold some but not all parts; what the query excludes stays out."""
    wanted = [part for part in plan.parts if not isinstance(part, NoneOf)]
    size = matcher.snapshot.size
    weights = _weights(matcher, wanted)
    holds = np.zeros((size, len(wanted)), np.bool_)
    for number, part in enumerate(wanted):
        holds[matcher.docs(part), number] = True
    covered = holds @ weights / max(weights.sum(), 1e-9)
    covered[matched] = 0
    if mask is not None:
        covered[~mask] = 0
    for part in plan.parts:
        if isinstance(part, NoneOf):
            covered[matcher.docs(part.part)] = 0
    docs = np.flatnonzero(covered)
    if docs.size > _CANDIDATES:
        docs = np.sort(docs[np.argpartition(-covered[docs], _CANDIDATES)[:_CANDIDATES]])
    scored = ranker.score(docs, plan.clauses, fresh=False)
    scores = scored.scores * covered[docs]
    best = np.sort(np.argsort(-scores, kind="stable")[:MOST])
    return Relaxed(Scored(docs[best], scores[best]), holds[docs[best]])


def _weights(matcher: Matcher, parts: Sequence[Node]) -> npt.NDArray[np.float64]:
    """How telling each part is: the idf of the documents that hold it."""
    total = matcher.snapshot.documents
    held = np.array([matcher.docs(part).size for part in parts], np.float64)
    plain = np.array([isinstance(part, Clause) for part in parts])
    idf = np.log1p((total - held + 0.5) / (held + 0.5))
    weights: npt.NDArray[np.float64] = np.where(plain | (held > 0), idf, 0.0)
    return weights
