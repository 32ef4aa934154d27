"""The clock: what time it is in Vietnam, and days as numbers. Nobody else asks the system for the time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""The only zone that Tra Tin prints and keeps; Vietnam has had no summer time since 1975."""
_EPOCH = date(1970, 1, 1).toordinal()


def now() -> datetime:
    """This moment in Vietnam."""
    return datetime.now(VIETNAM)


def today() -> date:
    """This day in Vietnam."""
    return now().date()


def stamp(moment: datetime | None = None) -> str:
    """A moment (this one unless given) on Vietnam's clock to the second: ISO 8601 with +07:00."""
    return (moment or now()).astimezone(VIETNAM).isoformat(timespec="seconds")


def after(seconds: float) -> str:
    """So many seconds from now, as `stamp` prints it."""
    return stamp(now() + timedelta(seconds=seconds))


def in_vietnam(text: str) -> datetime:
    """An ISO 8601 date or date-time as a moment; without an offset it is Vietnam's.

    Raises:
        ValueError: it is neither.
    """
    moment = datetime.fromisoformat(text)
    return moment.astimezone(VIETNAM) if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_at(number: int) -> date:
    """The day so many days after 1970-01-01."""
    return date.fromordinal(number + _EPOCH)
