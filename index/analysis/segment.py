"""Vietnamese word segmentation: pyvi's own model, evaluated with numpy, output identical to `ViTokenizer.tokenize`.

pyvi labels every syllable of a text B_W (a word begins) or I_W (it goes on) and joins accordingly. Its features look
at a syllable, its two neighbours and a dictionary of compounds; **the whole text is one sequence**, a line break is a
token of it, so segmenting piece by piece gives other words. With two labels Viterbi needs only one number per token,
the lead D of B_W over I_W:

    D[0] = d[0]        D[t] = d[t] + T(I,B) - T(B,I) - clip(D[t-1], low, high)

where d is what the features say, low = T(I,I) - T(B,I), high = T(I,B) - T(B,B). The clip forgets nearly everything, so
bounds on D decide almost all labels at once, and every pass of the same formula over the bounds decides more.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.crf import CrfWeights, read_compounds, read_weights

# pyvi's own patterns and their order; only its capturing groups are gone.
_TOKEN: Final = re.compile(
    "|".join(
        (
            r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\.",
            r"==>|->|\.\.\.|>>|\n",
            r"\w+://[^\s]+",
            r"[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+",
            r"\d+(?:[\.,_]\d+)+",
            r"[^\w\s]",
            r"\w+",
        )
    )
)
_MEMO_CHUNKS: Final = 1 << 17
_MEMO_CHARACTERS: Final = 1 << 21
_LONGEST_REMEMBERED: Final = 48
_JOINABLE, _TITLE = 1, 2

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


def chunks(text: str) -> list[str]:
    """The runs of `text` (NFC) between white space, and every line break as a chunk `"\\n"` of its own."""
    found: list[str] = []
    for line in text.split("\n"):
        found += line.split()
        found.append("\n")
    found.pop()
    return found


def split_chunk(chunk: str) -> list[tuple[str, int]]:
    """pyvi's tokens of one chunk, with their offsets in it."""
    return [(match[0], match.start()) for match in _TOKEN.finditer(chunk)]


class Segmenter:
    """Evaluates the model; remembers chunks and tokens seen before, within fixed bounds. One thread at a time."""

    def __init__(self, weights: CrfWeights, twos: Iterable[tuple[str, str]], threes: Iterable[tuple[str, str, str]]):
        self._leaning = weights.leaning
        (bb, bi), (ib, ii) = weights.transitions
        self._low, self._high, self._drift = ii - bi, ib - bb, ib - bi
        self._compounds = _Compounds(twos, threes)
        self._forget()

    def tokenize(self, text: str) -> str:
        """What pyvi's `ViTokenizer.tokenize` gives: tokens parted by spaces, the syllables of a word joined by `_`."""
        ids, joined = self.join(chunks(unicodedata.normalize("NFC", text)))
        if not len(ids):
            return text
        return "".join(map(self._forms.__getitem__, (2 * ids + joined).tolist()))[1:]

    def join(self, pieces: Sequence[str]) -> tuple[Ints, Bools]:
        """Of a whole text's chunks: a number for each of pyvi's tokens, and whether it goes on the word before it."""
        if len(self._chunk_tokens) > _MEMO_CHUNKS or self._characters > _MEMO_CHARACTERS:
            self._forget()
        ids = np.fromiter(chain.from_iterable(map(self._chunk_tokens.__getitem__, pieces)), np.int64)
        if len(ids) < 2:
            return ids, np.zeros(len(ids), np.bool_)
        traits = self._traits[ids]
        joinable, title = (traits & _JOINABLE).astype(np.bool_), (traits & _TITLE).astype(np.bool_)
        inside = self._inside(self._lead(ids))
        joined = np.zeros(len(ids), np.bool_)
        joined[1:] = inside[1:] & joinable[1:] & joinable[:-1] & (title[:-1] | ~title[1:])
        return ids, joined

    def _lead(self, ids: Ints) -> NDArray[np.float64]:
        """d: how far each token's features lean to B_W."""
        scores = self._scores[ids]
        lead = scores[:, 1].copy()
        lead[1:] += scores[:-1, 0]
        lead[:-1] += scores[1:, 2]
        first, third = self._compounds.find(self._syllable[ids])
        lead[first + 1] += self._leaning["-1:word.bi_gram()"]
        lead[first] += self._leaning["+1:word.bi_gram()"]
        lead[third + 2] += self._leaning["-2:word.tri_gram()"]
        lead[third] += self._leaning["+2:word.tri_gram()"]
        return lead

    def _inside(self, lead: NDArray[np.float64]) -> Bools:
        """The label of each token: True for I_W."""
        low, high, drift = self._low, self._high, self._drift
        least, most = lead + (drift - high), lead + (drift - low)
        least[0] = most[0] = lead[0]
        while True:
            open_ = (most > low) & (least <= high) & (least != most)
            open_[-1] = least[-1] < 0 <= most[-1] and least[-1] != most[-1]
            if not open_.any():
                break
            at = np.flatnonzero(open_[1:]) + 1
            before_least, before_most = np.clip(least[at - 1], low, high), np.clip(most[at - 1], low, high)
            least[at], most[at] = lead[at] + drift - before_most, lead[at] + drift - before_least
        inside: Bools = most <= low
        # Between the bounds the next label decides: B_W after an I_W, I_W after a B_W.
        inside[-1] = most[-1] < 0
        between = np.flatnonzero((most[:-1] > low) & (most[:-1] <= high))
        for t in between[::-1].tolist():
            inside[t] = not inside[t + 1]
        return inside

    def _forget(self) -> None:
        self._numbers: dict[str, int] = {}
        self._chunk_tokens = _ChunkTokens(self)
        self._characters = 0
        self._forms: list[str] = []
        self._scores = np.zeros((1 << 12, 3))
        self._syllable = np.zeros(1 << 12, np.int64)
        self._traits = np.zeros(1 << 12, np.uint8)

    def number(self, token: str) -> int:
        """The number of a token; its features are computed when it is met first."""
        number = self._numbers.get(token)
        if number is not None:
            return number
        number = self._numbers[token] = len(self._numbers)
        if number == len(self._traits):
            self._scores = np.concatenate((self._scores, np.zeros_like(self._scores)))
            self._syllable = np.concatenate((self._syllable, np.zeros_like(self._syllable)))
            self._traits = np.concatenate((self._traits, np.zeros_like(self._traits)))
        self._characters += len(token)
        self._forms += (" " + token, "_" + token)
        self._scores[number] = self._score(token)
        self._syllable[number] = self._compounds.syllables.get(token.lower(), 0)
        joinable = token not in string.punctuation and not token[0].isdigit()
        self._traits[number] = _JOINABLE * joinable + _TITLE * token[0].istitle()
        return number

    def _score(self, token: str) -> tuple[float, float, float]:
        """What a token says about the next one, itself, and the one before."""
        leaning, lower = self._leaning.get, token.lower()
        said = []
        for place in ("-1:", "", "+1:"):
            score = leaning(f"{place}word.lower():{lower}", 0.0)
            if token.isupper():
                score += leaning(f"{place}word.isupper()", 0.0)
            if token.istitle():
                score += leaning(f"{place}word.istitle()", 0.0)
            said.append(score)
        own = said[1] + leaning("bias", 0.0)
        if token.isdigit():
            own += leaning("word.isdigit()", 0.0)
        return said[0], own, said[2]


