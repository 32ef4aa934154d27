"""Slips of the finger: two words side by side of which one has a letter or a mark too few, too many or wrong.

They are found by what stands in the corpus beside the other one, even where some article prints the same slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Final

from index.analysis.normalize import fold
from index.query import Option, Phrase, Term, both, either
from search.parser import spelling
from search.parser.query_reading import Reading, Stretch, Word, anyhow, exact, leaf, phrase_of
from search.parser.vocabulary import pairs_of_dictionary

_COMMON: Final = 20
"""Two words that stand side by side so often are no slip."""
_FEWEST: Final = 10
_TIMES: Final = 20
"""What is meant instead stands side by side so many times as often."""
_RATHER: Final = 5
"""Or so many times, where the rest of the query makes them likelier."""
_LIKELIER: Final = 4.0
"""The other words stand in so many times as many of their articles."""
_BELONGS: Final = 2.0
"""A word is no slip that is found with the rarest other word of the query so many times as often as its change."""
_SHORTEST_SLIP: Final = 3
_MOST_NEAR: Final = 4
_MOST_COMPANY: Final = 3
_LONGEST: Final = 10
"""In texts of more words, which are pasted more often than typed, slips are not looked for."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Two words side by side that may be a slip of two others."""

    meant: tuple[str, str]
    many: int
    """How often those stand side by side."""
    unseen: bool
    """Whether nobody prints the words side by side as they were typed."""


def slip_of(reading: Reading, first: Word, second: Word, others: Sequence[Word]) -> Slip | None:
    """What two words side by side may be a slip of; None when they are common, or nothing common is near.

    One letter or mark of one of them is changed to make a pair that stands in the corpus far more often, or more often
    and clearly in the company of the `others` of the query; of several pairs the one that keeps their company.
    """
    if not (first.key.isalpha() and second.key.isalpha()):
        return None
    following = reading.lexicon.beside(first.key, True)
    together = following.get(second.key, 0)
    if together >= _COMMON:
        return None
    least = max(_FEWEST, (_RATHER if others else _TIMES) * together)
    typed = (first.key, second.key)
    alike = _Alike(second.key)
    near = {(first.key, other): many for other, many in following.items() if many >= least and alike.near(other)}
    alike = _Alike(first.key)
    before = reading.lexicon.beside(second.key, False)
    near |= {(other, second.key): many for other, many in before.items() if many >= least and alike.near(other)}
    near.pop(typed, None)
    if not near and not together:
        near = dict(_in_dictionary(reading, first, second))
    if not near:
        return None
    best = sorted(near, key=lambda pair: -near[pair])[:_MOST_NEAR]
    if others:
        slots = [exact(word) if word.marked else anyhow(word) for word in others]
        apart = [leaf([slot], [word], word.text) for slot, word in zip(slots, others, strict=True)]
        rarest = min(apart, key=reading.count)
        best = [pair for pair in best if not _belongs(reading, (first, second), pair, rarest)]
    if not best:
        return None
    if others and (len(best) > 1 or near[best[0]] < _TIMES * together):
        company = {pair: _company(reading, pair, (first, second), others) for pair in (*best, typed)}
        likely = [
            pair for pair in best if near[pair] >= _TIMES * together or company[pair] >= _LIKELIER * company[typed]
        ]
        best = sorted(likely, key=lambda pair: -company[pair])
    return Slip(best[0], near[best[0]], not together) if best else None


def _belongs(reading: Reading, words: Sequence[Word], meant: tuple[str, str], rarest: Term | Phrase) -> bool:
    """Whether the word that would be changed is far oftener than its change among articles with the rarest other word.

    Words found apart need not stand side by side: `xả thải bồi thường` is no slip of `xả phải bồi thường`.
    """
    for word, key in zip(words, meant, strict=True):
        if key != word.key:
            typed, other = (phrase_of([syllable], [word], word.text) for syllable in (word.key, key))
            unchanged, instead = (
                (reading.both(term, rarest) + 1) / (reading.count(term) + 1) for term in (typed, other)
            )
            if unchanged < _BELONGS * instead or reading.both(typed, rarest) < _FEWEST:
                return False
    return True


def _company(reading: Reading, pair: tuple[str, str], words: Sequence[Word], others: Sequence[Word]) -> float:
    """How much oftener than elsewhere the articles with a pair hold the rarest other words of the query, multiplied."""
    meant = phrase_of(pair, words, reading.typed(words))
    apart = sorted((leaf([exact(word)], [word], word.text) for word in others), key=reading.count)[:_MOST_COMPANY]
    return prod((reading.both(meant, term) + 1) / (reading.count(meant) + 1) for term in apart)


