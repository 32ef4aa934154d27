"""Dates as Vietnamese newspapers print them, in print, metas, JSON-LD and URLs. Always Vietnam's clock, +07:00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Self

from crawler.ground.clock import VIETNAM

_MONTH_NAMES = "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|" + (
    "oct october|nov november|dec december"
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES.split("|"), 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s*(?P<sep>[-/.])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s*(?:,\s*|năm\s+)?(?P<y>\d{4})(?!\d)",
        rf"(?<![a-z])(?P<month>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>{_MONTH})\.?,?[\s-]+(?P<y>\d{{4}}|\d\d)(?![\d:])",
        r"(?<!\d)(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d\d)(?![\d/])",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:/.-])(?P<h>\d{1,2})\s*(?::|h|g|giờ)\s*(?P<min>\d{2})(?!\d)(?:\s*(?:phút|p\b|'))?"
    r"(?::(?P<s>\d{2}))?(?:[.,]\d{1,9})?\s*(?P<half>[ap]\.?m\b\.?|SA\b|CH\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"^\s*(?:(?P<zulu>Z)\b|(?:\(?\s*(?:GMT|UTC))?\s*(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<min>\d{2})?(?!\d))"
)
_UTC_NAME = re.compile(r"^\s*\(?\s*(?:GMT|UTC)\b(?!\s*[+-])")
_AGO = re.compile(r"(?<!\d)(?P<n>\d{1,3})\s*(?P<unit>giây|phút|giờ|tiếng|ngày|tuần)\s*trước", re.IGNORECASE)
_UNITS = {"giây": 0, "phút": 1 / 24 / 60, "giờ": 1 / 24, "tiếng": 1 / 24, "ngày": 1, "tuần": 7}
_STAMPS = tuple(
    re.compile(rf"(?<!\d){year}(?P<m>\d\d)(?P<d>\d\d)(?P<h>\d\d)(?P<min>\d\d)(?P<s>\d\d)\d{{0,4}}(?!\d)")
    for year in (r"(?P<y>20\d\d)", r"\d{3}(?P<y>\d\d)")
)
_YEARLESS = re.compile(r"(?<![\d/.,-])(?P<d>\d{1,2})\s*[/-]\s*(?P<m>\d{1,2})(?![\d/])")
_URL_DAY = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-]?(?P<m>[01]?\d)[/-]?(?P<d>[0-3]?\d)(?=[/-])")

_URL_MONTH = re.compile(r"/(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])/")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in Vietnam, and the time of day where it is told."""

    day: date
    clock: time | None = None

    @classmethod
    def of(cls, when: datetime) -> Self:
        """A moment of Vietnam's clock; a time without zone is taken as Vietnam's already."""
        local = when.astimezone(VIETNAM) if when.tzinfo else when
        return cls(local.date(), local.time().replace(microsecond=0, tzinfo=None))

    @property
    def iso(self) -> str:
        """`2026-03-07T08:47:00+07:00`, or `2026-03-07` when no time is known."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock, VIETNAM).isoformat()


def parse_moment(text: str, now: Moment | None = None) -> Moment | None:
    """The first date in a text, with its time when one stands beside it; None when there is none or it cannot be.

    Day before month, except in `9/5/2026 1:30:00 PM`, the form that .NET prints in the United States. Seconds, 12-hour
    marks (SA, CH, AM, PM), zones and month names are understood; against `now`, also `4 giờ trước` and `20/07 - 06:31`
    (the nearest past one).
    """
    for form in _DAY_FORMS:
        if found := form.search(text):
            clock, zone = _clock_beside(text, found)
            day = _day(found, american=_is_american(found, clock))
            if day is not None:
                return _local(day, clock, zone)
    return (_relative(text, now) or _nearest(text, now)) if now else None


def _day(found: re.Match[str], american: bool = False) -> date | None:
    parts = found.groupdict()
    month = _MONTHS[parts["month"].lower()] if parts.get("month") else int(parts["m"])
    day, year = int(parts["d"]), int(parts["y"])
    for day_, month_ in ((month, day), (day, month)) if american else ((day, month),):
        try:
            return date(year + 2000 if year < 100 else year, month_, day_)
        except ValueError:
            continue
    return None


def _is_american(found: re.Match[str], clock: re.Match[str] | None) -> bool:
    if found.groupdict().get("sep") != "/" or clock is None:
        return False
    return clock["s"] is not None and (clock["half"] or "").lower() in ("am", "pm")


def _clock_beside(text: str, day: re.Match[str]) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The time of day right after the day, or right before it, and the zone that follows."""
    after = _CLOCK.search(text, day.end(), day.end() + 40)
    if after and len(_words(text[day.end() : after.start()])) <= 2:
        return after, _zone(text[after.end() : after.end() + 20])
    before = list(_CLOCK.finditer(text, max(0, day.start() - 60), day.start()))
    if before and len(_words(text[before[-1].end() : day.start()])) <= 4:
        clock = before[-1]
        return clock, _zone(text[clock.end() : clock.end() + 12]) or _zone(text[day.end() : day.end() + 20])
    return None, None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _zone(text: str) -> re.Match[str] | None:
    return _OFFSET.match(text) or _UTC_NAME.match(text)


