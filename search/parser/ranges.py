"""Explicit ranges of days in a query, which filter: `từ 3/2023 đến 6/2023`, `trước 2020`, `2023-03..2023-06`.

A date that merely stands among other words is no range and never filters.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from index.query import Span

_DAY: Final = (
    r"(?:(?:ngày|ngay|tháng|thang|năm|nam)\s+)?"
    r"(?:\d{4}-\d{1,2}(?:-\d{1,2})?|(?:\d{1,2}[/.-]){0,2}\d{4}"
    r"|\d{1,2}\s+(?:tháng|thang)\s+\d{1,2}\s+(?:năm|nam)\s+\d{4}|\d{1,2}\s+(?:năm|nam)\s+\d{4})(?![\w/-])"
)
_BETWEEN: Final = re.compile(
    rf"(?<!\w)(?:từ|tu|from)\s+(?P<first>{_DAY})\s*(?:đến|den|tới|toi|to|-|–|—)\s*(?:(?P<last>{_DAY})|(?:nay|now)(?!\w))"
    rf"|(?<![\w-])(?P<iso1>\d{{4}}(?:-\d\d){{0,2}})\.\.(?P<iso2>\d{{4}}(?:-\d\d){{0,2}})(?![\w-])"
    rf"|(?<!\w)(?:trước|truoc|before)\s+(?P<before>{_DAY})"
    rf"|(?<!\w)(?:sau|after)\s+(?P<after>{_DAY})"
    rf"|(?<!\w)(?:từ|since|kể từ|ke tu)\s+(?P<since>{_DAY})",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"\d+")
_QUOTED: Final = re.compile('["“”„‟«»「」＂].*?["“”„‟«»「」＂]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class DayRange:
    """A range of days as typed; inclusive, None where it is open."""

    first: date | None
    last: date | None
    span: Span

    @property
    def shown(self) -> str:
        """`2023-03-01/2023-06-30`, as ISO 8601 writes ranges."""
        return f"{self.first or '..'}/{self.last or '..'}"


def ranges(text: str) -> list[DayRange]:
    """The explicit ranges in a typed query (NFC), outside quotes."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    found = []
    for match in _BETWEEN.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in quoted):
            continue
        if days := _read(match):
            found.append(DayRange(*days, Span(*match.span())))
    return found


def days_of(printed: str) -> tuple[date, date] | None:
    """First and last day of a day, month or year as people write it; None for what is no date."""
    numbers = [int(number) for number in _NUMBERS.findall(printed)]
    if numbers and numbers[0] < 1000:
        numbers.reverse()
    if not 1 <= len(numbers) <= 3:
        return None
    try:
        match numbers:
            case [year]:
                return date(year, 1, 1), date(year, 12, 31)
            case [year, month]:
                return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
            case [year, month, day]:
                return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError, OverflowError):
        return None
    return None


def _read(match: re.Match[str]) -> tuple[date | None, date | None] | None:
    first = days_of(match["first"] or match["iso1"] or match["since"] or "")
    last = days_of(match["last"] or match["iso2"] or "")
    if match["before"]:
        bound = days_of(match["before"])
        return (None, bound[0] - timedelta(days=1)) if bound and bound[0] > date.min else None
    if match["after"]:
        bound = days_of(match["after"])
        return (bound[1] + timedelta(days=1), None) if bound and bound[1] < date.max else None
    if first is None or (last is None and (match["last"] or match["iso2"])):
        return None
    if last is None:
        return first[0], None
    return min(first[0], last[0]), max(first[1], last[1])
