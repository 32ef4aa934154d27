"""What a word is worth in each document: BM25F as Whoosh computes it, the lists of a group joined and kept."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.schema import KEYWORDS
from index.snapshot import Snapshot
from search.kept import Kept
from search.kernel.matches import Docs, Matches, Scores

B, K1 = 0.75, 1.2
"""BM25's parameters, Whoosh's own: how much length counts, and how soon repetition stops counting."""
_DENSE = 6
"""Lists longer than 1/6 of the documents are kept dense: there adding everything is as fast as scattering."""
_FEWER = 8
"""Documents are looked up one by one where they are so many times fewer than those that hold a word."""


class Alternative(NamedTuple):
    """One way in which a word may stand in an article: a term of a field, and how much finding it there weighs."""

    field: str
    term: str
    weight: float = 1.0


Group = tuple[Alternative, ...]
"""Alternatives of one word: other fields, spellings, or the accentless form. Scores of several are added."""


class Impacts:
    """Scores of groups over a snapshot."""

    def __init__(self, snapshot: Snapshot, cache_bytes: int | None = None) -> None:
        self._snapshot = snapshot
        self._df = lru_cache(1 << 15)(snapshot.df)
        self._norms: dict[str, npt.NDArray[np.float64]] = {}
        self._cache: Kept[Group, Matches] = Kept(cache_bytes or min(max(snapshot.size * 3000, 32 << 20), 320 << 20))

    def of(self, group: Group) -> Matches:
        """The documents that hold any alternative, and what they score."""
        found = self._cache.get(group)
        if found is None:
            found = self._joined(group)
            self._cache.put(group, found, found.nbytes + 200)
        return found

    def at(self, group: Group, docs: Docs) -> Scores:
        """What these documents (ascending) score, without a list of all that hold the group where they are few."""
        kept = self._cache.get(group)
        if kept is not None:
            return kept.score_of(docs)
        if docs.size * _FEWER > max((self._df(one.field, one.term) for one in group), default=0):
            return self.of(group).score_of(docs)
        scores = np.zeros(docs.size)
        for one in group:
            tfs = self._snapshot.frequencies(one.field, one.term, docs)
            scores += self._worth(one, tfs, docs)
        return scores.astype(np.float32)

    def _joined(self, group: Group) -> Matches:
        size = self._snapshot.size
        lists = [scored for one in group if (scored := self._scored(one))]
        if not lists:
            return Matches.none(size)
        if len(lists) == 1 and lists[0][0].size * _DENSE <= size:
            return Matches(size, docs=lists[0][0], scores=lists[0][1].astype(np.float32))
        if sum(docs.size for docs, _ in lists) * 50 <= size:
            docs, places = np.unique(np.concatenate([docs for docs, _ in lists]), return_inverse=True)
            added = np.bincount(places, weights=np.concatenate([scores for _, scores in lists]))
            return Matches(size, docs=docs, scores=added.astype(np.float32))
        dense = np.zeros(size)
        for docs, scores in lists:
            np.add.at(dense, docs, scores)
        docs = np.flatnonzero(dense > 0)
        if docs.size * _DENSE <= size:
            return Matches(size, docs=docs, scores=dense[docs].astype(np.float32))
        found = Matches(size, dense=dense.astype(np.float32))
        len(found)  # counted once, here
        return found

    def _scored(self, one: Alternative) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]] | None:
        found = self._snapshot.postings(one.field, one.term)
        if found is None:
            return None
        return found.docs, self._worth(one, found.tfs.astype(np.float64), found.docs)

    def _worth(self, one: Alternative, tfs: npt.NDArray[np.float64], docs: Docs) -> npt.NDArray[np.float64]:
        """BM25 of a term that occurs so often in each of these documents."""
        if one.field in KEYWORDS:  # they have no lengths: Whoosh scores such fields by frequency alone
            return tfs * one.weight
        idf = math.log(self._snapshot.size / (self._df(one.field, one.term) + 1)) + 1
        scores = idf * (tfs * (K1 + 1)) / (tfs + self._norm(one.field)[docs])
        return scores * one.weight if one.weight != 1 else scores

    def _norm(self, field: str) -> npt.NDArray[np.float64]:
        if field not in self._norms:
            average = self._snapshot.average_length(field) or 1
            self._norms[field] = K1 * ((1 - B) + B * self._snapshot.lengths(field) / average)
        return self._norms[field]
