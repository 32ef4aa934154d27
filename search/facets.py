"""Facets: how many of all matches carry each topic, official, source and month."""

from __future__ import annotations

from collections.abc import Callable

from index.snapshot import Snapshot
from search.kernel.matches import Docs
from search.results import Facets, MonthCount, OfficialCount, SourceCount, TopicCount

MOST_OFFICIALS = 30
MOST_SOURCES = 50


def facets(
    snapshot: Snapshot, docs: Docs, topic_name: Callable[[str], str], official: Callable[[str, int], OfficialCount]
) -> Facets:
    """Counts over `docs`: most frequent first, months in order. `official` describes (id, count)."""
    topics = snapshot.keywords("topic").counted(docs)
    officials = snapshot.keywords("official").counted(docs)[:MOST_OFFICIALS]
    sources = snapshot.keywords("source").counted(docs)[:MOST_SOURCES]
    months = sorted(snapshot.keywords("month").counted(docs))
    return Facets(
        topics=tuple(TopicCount(slug, topic_name(slug), count) for slug, count in topics),
        officials=tuple(official(official_id, count) for official_id, count in officials),
        sources=tuple(SourceCount(source, count) for source, count in sources),
        months=tuple(MonthCount(month, count) for month, count in months),
    )


def undated(snapshot: Snapshot, docs: Docs) -> int:
    """How many of `docs` have no day."""
    return int((~snapshot.dated[docs]).sum())
