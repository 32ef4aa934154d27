"""Facets: how many of all matches carry each topic, official, newspaper, section and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from index.facets import COUNTED
from search.naming import Naming
from search.results import DayCount, Facets, MonthCount

MOST: Final = {**{facet.name: facet.most for facet in COUNTED}, "month": None}
"""Keyword field → how many of its values are counted at most, the most frequent; None for all."""


def facets(
    counted: Mapping[str, Sequence[tuple[str, int]]], days: Sequence[tuple[date, int]], naming: Naming
) -> Facets:
    """The counts with names: most frequent first, months in order."""
    counts: dict[str, Any] = {
        facet.plural: tuple(naming.counted(facet.name, value, count) for value, count in counted[facet.name])
        for facet in COUNTED
    }
    months = tuple(MonthCount(month, count) for month, count in sorted(counted["month"]))
    return Facets(**counts, months=months, days=tuple(DayCount(day, count) for day, count in days))
