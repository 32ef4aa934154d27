"""Vietnamese word segmentation: pyvi's own model, evaluated with numpy, output identical to `ViTokenizer.tokenize`.

pyvi labels every syllable of a text B_W (a word begins) or I_W (it goes on) and joins accordingly. Its features look
at a syllable, its two neighbours and a dictionary of compounds; **the whole text is one sequence**, a line break is a
token of it, so segmenting piece by piece gives other words. With two labels Viterbi needs only one number per token,
the lead D of B_W over I_W:

    D[0] = d[0]        D[t] = d[t] + T(I,B) - T(B,I) - clip(D[t-1], low, high)

where d is what the features say, low = T(I,I) - T(B,I), high = T(I,B) - T(B,B). The clip forgets nearly everything, so
bounds on D decide almost all labels at once, and for the others a few tokens before them are enough.
"""

from __future__ import annotations

import re
import string
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.crf import CrfWeights, read_compounds, read_weights
from index.analysis.features import Bools, Compounds, Ints, Leaning, replayed

# pyvi's own patterns and their order; only its capturing groups are gone.
_BEFORE_ADDRESS: Final = (
    r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\.",
    r"==>|->|\.\.\.|>>|\n",
    r"\w+://[^\s]+",
)
_LOCAL: Final = r"[a-zA-Z0-9_.+-]+"
_ADDRESS: Final = _LOCAL + r"@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+"
_AFTER_ADDRESS: Final = (r"\d+(?:[\.,_]\d+)+", r"[^\w\s]", r"\w+")
_TOKEN: Final = re.compile("|".join((*_BEFORE_ADDRESS, _ADDRESS, *_AFTER_ADDRESS)))
_TOKEN_NO_ADDRESS: Final = re.compile("|".join((*_BEFORE_ADDRESS, *_AFTER_ADDRESS)))
_LOCAL_PART: Final = re.compile(_LOCAL)
_WHOLE_ADDRESS: Final = re.compile(_ADDRESS)
_MEMO_CHUNKS: Final = 1 << 18
_MEMO_CHARACTERS: Final = 1 << 22
_JOINABLE, _TITLE = 1, 2
_SAME: Final = 1e-9  # scores of some tens differ by 1e-14 when they are added in another order


def chunks(text: str) -> list[str]:
    """The runs of `text` between white space, and every line break as a chunk `"\\n"` of its own."""
    found: list[str] = []
    for line in text.split("\n"):
        found += line.split()
        found.append("\n")
    found.pop()
    return found


def split_chunk(chunk: str) -> list[tuple[str, int]]:
    """pyvi's tokens of one chunk, with their offsets in it; in time that grows with its length.

    pyvi looks for an e-mail address from every token on, through the whole run of signs that may stand before its `@`:
    `A-A-A-…` of 100 KB takes minutes. From within one run either every place begins an address or none does.
    """
    if "@" not in chunk:
        return [(match[0], match.start()) for match in _TOKEN_NO_ADDRESS.finditer(chunk)]
    found: list[tuple[str, int]] = []
    form, known, at = _TOKEN, 0, 0
    while at < len(chunk):
        if at >= known:
            run = _LOCAL_PART.match(chunk, at)
            known = run.end() if run else at + 1
            form = _TOKEN if run and _WHOLE_ADDRESS.match(chunk, at) else _TOKEN_NO_ADDRESS
        match = form.search(chunk, at)
        if match is None:
            break
        found.append((match[0], match.start()))
        at = match.end()
    return found


