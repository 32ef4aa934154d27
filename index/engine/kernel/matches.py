"""Matches: which documents, and with what score. A set that can be joined, cut, counted and ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Docs = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float32]
"""Four bytes: sums are right to six digits, and half the memory is moved."""
Mask = npt.NDArray[np.bool_]
_LOOKUP = 32
"""One binary search costs as much as so many writes in order."""
_ROWS = 64
"""How many documents share one maximum when the best of many are sought."""


class Matches:
    """Documents with scores above zero, of a document space of `size` numbers; immutable.

    Either sparse (`docs` ascending and `scores` beside them) or dense (`dense[doc]` is the score, 0 where no match);
    each form is made from the other when it is asked for.
    """

    __slots__ = ("_count", "_dense", "_docs", "_scores", "size")

    def __init__(
        self,
        size: int,
        *,
        docs: Docs | None = None,
        scores: Scores | None = None,
        dense: Scores | None = None,
        count: int = -1,
    ) -> None:
        self.size = size
        self._docs, self._scores, self._dense = docs, scores, dense
        self._count = count if docs is None else int(docs.size)

    @classmethod
    def none(cls, size: int) -> Matches:
        """No document."""
        return cls(size, docs=np.empty(0, np.intp), scores=np.empty(0, np.float32))

    @classmethod
    def of(cls, mask: Mask, score: float = 1.0) -> Matches:
        """The documents of a mask, all with one score."""
        docs = np.flatnonzero(mask)
        return cls(mask.size, docs=docs, scores=np.full(docs.size, score, np.float32))

    @property
    def is_dense(self) -> bool:
        """Whether the dense form is at hand."""
        return self._dense is not None

    @property
    def docs(self) -> Docs:
        """The documents, ascending."""
        return np.flatnonzero(self.mask) if self._docs is None else self._docs

    @property
    def scores(self) -> Scores:
        """The scores of `docs`."""
        return self.dense[self.docs] if self._scores is None else self._scores

    @property
    def dense(self) -> Scores:
        """The score of every document number, 0 where no match. Do not write to it."""
        if self._dense is not None:
            return self._dense
        dense = np.zeros(self.size, np.float32)
        dense[self.docs] = self.scores
        return dense

    @property
    def mask(self) -> Mask:
        """Which documents match."""
        if self._dense is not None:
            return self._dense > 0
        mask = np.zeros(self.size, np.bool_)
        mask[self.docs] = True
        return mask

    @property
    def nbytes(self) -> int:
        """Bytes that the forms at hand take."""
        return sum(part.nbytes for part in (self._dense, self._docs, self._scores) if part is not None)

    def __len__(self) -> int:
        if self._count < 0:
            self._count = int(np.count_nonzero(self.mask))
        return self._count

    def score_of(self, docs: Docs) -> Scores:
        """The scores of any documents, 0 where no match."""
        if self._dense is not None:
            return self._dense[docs]
        own, scores = self.docs, self.scores
        if docs.size * _LOOKUP > own.size + self.size // _LOOKUP:
            return self.dense[docs]
        if not own.size:
            return np.zeros(docs.size, np.float32)
        at = own.searchsorted(docs)
        at[at == own.size] = 0
        return np.where(own[at] == docs, scores[at], np.float32(0))

    def where(self, mask: Mask) -> Matches:
        """Only the documents of a mask."""
        if self._dense is not None:
            return Matches(self.size, dense=self._dense * mask)
        keep = mask[self.docs]
        return Matches(self.size, docs=self.docs[keep], scores=self.scores[keep])

    def without(self, others: Matches) -> Matches:
        """Only the documents that are not in the others."""
        if others.is_dense or len(others) * 8 > self.size:
            return self.where(~others.mask)
        if self.is_dense:
            dense = self.dense.copy()
            dense[others.docs] = 0
            return Matches(self.size, dense=dense)
        keep = others.score_of(self.docs) == 0
        return Matches(self.size, docs=self.docs[keep], scores=self.scores[keep])

    def top(self, count: int, days: npt.NDArray[np.int32]) -> Docs:
        """The best documents, best first: by score, then the newer, then the lower number."""
        if self._dense is None:
            best = best_or_equal(self.scores, count)
            docs, scores = self.docs[best], self.scores[best]
        else:
            docs, scores = _best(self.dense, count)
        return docs[np.lexsort((docs, -days[docs].astype(np.int64), -scores))[:count]]


def best_or_equal(scores: npt.NDArray[np.floating[Any]], most: int) -> npt.NDArray[np.intp]:
    """Places of the best scores, ascending: at least `most` (ties with the last are kept; of few scores, all)."""
    if scores.size <= 4 * most:
        return np.arange(scores.size)
    least = np.partition(scores, scores.size - most)[scores.size - most]
    return np.flatnonzero(scores >= least)


def _best(dense: Scores, count: int) -> tuple[Docs, Scores]:
    """Every document that may be among the best `count`, and at least those: by strided maxima."""
    columns = dense.size // _ROWS
    if columns <= 2 * count:
        docs = np.flatnonzero(dense)
        return docs, dense[docs]
    table = dense[: columns * _ROWS].reshape(_ROWS, columns)
    maxima = table.max(axis=0)
    least = max(float(np.partition(maxima, -count)[-count]), float(np.finfo(np.float32).tiny))
    hot = np.flatnonzero(maxima >= least)
    rows, at = np.nonzero(table[:, hot] >= least)
    rest = np.flatnonzero(dense[columns * _ROWS :] >= least) + columns * _ROWS
    docs = np.concatenate((rows * columns + hot[at], rest))
    return docs, dense[docs]


def among(few: npt.NDArray[np.integer[Any]], many: npt.NDArray[np.integer[Any]]) -> Mask:
    """Which of `few` numbers are in `many`, the latter ascending."""
    if not many.size:
        return np.zeros(few.size, np.bool_)
    at = many.searchsorted(few)
    at[at == many.size] = 0
    found: Mask = many[at] == few
    return found


def union(parts: Sequence[Matches], size: int) -> Matches:
    """The documents of any part, their scores added."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Matches.none(size)
    begun = next((part for part in parts if part.is_dense), None)
    dense = begun.dense.copy() if begun else np.zeros(size, np.float32)
    for part in parts:
        if part is begun:
            continue
        if part.is_dense:
            dense += part.dense
        else:
            np.add.at(dense, part.docs, part.scores)
    return Matches(size, dense=dense)


