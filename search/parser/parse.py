"""Text to query: `parse` never raises on what a person types, and says what it made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from crawler.ground import clock
from index.analysis.normalize import is_marked, key
from index.analysis.tokens import syllables
from index.query import And, MatchAll, Node, Not, Option, Span, both, either
from search.parser.asked import Asked
from search.parser.keyboard import decoded
from search.parser.lexemes import Lexeme, LexemeKind, lexemes
from search.parser.lexicon import EmptyLexicon, Lexicon
from search.parser.place_words import NEW_NAME, are_one, became
from search.parser.query_grammar import Grammar
from search.parser.query_reading import Reading
from search.parser.ranges import ranges
from search.parser.spelling import cased, restored
from search.parser.stretches import SHORTEST_PREFIX
from search.results import Understood

_SIGNS: Final = re.compile(r"[*~+#=<>^$\\@|]+|[\u2190-\u2bff\u3000-\u303f\U0001f000-\U0001faff]+")
"""Signs that no word is printed with in a way that can be looked for."""
_LETTER_AND_SIGNS: Final = re.compile(r"[^\W\d_][+#]{1,2}")
MOST_WORDS: Final = 64
"""Syllables of a query that are read; the rest is reported as ignored."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query understood."""

    text: str
    """As typed, in NFC: spans of the query's leaves point into it."""
    query: Node
    understood: tuple[Understood, ...] = ()
    since: date | None = None
    """First day of an explicit range in the text."""
    until: date | None = None
    """Last day of it, inclusive."""
    suggestion: str | None = None
    """What may have been meant, to be offered: marks restored, a misspelling put right."""


def parse(
    text: str, lexicon: Lexicon | None = None, off: frozenset[str] = frozenset(), today: date | None = None
) -> Parsed:
    """Read what was typed on a day: `today` in Viet Nam unless told.

    `off` holds the interpretations that the reader switched off, as `Understood.off` names them after `off=`.
    """
    text = unicodedata.normalize("NFC", "".join(c for c in text if not 0xD800 <= ord(c) <= 0xDFFF))
    asked = Asked(lexicon or EmptyLexicon())
    begun = _begun(Reading(text, asked, frozenset(label.casefold() for label in off)), today or clock.today())
    while True:
        parsed = _read(begun)
        if not asked.ask():
            return parsed


@dataclass(frozen=True, slots=True)
class _Begun:
    """As far as a text is read without counts: what every pass over it shares."""

    reading: Reading
    found: list[Lexeme]
    left_out: list[Span]
    """Parts of the text that are no part of the query."""
    days: tuple[date | None, date | None]


def _begun(reading: Reading, today: date) -> _Begun:
    """Ranges of days, lexemes, keys of an input method."""
    days, rest = _days(reading, today)
    found, ignored = lexemes(rest)
    ignored = [*ignored, *(lexeme.span for lexeme in found if _is_letter_and_signs(lexeme))]
    found, beyond = _within_bounds(reading, [lexeme for lexeme in found if not _is_letter_and_signs(lexeme)])
    words = [
        word for lexeme in found if lexeme.kind in {LexemeKind.TEXT, LexemeKind.QUOTED} for word in lexeme.text.split()
    ]
    _decode(reading, found)
    reading.unmarked = not reading.decoded and not any(map(is_marked, map(str.lower, words)))
    return _Begun(reading, found, [*ignored, *beyond, *_signs(reading, found)], days)


def _read(begun: _Begun) -> Parsed:
    """What was typed, read with the counts at hand; it stands when nothing more was wanted."""
    reading, found, days = begun.reading.again(), begun.found, begun.days
    text = reading.text
    grammar = Grammar(reading, found)
    query = grammar.query() if found else MatchAll()
    query = _one_place(reading, query)
    if isinstance(query, MatchAll) and text.strip() and days == (None, None):
        query = Not(MatchAll())  # nothing of it can be looked for: that is not everything
    for span in sorted({*begun.left_out, *grammar.ignored}, key=lambda part: (part.start, part.end)):
        if left_out := text[span.start : span.end].strip():
            reading.chips.append(Understood("ignored", left_out[:80], ()))
    return Parsed(text, query, tuple(reading.chips), *days, _suggestion(reading, found))


def _is_letter_and_signs(lexeme: Lexeme) -> bool:
    """`C++`, `C#`, `A+`: papers print the signs, but the index keeps the letter alone, and that is another thing."""
    return lexeme.kind is LexemeKind.TEXT and _LETTER_AND_SIGNS.fullmatch(lexeme.text) is not None


