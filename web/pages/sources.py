"""`/sources`: what is held of each newspaper, and what is not."""

from __future__ import annotations

from flask import Blueprint, request

from web.api.sources import coverage, named
from web.charts import histogram
from web.links import here
from web.params import choice, text
from web.rendering import render

pages = Blueprint("sources", __name__)


@pages.get("/sources")
def page() -> str:
    """Coverage of every newspaper, or of those whose name holds `q`, by month.

    In order of how much is held, by name or by the latest month.
    """
    order = choice(request.args, "sort", ("articles", "name", "last"))
    asked = text(request.args, "q", 200)
    held = sorted(named(asked, coverage()), key=lambda row: row.source or "")
    if order != "name":
        held.sort(key=lambda row: row.count if order == "articles" else row.last or "", reverse=True)
    lines = [(row, histogram(row.months)) for row in held]
    return render("sources.html", lines=lines, asked=asked, order=order, address=here())
