"""Why is this here? The clauses that a hit holds, in which fields, and what each adds to its score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.schema import ZONES
from search.hits import Shown
from search.plan import Clause
from search.ranking import Ranker

ZONE_NAMES = {"title": "tiêu đề", "lead": "sapo", "body": "nội dung"}


def why(ranker: Ranker, one: Shown, clauses: Sequence[Clause], score: float) -> tuple[str, ...]:
    """One line a clause, then what standing together and the date add; the parts sum up to the score."""
    docs = np.array([one.doc], np.intp)
    lines = []
    rest = score
    for number, clause in enumerate(clauses):
        worth = float(ranker.clause_score(docs, clause)[0])
        rest -= worth
        counts = [(ZONE_NAMES[zone], sum(mark.clause == number for mark in one.marks[zone])) for zone in ZONES]
        where = ", ".join(f"{name} ×{count}" for name, count in counts if count)
        lines.append(f"“{clause.label}”: {where or 'không có'} (+{worth:.2f})")
    near = float(ranker.together(docs, clauses)[0]) if len(clauses) > 1 else 0.0
    if near:
        lines.append(f"các cụm đứng liền nhau (+{near:.2f})")
    if abs(rest - near) >= 0.005:
        lines.append(f"độ mới và phần còn thiếu ({rest - near:+.2f})")
    return tuple(lines)
