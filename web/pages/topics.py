"""`/topics` and `/topic/<slug>`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, request

from index.officials.registry.alphabet import sort_key
from search.naming import printed_with
from search.request import Filter, SearchRequest
from search.results import TopicCount
from web.backend import Searching, backend
from web.charts import Histogram, histogram
from web.i18n import t
from web.links import here
from web.pages.chips import followed
from web.pages.collection import collection
from web.pages.downloads import feed
from web.params import choice, search_request, text
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
    """Every topic, or those called by the words of `q`, with its articles, over time and the newest.

    In order of how many they are, by name or by the newest.
    """
    order = choice(request.args, "sort", ("articles", "name", "last"))
    asked = text(request.args, "q", 200)
    searcher: Any = backend().searcher
    every = _lines(searcher, searcher.generation, searcher.change)
    called = called_by(asked, [line.topic.name for line in every])
    lines = sorted((line for line in every if line.topic.name in called), key=lambda line: sort_key(line.topic.name))
    if order != "name":
        lines.sort(key=lambda line: line.topic.count if order == "articles" else line.last or "", reverse=True)
    return render("topics.html", lines=lines, asked=asked, order=order, address=here())


def called_by(asked: str, names: Sequence[str]) -> frozenset[str]:
    """The names that have these words, one after the other, marks left out or not; all of them for no words."""
    return frozenset(printed_with(asked, names) if asked else names)


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
