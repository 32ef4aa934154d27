"""Suggestions while typing: officials and offices, topics, places, document numbers, and what headlines say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from index.analysis.normalize import fold, is_marked, key
from index.analysis.tokens import syllables
from search.corpus_lexicon import CorpusLexicon

SuggestionKind = Literal["official", "office", "topic", "place", "number", "phrase"]
_LONGEST: Final = 8
"""Syllables of the text that are looked at, from its end."""
_LOOKED_AT: Final = 200
"""So many names, those with the most articles, are put in order."""
_BEGINNING: Final = 5
"""A name that begins as typed counts as many times its articles as one that goes on so."""
_FIRST_NAMES, _FIRST_PHRASES = 4, 1
"""Names that begin as typed, then phrases of headlines, that come first of all (`benchmarks.suggestions`)."""
_NUMBER: Final = re.compile(r"\d{1,5}(?:/\S*)?")
_LETTERS: Final = {"nd": "NĐ", "qd": "QĐ", "cd": "CĐ", "hd": "HD", "dh": "ĐH", "hdnd": "HĐND", "tw": "TW"}
"""Letters of document numbers as they are printed with marks."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list under the search box."""

    kind: SuggestionKind
    text: str
    """What to search for."""
    detail: str | None = None
    """The office of an official; None for others."""
    id: str | None = None
    """The official's or office's id or the topic's slug; None for others."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that can be suggested, found by the beginnings of its words, with or without marks."""

    suggestion: Suggestion
    weight: int
    """Articles behind it: the more, the earlier it is suggested."""


@dataclass(frozen=True, slots=True)
class _IndexedName:
    keys: tuple[str, ...]
    folded: tuple[str, ...]
    entry: Candidate


class Suggester:
    """Suggests what goes on like the text typed so far."""

    def __init__(self, entries: Iterable[Candidate], lexicon: CorpusLexicon) -> None:
        self._lexicon = lexicon
        self._rows: list[_IndexedName] = []
        self._by_first: dict[str, list[int]] = {}
        for number, entry in enumerate(sorted(entries, key=lambda entry: -entry.weight)):
            words = syllables(entry.suggestion.text)
            row = _IndexedName(tuple(word.key for word in words), tuple(word.folded for word in words), entry)
            self._rows.append(row)
            for word in set(row.folded):
                self._by_first.setdefault(word[:2], []).append(number)

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Names that begin as typed, the most printed first; headlines among them; then names that have it inside.

        Marks that are typed count, but not those of the last word, which an input method may be composing.
        """
        if _NUMBER.fullmatch(text.strip()):
            return tuple(self._numbers(text.strip(), limit))
        typed = [word.key for word in syllables(text)][-_LONGEST:]
        if not typed:
            return ()
        begun, inside = self._names(typed)
        names = {" ".join(typed), *(suggestion.text.lower() for suggestion in (*begun, *inside))}
        phrases = [phrase for phrase in self._phrases(text, typed, limit) if phrase.text.lower() not in names]
        room = limit - min(len(phrases), limit // 2)
        begun, inside = begun[:room], inside[: max(0, room - len(begun))]
        phrases = phrases[: limit - len(begun) - len(inside)]
        first = [*begun[:_FIRST_NAMES], *phrases[:_FIRST_PHRASES], *begun[_FIRST_NAMES:]]
        return (*first, *phrases[_FIRST_PHRASES:], *inside)

    def _names(self, typed: list[str]) -> tuple[list[Suggestion], list[Suggestion]]:
        """Names that begin as typed, and names that have it inside; of one syllable both are alike. Each once."""
        ranked: list[tuple[bool, float, int, Suggestion]] = []
        begins: set[int] = set()
        for number in self._by_first.get(fold(typed[0])[:2], ()) if len(typed[0]) > 1 or len(typed) > 1 else ():
            row = self._rows[number]
            at = _goes_on(row, typed)
            if at is None:
                continue
            worth = row.entry.weight * (1 if at else _BEGINNING)
            if not at or len(typed) == 1:
                begins.add(number)
            last = row.keys[at + len(typed) - 1].startswith(typed[-1])
            ranked.append((not last and is_marked(typed[-1]), -worth, number, row.entry.suggestion))
            if len(ranked) == _LOOKED_AT:
                break
        ranked.sort(key=lambda rank: rank[:3])
        begun = [suggestion for *_, number, suggestion in ranked if number in begins]
        inside = [suggestion for *_, number, suggestion in ranked if number not in begins]
        return _each_once(begun), _each_once(inside)

    def _numbers(self, text: str, limit: int) -> Iterator[Suggestion]:
        """Document numbers that begin so: `15/2020` is `15/2020/NĐ-CP`."""
        prefix = "/".join(fold(key(part)) for part in text.rstrip("/").split("/"))
        found = [(number, many) for number, many in self._lexicon.specials(prefix) if number.count("/") > 1]
        whole = [row for row in found if row[0] == prefix or row[0].startswith(f"{prefix}/")]
        for number, _ in (whole or found)[:limit]:
            figures = [part for part in number.split("/") if part[0].isdecimal()]
            letters = [part for part in number.split("/") if not part[0].isdecimal()]
            if letters:
                printed = "-".join(_LETTERS.get(part, part.upper()) for part in letters)
                yield Suggestion("number", f"{'/'.join(figures)}/{printed}")

    def _phrases(self, text: str, typed: list[str], most: int) -> Iterator[Suggestion]:
        """What headlines say from these words on."""
        for phrase in self._lexicon.continued(typed, most):
            yield Suggestion("phrase", " ".join([*text.split()[: -len(typed)], phrase]))


def _goes_on(row: _IndexedName, typed: list[str]) -> int | None:
    """Where in a name the typed words stand, the last of which may be a beginning."""
    many = len(typed)
    bare = [fold(word) for word in typed]
    for at in range(len(row.keys) - many + 1):
        if list(row.folded[at : at + many - 1]) != bare[:-1] or not row.folded[at + many - 1].startswith(bare[-1]):
            continue
        if all(not is_marked(word) or word == name for word, name in zip(typed[:-1], row.keys[at:], strict=False)):
            return at
    return None


def _each_once(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Without what a reader could not tell from one before: the same text of the same kind and detail."""
    seen: dict[tuple[str, str, str | None], Suggestion] = {}
    for suggestion in suggestions:
        seen.setdefault((suggestion.kind, suggestion.text.lower(), suggestion.detail), suggestion)
    return list(seen.values())
