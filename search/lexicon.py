"""Lexicon: what the corpus knows of a key, a spelling without marks, or a word. Read from one snapshot."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import product

from index.schema import ZONES
from index.snapshot import Snapshot

from index.analysis.normalize import fold

_MOST_SPELLINGS = 12


class Lexicon:
    """Document frequencies and spellings of one snapshot's terms."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.df = lru_cache(maxsize=1 << 14)(self._df)
        self.word_df = lru_cache(maxsize=1 << 14)(self._word_df)

    def _df(self, key: str, folded: bool = False) -> int:
        """Documents that hold a syllable key: of the body, where almost every syllable of an article stands."""
        return max(self._snapshot.df(zone + ("_fold" if folded else ""), key) for zone in ZONES)

    def spellings(self, folded: str) -> tuple[tuple[str, int], ...]:
        """The keys with marks that fold to `folded`, the most frequent first, each with its document frequency."""
        return self._spellings.get(folded, ())

    @cached_property
    def _spellings(self) -> dict[str, tuple[tuple[str, int], ...]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for key, df in self._snapshot.terms("body"):
            found.setdefault(fold(key), []).append((key, df))
        return {name: tuple(sorted(keys, key=lambda pair: (-pair[1], pair[0]))) for name, keys in found.items()}

    def _word_df(self, keys: tuple[str, ...], folded: tuple[bool, ...]) -> int:
        """Documents in which the segmenter made one word of these syllables, in any zone (counted once a zone)."""
        choices = [
            [spelled for spelled, _ in self.spellings(key)[:_MOST_SPELLINGS]] if bare else [key]
            for key, bare in zip(keys, folded, strict=True)
        ]
        if len(keys) > 2 and any(folded):
            choices = self._pruned(choices)
        return sum(self._snapshot.df(f"{zone}_word", "_".join(word)) for word in product(*choices) for zone in ZONES)

    def _pruned(self, choices: list[list[str]]) -> list[list[str]]:
        """Only spellings of the first two syllables that some word begins with; the rest by frequency."""
        begins = [
            (one, other)
            for one, other in product(choices[0], choices[1])
            if next(self._snapshot.terms("body_word", f"{one}_{other}"), None)
        ]
        firsts, seconds = ([*dict.fromkeys(pair[n] for pair in begins)][:4] for n in (0, 1))
        return [firsts, seconds, *(rest[:5] for rest in choices[2:])]
