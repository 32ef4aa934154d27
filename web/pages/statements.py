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
from web.params import Arguments, choice, cursor, day, repeated, text, whole
from web.rendering import render

pages = Blueprint("statements", __name__)
ORDERS = ("newest", "oldest", "relevance")
"""Of their articles; by relevance where words are asked for."""
_SPEAKERS = 12
"""Names beside the list, unless the reader asks for all that were counted."""


@pages.get("/statements")
def page() -> str:
    """Statements in the order of their articles, the newest first or as asked, beside those who speak in them."""
    wanted = wanted_statements(request.args)
    id = next(iter(wanted.wanted("said")), "")
    found = backend().searcher.statements(wanted, counted=True)
    back, onward = beside_cursor(here(), wanted, found.next)
    return render(
        "statements.html",
        found=found,
        wanted=wanted,
        speaker=known(id) if id else None,
        topics=sorted(backend().searcher.topics(), key=lambda topic: sort_key(topic.name)),
        chosen=wanted.wanted("topic"),
        orders=ORDERS if wanted.text else ORDERS[:2],
        speakers=found.speakers if request.args.get("more") == "said" else found.speakers[:_SPEAKERS],
        hidden=len(found.speakers) - _SPEAKERS,
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


def wanted_statements(arguments: Arguments) -> SearchRequest:
    """The statements that an address asks for.

    Raises:
        BadParameter: naming the parameter that cannot be read.
        Missing: nobody has the official's id.
    """
    since, until = day(arguments, "from"), day(arguments, "to")
    if since and until and since > until:
        since, until = until, since
    id = text(arguments, "official", 120)
    said = (Filter("said", known(id).id),) if id else ()
    return SearchRequest(
        text=text(arguments, "q", 1000),
        filters=(*said, *filters("topic", repeated(arguments, "topic"))),
        since=since,
        until=until,
        sort=choice(arguments, "sort", ORDERS),
        limit=whole(arguments, "limit", 20, 1, 100),
        cursor=cursor(arguments),
    )
