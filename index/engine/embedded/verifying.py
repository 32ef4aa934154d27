"""Verifying the index: every byte of the generation that answers, against its checksums."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crawler.ground.fault import REINDEX, Fault
from index.analysis.analyzer import analyze
from index.codec import toc_file
from index.engine.embedded import generations
from index.engine.embedded.snapshot import Snapshot
from index.engine.embedded.stamp import EmbeddedStamp
from index.errors import IndexMismatch, IndexRoomError, NoIndex

FULL = f"{REINDEX} --full"


@dataclass(frozen=True, slots=True)
class SnapshotInspection:
    """The generation that answers, opened to be checked; see `index.engine.writing.Inspection`."""

    snapshot: Snapshot

    @property
    def stamp(self) -> EmbeddedStamp:
        """What it was made of."""
        return self.snapshot.stamp

    def versions_held(self) -> dict[str, int]:
        """Id and version of every live document."""
        snapshot = self.snapshot
        ids = snapshot.keywords("id")
        return {ids.of(doc)[0]: int(snapshot.versions[doc]) for doc in np.flatnonzero(snapshot.live).tolist()}

    def answers(self, id: str) -> bool:
        """Whether every word of an article's title leads to it."""
        doc = self.snapshot.number(id)
        if doc is None:
            return False
        keys = set(analyze(self.snapshot.stored(doc).title).syllables)
        found = (self.snapshot.postings("title", key) for key in keys)
        return all(postings is not None and bool(np.isin(doc, postings.docs)) for postings in found)


def inspect(index: Path) -> tuple[SnapshotInspection | None, list[Fault]]:
    """The generation that answers, if it can be opened, and what is wrong with its files. NoIndex is no fault here.

    Unlike `Snapshot.open` it never falls back to an earlier generation.

    Raises:
        IndexMismatch: it was written by another version of Tra Tin.
    """
    try:
        snapshot = Snapshot(index / generations.current(index))
    except NoIndex as error:
        orphans = [path.name for path in index.glob("[0-9]*-*") if path.is_dir() and not path.is_symlink()]
        return None, [_fault(index / "CURRENT", error)] if orphans else []
    except IndexMismatch:
        raise
    except IndexRoomError as error:
        return None, [_fault(index, error)]
    faults = []
    try:
        snapshot.verify()
    except IndexRoomError as error:
        faults.append(_fault(snapshot.folder, error))
    if (wrong := _toc_fault(snapshot)) is not None:
        faults.append(wrong)
    return SnapshotInspection(snapshot), faults


def _toc_fault(snapshot: Snapshot) -> Fault | None:
    path = toc_file(snapshot.folder)
    if snapshot.stamp.generation != snapshot.folder.name:
        what = f"its stamp is that of {snapshot.stamp.generation}"
        return Fault(str(snapshot.folder), what, _LOST, FULL)
    try:
        if snapshot.stamp.toc is None or zlib.crc32(path.read_bytes()) == snapshot.stamp.toc:
            return None
        what = "its checksum is wrong"
    except OSError as error:
        what = f"it cannot be read ({error.strerror})"
    return Fault(str(path), what, _LOST, FULL)


_LOST = "nothing: the index is made from the store"


def _fault(where: Path, error: IndexRoomError) -> Fault:
    return Fault(str(where), str(error).partition(": run `")[0], _LOST, FULL)
