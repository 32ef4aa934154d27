"""The reader's language: Vietnamese unless `lang=en`; messages of the gettext catalogues, dates and numbers as printed.

The catalogues are the .po files that translators edit, `web/locale/<language>/LC_MESSAGES/`: `pages` has a message for
each key, in every language; `api` has the Vietnamese for the English that stands in the code of the API. They are read
once a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import GNUTranslations

from flask import g, has_request_context, request

from crawler.ground.clock import in_vietnam
from web.catalogues import catalogue, compiled

LANGUAGES = ("vi", "en")
_VIETNAMESE = str.maketrans(",.", ".,")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its messages, and how it writes numbers and days. Templates are compiled with these as filters."""

    code: str
    """vi or en."""
    messages: GNUTranslations

    def t(self, key: str, /, **values: object) -> str:
        """The message of that key, in the plural that `n` wants; its {blanks} filled, numbers as the language has them.

        Raises:
            KeyError: there is none.
        """
        n = values.get("n")
        message = self.messages.ngettext(key, key, n) if isinstance(n, int) else key
        if message is key and (message := self.messages.gettext(key)) is key:
            raise KeyError(key)
        if not values:
            return message
        written = {name: self.number(v) if isinstance(v, int | float) else v for name, v in values.items()}
        return message.format(**written)

    def number(self, value: float) -> str:
        """35529 → `35.529` in Vietnamese, `35,529` in English; 9.2 → `9,2` and `9.2`."""
        grouped = f"{value:,}"
        return grouped if self.code == "en" else grouped.translate(_VIETNAMESE)

    def day(self, moment: str | date | None) -> str:
        """An ISO date or date-time as the day a reader in Vietnam calls it: `5/3/2024`, `5 Mar 2024`."""
        if moment is None:
            return self.t("common.undated")
        found = moment if isinstance(moment, date) else _day_there(moment)
        if self.code == "en":
            return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
        return f"{found.day}/{found.month}/{found.year}"

    def moment(self, when: str | None) -> str:
        """An ISO date-time with its hour, `5/3/2024, 14:05`; a date without one stays a day."""
        if when is None or len(when) == 10:
            return self.day(when)
        there = in_vietnam(when)
        return f"{self.day(there.date())}, {there:%H:%M}"

    def month(self, value: str) -> str:
        """`2024-03` → `3/2024`, `Mar 2024`; `2024-Q1` → `quý 1/2024`, `Q1 2024`; days and stretches of days; a year."""
        if "/" in value:
            first, last = map(date.fromisoformat, value.split("/"))
            month = f" {_MONTHS[first.month - 1]}" if self.code == "en" else f"/{first.month}"
            return f"{first.day}{month if first.month != last.month else ''}–{self.day(last)}"
        if len(value) == 10:
            return self.day(value)
        year, _, number = value.partition("-")
        if not number:
            return year
        if number.startswith("Q"):
            return self.t("common.quarter", n=number[1:], year=year)
        return f"{_MONTHS[int(number) - 1]} {year}" if self.code == "en" else f"{int(number)}/{year}"


@cache
def spoken(code: str) -> Language:
    """The language of that code."""
    return Language(code, compiled(catalogue(code)))


@cache
def api_spoken() -> GNUTranslations:
    """The English of the API's description in Vietnamese."""
    return compiled(catalogue("vi", "api"))


def language() -> str:
    """vi or en, as the request's `lang` says; vi where it says nothing that we know."""
    if not has_request_context():
        return "vi"
    known: str | None = g.get("language")
    if known is None:
        asked = request.args.get("lang", "vi")
        known = g.language = asked if asked in LANGUAGES else "vi"
    return known


def t(key: str, /, **values: object) -> str:
    """A phrase in the reader's language, as `Language.t` fills it."""
    return spoken(language()).t(key, **values)


def number(value: float) -> str:
    """A number as the reader's language writes it."""
    return spoken(language()).number(value)


def day(moment: str | date | None) -> str:
    """A day as the reader's language writes it."""
    return spoken(language()).day(moment)


def moment(when: str | None) -> str:
    """A day with its hour as the reader's language writes it."""
    return spoken(language()).moment(when)


def month(value: str) -> str:
    """A month, quarter or year as the reader's language writes it."""
    return spoken(language()).month(value)


def _day_there(when: str) -> date:
    if len(when) == 10:
        return date.fromisoformat(when)
    return in_vietnam(when).date()
