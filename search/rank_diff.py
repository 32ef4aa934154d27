"""Two rankings side by side: for every query the best articles of both, what moved, and which reasons differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from search.request import SearchRequest
from search.results import ResultPage

DEEPEST = 50
"""Articles of a query that a ranking keeps, so that a move can be followed below what is shown."""
_SLIGHT = 0.005
"""What a reason may be worth more or less without being another."""
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """An article in its place in the ranking of one query."""

    id: str
    title: str
    score: float
    missing: tuple[str, ...]
    """Parts of the query that it lacks."""
    reasons: tuple[tuple[str, float], ...]
    """Parts of the query as typed, then `near` and `rest`, and what each adds to the score."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best articles for one query, as one installation ranks them."""

    query: str
    total: int
    readings: tuple[str, ...]
    """How the query was understood, `kind:typed → meant`."""
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An article of either top, its places (from 1; None below what both rankings keep), and why it moved."""

    id: str
    title: str
    old: int | None
    new: int | None
    why: tuple[str, ...]
    """Reasons that are worth another amount, the largest differences first; empty where only others moved."""


@dataclass(frozen=True, slots=True)
class RankDiff:
    """One query ranked twice."""

    query: str
    old_total: int
    new_total: int
    read_before: tuple[str, ...]
    """Readings that only the old ranking had."""
    read_now: tuple[str, ...]
    kept: int
    """Articles in both tops."""
    moves: tuple[Move, ...]
    """Every article of either top in the new order, then those that left it in the old one."""

    @property
    def is_same(self) -> bool:
        """Whether both tops are the same articles in the same order."""
        return all(move.old == move.new for move in self.moves)


def rankings(queries: Iterable[str], search: Callable[[SearchRequest], ResultPage]) -> Iterator[Ranking]:
    """How `search` ranks every query, in the order given."""
    for query in queries:
        page = search(SearchRequest(text=query, limit=DEEPEST, explain=True))
        readings = tuple(
            f"{reading.kind}:{reading.from_} → {', '.join(reading.to)}" for reading in page.query.understood
        )
        placed = tuple(
            Placed(
                hit.id,
                hit.title,
                round(hit.score, 4),
                hit.missing,
                tuple((reason.part or reason.kind, round(reason.worth, 4)) for reason in hit.reasons),
            )
            for hit in page.hits
        )
        yield Ranking(query, page.total, readings, placed)


def rank_diffs(old: Iterable[Ranking], new: Iterable[Ranking], top: int) -> Iterator[RankDiff]:
    """The differences of two rankings of the same queries in the same order; `top` articles of each are compared."""
    for before, now in zip(old, new, strict=True):
        yield _rank_diff(before, now, top)


def _rank_diff(before: Ranking, now: Ranking, top: int) -> RankDiff:
    was = {hit.id: place for place, hit in enumerate(before.placed, start=1)}
    known = {hit.id: hit for hit in before.placed}
    moves = [
        Move(
            hit.id, hit.title, was.get(hit.id), place, _why(known.get(hit.id), hit) if was.get(hit.id) != place else ()
        )
        for place, hit in enumerate(now.placed, start=1)
    ]
    shown, below = moves[:top], {move.id: move for move in moves[top:]}
    listed = {move.id for move in shown}
    left = [
        below.get(hit.id) or Move(hit.id, hit.title, place, None, ())
        for place, hit in enumerate(before.placed[:top], start=1)
        if hit.id not in listed
    ]
    first = {hit.id for hit in before.placed[:top]}
    return RankDiff(
        query=now.query,
        old_total=before.total,
        new_total=now.total,
        read_before=tuple(reading for reading in before.readings if reading not in now.readings),
        read_now=tuple(reading for reading in now.readings if reading not in before.readings),
        kept=len(first & listed),
        moves=(*shown, *left),
    )


def _why(before: Placed | None, now: Placed) -> tuple[str, ...]:
    """Reasons that are worth another amount than before, the largest differences first."""
    if before is None:
        return ()
    old, new = dict(before.reasons), dict(now.reasons)
    differences = {label: new.get(label, 0.0) - old.get(label, 0.0) for label in {**old, **new}}
    labels = sorted(differences, key=lambda label: -abs(differences[label]))[:_MOST_REASONS]
    changed = [
        f"{label} {old.get(label, 0.0):.2f} → {new.get(label, 0.0):.2f}"
        for label in labels
        if abs(differences[label]) >= _SLIGHT
    ]
    missing = [f"lacks {', '.join(now.missing)}"] if now.missing and now.missing != before.missing else []
    return (*changed, *missing)


def ranking_of(saved: Any) -> Ranking:
    """A ranking as it was printed as JSON.

    Raises:
        KeyError, TypeError, ValueError: it is no such thing.
    """
    placed = tuple(
        Placed(
            str(hit["id"]),
            str(hit["title"]),
            float(hit["score"]),
            tuple(map(str, hit["missing"])),
            tuple((str(label), float(worth)) for label, worth in hit["reasons"]),
        )
        for hit in saved["placed"]
    )
    return Ranking(str(saved["query"]), int(saved["total"]), tuple(map(str, saved["readings"])), placed)


def queries_of(text: str) -> Sequence[str]:
    """A query a line; empty lines and repetitions are left out."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
