"""What is typed to look an official or an office up: its words, in the ways in which they may be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.analysis.abbreviations import by_key
from index.analysis.tokens import syllables
from index.officials.posts.naming import name_key

_LEVEL_WORDS = frozenset(name_key("tỉnh thành phố huyện quận thị xã phường tp tx của thuộc tại việt nam").split())


def for_officials(query: str) -> Iterator[list[str]]:
    """The words as typed, then written out, then without those that only name a level; folded, none empty."""
    typed = _words(query)
    if not typed:
        return
    yield typed
    full = _words(_written_out(query))
    telling = [word for word in full if word not in _LEVEL_WORDS]
    if full != typed:
        yield full
    if telling and telling not in (typed, full):
        yield telling


def for_offices(query: str) -> list[str]:
    """The words written out, folded; those that only name a level are left out where there are others."""
    return [word for word in _words(_written_out(query)) if word not in _LEVEL_WORDS] or _words(query)


def _words(query: str) -> list[str]:
    return list(dict.fromkeys(syllable.folded for syllable in syllables(query)))


def _written_out(query: str) -> str:
    """The query with abbreviations written out, those typed in small letters or without marks too."""
    from index.officials.posts.offices import expand  # its tables take time to load, and names need them seldom

    return " ".join(_abbreviations().get(name_key(word), word) for word in expand(query).split())


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviations that no syllable looks like, without marks: `ubnd`, `hdnd`."""
    folded = ((name_key(rows[0].key), rows[0].expansion) for rows in by_key().values())
    return {letters: expansion for letters, expansion in folded if re.search(r"[^aeiouy ]{3}", letters)}
