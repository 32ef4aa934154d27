"""Words that stand together: phrases and proximity.

A phrase starts from its rarest word: wherever that stands, the words beside it are read from the zone's token stream
(`index.flat.stream`), so frequent words cost nothing. Where the stream cannot tell (rare words that share a code, words
and special tokens, which are no syllables), places are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.flat.segment import FOLDED, FieldArrays
from index.flat.stream import RARE
from index.schema import ZONES, zone_of
from index.snapshot import Snapshot
from search.kernel.impacts import Group
from search.kernel.matches import Mask

BITS = 20
"""Positions take the low 20 bits of a place: a zone of more than a million syllables is beyond any article."""
Places = npt.NDArray[np.int64]
"""Document number * 2**BITS + position, ascending."""
_NOWHERE = np.empty(0, np.int64)


class PhraseFinder:
    """Finds where slots follow each other. A slot is a group: any of its alternatives may stand there."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.ordinal = lru_cache(1 << 16)(self._ordinal)

    def _ordinal(self, number: int, field: str, term: str) -> int:
        arrays = self._snapshot.segments[number].fields.get(field)
        return arrays.terms.find(term.encode()) if arrays else -1

    def starts(
        self, slots: Sequence[Group], zone: str, offsets: Sequence[int] | None = None, within: Mask | None = None
    ) -> Places:
        """Where in a zone the slots stand one after the other (or at the given offsets): places of the first.

        Documents outside `within` need not be looked at.
        """
        steps = list(range(len(slots)) if offsets is None else offsets)
        snapshot, found = self._snapshot, []
        for number, segment in enumerate(snapshot.segments):
            base = int(snapshot.bases[number])
            parts = [_Slot(self, number, slot, zone) for slot in slots]
            if all(part.held for part in parts):
                here = None if within is None else within[base : base + segment.documents]
                local = _followed(parts, steps, segment.fields[zone], here)
                if snapshot.stamp.segments[number].deleted:
                    local = local[snapshot.live[base + (local >> BITS)]]
                found.append(local + (base << BITS) if base else local)
        return _NOWHERE if not found else found[0] if len(found) == 1 else np.concatenate(found)

    def windows(
        self, slots: Sequence[Group], zone: str, slop: int, *, ordered: bool = False, within: Mask | None = None
    ) -> tuple[Places, Places]:
        """Stretches of a zone that hold all slots with at most `slop` other tokens: first and last places of each."""
        parts = [self.starts([slot], zone, within=within) for slot in slots]
        if not all(part.size for part in parts):
            return _NOWHERE, _NOWHERE
        ends = parts[-1] if ordered else np.unique(np.concatenate(parts))
        begins, alive, reached = ends, np.ones(ends.size, np.bool_), ends
        for part in reversed(parts[:-1] if ordered else parts):
            at = part.searchsorted(reached - 1 if ordered else ends, side="right") - 1
            alive &= at >= 0
            reached = part[np.maximum(at, 0)]
            begins = np.minimum(begins, reached)
        alive &= (begins >> BITS == ends >> BITS) & (ends - begins < len(slots) + slop)
        return begins[alive], ends[alive]


