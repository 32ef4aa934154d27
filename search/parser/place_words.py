"""Places as people type them: `tỉnh Yên Bái`, `tp hồ chí minh`, `Hanoi`, `Đồng Tháp (cũ Tiền Giang)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from index.analysis.abbreviations import by_expansion
from index.analysis.normalize import fold
from index.analysis.renamed import other_names
from index.officials.posts.areas import PROVINCE, gazetteer, named
from search.parser.letters import is_syllable
from search.parser.query_reading import Reading, Word

_LEVELS: Final = (("thành", "phố"), ("tỉnh",), ("tp",))
_FOLDED_LEVELS: Final = tuple(tuple(map(fold, level)) for level in _LEVELS)
_MARKERS: Final = (("nay", "là"), ("nay", "thuộc"), ("trước", "là"), ("trước", "đây", "là"), ("cũ",), ("mới",))
_LONGEST: Final = 4
NEW_NAME: Final = 0.5
"""What the new name of a place counts beside the old one typed with it: it names a greater area, or another before."""


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words `first` to `last` (exclusive) that name a place."""

    first: int
    last: int
    name: int
    """Where its name begins, behind the word for its level."""
    end: int
    """Where its name ends, before `cũ` or `mới`."""
    renamed: bool
    """What stands beside it says that the name is an old or a new one."""


def place_at(reading: Reading, words: Sequence[Word], at: int) -> PlaceWords | None:
    """The province that begins here, with the words beside it that only say what it is; None for a bare name."""
    if words[at].folded not in _first_words():
        return None
    first = at
    before = _marker(reading, words, at)
    at += before
    level = _level(reading, words, at)
    name = at + level
    many = next((many for many in range(_LONGEST, 0, -1) if _is_province(reading, words[name : name + many], many)), 0)
    if not many or (many == 1 and not level):
        return None
    after = _marker(reading, words, name + many)
    if not (before or level or after):
        return None
    end = name + many
    only_behind = end + after == len(words) or after == 1
    return PlaceWords(first, end + (after if only_behind else 0), name, end, bool(before or after))


def spelt_in_one(word: Word) -> tuple[str, ...] | None:
    """The place whose name was typed in one, without marks: `Hanoi`."""
    return _joined().get(word.key) if not is_syllable(word.folded) else None


def city(words: Sequence[Word], place: PlaceWords) -> tuple[str, ...] | None:
    """The keys of a city's name written out, where letters stand for it: `tp hồ chí minh`."""
    keys = ("thành", "phố", *(word.key for word in words[place.name : place.end]))
    known = by_expansion()
    if keys in known:
        return keys
    bare = tuple(map(fold, keys))
    return (
        next((expansion for expansion in known if tuple(map(fold, expansion)) == bare), None)
        if place.name > place.first
        else None
    )


def are_one(keys: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two names became, or became part of, the other."""
    return became(keys, other) or became(other, keys)


def became(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether an old name became, or became part of, a new one."""
    bare = fold(" ".join(new))
    others = other_names().get(old, ())
    return any(fold(" ".join(other.keys)) == bare and other.first is not None for other in others)


def _level(reading: Reading, words: Sequence[Word], at: int) -> int:
    for level, bare in zip(_LEVELS, _FOLDED_LEVELS, strict=True):
        piece = words[at : at + len(level)]
        if tuple(word.key for word in piece) == level or (
            reading.unmarked and tuple(word.folded for word in piece) == bare
        ):
            return len(level)
    return 0


def _marker(reading: Reading, words: Sequence[Word], at: int) -> int:
    for marker in _MARKERS:
        piece = words[at : at + len(marker)]
        if tuple(word.key for word in piece) == marker or (
            reading.unmarked and tuple(word.folded for word in piece) == tuple(map(fold, marker))
        ):
            return len(marker)
    return 0


def _is_province(reading: Reading, words: Sequence[Word], many: int) -> bool:
    if len(words) < many or not all(is_syllable(word.folded) for word in words):
        return False
    return tuple(word.key for word in words) in _provinces() or (
        reading.unmarked and tuple(word.folded for word in words) in _folded_provinces()
    )


@cache
def _first_words() -> frozenset[str]:
    """What a place can begin with, without marks: most words of a query cannot."""
    return frozenset(fold(words[0]) for words in (*_LEVELS, *_MARKERS, *_provinces()))


@cache
def _provinces() -> frozenset[tuple[str, ...]]:
    return frozenset(
        keys for keys in gazetteer() if (area := named(" ".join(keys))) is not None and area.level == PROVINCE
    )


@cache
def _folded_provinces() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(fold, keys)) for keys in _provinces())


@cache
def _joined() -> dict[str, tuple[str, ...]]:
    """Names of the gazetteer without blanks and marks; of two that look alike a province."""
    names = sorted(gazetteer(), key=lambda keys: keys in _provinces())
    bare = [(list(map(fold, keys)), keys) for keys in names if len(keys) > 1]
    return {"".join(name): keys for name, keys in bare if all(map(is_syllable, name))}
