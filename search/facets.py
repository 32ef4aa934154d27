"""Facets: how many of all matches carry each topic, official, newspaper, section and month."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from index.facets import COUNTED
from index.snapshot import Snapshot
from search.kernel.matches import Docs
from search.results import FacetCount, Facets, MonthCount

Counted = Callable[[str, str, int], FacetCount]
"""A facet, a value and how many matches carry it → its count, with what it is called."""


def facets(snapshot: Snapshot, docs: Docs, counted: Counted) -> Facets:
    """Counts over `docs`: most frequent first, months in order."""
    counts: dict[str, Any] = {
        facet.plural: tuple(
            counted(facet.name, value, count)
            for value, count in snapshot.keywords(facet.name).counted(docs)[: facet.most]
        )
        for facet in COUNTED
    }
    months = sorted(snapshot.keywords("month").counted(docs))
    return Facets(**counts, months=tuple(MonthCount(month, count) for month, count in months))


def undated(snapshot: Snapshot, docs: Docs) -> int:
    """How many of `docs` have no day."""
    return int((~snapshot.dated[docs]).sum())
