"""What the search understood of a query, as chips: each says how it was read, and how to switch that off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import parse_qsl

from search.results import Understood
from web.i18n import day, month, t, words
from web.links import Link

_SHOWN = 4
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Chip:
    """One reading: the words as typed, what was searched besides or instead, and the same search without it."""

    kind: str
    typed: str
    meant: str
    off: Link | None
    filter: Link | None = None
    """The same search with a filter by day instead of the date among its words."""


def readings(understood: Iterable[Understood], address: Link) -> list[Chip]:
    """A chip a reading; what was left out stands in one."""
    chips = []
    for ignored, group in groupby(understood, key=lambda one: one.kind == "ignored" and one.off is None):
        if ignored:
            left_out = " ".join(one.from_ for one in group)
            chips.append(Chip(t("understood.ignored"), _short(left_out), "", None))
        else:
            chips += [_chip(one, address) for one in group]
    return chips


def switched_off(values: Iterable[str], address: Link) -> list[Chip]:
    """A chip a reading that the reader switched off, `kind:words`; its link switches it on again."""
    chips = []
    for value in sorted(values):
        kind, _, typed = value.partition(":")
        name = f"understood.{kind}"
        chips.append(
            Chip(t(name) if name in words("vi") else _short(kind), _short(typed), "", address.drop("off", value))
        )
    return chips


def _chip(one: Understood, address: Link) -> Chip:
    meant = [_day_range(value) for value in one.to] if one.kind == "date" else list(one.to)
    shown = ", ".join(meant[:_SHOWN]) + ("…" if len(meant) > _SHOWN else "")
    name, _, value = (one.off or "").partition("=")
    off = address.add(name, value) if one.off else None
    if one.kind == "date" and not one.to:
        shown = t("understood.no-date")
    return Chip(
        t(f"understood.{one.kind}"), _short(one.from_), shown if shown != one.from_ else "", off, _filter(one, address)
    )


def _filter(one: Understood, address: Link) -> Link | None:
    if one.filter is None:
        return None
    for name, value in parse_qsl(one.filter):
        address = address.set(name, value)
    return address.set("q", " ".join("".join(address.all("q")).replace(one.from_, " ").split()))


def _day_range(value: str) -> str:
    """`2023-03`, `../2019-12-31` or `2023-01-01/2023-06-30` as a reader says it; anything else as it is."""
    try:
        if "/" not in value:
            return _part(value)
        first, last = value.split("/")
        edges = ((name, edge) for name, edge in (("from", first), ("to", last)) if edge != "..")
        return " ".join(t(f"filter.{name}-day", day=_part(edge)) for name, edge in edges)
    except ValueError:
        return value


def _part(value: str) -> str:
    if value.startswith("--"):  # a day of no year: --03-15
        return "/".join(str(int(part)) for part in reversed(value[2:].split("-")))
    return month(value) if len(value) < 10 else day(date.fromisoformat(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
