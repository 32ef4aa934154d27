"""Walks one term's postings for Whoosh, a block at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.engine.embedded.flat.segment import FieldArrays

_BLOCK = 128


class PostingsMatcher(LeafMatcher):  # type: ignore[misc]
    """Whoosh's matcher over flat arrays. Blocks become Python lists: numpy scalars are slow in a Python loop."""

    def __init__(self, field: FieldArrays, ordinal: int, format_: Format, term: tuple[str, bytes], scorer: Any) -> None:
        self.format, self.scorer, self._term = format_, scorer, term
        self._field, self._ordinal = field, ordinal
        part = field.slice(ordinal)
        self._docs, self._positions = part.docs, part.positions
        self._tfs = np.ones(part.docs.size, np.uint8) if part.tfs is None else part.tfs
        self._ends = np.cumsum(self._tfs, dtype=np.int64)
        self.reset()

    def reset(self) -> None:
        """Back to the first posting."""
        self._enter(0)

    def copy(self) -> PostingsMatcher:
        """Another matcher at the same posting."""
        twin = PostingsMatcher(self._field, self._ordinal, self.format, self._term, self.scorer)
        twin._enter(self._start + self._i)
        return twin

    def _enter(self, posting: int) -> None:
        """Load the block that holds a posting, and stand on it."""
        self._start = posting - posting % _BLOCK
        stop = min(self._start + _BLOCK, self._docs.size)
        self._ids: list[int] = self._docs[self._start : stop].tolist()
        self._weights: list[int] = self._tfs[self._start : stop].tolist()
        self._i = posting - self._start

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return self._i < len(self._ids)

    def id(self) -> int:
        """The document here."""
        return self._ids[self._i]

    def weight(self) -> float:
        """How often the term occurs here."""
        return float(self._weights[self._i])

    def next(self) -> bool:
        """To the next posting; True when that begins a block."""
        if not self.is_active():
            raise ReadTooFar
        self._i += 1
        if self._i < len(self._ids):
            return False
        self._enter(self._start + self._i)
        return True

    def skip_to(self, id: int) -> None:
        """To the first posting whose document is not less than `id`."""
        if not self.is_active():
            raise ReadTooFar
        if id > self._ids[-1]:
            beyond = (
                self._docs.size if id > int(self._docs[-1]) else int(self._docs.searchsorted(self._docs.dtype.type(id)))
            )
            self._enter(beyond)
        else:
            while self._ids[self._i] < id:
                self._i += 1

    def skip_to_quality(self, minquality: float) -> int:
        """To the first block that may score more than `minquality`; returns how many were passed over."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._enter(self._start + len(self._ids))
            skipped += 1
        return skipped

    def value(self) -> bytes:
        """The posting's value as Whoosh's formats encode it."""
        if self._positions is not None:
            return bytes(self.format.encode(self.positions()))
        return bytes(pack_uint(self._weights[self._i])) if self.format.fixed_value_size() else b""

    def value_as(self, astype: str) -> Any:
        """The posting's value: positions, frequency, weight …"""
        if astype == "positions" and self._positions is not None:
            return self.positions()
        if astype in {"frequency", "weight"}:
            return self._weights[self._i]
        return super().value_as(astype)

    def positions(self) -> list[int]:
        """Where the term stands in the document here."""
        end = int(self._ends[self._start + self._i])
        places: list[int] = (
            self._positions[end - self._weights[self._i] : end].tolist() if self._positions is not None else []
        )
        return places

    def all_ids(self) -> Any:
        """Every document from the first on."""
        return iter(self._docs.tolist())

    def block_min_id(self) -> int:
        """The first document of this block."""
        return self._ids[0]

    def block_max_id(self) -> int:
        """The last document of this block."""
        return self._ids[-1]

    def block_max_weight(self) -> float:
        """The highest frequency in this block."""
        return float(max(self._weights))

    def _block_lengths(self) -> Any:
        lengths = self._field.lengths
        return (
            np.zeros(1, np.int64)
            if lengths is None
            else lengths[self._docs[self._start : self._start + len(self._ids)]]
        )

    def block_min_length(self) -> int:
        """The shortest document of this block, rounded as Whoosh scores it."""
        return int(byte_to_length(length_to_byte(int(self._block_lengths().min()))))

    def block_max_length(self) -> int:
        """The longest document of this block, rounded as Whoosh scores it."""
        return int(byte_to_length(length_to_byte(int(self._block_lengths().max()))))
