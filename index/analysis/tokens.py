"""Syllable tokens ("tiếng"): what is indexed with positions, each with its place in the printed text.

A token is a run of letters and digits; marks that stand alone and invisible characters inside it belong to it. All else
parts tokens and counts no position: `15/2020/NĐ-CP` is four tokens in a row, so is `15 / 2020 / NĐ - CP`, and
`Hà Tĩnh` is found in `Hà-Tĩnh`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from index.analysis.normalize import INVISIBLE, fold, key

_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_SYLLABLE: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}]|[{INVISIBLE}]+(?=[^\W_]|[{_MARKS}]))*")


@dataclass(frozen=True, slots=True)
class Syllable:
    """One token: its keys and the code points of the printed text that it covers, end exclusive."""

    key: str
    folded: str
    start: int
    end: int


def syllables(text: str) -> list[Syllable]:
    """The syllable tokens of a printed text."""
    composed = unicodedata.normalize("NFC", text)
    place = None if composed == text else _places(text)
    found = []
    for match in _SYLLABLE.finditer(composed):
        if name := key(match[0]):
            start, end = match.span()
            if place is not None:
                start, end = place[start], place[end]
            found.append(Syllable(name, fold(name), start, end))
    return found


def _places(text: str) -> list[int]:
    """For each code point of the NFC form of `text`, and for its end, the offset in `text` where it comes from."""
    places: list[int] = []
    begin = 0
    while begin < len(text):
        end = begin + 1
        composed = unicodedata.normalize("NFC", text[begin])
        # A cluster ends where composing the next character with it changes nothing of either.
        while end < len(text):
            longer = unicodedata.normalize("NFC", text[begin : end + 1])
            if not unicodedata.combining(text[end]) and longer == composed + unicodedata.normalize("NFC", text[end]):
                break
            composed, end = longer, end + 1
        places += [begin] * len(composed)
        begin = end
    return [*places, len(text)]
