"""What is typed to look an official or an office up: its words, in the ways in which they may be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.analysis.abbreviations import by_key
from index.analysis.tokens import syllables
from index.officials.posts.name_keys import name_key

_LEVEL_WORDS = frozenset(name_key("tỉnh thành phố huyện quận thị xã phường tp tx của thuộc tại việt nam").split())


_POLITE = (
    "đồng chí", "đ/c", "ông", "bà", "anh", "chị", "cô", "chú", "bác", "ngài", "tướng", "đại tướng", "thượng tướng",
    "trung tướng", "thiếu tướng", "đại tá", "thượng tá", "trung tá", "thiếu tá",
)  # fmt: skip


def for_officials(query: str) -> Iterator[list[str]]:
    """The words as typed, without what is said out of politeness, written out, without those that only name a level.

    A word with marks means that word, one without means any; none of the lists is empty.
    """
    typed = _keys(query)
    if not typed:
        return
    full = _keys(_written_out(query))
    tried = [typed, [word for word in full if name_key(word) not in _LEVEL_WORDS]]
    if (name := called(query)) is not None:
        short = [word for word in _keys(_written_out(name)) if name_key(word) not in _LEVEL_WORDS]
        tried = [_keys(name), short, *tried]
    tried.append(full)
    for at, words in enumerate(tried):
        if words and words not in tried[:at]:
            yield words


def called(query: str) -> str | None:
    """What stands behind `ông`, `bà` or an officer's rank, by which one is called: a given name, then place or work; or
    None."""
    text = " ".join(query.split())
    polite = next((word for word in _POLITE if name_key(text).startswith(f"{name_key(word)} ")), None)
    return text[len(polite) :].strip() or None if polite else None


def for_offices(query: str) -> list[str]:
    """The words written out, folded; those that only name a level are left out where there are others."""
    return [word for word in _words(_written_out(query)) if word not in _LEVEL_WORDS] or _words(query)


def _words(query: str) -> list[str]:
    return list(dict.fromkeys(syllable.folded for syllable in syllables(query)))


def _keys(query: str) -> list[str]:
    return list(dict.fromkeys(syllable.key for syllable in syllables(query)))


def _written_out(query: str) -> str:
    """The query with abbreviations written out, those typed in small letters or without marks too."""
    from index.officials.posts.offices import expand  # its tables take time to load, and names need them seldom

    return " ".join(_abbreviations().get(name_key(word), word) for word in expand(query).split())


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviations that no syllable looks like, without marks: `ubnd`, `hdnd`."""
    folded = ((name_key(rows[0].key), rows[0].expansion) for rows in by_key().values())
    return {letters: expansion for letters, expansion in folded if re.search(r"[^aeiouy ]{3}", letters)}
