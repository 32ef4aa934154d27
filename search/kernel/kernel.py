"""Kernel: the one door to a snapshot for whoever answers queries."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from index.document import day_number
from index.flat.segment import UNDATED
from index.schema import zone_of
from index.snapshot import Snapshot
from search.kernel import phrases
from search.kernel.deadline import Deadline
from search.kernel.impacts import Alternative, Group, Impacts
from search.kernel.matches import Chosen, Mask, Matches, intersection, union

Span = tuple[str, int, int]
"""A zone, the first matched position and one past the last."""


class Kernel:
    """Matches over one snapshot. Everything is exact; what is often asked for is kept."""

    def __init__(self, snapshot: Snapshot, cache_bytes: int | None = None) -> None:
        self.snapshot = snapshot
        self.size = snapshot.size
        self._impacts = Impacts(snapshot, cache_bytes)
        self.phrases = phrases.PhraseFinder(snapshot)
        self._dates = lru_cache(64)(self._date_mask)
        self._carriers = lru_cache(256)(self._carrier_mask)

    def word(self, group: Group) -> Matches:
        """The documents that hold any alternative of a word, scored with BM25F."""
        return self._impacts.of(group)

    def any_of(self, groups: Sequence[Group], deadline: Deadline | None = None) -> Matches:
        """The documents that hold any of the words; when the time is over, of those looked at."""
        return union(self._words(groups, deadline), self.size)

    def all_of(self, groups: Sequence[Group], deadline: Deadline | None = None) -> Matches:
        """The documents that hold all of the words; none when the time is over."""
        found = self._words(groups, deadline)
        return intersection(found, self.size) if len(found) == len(groups) else Matches.none(self.size)

    def _words(self, groups: Sequence[Group], deadline: Deadline | None) -> list[Matches]:
        if deadline is None:
            return [self._impacts.of(group) for group in groups]
        return [self._impacts.of(group) for group in groups if not deadline.passed()]

    def phrase(
        self, slots: Sequence[Group], offsets: Sequence[int] | None = None, deadline: Deadline | None = None
    ) -> Matches:
        """The documents where the slots follow each other in one zone, scored as the sum of their words."""
        if len(slots) == 1:
            return self.word(slots[0])
        if deadline and deadline.passed():
            return Matches.none(self.size)
        zones = phrases.zones_of(slots)
        docs = phrases.documents([self.phrases.starts(slots, zone, offsets) for zone in zones])
        scores = np.zeros(docs.size, np.float32)
        for slot in slots:
            scores += self._impacts.at(slot, docs)
        return Matches(self.size, docs=docs, scores=scores)

    def phrase_frequencies(
        self, slots: Sequence[Group], offsets: Sequence[int] | None = None
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """The documents where the slots follow each other, and how often in each."""
        zones = phrases.zones_of(slots)
        return phrases.frequencies([self.phrases.starts(slots, zone, offsets) for zone in zones])

    def near(
        self, slots: Sequence[Group], slop: int, *, ordered: bool = False, deadline: Deadline | None = None
    ) -> Matches:
        """The documents where all slots stand in one zone with at most `slop` other tokens between and among them."""
        together = self.all_of(slots, deadline)
        if deadline and deadline.passed():
            return Matches.none(self.size)
        zones, within = phrases.zones_of(slots), Chosen(together.docs, self.size)
        windows = [self.phrases.windows(slots, zone, slop, ordered=ordered, within=within) for zone in zones]
        docs = phrases.documents([ends for _, ends in windows])
        return Matches(self.size, docs=docs, scores=together.score_of(docs))

    def prefix(self, field: str, prefix: str, limit: int, weight: float = 1.0) -> Group:
        """The most frequent terms of a field that begin with `prefix`, as one group."""
        terms = sorted(self.snapshot.terms(field, prefix), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Alternative(field, term, weight) for term, _ in islice(terms, limit))

    def everything(self) -> Matches:
        """All live documents, each with score 1."""
        return Matches.of(self.snapshot.live)

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
        mask = np.zeros(self.size, np.bool_)
        if found := self.snapshot.postings(field, value):
            mask[found.docs] = True
        return mask

    def word_spans(self, group: Group, doc: int) -> list[Span]:
        """Where a word stands in a document: each place of each alternative.

        pyvi's words are as long as they have syllables; a special token is given with its first syllable only
        (`index.document.Offsets.specials` says how many it covers).
        """
        spans = {
            (zone_of(one.field), place, place + (one.term.count("_") + 1 if one.field.endswith("_word") else 1))
            for one in group
            for place in self.snapshot.places(one.field, one.term, doc)
        }
        return sorted(spans)

    def phrase_spans(self, slots: Sequence[Group], doc: int, offsets: Sequence[int] | None = None) -> list[Span]:
        """Where slots follow each other in a document, from the first to one past the last."""
        steps = list(range(len(slots)) if offsets is None else offsets)
        spans = []
        for zone in phrases.zones_of(slots):
            held = [{place for at, place, _ in self.word_spans(slot, doc) if at == zone} for slot in slots]
            starts = set.intersection(*({place - step for place in one} for one, step in zip(held, steps, strict=True)))
            spans += [(zone, start, start + max(steps) + 1) for start in sorted(starts)]
        return spans

    def warm(self, groups: Iterable[Group] = (), deadline: Deadline | None = None) -> None:
        """Load columns, facets, and the lists of the given words, until the time is over."""
        for field in ("topic", "official", "source", "month"):
            self.snapshot.keywords(field)
        _ = self.snapshot.days
        for group in groups:
            if deadline and deadline.passed():
                return
            self._impacts.of(group)

    def warm_behind(self, groups: Iterable[Group] = (), seconds: float = 5.0) -> threading.Thread:
        """`warm` in a thread of its own."""
        thread = threading.Thread(target=self.warm, args=(groups, Deadline(seconds)), name="warm", daemon=True)
        thread.start()
        return thread
