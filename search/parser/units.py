"""Syllables grouped into what they name: words of the dictionary, people, places. A unit is looked for as a phrase.

`Trần Văn Nam` must not be answered by a Trần here and a Nam there, nor `chính phủ` by `chính quyền … phủ nhận`. The
grouping is the one with the fewest units; between equals the dictionary and the corpus decide. It never goes against
what stands in a row: whoever prints the typed words one after the other prints every unit of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p
from typing import Final

from index.query import Slot
from search.parser import letters, spelling
from search.parser.asked import Asked
from search.parser.letters import is_syllable
from search.parser.lexicon import EmptyLexicon
from search.parser.query_reading import Reading, Word, anyhow, exact, leaf
from search.parser.vocabulary import (
    FOLDED_SURNAMES,
    LONGEST_UNIT,
    SURNAMES,
    begins_with_place,
    compounds,
    folded_compounds,
    is_name_case,
    openings,
)

_SINGLE, _WORD, _NAME, _PROPER, _KNOWN = 1.0, 0.95, 0.97, 0.96, 0.9
LONGEST_NAME: Final = 5
"""Syllables that a person's name has at most."""
_OFTENER: Final = 1e-4
"""Of groupings with as many words those that the corpus prints oftener: `giao thông | nông`, no `giao | Thông Nông`."""
_COHESION: Final = 0.25
_BARE: Final = 0.05
_PREFIX_SHARE: Final = 0.3
_LAST_SHARE: Final = 0.02
_LEAST_KNOWN: Final = 3
"""Syllables that a name known to the registry has at least to be met in small letters."""
_GIVEN_SHARE: Final = 0.08
"""A word of the dictionary that stands behind a family name in a smaller share of its articles is no given name there:
`lại giây phút`, but `Nguyễn Thanh Bình`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Words `first` to `last` (exclusive) as one thing."""

    first: int
    last: int
    kind: str
    """single, word, name or glued."""


def units(reading: Reading, words: Sequence[Word]) -> list[Unit]:
    """The grouping of a stretch of words."""
    if whole := _whole_name(reading, words):
        return [whole]
    begins = [_may_begin(reading, words, first) for first in range(len(words))]
    best: list[tuple[float, Unit | None]] = [(0.0, None)]
    for last in range(1, len(words) + 1):
        options = [
            (best[first][0] + cost[0], Unit(first, last, cost[1]))
            for first in range(max(0, last - LONGEST_UNIT), last)
            if begins[first] or last - first == 1
            if (cost := _cost(reading, words, first, last)) is not None
        ]
        best.append(min(options, key=lambda option: (option[0], option[1].first)))
    found: list[Unit] = []
    at = len(words)
    while at and (unit := best[at][1]) is not None:
        found.append(unit)
        at = unit.first
    return found[::-1]


def words_of(text: str) -> list[str]:
    """A text cut into the words of the dictionary and single syllables: `du lịch`, `giao thông`, `lũ`."""
    reading = Reading(text, Asked(EmptyLexicon()), frozenset())
    words = reading.words(0, len(text))
    reading.unmarked = not any(word.marked for word in words)
    return [reading.typed(words[unit.first : unit.last]) for unit in units(reading, words)]


def held(reading: Reading, words: Sequence[Word]) -> int:
    """How many articles hold these words in a row, as typed (where unmarked: in any spelling)."""
    slots = [_any(reading, word) for word in words]
    return reading.count(leaf(slots, words, reading.typed(words)))


def _may_begin(reading: Reading, words: Sequence[Word], first: int) -> bool:
    """Whether a word can begin a longer unit at all: of the dictionary, a name, or typed without white space."""
    if first + 1 == len(words):
        return False
    word = words[first]
    if is_name_case(word.text) or (word.folded, words[first + 1].folded) in openings():
        return True
    return _begins_as_name(reading, words[first:]) or not reading.text[word.span.end].isspace()


def _cost(reading: Reading, words: Sequence[Word], first: int, last: int) -> tuple[float, str] | None:
    many = last - first
    if many == 1:
        return _SINGLE, "single"
    piece = words[first:last]
    if is_word(reading, piece) and not _apart(reading, piece):
        return _WORD - 0.01 * many - _OFTENER * log1p(held(reading, piece)), "word"
    if _glued(reading, piece):
        return _WORD - 0.01 * many, "glued"
    if many > LONGEST_NAME:
        return None
    if _is_known(reading, piece) and held(reading, piece):
        return _KNOWN, "name"
    if all(is_name_case(word.text) for word in piece) and _proper(reading, words, first, last):
        return _PROPER, "name"
    if _misspelt(reading, words, first, last):
        return _NAME, "single"
    small = many > 2 and not any(is_name_case(word.text) for word in piece)
    if small and not _within_a_word(reading, words, first) and _cohesive_name(reading, piece):
        return _NAME, "name"
    return None


def _any(reading: Reading, word: Word) -> Slot:
    return exact(word) if word.marked or not reading.unmarked else anyhow(word)


