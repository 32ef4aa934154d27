"""Rendering: a template and values become a page; templates are compiled once for each language.

So a phrase that the page always has (`{{ "search.button"|t }}`) is text of the compiled template and costs nothing.
"""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, current_app
from jinja2 import Environment

from web.i18n import LANGUAGES, language, spoken
from web.marking import code_words, mark

_KEY = "tratin.environments"


def register(app: Flask, **shared: Any) -> None:
    """Give this application its templates, with the names that all of them may use."""
    app.extensions[_KEY] = {code: _environment(app, code, shared) for code in LANGUAGES}


def render(template: str, **values: Any) -> str:
    """The page that a template makes of these values, in the reader's language."""
    environments = cast(dict[str, Environment], current_app.extensions[_KEY])
    current_app.update_template_context(values)
    return environments[language()].get_template(template).render(values)


def _environment(app: Flask, code: str, shared: dict[str, Any]) -> Environment:
    environment = app.create_jinja_environment()
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(shared, lang=code)
    spoken_here = spoken(code)
    environment.filters.update(
        t=spoken_here.t,
        number=spoken_here.number,
        day=spoken_here.day,
        moment=spoken_here.moment,
        month=spoken_here.month,
        marked=mark,
        code=code_words,
    )
    return environment
