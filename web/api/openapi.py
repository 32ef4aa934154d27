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
    413: "The body is larger than a megabyte.",
    415: "The body is of no type that is read here.",
    414: "The address has more than 32,768 bytes.",
    429: "Too many requests; Retry-After says when to come back.",
    431: "Too many or too long headers.",
    500: "The server failed while answering.",
    503: "Nothing can answer just now.",
}


def document(operations: tuple[Operation, ...], release: str) -> dict[str, Any]:
    """The document of these operations."""
    kinds = [kind for operation in operations for kind in (operation.answer, operation.body) if kind]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tra Tin",
            "version": release,
            "description": "Full-text search over Vietnamese government news, by topic and by official. "
            "Times are ISO 8601 with +07:00; spans are code-point offsets, end exclusive, into the text beside them. "
            "A path answers the method given here (with GET also HEAD) and OPTIONS, and any other with 405.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {_path(operation): {operation.method.lower(): _operation(operation)} for operation in operations},
        "components": {"schemas": components([*kinds, ProblemDetails])},
    }


def _path(operation: Operation) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", operation.path)


def _operation(operation: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {"description": "The answer.", "content": {"application/json": {"schema": ref(operation.answer)}}},
    }
    if operation.body is None:
        answers["304"] = {"description": "The copy that If-None-Match names still holds."}
    for status in sorted({400, 414, 429, 431, 500, 503, *operation.problems}):
        content = {"application/problem+json": {"schema": ref(ProblemDetails)}}
        answers[str(status)] = {"description": _STATUSES[status], "content": content}
    body = {} if operation.body is None else {"requestBody": _body(operation.body)}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
        "parameters": [
            *(_parameter(parameter, "path") for parameter in operation.placeholders.values()),
            *(_parameter(parameter, "query") for parameter in operation.parameters),
        ],
        **body,
        "responses": answers,
    }


_LINE = r"^[^\s\x00-\x20\x7f\u2028\ufeff]"
"""A text that has an entry in its first line."""


def _body(kind: type) -> dict[str, Any]:
    as_text = {"schema": {"type": "string", "description": "An entry a line.", "pattern": _LINE}}
    return {"required": True, "content": {"application/json": {"schema": ref(kind)}, "text/plain": as_text}}


def _parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": place,
        "required": place == "path" or parameter.required,
        "description": parameter.description,
        "schema": parameter.schema,
    }
    if parameter.example is not None:
        described["example"] = parameter.example
    if parameter.repeated:
        described |= {"style": "form", "explode": True}
    return described
