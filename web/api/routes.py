"""Every operation of the API, and the blueprint that serves them."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from web.api import articles, health, offices, officials, openapi, searching, sources, topics
from web.api.operation import Operation
from web.backend import backend
from web.problems import kinds
from web.rendering import render

OPERATIONS: tuple[Operation, ...] = (
    searching.search,
    searching.suggest,
    articles.article,
    articles.versions,
    officials.officials,
    officials.official,
    offices.offices,
    offices.office,
    topics.topics,
    topics.topic,
    sources.sources,
    health.health,
)

api = Blueprint("api", __name__)
for _one in OPERATIONS:
    api.add_url_rule(f"/api/v1{_one.path}", _one.name, _one)


@api.get("/api/openapi.json")
def description() -> Response:
    """The OpenAPI document."""
    return jsonify(openapi.document(OPERATIONS, backend().settings.release))


@api.get("/help/api")
def readable() -> str:
    """The API for people."""
    described = openapi.document(OPERATIONS, backend().settings.release)
    return render("api.html", document=described, problem_kinds=kinds())
