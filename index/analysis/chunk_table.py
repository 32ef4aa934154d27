"""What is in the segmenter's chunks whatever stands around them: syllables, pyvi's tokens, special tokens."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from index.analysis.normalize import fold, key
from index.analysis.segmenter import split_chunk
from index.analysis.special import TRIGGERS, Special, in_chunk
from index.analysis.tokens import Syllable, syllables


class ChunkTable:
    """Flat tables in the order of the segmenter's numbers, a chunk's rows in a row."""

    def __init__(self) -> None:
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
        starts, ends = [syllable.start for syllable in inside], [syllable.end for syllable in inside]
        for start, end, kind, name in in_chunk(composed):
            first = bisect_right(ends, start)
            specials.append((first, bisect_left(starts, end) - first, kind, name))
        self.specials.append(tuple(specials))
        self.telling.append(bool(specials) or chunk[0] == "%" or any(syllable.key in TRIGGERS for syllable in inside))

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
        starts = [start for _, start in tokens]
        for syllable in inside:
            per_token[bisect_right(starts, syllable.start) - 1] += 1
        self.tokens.append(len(tokens))
        self.per_token.extend(per_token)
