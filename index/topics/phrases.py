"""A tree of phrases, matched by whole syllables in one pass: the longest phrase wins and hides what is inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from index.analysis.normalize import key

# GD&ĐT, GD-ĐT and GDĐT are one token; commas, stops and brackets stay, so that no phrase crosses them.
_TOKEN = re.compile(r"[A-ZĐƯÔ]+(?:[&.\-][A-ZĐƯÔ]+)+(?!\w)|\w+|[.,;:!?()…\n]")
_JOINT = re.compile(r"(?<=\w)[&.\-](?=\w)")
_KEYS: dict[str, str] = {}
_REMEMBERED = 60_000


def _key(printed: str) -> str:
    known = key(printed) or printed
    if len(_KEYS) < _REMEMBERED:
        _KEYS[printed] = known
    return known


def tokens(text: str) -> list[str]:
    """Syllables, whole abbreviations and the punctuation that parts phrases, as printed."""
    return _TOKEN.findall(text)


class PhraseTree:
    """Phrases numbered in the order given. A phrase with a capital letter matches only as printed."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = tuple(phrases)
        self._root: dict[str, Any] = {}
        for number, phrase in enumerate(self.phrases):
            self._add(number, tokens(_JOINT.sub("", phrase)), phrase != phrase.lower())

    def _add(self, number: int, words: list[str], cased: bool) -> None:
        node = self._root
        for word in words:
            node = node.setdefault(_key(word), {})
        # The empty key holds what ends here: the number for any case, and numbers by printed form.
        ends = node.setdefault("", [None, {}])
        if cased:
            ends[1][tuple(words)] = number
        else:
            ends[0] = number

    def find(self, words: Sequence[str]) -> list[int]:
        """Numbers of the phrases in `words` (see `tokens`), in order, with repetitions."""
        known = _KEYS
        keys = [known.get(word) or _key(word) for word in words]
        found: list[int] = []
        root, end, after = self._root, len(keys), 0
        for at in [at for at, begin in enumerate(keys) if begin in root]:
            if at < after:
                continue
            node, best, after, walk = root[keys[at]], None, at + 1, at + 1
            while True:
                ends = node.get("")
                if ends is not None:
                    number = ends[0]
                    if ends[1]:
                        number = ends[1].get(tuple(words[at:walk]), number)
                    if number is not None:
                        best, after = number, walk
                if walk == end or (node := node.get(keys[walk])) is None:
                    break
                walk += 1
            if best is not None:
                found.append(best)
        return found
