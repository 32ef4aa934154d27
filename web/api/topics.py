"""`topics` and `topics/<slug>`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from search.results import TopicCount
from web.api.operation import operation
from web.backend import backend
from web.i18n import t
from web.pages.topics import called_by
from web.params import Parameter, text
from web.problems import Missing

_SLUG = Parameter("slug", "Topic slug.", {"type": "string", "minLength": 1}, "dan-toc-ton-giao")


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of the taxonomy, in its order."""

    topics: tuple[TopicCount, ...]


_WORDS = Parameter(
    "q",
    "Words of the name, one after the other; marks may be left out.",
    {"type": "string", "maxLength": 200},
    "Giáo dục",
)


@operation("/topics", Topics, parameters=(_WORDS,))
def topics() -> Topics:
    """Every topic with the number of its articles."""
    every = backend().searcher.topics()
    called = called_by(text(request.args, "q", 200), [topic.name for topic in every])
    return Topics(tuple(topic for topic in every if topic.name in called))


@operation("/topics/<slug>", TopicCount, problems=(404,), slug=_SLUG)
def topic(slug: str) -> TopicCount:
    """One topic."""
    found = backend().searcher.topic(slug)
    if found is None:
        raise Missing(t("problem.no-topic", id=slug[:80]))
    return found
