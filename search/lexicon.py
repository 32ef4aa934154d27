"""Lexicon: what the corpus knows of a term, a spelling without marks, or a word. Asked of one generation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from unicodedata import normalize

from index.engine import Generation
from index.query import And, Leaf
from index.schema import Form

_MOST_SPELLINGS = 12
_LOOKED_AT = 2_000


_QUALITIES = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}
_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST_SYLLABLE = 7
"""`nghiêng`: anything longer is no Vietnamese syllable, and has no other marks."""


def marked_forms(folded: str) -> set[str]:
    """Every way to put Vietnamese marks on a syllable typed without: qualities of its letters, one tone on a vowel."""
    if len(folded) > _LONGEST_SYLLABLE or not folded.isalpha() or not folded.isascii():
        return {folded}
    forms = set()
    for letters in product(*(_QUALITIES.get(letter, letter) for letter in folded)):
        plain = "".join(letters)
        forms.add(plain)
        for at in [at for at, letter in enumerate(letters) if letter in _VOWELS]:
            forms.update(normalize("NFC", f"{plain[: at + 1]}{tone}{plain[at + 1 :]}") for tone in _TONES)
    return forms


class Lexicon:
    """Document frequencies and spellings of one generation's terms: what the parser and the suggestions ask."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._terms = generation.lexicon
        self.articles = lru_cache(maxsize=1 << 13)(self._articles)
        self._spelled = lru_cache(maxsize=1 << 13)(self._spelled_in_corpus)
        self.pairs = lru_cache(maxsize=1 << 13)(self._pairs)

    def _articles(self, leaf: Leaf) -> int:
        """How many articles hold this term, phrase or prefix in any zone."""
        return self._generation.counts([leaf])[0]

    def both(self, first: Leaf, second: Leaf) -> int:
        """How many articles hold two leaves, wherever."""
        return self._generation.counts([And((first, second))])[0]

    def spellings(self, folded: str) -> Sequence[tuple[str, int]]:
        """The keys with marks that fold to `folded` and the number of articles that hold each, most frequent first."""
        return self._spelled(folded)

    def _spelled_in_corpus(self, folded: str) -> tuple[tuple[str, int], ...]:
        forms = list(marked_forms(folded))
        found = zip(forms, self._terms.frequencies(Form.SYLLABLE, forms), strict=True)
        return tuple(sorted((row for row in found if row[1]), key=lambda row: (-row[1], row[0])))

    def _pairs(self, first: str, second: str) -> Sequence[tuple[tuple[str, str], int]]:
        """How the corpus spells two folded syllables that make a word, most frequent first."""
        firsts, seconds = ([key for key, _ in self.spellings(one)[:_MOST_SPELLINGS]] for one in (first, second))
        pairs = list(product(firsts, seconds))
        counts = self._terms.frequencies(Form.WORD, ["_".join(pair) for pair in pairs], ("body",))
        return sorted((row for row in zip(pairs, counts, strict=True) if row[1]), key=lambda row: -row[1])

    def specials(self, prefix: str) -> Sequence[tuple[str, int]]:
        """The special tokens that begin so and the number of articles that hold each, most frequent first."""
        return self._terms.beginning(Form.SPECIAL, prefix, _LOOKED_AT)

    def words_beginning(self, keys: Sequence[str], most: int) -> list[str]:
        """Words of several syllables that go on from these syllables, the last of which may be unfinished."""
        prefix = "_".join(keys)
        found = self._terms.beginning(Form.WORD, prefix, most) if len(prefix) > 1 else []
        return [word.replace("_", " ") for word, _ in found]
