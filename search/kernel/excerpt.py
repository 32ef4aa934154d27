"""Excerpt: every token of a few documents in one zone, where looking at all is quicker than asking the postings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from index.flat.segment import FieldArrays
from search.kernel.matches import Docs
from search.kernel.slots import BITS, Places, Slot, ranges


class Excerpt:
    """The stream's codes of some documents of a segment, one document after the other."""

    def __init__(self, arrays: FieldArrays, docs: Docs) -> None:
        begins = arrays.begins.take(docs)
        counts = arrays.begins.take(docs + 1) - begins
        tokens = ranges(begins, counts)
        self._codes = arrays.stream.take(tokens)
        self._docs = docs.repeat(counts)
        self._shift = (docs << BITS) - begins
        self._tokens, self._counts = tokens, counts

    @cached_property
    def _places(self) -> Places:
        """The place of every token, documents numbered as in the segment."""
        places: Places = self._tokens + self._shift.repeat(self._counts)
        return places

    def starts(self, slots: Sequence[Slot]) -> Places:
        """Where slots that the stream tells apart stand one after the other: places of the first."""
        keep = slots[0].among(self._codes)
        for step, slot in enumerate(slots[1:], 1):
            keep[:-step] &= slot.among(self._codes)[step:]
            keep[-step:] = False
        at = np.flatnonzero(keep)
        if len(slots) > 1:  # not from the end of one document to the beginning of the next
            at = at[self._docs.take(at) == self._docs.take(at + (len(slots) - 1))]
        return self._places.take(at)
