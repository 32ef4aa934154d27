"""What the pages of an official, an office and a topic share: their articles, counted and listed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request

from web.charts import histogram
from web.feeds import pace
from web.links import Link
from web.params import search_request
from web.parts import parts


def collection(topics: tuple[str, ...] = (), officials: tuple[str, ...] = ()) -> dict[str, Any]:
    """The newest articles of a topic or an official with their months and facets, for the template."""
    wanted = search_request(request.args, topics=topics, officials=officials)
    found = parts().searcher.search(replace(wanted, sort="newest", cursor=None, limit=10))
    pairs = [("topic", slug) for slug in topics] + [("official", official) for official in officials]
    if "lang" in request.args:
        pairs.append(("lang", request.args["lang"]))
    return {
        "found": found,
        "chart": histogram(found.facets.months),
        "address": Link("/", tuple(pairs)),
        "pace": pace(found),
        "wanted_here": wanted,
    }
