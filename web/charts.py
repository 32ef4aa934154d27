"""Charts: articles a month as bars in an SVG grid; the same numbers stand in a table beside every chart."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search.results import MonthCount

HEIGHT = 56
_LONGEST = 600
_MOST_BARS = 40
_SPANS = (1, 3, 12)
"""Months that a bar may stand for."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One month, quarter or year: where its bar stands in the grid, and the days that its link filters by."""

    period: str
    """`2024-01`, `2024-Q1` or `2024`."""
    count: int
    x: int
    height: float
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """All periods from the first to the last, empty ones too; a bar is one unit wide."""

    bars: tuple[Bar, ...]
    peak: Bar

    @property
    def width(self) -> int:
        """Bars in the grid."""
        return len(self.bars)

    @property
    def outline(self) -> str:
        """All bars as one SVG path."""
        return "".join(f"M{bar.x}.1 {HEIGHT}v-{bar.height:g}h.8v{bar.height:g}z" for bar in self.bars if bar.count)


def histogram(months: Iterable[MonthCount]) -> Histogram | None:
    """The months as bars, of quarters or years where there are many; None when they would say nothing."""
    counts = {month.month: month.count for month in months if month.count}
    if len(counts) < 2:
        return None
    names = months_between(min(counts), max(counts))
    span = next((span for span in _SPANS if len(names) <= _MOST_BARS * span), _SPANS[-1])
    grouped: dict[str, list[str]] = {}
    for name in names:
        grouped.setdefault(_period(name, span), []).append(name)
    totals = {period: sum(counts.get(name, 0) for name in inside) for period, inside in grouped.items()}
    most = max(totals.values())
    bars = tuple(
        Bar(period, count, x, _height(count, most), f"{inside[0]}-01", _last_day(inside[-1]))
        for x, (period, inside) in enumerate(grouped.items())
        for count in (totals[period],)
    )
    return Histogram(bars, max(bars, key=lambda bar: bar.count))


def months_between(first: str, last: str) -> list[str]:
    """Every month from `2023-11` to `2024-02`, both included, at most the last 600; none where there is no first."""
    if not first:
        return []
    end = _months_since_year_0(last)
    start = max(_months_since_year_0(first), end - _LONGEST + 1)
    return [_month(months) for months in range(start, end + 1)]


@lru_cache(_LONGEST)
def _month(since_year_0: int) -> str:
    return f"{since_year_0 // 12:04}-{since_year_0 % 12 + 1:02}"


@lru_cache(_LONGEST)
def _period(month: str, span: int) -> str:
    """The quarter or year of a month."""
    if span == 1:
        return month
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}" if span == 3 else year


def _height(count: int, most: int) -> float:
    return round(max(count / most * HEIGHT, 1.5 if count else 0), 2)


def _months_since_year_0(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


@lru_cache(_LONGEST)
def _last_day(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]:02}"