class _Slot:
    """A slot's alternatives in one zone of one segment."""

    def __init__(self, finder: PhraseFinder, number: int, slot: Group, zone: str) -> None:
        fields = finder._snapshot.segments[number].fields
        self.held: list[tuple[FieldArrays, int]] = [
            (fields[one.field], ordinal)
            for one in slot
            if zone_of(one.field) == zone and (ordinal := finder.ordinal(number, one.field, one.term)) >= 0
        ]
        self.frequency = sum(
            int(field.pos_starts[ordinal + 1]) - int(field.pos_starts[ordinal]) for field, ordinal in self.held
        )
        self._zone = fields.get(zone)

    def tokens(self, begins: Places, within: Mask | None = None) -> Places:
        """Where the alternatives stand in the zone's token stream, ascending; outside `within` none need be given."""
        found = []
        for field, ordinal in self.held:
            part = field.slice(ordinal)
            docs, tfs, positions = part.docs, part.tfs, part.positions
            assert positions is not None  # every text field has them
            if within is not None:
                keep = within.take(docs)
                docs = docs.compress(keep)
                positions = positions.compress(keep if tfs is None else np.repeat(keep, tfs))
                tfs = None if tfs is None else tfs.compress(keep)
            tokens = begins.take(docs)
            if tfs is not None:
                tokens = np.repeat(tokens, tfs)
            tokens += positions
            found.append(tokens)
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def codes(self) -> npt.NDArray[np.uint16] | None:
        """The stream's codes of all alternatives; None when the stream does not hold them."""
        found, zone = [], self._zone
        if zone is None or zone.codes is None:
            return None
        for field, ordinal in self.held:
            if field is zone:
                found.append(zone.codes[ordinal : ordinal + 1])
            elif field.name == zone.name + FOLDED and zone.fold is not None:
                found.append(zone.codes[zone.fold == ordinal])
            else:
                return None
        codes: npt.NDArray[np.uint16] = found[0] if len(found) == 1 else np.concatenate(found)
        return codes


def _followed(slots: list[_Slot], steps: list[int], zone: FieldArrays, within: Mask | None) -> Places:
    """Local places of the first slot where all stand at their steps."""
    anchor, *others = sorted(range(len(slots)), key=lambda at: slots[at].frequency)
    begins = zone.begins
    tokens = slots[anchor].tokens(begins, within) - steps[anchor]
    if not tokens.size:
        return tokens
    if tokens[0] + min(steps) < 0 or tokens[-1] + max(steps) >= begins[-1]:
        tokens = tokens[(tokens + min(steps) >= 0) & (tokens + max(steps) < begins[-1])]
    for other in others:
        there = tokens + steps[other]
        codes = slots[other].codes()
        if codes is None:
            tokens = tokens[_among(there, slots[other].tokens(begins))]
        else:
            tokens = tokens[_stand(codes, slots[other], there, zone)]
    docs = begins.searchsorted(tokens, side="right") - 1
    positions = tokens - begins[docs]
    within = positions + max(steps) < begins[docs + 1] - begins[docs]
    return (docs[within] << BITS) + positions[within]


def _stand(codes: npt.NDArray[np.uint16], slot: _Slot, tokens: Places, zone: FieldArrays) -> npt.NDArray[np.bool_]:
    """At which of these tokens one of the codes stands; the rare ones, which share a code, are looked up."""
    here = zone.stream[tokens]
    if codes.size == 1 and codes[0] != RARE:
        same: npt.NDArray[np.bool_] = here == codes[0]
        return same
    wanted = np.zeros(RARE + 1, np.bool_)
    wanted[codes] = True
    shared = bool(wanted[RARE])
    wanted[RARE] = False
    keep = wanted[here]
    if shared:
        doubtful = np.flatnonzero(here == RARE)
        keep[doubtful] = _among(tokens[doubtful], slot.tokens(zone.begins))
    return keep


def _among(few: Places, many: Places) -> npt.NDArray[np.bool_]:
    if not many.size:
        return np.zeros(few.size, np.bool_)
    at = many.searchsorted(few)
    at[at == many.size] = 0
    among: npt.NDArray[np.bool_] = many[at] == few
    return among


def frequencies(places: Sequence[Places]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Documents of places in any zone, ascending, and how many places each has."""
    if not places:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    docs = (places[0] if len(places) == 1 else np.sort(np.concatenate(places))) >> BITS
    fresh = np.ones(docs.size, np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=fresh[1:])
    first = np.flatnonzero(fresh)
    return docs[first], np.diff(first, append=docs.size)


def zones_of(slots: Sequence[Group]) -> list[str]:
    """The zones in which every slot has an alternative."""
    return [zone for zone in ZONES if all(any(zone_of(one.field) == zone for one in slot) for slot in slots)]
