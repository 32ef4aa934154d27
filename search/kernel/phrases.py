"""Words that stand together: phrases and proximity, by joining sorted places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.schema import ZONES, zone_of
from index.snapshot import Snapshot
from search.kernel.impacts import Group

Places = npt.NDArray[np.int64]
"""Document number * 2**32 + position, ascending."""
_SHIFT = 32


class PhraseFinder:
    """Finds where slots follow each other. A slot is a group: any of its alternatives may stand there."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def starts(self, slots: Sequence[Group], zone: str, offsets: Sequence[int] | None = None) -> Places:
        """Where in a zone the slots stand one after the other (or at the given offsets): places of the first."""
        steps = range(len(slots)) if offsets is None else offsets
        parts = sorted(
            ((self._places(slot, zone) - step) for slot, step in zip(slots, steps, strict=True)),
            key=lambda part: part.size,
        )
        found = parts[0]
        for part in parts[1:]:
            if not found.size:
                break
            found = _common(found, part)
        return found

    def ends_near(
        self, slots: Sequence[Group], zone: str, slop: int, *, ordered: bool = False
    ) -> tuple[Places, Places]:
        """Windows of a zone that hold all slots with at most `slop` other tokens: first and last places of each."""
        parts = [self._places(slot, zone) for slot in slots]
        if not all(part.size for part in parts):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        ends = parts[-1] if ordered else np.unique(np.concatenate(parts))
        begins, alive = ends, np.ones(ends.size, np.bool_)
        reached = ends
        for part in reversed(parts[:-1] if ordered else parts):
            at = part.searchsorted(reached - 1 if ordered else ends, side="right") - 1
            alive &= at >= 0
            reached = part[np.maximum(at, 0)]
            begins = np.minimum(begins, reached)
        alive &= (begins >> _SHIFT == ends >> _SHIFT) & (ends - begins < len(slots) + slop)
        return begins[alive], ends[alive]

    def _places(self, slot: Group, zone: str) -> Places:
        found = []
        for one in slot:
            if zone_of(one.field) == zone and (
                postings := self._snapshot.postings(one.field, one.term, positions=True)
            ):
                assert postings.positions is not None
                places = np.repeat(postings.docs.astype(np.int64) << _SHIFT, postings.tfs)
                places += postings.positions
                found.append(places)
        if not found:
            return np.empty(0, np.int64)
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))


def _common(few: Places, many: Places) -> Places:
    at = many.searchsorted(few)
    at[at == many.size] = 0
    common: Places = few[many[at] == few]
    return common


def frequencies(places: Sequence[Places]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Documents of places in any zone, ascending, and how many places each has."""
    docs, counts = np.unique(np.concatenate([*places, np.empty(0, np.int64)]) >> _SHIFT, return_counts=True)
    return docs.astype(np.intp), counts


def zones_of(slots: Sequence[Group]) -> list[str]:
    """The zones in which every slot has an alternative."""
    return [zone for zone in ZONES if all(any(zone_of(one.field) == zone for one in slot) for slot in slots)]
