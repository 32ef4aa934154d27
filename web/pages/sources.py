"""`/sources`: what is held of each newspaper, and what is not."""

from __future__ import annotations

from flask import Blueprint

from web.api.sources import coverage
from web.charts import histogram
from web.rendering import render

pages = Blueprint("sources", __name__)


@pages.get("/sources")
def page() -> str:
    """Coverage of every newspaper by month."""
    held = coverage()
    return render("sources.html", sources=[(one, histogram(one.months)) for one in held])
