"""Facets: how many of all matches carry each topic, official, source and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from search.naming import Naming
from search.results import Facets, MonthCount, SourceCount, TopicCount

MOST: Final = {"topic": 1_000, "official": 30, "source": 50, "month": 10_000}
"""Keyword field → how many of its values are counted at most, the most frequent."""


def facets(counted: Mapping[str, Sequence[tuple[str, int]]], naming: Naming) -> Facets:
    """The counts with names: most frequent first, months in order."""
    return Facets(
        topics=tuple(TopicCount(slug, naming.topic(slug), count) for slug, count in counted["topic"]),
        officials=tuple(naming.counted(official_id, count) for official_id, count in counted["official"]),
        sources=tuple(SourceCount(source, count) for source, count in counted["source"]),
        months=tuple(MonthCount(month, count) for month, count in sorted(counted["month"])),
    )
