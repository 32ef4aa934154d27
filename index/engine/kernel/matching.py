"""Matching: which documents hold a part of a query, how often, and where. Exact; what is often asked for is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np
import numpy.typing as npt

from index.engine.clauses import AnyOf, Clause, NoneOf, Part, Spelling, Tagged, Unscored, Within
from index.engine.kernel.matches import Docs, Mask, among
from index.engine.kernel.occurrences import NONE, DocumentSet, Occurrences, counted, either, not_after
from index.engine.kernel.phrases import PhraseFinder
from index.engine.kernel.sized_cache import SizedCache
from index.engine.kernel.space import UNDATED, Space
from index.query import Key

Frequencies = npt.NDArray[np.float64]
_LOOKUP = 16
"""One binary search costs as much as so many writes in order."""
_HELD_BYTES = 24 << 20
"""Counts by zone are asked for when a clause is new; its documents and, in `scoring`, its scores are kept longer."""
_DOCS_BYTES = 32 << 20
_EMPTY: Docs = np.empty(0, np.intp)


@dataclass(frozen=True, slots=True)
class ZoneMatches:
    """Documents that hold a clause in one zone (ascending), and how often, weighted by spelling."""

    docs: Docs
    counts: Frequencies


_NOWHERE = ZoneMatches(_EMPTY, np.empty(0, np.float64))


class Matcher:
    """Matches clauses in one space; keeps which documents hold them."""

    def __init__(self, space: Space, phrases: PhraseFinder) -> None:
        self.space = space
        self.phrases = phrases
        self._carrying = lru_cache(256)(self._carrier_mask)
        self._dated = lru_cache(64)(self._date_mask)
        self._held: SizedCache[tuple[Clause, str], ZoneMatches] = SizedCache(_HELD_BYTES)
        self._docs: SizedCache[Clause, Docs] = SizedCache(_DOCS_BYTES)

    def docs(self, node: Part) -> Docs:
        """Live documents in which a part of a plan holds, ascending."""
        if isinstance(node, Clause):
            return self._clause_docs(node)
        if isinstance(node, Tagged | Within):
            return np.flatnonzero(self.mask(node))
        if isinstance(node, NoneOf):
            outside = self.space.live.copy()
            outside[self.docs(node.part)] = False
            return np.flatnonzero(outside)
        if isinstance(node, Unscored):
            return self.docs(node.part)
        if isinstance(node, AnyOf):
            return self._union([self.docs(part) for part in node.parts])
        return self.all_of(node.parts)

    def count(self, part: Part) -> int:
        """How many live documents of the whole index hold a part."""
        return int(self.docs(part).size)

    def mask(self, part: Part) -> Mask:
        """The documents in which a part holds, as a mask of all numbers; of what is excluded, deleted ones too."""
        match part:
            case Tagged(field, values):
                masks = [self._carrying(field, value) for value in values]
                return reduce(np.logical_or, masks) if masks else np.zeros(self.space.size, np.bool_)
            case Within(first, last):
                return self._dated(first, last)
            case NoneOf(inner):
                return ~self.mask(inner)
        mask = np.zeros(self.space.size, np.bool_)
        mask[self.docs(part)] = True
        return mask

    def _date_mask(self, first: int | None, last: int | None) -> Mask:
        days = self.space.days
        mask = days >= (UNDATED + 1 if first is None else first)
        return mask & self.space.live if last is None else mask & (days <= last) & self.space.live

    def _carrier_mask(self, field: str, value: str) -> Mask:
        mask = np.zeros(self.space.size, np.bool_)
        if found := self.space.postings(field, value):
            mask[found.docs] = True
        return mask

    def all_of(self, parts: Iterable[Part]) -> Docs:
        """Documents in which every part holds; all live documents for no part."""
        wanted = [part for part in parts if not isinstance(part, NoneOf)]
        found = sorted((self.docs(part) for part in wanted), key=len)
        docs = reduce(self._both, found) if found else np.flatnonzero(self.space.live)
        for part in parts:
            if isinstance(part, NoneOf) and docs.size:
                docs = docs[~among(docs, self.docs(part.part))]
        return docs

    def _both(self, few: Docs, many: Docs) -> Docs:
        """Documents in both, found from the shorter list's side."""
        size = self.space.size
        if few.size * _LOOKUP < many.size + size // _LOOKUP:
            return few[among(few, many)]
        held = np.zeros(size, np.bool_)
        held[many] = True
        return few[held.take(few)]

    def chosen(self, docs: Docs) -> DocumentSet:
        """Documents (ascending) outside of which `occurrences` need not look."""
        return DocumentSet(docs, self.space.size)

    def _clause_docs(self, clause: Clause) -> Docs:
        known = self._docs.get(clause)
        if known is None:
            several = [self.held(clause, zone).docs for zone in clause.zones]
            if clause.days is not None:
                days = self.space.days
                several.append(np.flatnonzero((days >= clause.days[0]) & (days <= clause.days[1]) & self.space.live))
            known = self._union(several)
            self._docs.put(clause, known, known.nbytes)
        return known

    def _union(self, several: Sequence[Docs]) -> Docs:
        """Documents in any of these, ascending."""
        several = [docs for docs in several if docs.size]
        if len(several) < 2:
            return several[0] if several else _EMPTY
        found = np.zeros(self.space.size, np.bool_)
        for docs in several:
            found[docs] = True
        return np.flatnonzero(found)

    def held(self, clause: Clause, zone: str) -> ZoneMatches:
        """Documents that hold a clause in a zone, with weighted counts."""
        if zone not in clause.zones:
            return _NOWHERE
        known = self._held.get((clause, zone))
        if known is None:
            known = self._count(clause, zone)
            self._held.put((clause, zone), known, known.docs.nbytes + known.counts.nbytes)
        return known

    def _count(self, clause: Clause, zone: str) -> ZoneMatches:
        if clause.slop >= 0:
            return ZoneMatches(*counted(self._windows(clause, zone, None)))
        parts = [self._spelling_held(spelling, zone, clause) for spelling in clause.spellings]
        parts = [part for part in parts if part.docs.size]
        if len(parts) < 2:
            return parts[0] if parts else _NOWHERE
        docs = self._union([part.docs for part in parts])
        counts = np.zeros(docs.size)
        for part in parts:
            counts[np.searchsorted(docs, part.docs)] += part.counts
        return ZoneMatches(docs, counts)

    def _spelling_held(self, spelling: Spelling, zone: str, clause: Clause) -> ZoneMatches:
        simple = len(spelling.slots) == 1 and len(spelling.slots[0]) == 1
        if simple and not clause.shield and spelling.during is None:
            ((key, form),) = spelling.slots[0]
            postings = self.space.postings(zone + form, key)
            return ZoneMatches(postings.docs, postings.tfs * spelling.weight) if postings else _NOWHERE
        docs, counts = counted(self._shielded(self._spelled(spelling, zone, None), clause, zone, None))
        return ZoneMatches(docs, counts * spelling.weight)

    def occurrences(self, clause: Clause, zone: str, within: DocumentSet) -> Occurrences:
        """Where a clause stands in a zone of the given documents; looked for once in those."""
        if zone not in clause.zones:
            return NONE
        found = within.occurrences.get((clause, zone))
        if found is None:
            found = within.occurrences[clause, zone] = self._occurrences(clause, zone, within)
        return found

    def _occurrences(self, clause: Clause, zone: str, within: DocumentSet) -> Occurrences:
        if clause.slop >= 0:
            return self._windows(clause, zone, within)
        spelled = either([self._spelled(spelling, zone, within) for spelling in clause.spellings])
        return self._shielded(spelled, clause, zone, within)

    def _shielded(self, places: Occurrences, clause: Clause, zone: str, within: DocumentSet | None) -> Occurrences:
        for spelling in clause.shield if len(places) else ():
            places = not_after(places, self._spelled(spelling, zone, within))
        return places

    def _spelled(self, spelling: Spelling, zone: str, within: DocumentSet | None) -> Occurrences:
        """Where a spelling stands; with `within`, only places in those documents."""
        begins = self.phrases.starts(spelling.slots, zone, within=within)
        if not begins.size:
            return NONE
        found = Occurrences(begins, begins + len(spelling.slots))
        if spelling.during is None:
            return found
        days = self.space.days[found.docs]
        keep = (days >= spelling.during[0]) & (days <= spelling.during[1])
        return Occurrences(found.begins[keep], found.ends[keep])

    def _windows(self, clause: Clause, zone: str, within: DocumentSet | None) -> Occurrences:
        """Stretches that hold all of a proximity clause's slots."""
        slots = [spelling.slots[0] for spelling in clause.spellings]
        begins, lasts = self.phrases.windows(slots, zone, clause.slop, within=within)
        return Occurrences(begins, lasts + 1)


def one_term(clause: Clause) -> tuple[str, Key] | None:
    """The zone and the key of a clause that is one term of one zone: Whoosh knows how many documents hold it."""
    if len(clause.zones) > 1 or clause.days is not None:
        return None
    if clause.slop >= 0 or clause.shield or len(clause.spellings) != 1:
        return None
    (spelling,) = clause.spellings
    if spelling.during or len(spelling.slots) != 1 or len(spelling.slots[0]) != 1:
        return None
    return clause.zones[0], spelling.slots[0][0]
