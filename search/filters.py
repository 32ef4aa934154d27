"""Filters: which articles a request lets through, whatever the query."""

from __future__ import annotations

from collections.abc import Iterator

from index.facets import FACETS, Facet
from index.query import Carrying, Node, Not, Published
from search.request import SearchRequest


def filter_nodes(request: SearchRequest) -> tuple[Node, ...]:
    """What every article must meet; an undated article is in no range of dates."""
    found = [node for facet in FACETS for node in _facet_nodes(facet, request)]
    if request.since or request.until:
        found.append(Published(request.since, request.until))
    return tuple(found)


def _facet_nodes(facet: Facet, request: SearchRequest) -> Iterator[Node]:
    wanted = request.wanted(facet.name)
    if facet.every and facet.name not in request.any:
        yield from (Carrying(facet.name, (value,)) for value in wanted)
    elif wanted:
        yield Carrying(facet.name, wanted)
    for condition in request.filters:
        if condition.facet == facet.name and condition.excluded:
            yield Not(Carrying(facet.name, (condition.value,)))
