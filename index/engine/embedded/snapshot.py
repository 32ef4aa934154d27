"""Snapshot: one generation, opened; every segment seen as one space of document numbers, deletions applied.

Nothing in it changes after opening, so threads may share it and forked workers share its pages. Whoosh is not needed.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.document import Stored, signature_of
from index.engine.embedded import generations
from index.engine.embedded.flat.segment import FieldArrays, FlatSegment, segment_file
from index.engine.embedded.keywords import Keywords, gather
from index.engine.embedded.stamp import EmbeddedStamp, read_stamp
from index.engine.kernel.array_file import Array
from index.engine.kernel.space import UNDATED, Postings
from index.engine.kernel.weighting import rounded
from index.errors import IndexDamaged, IndexMismatch

_RETRIES = 3


class Snapshot:
    """A generation, opened for reading, without the articles `withdrawn`. Make one with `Snapshot.open`."""

    def __init__(self, folder: Path, versions: Mapping[str, str] | None = None, withdrawn: Iterable[str] = ()) -> None:
        self.folder = folder
        self.stamp: EmbeddedStamp = read_stamp(folder)
        self.stamp.check(versions or {})
        self.generation = self.stamp.generation
        self.segments = [FlatSegment(folder / segment_file(entry.id)) for entry in self.stamp.segments]
        for entry, segment in zip(self.stamp.segments, self.segments, strict=True):
            if segment.documents != entry.documents:
                raise IndexDamaged(f"{segment.path} does not belong to {folder}: run `tratin reindex --full`")
        self.bases = np.cumsum([0, *(segment.documents for segment in self.segments)])
        self._starts: list[int] = self.bases[:-1].tolist()
        self.size = int(self.bases[-1])
        """Document numbers go from 0 up to this."""
        self.documents = self.stamp.documents
        """Live documents."""
        self.live = np.ones(self.size, np.bool_)
        """Which document numbers are live."""
        for entry, base in zip(self.stamp.segments, self.bases[:-1].tolist(), strict=True):
            self.live[base + np.array(entry.deleted, np.int64)] = False
        self._lengths: dict[str, Array] = {}
        self._keywords: dict[str, Keywords] = {}
        self._ordinal = lru_cache(1 << 15)(self._find)
        self._whole = [not entry.deleted for entry in self.stamp.segments]
        for doc in [doc for id in withdrawn if (doc := self.number(id)) is not None]:
            self.live[doc] = False
            self._whole[self._segment_of(doc)] = False
            self.documents -= 1

    @classmethod
    def open(cls, index: Path, versions: Mapping[str, str] | None = None, withdrawn: Iterable[str] = ()) -> Snapshot:
        """Open the generation that answers; a damaged one's predecessor when there is one and it is whole.

        Raises:
            NoIndex: nothing was indexed yet.
            IndexMismatch: it was written by other versions than `versions` and this engine's.
            IndexDamaged: neither it nor a predecessor can be read.
        """
        for _ in range(_RETRIES):
            name = generations.current(index)
            try:
                return cls(index / name, versions, withdrawn)
            except IndexDamaged as error:
                damage = error
                if generations.current(index) == name:  # else it was replaced, and swept, while we opened it
                    break
        return cls.open_earlier(index, name, damage, versions, withdrawn)

    @classmethod
    def open_earlier(
        cls,
        index: Path,
        than: str,
        damage: IndexDamaged,
        versions: Mapping[str, str] | None = None,
        withdrawn: Iterable[str] = (),
    ) -> Snapshot:
        """Open the newest whole generation before `than`, which is damaged; re-raises `damage` when there is none."""
        for name in generations.earlier(index, than):
            try:
                snapshot = cls(index / name, versions, withdrawn)
                snapshot.verify()
            except (IndexDamaged, IndexMismatch):
                continue
            return snapshot
        raise damage

    def is_whole(self, number: int) -> bool:
        """Whether all documents of a segment are live."""
        return self._whole[number]

    def verify(self) -> None:
        """Check every array of every segment; raises IndexDamaged naming the file."""
        for segment in self.segments:
            segment.file.verify()

    def _fields(self, field: str) -> Iterator[tuple[int, int, FieldArrays]]:
        """Number and base of each segment that has the field, and its arrays."""
        for number, segment in enumerate(self.segments):
            if field in segment.fields:
                yield number, int(self.bases[number]), segment.fields[field]

    def _find(self, number: int, field: str, term: str) -> int:
        return self.segments[number].fields[field].terms.find(term.encode())

    def postings(self, field: str, term: str, *, positions: bool = False) -> Postings | None:
        """Where a term stands, with its positions when asked for; None when nowhere."""
        docs: list[Array] = []
        tfs: list[Array] = []
        places: list[Array] = []
        for number, base, arrays in self._fields(field):
            ordinal = self._ordinal(number, field, term)
            if ordinal < 0:
                continue
            part = arrays.slice(ordinal, positions=positions)
            found = part.docs.astype(np.intp)
            found += base
            counts = np.ones(found.size, np.uint8) if part.tfs is None else part.tfs
            where = part.positions
            if not self._whole[number]:
                keep = self.live[found]
                where = None if where is None else where[np.repeat(keep, counts)]
                found, counts = found[keep], counts[keep]
            docs.append(found)
            tfs.append(counts)
            if where is not None:
                places.append(where)
        if not docs or not any(part.size for part in docs):
            return None
        joined = _joined(tfs)
        starts = np.concatenate(([0], np.cumsum(joined, dtype=np.int64))) if positions and places else None
        return Postings(_joined(docs), joined, starts, _joined(places) if starts is not None else None)

    def places(self, field: str, term: str, doc: int) -> list[int]:
        """The positions of a term in one document, ascending; empty when it is not there."""
        number = self._segment_of(doc)
        arrays = self.segments[number].fields.get(field)
        ordinal = arrays.terms.find(term.encode()) if arrays else -1
        if arrays is None or ordinal < 0:
            return []
        part = arrays.slice(ordinal)
        local = part.docs.dtype.type(doc - int(self.bases[number]))
        at = int(part.docs.searchsorted(local))
        if at == part.docs.size or part.docs[at] != local or part.positions is None:
            return []
        start = at if part.tfs is None else int(part.tfs[:at].sum(dtype=np.int64))
        places: list[int] = part.positions[start : start + (1 if part.tfs is None else int(part.tfs[at]))].tolist()
        return places

    def df(self, field: str, term: str) -> int:
        """How many documents hold a term, those deleted since their segment was written too (as BM25 counts)."""
        return sum(
            arrays.df(ordinal)
            for number, _, arrays in self._fields(field)
            if (ordinal := self._ordinal(number, field, term)) >= 0
        )

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Terms that begin with `prefix`, in code-point order, each with its `df`."""
        parts = [_terms(arrays, prefix.encode()) for _, _, arrays in self._fields(field)]
        for term, same in groupby(heapq.merge(*parts), key=lambda pair: pair[0]):
            yield term.decode(), sum(df for _, df in same)

    def frequent(self, field: str, count: int) -> list[str]:
        """The most frequent terms of the largest segment, the most frequent first: what is worth warming."""
        parts = sorted(self._fields(field), key=lambda part: self.segments[part[0]].documents)
        if not parts:
            return []
        arrays = parts[-1][2]
        starts = arrays.starts.astype(np.int64)
        order = np.argsort(starts[:-1] - starts[1:], kind="stable")[:count]
        return [arrays.terms[ordinal].decode() for ordinal in order.tolist()]

    def lengths(self, field: str) -> Array:
        """Tokens of a field in each document, rounded to the 256 lengths that Whoosh scores with; 0 where none."""
        if field not in self._lengths:
            exact = np.zeros(self.size, np.uint32)
            for _, base, arrays in self._fields(field):
                if arrays.lengths is not None:
                    exact[base : base + arrays.lengths.size] = arrays.lengths
            self._lengths[field] = rounded(exact)
        return self._lengths[field]

    def average_length(self, field: str) -> float:
        """Tokens of a field over all documents, those deleted since too (as BM25 counts)."""
        return sum(arrays.total for _, _, arrays in self._fields(field)) / (self.size or 1)

    def _column(self, name: str, kind: type[np.generic]) -> Array:
        return np.concatenate([np.empty(0, kind), *(segment.column(name) for segment in self.segments)]).astype(kind)

    @cached_property
    def days(self) -> npt.NDArray[np.int32]:
        """Each document's day since 1970-01-01, `UNDATED` where unknown."""
        return self._column("day", np.int32)

    @cached_property
    def dated(self) -> npt.NDArray[np.bool_]:
        """Which documents have a day."""
        dated: npt.NDArray[np.bool_] = self.days != UNDATED
        return dated

    @cached_property
    def newest(self) -> int:
        """The newest day of a live document; 0 where none has one."""
        dated = self.days[self.dated & self.live]
        return int(dated.max()) if dated.size else 0

    @cached_property
    def versions(self) -> npt.NDArray[np.uint32]:
        """Each document's article version."""
        return self._column("version", np.uint32)

    def keywords(self, field: str) -> Keywords:
        """The values of a keyword field, by document and by value."""
        if field not in self._keywords:
            self._keywords[field] = gather(list(self._fields(field)), self.size, self.live)
        return self._keywords[field]

    def number(self, id: str) -> int | None:
        """The document number of an article, None when it is not indexed."""
        found = self.postings("id", id)
        return int(found.docs[0]) if found else None

    def stored(self, doc: int) -> Stored:
        """What is kept of a document for hits, snippets and pages."""
        return Stored.read(self._content(doc))

    def signature(self, doc: int) -> bytes:
        """What finds a document's near-duplicates: see `index.duplicates`."""
        return signature_of(self._content(doc))

    def _content(self, doc: int) -> bytes:
        number = self._segment_of(doc)
        return bytes(self.segments[number].stored(doc - int(self.bases[number])))

    def _segment_of(self, doc: int) -> int:
        return bisect_right(self._starts, doc) - 1

    def id(self, doc: int) -> str:
        """The article's id."""
        return self.stored(doc).id


def _terms(arrays: FieldArrays, prefix: bytes) -> Iterator[tuple[bytes, int]]:
    first, last = arrays.terms.prefix_range(prefix)
    for start in range(first, last, 1024):
        stop = min(start + 1024, last)
        dfs = np.diff(arrays.starts[start : stop + 1].astype(np.int64)).tolist()
        yield from zip(arrays.terms.slice(start, stop), dfs, strict=True)


def _joined(parts: list[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
