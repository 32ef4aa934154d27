"""The reader's language: Vietnamese unless `lang=en`; words from `web/words/*.toml`, dates and numbers as printed."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files

from flask import g, has_request_context, request

LANGUAGES = ("vi", "en")
_VIETNAM = timezone(timedelta(hours=7))
_NUMBERED = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def language() -> str:
    """vi or en, as the request's `lang` says; vi where it says nothing that we know."""
    if not has_request_context():
        return "vi"
    known: str | None = g.get("language")  # asked some hundred times for a page
    if known is None:
        asked = request.args.get("lang", "vi")
        known = g.language = asked if asked in LANGUAGES else "vi"
    return known


@cache
def words(lang: str) -> dict[str, str]:
    """Every phrase of one language by its key, such as `search.total`."""
    tables = tomllib.loads((files("web") / "words" / f"{lang}.toml").read_text(encoding="utf-8"))
    return {f"{table}.{key}": phrase for table, phrases in tables.items() for key, phrase in phrases.items()}


def t(key: str, /, **values: object) -> str:
    """The phrase of that key in the reader's language: its {blanks} filled, of [one|many] what `n` wants."""
    phrase = words(language())[key]
    if "[" in phrase:
        phrase = _NUMBERED.sub(r"\1" if str(values.get("n")) == "1" else r"\2", phrase)
    return phrase.format(**values) if values else phrase


def number(value: int) -> str:
    """35529 → `35.529` in Vietnamese, `35,529` in English."""
    grouped = f"{value:,}"
    return grouped if language() == "en" else grouped.replace(",", ".")


def day(moment: str | date | None) -> str:
    """An ISO date or date-time as the day a reader in Vietnam calls it: `5/3/2024`, `5 Mar 2024`."""
    if moment is None:
        return t("common.undated")
    found = moment if isinstance(moment, date) else _day_there(moment)
    if language() == "en":
        return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
    return f"{found.day}/{found.month}/{found.year}"


def moment(when: str | None) -> str:
    """An ISO date-time with its hour, `5/3/2024, 14:05`; a date without one stays a day."""
    if when is None or len(when) == 10:
        return day(when)
    return f"{day(when)}, {datetime.fromisoformat(when).astimezone(_VIETNAM):%H:%M}"


def month(value: str) -> str:
    """`2024-03` → `3/2024`, `Mar 2024`; `2024-Q1` → `quý 1/2024`, `Q1 2024`; a year stays one."""
    year, _, number_ = value.partition("-")
    if not number_:
        return year
    if number_.startswith("Q"):
        return t("common.quarter", n=number_[1:], year=year)
    return f"{_MONTHS[int(number_) - 1]} {year}" if language() == "en" else f"{int(number_)}/{year}"


def _day_there(when: str) -> date:
    if len(when) == 10:
        return date.fromisoformat(when)
    return datetime.fromisoformat(when).astimezone(_VIETNAM).date()