def _local(day: date, clock: re.Match[str] | None, zone: re.Match[str] | None) -> Moment:
    if clock is None:
        return Moment(day)
    hour, minute, second = int(clock["h"]), int(clock["min"]), int(clock["s"] or 0)
    half = (clock["half"] or "").lower()
    if half.startswith(("p", "c")) and hour < 12:
        hour += 12
    elif half.startswith(("a", "s")) and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return Moment(day)
    told = datetime.combine(day, time(hour, minute, second))
    return Moment.of(told.replace(tzinfo=_offset(zone))) if zone else Moment.of(told)


def _offset(zone: re.Match[str]) -> tzinfo:
    parts = zone.groupdict()
    if not parts.get("sign"):
        return UTC
    ahead = timedelta(hours=int(parts["h"]), minutes=int(parts["min"] or 0))
    if ahead >= timedelta(hours=15):
        return VIETNAM
    return timezone(ahead if parts["sign"] == "+" else -ahead)


def _relative(text: str, now: Moment) -> Moment | None:
    found = _AGO.search(text)
    if found is None:
        return None
    unit = found["unit"].lower()
    then = datetime.combine(now.day, now.clock or time(12)) - timedelta(days=int(found["n"]) * _UNITS[unit])
    return Moment(then.date(), None if unit in ("ngày", "tuần") else then.time().replace(second=0, microsecond=0))


def _nearest(text: str, now: Moment) -> Moment | None:
    found = _YEARLESS.search(text)
    if found is None:
        return None
    for year in (now.day.year, now.day.year - 1):
        try:
            day = date(year, int(found["m"]), int(found["d"]))
        except ValueError:
            continue
        clock, zone = _clock_beside(text, found)
        if day <= now.day and clock is not None:
            return _local(day, clock, zone)
    return None


def url_moment(url: str) -> Moment | None:
    """When the site gave this URL its number, where the number is a clock reading: never later than publication.

    VCCorp: three digits for the site, then YYMMDDhhmmss and milliseconds; TTXVN and older VCCorp: YYYYMMDDhhmmss; also
    days in the path, `/2026/03/07/`.
    """
    for form in _STAMPS:
        for found in form.finditer(url):
            year, *rest = (int(found[part]) for part in ("y", "m", "d", "h", "min", "s"))
            try:
                when = datetime(2000 + year % 100, rest[0], rest[1], rest[2], rest[3], rest[4])
            except ValueError:
                continue
            return Moment.of(when)
    found_day = _URL_DAY.search(url)
    day = _day(found_day) if found_day else None
    return Moment(day) if day else None


def url_month(url: str) -> str | None:
    """The month in paths such as `/chinh-tri/202603/slug-1234/`, as `2026-03`."""
    found = _URL_MONTH.search(url)
    return f"{found['y']}-{found['m']}" if found else None
