"""What the parser asks of the corpus. The parser knows nothing else of the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from index.query import And, Key, Leaf


class Lexicon(Protocol):
    """The words of the corpus and how often they stand in it."""

    def counts(self, clauses: Sequence[Leaf | And]) -> Sequence[int]:
        """How many articles hold each of these clauses in any zone; it may lie afar, and is asked for many at a time.

        All else is near at hand.
        """

    def frequency(self, key: Key) -> int:
        """How many articles hold a key in that one of the zones where most do."""

    def spellings(self, folded: str) -> Sequence[tuple[str, int]]:
        """The keys with marks that fold to `folded` and the number of articles that hold each, most frequent first."""

    def pairs(self, first: str, second: str) -> Sequence[tuple[tuple[str, str], int]]:
        """How the corpus spells two folded syllables standing next to each other, most frequent first; may be empty."""

    def beside(self, key: str, after: bool) -> Mapping[str, int]:
        """The syllables that stand right after, or before, a syllable, and about how often."""

    def specials(self, prefix: str) -> Sequence[tuple[str, int]]:
        """The special tokens that begin so and the number of articles that hold each, most frequent first."""

    def is_official(self, keys: str) -> bool:
        """Whether the registry knows somebody by exactly this name: syllable keys, or without marks, with blanks."""


class EmptyLexicon:
    """The lexicon of a corpus without an article."""

    def counts(self, clauses: Sequence[Leaf | And]) -> Sequence[int]:
        """None."""
        return [0] * len(clauses)

    def frequency(self, key: Key) -> int:
        """None."""
        return 0

    def spellings(self, folded: str) -> Sequence[tuple[str, int]]:
        """None."""
        return ()

    def pairs(self, first: str, second: str) -> Sequence[tuple[tuple[str, str], int]]:
        """None."""
        return ()

    def beside(self, key: str, after: bool) -> Mapping[str, int]:
        """Nothing."""
        return {}

    def specials(self, prefix: str) -> Sequence[tuple[str, int]]:
        """None."""
        return ()

    def is_official(self, keys: str) -> bool:
        """Nobody is known."""
        return False
