"""Negotiation: a page that a program asks for as JSON is answered by its twin in the API, a feed that a browser opens
by a page.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import NotAcceptable

from web.i18n import t
from web.links import plain_link

JSON = "application/json"
HTML = "text/html"
ATOM = "application/atom+xml"
TWINS = {
    "search.page": "api.search",
    "article.page": "api.article",
    "article.preview": "api.article",
    "article.versions": "api.versions",
    "officials.page": "api.officials",
    "officials.official": "api.official",
    "offices.page": "api.offices",
    "offices.office": "api.office",
    "organisations.page": "api.organisations",
    "organisations.organisation": "api.organisation",
    "topics.page": "api.topics",
    "topics.topic": "api.topic",
    "sources.page": "api.sources",
    "statements.page": "api.statements",
    "compare.page": "compare.as_json",
    "compare.heat": "compare.heat_json",
    "api.readable": "api.description",
}
"""Page → the view that answers the same as JSON."""
FORMS = frozenset({"article.diff", "check.page", "help.page", "help.saved", "alerts.ask", "alerts.estimated"})
"""Pages that are words or a form: asked for as JSON alone, they answer 406 and lead to the API's page."""


def preferred(first: str, *others: str) -> str:
    """The type that the Accept header likes best; the first of those that it likes equally."""
    liked = request.accept_mimetypes
    return max((first, *others), key=lambda kind: (liked.quality(kind), kind == first)) if liked else first


def register(app: Flask) -> None:
    """Answer pages as JSON where the reader prefers that."""
    app.before_request(_as_json)
    app.after_request(_varies)


def _as_json() -> Response | None:
    if request.endpoint in FORMS and request.accept_mimetypes and not request.accept_mimetypes.accept_html:
        raise NotAcceptable(t("problem.no-twin", page=plain_link("api.readable")))
    twin = TWINS.get(request.endpoint or "")
    if twin is None or preferred(HTML, JSON) != JSON:
        return None
    return cast(Response, current_app.view_functions[twin](**(request.view_args or {})))


def _varies(answer: Response) -> Response:
    if request.endpoint in TWINS or request.endpoint in FORMS:
        answer.vary.add("Accept")
    return answer
