"""Lexicon: what the corpus knows of a term, a spelling without marks, or a word. Asked of one generation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from unicodedata import normalize

from index.analysis.normalize import fold, is_marked
from index.engine import Generation
from index.query import And, Key, Leaf
from index.schema import Form

_LOOKED_AT = 2_000
_MOST_FOLLOWING = 4
"""Syllables that a phrase goes on beyond what was typed."""
_FEWEST = 2
"""Titles that a phrase stands in at least, where as many go on at all."""
_SHARE = 0.02
"""And at least this share of all that go on from what was typed."""
_SAME = 0.5
"""A phrase goes on where more than this share of its titles goes on in one way."""


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


class CorpusLexicon:
    """Document frequencies and spellings of one generation's terms: what the parser and the suggestions ask."""

    def __init__(self, generation: Generation, officials: Callable[[], Collection[str]] = tuple) -> None:
        self._generation = generation
        self._terms = generation.terms
        self._officials = cache(officials)
        self._bare = cache(self._without_marks)
        self.frequency = lru_cache(maxsize=1 << 13)(self._frequency)
        self._spelled = lru_cache(maxsize=1 << 13)(self._spelled_in_corpus)
        self.pairs = lru_cache(maxsize=1 << 13)(self._pairs)
        self.beside = lru_cache(maxsize=1 << 10)(self._beside)

    def counts(self, clauses: Sequence[Leaf | And]) -> Sequence[int]:
        """How many articles hold each of these clauses in any zone."""
        return self._generation.counts(clauses)

    def _frequency(self, key: Key) -> int:
        """How many articles hold a key in that one of the zones where most do."""
        return self._terms.frequencies(key.form, [key.key])[0]

    def spellings(self, folded: str) -> Sequence[tuple[str, int]]:
        """The keys with marks that fold to `folded` and the number of articles that hold each, most frequent first."""
        return self._spelled(folded)

    def _spelled_in_corpus(self, folded: str) -> tuple[tuple[str, int], ...]:
        forms = list(marked_forms(folded))
        found = zip(forms, self._terms.frequencies(Form.SYLLABLE, forms), strict=True)
        return tuple(sorted((row for row in found if row[1]), key=lambda row: (-row[1], row[0])))

    def _pairs(self, first: str, second: str) -> Sequence[tuple[tuple[str, str], int]]:
        """How the corpus spells two folded syllables side by side, most frequent first."""
        return sorted(self._terms.pairs(first, second).items(), key=lambda row: (-row[1], row[0]))

    def _beside(self, key: str, after: bool) -> Mapping[str, int]:
        """What stands right after, or before, a syllable, and about how often."""
        return self._terms.beside(key, after=after)

    def specials(self, prefix: str) -> Sequence[tuple[str, int]]:
        """The special tokens that begin so and the number of articles that hold each, most frequent first."""
        return self._terms.beginning(Form.SPECIAL, prefix, _LOOKED_AT)

    def _without_marks(self) -> frozenset[str]:
        folded = {
            syllable: fold(syllable) for syllable in {word for name in self._officials() for word in name.split()}
        }
        return frozenset(" ".join(map(folded.__getitem__, name.split())) for name in self._officials())

    def is_official(self, keys: str) -> bool:
        """Whether the registry knows somebody by exactly this name: syllable keys, or without marks, with blanks."""
        return keys in self._officials() or keys in self._bare()

    def continued(self, typed: Sequence[str], most: int) -> list[str]:
        """Phrases of titles that go on from these syllables, the last of which may be unfinished; likeliest first.

        A phrase is as long as most of the titles that begin it go on in one way.
        """
        runs = self._terms.continued([fold(word) for word in typed], _MOST_FOLLOWING)
        marked = [
            (run, many)
            for run, many in runs.items()
            if all(not is_marked(word) or word == key for word, key in zip(typed[:-1], run, strict=False))
        ]
        counts: Counter[tuple[str, ...]] = Counter()
        for run, many in marked:
            for length in range(len(typed), len(run) + 1):
                counts[run[:length]] += many
        longer: dict[tuple[str, ...], int] = {}
        for run, many in counts.items():
            longer[run[:-1]] = max(many, longer.get(run[:-1], 0))
        total = sum(many for _, many in marked)
        least = min(max(_FEWEST, _SHARE * total), total)
        found = {
            run: many
            for run, many in counts.items()
            if len(run) > 1 and many >= least and longer.get(run, 0) <= _SAME * many
        }
        return [" ".join(run) for run in sorted(found, key=lambda run: (-found[run], len(run)))[:most]]
