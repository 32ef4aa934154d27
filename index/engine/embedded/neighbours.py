"""Neighbours: which syllables stand beside which, read from the stream of the bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from index.engine.embedded.flat.segment import FOLDED, FieldArrays, FlatSegment
from index.engine.embedded.flat.stream import RARE
from index.engine.embedded.snapshot import Snapshot

_ZONE = "body"
_MOST_PLACES = 40_000
"""Of a word that stands oftener, so many places tell what stands beside it."""
_MOST_RUNS = 2_000
_FEWEST = 3
"""What stands beside a word less often is left out: most of it is chance, and there is much of it."""
_Codes = npt.NDArray[np.uint16]


class Neighbours:
    """Counts words side by side in one snapshot. Rare words, which have no code of their own, are left out."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._segments = [_ZoneTokens(segment) for segment in snapshot.segments]
        self._titles = [_ZoneTokens(segment, "title") for segment in snapshot.segments]

    def beside(self, key: str, *, after: bool) -> Counter[str]:
        """What stands right after (or before) a syllable, and how often."""
        counts: Counter[str] = Counter()
        for words in self._segments:
            codes = words.stream_at(words.tokens(key), 1 if after else -1)
            many = np.bincount(codes, minlength=1)
            often = np.flatnonzero(many[:RARE] >= _FEWEST)
            counts.update(dict(zip(map(words.printed, often.tolist()), many[often].tolist(), strict=True)))
        return counts

    def pairs(self, first: str, second: str) -> Counter[tuple[str, str]]:
        """How two syllables without marks are printed side by side, and how often each way."""
        counts: Counter[tuple[str, str]] = Counter()
        for words in self._segments:
            tokens = words.tokens(first, FOLDED)
            wanted = words.spellings(second)
            if not tokens.size or not wanted.any():
                continue
            left, other = words.stream_at(tokens, 0), words.stream_at(tokens, 1)
            keep = wanted.take(other) & (left != RARE)
            both, many = np.unique(left[keep].astype(np.uint32) << 16 | other[keep], return_counts=True)
            for pair, count in zip(both.tolist(), many.tolist(), strict=True):
                counts[words.printed(pair >> 16), words.printed(pair & 0xFFFF)] += count
        return counts

    def continued(self, typed: Sequence[str], more: int) -> Counter[tuple[str, ...]]:
        """How titles go on from these syllables without marks, the last of which may be a beginning; up to `more`."""
        counts: Counter[tuple[str, ...]] = Counter()
        for words in self._titles:
            for run in words.runs(typed, more):
                counts[run] += 1
        return counts


class _ZoneTokens:
    """One zone of one segment, token by token."""

    def __init__(self, segment: FlatSegment, zone: str = _ZONE) -> None:
        self._fields, self._zone = segment.fields, zone
        self.printed = lru_cache(maxsize=1 << 16)(self._printed)

    @property
    def _body(self) -> FieldArrays | None:
        body = self._fields.get(self._zone)
        return body if body is not None and body.codes is not None else None

    @cached_property
    def _terms(self) -> npt.NDArray[np.int64]:
        """Code → ordinal of the term."""
        found = np.full(RARE + 1, -1, np.int64)
        if self._body is not None and self._body.codes is not None:
            found[self._body.codes] = np.arange(self._body.codes.size)
        return found

    def _printed(self, code: int) -> str:
        """The key that a code stands for."""
        assert self._body is not None
        return self._body.terms[int(self._terms[code])].decode()

    def tokens(self, key: str, form: str = "") -> npt.NDArray[np.int64]:
        """Where a key stands in the stream, at the first places only where it is frequent."""
        arrays, body = self._fields.get(self._zone + form), self._body
        ordinal = arrays.terms.find(key.encode()) if arrays is not None else -1
        if arrays is None or body is None or ordinal < 0:
            return np.empty(0, np.int64)
        found = arrays.slice(ordinal)
        docs, tfs = found.docs, found.tfs
        assert found.positions is not None  # every text field has them
        if tfs is not None:
            if found.positions.size > _MOST_PLACES:
                enough = int(tfs.cumsum(dtype=np.int64).searchsorted(_MOST_PLACES)) + 1
                docs, tfs = docs[:enough], tfs[:enough]
            docs = docs.repeat(tfs)
        return body.begins.take(docs[:_MOST_PLACES]) + found.positions[:_MOST_PLACES]

    def stream_at(self, tokens: npt.NDArray[np.int64], step: int) -> _Codes:
        """The codes so many steps from these tokens."""
        if self._body is None or not tokens.size:
            return np.empty(0, np.uint16)
        return self._body.stream.take(tokens + step, mode="clip")

    def spellings(self, folded: str) -> npt.NDArray[np.bool_]:
        """By code, whether it is a spelling of a syllable without marks."""
        found = np.zeros(RARE + 1, np.bool_)
        bare, body = self._fields.get(self._zone + FOLDED), self._body
        ordinal = bare.terms.find(folded.encode()) if bare is not None else -1
        if body is not None and body.codes is not None and body.fold is not None and ordinal >= 0:
            found[body.codes[body.fold == ordinal]] = True
            found[RARE] = False
        return found

    def beginning(self, folded: str) -> npt.NDArray[np.bool_]:
        """By code, whether a syllable without marks begins so."""
        found = np.zeros(RARE + 1, np.bool_)
        bare, body = self._fields.get(self._zone + FOLDED), self._body
        if bare is not None and body is not None and body.codes is not None and body.fold is not None:
            first, last = bare.terms.prefix_range(folded.encode())
            found[body.codes[(body.fold >= first) & (body.fold < last)]] = True
            found[RARE] = False
        return found

    def runs(self, typed: Sequence[str], more: int) -> Iterator[tuple[str, ...]]:
        """Every run that these syllables begin, with what follows them in its document."""
        body = self._body
        if body is None:
            return
        if len(typed) == 1:
            tokens = np.flatnonzero(self.beginning(typed[0]).take(body.stream))[:_MOST_RUNS]
        else:
            tokens = self.tokens(typed[0], FOLDED)
        for step, word in enumerate(typed[1:], 1):
            wanted = self.beginning(word) if step + 1 == len(typed) else self.spellings(word)
            tokens = tokens[wanted.take(self.stream_at(tokens, step))]
        ends = body.begins[body.begins.searchsorted(tokens, side="right")] if tokens.size else tokens
        for token, end in zip(tokens[:_MOST_RUNS].tolist(), ends.tolist(), strict=False):
            codes = body.stream[token : min(token + len(typed) + more, end)].tolist()
            if len(codes) >= len(typed):
                cut = codes.index(RARE) if RARE in codes else len(codes)
                if cut >= len(typed):
                    yield tuple(self.printed(code) for code in codes[:cut])
