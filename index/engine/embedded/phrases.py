"""Phrases in the segments on this disk.

A phrase starts from its rarest word: wherever that stands, the words beside it are read from the zone's token stream
(`flat.stream`), so frequent words cost nothing. Where the stream cannot tell (rare words that share a code, words
and special tokens, which are no syllables), places are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.engine.embedded.flat.stream import RARE
from index.engine.embedded.slots import LocalSlot, Standing, StreamExcerpt, Tokens
from index.engine.embedded.snapshot import Snapshot
from index.engine.kernel.matches import Docs, among
from index.engine.kernel.occurrences import BITS, DocumentSet, Places
from index.engine.kernel.phrases import NOWHERE, PhraseFinder
from index.engine.kernel.sized_cache import SizedCache
from index.query import Slot

_FEWER = 8
"""Documents are looked up one by one where they are so many times fewer than those that hold a slot."""
_READ = 200
"""In so few documents every token is looked at."""
_SPARSE = 4
"""Places are cut to the chosen documents before anything else where those are fewer than one in so many."""


class StreamPhrases(PhraseFinder):
    """Finds phrases in the segments of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._slot = lru_cache(1 << 14)(self._found)
        budget = min(max(snapshot.size * 2000, 16 << 20), 96 << 20)
        self._standing: SizedCache[tuple[int, Slot, str], Standing] = SizedCache(budget)

    def starts(self, slots: Sequence[Slot], zone: str, within: DocumentSet | None = None) -> Places:
        """Where in a zone the slots stand one after the other: places of the first; `within`, in those documents."""
        snapshot, found = self._snapshot, []
        for number in range(len(snapshot.segments)):
            local = self._followed(number, slots, zone, within)
            if local.size:
                base = int(snapshot.bases[number])
                found.append(local + (base << BITS) if base else local)
        return NOWHERE if not found else found[0] if len(found) == 1 else np.concatenate(found)

    def _found(self, number: int, slot: Slot, zone: str) -> LocalSlot:
        return LocalSlot(self._snapshot.segments[number], slot, zone)

    def _anchored(self, number: int, group: Slot, zone: str, within: DocumentSet | None) -> Standing:
        """Where the rarest slot stands, in the documents `within` at least."""
        slot, arrays = self._slot(number, group, zone), self._snapshot.segments[number].fields[zone]
        known = self._standing.get((number, group, zone))
        if within is not None and within.docs.size * _FEWER < slot.df:
            local = self._local(number, within)
            return known.of(local) if known else slot.standing(arrays.begins, local)
        if known is None:
            known = slot.standing(arrays.begins)
            self._standing.put((number, group, zone), known, known.nbytes)
        if within is None:
            return known
        base = int(self._snapshot.bases[number])
        mask = within.mask[base : base + self._snapshot.segments[number].documents]
        return known.where(mask) if within.docs.size * _SPARSE < within.size else known

    def _excerpt(self, number: int, zone: str, within: DocumentSet) -> StreamExcerpt:
        """The tokens of the chosen documents, read once."""
        known = within.excerpts.get((number, zone))
        if isinstance(known, StreamExcerpt):
            return known
        local = self._local(number, within)
        if not self._snapshot.is_whole(number):
            local = local[self._snapshot.live.take(local + self._snapshot.bases[number])]
        found = StreamExcerpt(self._snapshot.segments[number].fields[zone], local)
        within.excerpts[number, zone] = found
        return found

    def _local(self, number: int, within: DocumentSet) -> Docs:
        """Numbers in a segment of the chosen documents that are in it."""
        if len(self._snapshot.segments) == 1:
            return within.docs
        first, last = within.docs.searchsorted(self._snapshot.bases[number : number + 2]).tolist()
        return within.docs[first:last] - int(self._snapshot.bases[number])

    def _followed(self, number: int, slots: Sequence[Slot], zone: str, within: DocumentSet | None) -> Places:
        """Local places of the first slot where all stand."""
        parts = [self._slot(number, slot, zone) for slot in slots]
        if not all(part.frequency for part in parts):
            return NOWHERE
        if within is not None and within.docs.size <= _READ and all(part.is_coded for part in parts):
            return self._excerpt(number, zone, within).starts(parts)
        anchor, *others = sorted(range(len(parts)), key=lambda at: parts[at].frequency)
        tokens, docs = self._anchored(number, slots[anchor], zone, within)
        arrays = self._snapshot.segments[number].fields[zone]
        for other in others:
            there = tokens + (other - anchor)
            keep = self._stand(number, slots[other], zone, there).nonzero()[0]
            if not keep.size:
                return NOWHERE
            tokens, docs = tokens.take(keep), docs.take(keep)
        documents: npt.NDArray[np.int64] = docs.astype(np.int64)
        begins = arrays.begins.take(documents)
        positions = tokens - begins
        positions -= anchor
        if others:  # they may stand in the documents beside it
            room = arrays.begins.take(documents + 1) - begins
            inside = (positions >= 0) & (positions + len(slots) <= room)
            positions, documents = positions[inside], documents[inside]
        places: Places = (documents << BITS) + positions
        return self._chosen(number, places, within)

    def _chosen(self, number: int, places: Places, within: DocumentSet | None) -> Places:
        """Only the places in live documents, and in the chosen ones."""
        whole = self._snapshot.is_whole(number)
        if whole and within is None:
            return places
        docs = places >> BITS
        docs += self._snapshot.bases[number]
        if within is not None:
            keep = within.mask.take(docs)
            return places[keep if whole else keep & self._snapshot.live.take(docs)]
        return places[self._snapshot.live.take(docs)]

    def _stand(self, number: int, group: Slot, zone: str, tokens: Tokens) -> npt.NDArray[np.bool_]:
        """At which of these tokens a slot stands. Tokens out of the stream may be said to: they are in no document."""
        slot = self._slot(number, group, zone)
        if slot.codes is None:
            return among(tokens, self._anchored(number, group, zone, None).tokens)
        stream = self._snapshot.segments[number].fields[zone].stream
        codes = stream.take(tokens, mode="clip")
        keep = slot.among(codes)
        if slot.is_rare:
            doubtful = (codes == RARE).nonzero()[0]
            keep[doubtful] = among(tokens[doubtful], self._anchored(number, group, zone, None).tokens)
        return keep
