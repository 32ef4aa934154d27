"""What the parser asks of the corpus. The parser knows nothing else of the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from index.query import Leaf


class Lexicon(Protocol):
    """The words of the corpus and how often they stand in it."""

    def articles(self, leaf: Leaf) -> int:
        """How many articles hold this term, phrase or prefix in any zone."""

    def spellings(self, folded: str) -> Sequence[tuple[str, int]]:
        """The keys with marks that fold to `folded` and the number of articles that hold each, most frequent first."""

    def both(self, first: Leaf, second: Leaf) -> int:
        """How many articles hold two leaves, wherever."""

    def pairs(self, first: str, second: str) -> Sequence[tuple[tuple[str, str], int]]:
        """How the corpus spells two folded syllables standing next to each other, most frequent first; may be empty."""

    def beside(self, key: str, after: bool) -> Mapping[str, int]:
        """The syllables that stand right after, or before, a syllable, and about how often."""

    def specials(self, prefix: str) -> Sequence[tuple[str, int]]:
        """The special tokens that begin so and the number of articles that hold each, most frequent first."""

    def is_official(self, keys: str) -> bool:
        """Whether the registry knows somebody by exactly this name, given as syllable keys with blanks between."""


class EmptyLexicon:
    """The lexicon of a corpus without an article."""

    def articles(self, leaf: Leaf) -> int:
        """None."""
        return 0

    def spellings(self, folded: str) -> Sequence[tuple[str, int]]:
        """None."""
        return ()

    def both(self, first: Leaf, second: Leaf) -> int:
        """None."""
        return 0

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
