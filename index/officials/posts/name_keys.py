"""How people and posts are written: keys deaf to marks and case, and title and organisation as one."""

from __future__ import annotations

from functools import lru_cache

from index.analysis.tokens import syllables


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """One key for all printed forms of a name that differ in marks, case or separators."""
    return " ".join(syllable.folded for syllable in syllables(name))


@lru_cache(maxsize=1 << 16)
def marked_key(name: str) -> str:
    """As `name_key`, marks kept."""
    return " ".join(syllable.key for syllable in syllables(name))


@lru_cache(maxsize=1 << 14)
def office_name(title: str | None, organisation: str | None) -> str:
    """Title and organisation as one, words that they share said once: `Trưởng Ban` + `Ban Dân vận Tỉnh ủy`."""
    words, body = (title or "").split(), (organisation or "").split()
    lowered = [word.lower() for word in words], [word.lower() for word in body]
    sizes = range(min(len(words), len(body)), 0, -1)
    shared = next((size for size in sizes if lowered[0][-size:] == lowered[1][:size]), 0)
    return " ".join((*words[: len(words) - shared], *body))
