"""The terminal's language: what a person reads there, from the gettext catalogue `cli`; English stands in the code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations

import click

LANGUAGES = ("vi", "en")
_CHOSEN = "tratin.language"
"""Where a call of the command line keeps what `--lang` said."""


_of_last_call = [""]


def of_environment(environment: Mapping[str, str] = os.environ) -> str:
    """What TRATIN_LANG says; else `vi` where the locale's messages are Vietnamese, as gettext reads it; else `en`."""
    if environment.get("TRATIN_LANG") in LANGUAGES:
        return environment["TRATIN_LANG"]
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "vi" if locale.replace("-", "_").partition("_")[0].partition(".")[0].lower() == "vi" else "en"


def choose(context: click.Context, language: str | None) -> None:
    """Keep the language of this call: the one asked for, or the locale's."""
    context.meta[_CHOSEN] = _of_last_call[0] = language or of_environment()


def language() -> str:
    """The language of this call, `vi` or `en`; once it is over, of the last one: for the line on what became of it."""
    context = click.get_current_context(silent=True)
    chosen: str | None = context.meta.get(_CHOSEN) if context else _of_last_call[0]
    return chosen or of_environment()


def t(message: str, many: str | None = None, /, **values: object) -> str:
    """The message in the call's language, its {blanks} filled; with `many`, in the form that `n` wants."""
    n = values.get("n")
    if language() == "en":
        wanted = many if many is not None and n != 1 else message
    elif many is not None and isinstance(n, int):
        wanted = _vietnamese().ngettext(message, many, n)
    else:
        wanted = _vietnamese().gettext(message)
    return wanted.format(**values) if values else wanted


def number(value: float) -> str:
    """35529 → `35.529` in Vietnamese, `35,529` in English."""
    grouped = f"{value:,}"
    return grouped if language() == "en" else grouped.translate(str.maketrans(",.", ".,"))


@cache
def _vietnamese() -> GNUTranslations:
    from web.catalogues import catalogue, compiled

    return compiled(catalogue("vi", "cli", "tratin"))
