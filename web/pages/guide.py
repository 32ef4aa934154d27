"""`/help`: the query language, the keys, what this server keeps and does not; `/saved`: what the browser keeps."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for

from web.links import absolute
from web.rendering import render

pages = Blueprint("help", __name__)


@pages.get("/help")
def page() -> str:
    """How to search."""
    return render("help.html")


@pages.get("/saved")
def saved() -> str:
    """Searches that the reader's own browser keeps; the server knows nothing of them."""
    return render("saved.html")


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets a browser search here from its address bar."""
    return Response(
        render("opensearch.xml", root=absolute("")), content_type="application/opensearchdescription+xml; charset=utf-8"
    )


@pages.get("/robots.txt")
def robots() -> Response:
    """Articles belong to their newspapers: search engines index those, not the copies here."""
    return Response("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@pages.get("/favicon.ico")
def favicon() -> Response:
    """The icon, for programs that ask for it here."""
    return redirect(url_for("static", filename="icon.svg"), 301)  # type: ignore[return-value]
