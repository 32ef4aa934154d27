"""`/alert` tells how much an alert for a search would tell, `/alert/off/<key>` switches one off for whoever got its
message, `/alert/<id>.atom` is its feed.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from web.backend import backend
from web.i18n import t
from web.links import absolute, here
from web.negotiation import ATOM
from web.pages.chips import followed
from web.params import search_request
from web.problems import BadParameter, Missing
from web.rendering import render

pages = Blueprint("alerts", __name__)


_DAYS = 30


@pages.get("/alert")
def estimated() -> str:
    """How much an alert for this search would have told of late, whether that is too much, and the table that asks."""
    wanted = search_request(request.args)
    if not wanted.text and not wanted.filters:
        raise BadParameter("q", t("alert.everything"))
    articles, most_of_one = backend().searcher.summary(wanted).lately(backend().directory.as_of(), _DAYS)
    most = backend().settings.alerts_a_day
    return render(
        "alert-estimate.html",
        articles=articles,
        days=_DAYS,
        a_day=round(articles / _DAYS, 1),
        most_of_one=most_of_one,
        most=most,
        broad=bool(most) and articles > most * _DAYS,
        name=followed(wanted),
        view=absolute(here().drop("lang").drop("cursor").to("/")),
        results=here().to("/"),
    )


@pages.get("/alert/off/<key>")
def ask(key: str) -> str:
    """Ask first: mail programs open links to look at them, and must not switch anything off by that."""
    name, off = _named(key)
    return render("alert.html", name=name, off=off)


@pages.post("/alert/off/<key>")
def stop(key: str) -> str:
    """Switch it off: the button of the page, or of the mail program (RFC 8058)."""
    name, _ = _named(key)
    backend().alerts.switch_off(key)
    return render("alert.html", name=name, off=True)


@pages.get("/alert/<id>.atom")
def feed(id: str) -> Response:
    """What an alert told last."""
    content = backend().alerts.feed(id)
    if content is None:
        raise Missing(t("problem.no-alert"))
    return Response(content, content_type=f"{ATOM}; charset=utf-8")


def _named(key: str) -> tuple[str, bool]:
    found = backend().alerts.named(key)
    if found is None:
        raise Missing(t("problem.no-alert"))
    return found
