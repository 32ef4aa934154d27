"""Why is this here? The parts of the query that a hit holds, in which fields, and what each adds to its score."""

from __future__ import annotations

from index.engine import Row, Share, Shown
from index.schema import ZONES
from search.results import Reason


def why(row: Row, shown: Shown) -> tuple[Reason, ...]:
    """A reason a part, then what standing together and the date add; what they are worth sums up to the score.

    Where articles are not in the order of their scores (`row.score` is 0), the parts only.
    """
    if row.account is None:
        return ()
    shares = row.account.shares
    reasons = [Reason("part", share.worth, share.label, _where(shown, share)) for share in shares]
    if not row.score:
        return tuple(reasons)
    if near := row.account.near:
        reasons.append(Reason("near", near))
    rest = row.score - sum(share.worth for share in shares) - near
    if abs(rest) >= 0.005:
        reasons.append(Reason("rest", rest))
    return tuple(reasons)


def _where(shown: Shown, share: Share) -> tuple[tuple[str, int], ...]:
    """In which zones, and how often, the clauses of a part stand."""
    counts = [(zone, sum(mark.clause in share.clauses for mark in shown.marks[zone])) for zone in ZONES]
    return tuple((zone, count) for zone, count in counts if count)
