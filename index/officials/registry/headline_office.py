"""The office that a person's name is printed with: computed once, for the last day known or for any other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_FADES = 30.0
"""Days after one's last mention in an office in which it halves beside the others."""
_TAKEN_OVER = 3.0
"""How much more an office counts that was taken over from someone: it is the newer one."""
_AHEAD = 60
"""Days before the first mention for which an office is still taken for held, where nobody else held it then."""


HELD = """
    SELECT m.office, o.title, o.organisation, m.first, m.last, m.since, m.until, m.articles, o.minor,
        m.reason = 'silent', m.former_times
    FROM membership m JOIN office o ON o.id = m.office WHERE m.official = ? AND m.stands
"""
"""Rows of one official, to make a HeldOffice of each."""


class HeldOffice(NamedTuple):
    """An office that the news bears out. Days are days since 1970-01-01."""

    office: str
    title: str
    organisation: str | None
    first: int | None
    last: int | None
    """First and last day on which it is said to be held."""
    since: int | None
    until: int | None
    articles: int
    minor: bool
    """A seat beside other offices, or the bare leadership of a country."""
    silent: bool = False
    """Nobody has named it for long."""
    past: int = 0
    """Articles that say it is past."""


def headline(held: Sequence[HeldOffice], on: int | None = None) -> tuple[str, str | None, str] | None:
    """Title, organisation and office id for a day; without one, the office held last, and else one called former.

    Where nothing was held on that day as far as one knows: None.
    """
    now = [office for office in held if office.articles and _in_force(office, on)]
    if now:
        day = on if on is not None else max((office.last for office in now if office.last is not None), default=None)
        best = min(now, key=lambda office: (office.minor, -_weight(office, day), office.office))
        if on is not None or not (left := _left_since(held, best)):
            return best.title, best.organisation, best.office
        return f"nguyên {left.title}", left.organisation, left.office
    if on is not None or not held:
        return None
    last = min(held, key=lambda office: (office.minor, -(office.until or 0), -office.articles, office.office))
    return f"nguyên {last.title}", last.organisation, last.office


def _left_since(held: Sequence[HeldOffice], best: HeldOffice) -> HeldOffice | None:
    """Of one whose office nobody names any more: another, which the news calls past since then, and oftener.

    A minor post left long ago, that is told of once, heads nobody whose office is merely not repeated.
    """
    if not best.silent or best.last is None:
        return None
    since = best.last
    left = [office for office in held if not office.minor and office.until is not None and office.until > since]
    left = [office for office in left if office.past > max(1, best.articles)]
    return max(left, key=lambda office: (office.past, office.until or 0, office.office), default=None)


def _in_force(office: HeldOffice, on: int | None) -> bool:
    if on is None:
        return office.until is None
    since = office.since if office.since is not None else (office.first - _AHEAD if office.first is not None else on)
    return since <= on and (office.until is None or on < office.until)


def _weight(office: HeldOffice, day: int | None) -> float:
    """How often it is named, less the further its days lie away."""
    articles = office.articles * (_TAKEN_OVER if office.since is not None else 1.0)
    if day is None or office.first is None or office.last is None:
        return articles
    away = max(office.first - day, day - office.last, 0)
    return float(articles * 0.5 ** (away / _FADES))