class _Alike:
    """What a syllable may be a slip of."""

    def __init__(self, typed: str) -> None:
        self._typed, self._folded = typed, fold(typed)
        self._confused = frozenset(spelling.confused(typed))

    def near(self, other: str) -> bool:
        """Whether another syllable differs by marks, by one letter, or by letters that many confuse."""
        typed = self._typed
        if abs(len(typed) - len(other)) > 1:
            return other in self._confused
        return typed == other or other in self._confused or fold(other) == self._folded or _one_letter(typed, other)


def _one_letter(typed: str, other: str) -> bool:
    """Whether two syllables differ by one letter too few, too many or another, or by two that changed places."""
    shorter = min(len(typed), len(other))
    if shorter < _SHORTEST_SLIP or abs(len(typed) - len(other)) > 1:
        return False
    if typed[0] != other[0] and typed[-1] != other[-1]:  # one letter changes one end at most
        return False
    same = 0
    while same < shorter and typed[same] == other[same]:
        same += 1
    left, right = typed[same:], other[same:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def _in_dictionary(reading: Reading, first: Word, second: Word) -> Iterator[tuple[tuple[str, str], int]]:
    """Words of the dictionary that somebody prints, and that two words are a slip of."""
    after, before = pairs_of_dictionary()
    for word, pairs in (
        (first, [(other, second.key) for other in before.get(second.key, ())]),
        (second, [(first.key, other) for other in after.get(first.key, ())]),
    ):
        for pair in pairs:
            other = pair[word is second]
            alike = fold(other) == word.folded or other in spelling.confused(word.key)
            if alike and other != word.key and (many := reading.count(phrase_of(pair, (first, second), word.text))):
                yield pair, many


def with_slips(reading: Reading, words: Sequence[Word], stretches: Sequence[Stretch]) -> list[Stretch]:
    """Two words that nobody prints side by side, or what they may be a slip of; what somebody prints is only offered.

    A word of its own may be a slip beside the last syllable of a longer one: `Tân Sơn | Nhấy`.
    """
    if reading.unmarked or len(words) > _LONGEST:
        return list(stretches)
    slips: list[tuple[int, Slip]] = []
    for at, (stretch, other) in enumerate(pairwise(stretches)):
        if other.last - other.first > 1 and stretch.last - stretch.first > 1:
            continue
        pair = words[stretch.last - 1], words[other.first]
        rest = [*words[: stretch.last - 1], *words[other.first + 1 :]]
        slip = slip_of(reading, *pair, rest) if reading.wants("spelling", reading.typed(pair)) else None
        if slip is not None and not _stand_elsewhere(reading, words, stretch.last - 1, slip):
            are_longer = (stretch.last - stretch.first > 1, other.last - other.first > 1)
            changed = [word for key, word in zip(slip.meant, pair, strict=True) if key != word.key]
            by_chance = any(are_longer) and any(
                reading.count(leaf([exact(word)], [word], word.text)) > slip.many for word in changed
            )
            if not by_chance and not any(
                longer and word in changed for longer, word in zip(are_longer, pair, strict=True)
            ):
                slips.append((at, slip))
    clauses: dict[int, Stretch | None] = dict(enumerate(stretches))
    slipped: set[int] = set()
    for at, slip in sorted(slips, key=lambda row: -row[1].many):
        if slipped & {at, at + 1}:
            continue
        slipped |= {at, at + 1}
        stretch, other = stretches[at], stretches[at + 1]
        pair = words[stretch.last - 1], words[other.first]
        reading.suggested += [
            (word.span, spelling.cased(key, word))
            for word, key in zip(pair, slip.meant, strict=True)
            if key != word.key
        ]
        if slip.unseen:
            typed = reading.typed(pair)
            reading.tell("spelling", typed, [" ".join(slip.meant)])
            likely = Option(phrase_of(slip.meant, pair, typed), 0.6)
            clauses[at], clauses[at + 1] = _slipped(stretch, other, likely)
    return [clause for _, clause in sorted(clauses.items()) if clause is not None]


def _stand_elsewhere(reading: Reading, words: Sequence[Word], at: int, slip: Slip) -> bool:
    """Whether the word of a pair (`at` and the next) that would be changed is common beside its other neighbour."""
    if slip.meant[0] != words[at].key:
        return at > 0 and reading.lexicon.beside(words[at - 1].key, True).get(words[at].key, 0) >= _COMMON
    last = at + 1
    following = words[last + 1].key if last + 1 < len(words) else ""
    return bool(following) and reading.lexicon.beside(words[last].key, True).get(following, 0) >= _COMMON


def _slipped(stretch: Stretch, other: Stretch, likely: Option) -> tuple[Stretch | None, Stretch | None]:
    """Both words as one clause; beside a longer word only the other one changes."""
    if stretch.last - stretch.first > 1:
        return stretch, Stretch(either(other.node, likely), other.first, other.last)
    if other.last - other.first > 1:
        return Stretch(either(stretch.node, likely), stretch.first, stretch.last), other
    return Stretch(either(both(stretch.node, other.node), likely), stretch.first, other.last), None
