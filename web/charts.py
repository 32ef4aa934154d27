"""Charts: articles a month as bars in an SVG grid; the same numbers stand in a table beside every chart."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass

from search.results import MonthCount

HEIGHT = 56
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: where its bar stands in the grid, and the days that its link filters by."""

    month: str
    count: int
    x: int
    height: float
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """All months from the first to the last, empty ones too; a bar is one unit wide."""

    bars: tuple[Bar, ...]
    peak: Bar

    @property
    def width(self) -> int:
        """Bars in the grid."""
        return len(self.bars)


def histogram(months: Iterable[MonthCount]) -> Histogram | None:
    """The months as bars; None when fewer than two months hold anything, where a chart would say nothing."""
    counts = {month.month: month.count for month in months if month.count}
    if len(counts) < 2:
        return None
    names = months_between(min(counts), max(counts))
    most = max(counts.get(name, 0) for name in names)
    bars = tuple(
        Bar(name, count, x, round(max(count / most * HEIGHT, 1.5 if count else 0), 2), f"{name}-01", _last_day(name))
        for x, name in enumerate(names)
        for count in (counts.get(name, 0),)
    )
    return Histogram(bars, max(bars, key=lambda bar: bar.count))


def months_between(first: str, last: str) -> list[str]:
    """Every month from `2023-11` to `2024-02`, both included, at most the last 600; none where there is no first."""
    if not first:
        return []
    end = _months_since_year_0(last)
    start = max(_months_since_year_0(first), end - _LONGEST + 1)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def _months_since_year_0(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _last_day(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]:02}"
