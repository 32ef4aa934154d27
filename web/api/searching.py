"""`search` and `suggest`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from search.results import ResultPage
from search.suggest import Suggestion
from web.api.operation import operation
from web.backend import backend
from web.links import beside_cursor, here
from web.params import LIMIT, MAX_QUERY, QUERY, SEARCH, Parameter, search_request, text, whole

_FEW = Parameter("limit", "Suggestions at most.", {**LIMIT.schema, "maximum": 20, "default": 10}, 5)


@operation("/search", ResultPage, parameters=SEARCH, problems=(404, 410))
def search() -> ResultPage:
    """One page of results.

    The same ResultPage as `tratin search --json`. `next` is the cursor of the next page, also sent as a Link header,
    as is the page before; a cursor that was never handed out answers 404, an expired one 410, both with a link to
    start again. Without a query it lists the newest articles.
    """
    wanted = search_request(request.args)
    found = backend().searcher.search(wanted)
    beside_cursor(here(), wanted, found.next)
    return found


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What could be meant, the likeliest first."""

    suggestions: tuple[Suggestion, ...]


@operation("/suggest", Suggestions, parameters=(QUERY, _FEW))
def suggest() -> Suggestions:
    """Officials, topics and phrases that begin as `q` does."""
    typed = text(request.args, "q", MAX_QUERY)
    most = whole(request.args, "limit", 10, 1, 20)
    return Suggestions(backend().searcher.suggest(typed, most) if typed else ())
