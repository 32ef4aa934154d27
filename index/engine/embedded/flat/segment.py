"""A segment: up to 65,536 documents in one file of flat arrays, written once and never changed.

Arrays of a field F with n terms: `F.blob`, `F.ends`, `F.heads` (see `kernel.term_list`) · `F.starts` (n + 1, where each
term's postings begin) · `F.docs` (document numbers, ascending within a term) · `F.tfs` (absent when all are 1) ·
`F.pos_starts` (n + 1) and `F.positions` … (of all postings, in their order: `flat.positions`; absent in keyword
fields) · `F.lengths` (tokens of each document; absent in keyword fields). Where every document has one term at each of
the positions 0, 1, 2 …: `F.codes` and `F.stream` (see `flat.stream`), and if a field F_fold has its terms at the
same places, `F.fold` (n): the ordinal there that stands wherever this term does. Besides: `stored`, `stored_ends`, and
the columns `day`, `version`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.engine.embedded.flat.positions import Positions, packed
from index.engine.kernel.array_file import Array, ArrayFile, ArrayFileWriter
from index.engine.kernel.term_list import TermList, term_arrays

MAX_DOCUMENTS = 65_536
"""So that document numbers fit two bytes, and that a merge stays small."""
FOLDED = "_fold"
"""What the name of a field's folded form ends with."""


def segment_file(id: str) -> str:
    """The name of a segment's file, as Whoosh expects it of an index of its default name."""
    return f"MAIN_{id}.flat"


@dataclass(frozen=True, slots=True)
class Slice:
    """One term's postings in one segment."""

    docs: Array
    tfs: Array | None
    """None when all are 1."""
    positions: Array | None
    """Of all postings, in their order; None in keyword fields."""


class FieldArrays:
    """One field of one segment; each array is mapped and checked when it is first needed."""

    def __init__(self, file: ArrayFile, name: str, total: int) -> None:
        self._file, self.name = file, name
        self.total = total
        """Tokens of all documents, deleted ones too."""
        self.has_positions = f"{name}.positions" in file

    def _array(self, part: str) -> Array:
        return self._file.array(f"{self.name}.{part}")

    @cached_property
    def terms(self) -> TermList:
        """The field's dictionary."""
        return TermList(self._array("blob"), self._array("ends"), self._array("heads"))

    @cached_property
    def starts(self) -> Array:
        """Where each term's postings begin, and one end."""
        return self._array("starts")

    @cached_property
    def docs(self) -> Array:
        """Document numbers of all postings."""
        return self._array("docs")

    @cached_property
    def tfs(self) -> Array | None:
        """Term frequencies of all postings; None when all are 1."""
        return self._array("tfs") if f"{self.name}.tfs" in self._file else None

    @cached_property
    def pos_starts(self) -> Array:
        """Where each term's positions begin, and one end."""
        return self._array("pos_starts")

    @cached_property
    def positions(self) -> Positions:
        """Positions of all postings."""
        return Positions(self._file, self.name)

    @cached_property
    def codes(self) -> Array | None:
        """Each term's code in `stream`; None where there is no stream."""
        return self._array("codes") if f"{self.name}.codes" in self._file else None

    @cached_property
    def stream(self) -> Array:
        """The codes of all tokens, document after document."""
        return self._array("stream")

    @cached_property
    def begins(self) -> Array:
        """Where each document begins in `stream`, and one end."""
        lengths = self._array("lengths")
        return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))

    @cached_property
    def fold(self) -> Array | None:
        """For each term, the ordinal in the folded field that stands wherever it does; None where there is none."""
        return self._array("fold") if f"{self.name}.fold" in self._file else None

    @cached_property
    def lengths(self) -> Array | None:
        """Tokens of each document; None in keyword fields."""
        return self._array("lengths") if f"{self.name}.lengths" in self._file else None

    def df(self, ordinal: int) -> int:
        """How many documents hold the term, deleted ones too."""
        return int(self.starts[ordinal + 1]) - int(self.starts[ordinal])

    def slice(self, ordinal: int, *, positions: bool = True) -> Slice:
        """The postings of a term; without `positions` those are left alone."""
        start, stop = int(self.starts[ordinal]), int(self.starts[ordinal + 1])
        tfs = None if self.tfs is None else self.tfs[start:stop]
        if not positions or not self.has_positions:
            return Slice(self.docs[start:stop], tfs, None)
        places = self.positions.between(int(self.pos_starts[ordinal]), int(self.pos_starts[ordinal + 1]))
        return Slice(self.docs[start:stop], tfs, places)


