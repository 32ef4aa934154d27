"""Dates and times in files of others: right, or none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from crawler.dates import parse_moment
from crawler.ground.clock import VIETNAM

_BLANK = frozenset({"", "n/a", "na", "none", "null", "nan", "nat", "-", "--", "0000-00-00", "0000-00-00 00:00:00"})
_BEGINNING = "0001-01-01"
"""What .NET prints for a date that was never set."""
_EPOCH = (631_152_000, 4_102_444_800)
"""Seconds since 1970 that are taken for a time: 1990 to 2100."""


def is_blank(value: Any) -> bool:
    """Whether a text says that there is no date."""
    return isinstance(value, str) and value.strip().lower() in _BLANK


def read_moment(value: Any) -> str | None:
    """ISO 8601, or None when the value is no date."""
    if isinstance(value, dict) and set(value) == {"$date"}:  # as MongoDB exports it
        value = value["$date"]
        value = value.get("$numberLong") if isinstance(value, dict) else value
    if isinstance(value, datetime):
        return _local(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str):
        value = value.strip()
        if value.startswith(_BEGINNING) or len(value) > 200:
            return None
        if not (value.isascii() and value.isdigit()):
            return _from_text(value)
    return _from_number(value)


def _from_number(value: int | float | str) -> str | None:
    """A day as `20250304`, or seconds or milliseconds since 1970."""
    text = str(value)
    if len(text) == 8 and text[:2] in ("19", "20"):
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
        except ValueError:
            return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    for unit in (1, 1000, 1_000_000):
        if _EPOCH[0] <= number / unit < _EPOCH[1]:
            return datetime.fromtimestamp(number // unit, UTC).astimezone(VIETNAM).isoformat()
    return None


def _from_text(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else _local(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        pass
    moment = parse_moment(text)
    return moment.iso if moment else None


def _local(moment: datetime) -> str | None:
    try:
        local = (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)
    except (ValueError, OverflowError):
        return None
    return None if local.year <= 1 else local.isoformat()
