"""The one analyzer, for index and query: a text's syllables, words and special tokens with their places in it.

Four streams come of a text: syllables with marks (recall and phrases), the same without marks (what was typed without),
pyvi's words (rank) and special tokens. No stop words: `an` of Công an is a token like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, repeat
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.chunk_table import ChunkTable
from index.analysis.crf import MODEL_VERSION
from index.analysis.features import Bools, Ints
from index.analysis.segmenter import Segmenter, chunks, segmenter, spread
from index.analysis.special import Special, percent, special_at

VERSION: Final = f"2+{MODEL_VERSION}"
"""Stamped into every index generation: another analyzer means other keys."""

_PIECE: Final = re.compile(r"\n|\S+")

OffsetArray = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of one text. A position is a syllable token's number in it, from 0."""

    syllables: tuple[str, ...]
    """The keys with marks, one per position."""
    folded: tuple[str, ...]
    """The keys without marks, one per position."""
    starts: OffsetArray
    """Code-point offset in the printed text where each token starts."""
    ends: OffsetArray
    """Where each ends, exclusive."""
    words: tuple[tuple[int, int, str], ...]
    """pyvi's words of two or more syllables, in order: first position, number of syllables, keys joined by `_`."""
    specials: tuple[Special, ...]
    """Special tokens: first position, number of syllable tokens covered, kind, key."""


_NOTHING: Final = Analysis((), (), np.zeros(0, np.int32), np.zeros(0, np.int32), (), ())


class Analyzer:
    """Analyses texts; remembers chunks that it has seen, within fixed bounds. Safe for use by threads."""

    def __init__(self, words: Segmenter) -> None:
        self._segmenter = words
        self._chunks, self._epoch = ChunkTable(), words.epoch
        self._lock = Lock()

    def analyze(self, texts: Sequence[Sequence[str]]) -> list[tuple[Analysis, ...]]:
        """For each text, one Analysis per zone; the words are those of the whole text, the zones a line each.

        Chunks that are new in any of the texts are looked at together, before the texts are.
        """
        with self._lock:
            joined = ["\n".join(zones) for zones in texts]
            pieces = [chunks(text) for text in joined]
            ends = list(accumulate(map(len, pieces)))
            numbers = np.split(self._segmenter.numbers(list(chain.from_iterable(pieces))), ends[:-1])
            table = self._look_up()
            return list(map(self._analyze, texts, joined, pieces, numbers, repeat(table)))

    def _analyze(
        self, zones: Sequence[str], text: str, pieces: Sequence[str], numbers: Ints, table: ChunkTable
    ) -> tuple[Analysis, ...]:
        _, joined = self._segmenter.join(numbers)
        if not len(joined):
            return tuple(_NOTHING for _ in zones)
        begins = _begins(text, pieces, numbers, np.frombuffer(table.length, np.int64).take(numbers))
        counts = np.frombuffer(table.count, np.int64).take(numbers)
        rows = spread(np.frombuffer(table.first, np.int64).take(numbers), counts)
        shifts = np.repeat(begins, counts)
        starts = np.frombuffer(table.starts, np.int32).take(rows) + shifts
        ends = np.frombuffer(table.ends, np.int32).take(rows) + shifts
        at = rows.tolist()
        keys, folded = list(map(table.keys.__getitem__, at)), list(map(table.folded.__getitem__, at))
        tokens = np.frombuffer(table.tokens, np.int64).take(numbers)
        token_rows = spread(np.frombuffer(table.first_token, np.int64).take(numbers), tokens)
        words = _JoinedWords(np.frombuffer(table.per_token, np.int64).take(token_rows), joined)
        positions = np.concatenate(([0], np.cumsum(counts)))
        telling = np.flatnonzero(np.frombuffer(table.telling, np.int8).take(numbers))
        specials = self._specials(keys, numbers.take(telling).tolist(), positions.take(telling).tolist())
        analyses, offset = [], 0
        for zone in zones:
            first, last = np.searchsorted(starts, (offset, offset + len(zone))).tolist()
            inside = slice(first, last)
            analyses.append(
                Analysis(
                    tuple(keys[inside]),
                    tuple(folded[inside]),
                    (starts[inside] - offset).astype(np.int32),
                    (ends[inside] - offset).astype(np.int32),
                    words.between(keys, first, last),
                    tuple((p - first, n, kind, name) for p, n, kind, name in specials if first <= p and p + n <= last),
                )
            )
            offset += len(zone) + 1
        return tuple(analyses)

    def _look_up(self) -> ChunkTable:
        """The tables, with every chunk that the segmenter has numbered."""
        if self._epoch != self._segmenter.epoch:
            self._chunks, self._epoch = ChunkTable(), self._segmenter.epoch
        for chunk in self._segmenter.names[len(self._chunks.count) :]:
            self._chunks.add(chunk)
        return self._chunks

    def _specials(self, keys: Sequence[str], telling: Sequence[int], positions: Sequence[int]) -> list[Special]:
        found: list[Special] = []
        table = self._chunks
        for chunk, position in zip(telling, positions, strict=True):
            before = found[-1] if found else None
            found += [(position + first, many, kind, name) for first, many, kind, name in table.specials[chunk]]
            many = table.count[chunk]
            for at in range(position, position + many) if many else (position,):
                special = special_at(keys, at, before) if many else percent(keys, at, before)
                if special and special not in found[-2:]:
                    found.append(special)
        return found


def analyze(text: str) -> Analysis:
    """The tokens of a text that stands alone, such as a query.

    Raises:
        ModelError: pyvi is not installed, or is not the version whose model is known.
    """
    return _analyzer().analyze([(text,)])[0][0]


def analyze_articles(articles: Sequence[tuple[str, str, str]]) -> list[tuple[Analysis, ...]]:
    """The tokens of the three zones of every article, segmented as the one text that they are.

    Raises:
        ModelError: as `analyze`.
    """
    return _analyzer().analyze(articles)


@cache
def _analyzer() -> Analyzer:
    return Analyzer(segmenter())


class _JoinedWords:
    """Runs of joined tokens, as positions; a word of fewer than two syllables is none."""

    def __init__(self, per_token: Ints, joined: Bools) -> None:
        position = np.concatenate(([0], np.cumsum(per_token)))
        changes = np.flatnonzero(np.diff(np.concatenate((joined, [False])).astype(np.int8)))
        firsts, lasts = position.take(changes[::2]), position.take(changes[1::2] + 1)
        long = lasts - firsts > 1
        self._firsts, self._lasts = firsts[long], lasts[long]

    def between(self, keys: Sequence[str], first: int, last: int) -> tuple[tuple[int, int, str], ...]:
        """The words that lie between two positions, counted from the first."""
        here = slice(np.searchsorted(self._firsts, first), np.searchsorted(self._lasts, last, side="right"))
        found = zip(self._firsts[here].tolist(), self._lasts[here].tolist(), strict=True)
        return tuple([(begin - first, end - begin, "_".join(keys[begin:end])) for begin, end in found])


def _begins(text: str, pieces: Sequence[str], numbers: Ints, lengths: Ints) -> Ints:
    """Where each chunk begins in the printed text."""
    breaks = numbers == numbers[pieces.index("\n")] if "\n" in pieces else np.zeros(len(numbers), np.bool_)
    begins = np.zeros(len(numbers), np.int64)
    begins[1:] = np.cumsum(lengths[:-1] + ~(breaks[1:] | breaks[:-1]))
    if begins[-1] + lengths[-1] == len(text):  # nothing but one space between any two
        return begins
    return np.fromiter((match.start() for match in _PIECE.finditer(text)), np.int64, len(pieces))
