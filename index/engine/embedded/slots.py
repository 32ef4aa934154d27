"""Slots: one place of a phrase in one segment, where its alternatives stand, and whether one stands at a given token.

Tokens are indexes into the zone's stream (`flat.stream`): all its tokens, document after document.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.engine.embedded.flat.segment import FOLDED, FieldArrays, FlatSegment, Slice
from index.engine.embedded.flat.stream import RARE
from index.engine.kernel.matches import Docs, Mask
from index.engine.kernel.occurrences import BITS, Places
from index.query import Slot

Tokens = npt.NDArray[np.int64]
_FEW_CODES = 4
"""So many codes are compared one by one; more are looked up in a table."""


class Standing(NamedTuple):
    """Where a slot stands in a segment: tokens, ascending, and the document of each."""

    tokens: Tokens
    docs: npt.NDArray[np.uint16]

    @property
    def nbytes(self) -> int:
        """Bytes of both arrays."""
        return self.tokens.nbytes + self.docs.nbytes

    def where(self, mask: Mask) -> Standing:
        """Only the tokens in documents of a mask."""
        keep = mask.take(self.docs).nonzero()[0]
        return Standing(self.tokens.take(keep), self.docs.take(keep))

    def of(self, documents: Docs) -> Standing:
        """Only the tokens in a few documents, given in ascending order."""
        wanted = documents.astype(self.docs.dtype)
        first, last = self.docs.searchsorted(wanted), self.docs.searchsorted(wanted, side="right")
        keep = ranges(first, last - first)
        return Standing(self.tokens.take(keep), self.docs.take(keep))


class LocalSlot:
    """A slot of a query in one zone of one segment."""

    def __init__(self, segment: FlatSegment, slot: Slot, zone: str) -> None:
        fields = segment.fields
        self._zone = fields.get(zone)
        self.held: list[tuple[FieldArrays, int]] = [
            (arrays, ordinal)
            for key in slot
            if (arrays := fields.get(zone + key.form)) and (ordinal := arrays.terms.find(key.key.encode())) >= 0
        ]
        self.df = sum(arrays.df(ordinal) for arrays, ordinal in self.held)
        """How many documents hold the slot, those that hold two alternatives counted twice."""
        self.frequency = sum(
            int(arrays.pos_starts[ordinal + 1]) - int(arrays.pos_starts[ordinal]) for arrays, ordinal in self.held
        )
        """How often it stands in the zone, likewise."""

    def standing(self, begins: Tokens, within: Docs | None = None) -> Standing:
        """Where the slot stands; with `within` (ascending numbers of this segment) in those documents only."""
        parts = []
        for arrays, ordinal in self.held:
            found = arrays.slice(ordinal)
            parts.append(_everywhere(found, begins) if within is None else _in_documents(found, begins, within))
        if len(parts) == 1:
            return parts[0]
        tokens, first = np.unique(np.concatenate([part.tokens for part in parts]), return_index=True)
        return Standing(tokens, np.concatenate([part.docs for part in parts])[first])

    @cached_property
    def codes(self) -> npt.NDArray[np.uint16] | None:
        """The stream's codes of all alternatives; None when the stream does not hold them."""
        found, zone = [], self._zone
        if zone is None or zone.codes is None:
            return None
        for arrays, ordinal in self.held:
            if arrays is zone:
                found.append(zone.codes[ordinal : ordinal + 1])
            elif arrays.name == zone.name + FOLDED and zone.fold is not None:
                found.append(zone.codes[zone.fold == ordinal])
            else:
                return None
        return np.unique(np.concatenate(found))

    @cached_property
    def own_codes(self) -> list[int]:
        """The codes that are no other term's."""
        return [] if self.codes is None else [code for code in self.codes.tolist() if code != RARE]

    @cached_property
    def is_rare(self) -> bool:
        """Whether an alternative shares its code with other terms: where that stands, the postings must be asked."""
        return self.codes is not None and RARE in self.codes

    @cached_property
    def is_coded(self) -> bool:
        """Whether the stream alone tells where the slot stands."""
        return self.codes is not None and not self.is_rare

    def among(self, codes: npt.NDArray[np.uint16]) -> npt.NDArray[np.bool_]:
        """Which of these codes are the slot's own."""
        own = self.own_codes
        if not own:
            return np.zeros(codes.size, np.bool_)
        if len(own) > _FEW_CODES:
            wanted = np.zeros(RARE + 1, np.bool_)
            wanted[own] = True
            return wanted.take(codes)
        found: npt.NDArray[np.bool_] = codes == own[0]
        for code in own[1:]:
            found |= codes == code
        return found


def _everywhere(postings: Slice, begins: Tokens) -> Standing:
    assert postings.positions is not None  # every text field has them
    tokens, docs = begins.take(postings.docs), postings.docs
    if postings.tfs is not None:
        tokens, docs = tokens.repeat(postings.tfs), docs.repeat(postings.tfs)
    tokens += postings.positions
    return Standing(tokens, docs)


def _in_documents(postings: Slice, begins: Tokens, within: Docs) -> Standing:
    assert postings.positions is not None
    wanted = within.astype(postings.docs.dtype)
    at = postings.docs.searchsorted(wanted)
    at[at == postings.docs.size] = 0
    at = at[postings.docs[at] == wanted]
    docs = postings.docs[at]
    if postings.tfs is None:
        return Standing(begins.take(docs) + postings.positions[at], docs)
    counts = postings.tfs[at].astype(np.int64)
    starts = postings.tfs.cumsum(dtype=np.int64)[at] - counts
    docs = docs.repeat(counts)
    return Standing(begins.take(docs) + postings.positions[ranges(starts, counts)], docs)


def ranges(starts: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """So many numbers in a row from each start on."""
    ends = counts.cumsum()
    total = int(ends[-1]) if ends.size else 0
    numbers: npt.NDArray[np.int64] = (starts - ends + counts).repeat(counts)
    numbers += np.arange(total)
    return numbers


class StreamExcerpt:
    """The stream's codes of some documents of a segment, one document after the other."""

    def __init__(self, arrays: FieldArrays, docs: Docs) -> None:
        begins, ends = arrays.begins.take(docs), arrays.begins.take(docs + 1)
        stream = arrays.stream
        parts = [stream[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        self._codes = np.concatenate(parts) if parts else stream[:0]
        self._bounds = np.zeros(docs.size + 1, np.int64)
        np.cumsum(ends - begins, out=self._bounds[1:])
        self._docs = docs

    @property
    def nbytes(self) -> int:
        """Bytes of the codes."""
        return self._codes.nbytes

    def starts(self, slots: Sequence[LocalSlot]) -> Places:
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
