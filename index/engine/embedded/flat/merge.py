"""Join segments into one, leaving out deleted documents: dictionaries united, postings scattered to their places."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.engine.embedded.flat.segment import FOLDED, FieldArrays, FlatSegment, SegmentWriter
from index.engine.embedded.flat.stream import codes, stream
from index.engine.kernel.array_file import Array

Deleted = Sequence[Array]
"""For each segment, its deleted document numbers, ascending."""


def merge(segments: Sequence[FlatSegment], deleted: Deleted, path: Path) -> int:
    """Write the live documents of the segments, in their order, as one segment; returns how many."""
    places, documents = _places(segments, deleted)
    writer = SegmentWriter(path, documents)
    homes: dict[str, list[Array]] = {}
    for name in sorted({name for segment in segments for name in segment.fields}):
        parts = [
            _LiveField(segment.fields[name], new)
            for segment, new in zip(segments, places, strict=True)
            if name in segment.fields
        ]
        homes[name] = _merge_field(writer, name, parts, documents)
    for name in homes:
        _merge_fold(writer, name, [segment.fields[name] for segment in segments if name in segment.fields], homes)
    keeps = [new >= 0 for new in places]
    for column in ("day", "version"):
        columns = [segment.column(column)[keep] for segment, keep in zip(segments, keeps, strict=True)]
        writer.put_column(column, np.concatenate(columns))
    _merge_stored(writer, segments, keeps)
    writer.close()
    return documents


def _places(segments: Sequence[FlatSegment], deleted: Deleted) -> tuple[list[Array], int]:
    """For each segment the new number of every document, -1 for the deleted; and how many stay."""
    places, base = [], 0
    for segment, gone in zip(segments, deleted, strict=True):
        keep = np.ones(segment.documents, np.bool_)
        keep[gone] = False
        places.append(np.where(keep, base + np.cumsum(keep) - 1, -1).astype(np.int32))
        base += int(keep.sum())
    return places, base


class _LiveField:
    """One field of one segment, its postings cut down to the live documents."""

    def __init__(self, field: FieldArrays, new: Array) -> None:
        self.terms = list(field.terms)
        self.new, self.lengths = new, field.lengths
        self.positional = field.has_positions
        docs = new[field.docs]
        self.keep: Array | None = None if bool((new >= 0).all()) else docs >= 0
        sizes = _sizes(field.starts)
        tfs = np.ones(docs.size, np.uint8) if field.tfs is None else field.tfs
        self.docs, self.tfs = (docs, tfs) if self.keep is None else (docs[self.keep], tfs[self.keep])
        self.field = field
        self.sizes = sizes if self.keep is None else _sums(self.keep, field.starts)

    def positions(self) -> tuple[Array, Array]:
        """Positions of the live postings, and how many each term has."""
        field = self.field
        everywhere = field.positions.between(0, len(field.positions))
        if self.keep is None:
            return everywhere, _sizes(field.pos_starts)
        tfs = np.ones(field.docs.size, np.uint8) if field.tfs is None else field.tfs
        keep = np.repeat(self.keep, tfs)
        return everywhere[keep], _sums(keep, field.pos_starts)


def _sizes(starts: Array) -> Array:
    """How many elements lie between each two starts."""
    wide = starts.astype(np.int64)
    return wide[1:] - wide[:-1]


def _sums(keep: Array, starts: Array) -> Array:
    """How many are kept between each two starts."""
    running = np.concatenate(([0], np.cumsum(keep)))
    return _sizes(running[starts.astype(np.int64)])


def _merge_field(writer: SegmentWriter, name: str, parts: list[_LiveField], documents: int) -> list[Array]:
    """Write one field; returns for each part the new ordinal of every term, -1 where none is left."""
    union = sorted(set().union(*(part.terms for part in parts)))
    rank = {term: number for number, term in enumerate(union)}
    homes = [np.fromiter(map(rank.__getitem__, part.terms), np.int64, len(part.terms)) for part in parts]
    sizes = np.zeros(len(union), np.int64)
    for part, home in zip(parts, homes, strict=True):
        sizes[home] += part.sizes
    alive = sizes > 0
    terms = [term for term, stays in zip(union, alive.tolist(), strict=True) if stays]
    lengths = _lengths(parts, documents) if parts[0].positional else None
    starts = np.concatenate(([0], np.cumsum(sizes)))
    total = 0 if lengths is None else int(lengths.sum(dtype=np.int64))
    writer.put_terms(name, terms, np.append(starts[:-1][alive], starts[-1]), lengths, total)
    docs, tfs = np.empty(int(starts[-1]), np.uint16), np.empty(int(starts[-1]), np.uint32)
    filled = starts[:-1].copy()
    for part, home in zip(parts, homes, strict=True):
        at = _targets(filled, home, part.sizes)
        docs[at], tfs[at] = part.docs, part.tfs
    writer.put_postings(name, docs, tfs)
    if lengths is not None:
        positions, frequencies = _merge_positions(writer, name, parts, homes, alive)
        if all(part.field.codes is not None for part in parts):
            own = codes(frequencies)
            offsets = np.append(starts[:-1][alive], starts[-1])
            writer.put_stream(name, own, stream(own, offsets, docs, tfs, positions, lengths))
    new = np.where(alive, np.cumsum(alive) - 1, -1)
    return [new[home] for home in homes]


def _merge_fold(writer: SegmentWriter, name: str, fields: list[FieldArrays], homes: dict[str, list[Array]]) -> None:
    """Which folded term goes with each term, if every part knows."""
    folds = [field.fold for field in fields]
    if any(fold is None for fold in folds):
        return
    fold = np.zeros(max(int(home.max(initial=-1)) for home in homes[name]) + 1, np.uint32)
    for home, folded_home, part in zip(homes[name], homes[name + FOLDED], folds, strict=True):
        fold[home[home >= 0]] = folded_home[part][home >= 0]
    writer.put_fold(name, fold)


def _lengths(parts: list[_LiveField], documents: int) -> Array:
    lengths = np.zeros(documents, np.uint32)
    for part in parts:
        if part.lengths is not None:
            keep = part.new >= 0
            lengths[part.new[keep]] = part.lengths[keep]
    return lengths


def _merge_positions(
    writer: SegmentWriter, name: str, parts: list[_LiveField], homes: list[Array], alive: Array
) -> tuple[Array, Array]:
    """Write the positions; returns them, and how many each term has that is left."""
    given = [part.positions() for part in parts]
    sizes = np.zeros(alive.size, np.int64)
    for (_, counts), home in zip(given, homes, strict=True):
        sizes[home] += counts
    starts = np.concatenate(([0], np.cumsum(sizes)))
    kind = np.uint16 if all(positions.dtype.itemsize <= 2 for positions, _ in given) else np.uint32
    joined = np.empty(int(starts[-1]), kind)
    filled = starts[:-1].copy()
    for (positions, counts), home in zip(given, homes, strict=True):
        joined[_targets(filled, home, counts)] = positions
    writer.put_positions(name, np.append(starts[:-1][alive], starts[-1]), joined)
    return joined, sizes[alive]


def _targets(filled: Array, home: Array, sizes: Array) -> Array:
    """Where a part's elements go, in their order; `filled` moves on past them."""
    before = np.cumsum(sizes) - sizes
    targets = np.repeat(filled[home] - before, sizes)
    targets += np.arange(targets.size)
    filled[home] += sizes
    return targets


def _merge_stored(writer: SegmentWriter, segments: Sequence[FlatSegment], keeps: list[Array]) -> None:
    sizes, parts = [], []
    for segment, keep in zip(segments, keeps, strict=True):
        ends = segment.file.array("stored_ends")
        size = np.diff(ends, prepend=0)
        stored = segment.file.array("stored")
        sizes.append(size[keep])
        parts.append(stored if bool(keep.all()) else stored[np.repeat(keep, size)])
    writer.put_stored(np.cumsum(np.concatenate(sizes)), parts)
