"""`/sources`: what is held of each newspaper, and what is not."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.api.sources import coverage
from web.charts import histogram

pages = Blueprint("sources", __name__)


@pages.get("/sources")
def page() -> str:
    """Coverage of every newspaper by month."""
    held = coverage()
    return render_template("sources.html", sources=[(one, histogram(one.months)) for one in held])
