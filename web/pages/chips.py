"""Chips above the results: how the query was read, and which filters hold; each can be switched off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from index.facets import BY_NAME
from search.parser.ranges import days_of
from search.request import SearchRequest
from search.results import Understood
from web.backend import backend
from web.i18n import day, month, t
from web.links import Address, here

_SHOWN = 4
_SINCE, _UNTIL = ("từ", "kể"), ("đến", "tới")
"""Words before a date that leave one side of it open."""
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class FilterChip:
    """One filter that holds, and the same search without it."""

    kind: str
    name: str
    excluded: bool
    without: Address


@dataclass(frozen=True, slots=True)
class ReadingChip:
    """One reading: the words as typed, what was searched besides or instead, and the same search without it."""

    kind: str
    typed: str
    meant: str
    off: Address | None
    filter: Address | None = None
    """The same search with a filter by day instead of the date among its words."""


def readings(understood: Iterable[Understood], address: Address) -> list[ReadingChip]:
    """A chip a reading; what was left out stands in one."""
    chips = []
    for ignored, group in groupby(understood, key=lambda reading: reading.kind == "ignored" and reading.off is None):
        if ignored:
            left_out = " ".join(reading.from_ for reading in group)
            chips.append(ReadingChip(t("understood.ignored"), _short(left_out), "", None))
        else:
            chips += [_chip(reading, address) for reading in group]
    return chips


def switched_off(values: Iterable[str], address: Address) -> list[ReadingChip]:
    """A chip a reading that the reader switched off, `kind:words`; its link switches it on again."""
    chips = []
    for value in sorted(values):
        kind, _, typed = value.partition(":")
        try:
            name = t(f"understood.{kind}")
        except KeyError:
            name = _short(kind)
        chips.append(ReadingChip(name, _short(typed), "", address.drop("off", value)))
    return chips


def followed(wanted: SearchRequest) -> str:
    """What a search asks for, in words: `lũ quét · Y tế · trừ Giao thông · từ 5/3/2024`; empty for everything."""
    filters = (
        f"{t('filter.not')} {chip.name}" if chip.excluded else chip.name for chip in filter_chips(wanted, here())
    )
    return " · ".join(filter(None, (_short(wanted.text), *filters)))


def _chip(reading: Understood, address: Address) -> ReadingChip:
    meant = [_day_range(value) for value in reading.to] if reading.kind == "date" else list(reading.to)
    shown = ", ".join(meant[:_SHOWN]) + ("…" if len(meant) > _SHOWN else "")
    name, _, value = (reading.off or "").partition("=")
    off = address.add(name, value) if reading.off else None
    if reading.kind == "date" and not reading.to:
        shown = t("understood.no-date")
    return ReadingChip(
        t(f"understood.{reading.kind}"),
        _short(reading.from_),
        shown if shown != reading.from_ else "",
        off,
        _filter(reading, address),
    )


def _filter(reading: Understood, address: Address) -> Address | None:
    """A date in a sentence as a filter: behind `từ` everything since, behind `đến` until then."""
    days = days_of(reading.to[0]) if reading.kind == "date" and reading.to and "/" not in reading.to[0] else None
    if days is None or reading.to[0].startswith("--"):
        return None
    word = reading.from_.split()[0].lower()
    if word not in _UNTIL:
        address = address.set("from", days[0].isoformat())
    if word not in _SINCE:
        address = address.set("to", days[1].isoformat())
    return address.set("q", " ".join("".join(address.all("q")).replace(reading.from_, " ").split()))


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


def filter_chips(wanted: SearchRequest, address: Address) -> list[FilterChip]:
    """Every filter of a request by its printed name."""
    topics = (
        {topic.slug: topic.name for topic in backend().searcher.topics()}
        if any(condition.facet == "topic" for condition in wanted.filters)
        else {}
    )
    chips = []
    for condition in wanted.filters:
        name = topics.get(condition.value) if condition.facet == "topic" else None
        if condition.value in BY_NAME[condition.facet].worded:
            name = t(f"facet.{condition.facet}.{condition.value}")
        if condition.facet in ("official", "said") and (label := backend().directory.label(condition.value)):
            name = label[0]
        if condition.facet == "organisation":
            name = backend().directory.organisation(condition.value)
        if condition.facet == "said":
            name = t("statements.by", name=name or condition.value)
        without = address.drop(condition.facet, condition.typed)
        chips.append(FilterChip(condition.facet, name or condition.value, condition.excluded, without))
    turned = address.all("from") > address.all("to") > ()  # the later day was given first
    for name, edge, given in (("from", wanted.since, "to"), ("to", wanted.until, "from")):
        if edge:
            without = address.drop(given if turned else name)
            chips.append(FilterChip(name, t(f"filter.{name}-day", day=day(edge)), False, without))
    return chips
