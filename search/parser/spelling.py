"""What may have been meant: marks restored, likely misspellings. Offered, never silently searched instead.

An alternative is proposed only for what the corpus does not hold as typed: another spelling of one syllable with the
same letters (`Mẩn`, `Mẫn`), a letter that many confuse (`sạc lở`, `sạt lở`), a slip of the finger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log
from typing import Final

from index.analysis.normalize import fold
from index.query import Leaf, Node, Option, Or, Phrase, Term, either
from index.schema import Form
from search.parser.query_reading import Reading, Word, exact, leaf, phrase_of, span_of
from search.parser.vocabulary import compounds

_MOST_SPELLINGS: Final = 12
_MOST_TRIED: Final = 48
_CONFUSED_FIRST: Final = (
    ("s", "x"),
    ("tr", "ch"),
    ("l", "n"),
    ("gi", "d"),
    ("gi", "r"),
    ("d", "r"),
    ("d", "v"),
    ("ngh", "ng"),
    ("gh", "g"),
    ("c", "k"),
    ("k", "q"),
)
_CONFUSED_LAST: Final = (("t", "c"), ("n", "ng"), ("nh", "n"), ("ch", "t"), ("ao", "au"), ("iu", "iêu"), ("ưu", "ươu"))
_LETTERS: Final = "abcdeghiklmnopqrstuvxy"
_PLAIN: Final = re.compile("[a-z]+")


def with_likely(reading: Reading, words: Sequence[Word], node: Node) -> Node:
    """A clause, or what may have been meant when no article holds what was typed."""
    typed = reading.typed(words)
    asked = node.options[0].node if isinstance(node, Or) else node
    if not isinstance(asked, Term | Phrase) or not all(word.key.isalpha() for word in words):
        return node
    if reading.count(asked) or not reading.wants("spelling", typed):
        return node
    best = max(_alternatives(reading, words, asked), key=lambda found: found[0], default=None)
    if best is None:
        return node
    _, likely, said = best
    reading.tell("spelling", typed, [said])
    reading.suggested.append((span_of(words), said))
    return either(node, Option(likely, 0.6))


def is_misspelt_name(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether another spelling of one of these words makes a name that the corpus holds."""
    asked = leaf([exact(word) for word in words], words, reading.typed(words))
    return bool(_alternatives(reading, words, asked))


def spelled(reading: Reading, words: Sequence[Word]) -> list[str]:
    """How the corpus spells what was typed without marks, likeliest first; nothing where it has no mark either."""
    if len(words) == 1:
        keys = [key for key, _ in reading.lexicon.spellings(words[0].folded)[:6]]
        return keys if keys != [words[0].key] else []
    best = restored(reading, words)
    return [best] if best and best != " ".join(word.key for word in words) else []


def restored(reading: Reading, words: Sequence[Word]) -> str | None:
    """The likeliest spelling of words typed without marks, by the pairs that the corpus and the dictionary hold."""
    columns = [_candidates(reading, word) for word in words]
    if not all(columns):
        return None
    scores: list[dict[str, tuple[float, str | None]]] = [{key: (log(1 + many), None) for key, many in columns[0]}]
    printed: set[tuple[str, str]] = set()
    for at in range(1, len(words)):
        together = dict(reading.lexicon.pairs(words[at - 1].folded, words[at].folded))
        printed.update(together)
        step: dict[str, tuple[float, str | None]] = {}
        for key, many in columns[at]:
            own = 0.2 * log(1 + many)
            ways = [
                (score + own + 3 * log(1 + together.get((before, key), 0)) + 8 * ((before, key) in compounds()), before)
                for before, (score, _) in scores[-1].items()
            ]
            step[key] = max(ways)
        scores.append(step)
    chosen: str | None = max(scores[-1], key=lambda last: scores[-1][last][0])
    found: list[str] = []
    for step in reversed(scores):
        if chosen is not None:
            found.append(chosen)
            chosen = step[chosen][1]
    found.reverse()
    beside = [False, *(pair in printed or pair in compounds() for pair in pairwise(found)), False]
    # A word that nobody prints beside these stays as it was typed: it may be letters that stand for others.
    return " ".join(
        spelling if word.key == spelling or any(beside[at : at + 2]) else word.key
        for at, (word, spelling) in enumerate(zip(words, found, strict=True))
    )


def _candidates(reading: Reading, word: Word) -> list[tuple[str, int]]:
    if word.marked or not word.key.isalpha():
        return [(word.key, 1)]
    return list(reading.lexicon.spellings(word.folded)[:_MOST_SPELLINGS])


def _alternatives(reading: Reading, words: Sequence[Word], asked: Term | Phrase) -> list[tuple[int, Leaf, str]]:
    """Other readings that the corpus holds: number of articles, the leaf, how it is written; all asked at once."""
    found = [(reading.count(other), other, said) for other, said in _tried(reading, words, asked)]
    return [row for row in found if row[0]]


def _tried(reading: Reading, words: Sequence[Word], asked: Term | Phrase) -> Iterator[tuple[Leaf, str]]:
    typed = reading.typed(words)
    keys = [slot[0] for slot in (asked.slots if isinstance(asked, Phrase) else (asked.slot,))]
    tried = 0
    for at, word in enumerate(words):
        loose = keys[at].form is Form.FOLDED
        for other in misspelt(reading, word, loose, alone=len(words) == 1):
            if tried >= _MOST_TRIED * len(words):
                return
            tried += 1
            slots = [(key,) for key in keys]
            node = phrase_of([other], [word], word.text, keys[at].form)
            slots[at] = (node.slot[0],) if isinstance(node, Term) else slots[at]
            said = [cased(other, own) if i == at else own.text for i, own in enumerate(words)]
            yield leaf(slots, words, typed), " ".join(said)


def cased(key: str, word: Word) -> str:
    """A key in the case of the word that it stands for."""
    if len(word.text) > 1 and word.text.isupper():
        return key.upper()
    return key.capitalize() if word.text[:1].isupper() else key


def misspelt(reading: Reading, word: Word, loose: bool, alone: bool) -> Iterator[str]:
    """Keys that may be meant by a syllable: same letters with other marks, letters that are confused, slips."""
    seen = {word.key}
    if not loose and not alone:
        yield from (key for key, _ in reading.lexicon.spellings(word.folded) if key not in seen)
    for other in confused(word.folded if loose else word.key):
        if other not in seen and _printed(reading, other, loose):
            seen.add(other)
            yield other
    if alone and _PLAIN.fullmatch(word.folded) and len(word.folded) > 2:
        yield from (other for other in _slips(word.folded) if loose and reading.lexicon.spellings(other))


def _printed(reading: Reading, key: str, loose: bool) -> bool:
    if loose:
        return bool(reading.lexicon.spellings(key))
    return any(spelling == key for spelling, _ in reading.lexicon.spellings(fold(key)))


def confused(key: str) -> Iterator[str]:
    """The same syllable with letters that many write instead."""
    for sound, other in _CONFUSED_FIRST:
        for wrong, right in ((sound, other), (other, sound)):
            if key.startswith(wrong) and not (key.startswith(wrong + "h") and wrong + "h" != right):
                yield right + key[len(wrong) :]
    for sound, other in _CONFUSED_LAST:
        for wrong, right in ((sound, other), (other, sound)):
            if key.endswith(wrong) and len(key) > len(wrong):
                yield key[: -len(wrong)] + right


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:at] + letter + word[at:]
            if at < len(word):
                yield word[:at] + letter + word[at + 1 :]
