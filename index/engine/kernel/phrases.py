"""Words that stand together: phrases, which every engine finds in its own arrays, and proximity, made of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from index.engine.kernel.occurrences import BITS, DocumentSet, Places
from index.query import Slot

NOWHERE: Places = np.empty(0, np.int64)


class PhraseFinder(ABC):
    """Finds where slots follow each other. Any of the keys of a slot may stand there."""

    @abstractmethod
    def starts(self, slots: Sequence[Slot], zone: str, within: DocumentSet | None = None) -> Places:
        """Where in a zone the slots stand one after the other: places of the first; `within`, in those documents."""

    def windows(
        self, slots: Sequence[Slot], zone: str, slop: int, within: DocumentSet | None = None
    ) -> tuple[Places, Places]:
        """Stretches of a zone that hold all slots with at most `slop` other tokens: first and last places of each."""
        parts = [self.starts([slot], zone, within=within) for slot in slots]
        if not all(part.size for part in parts):
            return NOWHERE, NOWHERE
        ends = np.unique(np.concatenate(parts))
        begins, alive = ends, np.ones(ends.size, np.bool_)
        for part in parts:
            at = part.searchsorted(ends, side="right") - 1
            alive &= at >= 0
            begins = np.minimum(begins, part[np.maximum(at, 0)])
        alive &= (begins >> BITS == ends >> BITS) & (ends - begins < len(slots) + slop)
        return begins[alive], ends[alive]
