"""Operation: one call of the API, declared once; Flask routes it, the OpenAPI document describes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Response, jsonify, request

from index.json_types import as_json
from web.params import LANG, Parameter, only_known


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with a status or headers of its own."""

    body: Any
    """A value of the operation's type."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


View = Callable[..., Any]
"""Answers with a value of the operation's type, or with a Reply that holds one."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A path under `/api/v1` that answers GET, or POST where it takes a body."""

    path: str
    """Flask's form: `/articles/<id>`."""
    view: View
    parameters: tuple[Parameter, ...]
    """Of the query string; `lang` is among them."""
    answer: type
    """The dataclass that a 200 prints as JSON."""
    problems: tuple[int, ...]
    """Statuses that this operation may answer besides those that every one may."""
    placeholders: dict[str, Parameter]
    """Parameters in the path."""
    body: type | None = None
    """The dataclass that a POST sends as JSON; None for a GET."""

    @property
    def method(self) -> str:
        """GET or POST."""
        return "POST" if self.body else "GET"

    @property
    def name(self) -> str:
        """The view's name: Flask's endpoint and the document's operationId."""
        return self.view.__name__

    @property
    def summary(self) -> str:
        """First line of the view's docstring."""
        return (self.view.__doc__ or "").strip().partition("\n")[0]

    @property
    def description(self) -> str:
        """The rest of the docstring."""
        return " ".join((self.view.__doc__ or "").strip().partition("\n")[2].split())

    def __call__(self, **values: str) -> Response:
        """Answer the running request."""
        only_known(request.args, self.parameters)
        given = self.view(**values)
        reply = given if isinstance(given, Reply) else Reply(given)
        response = jsonify(as_json(reply.body))
        response.status_code = reply.status
        response.headers.update(reply.headers)
        return response


def operation(
    path: str,
    answer: type,
    *,
    parameters: tuple[Parameter, ...] = (),
    problems: tuple[int, ...] = (),
    body: type | None = None,
    **placeholders: Parameter,
) -> Callable[[View], Operation]:
    """Declare a view as an operation; its docstring becomes summary and description."""
    with_lang = parameters if LANG in parameters else (*parameters, LANG)
    return lambda view: Operation(path, view, with_lang, answer, problems, placeholders, body)
