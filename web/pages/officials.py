"""`/officials` and `/official/<id>`."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from search.request import SearchRequest
from search.results import OfficialCount
from web.i18n import t
from web.pages.collection import collection
from web.pages.taken import feed
from web.params import search_request
from web.parts import parts
from web.problems import Missing, NotBuilt

pages = Blueprint("officials", __name__)


@pages.get("/officials")
def page() -> str:
    """Every official."""
    raise NotBuilt(t("problem.not-built"))


@pages.get("/official/<id>")
def official(id: str) -> str:
    """One official: articles over time, topics, and who is named together with them."""
    return render_template("official.html", official=_official(id), **collection(officials=(id,)))


@pages.get("/official/<id>.atom")
def official_feed(id: str) -> Response:
    """The newest articles that name one official."""
    return feed(_official(id).name, search_request(request.args, officials=(id,)), f"/official/{id}")


def _official(id: str) -> OfficialCount:
    found = parts().searcher.search(SearchRequest(officials=(id,), limit=1)) if not id.startswith("-") else None
    for named in found.hits[0].officials if found and found.total else ():
        if named.id == id:
            return named
    raise Missing(t("problem.no-official", id=id[:80]))
