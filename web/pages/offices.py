"""`/offices` and `/office/<id>`."""

from __future__ import annotations

from flask import Blueprint

from web.i18n import t
from web.problems import NotBuilt

pages = Blueprint("offices", __name__)


@pages.get("/offices")
def page() -> str:
    """Every office."""
    raise NotBuilt(t("problem.not-built"))
