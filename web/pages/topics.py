"""`/topics` and `/topic/<slug>`."""

from __future__ import annotations

from flask import Blueprint, Response, request

from search.request import Filter
from search.results import TopicCount
from web.backend import backend
from web.i18n import t
from web.pages.chips import followed
from web.pages.collection import collection
from web.pages.downloads import feed
from web.params import search_request
from web.problems import Missing
from web.rendering import render

pages = Blueprint("topics", __name__)


@pages.get("/topics")
def page() -> str:
    """Every topic with the number of its articles."""
    return render("topics.html", topics=backend().searcher.topics())


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
