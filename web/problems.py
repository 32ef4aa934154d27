"""Problems: every answer that is not what was asked for; JSON as RFC 9457 has it, or a page for people.

Problem
├── BadParameter   a parameter cannot be read; names it
├── Missing        no such article, official, office or topic
└── Withdrawn      it was here and was taken down
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from flask import Flask, Response, current_app, json, request
from werkzeug.exceptions import HTTPException

from crawler.errors import StoreError
from index.errors import IndexRoomError
from index.json_types import as_json
from search.errors import BadRequest, CursorExpired, CursorUnknown, IndexUnavailable, SearchError
from web.i18n import t
from web.links import here, link
from web.negotiation import HTML, JSON, preferred
from web.rendering import render

_BY_STATUS = {
    400: "bad-request",
    404: "not-found",
    405: "method",
    410: "gone",
    413: "too-large",
    414: "too-long",
    415: "media-type",
    429: "too-many",
}


class Problem(Exception):
    """An answer with a status that says what was wrong and what to do next."""

    status = 500
    kind = "broken"

    def __init__(self, detail: str, *, parameter: str | None = None, instead: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.parameter = parameter
        self.instead = instead
        """A link that works."""
        self.headers: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """RFC 9457."""

    type: str
    """A line of `/help/api`."""
    title: str
    status: int
    detail: str
    parameter: str | None
    """The parameter that could not be read."""
    instead: str | None
    """An address that works."""


class BadParameter(Problem):
    """A parameter cannot be read."""

    status = 400
    kind = "bad-parameter"

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail, parameter=parameter)


class Missing(Problem):
    """No such article, official, office or topic."""

    status = 404
    kind = "not-found"


class Withdrawn(Problem):
    """It was here, and was taken down."""

    status = 410
    kind = "withdrawn"


class NoSuchPlace(Problem):
    """No list of results has the place that the cursor names; the link starts the list again."""

    status = 404
    kind = "no-such-cursor"


class Expired(Problem):
    """The place in the list is no longer kept; the link starts the list again."""

    status = 410
    kind = "cursor-expired"


class Busy(Problem):
    """Too many requests from one client."""

    status = 429
    kind = "too-many"


class Unavailable(Problem):
    """Nothing can answer just now."""

    status = 503
    kind = "unavailable"


class Withheld(Problem):
    """This server does not hand that out."""

    status = 403
    kind = "refused"


def kinds() -> list[tuple[str, int]]:
    """Every kind of problem with its status."""
    every: list[type[Problem]] = [Problem, *Problem.__subclasses__()]
    own = {(problem.kind, problem.status) for problem in every}
    return sorted({*own, *((kind, status) for status, kind in _BY_STATUS.items())}, key=lambda pair: pair[::-1])


def register(app: Flask) -> None:
    """Answer every error of this application as a problem."""
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(BadRequest, lambda error: _answer(BadParameter(error.parameter, phrase(error))))
    app.register_error_handler(CursorUnknown, lambda error: _answer(_from_the_start(NoSuchPlace, error)))
    app.register_error_handler(CursorExpired, lambda error: _answer(_from_the_start(Expired, error)))
    for unavailable in (IndexUnavailable, IndexRoomError, StoreError):
        app.register_error_handler(unavailable, _unavailable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def wants_json() -> bool:
    """Whether a program asks: by its address, or by what it accepts."""
    program = request.path.startswith("/api/") or request.path.endswith((".csv", ".jsonl", ".atom", ".zip"))
    return program or preferred(HTML, JSON) == JSON


def phrase(error: SearchError) -> str:
    """What an error of the search room says, in the reader's language where it has a phrase for it."""
    return t(f"problem.{error.code}", **error.values) if error.code else str(error)


def _from_the_start(kind: type[Problem], error: SearchError) -> Problem:
    return kind(phrase(error), instead=str(here().drop("cursor")), parameter="cursor")


def _unavailable(error: Exception) -> Response:
    # What is wrong with which file, and which command mends it, is for the operator.
    current_app.logger.error("%s: %s", type(error).__name__, error)
    problem = Unavailable(t("problem.unavailable"))
    problem.headers["Retry-After"] = "30"
    return _answer(problem)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    problem = Problem(
        t(f"problem.{status}") if status in (400, 404, 405, 413, 414, 415) else error.description or error.name
    )
    problem.status, problem.kind = status, _BY_STATUS.get(status, "http")
    plain = error.get_response()
    problem.headers = {name: value for name, value in plain.headers.items() if name in ("Allow", "Location")}
    return plain if 300 <= status < 400 else _answer(problem)  # type: ignore[return-value]


def _broken(error: Exception) -> Response:
    # The message of an exception may quote the query, and queries never reach a log: kinds and places only.
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    current_app.logger.error("%s on %s\n  %s", type(error).__name__, request.path, "\n  ".join(places))
    return _answer(Problem(t("problem.broken")))


def _answer(problem: Problem) -> Response:
    title = t(f"problem.title-{problem.status}") if problem.status in _TITLED else t("problem.title")
    if wants_json():
        shown = (problem.status, problem.detail, problem.parameter, problem.instead)
        content = as_json(ProblemDetails(f"/help/api#{problem.kind}", title, *shown))
        answer = Response(json.dumps(content, ensure_ascii=False), content_type="application/problem+json")
    else:
        page = render("problem.html", problem=problem, title=title, home=link("search.page"))
        answer = Response(page, content_type="text/html; charset=utf-8")
    answer.status_code = problem.status
    answer.headers.update(problem.headers)
    answer.headers["Cache-Control"] = "no-store"
    return answer


_TITLED = frozenset({400, 403, 404, 405, 410, 413, 414, 415, 429, 503})
