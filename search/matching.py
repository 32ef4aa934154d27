"""Matching: which documents hold a clause, how often, and where; on the flat arrays of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from index.snapshot import Postings, Snapshot
from search.kept import Kept
from search.kernel.kernel import Kernel
from search.occurrences import NONE, Occurrences, counted, either, followed, near, not_after, of_positions, within
from search.plan import AnyOf, Clause, Node, NoneOf, Slot, Spelling, Tagged

Docs = npt.NDArray[np.intp]
Counts = npt.NDArray[np.float64]
_EMPTY: Docs = np.empty(0, np.intp)


@dataclass(frozen=True, slots=True)
class Held:
    """Documents that hold a clause in one zone (ascending), and how often, weighted by spelling."""

    docs: Docs
    counts: Counts


_NOWHERE = Held(_EMPTY, np.empty(0, np.float64))


class Matcher:
    """Matches clauses on one snapshot; keeps what it decoded, up to `budget` bytes."""

    def __init__(self, snapshot: Snapshot, budget: int = 128 << 20) -> None:
        self.snapshot = snapshot
        self.kernel = Kernel(snapshot)
        self._places: Kept[tuple[Spelling, str, int], Occurrences] = Kept(budget)
        self._held: Kept[tuple[Clause, str], Held] = Kept(budget // 4)
        self._docs: Kept[Clause, Docs] = Kept(budget // 4)

    def docs(self, node: Node) -> Docs:
        """Live documents in which a part of a plan holds, ascending."""
        if isinstance(node, Clause):
            return self._clause_docs(node)
        if isinstance(node, Tagged):
            return self._tagged(node)
        if isinstance(node, NoneOf):
            outside = self.snapshot.live.copy()
            outside[self.docs(node.part)] = False
            return np.flatnonzero(outside)
        if isinstance(node, AnyOf):
            return self._union([self.docs(part) for part in node.parts])
        return self.all_of(node.parts)

    def all_of(self, parts: Iterable[Node]) -> Docs:
        """Documents in which every part holds; all live documents for no part."""
        wanted = [part for part in parts if not isinstance(part, NoneOf)]
        found = sorted((self.docs(part) for part in wanted), key=len)
        docs = reduce(_both, found) if found else np.flatnonzero(self.snapshot.live)
        for part in parts:
            if isinstance(part, NoneOf) and docs.size:
                docs = docs[~_among(docs, self.docs(part.part))]
        return docs

    def _clause_docs(self, clause: Clause) -> Docs:
        known = self._docs.get(clause)
        if known is None:
            several = [self.held(clause, zone).docs for zone in clause.zones]
            if clause.days is not None:
                days = self.snapshot.days
                several.append(np.flatnonzero((days >= clause.days[0]) & (days <= clause.days[1]) & self.snapshot.live))
            known = self._union(several)
            self._docs.put(clause, known, known.nbytes)
        return known

    def _union(self, several: Sequence[Docs]) -> Docs:
        """Documents in any of these, ascending."""
        several = [docs for docs in several if docs.size]
        if len(several) < 2:
            return several[0] if several else _EMPTY
        found = np.zeros(self.snapshot.size, np.bool_)
        for docs in several:
            found[docs] = True
        return np.flatnonzero(found)

    def _tagged(self, tagged: Tagged) -> Docs:
        masks = [self.kernel.carrying(tagged.field, value) for value in tagged.values]
        return np.flatnonzero(reduce(np.logical_or, masks)) if masks else _EMPTY

    def held(self, clause: Clause, zone: str) -> Held:
        """Documents that hold a clause in a zone, with weighted counts."""
        if zone not in clause.zones:
            return _NOWHERE
        known = self._held.get((clause, zone))
        if known is None:
            known = self._count(clause, zone)
            self._held.put((clause, zone), known, known.docs.nbytes + known.counts.nbytes)
        return known

    def _count(self, clause: Clause, zone: str) -> Held:
        if clause.slop >= 0:
            return _counted(self._near(clause, zone))
        parts = [self._spelling_held(spelling, zone, clause) for spelling in clause.spellings]
        parts = [part for part in parts if part.docs.size]
        if len(parts) < 2:
            return parts[0] if parts else _NOWHERE
        docs = self._union([part.docs for part in parts])
        counts = np.zeros(docs.size)
        for part in parts:
            counts[np.searchsorted(docs, part.docs)] += part.counts
        return Held(docs, counts)

    def _spelling_held(self, spelling: Spelling, zone: str, clause: Clause) -> Held:
        simple = len(spelling.slots) == 1 and len(spelling.slots[0].keys) == 1
        plain = simple and not clause.shield and spelling.during is None
        if plain:
            ((form, key),) = spelling.slots[0].keys
            postings = self.snapshot.postings(zone + form, key)
            return Held(postings.docs, postings.tfs * spelling.weight) if postings else _NOWHERE
        found = _counted(self._shielded(self._spelled(spelling, zone), clause, zone))
        return Held(found.docs, found.counts * spelling.weight)

    def occurrences(self, clause: Clause, zone: str, docs: Docs) -> Occurrences:
        """Where a clause stands in a zone of the given documents (ascending)."""
        if zone not in clause.zones:
            return NONE
        if clause.slop >= 0:
            return within(self._near(clause, zone), docs)
        if docs.size * 8 < self.snapshot.documents:
            spelled = either([self._spelled_in(spelling, zone, docs) for spelling in clause.spellings])
        else:
            spelled = within(either([self._spelled(one, zone) for one in clause.spellings]), docs)
        return self._shielded(spelled, clause, zone, docs)

    def _shielded(self, found: Occurrences, clause: Clause, zone: str, docs: Docs | None = None) -> Occurrences:
        for spelling in clause.shield if len(found) else ():
            where = self._spelled(spelling, zone) if docs is None else self._spelled_in(spelling, zone, docs)
            found = not_after(found, where)
        return found

    def _near(self, clause: Clause, zone: str) -> Occurrences:
        parts = (self._spelled(spelling, zone) for spelling in clause.spellings)
        return reduce(lambda one, other: near(one, other, clause.slop), parts)

    def _spelled(self, spelling: Spelling, zone: str) -> Occurrences:
        name = (spelling, zone, 0)
        known = self._places.get(name)
        if known is None:
            known = self._chain(spelling, [self._slot(slot, zone) for slot in spelling.slots])
            self._places.put(name, known, known.begins.nbytes * 2)
        return known

    def _spelled_in(self, spelling: Spelling, zone: str, docs: Docs) -> Occurrences:
        return self._chain(spelling, [self._slot(slot, zone, docs) for slot in spelling.slots])

    def _chain(self, spelling: Spelling, slots: list[Occurrences]) -> Occurrences:
        found = _joined(slots)
        if spelling.during is None or not len(found):
            return found
        days = self.snapshot.days[found.docs]
        keep = (days >= spelling.during[0]) & (days <= spelling.during[1])
        return Occurrences(found.begins[keep], found.ends[keep])

    def _slot(self, slot: Slot, zone: str, docs: Docs | None = None) -> Occurrences:
        found = []
        for form, key in slot.keys:
            postings = self.snapshot.postings(zone + form, key, positions=True)
            if postings is not None:
                found.append(_places(postings, docs))
        return either(found)


def _joined(slots: list[Occurrences]) -> Occurrences:
    """Where the slots follow one another; joined from the rarest outwards, so that every join starts from few."""
    if any(not len(slot) for slot in slots):
        return NONE
    rarest = min(range(len(slots)), key=lambda n: len(slots[n]))
    found = slots[rarest]
    for slot in slots[rarest + 1 :]:
        found = followed(found, slot)
    for slot in reversed(slots[:rarest]):
        found = _preceded(slot, found)
    return found


def _places(postings: Postings, docs: Docs | None) -> Occurrences:
    assert postings.starts is not None
    assert postings.positions is not None
    if docs is None:
        return of_positions(np.repeat(postings.docs, postings.tfs), postings.positions.astype(np.int64))
    chosen = np.flatnonzero(_among(postings.docs, docs))
    sizes = postings.tfs[chosen].astype(np.int64)
    starts = postings.starts[chosen]
    at = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(int(sizes.sum()))
    return of_positions(np.repeat(postings.docs[chosen], sizes), postings.positions[at].astype(np.int64))


def _preceded(one: Occurrences, other: Occurrences) -> Occurrences:
    """Where `one` ends just where `other` begins, found from `other`'s side. `one` is a single slot, of length 1."""
    at = np.searchsorted(one.begins, other.begins - 1)
    at[at == len(one)] = 0
    meet = one.ends[at] == other.begins
    return Occurrences(one.begins[at[meet]], other.ends[meet])


def _counted(found: Occurrences) -> Held:
    return Held(*counted(found))


def _among(docs: Docs, others: Docs) -> npt.NDArray[np.bool_]:
    """Which of `docs` are in `others`; both ascending."""
    if not others.size:
        return np.zeros(docs.size, np.bool_)
    at = np.searchsorted(others, docs)
    at[at == others.size] = 0
    found: npt.NDArray[np.bool_] = others[at] == docs
    return found


def _both(few: Docs, many: Docs) -> Docs:
    """Documents in both, found from the shorter list's side."""
    return few[_among(few, many)]
