"""`/statements`: who said what, as a page and as CSV."""

from __future__ import annotations

from flask import Blueprint, Response, request

from index.officials.registry.alphabet import sort_key
from search.request import Filter, SearchRequest, filters
from search.statements import COLUMNS, every, row
from web.backend import backend
from web.export import table
from web.links import beside_cursor, here
from web.pages.officials import known
from web.params import Arguments, cursor, day, repeated, text, whole
from web.rendering import render

pages = Blueprint("statements", __name__)


@pages.get("/statements")
def page() -> str:
    """Statements in the order of their articles, the newest first."""
    wanted = wanted_statements(request.args)
    id = next(iter(wanted.wanted("said")), "")
    found = backend().searcher.statements(wanted)
    back, onward = beside_cursor(here(), wanted, found.next)
    return render(
        "statements.html",
        found=found,
        wanted=wanted,
        speaker=known(id) if id else None,
        topics=sorted(backend().searcher.topics(), key=lambda one: sort_key(one.name)),
        chosen=wanted.wanted("topic"),
        address=here(),
        previous=back,
        next=onward,
    )


@pages.get("/statements.csv")
def as_csv() -> Response:
    """The same statements as a table."""
    written = table(
        COLUMNS, (row(sentence) for sentence in every(backend().searcher.statements, wanted_statements(request.args)))
    )
    answer = Response(written, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="statements.csv"'
    return answer


def wanted_statements(given: Arguments) -> SearchRequest:
    """The statements that an address asks for.

    Raises:
        BadParameter: naming the parameter that cannot be read.
        Missing: nobody has the official's id.
    """
    since, until = day(given, "from"), day(given, "to")
    if since and until and since > until:
        since, until = until, since
    id = text(given, "official", 120)
    said = (Filter("said", known(id).id),) if id else ()
    return SearchRequest(
        text=text(given, "q", 1000),
        filters=(*said, *filters("topic", repeated(given, "topic"))),
        since=since,
        until=until,
        sort="newest",
        limit=whole(given, "limit", 20, 1, 100),
        cursor=cursor(given),
    )
