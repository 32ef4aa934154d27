"""Excerpt: every token of a few documents in one zone, where looking at all is quicker than asking the postings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.flat.segment import FieldArrays
from search.kernel.matches import Docs
from search.kernel.slots import BITS, Places, Slot


class Excerpt:
    """The stream's codes of some documents of a segment, one document after the other."""

    def __init__(self, arrays: FieldArrays, docs: Docs) -> None:
        begins, ends = arrays.begins.take(docs), arrays.begins.take(docs + 1)
        stream = arrays.stream
        parts = [stream[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        self._codes = np.concatenate(parts) if parts else stream[:0]
        self._bounds = np.zeros(docs.size + 1, np.int64)
        np.cumsum(ends - begins, out=self._bounds[1:])
        self._docs = docs

    def starts(self, slots: Sequence[Slot]) -> Places:
        """Where slots that the stream tells apart stand one after the other: places of the first."""
        anchor, *others = sorted(range(len(slots)), key=lambda at: slots[at].frequency)
        at = slots[anchor].among(self._codes).nonzero()[0] - anchor
        for other in others:
            at = at[slots[other].among(self._codes.take(at + other, mode="clip"))]
        row = self._bounds.searchsorted(at, side="right") - 1
        if others:  # not over the bounds of a document
            inside = (at >= 0) & (at + len(slots) <= self._bounds.take(row + 1, mode="clip"))
            at, row = at[inside], row[inside]
        places: Places = (self._docs.take(row) << BITS) + (at - self._bounds.take(row))
        return places
