"""Clauses: which neighbouring words of a query belong together, by what the corpus knows of them.

A name with `trạm y tế phường` after it is four clauses: the name, `trạm`, `y tế`, `phường`. An article matches when it
holds each clause whole, so `An Giang` is not met by an article with `an` and `giang` apart. The best grouping is found
by dynamic programming over the worth of every span of up to five syllables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from search.lexicon import Lexicon
from search.matching import Matcher
from search.plan import Clause, Slot, Spelling

LONGEST = 5
"""Syllables in a clause found here; longer ones are typed as phrases."""
NAME_WORTH = 0.8
"""Worth of a person's name for each syllable after the surname; a sure word of the segmenter has 1."""
ADJACENT = 0.12
"""From this share of documents with both on, two syllables that stand together are taken for a word."""
ADJACENT_WORTH = 0.3
GOES_ON = 0.3
"""A fourth syllable belongs to a name typed without capitals when it follows in this share of its documents."""
RARE_WORD = 0.05
"""The segmenter made a word of less than this share of the places where the syllables meet: chance."""


@dataclass(frozen=True, slots=True)
class Word:
    """One plain word of a query."""

    key: str
    folded: bool
    """Typed without marks, to be found in every spelling."""
    surface: str
    slot: Slot


class Grouper:
    """Groups the words of a query into clauses."""

    def __init__(
        self, lexicon: Lexicon, matcher: Matcher, surnames: frozenset[str], bare_surnames: frozenset[str]
    ) -> None:
        self._lexicon = lexicon
        self._matcher = matcher
        self._surnames = surnames
        self._bare_surnames = bare_surnames

    def group(self, words: Sequence[Word]) -> list[tuple[int, int]]:
        """Spans (first, last exclusive) of the words, in order, that together are worth most."""
        cased = any(word.surface[:1].isupper() for word in words)
        best = [0.0] * (len(words) + 1)
        back = [0] * (len(words) + 1)
        for end in range(1, len(words) + 1):
            best[end] = float("-inf")
            for length in range(1, min(LONGEST, end) + 1):
                first = end - length
                worth = best[first] + self._worth(words[first:end], cased, alone=length == len(words))
                if worth > best[end] + 1e-9:
                    best[end], back[end] = worth, length
        spans: list[tuple[int, int]] = []
        end = len(words)
        while end:
            spans.append((end - back[end], end))
            end -= back[end]
        return spans[::-1]

    def _worth(self, words: Sequence[Word], cased: bool, alone: bool) -> float:
        if len(words) < 2:
            return 0.0
        together = self._together(words)
        if not together:
            # A name that nobody printed is still one clause, so that it finds nobody else.
            return NAME_WORTH / 2 if alone and self._may_be_name(words, cased) else 0.0
        joints = len(words) - 1
        worth = 0.0
        share = self._lexicon.word_df(tuple(w.key for w in words), tuple(w.folded for w in words)) / together
        if share > RARE_WORD:
            worth = joints * sqrt(min(1.0, share)) if joints == 1 else joints * min(1.0, share)
        if self._may_be_name(words, cased) and (alone or cased or self._goes_on(words, together)):
            worth = max(worth, joints * NAME_WORTH * (1 if together > 1 or alone else 0.6))
        if not worth and len(words) == 2 and together >= 3 and together > ADJACENT * self._apart(words):
            worth = ADJACENT_WORTH
        return worth

    def _goes_on(self, words: Sequence[Word], together: int) -> bool:
        """Without capitals to tell: whether a name of three syllables is usually followed by this fourth one."""
        return len(words) < 4 or together >= GOES_ON * self._together(words[:-1])

    def _may_be_name(self, words: Sequence[Word], cased: bool) -> bool:
        """A surname and two or three more syllables, with capitals where the query has any."""
        if not 3 <= len(words) <= 4 or any(word.key.isdigit() for word in words):
            return False
        first = words[0]
        known = first.key in (self._bare_surnames if first.folded else self._surnames)
        return known and (not cased or all(word.surface[:1].isupper() for word in words))

    def _together(self, words: Sequence[Word]) -> int:
        return int(self._matcher.docs(clause_of(words)).size)

    def _apart(self, words: Sequence[Word]) -> int:
        """Documents that hold both words, wherever."""
        return int(self._matcher.all_of([clause_of(words[:1]), clause_of(words[1:])]).size)


def clause_of(words: Sequence[Word]) -> Clause:
    """The words as one clause: each after the other."""
    label = " ".join(word.surface for word in words)
    return Clause(label, (Spelling(tuple(word.slot for word in words)),))