def _signs(reading: Reading, found: Sequence[Lexeme]) -> Iterator[Span]:
    """Signs that mean nothing where they stand, and words of nothing but signs: `*ưa`, `🎉`, `%`."""
    for lexeme in found:
        if lexeme.kind is not LexemeKind.TEXT:
            continue
        words = reading.words(lexeme.span.start, lexeme.span.end)
        if not words:
            yield lexeme.span
        for match in _SIGNS.finditer(reading.text, lexeme.span.start, lexeme.span.end) if words else ():
            before = next((word for word in words if word.span.end == match.start()), None)
            if not (match[0] == "*" and before and len(before.key) >= SHORTEST_PREFIX):
                yield Span(*match.span())


def _one_place(reading: Reading, query: Node) -> Node:
    """An old and a new name of one place, said to be so, are one clause: `Đồng Tháp (cũ Tiền Giang)`."""
    for at, (place, name, is_renamed) in enumerate(reading.places):
        for other, other_name, other_told in reading.places[at + 1 :]:
            inside = isinstance(query, And) and place in query.nodes and other in query.nodes
            if isinstance(query, And) and inside and (is_renamed or other_told) and are_one(name, other_name):
                is_old = became(name, other_name)
                earlier, later = (place, other) if is_old else (other, place)
                node = either(earlier, Option(later, NEW_NAME))
                nodes = (node if part == place else part for part in query.nodes if part != other)
                query = both(*nodes)
    return query


def _decode(reading: Reading, found: Sequence[Lexeme]) -> None:
    """Take what was typed in Telex or VNI for the syllables that it makes, and say so."""
    text = " ".join(lexeme.text for lexeme in found if lexeme.kind is LexemeKind.TEXT)
    meant = decoded((word.key for word in syllables(text)), reading.lexicon) if reading.wants("marks", text) else {}
    if meant:
        reading.decode(meant)
        words = [word for lexeme in found for word in reading.words(lexeme.span.start, lexeme.span.end)]
        reading.tell("marks", text, [" ".join(word.key for word in words)])
        reading.suggested += [(word.span, cased(word.key, word)) for word in words if key(word.text) in meant]


def _days(reading: Reading, today: date) -> tuple[tuple[date | None, date | None], str]:
    """The range that the query's explicit ranges leave open, and the text without them (blanks in their place)."""
    since, until, rest = None, None, reading.text
    for days in ranges(reading.text, today):
        typed = reading.text[days.span.start : days.span.end]
        if not reading.wants("date", typed):
            continue
        since = max(filter(None, (since, days.first)), default=None)
        until = min(filter(None, (until, days.last)), default=None)
        rest = rest[: days.span.start] + " " * len(typed) + rest[days.span.end :]
        reading.tell("date", typed, [days.shown])
    return (since, until), rest


def _within_bounds(reading: Reading, found: Sequence[Lexeme]) -> tuple[list[Lexeme], list[Span]]:
    within: list[Lexeme] = []
    left_out: list[Span] = []
    words = 0
    for lexeme in found:
        words += len(reading.words(lexeme.span.start, lexeme.span.end)) if lexeme.kind is not LexemeKind.FIELD else 0
        if words > MOST_WORDS:
            left_out.append(lexeme.span)
        else:
            within.append(lexeme)
    return within, left_out


def _suggestion(reading: Reading, found: Sequence[Lexeme]) -> str | None:
    """The typed text with likely misspellings put right and, where it has no mark at all, with its marks."""
    changes = list(dict(reading.suggested).items())
    if reading.unmarked and not changes:
        changes = list(_with_marks(reading, found))
    text = reading.text
    for span, said in sorted(changes, key=lambda change: change[0].start, reverse=True):
        text = text[: span.start] + said + text[span.end :]
    return text if text != reading.text else None


def _with_marks(reading: Reading, found: Sequence[Lexeme]) -> Iterator[tuple[Span, str]]:
    """Every stretch of words with the marks that the corpus gives it."""
    for plain, group in groupby(found, key=lambda lexeme: _is_plain(reading, lexeme)):
        words = (
            [word for lexeme in group for word in reading.words(lexeme.span.start, lexeme.span.end)] if plain else []
        )
        spelt = restored(reading, words) if len(words) > 1 else None
        for word, spelling in zip(words, spelt.split() if spelt else (), strict=False):
            if spelling != word.key:
                yield word.span, cased(spelling, word)


def _is_plain(reading: Reading, lexeme: Lexeme) -> bool:
    """Whether a lexeme is words, and neither a number nor letters that stand for words."""
    if lexeme.kind not in {LexemeKind.TEXT, LexemeKind.QUOTED} or any(map(str.isdigit, lexeme.text)):
        return False
    return reading.text.isupper() or not lexeme.text.isupper()
