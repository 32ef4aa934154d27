"""`/alert/off/<key>` switches an alert off for whoever got its message; `/alert/<id>.atom` is an alert's feed."""

from __future__ import annotations

from flask import Blueprint, Response

from web.backend import backend
from web.i18n import t
from web.negotiation import ATOM
from web.problems import Missing
from web.rendering import render

pages = Blueprint("alerts", __name__)


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
