"""Ranges of days in a query, which filter: `từ 3/2023 đến 6/2023`, `trước 2020`, `2023-03..2023-06`, `tuần trước`.

A date that merely stands among other words is no range and never filters: a law is in force `từ 1/7/2017` in articles
of May. So are `trước 2020` and `hôm qua` only where they begin or end the query, and few words stand beside them; a day
that is still to come (`cấm xe máy trước 2030`) bounds no news.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from index.analysis.normalize import fold, key
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
    rf"|(?<!\w)since\s+(?P<since>{_DAY})",
    re.IGNORECASE,
)
_NAMED: Final = {
    "hom nay": "0 day",
    "today": "0 day",
    "hom qua": "1 day",
    "yesterday": "1 day",
    "hom kia": "2 day",
    "tuan nay": "0 week",
    "this week": "0 week",
    "tuan truoc": "1 week",
    "tuan roi": "1 week",
    "last week": "1 week",
    "thang nay": "0 month",
    "this month": "0 month",
    "thang truoc": "1 month",
    "thang roi": "1 month",
    "last month": "1 month",
    "nam nay": "0 year",
    "this year": "0 year",
    "nam ngoai": "1 year",
    "nam truoc": "1 year",
    "last year": "1 year",
    "tuan qua": "7 days",
    "tuan vua qua": "7 days",
    "thang qua": "30 days",
    "thang vua qua": "30 days",
}
"""Relative dates without marks: how many days, weeks, months or years back, or a stretch of days up to today."""
_UNITS: Final = {"ngay": 1, "tuan": 7, "thang": 30, "nam": 365, "days": 1, "weeks": 7, "months": 30}
_RELATIVE: Final = re.compile(
    rf"(?<!\w)(?:(?P<named>{'|'.join(_NAMED)})"
    r"|thang (?P<month>\d{1,2}) nam (?P<year>nay|ngoai|truoc)"
    r"|(?:trong )?(?P<many>\d{1,3}) (?P<unit>ngay|tuan|thang|nam) (?:qua|gan day|vua qua)"
    r"|(?:the )?(?:past|last) (?P<past>\d{1,3}) (?P<units>days|weeks|months))(?!\w)"
)
_MOST_BESIDE: Final = 8
"""More words than that beside a relative date are a sentence, which speaks of its own day."""
_MOST_BESIDE_OPEN: Final = 4
"""The same beside a range that is open to one side: `lũ miền Trung trước 2020`."""
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


def ranges(text: str, today: date) -> list[DayRange]:
    """The ranges in a typed query (NFC), outside quotes; `today` is what relative dates are counted from."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]

    def is_quoted(match: re.Match[str]) -> bool:
        return any(start < match.end() and match.start() < end for start, end in quoted)

    found = []
    for match in _BETWEEN.finditer(text):
        open_end = match["before"] or match["after"] or match["since"]
        if is_quoted(match) or (
            open_end and not (_at_edge(text, match) and _words_around(text, match) <= _MOST_BESIDE_OPEN)
        ):
            continue
        if (days := _read(match)) and not (open_end and max(filter(None, days)) >= today):
            found.append(DayRange(*days, Span(*match.span())))
    if found:
        return found
    folded = "".join(fold(key(letter)) or letter for letter in text)
    if len(folded) != len(text):
        return found
    for match in _RELATIVE.finditer(folded):
        alone = not is_quoted(match) and _at_edge(text, match) and _words_around(text, match) <= _MOST_BESIDE
        if alone and (days := _relative(match, today)):
            return [DayRange(*days, Span(*match.span()))]
    return found


def _at_edge(text: str, match: re.Match[str]) -> bool:
    """Whether nothing is typed before, or nothing after."""
    return not text[: match.start()].strip() or not text[match.end() :].strip()


def _words_around(text: str, match: re.Match[str]) -> int:
    """Words typed before and after."""
    return len(text[: match.start()].split()) + len(text[match.end() :].split())


def _relative(match: re.Match[str], today: date) -> tuple[date, date] | None:
    if name := match["named"]:
        many, unit = _NAMED[name].split()
        return _back(int(many), unit, today)
    if match["month"]:
        return days_of(f"{match['month']}/{today.year - (match['year'] != 'nay')}")
    many, unit = match["many"] or match["past"], match["unit"] or match["units"]
    return _back(int(many) * _UNITS[unit], "days", today)


def _back(many: int, unit: str, today: date) -> tuple[date, date] | None:
    match unit:
        case "day":
            return today - timedelta(days=many), today - timedelta(days=many)
        case "week":
            monday = today - timedelta(days=today.weekday() + 7 * many)
            return monday, monday + timedelta(days=6)
        case "month":
            months = today.year * 12 + today.month - 1 - many
            return days_of(f"{months % 12 + 1}/{months // 12}")
        case "year":
            return days_of(str(today.year - many))
        case _:
            return today - timedelta(days=many), today


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
