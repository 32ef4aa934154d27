"""What pyvi's model is asked about every token, and its answers arranged for asking about whole texts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.crf import CrfWeights

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_PLACES: Final = ("-1:", "", "+1:")
_NOTHING: Final = (0.0, 0.0, 0.0)


class Leaning:
    """The weights arranged by what they are asked for."""

    def __init__(self, weights: CrfWeights) -> None:
        leaning = {attribute: begins - inside for attribute, (begins, inside) in weights.states.items()}
        self._lower: dict[str, list[float]] = {}
        for attribute, weight in leaning.items():
            place, colon, lower = attribute.partition("word.lower():")
            if colon:
                self._lower.setdefault(lower, [0.0, 0.0, 0.0])[_PLACES.index(place)] = weight
        upper, title = (
            [leaning.get(f"{place}word.{case}()", 0.0) for place in _PLACES] for case in ("isupper", "istitle")
        )
        self._case = {
            (is_upper, is_title): tuple(is_upper * u + is_title * t for u, t in zip(upper, title, strict=True))
            for is_upper in (False, True)
            for is_title in (False, True)
        }
        self._digit, self._bias = leaning["word.isdigit()"], leaning["bias"]
        of_compounds = ("-1:word.bi_gram()", "+1:word.bi_gram()", "-2:word.tri_gram()", "+2:word.tri_gram()")
        self.compounds = [leaning[attribute] for attribute in of_compounds]

    def scores(self, token: str, lower: str) -> tuple[float, float, float]:
        """What a token says about the next one, itself, and the one before."""
        after, own, before = self._lower.get(lower.partition("\0")[0], _NOTHING)  # CRFsuite's texts end at a NUL
        more_after, more_own, more_before = self._case[token.isupper(), token.istitle()]
        own += self._bias + more_own + (self._digit if token.isdigit() else 0.0)
        return after + more_after, own, before + more_before


class Compounds:
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
        two = np.flatnonzero(self._pairs.take(pairs >> 3) >> (pairs & 7).astype(np.uint8) & 1)
        likely = np.flatnonzero(self._openings.take(pairs[:-1] & 0xFFFF))
        opening, last = pairs[likely].tolist(), syllables[likely + 2].tolist()
        known = self._threes
        found = [at for at, key in zip(likely.tolist(), zip(opening, last, strict=True), strict=True) if key in known]
        return two, np.array(found, np.int64)

    def __contains__(self, syllables: Sequence[str]) -> bool:
        """Whether two or three syllables, in lower case, are a word."""
        first, second, *third = (self.syllables.get(syllable, 0) for syllable in syllables)
        pair = first * self._size + second
        if third:
            return (pair, third[0]) in self._threes
        return bool(self._pairs[pair >> 3] >> (pair & 7) & 1)


def replayed(weights: CrfWeights, compounds: Compounds, tokens: Sequence[str]) -> Bools:
    """The labels by Viterbi as CRFsuite runs it, every sum in its order, so that rounding breaks ties as it does."""
    lower = [token.lower() for token in tokens]
    trace: list[list[int]] = []
    best: list[float] = []
    for t in range(len(tokens)):
        state = [0.0, 0.0]
        for attribute in _attributes(lower, tokens, t, compounds):
            for label, weight in enumerate(weights.states.get(attribute.partition("\0")[0], ())):
                state[label] += weight
        if not t:
            best = state
            continue
        ways = [[best[before] + weights.transitions[before][label] for before in (0, 1)] for label in (0, 1)]
        trace.append([int(b_then < i_then) for b_then, i_then in ways])
        best = [max(way) + own for way, own in zip(ways, state, strict=True)]
    label = int(best[0] < best[1])
    inside = np.zeros(len(tokens), np.bool_)
    for t in range(len(tokens) - 1, -1, -1):
        inside[t] = label
        if t:
            label = trace[t - 1][label]
    return inside


def _attributes(lower: Sequence[str], tokens: Sequence[str], t: int, compounds: Compounds) -> Iterator[str]:
    """The attributes that hold for token `t`, in the order in which pyvi names them."""
    yield "bias"
    yield f"word.lower():{lower[t]}"
    yield from _case("", tokens[t], ("isupper", "istitle", "isdigit"))
    if t:
        yield f"-1:word.lower():{lower[t - 1]}"
        yield from _case("-1:", tokens[t - 1], ("istitle", "isupper"))
        if lower[t - 1 : t + 1] in compounds:
            yield "-1:word.bi_gram()"
        if t > 1 and lower[t - 2 : t + 1] in compounds:
            yield "-2:word.tri_gram()"
    if t + 1 < len(tokens):
        yield f"+1:word.lower():{lower[t + 1]}"
        yield from _case("+1:", tokens[t + 1], ("istitle", "isupper"))
        if lower[t : t + 2] in compounds:
            yield "+1:word.bi_gram()"
        if t + 2 < len(tokens) and lower[t : t + 3] in compounds:
            yield "+2:word.tri_gram()"


def _case(place: str, token: str, asked: Sequence[str]) -> Iterator[str]:
    return (f"{place}word.{name}()" for name in asked if getattr(token, name)())
