"""`/topics` and `/topic/<slug>`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, request

from index.officials.registry.alphabet import sort_key
from search.request import Filter, SearchRequest
from search.results import TopicCount
from web.backend import Searching, backend
from web.charts import Histogram, histogram
from web.i18n import t
from web.links import here
from web.pages.chips import followed
from web.pages.collection import collection
from web.pages.downloads import feed
from web.params import choice, search_request
from web.problems import Missing
from web.rendering import render

pages = Blueprint("topics", __name__)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic of the list."""

    topic: TopicCount
    last: str | None
    """The day of its newest article, ISO 8601."""
    chart: Histogram | None


@pages.get("/topics")
def page() -> str:
    """Every topic with its articles, over time and the newest; by how many they are, by name or by the newest."""
    order = choice(request.args, "sort", ("articles", "name", "last"))
    searcher: Any = backend().searcher
    lines = sorted(_lines(searcher, searcher.generation, searcher.change), key=lambda line: sort_key(line.topic.name))
    if order != "name":
        lines.sort(key=lambda line: line.topic.count if order == "articles" else line.last or "", reverse=True)
    return render("topics.html", lines=lines, order=order, address=here())


@lru_cache(2)
def _lines(searcher: Searching, generation: str, change: int) -> tuple[TopicLine, ...]:
    """What the list says while this generation answers."""
    return tuple(_line(searcher, topic) for topic in searcher.topics())


def _line(searcher: Searching, topic: TopicCount) -> TopicLine:
    within = SearchRequest(filters=(Filter("topic", topic.slug),), sort="newest", limit=1)
    found = searcher.search(within)
    published = found.hits[0].published if found.total else None
    chart = histogram(found.facets.months, found.facets.days, backend().collected())
    return TopicLine(topic, published and published[:10], chart)


@pages.get("/topic/<slug>")
def topic(slug: str) -> str:
    """One topic: its articles over time, its officials, the newest articles."""
    found = _topic(slug)
    return render("topic.html", topic=found, **collection(Filter("topic", slug)))


@pages.get("/topic/<slug>.atom")
def topic_feed(slug: str) -> Response:
    """The newest articles of one topic."""
    named = " · ".join(filter(None, (_topic(slug).name, followed(search_request(request.args)))))
    return feed(named, search_request(request.args, Filter("topic", slug)), f"/topic/{slug}")


def _topic(slug: str) -> TopicCount:
    found = backend().searcher.topic(slug)
    if found is None:
        raise Missing(t("problem.no-topic", id=slug[:80]))
    return found
