"""`topics` and `topics/<slug>`."""

from __future__ import annotations

from dataclasses import dataclass

from search.results import TopicCount
from web.api.operation import operation
from web.backend import backend
from web.i18n import t
from web.params import Parameter
from web.problems import Missing

_SLUG = Parameter("slug", "Topic slug.", {"type": "string", "minLength": 1}, "dan-toc-ton-giao")


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of the taxonomy, in its order."""

    topics: tuple[TopicCount, ...]


@operation("/topics", Topics)
def topics() -> Topics:
    """Every topic with the number of its articles."""
    return Topics(backend().searcher.topics())


@operation("/topics/<slug>", TopicCount, problems=(404,), slug=_SLUG)
def topic(slug: str) -> TopicCount:
    """One topic."""
    found = backend().searcher.topic(slug)
    if found is None:
        raise Missing(t("problem.no-topic", id=slug[:80]))
    return found
