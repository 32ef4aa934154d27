"""Suggestions while typing: officials with their office, topics, and words of the corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from index.analysis.normalize import fold, key
from search.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list under the search box."""

    kind: Literal["official", "topic", "phrase"]
    text: str
    """What to search for."""
    detail: str | None = None
    """The office of an official; None for others."""
    id: str | None = None
    """The official's id or the topic's slug; None for a phrase."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that can be suggested, found by the beginnings of its words, with or without marks."""

    suggestion: Suggestion
    weight: int
    """Articles behind it: the more, the earlier it is suggested."""


class Suggester:
    """Suggests what begins like the text typed so far."""

    def __init__(self, entries: Iterable[Entry], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rows: list[tuple[str, str, Entry]] = []
        ordered = sorted(entries, key=lambda entry: -entry.weight)
        self._by_first: dict[str, list[int]] = {}
        for number, entry in enumerate(ordered):
            words = entry.suggestion.text.split()
            marked = " ".join(key(word) for word in words)
            bare = fold_words(marked)
            self._rows.append((f" {marked}", f" {bare}", entry))
            for word in set(bare.split()):
                self._by_first.setdefault(word[:2], []).append(number)

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Names and topics whose words go on as typed, then phrases of the corpus that go on with the last word."""
        marked = " ".join(filter(None, (key(word) for word in text.split()[-8:])))
        if not marked:
            return ()
        bare = fold_words(marked)
        typed_bare = bare == marked
        found: list[Suggestion] = []
        for number in self._by_first.get(bare[:2], ()) if len(bare) > 1 else ():
            with_marks, without, entry = self._rows[number]
            if f" {bare}" in without and (typed_bare or f" {marked}" in with_marks):
                found.append(entry.suggestion)
                if len(found) == limit:
                    return tuple(found)
        return tuple(found + self._phrases(text, limit - len(found)))

    def _phrases(self, text: str, limit: int) -> list[Suggestion]:
        typed = [word for word in map(key, text.split()) if word]
        found: list[Suggestion] = []
        for length in (2, 1):
            if len(typed) < length or len(found) >= limit:
                continue
            kept = text.split()[: len(text.split()) - length]
            for phrase in self._lexicon.words_beginning(typed[-length:], limit - len(found)):
                suggestion = Suggestion("phrase", " ".join([*kept, phrase]))
                if suggestion not in found:
                    found.append(suggestion)
        return found[:limit]


def fold_words(words: str) -> str:
    """Every word of a text of keys, without marks."""
    return " ".join(fold(word) for word in words.split())
