"""Occurrences: where a clause stands, as flat arrays over all documents of a zone, and how two clauses stand together.

Places are the kernel's: document number × 2^20 + position. A clause may have several spellings of unequal length
(`UBND`, `Ủy ban nhân dân`), so every occurrence has its own end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.engine.embedded.matches import Mask, among
from index.engine.embedded.slots import BITS, Places


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Begins (ascending) and ends (exclusive) of one clause in one zone, both as places."""

    begins: Places
    ends: Places

    @property
    def docs(self) -> npt.NDArray[np.int64]:
        """Document number of every occurrence, ascending, repeated."""
        return self.begins >> BITS

    def where(self, mask: Mask) -> Occurrences:
        """Only those in documents of a mask."""
        keep = mask.take(self.docs).nonzero()[0]
        return Occurrences(self.begins.take(keep), self.ends.take(keep))

    def __len__(self) -> int:
        return len(self.begins)


NONE = Occurrences(np.empty(0, np.int64), np.empty(0, np.int64))


def either(several: Sequence[Occurrences]) -> Occurrences:
    """All occurrences of several spellings, in order; of two that begin at one place the longer stays."""
    several = [one for one in several if len(one)]
    if not several:
        return NONE
    if len(several) == 1:
        return several[0]
    begins = np.concatenate([one.begins for one in several])
    ends = np.concatenate([one.ends for one in several])
    order = np.lexsort((-ends, begins))
    begins, ends = begins[order], ends[order]
    first = np.concatenate(([True], begins[1:] != begins[:-1]))
    return Occurrences(begins[first], ends[first])


def followed(one: Occurrences, other: Occurrences) -> Occurrences:
    """Where `other` begins just where `one` ends."""
    if not len(one) or not len(other):
        return NONE
    at = np.searchsorted(other.begins, one.ends)
    at[at == len(other)] = 0
    meet = other.begins[at] == one.ends
    return Occurrences(one.begins[meet], other.ends[at[meet]])


def counted(places: Occurrences) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """The documents with an occurrence, ascending, and how many each has."""
    docs = places.docs
    if not docs.size:
        return np.empty(0, np.intp), np.empty(0)
    fresh = np.ones(docs.size + 1, np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=fresh[1:-1])
    bounds = fresh.nonzero()[0]
    return docs.take(bounds[:-1]), (bounds[1:] - bounds[:-1]).astype(np.float64)


def not_after(places: Occurrences, shield: Occurrences) -> Occurrences:
    """Without the occurrences that begin just where `shield` ends (`Chủ tịch` but not in `Phó Chủ tịch`)."""
    if not len(places) or not len(shield):
        return places
    keep = ~among(places.begins, shield.ends)
    return Occurrences(places.begins[keep], places.ends[keep])