class FlatSegment:
    """Reads one segment. Raises as `ArrayFile` does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = ArrayFile(path)
        self.documents = int(self.file.about["documents"])
        totals: dict[str, int] = self.file.about["totals"]
        self.fields = {name: FieldArrays(self.file, name, total) for name, total in totals.items()}

    def column(self, name: str) -> Array:
        """`day` or `version` of every document."""
        return self.file.array(name)

    def stored(self, doc: int) -> bytes:
        """What was stored with a document."""
        ends = self.file.array("stored_ends")
        start = int(ends[doc - 1]) if doc else 0
        return self.file.array("stored")[start : int(ends[doc])].tobytes()


class SegmentWriter:
    """Writes one segment field by field; `close` makes it durable."""

    def __init__(self, path: Path, documents: int) -> None:
        if documents > MAX_DOCUMENTS:
            raise ValueError(f"{documents} documents: a segment holds {MAX_DOCUMENTS}")
        self._file = ArrayFileWriter(path)
        self._documents = documents
        self._totals: dict[str, int] = {}

    def put_terms(self, name: str, terms: Sequence[bytes], starts: Array, lengths: Array | None, total: int) -> None:
        """A field's dictionary (terms in byte order), its postings' starts and its documents' lengths."""
        for part, array in term_arrays(terms).items():
            self._file.add(f"{name}.{part}", array)
        self._file.add(f"{name}.starts", narrowed(starts, least=np.uint32))
        if lengths is not None:
            self._file.add(f"{name}.lengths", narrowed(lengths))
        self._totals[name] = total

    def put_postings(self, name: str, docs: Array, tfs: Array | None) -> None:
        """Document numbers and term frequencies, in the order of `starts`."""
        self._file.add(f"{name}.docs", docs.astype(np.uint16))
        if tfs is not None and tfs.size and int(tfs.max()) > 1:
            self._file.add(f"{name}.tfs", narrowed(tfs))

    def put_positions(self, name: str, pos_starts: Array, positions: Array) -> None:
        """Positions of all postings."""
        self._file.add(f"{name}.pos_starts", narrowed(pos_starts, least=np.uint32))
        for part, array in packed(positions).items():
            self._file.add(f"{name}.{part}", array)

    def put_stream(self, name: str, codes: Array, stream: Array) -> None:
        """The tokens in the order of the text: terms' codes, and the code of every token."""
        self._file.add(f"{name}.codes", codes)
        self._file.add(f"{name}.stream", stream)

    def put_fold(self, name: str, fold: Array) -> None:
        """For each term the ordinal in the folded field that stands wherever it does."""
        self._file.add(f"{name}.fold", fold.astype(np.uint32))

    def put_column(self, name: str, values: Array) -> None:
        """One number a document."""
        self._file.add(name, values)

    def put_stored(self, ends: Array, parts: Sequence[Array]) -> None:
        """What is stored with the documents, joined, and where each ends."""
        self._file.add("stored_ends", ends.astype(np.int64))
        self._file.add_parts("stored", np.uint8, parts)

    def close(self) -> None:
        """Finish the file and fsync it."""
        self._file.close({"documents": self._documents, "totals": self._totals})


def narrowed(values: Array, least: npt.DTypeLike = np.uint8) -> Array:
    """The values in the narrowest unsigned type that holds them, not narrower than `least`."""
    top = int(values.max()) if values.size else 0
    for kind in (np.uint8, np.uint16, np.uint32, np.uint64):
        if np.dtype(kind).itemsize >= np.dtype(least).itemsize and top <= np.iinfo(kind).max:
            return values.astype(kind)
    raise OverflowError(top)