def _apart(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether a long word is only two others in a row (`quy hoạch đô thị`), and names nothing that has letters."""
    if len(words) < 4 or letters.shorter(reading, words, "", ""):
        return False
    return any(is_word(reading, words[:at]) and is_word(reading, words[at:]) for at in range(2, len(words) - 1))


def _misspelt(reading: Reading, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether no article holds these words in a row, but a likely other spelling of one of them."""
    piece = words[first:last]
    if not 2 < len(piece) <= 4 or piece[0].key not in SURNAMES or not all(is_name_case(word.text) for word in piece):
        return False
    ends_here = last == len(words) or not is_name_case(words[last].text)
    if held(reading, piece) or (len(piece) == 4 and not ends_here and held(reading, piece[:3])):
        return False
    return spelling.is_misspelt_name(reading, piece)


def is_word(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether the dictionary has these words as one."""
    if len(words) > 1 and (words[0].folded, words[1].folded) not in openings():
        return False
    if tuple(word.key for word in words) in compounds():
        return True
    if all(word.marked for word in words) or not completed(words):
        return False
    return reading.unmarked or any(word.marked for word in words) or not printed_bare(reading, words)


def printed_bare(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether words typed without marks in a query that has some are printed without: at least one time in twenty."""
    bare = reading.count(leaf([exact(word) for word in words], words, reading.typed(words)))
    return bare > _BARE * reading.count(leaf([anyhow(word) for word in words], words, reading.typed(words)))


def completed(words: Sequence[Word]) -> list[tuple[str, ...]]:
    """The dictionary's words that agree with every mark typed, where marks are missing."""
    likely = folded_compounds().get(tuple(word.folded for word in words), ())
    return [
        keys
        for keys in likely
        if all(not word.marked or word.key == key for word, key in zip(words, keys, strict=True))
    ]


def _glued(reading: Reading, words: Sequence[Word]) -> bool:
    """Typed without white space between: `Covid-19`, `15/2020`."""
    if reading.text[words[0].span.end].isspace():
        return False
    typed = reading.typed(words)
    return not any(character.isspace() or character in ",;" for character in typed)


def _proper(reading: Reading, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether words in capitals are one name: of an official known by it, or of a person as such names are built.

    Two names side by side are no name, however often they stand so: `Hà Nội Viettel`, `Đà Nẵng Sơn Trà`.
    """
    piece = words[first:last]
    if reading.lexicon.is_official(" ".join(word.key for word in piece)):
        return True
    if len(piece) < 3 or not _begins_as_name(reading, piece) or begins_with_place([word.key for word in piece]):
        return False
    if not all(_can_be_a_name(word) for word in piece):
        return False
    many = held(reading, piece)
    if not many or len(piece) < 4:
        return many > 0
    ends_here = last == len(words) or not is_name_case(words[last].text)
    begins_here = first == 0 or not is_name_case(words[first - 1].text)
    return (ends_here and begins_here) or many >= _PREFIX_SHARE * held(reading, piece[:-1])


def _is_known(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether words, in small letters too, are the name of somebody whom the registry knows."""
    if len(words) < _LEAST_KNOWN or not _begins_as_name(reading, words):
        return False
    return reading.lexicon.is_official(" ".join(word.key for word in words))


def _runs_over(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether a known name ends before these words do: `võ kim cự | thôi` is no name of four."""
    parts = [words[:at] for at in range(_LEAST_KNOWN, len(words))]
    return any(_is_known(reading, part) for part in parts) and not _is_known(reading, words)


def _within_a_word(reading: Reading, words: Sequence[Word], first: int) -> bool:
    """Whether a family name ends a word that begins before it: `mạc` in `khai mạc kỳ họp`."""
    return first > 0 and words[first].marked and is_word(reading, words[first - 1 : first + 1])


def _cohesive_name(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether words in small letters are a person's name: a family name first, and syllables that keep together."""
    if not _begins_as_name(reading, words) or is_word(reading, words[:2]) or len(words) > 4:
        return False
    if len(words) == 4 and is_word(reading, words[1:3]):
        return False
    if _runs_over(reading, words) or not (many := held(reading, words)):
        return False
    if is_word(reading, words[1:]) and many < _GIVEN_SHARE * held(reading, words[1:]):
        return False
    rarest = min(held(reading, words[at : at + 2]) for at in range(len(words) - 1))
    if len(words) == 4 and many < _PREFIX_SHARE * held(reading, words[:3]):
        return many >= _LAST_SHARE * held(reading, words[3:])
    return many >= _COHESION * rarest


def _whole_name(reading: Reading, words: Sequence[Word]) -> Unit | None:
    """A stretch that is a person's name from end to end, when the corpus has it so."""
    if not 1 < len(words) <= LONGEST_NAME or any(word.key[0].isdecimal() for word in words):
        return None
    if not _begins_as_name(reading, words) or _made_of_words(reading, words) or not held(reading, words):
        return None
    if _runs_over(reading, words):
        return None
    proper = all(is_name_case(word.text) for word in words)
    if proper and len(words) > 2:
        return Unit(0, len(words), "name") if _proper(reading, words, 0, len(words)) else None
    if not proper and (any(is_name_case(word.text) for word in words) or not 2 < len(words) < LONGEST_NAME):
        return None
    if begins_with_place([word.key for word in words]) or not all(map(_can_be_a_name, words)):
        return None
    return Unit(0, len(words), "name")


def _made_of_words(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether the dictionary alone covers these words with units of two and more."""
    reached = {0}
    for last in range(2, len(words) + 1):
        if any(first in reached and is_word(reading, words[first:last]) for first in range(last - 1)):
            reached.add(last)
    return len(words) in reached


def _begins_as_name(reading: Reading, words: Sequence[Word]) -> bool:
    return words[0].key in SURNAMES or (not words[0].marked and words[0].folded in FOLDED_SURNAMES)


def _can_be_a_name(word: Word) -> bool:
    """A Vietnamese syllable, or the initial that a paper prints instead: `Nguyễn Thị H`."""
    return is_syllable(word.folded) or (len(word.key) == 1 and word.key.isalpha())
