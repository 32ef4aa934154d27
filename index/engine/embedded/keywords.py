"""Keyword fields turned round: which values does a document have, and how often does each occur in a result."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.engine.embedded.flat.segment import FieldArrays
from index.engine.kernel.array_file import Array


class Keywords:
    """The values of one keyword field over the document space; deleted documents have none."""

    def __init__(self, values: list[str], docs: Array, ordinals: Array, size: int) -> None:
        self.values = values
        """In byte order; their places are the ordinals."""
        order = np.argsort(docs, kind="stable")
        self.ordinals: npt.NDArray[np.int32] = ordinals[order].astype(np.int32)
        """Of all documents, one document after the other."""
        self.doc_starts: npt.NDArray[np.int64] = np.zeros(size + 1, np.int64)
        """Where each document's ordinals begin, and one end."""
        np.cumsum(np.bincount(docs, minlength=size), out=self.doc_starts[1:])
        self._holders: npt.NDArray[np.intp] = docs[order].astype(np.intp)
        self._rank = {value: ordinal for ordinal, value in enumerate(values)}
        counts = np.diff(self.doc_starts)
        self.single: npt.NDArray[np.int32] | None = None
        """Each document's only ordinal (`len(values)` for none) in a field where no document has two."""
        if not counts.size or int(counts.max()) <= 1:
            self.single = np.full(size, len(values), np.int32)
            self.single[self._holders] = self.ordinals

    def ordinal(self, value: str) -> int | None:
        """The place of a value, None when no document has it."""
        return self._rank.get(value)

    def of(self, doc: int) -> list[str]:
        """A document's values."""
        span = self.ordinals[self.doc_starts[doc] : self.doc_starts[doc + 1]]
        return [self.values[ordinal] for ordinal in span.tolist()]

    def counts(self, docs: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """How many of these documents have each value, by ordinal."""
        if self.single is not None:
            return np.bincount(self.single[docs], minlength=len(self.values) + 1)[: len(self.values)]
        if docs.size * 4 > self.doc_starts.size:
            chosen = np.zeros(self.doc_starts.size - 1, np.bool_)
            chosen[docs] = True
            return np.bincount(self.ordinals[chosen[self._holders]], minlength=len(self.values))
        starts = self.doc_starts[docs]
        sizes = self.doc_starts[docs + 1] - starts
        at = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        at += np.arange(at.size)
        return np.bincount(self.ordinals[at], minlength=len(self.values))

    def counted(self, docs: npt.NDArray[np.intp]) -> list[tuple[str, int]]:
        """The values that these documents have, the most frequent first, with how many have each."""
        counts = self.counts(docs)
        found = np.flatnonzero(counts)
        order = found[np.argsort(-counts[found], kind="stable")]
        return [(self.values[ordinal], int(counts[ordinal])) for ordinal in order.tolist()]


def gather(parts: Sequence[tuple[int, int, FieldArrays]], size: int, live: npt.NDArray[np.bool_]) -> Keywords:
    """Join a keyword field's segments (number, base, arrays) into one Keywords."""
    terms = [list(arrays.terms) for _, _, arrays in parts]
    union = sorted(set().union(*terms))
    rank = {term: ordinal for ordinal, term in enumerate(union)}
    docs, ordinals = [np.empty(0, np.intp)], [np.empty(0, np.int32)]
    for own, (_, base, arrays) in zip(terms, parts, strict=True):
        homes = np.fromiter(map(rank.__getitem__, own), np.int32, len(own))
        holders = arrays.docs.astype(np.intp) + base
        keep = live[holders]
        docs.append(holders[keep])
        ordinals.append(np.repeat(homes, _sizes(arrays))[keep])
    return Keywords([term.decode() for term in union], np.concatenate(docs), np.concatenate(ordinals), size)


def _sizes(arrays: FieldArrays) -> npt.NDArray[np.int64]:
    """How many documents hold each term."""
    starts = arrays.starts.astype(np.int64)
    return starts[1:] - starts[:-1]
