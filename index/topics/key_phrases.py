"""A tree of phrases, matched by whole syllables in one pass: the longest phrase wins and hides what is inside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import chain, compress
from typing import Any

from index.analysis.normalize import key

# GD&ĐT, GD-ĐT and GDĐT are one token; commas, stops and brackets stay, so that no phrase crosses them.
_TOKEN = re.compile(r"[A-ZĐƯÔ]+(?:[&.\-][A-ZĐƯÔ]+)+(?!\w)|\w+|[.,;:!?()…\n]")
_JOINT = re.compile(r"(?<=\w)[&.\-](?=\w)")


@lru_cache(60_000)
def _key(printed: str) -> str:
    return key(printed) or printed


@lru_cache(100_000)
def _tokens(piece: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(piece))


def tokens(text: str) -> list[str]:
    """Syllables, whole abbreviations and the punctuation that parts phrases, as printed."""
    pieces = text.replace("\n", "\n ").split(" ")  # no token goes over a blank
    return list(chain.from_iterable(map(_tokens, pieces)))


_SURNAMES = frozenset(
    (
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Hoàng",
        "Huỳnh",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
        "Lưu",
    )
)
"""Before two capitalised words that look like a phrase, the beginning of a name."""


def _in_name(words: Sequence[str], at: int, end: int) -> bool:
    """The capitalised words at … end-1 are a part of a name: `Nguyễn Đức Huy`, `Lê Thánh Tông`, `Lưu Bình Nhưỡng`."""
    if at == 0 or not words[at].istitle() or not words[at - 1].istitle():
        return False
    if end - at > 1:
        return end - at == 2 and words[end - 1].istitle() and words[at - 1] in _SURNAMES
    return (at > 1 and words[at - 2].istitle()) or (at + 1 < len(words) and words[at + 1].istitle())


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

    def find(self, words: Sequence[str], heads: Collection[int] = ()) -> list[int]:
        """Numbers of the phrases in `words` (see `tokens`), in order, with repetitions.

        `heads`: phrases that hide what stands right behind them, as an officer's title does his body's field.
        """
        keys = list(map(_key, words))
        found: list[int] = []
        hidden = -1
        root, end, after = self._root, len(keys), 0
        for at in compress(range(end), map(root.__contains__, keys)):
            if at < after:
                continue
            node, best, after, walk = root[keys[at]], None, at + 1, at + 1
            while True:
                ends = node.get("")
                if ends is not None:
                    number = ends[0]
                    if ends[1]:
                        number = ends[1].get(tuple(words[at:walk]), number)
                    if number is not None and not (walk <= at + 2 and _in_name(words, at, walk)):
                        best, after = number, walk
                if walk == end or (node := node.get(keys[walk])) is None:
                    break
                walk += 1
            if best is None:
                continue
            if best in heads:
                hidden = after
            elif at == hidden:
                hidden = after
                continue
            found.append(best)
        return found
