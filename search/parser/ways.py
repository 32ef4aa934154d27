"""The ways in which words may be printed: marks filled in, i for y, other names in their days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from index.analysis.normalize import fold, variants
from index.analysis.renamed import OtherName, other_names
from index.query import During, Key, Node, Option, Phrase, Slot, Term, either
from index.schema import Form
from search.parser import spelling
from search.parser.query_reading import Reading, Word, anyhow, exact, leaf, phrase_of
from search.parser.units import completed

_RARE_SPELLING: Final = 0.05
"""A syllable typed bare among marked ones is meant so when at least this share of its articles prints it so."""
_MOST_SHOWN: Final = 5
"""Spellings of a bare syllable that a chip names."""
_WEIGHTS: Final = {"spelling": 0.9, "english": 1.0, "renamed": 0.8, "merged": 0.5, "place": 0.3}

_SAME_NAME: Final = frozenset({"spelling", "english"})


def slots(reading: Reading, words: Sequence[Word], swap: bool = False) -> list[Slot]:
    """The positions of a unit: marks as typed; without marks every spelling, unless it is meant without."""
    typed = reading.typed(words)
    marked = [word.marked or not word.key.isalpha() for word in words]
    slots = [exact(word) for word in words]
    if not all(marked) and reading.wants("marks", typed) and not _meant_bare(reading, words, any(marked)):
        whole = [] if reading.unmarked else completed(words)
        loose = [at for at, certain in enumerate(marked) if not certain]
        for at in loose:
            slots[at] = tuple(map(Key, dict.fromkeys(keys[at] for keys in whole))) or anyhow(words[at])
        if not reading.unmarked and len(whole) == 1:
            reading.suggested += [
                (word.span, spelling.cased(key, word))
                for word, key in zip(words, whole[0], strict=True)
                if key != word.key
            ]
        spellings = [key for at in loose for key, _ in reading.lexicon.spellings(words[at].folded)[:_MOST_SHOWN]]
        if spelled := [" ".join(keys) for keys in whole] or spelling.spelled(reading, words) or spellings:
            reading.tell("marks", typed, spelled)
    if swap:
        slots = [_with_variants(reading, slot, words, at) for at, slot in enumerate(slots)]
    return slots


def _meant_bare(reading: Reading, words: Sequence[Word], some_marked: bool) -> bool:
    """Whether syllables typed without marks in a query that has marks are printed without: Nam in Trần Văn Nam."""
    if reading.unmarked:
        return False
    typed = reading.typed(words)
    slots = [exact(word) for word in words]
    as_typed = reading.count(leaf(slots, words, typed))
    if some_marked and as_typed:
        return True
    anyhow_slots = [exact(word) if word.marked else anyhow(word) for word in words]
    any_spelling = reading.count(leaf(anyhow_slots, words, typed))
    return as_typed > _RARE_SPELLING * any_spelling or not any_spelling


def _with_variants(reading: Reading, slot: Slot, words: Sequence[Word], at: int) -> Slot:
    """A position filled by the i or y that others print, in words of the dictionary; names keep their spelling."""
    typed = words[at].text
    others = tuple(other for other in variants(words[at].key) if slot[0].form is Form.SYLLABLE)
    if len(words) == 1 and typed[:1].isupper():
        return slot
    others = tuple(other for other in others if reading.lexicon.spellings(fold(other)) and _printed(reading, other))
    if not others or not reading.wants("variant", typed):
        return slot
    reading.tell("variant", typed, others)
    return (*slot, *(Key(other) for other in others))


def _printed(reading: Reading, key: str) -> bool:
    return any(spelling == key for spelling, _ in reading.lexicon.spellings(fold(key)))


def with_other_names(reading: Reading, words: Sequence[Word], node: Node, keys: tuple[str, ...] | None = None) -> Node:
    """A name of a place or an agency, or its other names in their days; `keys` where it was typed in one word."""
    others = _names_of(keys or tuple(word.key for word in words))
    if not others and reading.unmarked:
        others = _folded_names().get(tuple(word.folded for word in words), ())
    typed = reading.typed(words)
    ways: list[Node | Option] = [node]
    for kind in ("variant", "place"):
        meant = [other for other in others if (other.kind in _SAME_NAME) == (kind == "variant")]
        if meant and reading.wants(kind, typed):
            ways += [Option(_of_days(other, words, typed), _WEIGHTS[other.kind]) for other in meant]
            reading.tell(kind, typed, [other.name for other in meant])
    return either(*ways)


def _of_days(other: OtherName, words: Sequence[Word], typed: str) -> Node:
    node: Term | Phrase = phrase_of(other.keys, words, typed)
    return During(other.first, other.last, node) if other.first or other.last else node


def _names_of(keys: tuple[str, ...]) -> tuple[OtherName, ...]:
    return other_names().get(keys, ())


@cache
def _folded_names() -> dict[tuple[str, ...], tuple[OtherName, ...]]:
    return {tuple(map(fold, keys)): others for keys, others in other_names().items()}
