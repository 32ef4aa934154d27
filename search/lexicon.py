"""Lexicon: what the corpus knows of a term, a spelling without marks, or a word. Read from one snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from unicodedata import normalize

from index.schema import ZONES
from search import query as q
from search.matching import Matcher
from search.plan import Clause, Slot, Spelling

FORMS = {q.Stream.SYLLABLE: "", q.Stream.FOLDED: "_fold", q.Stream.WORD: "_word", q.Stream.SPECIAL: "_special"}
"""How the fields of each stream of keys end."""
_MOST_SPELLINGS = 12
_MOST_PREFIXED = 64
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
    """Document frequencies and spellings of one snapshot's terms: what the parser and the planner ask."""

    def __init__(self, matcher: Matcher, officials: Callable[[], Container[str]] = tuple) -> None:
        self._matcher = matcher
        self._officials = cache(officials)
        self._snapshot = matcher.snapshot
        self.articles = lru_cache(maxsize=1 << 13)(self._articles)
        self._spelled = lru_cache(maxsize=1 << 13)(self._spelled_in_corpus)
        self.pairs = lru_cache(maxsize=1 << 13)(self._pairs)

    def _articles(self, leaf: q.Leaf) -> int:
        """How many articles hold this term, phrase or prefix in any zone."""
        return int(self._matcher.docs(self.clause(leaf)).size)

    def both(self, first: q.Leaf, second: q.Leaf) -> int:
        """How many articles hold two leaves, wherever."""
        return int(self._matcher.all_of([self.clause(first), self.clause(second)]).size)

    def clause(self, leaf: q.Leaf, zones: tuple[str, ...] = ZONES) -> Clause:
        """A leaf of a query as a clause over index keys."""
        if isinstance(leaf, q.Near):
            spellings = tuple(Spelling((slot_of(slot),)) for slot in leaf.slots)
            return Clause(leaf.typed, spellings, zones, slop=leaf.within)
        return Clause(leaf.typed, (self.spelling(leaf),), zones)

    def spelling(self, leaf: q.Term | q.Phrase | q.Prefix, weight: float = 1.0) -> Spelling:
        """A term, a phrase or the most frequent keys behind a prefix, as one spelling."""
        if isinstance(leaf, q.Prefix):
            form = FORMS[leaf.stream]
            keys = self._beginning((form,), leaf.prefix, _MOST_PREFIXED)
            return Spelling((Slot(tuple((form, key) for key, _ in keys)),), weight)
        slots = (leaf.slot,) if isinstance(leaf, q.Term) else leaf.slots
        return Spelling(tuple(map(slot_of, slots)), weight)

    def spellings(self, folded: str) -> Sequence[tuple[str, int]]:
        """The keys with marks that fold to `folded` and the number of articles that hold each, most frequent first."""
        return self._spelled(folded)

    def _spelled_in_corpus(self, folded: str) -> tuple[tuple[str, int], ...]:
        found = ((key, max(self._snapshot.df(zone, key) for zone in ZONES)) for key in marked_forms(folded))
        return tuple(sorted((row for row in found if row[1]), key=lambda row: (-row[1], row[0])))

    def _pairs(self, first: str, second: str) -> Sequence[tuple[tuple[str, str], int]]:
        """How the corpus spells two folded syllables that make a word, most frequent first."""
        firsts, seconds = ([key for key, _ in self.spellings(one)[:_MOST_SPELLINGS]] for one in (first, second))
        found = [(pair, self._snapshot.df("body_word", "_".join(pair))) for pair in product(firsts, seconds)]
        return sorted((row for row in found if row[1]), key=lambda row: -row[1])

    def specials(self, prefix: str) -> Sequence[tuple[str, int]]:
        """The special tokens that begin so and the number of articles that hold each, most frequent first."""
        return self._beginning(("_special",), prefix, _LOOKED_AT)

    def is_official(self, keys: str) -> bool:
        """Whether the registry knows somebody by exactly this name, given as syllable keys with blanks between."""
        return keys in self._officials()

    def words_beginning(self, keys: Sequence[str], most: int) -> list[str]:
        """Words of several syllables that go on from these syllables, the last of which may be unfinished."""
        prefix = "_".join(keys)
        found = self._beginning(("_word",), prefix, most) if len(prefix) > 1 else []
        return [word.replace("_", " ") for word, _ in found]

    def _beginning(self, forms: Sequence[str], prefix: str, most: int) -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for form, zone in product(forms, ZONES):
            for key, df in islice(self._snapshot.terms(zone + form, prefix), _LOOKED_AT):
                counts[key] += df
        return counts.most_common(most)


def slot_of(slot: q.Slot) -> Slot:
    """A position of a query as a slot over index keys."""
    return Slot(tuple((FORMS[key.stream], key.key) for key in slot))
