"""Showing: where the clauses of a query stand in the texts of a few documents, as offsets into what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from index.document import Offsets
from index.engine import Mark
from index.engine.clauses import Clause
from index.engine.kernel.matches import Docs
from index.engine.kernel.matching import Matcher
from index.engine.kernel.occurrences import POSITION, DocumentSet, Occurrences
from index.schema import ZONES, Form

Marks = dict[str, list[Mark]]
"""By zone, the matches in its text."""


def marks(
    matcher: Matcher,
    offsets: Mapping[int, Mapping[str, Offsets]],
    clauses: Sequence[Clause],
    known: DocumentSet | None,
) -> dict[int, Marks]:
    """By document, the marks of every clause; `offsets` are those of the documents' zones.

    What is `known` of these documents, and of others, is not looked for again.
    """
    docs = np.sort(np.array(list(offsets), np.intp))
    within = known if known and known.holds(docs) else matcher.chosen(docs)
    mask = None if within.docs.size == docs.size else matcher.chosen(docs).mask
    found: dict[int, Marks] = {doc: {zone: [] for zone in ZONES} for doc in docs.tolist()}
    whole = [_whole(clause) for clause in clauses]
    for zone in ZONES:
        bounds: _Bounds | None = None
        for number, clause in enumerate(clauses):
            places = matcher.occurrences(clause, zone, within)
            if len(places) and mask is not None:
                places = places.where(mask)
            if len(places):
                bounds = bounds or _Bounds([offsets[doc][zone] for doc in docs.tolist()], docs)
                for doc, start, end in bounds.of(places, whole=whole[number]):
                    found[doc][zone].append(Mark(start, end, number))
    return found


class _Bounds:
    """Where the tokens of one zone of some documents (ascending) stand in its texts."""

    def __init__(self, offsets: Sequence[Offsets], docs: Docs) -> None:
        self._offsets, self._docs = offsets, docs
        self._starts = np.concatenate([offset.starts for offset in offsets]) if offsets else np.empty(0, np.int64)
        self._ends = np.concatenate([offset.ends for offset in offsets]) if offsets else self._starts
        self._first = np.cumsum([0, *(offset.starts.size for offset in offsets)])

    def of(self, places: Occurrences, *, whole: bool) -> Iterator[tuple[int, int, int]]:
        """Document, start and end of every place; with `whole`, to the end of a special token that stands there."""
        docs = places.docs
        at = self._docs.searchsorted(docs)
        first = self._first.take(at) + (places.begins & POSITION)
        last = self._first.take(at) + (places.ends & POSITION) - 1
        if whole:
            for row in np.flatnonzero(first == last).tolist():
                many = self._offsets[at[row]].specials.get(int(places.begins[row] & POSITION), 1)
                last[row] += many - 1
        return zip(docs.tolist(), self._starts.take(first).tolist(), self._ends.take(last).tolist(), strict=True)


def _whole(clause: Clause) -> bool:
    """Whether a clause may be met by special tokens, which cover several syllables."""
    return any(key.form is Form.SPECIAL for spelling in clause.spellings for slot in spelling.slots for key in slot)
