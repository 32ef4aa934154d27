"""The one analyzer, for index and query: a text's syllables, words and special tokens with their places in it.

Four streams come of a text: syllables with marks (recall and phrases), the same without marks (what was typed without),
pyvi's words (rank) and special tokens. No stop words: `an` of Công an is a token like any other.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.abbreviations import by_key
from index.analysis.crf import MODEL_VERSION
from index.analysis.features import Bools, Ints
from index.analysis.normalize import fold, key
from index.analysis.segment import Segmenter, chunks, segmenter, split_chunk, spread
from index.analysis.special import TRIGGERS, Special, among, in_chunk, percent
from index.analysis.tokens import Syllable, syllables

VERSION: Final = f"1+{MODEL_VERSION}"
"""Stamped into every index generation: another analyzer means other keys."""

_PIECE: Final = re.compile(r"\n|\S+")

Offsets = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of one text. A position is a syllable token's number in it, from 0."""

    syllables: tuple[str, ...]
    """The keys with marks, one per position."""
    folded: tuple[str, ...]
    """The keys without marks, one per position."""
    starts: Offsets
    """Code-point offset in the printed text where each token starts."""
    ends: Offsets
    """Where each ends, exclusive."""
    words: tuple[tuple[int, int, str], ...]
    """pyvi's words of two or more syllables, in order: first position, number of syllables, keys joined by `_`."""
    specials: tuple[Special, ...]
    """Special tokens: first position, number of syllable tokens covered, kind, key."""


_NOTHING: Final = Analysis((), (), np.zeros(0, np.int32), np.zeros(0, np.int32), (), ())


class _Chunks:
    """What is in the segmenter's chunks whatever stands around them: flat tables, a chunk's rows in a row."""

    def __init__(self) -> None:
        self._known = frozenset(name for name in by_key() if len(name) > 1)
        self.keys: list[str] = []
        self.folded: list[str] = []
        self.starts = array("i")
        self.ends = array("i")
        self.length = array("q")  # of each chunk: its code points as printed
        self.first = array("q")  # of each chunk: its first row in the four tables above
        self.count = array("q")
        self.per_token = array("q")  # how many syllables start in each of pyvi's tokens
        self.first_token = array("q")
        self.tokens = array("q")
        self.specials: list[tuple[Special, ...]] = []
        self.telling = array("b")  # whether special tokens are in it, or begin or end in it

    def add(self, chunk: str) -> None:
        """Look at the chunk that has the next number."""
        self.length.append(len(chunk))
        self.first.append(len(self.keys))
        self.first_token.append(len(self.per_token))
        if chunk.isalpha() and not chunk[1:].isupper() and len(chunk) > 2 and unicodedata.is_normalized("NFC", chunk):
            self._add_word(chunk)
            return
        composed = unicodedata.normalize("NFC", chunk)
        inside = syllables(composed)
        printed = inside if composed == chunk else syllables(chunk)
        self.count.append(len(inside))
        self.keys += [syllable.key for syllable in inside]
        self.folded += [syllable.folded for syllable in inside]
        self.starts.extend(syllable.start for syllable in printed)
        self.ends.extend(syllable.end for syllable in printed)
        self._add_tokens(composed, inside)
        specials = []
        for start, end, kind, name in in_chunk(composed, self._known):
            covered = [at for at, syllable in enumerate(inside) if syllable.start < end and start < syllable.end]
            specials.append((covered[0], len(covered), kind, name))
        self.specials.append(tuple(specials))
        self.telling.append(bool(specials) or chunk[0] == "%" or any(one.key in TRIGGERS for one in inside))

    def _add_word(self, chunk: str) -> None:
        """Letters only, and not all of them capitals: one syllable, one of pyvi's tokens."""
        name = key(chunk)
        self.count.append(1)
        self.keys.append(name)
        self.folded.append(fold(name))
        self.starts.append(0)
        self.ends.append(len(chunk))
        self.tokens.append(1)
        self.per_token.append(1)
        self.specials.append(())
        self.telling.append(name in TRIGGERS)

    def _add_tokens(self, composed: str, inside: Sequence[Syllable]) -> None:
        tokens = split_chunk(composed)
        per_token = [0] * len(tokens)
        for syllable in inside:
            per_token[sum(start <= syllable.start for _, start in tokens) - 1] += 1
        self.tokens.append(len(tokens))
        self.per_token.extend(per_token)


class Analyzer:
    """Analyses texts; remembers chunks that it has seen, within fixed bounds. Safe for use by threads."""

    def __init__(self, words: Segmenter) -> None:
        self._segmenter = words
        self._chunks, self._epoch = _Chunks(), words.epoch
        self._lock = Lock()

    def analyze(self, *zones: str) -> tuple[Analysis, ...]:
        """One Analysis per zone; the words are those of the whole text, the zones a line each."""
        with self._lock:
            return self._analyze(zones)

    def _analyze(self, zones: Sequence[str]) -> tuple[Analysis, ...]:
        text = "\n".join(zones)
        pieces = chunks(text)
        numbers = self._segmenter.numbers(pieces)
        _, joined = self._segmenter.join(numbers)
        if not len(joined):
            return tuple(_NOTHING for _ in zones)
        table = self._look_up()
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
        words = _Words(np.frombuffer(table.per_token, np.int64).take(token_rows), joined)
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

    def _look_up(self) -> _Chunks:
        """The tables, with every chunk that the segmenter has numbered."""
        if self._epoch != self._segmenter.epoch:
            self._chunks, self._epoch = _Chunks(), self._segmenter.epoch
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
                special = among(keys, at, before) if many else percent(keys, at, before)
                if special and special not in found[-2:]:
                    found.append(special)
        return found


def analyze(text: str) -> Analysis:
    """The tokens of a text that stands alone, such as a query.

    Raises:
        ModelError: pyvi is not installed, or is not the version whose model is known.
    """
    return _analyzer().analyze(text)[0]


def analyze_article(title: str, lead: str, body: str) -> tuple[Analysis, Analysis, Analysis]:
    """The tokens of an article's three zones, segmented as the one text that they are.

    Raises:
        ModelError: as `analyze`.
    """
    in_title, in_lead, in_body = _analyzer().analyze(title, lead, body)
    return in_title, in_lead, in_body


@cache
def _analyzer() -> Analyzer:
    return Analyzer(segmenter())


class _Words:
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
