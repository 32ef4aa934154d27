"""Verifying: does the index hold what the store holds, does it answer a real query, are the files whole?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crawler.ground.database import open_reading
from crawler.store.reading import StoreReader
from index.analysis.analyzer import analyze
from index.engine.embedded.snapshot import Snapshot
from index.errors import IndexRoomError
from tratin.settings import Settings

_SAMPLE = 25
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Verification:
    """What `tratin verify` found."""

    articles: int
    """Articles in the store that should be found."""
    documents: int
    """Documents in the index."""
    generation: str | None
    behind: int
    """Changes of the store that the index has not seen yet."""
    missing: tuple[str, ...]
    """Ids that the index lacks although it has seen their change (the first few)."""
    extra: tuple[str, ...]
    """Ids that the index still holds although the store does not (the first few)."""
    other_version: tuple[str, ...]
    """Ids whose indexed version is not the store's latest although it has seen the change (the first few)."""
    queried: int
    """Articles looked up by the words of their titles."""
    unanswered: tuple[str, ...]
    """Ids among these that were not found."""
    faults: tuple[str, ...]
    """Damaged files, in words."""

    @property
    def sound(self) -> bool:
        """Whether everything agrees."""
        return not (self.missing or self.extra or self.other_version or self.unanswered or self.faults)


def verify(settings: Settings) -> Verification:
    """Compare store and index, check every checksum, and look up a sample of articles by their titles."""
    faults = [fault for path in (settings.store_path, settings.registry_path) if (fault := _sqlite_fault(path))]
    with StoreReader(settings.store_path) as store:
        try:
            snapshot = Snapshot.open(settings.index_dir)
            snapshot.verify()
        except IndexRoomError as error:
            return Verification(store.count(), 0, None, store.last_change(), (), (), (), 0, (), (*faults, str(error)))
        seen = snapshot.stamp.change
        late = {change.id for change in store.changes(seen)}
        latest = store.latest_versions()
        wanted = set(latest) - late
        indexed = set(snapshot.keywords("id").values) - late
        both = sorted(wanted & indexed)
        other = [one for one in both if _indexed_version(snapshot, one) != latest[one]]
        sample = both[:: max(1, len(both) // _SAMPLE)][:_SAMPLE]
        unanswered = [one for one in sample if not _answers(snapshot, one)]
        return Verification(
            articles=store.count(),
            documents=snapshot.documents,
            generation=snapshot.generation,
            behind=len(late),
            missing=tuple(sorted(wanted - indexed)[:_TOLD]),
            extra=tuple(sorted(indexed - wanted)[:_TOLD]),
            other_version=tuple(other[:_TOLD]),
            queried=len(sample),
            unanswered=tuple(unanswered),
            faults=tuple(faults),
        )


def _sqlite_fault(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        with closing(open_reading(path)) as db:
            (told,) = db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        told = str(error)
    return None if told == "ok" else f"{path}: {told}; `tratin restore` a backup"


def _indexed_version(snapshot: Snapshot, article_id: str) -> int:
    doc = snapshot.number(article_id)
    return -1 if doc is None else int(snapshot.versions[doc])


def _answers(snapshot: Snapshot, article_id: str) -> bool:
    """Whether every word of the article's title leads to it."""
    doc = snapshot.number(article_id)
    if doc is None:
        return False
    keys = set(analyze(snapshot.stored(doc).title).syllables)
    found = (snapshot.postings("title", key) for key in keys)
    return all(postings is not None and bool(np.isin(doc, postings.docs)) for postings in found)
