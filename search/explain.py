"""Why is this here? The clauses that a hit holds, in which fields, and what each adds to its score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.schema import ZONES
from search.hits import Shown
from search.plan import Plan, clauses_of, label
from search.ranking import Ranker


@dataclass(frozen=True, slots=True)
class _Words:
    """What reasons are told with in one language."""

    zones: dict[str, str]
    nowhere: str
    near: str
    rest: str


_WORDS = {
    "vi": _Words(
        {"title": "tiêu đề", "lead": "sapo", "body": "nội dung"},
        nowhere="không có",
        near="các cụm đứng liền nhau",
        rest="độ mới và phần còn thiếu",
    ),
    "en": _Words(
        {"title": "title", "lead": "lead", "body": "body"},
        nowhere="nowhere",
        near="clauses that stand side by side",
        rest="freshness and what is missing",
    ),
}


def why(ranker: Ranker, one: Shown, plan: Plan, score: float, *, relaxed: bool, language: str) -> tuple[str, ...]:
    """One line a part, then what standing together and the date add; the lines sum up to the score.

    Where articles are not in the order of their scores (`score` is 0), the parts only.
    """
    words = _WORDS[language]
    docs = np.array([one.doc], np.intp)
    lines = []
    rest = score
    first = 0
    for part in plan.wanted:
        last = first + len(clauses_of(part))
        worth = float(ranker.scorer.of(part).score_of(docs)[0])
        rest -= worth
        lines.append(f"“{label(part)}”: {_where(one, first, last, words.zones) or words.nowhere} (+{worth:.2f})")
        first = last
    if not score:
        return tuple(lines)
    near = float(ranker.together(ranker.matcher.chosen(docs), plan.wanted)[0]) if len(plan.wanted) > 1 else 0.0
    if not relaxed and near > rest + 0.005:
        near = 0.0  # nearness lifts the best by their clauses only, and this is none of them
    if near:
        lines.append(f"{words.near} (+{near:.2f})")
    if abs(rest - near) >= 0.005:
        lines.append(f"{words.rest} ({rest - near:+.2f})")
    return tuple(lines)


def _where(one: Shown, first: int, last: int, names: dict[str, str]) -> str:
    """In which zones, and how often, the clauses `first` up to `last` of the plan stand."""
    counts = [(names[zone], sum(first <= mark.clause < last for mark in one.marks[zone])) for zone in ZONES]
    return ", ".join(f"{name} ×{count}" for name, count in counts if count)
