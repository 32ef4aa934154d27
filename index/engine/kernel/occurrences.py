"""Occurrences: where a clause stands, as flat arrays over all documents of a zone, and how two clauses stand together.

A clause may have several spellings of unequal length (`UBND`, `Ủy ban nhân dân`), so every occurrence has its own end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.engine.clauses import Clause
from index.engine.kernel.matches import Docs, Mask, among

BITS = 20
"""Positions take the low 20 bits of a place: a zone of more than a million syllables is beyond any article."""
POSITION = (1 << BITS) - 1
Places = npt.NDArray[np.int64]
"""Document number * 2**BITS + position, ascending."""


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


class Excerpt(Protocol):
    """The tokens of some documents in one zone, as whoever finds phrases reads them."""

    @property
    def nbytes(self) -> int:
        """Bytes of them."""


@dataclass(frozen=True, eq=False)
class DocumentSet:
    """Some documents of a space of `size` numbers, to look nowhere else, and what was read of them."""

    docs: Docs
    """Ascending."""
    size: int
    excerpts: dict[tuple[int, str], Excerpt] = field(default_factory=dict)
    """By part of the space (a segment) and zone."""
    occurrences: dict[tuple[Clause, str], Occurrences] = field(default_factory=dict)
    """By clause and zone, where the clause stands in them."""

    @cached_property
    def mask(self) -> Mask:
        """The same documents as a mask."""
        mask = np.zeros(self.size, np.bool_)
        mask[self.docs] = True
        return mask

    def holds(self, docs: Docs) -> bool:
        """Whether all these documents are among the chosen."""
        return bool(among(docs, self.docs).all())

    @property
    def nbytes(self) -> int:
        """Bytes of the documents' mask, of the tokens that were read and of the places that were found."""
        read = sum(excerpt.nbytes for excerpt in self.excerpts.values())
        return self.size + read + sum(found.begins.nbytes + found.ends.nbytes for found in self.occurrences.values())


def either(several: Sequence[Occurrences]) -> Occurrences:
    """All occurrences of several spellings, in order; of two that begin at one place the longer stays."""
    several = [places for places in several if len(places)]
    if not several:
        return NONE
    if len(several) == 1:
        return several[0]
    begins = np.concatenate([places.begins for places in several])
    ends = np.concatenate([places.ends for places in several])
    order = np.lexsort((-ends, begins))
    begins, ends = begins[order], ends[order]
    first = np.concatenate(([True], begins[1:] != begins[:-1]))
    return Occurrences(begins[first], ends[first])


def followed(first: Occurrences, second: Occurrences) -> Occurrences:
    """Where `second` begins just where `first` ends."""
    if not len(first) or not len(second):
        return NONE
    at = np.searchsorted(second.begins, first.ends)
    at[at == len(second)] = 0
    meet = second.begins[at] == first.ends
    return Occurrences(first.begins[meet], second.ends[at[meet]])


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
