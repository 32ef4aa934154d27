"""Charts: articles over time as bars whose length fits the span, with what was collected in the same time.

A stretch in which nothing was collected is a gap and not a zero, and a period that the collection has not reached the
end of is unfinished and not a fall. The same numbers stand in a table beside every chart.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from search.results import DayCount, MonthCount

HEIGHT = 56
_LONGEST = 600
_MOST_BARS = 40
_MONTHS_A_BAR = (1, 3, 12)
_BY_DAY, _BY_WEEK = 45, 280
"""Days that a chart of days and one of weeks may span."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month, quarter or year."""

    name: str
    """`2024-03-05`, `2024-03-04/2024-03-10`, `2024-03`, `2024-Q1` or `2024`."""
    since: str
    until: str
    """Its first and last day."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: where its bar stands in the grid, and what it counts."""

    period: str
    count: int
    x: int
    height: float
    since: str
    until: str
    collected: int | None
    """Articles of all kinds that are held of this period; None where that was not asked for."""
    unfinished: bool = False
    """Whether the collection begins or ends within it."""

    @property
    def share(self) -> float | None:
        """Matches in a hundred of what was collected."""
        return 100 * self.count / self.collected if self.collected else None


class Collected:
    """How many articles are held of every day and month."""

    def __init__(self, days: Sequence[DayCount]) -> None:
        self._days = [day.day.isoformat() for day in days]
        self._sums = [0]
        for counted in days:
            self._sums.append(self._sums[-1] + counted.count)
        self.first = self._days[0] if days else ""
        self.last = self._days[-1] if days else ""

    def ends_within(self, period: Period) -> bool:
        """Whether the collection begins or ends within a period."""
        return period.since < self.first <= period.until or period.since <= self.last < period.until

    def within(self, since: str, until: str) -> int:
        """Articles of the days from one to another, both included."""
        return self._sums[bisect_right(self._days, until)] - self._sums[bisect_left(self._days, since)]


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
        return "".join(_drawn(bar.x, bar.height) for bar in self.bars if bar.count)

    @property
    def veil(self) -> str:
        """The unfinished bars once more, to be drawn paler."""
        return "".join(_drawn(bar.x, bar.height) for bar in self.bars if bar.count and bar.unfinished)

    @property
    def gap_outline(self) -> str:
        """The periods of which nothing was collected, as one SVG path over the whole height."""
        return "".join(f"M{bar.x} {HEIGHT}v-{HEIGHT}h1v{HEIGHT}z" for bar in self.bars if bar.collected == 0)

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """First and last day of every stretch of which nothing was collected."""
        stretches = [[*bars] for gap, bars in groupby(self.bars, key=lambda bar: bar.collected == 0) if gap]
        return [(bars[0].since, bars[-1].until) for bars in stretches]

    @property
    def unfinished(self) -> bool:
        """Whether the collection ends within the last period."""
        return self.bars[-1].unfinished


def histogram(
    months: Sequence[MonthCount], days: Sequence[DayCount] = (), collected: Collected | None = None
) -> Histogram | None:
    """The matches over time, by day or week where `days` are given; None when a chart would say nothing."""
    periods = periods_of(months, days)
    if len(periods) < 2:
        return None
    counts = [*days] or [DayCount(date.fromisoformat(f"{month.month}-01"), month.count) for month in months]
    held = Collected(counts)
    totals = [held.within(period.since, period.until) for period in periods]
    most = max(totals)
    bars = tuple(
        Bar(
            *(period.name, count, x, _height(count, most), period.since, period.until),
            collected.within(period.since, period.until) if collected else None,
            collected is not None and collected.ends_within(period),
        )
        for x, (period, count) in enumerate(zip(periods, totals, strict=True))
    )
    return Histogram(bars, max(bars, key=lambda bar: bar.count))


def periods_of(months: Sequence[MonthCount], days: Sequence[DayCount] = ()) -> list[Period]:
    """The periods from the first match to the last, as long as the span wants; none where one would hold them all."""
    if days:
        first, last = days[0].day, days[-1].day
        if (last - first).days < _BY_DAY:
            return [Period(*(day.isoformat(),) * 3) for day in _days_between(first, last)] if first < last else []
        if (last - first).days < _BY_WEEK:
            monday = first - timedelta(days=first.weekday())
            return [_week(day) for day in _days_between(monday, last)[::7]]
    held = [month.month for month in months if month.count] or [day.day.isoformat()[:7] for day in days]
    if len(set(held)) < 2:
        return []
    names = months_between(min(held), max(held))
    size = next((size for size in _MONTHS_A_BAR if len(names) <= _MOST_BARS * size), _MONTHS_A_BAR[-1])
    grouped: dict[str, list[str]] = {}
    for name in names:
        grouped.setdefault(_period(name, size), []).append(name)
    return [Period(name, f"{inside[0]}-01", _last_day(inside[-1])) for name, inside in grouped.items()]


def months_of(days: Iterable[DayCount]) -> list[MonthCount]:
    """The same counts by month."""
    counts: Counter[str] = Counter()
    for day in days:
        counts[day.day.isoformat()[:7]] += day.count
    return [MonthCount(month, count) for month, count in sorted(counts.items())]


def months_between(first: str, last: str) -> list[str]:
    """Every month from `2023-11` to `2024-02`, both included, at most the last 600; none where there is no first."""
    if not first:
        return []
    end = _months_since_year_0(last)
    start = max(_months_since_year_0(first), end - _LONGEST + 1)
    return [_month(months) for months in range(start, end + 1)]


def _days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _week(monday: date) -> Period:
    since, until = monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    return Period(f"{since}/{until}", since, until)


def _drawn(x: int, height: float) -> str:
    return f"M{x}.1 {HEIGHT}v-{height:g}h.8v{height:g}z"


@lru_cache(_LONGEST)
def _month(since_year_0: int) -> str:
    return f"{since_year_0 // 12:04}-{since_year_0 % 12 + 1:02}"


@lru_cache(_LONGEST)
def _period(month: str, size: int) -> str:
    """The quarter or year of a month."""
    if size == 1:
        return month
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}" if size == 3 else year


def _height(count: int, most: int) -> float:
    return round(max(count / most * HEIGHT, 1.5 if count else 0), 2)


def _months_since_year_0(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


@lru_cache(_LONGEST)
def _last_day(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]:02}"
