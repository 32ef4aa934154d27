"""What the pages of an official, an office and a topic share: their articles, counted and listed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request

from search.request import Filter
from web.backend import backend
from web.charts import histogram
from web.feeds import pace
from web.links import Address
from web.params import search_request
from web.view_links import ViewLinks


def collection(within: Filter) -> dict[str, Any]:
    """The newest articles of a topic or an official with their months and facets, for the template."""
    wanted = search_request(request.args, within)
    found = backend().searcher.search(replace(wanted, sort="newest", cursor=None, limit=10))
    chart = histogram(found.facets.months, found.facets.days, backend().collected())
    pairs = [(within.facet, within.value)]
    if "lang" in request.args:
        pairs.append(("lang", request.args["lang"]))
    address = Address("/", tuple(pairs))
    return {
        "found": found,
        "chart": chart,
        "address": address,
        "views": ViewLinks.within(address, 30, chart.width if chart else 0),
        "pace": pace(found),
    }
