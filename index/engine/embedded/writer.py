"""The writer of one generation: adopts the segments that stay, takes new ones, merges, and commits."""

from __future__ import annotations

import secrets
import shutil
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from crawler.ground.clock import stamp as stamp_now
from crawler.ground.disk import sync
from crawler.store.reading import KeptArticle
from index import codec
from index.document import Document
from index.engine.embedded import generations
from index.engine.embedded.flat.invert import Inverted
from index.engine.embedded.flat.merge import merge
from index.engine.embedded.flat.segment import MAX_DOCUMENTS, FlatSegment, segment_file
from index.engine.embedded.stamp import EmbeddedStamp, SegmentEntry, engine_versions
from index.engine.writing import Batch
from index.errors import IndexDamaged, NoIndex

STEP = 8
"""So many segments of one size class become one of the next."""
_CLASSES = (128, 1024, 8192, MAX_DOCUMENTS)
_INCREMENTAL = 8192
"""Segments up to this many documents are merged by an incremental build; larger ones wait for a full one."""
_STALE = 0.3
"""A segment is rewritten when more than this share of it is deleted."""


def write_segment(folder: Path, documents: Iterable[Document]) -> Batch:
    """Write documents as one durable segment file in a folder; at least one, at most 65,536. Runs in any process."""
    inverted = Inverted()
    for document in documents:
        inverted.add(
            streams=document.streams,
            keywords=document.keywords,
            day=document.day,
            version=document.version,
            stored=document.stored,
        )
    batch = Batch(secrets.token_hex(8), len(inverted))
    inverted.write(folder / segment_file(batch.id))
    return batch


@dataclass(frozen=True, slots=True)
class SegmentSink:
    """Writes segment files into the folder of a generation that is being made."""

    folder: Path

    def write(self, documents: Iterable[Document], place: int) -> Batch:
        """Write documents as one segment; see `write_segment`."""
        return write_segment(self.folder, documents)

    def keep(self, articles: Iterable[KeptArticle]) -> None:
        """Nothing to do: whoever reads this index reads the store."""


class GenerationWriter:
    """Builds one generation in a folder of its own. Use it under `generations.writing`.

    `base` is the generation to go on from, or None to build from nothing.
    """

    def __init__(self, index: Path, base: EmbeddedStamp | None) -> None:
        self._index, self._full = index, base is None
        self.folder = generations.begin(index)
        self.sink = SegmentSink(self.folder)
        self.segments: list[SegmentEntry] = []
        if base:
            for entry in base.segments:
                generations.adopt(index / base.generation / segment_file(entry.id), self.folder)
                self.segments.append(entry)

    def delete(self, ids: Iterable[str]) -> set[str]:
        """Delete articles wherever they stand so far; returns which of them were there."""
        wanted = [(id, id.encode()) for id in ids]
        there: set[str] = set()
        for number, entry in enumerate(self.segments):
            field = self._open(entry).fields["id"]
            gone = set(entry.deleted)
            for id, term in wanted:
                if (ordinal := field.terms.find(term)) >= 0:
                    doc = int(field.slice(ordinal).docs[0])
                    if doc not in gone:
                        there.add(id)
                        gone.add(doc)
            if len(gone) > len(entry.deleted):
                self.segments[number] = replace(entry, deleted=tuple(sorted(gone)))
        return there

    def take(self, batch: Batch) -> None:
        """Take a segment that `write_segment` wrote into this writer's folder."""
        self.segments.append(SegmentEntry(batch.id, batch.documents))

    def tidy(self, limit: int) -> None:
        """Merge small segments, drop empty ones, rewrite stale ones (see `_STALE`).

        `STEP` segments of one size class (up to 128, 1,024, 8,192 documents) become one, so a document is rewritten
        a few times in its life and a search meets a few dozen segments at most; classes from `limit` on are left alone.
        With `limit` at 65,536, as a full build asks, everything is packed into as few segments as hold it.
        """
        for entry in [entry for entry in self.segments if not entry.live]:
            self._drop([entry])
        for size in [size for size in _CLASSES if size < limit]:
            small = [entry for entry in self.segments if entry.live <= size]
            if len(small) >= STEP:
                self._join(small)
        if limit >= MAX_DOCUMENTS:
            self._join(self.segments)
        for entry in [entry for entry in self.segments if len(entry.deleted) > _STALE * entry.documents]:
            self._join([entry])

    def _join(self, entries: list[SegmentEntry]) -> None:
        """Concatenate segments, in their order, into as few as hold them."""
        group: list[SegmentEntry] = []
        for entry in [*entries, None]:
            if entry is None or sum(member.live for member in group) + entry.live > MAX_DOCUMENTS:
                if len(group) > 1 or (group and group[0].deleted):
                    self._merge(group)
                group = []
            if entry:
                group.append(entry)

    def _merge(self, group: list[SegmentEntry]) -> None:
        merged = secrets.token_hex(8)
        gone = [np.array(entry.deleted, np.int64) for entry in group]
        documents = merge([self._open(entry) for entry in group], gone, self.folder / segment_file(merged))
        self.segments.insert(self.segments.index(group[0]), SegmentEntry(merged, documents))
        self._drop(group)

    def _drop(self, entries: list[SegmentEntry]) -> None:
        for entry in entries:
            self.segments.remove(entry)
            (self.folder / segment_file(entry.id)).unlink()

    def _open(self, entry: SegmentEntry) -> FlatSegment:
        return FlatSegment(self.folder / segment_file(entry.id))

    def attach(self, name: str, database: Path) -> None:
        """Nothing to do: whoever reads this index shares its folder."""

    def publish(self, versions: Mapping[str, str], change: int) -> EmbeddedStamp:
        """Merge what is to be merged, then `commit`."""
        self.tidy(MAX_DOCUMENTS if self._full else _INCREMENTAL)
        return self.commit(versions, change)

    def commit(self, versions: Mapping[str, str], change: int) -> EmbeddedStamp:
        """Make the generation durable and let it answer."""
        toc = codec.write_toc(
            self.folder, (codec.Segment(entry.id, entry.documents, entry.deleted) for entry in self.segments)
        )
        stamp = EmbeddedStamp(
            generation=self.folder.name,
            versions=engine_versions(versions),
            change=change,
            made=stamp_now(),
            segments=tuple(self.segments),
            toc=zlib.crc32(toc.read_bytes()),
        )
        for path in (toc, stamp.write(self.folder)):
            sync(path)
        generations.swap(self._index, self.folder)
        return stamp

    def abandon(self) -> None:
        """Leave nothing behind; a generation that already answers stays."""
        with suppress(NoIndex, IndexDamaged):
            if generations.current(self._index) == self.folder.name:
                return
        shutil.rmtree(self.folder, ignore_errors=True)