def intersection(parts: Sequence[Matches], size: int) -> Matches:
    """The documents of every part, their scores added."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Matches.none(size)
    if all(part.is_dense for part in parts):
        return _intersection_of_dense(parts, size)
    first, *others = sorted(parts, key=lambda part: (part.is_dense, len(part)))
    docs, scores = first.docs, first.scores
    for part in others:
        found = part.score_of(docs)
        keep = found > 0
        docs, scores = docs[keep], scores[keep] + found[keep]
    return Matches(size, docs=docs, scores=scores)


def _intersection_of_dense(parts: Sequence[Matches], size: int) -> Matches:
    added = parts[0].dense + parts[1].dense
    mask = parts[0].mask & parts[1].mask
    for part in parts[2:]:
        added += part.dense
        mask &= part.mask
    added *= mask
    return Matches(size, dense=added)


def best_of(parts: Sequence[Matches], size: int) -> Matches:
    """The documents of any part, each with the best of its scores."""
    if len(parts) == 1:
        return parts[0]
    dense = np.zeros(size, np.float32)
    for part in parts:
        if part.is_dense:
            np.maximum(dense, part.dense, out=dense)
        else:
            dense[part.docs] = np.maximum(dense[part.docs], part.scores)
    return Matches(size, dense=dense)
