"""`topics` and `topics/<slug>`."""

from __future__ import annotations

from dataclasses import asdict

from web.api.operation import Json, operation
from web.api.schemas import listing, ref
from web.i18n import t
from web.params import Parameter
from web.parts import parts
from web.problems import Missing

_SLUG = Parameter("slug", "Topic slug.", {"type": "string", "minLength": 1}, "dan-toc-ton-giao")


@operation("/topics", listing("topics", ref("Topic")))
def topics() -> Json:
    """Every topic with the number of its articles."""
    return {"topics": [asdict(topic) for topic in parts().searcher.topics()]}


@operation("/topics/<slug>", ref("Topic"), problems=(404,), slug=_SLUG)
def topic(slug: str) -> Json:
    """One topic."""
    found = parts().searcher.topic(slug)
    if found is None:
        raise Missing(t("problem.no-topic", id=slug[:80]))
    return asdict(found)
