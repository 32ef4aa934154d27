"""Kernel: the one door to a snapshot for whoever answers queries."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from crawler.ground.clock import day_number
from index.flat.segment import UNDATED
from index.snapshot import Snapshot
from search.kernel.matches import Mask
from search.kernel.phrases import PhraseFinder


class Kernel:
    """Phrases, dates and keywords of one snapshot. Everything is exact; what is often asked for is kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.phrases = PhraseFinder(snapshot)
        self._dates = lru_cache(64)(self._date_mask)
        self._carriers = lru_cache(256)(self._carrier_mask)

    def dated(self, since: date | None, until: date | None) -> Mask:
        """Which documents were published from one day to another, both included; undated ones never."""
        return self._dates(since, until)

    def _date_mask(self, since: date | None, until: date | None) -> Mask:
        days = self.snapshot.days
        mask = days >= (day_number(since) if since else UNDATED + 1)
        if until:
            mask &= days <= day_number(until)
        return mask

    def carrying(self, field: str, value: str) -> Mask:
        """Which documents have a value in a keyword field."""
        return self._carriers(field, value)

    def _carrier_mask(self, field: str, value: str) -> Mask:
        mask = np.zeros(self.snapshot.size, np.bool_)
        if found := self.snapshot.postings(field, value):
            mask[found.docs] = True
        return mask