class _ChunkTokens(dict[str, tuple[int, ...]]):
    """Chunk → the numbers of its tokens, found when it is met first."""

    def __init__(self, segmenter: Segmenter) -> None:
        super().__init__()
        self._segmenter = segmenter

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        numbers = tuple(map(self._segmenter.number, _TOKEN.findall(chunk)))
        if len(chunk) <= _LONGEST_REMEMBERED:
            self[chunk] = numbers
        return numbers


class _Compounds:
    """pyvi's words of two and three syllables, looked up for a whole text at once."""

    def __init__(self, twos: Iterable[tuple[str, str]], threes: Iterable[tuple[str, str, str]]) -> None:
        twos, threes = list(twos), list(threes)
        known = sorted(set(chain.from_iterable(twos)) | set(chain.from_iterable(threes)))
        self.syllables = {syllable: number for number, syllable in enumerate(known, start=1)}
        self._size = size = len(known) + 1
        number = self.syllables
        pairs = np.array([number[a] * size + number[b] for a, b in twos], np.int64)
        self._pairs = np.zeros(size * size // 8 + 1, np.uint8)  # a bit for every possible pair
        np.bitwise_or.at(self._pairs, pairs >> 3, (1 << (pairs & 7)).astype(np.uint8))
        self._threes = {(number[a] * size + number[b], number[c]) for a, b, c in threes}
        opening = np.array(sorted({pair for pair, _ in self._threes}), np.int64)
        self._openings = np.zeros(1 << 16, np.bool_)
        self._openings[opening & 0xFFFF] = True

    def find(self, syllables: Ints) -> tuple[Ints, Ints]:
        """The places where a word of two and of three syllables begins, in a text's syllable numbers."""
        pairs = syllables[:-1] * self._size + syllables[1:]
        two = np.flatnonzero((self._pairs[pairs >> 3] >> (pairs & 7).astype(np.uint8)) & 1)
        likely = np.flatnonzero(self._openings[pairs[:-1] & 0xFFFF])
        opening, last = pairs[likely].tolist(), syllables[likely + 2].tolist()
        known = self._threes
        found = [at for at, key in zip(likely.tolist(), zip(opening, last, strict=True), strict=True) if key in known]
        return two, np.array(found, np.int64)


@cache
def segmenter() -> Segmenter:
    """The evaluator of the installed pyvi's model, loaded once.

    Raises:
        ModelError: pyvi is not installed, or is not the version whose model is known.
    """
    return Segmenter(read_weights(), *read_compounds())
