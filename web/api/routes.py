"""Every operation of the API, and the blueprint that serves them."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify

from search.request import SearchRequest
from web.api import (
    articles,
    checking,
    health,
    offices,
    officials,
    openapi,
    organisations,
    searching,
    sources,
    statements,
    topics,
)
from web.api.operation import Operation
from web.backend import backend
from web.i18n import api_spoken, language
from web.problems import kinds
from web.rendering import render

OPERATIONS: tuple[Operation, ...] = (
    searching.search,
    searching.suggest,
    articles.article,
    articles.versions,
    officials.officials,
    officials.official,
    statements.statements,
    offices.offices,
    offices.office,
    organisations.organisations,
    organisations.organisation,
    topics.topics,
    topics.topic,
    sources.sources,
    checking.checked,
    health.health,
)

api = Blueprint("api", __name__)
for _one in OPERATIONS:
    api.add_url_rule(f"/api/v1{_one.path}", _one.name, _one, methods=[_one.method])


@api.get("/api/openapi.json")
def description() -> Response:
    """The OpenAPI document."""
    return jsonify(openapi.document(OPERATIONS, backend().settings.release))


@api.get("/help/api")
def readable() -> str:
    """The API for people."""
    described = openapi.document(OPERATIONS, backend().settings.release)
    say = api_spoken().gettext if language() == "vi" else str
    return render("api.html", document=described, problem_kinds=kinds(), say=say, examples=_examples())


def _examples() -> dict[str, str]:
    """Operation → an address that answers here, made of what this installation holds."""
    newest = backend().searcher.search(SearchRequest(sort="newest", limit=1))
    offices = backend().directory.offices_listed(0, 1)
    bodies = backend().searcher.organisations()
    held = {
        "articles": newest.hits[0].id if newest.hits else None,
        "officials": newest.facets.officials[0].id if newest.facets.officials else None,
        "offices": offices[0].id if offices else None,
        "organisations": bodies[0].id if bodies else None,
        "topics": newest.facets.topics[0].slug if newest.facets.topics else None,
    }
    addresses = {}
    for operation in OPERATIONS:
        kind = operation.path.split("/")[1]
        path = re.sub(r"<\w+>", held.get(kind) or "", operation.path)
        if operation.method == "GET" and (not operation.placeholders or held.get(kind)):
            asks = {"q": "cầu đường"} if operation.path in ("/search", "/suggest") else {}
            addresses[operation.name] = f"/api/v1{path}{'?' + urlencode(asks) if asks else ''}"
    return addresses