class Segmenter:
    """Evaluates the model; remembers chunks and tokens seen before, within fixed bounds. One thread at a time."""

    def __init__(self, weights: CrfWeights, twos: Iterable[tuple[str, str]], threes: Iterable[tuple[str, str, str]]):
        self._weights = weights
        self._leaning = Leaning(weights)
        (bb, bi), (ib, ii) = weights.transitions
        self._low, self._high, self._drift = ii - bi, ib - bb, ib - bi
        self._compounds = Compounds(twos, threes)
        self.epoch = 0
        """Counts on when what was remembered is forgotten, and chunks get other numbers."""
        self._forget()

    def tokenize(self, text: str) -> str:
        """What pyvi's `ViTokenizer.tokenize` gives: tokens parted by spaces, the syllables of a word joined by `_`."""
        ids, joined = self.join(self.numbers(chunks(text)))
        if not len(ids):
            return text
        return "".join(map(self._forms.__getitem__, (2 * ids + joined).tolist()))[1:]

    def numbers(self, pieces: Sequence[str]) -> Ints:
        """A number for every chunk of a whole text, as printed; `names` says which chunk has it in this epoch."""
        if len(self.names) > _MEMO_CHUNKS or self._characters > _MEMO_CHARACTERS:
            self._forget()
        return np.fromiter(map(self._numbers.__getitem__, pieces), np.int64, len(pieces))

    def join(self, numbers: Ints) -> tuple[Ints, Bools]:
        """Of a whole text's chunks: a number for each of pyvi's tokens, and whether it goes on the word before it."""
        if not len(numbers):
            return numbers, np.zeros(0, np.bool_)
        rows = spread(
            np.frombuffer(self._first, np.int64).take(numbers), np.frombuffer(self.count, np.int64).take(numbers)
        )
        if not len(rows):
            return rows, np.zeros(0, np.bool_)
        ids = np.frombuffer(self._tokens, np.int64).take(rows)
        traits = np.frombuffer(self._traits, np.int8).take(ids)
        joined = np.zeros(len(ids), np.bool_)
        # Joined: both may be, and no title-case syllable follows one that is not.
        able = (traits[1:] & traits[:-1] & _JOINABLE) > (traits[1:] & ~traits[:-1] & _TITLE)
        joined[1:] = self._inside(ids)[1:] & able
        return ids, joined

    def _lead(self, ids: Ints) -> NDArray[np.float64]:
        """d: how far each token's features lean to B_W."""
        scores = np.frombuffer(self._scores, np.float64).reshape(-1, 3).take(ids, axis=0)
        lead = scores[:, 1].copy()
        lead[1:] += scores[:-1, 0]
        lead[:-1] += scores[1:, 2]
        second, first, third_of_three, first_of_three = self._leaning.compounds
        two, three = self._compounds.find(np.frombuffer(self._syllables, np.int64).take(ids))
        lead[two + 1] += second
        lead[two] += first
        lead[three + 2] += third_of_three
        lead[three] += first_of_three
        return lead

    def _inside(self, ids: Ints) -> Bools:
        """The label of each token: True for I_W.

        The clip keeps D[t] - d[t] between two bounds, which decide all but a few labels; D is computed for those only.
        Where it cannot tell two labels apart, CRFsuite's own sums decide: `Minh Minh Minh Minh` is all ties.
        """
        lead = self._lead(ids)
        low, high, drift = self._low, self._high, self._drift
        inside: Bools = lead < 2 * low - drift
        last = len(lead) - 1
        undecided = {0, last, *np.flatnonzero(~inside & (lead < 2 * high - drift)).tolist()}
        for t in sorted(undecided, reverse=True):
            exact = self._exact(lead, t)
            bounds = (0.0,) if t == last else (low, high)
            if any(abs(exact - bound) < _SAME for bound in bounds):
                tokens = [self._forms[2 * number][1:] for number in ids.tolist()]
                return replayed(self._weights, self._compounds, tokens)
            # Between the bounds the next label decides: B_W before an I_W, I_W before a B_W.
            inside[t] = exact < bounds[0] or (t < last and exact < high and not inside[t + 1])
        return inside

    def _exact(self, lead: NDArray[np.float64], t: int) -> float:
        """D[t], from the last token before it whose D is beyond the clip whatever comes before."""
        low, high, drift = self._low, self._high, self._drift
        start = t
        while start:
            start -= 1
            value = float(lead[start])
            if not start:
                break
            if value <= 2 * low - drift or value >= 2 * high - drift:
                value = low if value <= 2 * low - drift else high
                break
        else:
            return float(lead[t])
        for at in range(start + 1, t + 1):
            value = float(lead[at]) + drift - min(max(value, low), high)
        return value

    def _forget(self) -> None:
        self.epoch += 1
        self.names: list[str] = []
        self.count = array("q")  # of each chunk: how many tokens it has
        self._first = array("q")
        self._tokens = array("q")
        self._numbers = _ChunkNumbers(self.add)
        self._characters = 0
        self._known: dict[str, int] = {}
        self._forms: list[str] = []
        self._scores = array("d")
        self._syllables = array("q")
        self._traits = array("b")

    def add(self, chunk: str) -> int:
        """Look at a chunk that was not met in this epoch; its number."""
        composed = unicodedata.normalize("NFC", chunk)
        tokens = [composed] if composed.isalnum() else _TOKEN.findall(composed)
        self.names.append(chunk)
        self.count.append(len(tokens))
        self._first.append(len(self._tokens))
        self._characters += len(chunk)
        for token in tokens:
            known = self._known.get(token)
            self._tokens.append(self._learn(token) if known is None else known)
        return len(self.names) - 1

    def _learn(self, token: str) -> int:
        number = self._known[token] = len(self._known)
        lower = token.lower()
        self._forms += (" " + token, "_" + token)
        self._scores.extend(self._leaning.scores(token, lower))
        self._syllables.append(self._compounds.syllables.get(lower, 0))
        joinable = token not in string.punctuation and not token[0].isdigit()
        self._traits.append(_JOINABLE * joinable + _TITLE * token[0].istitle())
        return number


class _ChunkNumbers(dict[str, int]):
    """Chunk → its number; a chunk is looked at when it is met first."""

    def __init__(self, add: Callable[[str], int]) -> None:
        super().__init__()
        self._add = add

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = self._add(chunk)
        return number


def spread(firsts: Ints, counts: Ints) -> Ints:
    """The rows `first, first + 1, … first + count - 1` of every entry, in a row."""
    lasts = np.cumsum(counts)
    rows: Ints = np.repeat(firsts - lasts + counts, counts)
    rows += np.arange(len(rows))
    return rows


@cache
def segmenter() -> Segmenter:
    """The evaluator of the installed pyvi's model, loaded once.

    Raises:
        ModelError: pyvi is not installed, or is not the version whose model is known.
    """
    return Segmenter(read_weights(), *read_compounds())
