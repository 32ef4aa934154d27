"""Rendering: a template and values become a page; templates are compiled once for each language.

So a phrase that the page always has (`{{ "search.button"|t }}`) is text of the compiled template and costs nothing.
What is compiled belongs to the process, and to those that are forked from it: `warm` does it for all of them.
"""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, current_app
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from web.i18n import LANGUAGES, language, spoken
from web.marking import code_words, mark

_KEY = "tratin.environments"


class _Compiled(BytecodeCache):
    """The compiled templates of one language."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, unless its template was not compiled yet, or reads otherwise now."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


_compiled = {code: _Compiled() for code in LANGUAGES}


def warm() -> None:
    """Compile every template in every language: most of a second that no reader then waits for."""
    app = Flask("web")
    for code in LANGUAGES:
        environment = _environment(app, code, {})
        for name in environment.list_templates(extensions=("html", "xml", "xsl")):
            environment.get_template(name)


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
    environment.bytecode_cache = _compiled[code]
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
