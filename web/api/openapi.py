"""`/api/openapi.json`: the OpenAPI 3.1 document, made from the operations."""

from __future__ import annotations

import re
from typing import Any

from index.json_types import components, ref
from web.api.operation import Operation
from web.params import Parameter
from web.problems import ProblemDetails

_STATUSES = {
    400: "A parameter cannot be read; `parameter` names it.",
    403: "This server does not hand that out.",
    404: "No such thing: an id that nothing has, or a cursor that was never handed out.",
    410: "Withdrawn, or the cursor has expired; `instead` starts the list again.",
    414: "The address has more than 32,768 bytes.",
    429: "Too many requests; Retry-After says when to come back.",
    431: "Too many or too long headers.",
    500: "The server failed while answering.",
    503: "Nothing can answer just now.",
}


def document(operations: tuple[Operation, ...], release: str) -> dict[str, Any]:
    """The document of these operations."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tra Tin",
            "version": release,
            "description": "Full-text search over Vietnamese government news, by topic and by official. "
            "Times are ISO 8601 with +07:00; spans are code-point offsets, end exclusive, into the text beside them. "
            "Every path answers GET, HEAD and OPTIONS, and any other method with 405.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {_path(one): {"get": _operation(one)} for one in operations},
        "components": {"schemas": components([*(one.answer for one in operations), ProblemDetails])},
    }


def _path(one: Operation) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", one.path)


def _operation(one: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {"description": "The answer.", "content": {"application/json": {"schema": ref(one.answer)}}},
        "304": {"description": "The copy that If-None-Match names still holds."},
    }
    for status in sorted({400, 414, 429, 431, 500, 503, *one.problems}):
        content = {"application/problem+json": {"schema": ref(ProblemDetails)}}
        answers[str(status)] = {"description": _STATUSES[status], "content": content}
    return {
        "operationId": one.name,
        "summary": one.summary,
        "description": one.description,
        "parameters": [
            *(_parameter(each, "path") for each in one.placeholders.values()),
            *(_parameter(each, "query") for each in one.parameters),
        ],
        "responses": answers,
    }


def _parameter(each: Parameter, place: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": each.name,
        "in": place,
        "required": place == "path" or each.required,
        "description": each.description,
        "schema": each.schema,
    }
    if each.example is not None:
        described["example"] = each.example
    if each.repeated:
        described |= {"style": "form", "explode": True}
    return described
