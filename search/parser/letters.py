"""Abbreviations in a query, both ways: `UBND` finds Ủy ban nhân dân, and `ủy ban nhân dân` finds UBND."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import prod
from typing import Final

from index.analysis.abbreviations import Abbreviation, by_key, by_wording, table
from index.analysis.normalize import fold
from index.analysis.special import abbreviation_key
from index.query import Key, Leaf, Node, Option, Slot, Term, either
from index.schema import Form
from search.parser.query_reading import Reading, Word, phrase_of, span_of, special

_LONGEST: Final = 4
_TELLING: Final = 2
"""So many words of the query tell what an abbreviation stands for."""
_CLEARLY: Final = 2.0
_MOSTLY: Final = 0.5
"""Letters are an acronym to the corpus when so many of the articles that hold them print them in capitals."""
_KNOWN: Final = 10
"""And, typed in small letters, in as many articles at least."""
_IN_SMALL: Final = 0.05
"""What an acronym in small letters counts: less in a headline than in capitals in the text."""
_BETWEEN: Final = re.compile(r"\s?[.&,-]{0,2}\s?")
_SYLLABLE: Final = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh|n|ph?|qu?|r|s|th|tr|t|v|x)?[aeiouy]{1,3}(?:ch|c|m|ng|nh|n|p|t)?"
)


@cache
def _by_folded() -> dict[str, tuple[Abbreviation, ...]]:
    found: dict[str, tuple[Abbreviation, ...]] = {}
    for row in table():
        found[fold(row.key)] = (*found.get(fold(row.key), ()), row)
    return found


@cache
def _by_folded_wording() -> dict[tuple[str, ...], tuple[Abbreviation, ...]]:
    """Syllable keys of an expansion, without marks → the abbreviations that stand for it."""
    found: dict[tuple[str, ...], tuple[Abbreviation, ...]] = {}
    for keys, rows in by_wording().items():
        name = tuple(map(fold, keys))
        found[name] = (*found.get(name, ()), *rows)
    return found


def abbreviation_at(reading: Reading, words: Sequence[Word], at: int) -> tuple[int, tuple[Abbreviation, ...]]:
    """How many words from `at` on are an abbreviation (0: none), and what it can stand for here."""
    for many in range(min(_LONGEST, len(words) - at), 0, -1):
        piece = words[at : at + many]
        printed = reading.typed(piece)
        if many > 1 and " " in printed and not _city(piece):
            continue
        between = [reading.text[a.span.end : b.span.start] for a, b in pairwise(piece)]
        if not all(map(_BETWEEN.fullmatch, between)):
            continue
        letters = abbreviation_key(printed)
        rows = by_key().get(letters, ()) or (() if any(w.marked for w in piece) else _by_folded().get(letters, ()))
        if rows and (printed.isupper() or (_stands_alone(reading, piece) and not _looks_like_words(piece))):
            before = words[at - 1].key if at else ""
            after = words[at + many].key if at + many < len(words) else ""
            return many, tuple(row for row in rows if row.fits(before, after))
    return 0, ()


def abbreviated(
    reading: Reading, words: Sequence[Word], rows: Sequence[Abbreviation], others: Sequence[Word] = ()
) -> Node:
    """The clause for an abbreviation as typed, and for what it can stand for.

    Where no neighbour tells which of several, the one that keeps company with the `others` of the query is meant.
    """
    typed = reading.typed(words)
    rows = rows or _in_company(reading, words, others)
    letters = rows[0].key if rows else abbreviation_key(typed)
    slot: Slot = (Key(letters, Form.SPECIAL),)
    if not is_syllable(fold(letters)):
        slot = (Key(letters), *slot)
    ways: list[Node | Option] = [Term(slot, span_of(words), typed)]
    if len(words) > 1:
        ways.append(phrase_of([word.key for word in words], words, typed))
    if rows and reading.wants("abbreviation", typed):
        ways += [phrase_of(keys, words, typed) for row in rows for keys in dict.fromkeys((row.keys, row.bare))]
        reading.tell("abbreviation", typed, [row.expansion for row in rows])
    return either(*ways)


def _in_company(reading: Reading, words: Sequence[Word], others: Sequence[Word]) -> tuple[Abbreviation, ...]:
    """Of what letters can stand for, what the articles with the other words of the query name far more often."""
    rows = by_key().get(abbreviation_key(reading.typed(words)), ())
    telling = [word for word in others if word.key.isalpha() and len(word.key) > 1]
    if len(rows) < 2 or len(telling) < _TELLING:
        return ()
    named = [phrase_of(row.keys, words, reading.typed(words)) for row in rows]
    apart = sorted((Term((Key(word.key),), word.span, word.text) for word in telling), key=reading.count)[:_TELLING]
    worth = [prod((reading.both(name, term) + 0.1) / (reading.count(name) + 1) for term in apart) for name in named]
    best = max(range(len(rows)), key=worth.__getitem__)
    rest = max(value for at, value in enumerate(worth) if at != best)
    return (rows[best],) if worth[best] > _CLEARLY * rest else ()


def is_acronym(reading: Reading, word: Word) -> bool:
    """Whether letters in capitals stand for themselves: `BOT` is no `bột`; not in a text that is all in capitals."""
    if not (word.text.isupper() and word.text.isalpha() and len(word.text) > 1) or word.marked:
        return False
    if not reading.wants("abbreviation", word.text):
        return False
    shouting = sum(chunk.isupper() and len(chunk) > 1 for chunk in reading.text.split()) > 1 and reading.text.isupper()
    return not shouting and reading.count(Term((Key(word.key),), word.span, word.text)) > 0


def acronym(reading: Reading, word: Word) -> Node:
    """The clause for letters in capitals, with a chip that widens it to every spelling.

    Where they are mostly printed in capitals, those count first: `BOT` is no `bot` that visits pages.
    """
    reading.tell("abbreviation", word.text, [word.text.upper()])
    capitals, anyhow = _in_capitals(word), Term((Key(word.key),), word.span, word.text)
    if reading.count(capitals) < _MOSTLY * reading.count(anyhow):
        return anyhow
    return either(capitals, Option(anyhow, _IN_SMALL))


def means_acronym(reading: Reading, word: Word, others: Iterable[Leaf]) -> bool:
    """Whether small letters without marks are an acronym beside what else is asked for: `bot cai lậy`, no `bớt`."""
    if word.marked or not word.text.islower() or not word.key.isalpha() or len(word.key) < 2:
        return False
    capitals, anyhow = _in_capitals(word), Term((Key(word.folded, Form.FOLDED),), word.span, word.text)
    as_typed = reading.count(Term((Key(word.key),), word.span, word.text))
    if reading.count(capitals) < max(_KNOWN, _MOSTLY * as_typed) or not reading.wants("abbreviation", word.text):
        return False
    apart = sorted(others, key=reading.count)[:_TELLING]
    company = [
        prod((reading.both(meant, other) + 0.1) / (reading.count(meant) + 1) for other in apart)
        for meant in (capitals, anyhow)
    ]
    return bool(apart) and company[0] > _CLEARLY * company[1]


def _in_capitals(word: Word) -> Term:
    return Term((Key(word.key, Form.SPECIAL),), word.span, word.text)


def shorter(reading: Reading, words: Sequence[Word], before: str, after: str) -> tuple[Abbreviation, ...]:
    """The abbreviations that stand for these very words between these neighbours."""
    rows = by_wording().get(tuple(word.key for word in words), ())
    if not rows and reading.unmarked:
        rows = _by_folded_wording().get(tuple(word.folded for word in words), ())
    return tuple(row for row in rows if row.fits(before, after))


def with_shorter(reading: Reading, words: Sequence[Word], node: Node, rows: Sequence[Abbreviation]) -> Node:
    """A clause, or its abbreviations instead."""
    typed = reading.typed(words)
    if not rows or not reading.wants("abbreviation", typed):
        return node
    reading.tell("abbreviation", typed, [row.letters for row in rows])
    ours = tuple(word.folded for word in words)
    printed = [keys for row in rows for keys in dict.fromkeys((row.keys, row.bare)) if len(row.bare) < len(row.keys)]
    others = [phrase_of(keys, words, typed) for keys in printed if tuple(map(fold, keys)) != ours]
    return either(node, *others, *(Option(special(row.key, words, typed), 0.9) for row in rows))


def _city(words: Sequence[Word]) -> bool:
    return [word.key for word in words] == ["tp", "hcm"]


def _stands_alone(reading: Reading, words: Sequence[Word]) -> bool:
    """Not a part of an address or of another word: small letters are no abbreviation there."""
    start, end = words[0].span.start, words[-1].span.end
    around = reading.text[max(0, start - 1) : start] + reading.text[end : end + 1]
    return not any(character in "./-_@:&" for character in around)


def _looks_like_words(words: Sequence[Word]) -> bool:
    return all(is_syllable(word.folded) for word in words)


def is_syllable(folded: str) -> bool:
    """Whether letters without marks can be a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None
