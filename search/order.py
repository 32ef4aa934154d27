"""Order: relevance, newest or oldest; always total, so that pages of one generation never overlap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.snapshot import Snapshot
from search.kernel.matches import best_or_equal
from search.ranking import Scored

Order = npt.NDArray[np.intp]


def ordered(snapshot: Snapshot, scored: Scored, sort: str, most: int) -> Order:
    """The first `most` places of `scored` in the order asked for.

    By relevance, equal scores are broken by the newer day; by date, undated documents come last; then by number.
    """
    days = snapshot.days[scored.docs].astype(np.int64)
    if sort == "relevance":
        chosen = best_or_equal(scored.scores, most)
        return chosen[np.lexsort((scored.docs[chosen], -days[chosen], -scored.scores[chosen]))][:most]
    undated = ~snapshot.dated[scored.docs]
    signed = days if sort == "oldest" else -days
    return np.lexsort((scored.docs, -scored.scores, signed, undated))[:most]
