"""Why is this here? The parts of the query that a hit holds, in which fields, and what each adds to its score."""

from __future__ import annotations

from dataclasses import dataclass

from index.engine import Row, Share, Shown
from index.schema import ZONES


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


def why(row: Row, shown: Shown, language: str) -> tuple[str, ...]:
    """One line a part, then what standing together and the date add; the lines sum up to the score.

    Where articles are not in the order of their scores (`row.score` is 0), the parts only.
    """
    if row.account is None:
        return ()
    words, shares = _WORDS[language], row.account.shares
    lines = [
        f"“{share.label}”: {_where(shown, share, words.zones) or words.nowhere} (+{share.worth:.2f})"
        for share in shares
    ]
    if not row.score:
        return tuple(lines)
    if near := row.account.near:
        lines.append(f"{words.near} (+{near:.2f})")
    rest = row.score - sum(share.worth for share in shares) - near
    if abs(rest) >= 0.005:
        lines.append(f"{words.rest} ({rest:+.2f})")
    return tuple(lines)


def _where(shown: Shown, share: Share, names: dict[str, str]) -> str:
    """In which zones, and how often, the clauses of a part stand."""
    counts = [(names[zone], sum(mark.clause in share.clauses for mark in shown.marks[zone])) for zone in ZONES]
    return ", ".join(f"{name} ×{count}" for name, count in counts if count)
