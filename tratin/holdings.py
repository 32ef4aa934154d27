"""Holdings: how much is kept, of which newspapers and months, and what it takes on disk."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from crawler.ground.disk import size
from crawler.store.reading import StoreReader
from index.engine.writing import Stamp
from index.errors import IndexRoomError
from tratin.parts import indexing_of
from tratin.settings import Settings


@dataclass(frozen=True, slots=True)
class Holdings:
    """What `tratin stats` tells."""

    articles: int
    versions: int
    withdrawn: int
    documents: int
    generation: str | None
    behind: int
    """Changes of the store that the index has not seen."""
    sources: tuple[tuple[str | None, int, str | None, str | None], ...]
    """Newspaper, articles, first and last month."""
    disk: dict[str, int]
    """Bytes by kind."""

    def as_json(self) -> dict[str, Any]:
        """The report with a source an object."""
        names = ("source", "count", "first", "last")
        return {**asdict(self), "sources": [dict(zip(names, row, strict=True)) for row in self.sources]}


def holdings(settings: Settings) -> Holdings:
    """Count what is kept under the data folder."""
    with StoreReader(settings.store_path) as store:
        counted = store.counts()
        months: dict[str | None, list[str]] = {}
        totals: dict[str | None, int] = {}
        for row in store.coverage():
            totals[row.source] = totals.get(row.source, 0) + row.count
            months.setdefault(row.source, []).extend([row.month] if row.month else [])
        last = store.last_change()
    indexing = indexing_of(settings)
    try:
        stamp: Stamp | None = indexing.stamp()
    except IndexRoomError:
        stamp = None
    rows = (
        (name, count, min(months[name], default=None), max(months[name], default=None))
        for name, count in totals.items()
    )
    return Holdings(
        articles=counted.live,
        versions=counted.versions,
        withdrawn=counted.withdrawn,
        documents=stamp.documents if stamp else 0,
        generation=stamp.generation if stamp else None,
        behind=last - stamp.change if stamp else last,
        sources=tuple(sorted(rows, key=lambda row: -row[1])),
        disk={
            "store": size(settings.store_path),
            "officials": size(settings.registry_path),
            "frontier": size(settings.frontier_path),
            "warc": size(settings.warc_dir),
            "index": indexing.size(),
        },
    )
