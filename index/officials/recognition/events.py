"""Dates that an article says (`Sáng 18/1`, `ngày 3 tháng 2 năm 2017`, `hôm qua`), resolved against its own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_PART = r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm)"
_DATE = re.compile(
    rf"""(?ix)
    (?:(?P<part>\b{_PART}\b(?:\s+(?:nay|qua))?|\bngày\b|\bhôm\s+(?:nay|qua)\b|\bvào\b|\btừ\b|\bđến\b|\(|,)\s*,?\s*)
    (?:ngày\s+|\()?
    (?P<day>[0-3]?\d)\s?(?:[/.\-–]\s?(?P<month>[01]?\d)|\s+tháng\s+(?P<word>[01]?\d))
    (?:\s?[/.\-–]\s?(?P<year>(?:19|20)\d\d)|,?\s+năm\s+(?P<said>(?:19|20)\d\d))?
    (?!\s*\(?(?:âm\ lịch|AL\b))
    (?!\s?[/.\-–]\s?(?:19|20)\d\d)
    (?!\s*[\-–—]\s*(?P=day)\s?[/.]\s?(?P=month)\s?[/.])  # an anniversary: `(21/6/1925 - 21/6/2017)`
    (?![\d%]|[.,]\d|\s*(?:%|tỷ|triệu|nghìn|đồng|người|km|m2|ha)\b)
    """
)
_NEAR = re.compile(rf"(?i)\b(?:(?:{_PART}|hôm)\s+(?P<when>nay|qua))\b")
_AHEAD = 60
_BEHIND = 330


@dataclass(frozen=True, slots=True)
class EventDate:
    """A day that a text says: code-point offsets of the words, end exclusive."""

    day: date
    start: int
    end: int


def dates(text: str, published: date | None) -> Iterator[EventDate]:
    """Every full date in the text, in order. A date without year gets the one nearest to `published`.

    Without `published`, only dates that say their year can be resolved.
    """
    near = ((m.start(), m) for m in _NEAR.finditer(text))
    for _, match in sorted([*((m.start(), m) for m in _DATE.finditer(text)), *near], key=lambda found: found[0]):
        day = _relative(match, published) if match.re is _NEAR else _absolute(match, published)
        if day:
            yield EventDate(day, match.start(), match.end())


def _relative(match: re.Match[str], published: date | None) -> date | None:
    if published is None:
        return None
    return published - timedelta(days=1) if match["when"].lower() == "qua" else published


def _absolute(match: re.Match[str], published: date | None) -> date | None:
    day, month = int(match["day"]), int(match["month"] or match["word"])
    year = match["year"] or match["said"]
    if year:
        return _day(int(year), month, day)
    if published is None:
        return None
    found = [d for y in (published.year, published.year - 1, published.year + 1) if (d := _day(y, month, day))]
    fitting = [d for d in found if -_BEHIND <= (d - published).days <= _AHEAD]
    return min(fitting, key=lambda d: abs((d - published).days), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
