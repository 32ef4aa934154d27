"""Dates as Vietnamese newspapers print them, in print, metas, JSON-LD and URLs. Always Vietnam's clock, +07:00."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Self

from crawler.ground.clock import VIETNAM

_MONTH_NAMES = (
    "jan january januar janvier enero janeiro gennaio|feb february februar février fevrier febrero fevereiro febbraio|"
    "mar march märz mär mars marzo março|apr april avril abril aprile|may mai mayo maio maggio|"
    "jun june juni juin junio junho giugno|jul july juli juillet julio julho luglio|aug august août aout agosto|"
    "sep sept september septembre septiembre setembro settembre|"
    "oct october okt oktober octobre octubre outubro ottobre|"
    "nov november novembre noviembre novembro|dec december dez dezember décembre decembre diciembre dezembro dicembre"
)
"""The months in English, German, French, Spanish, Portuguese and Italian, from January on."""
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES.split("|"), 1) for name in names.split()}
_NUMBERED = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
_SPOKEN = {name: number for number, name in enumerate(_NUMBERED, 1)}
_SPOKEN |= {"giêng": 1, "bốn": 4, "bẩy": 7, "mười một": 11, "một chạp": 11, "chạp": 12}
"""The months as Vietnamese say them after `tháng`."""
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
"""Any of them, in a pattern."""
_THANG = "|".join(sorted(_SPOKEN, key=len, reverse=True))
_VN_MONTH = rf"(?:tháng|thg|th)\.? ?(?:(?P<m>\d{{1,2}})|(?P<spoken>{_THANG}))(?!\w)"
_DAY_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2}) ?(?P<sep>[-/.]) ?(?P<m>\d{1,2}) ?(?P=sep) ?(?P<y>\d{4})(?!\d|[-/][^\W\d_])",
        rf"(?<!\d)(?P<d>\d{{1,2}})[ ,]{{1,2}}{_VN_MONTH}[ ,]{{0,2}}(?:năm )?(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\w){_VN_MONTH} (?P<d>\d{{1,2}})[ ,]{{1,2}}(?:năm )?(?P<y>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<y>\d{4}) ?[年년] ?(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日일]",
        rf"(?<![a-z])(?P<month>{MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ ,]{{1,2}}(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ -](?:de )?(?P<month>{MONTH})[., -]{{1,2}}(?:de )?"
        r"(?P<y>\d{4}|\d\d)(?![\d:])",
        r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d\d)(?![\d/])",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:/.-])(?P<h>\d{1,2}) ?(?::|h|g|giờ) ?(?P<min>\d{2}|\d(?= ?(?:phút|ngày)))(?!\d)(?: ?(?:phút|p\b|'))?"
    r"(?::(?P<s>\d{2}))?(?:[.,]\d{1,9})? ?(?P<half>[ap]\.?m\b\.?|SA\b|CH\b|sáng|trưa|chiều|tối|đêm)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\(? ?(?:(?P<zulu>Z)\b|(?:GMT|UTC)? ?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<min>\d{2})?(?!\d))")
_ZONES = {"GMT": 0, "UTC": 0, "ICT": 7, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_ZONES |= {"CET": 1, "CEST": 2, "JST": 9, "KST": 9, "SGT": 8, "HKT": 8}
"""Zones by name, in hours; names that mean several zones (CST, IST) are left out."""
_ZONE_NAME = re.compile(rf"\(? ?(?P<name>{'|'.join(_ZONES)})\b(?! ?[+-])")
_AGO = re.compile(
    r"(?<!\d)(?P<n>\d{1,3})\s*(?:(?P<unit>giây|phút|giờ|tiếng|ngày|tuần)\s*trước|"
    r"(?P<en>second|minute|min|hour|day|week)s? ago(?!\w))",
    re.IGNORECASE,
)
_DAY_WORD = re.compile(r"(?<!\w)(?P<word>hôm nay|hôm qua|hôm kia|today|yesterday)(?!\w)", re.IGNORECASE)
_DAYS_BACK = {"hôm nay": 0, "today": 0, "hôm qua": 1, "yesterday": 1, "hôm kia": 2}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "nhật": 6, "2": 0, "3": 1, "4": 2}
_WEEKDAYS |= {"5": 3, "6": 4, "7": 5, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4}
_WEEKDAYS |= {"saturday": 5, "sunday": 6}
_WEEKDAY = re.compile(
    r"(?:(?:thứ|chủ) (?P<vi>hai|ba|tư|năm|sáu|bảy|bẩy|nhật|[2-7])|(?P<en>\w{3,6}day))\W{1,3}(?:ngày )?$", re.IGNORECASE
)
_UNITS = {"giây": 0, "phút": 1 / 24 / 60, "giờ": 1 / 24, "tiếng": 1 / 24, "ngày": 1, "tuần": 7}
_UNITS |= {"second": 0, "minute": 1 / 24 / 60, "min": 1 / 24 / 60, "hour": 1 / 24, "day": 1, "week": 7}
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

    Day before month, except in `9/5/2026 1:30:00 PM`, the form that .NET prints in the United States; none where that
    leaves two days, as in `10/12/2026 11:30:00 PM`, and `now` does not decide. Seconds, 12-hour
    marks (SA, CH, AM, PM, `chiều`), zones and months by name are understood; against `now`, also `4 giờ trước`, `Hôm
    qua, 14:30` and `20/07 - 06:31` (the nearest past one).
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if (moment := _iso(text)) is not None:
        return moment
    for form in _DAY_FORMS:
        if found := form.search(text):
            clock, zone = _clock_beside(text, found)
            american = _is_american(text, found, clock)
            if american and _is_padded(found, clock):
                return _only_past(found, clock, zone, now)
            day = _day(found, american=american)
            if day is not None:
                return _local(day, clock, zone)
    return (_relative(text, now) or _day_by_word(text, now) or _nearest(text, now)) if now else None


def _iso(text: str) -> Moment | None:
    if len(text) > 40 or not text[:4].isdigit() or (text.isdigit() and len(text) != 8):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) <= 10:
        return Moment(moment.date())
    try:
        return Moment.of(moment)
    except OverflowError:
        return None


def _day(match: re.Match[str], american: bool = False) -> date | None:
    parts = match.groupdict()
    if parts.get("month"):
        month = _MONTHS[parts["month"].lower()]
    else:
        month = _SPOKEN[parts["spoken"].lower()] if parts.get("spoken") else int(parts["m"])
    day, year = int(parts["d"]), int(parts["y"])
    for day_, month_ in ((month, day), (day, month)) if american else ((day, month),):
        try:
            return date(year + 2000 if year < 100 else year, month_, day_)
        except ValueError:
            continue
    return None


def _is_american(text: str, match: re.Match[str], clock: re.Match[str] | None) -> bool:
    """Whether month comes before day: as .NET prints it, without zeros in front and with seconds and AM or PM.

    14:30 PM is no twelve-hour clock, and a day of the week that is printed before decides.
    """
    if match.groupdict().get("sep") != "/" or clock is None or clock["s"] is None:
        return False
    if (clock["half"] or "").lower() not in ("am", "pm") or not 1 <= int(clock["h"]) <= 12:
        return False
    if "0" in (match["d"][0], match["m"][0]) or (len(clock["h"]) == 2 and clock["h"][0] == "0"):
        return False
    weekday = _WEEKDAY.search(text[max(0, match.start() - 30) : match.start()])
    printed = _WEEKDAYS.get((weekday["vi"] or weekday["en"]).lower()) if weekday else None
    days = [_day(match, american=True), _day(match)]
    if printed is None or days[0] is None or days[1] is None:
        return True
    return days[0].weekday() == printed or days[1].weekday() != printed


def _is_padded(match: re.Match[str], clock: re.Match[str] | None) -> bool:
    """Whether nothing shows that zeros are left out, as .NET does: 10/12/2026 11:30:00 PM is of October or December."""
    return clock is not None and {len(match["d"]), len(match["m"]), len(clock["h"])} == {2} and match["d"] != match["m"]


def _only_past(
    match: re.Match[str], clock: re.Match[str] | None, zone: re.Match[str] | None, now: Moment | None
) -> Moment | None:
    """Of the two days that one may be read as, the only one that was before the page was fetched; None if both were."""
    days = {day for american in (True, False) if (day := _day(match, american=american)) is not None}
    past = {day for day in days if now is None or day <= now.day + timedelta(days=1)}
    return _local(past.pop(), clock, zone) if len(past) == 1 else None


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
    beside = text.lstrip()
    return _OFFSET.match(beside) or _ZONE_NAME.match(beside)


def _local(day: date, clock: re.Match[str] | None, zone: re.Match[str] | None) -> Moment:
    if clock is None:
        return Moment(day)
    hour, minute, second = int(clock["h"]), int(clock["min"]), int(clock["s"] or 0)
    half = (clock["half"] or "").lower()
    late = half.startswith(("p", "ch", "t")) and not (half == "trưa" and hour > 3)
    if (late or (half == "đêm" and hour > 6)) and hour < 12:
        hour += 12
    elif half.startswith(("a", "s", "đ")) and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return Moment(day)
    moment = datetime.combine(day, time(hour, minute, second))
    try:
        return Moment.of(moment.replace(tzinfo=_offset(zone))) if zone else Moment.of(moment)
    except OverflowError:
        return Moment(day)


def _offset(zone: re.Match[str]) -> tzinfo:
    parts = zone.groupdict()
    if name := parts.get("name"):
        return timezone(timedelta(hours=_ZONES[name]))
    if parts.get("zulu"):
        return UTC
    ahead = timedelta(hours=int(parts["h"]), minutes=int(parts["min"] or 0))
    if ahead >= timedelta(hours=15):
        return VIETNAM
    return timezone(ahead if parts["sign"] == "+" else -ahead)


def _day_by_word(text: str, now: Moment) -> Moment | None:
    """`Hôm qua, 14:30`: the day by a word, against the day of fetching."""
    found = _DAY_WORD.search(text)
    if found is None:
        return None
    clock, zone = _clock_beside(text, found)
    return _local(now.day - timedelta(days=_DAYS_BACK[found["word"].lower()]), clock, zone)


def _relative(text: str, now: Moment) -> Moment | None:
    found = _AGO.search(text)
    if found is None:
        return None
    unit = (found["unit"] or found["en"]).lower()
    then = datetime.combine(now.day, now.clock or time(12)) - timedelta(days=int(found["n"]) * _UNITS[unit])
    return Moment(then.date(), None if _UNITS[unit] >= 1 else then.time().replace(second=0, microsecond=0))


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
