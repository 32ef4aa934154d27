"""A stretch of plain words read: which clauses it makes, each with all its understood spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.analysis.abbreviations import by_expansion
from index.analysis.analyzer import analyze
from index.analysis.normalize import fold
from index.analysis.special import ABBREVIATION, DATE, NUMBER, Special
from index.query import Key, Leaf, MatchAll, Node, Option, Prefix, Slot, both, either
from index.schema import Form
from search.parser import figures, letters, place_words, questions, slips, spelling
from search.parser.query_reading import Reading, Stretch, Word, anyhow, exact, leaf, phrase_of
from search.parser.units import LONGEST_NAME, Unit, held, is_word, units
from search.parser.vocabulary import SURNAMES
from search.parser.ways import slots, with_other_names

SHORTEST_PREFIX: Final = 2
"""Letters that a prefix has at least: `nam*`."""
_COUNTED: Final = frozenset(
    {"quận", "phường", "khóa", "lớp", "điều", "khoản", "số", "kỳ", "hạng", "giải", "năm", "thứ", "tổ", "khu"}
)
"""What a figure counts or names: `quận 2`."""
_COUNTED_FOLDED: Final = frozenset(map(fold, _COUNTED))
_LETTERS_AND_FIGURES: Final = re.compile(r"([^\W\d_]{3,})(\d{1,4})")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SAID: Final = 0.9
"""What a figure said in another way counts beside the one typed."""
_JOINING: Final = frozenset("/-")
"""Signs after a number that is only the first part of a longer one."""


def read(reading: Reading, start: int, end: int) -> list[Stretch]:
    """The clauses of the typed text between two offsets, in its order."""
    words = reading.words(start, end)
    found: list[Stretch] = []
    free = 0
    for clause in _fixed(reading, words, start, end):
        found += _free(reading, words, free, clause.first)
        found.append(clause)
        free = clause.last
    return found + _free(reading, words, free, len(words))


def quoted(reading: Reading, start: int, end: int) -> list[Slot]:
    """The positions of a phrase that the reader put in quotes: as typed, marks and all.

    What was typed without a mark, and nobody prints so, stands for every spelling; the chip of what somebody prints so
    widens it.
    """
    words = reading.words(start, end)
    typed = reading.text[start - 1 : end + 1]
    if not words or any(word.marked for word in words) or all(not word.key.isalpha() for word in words):
        return [exact(word) for word in words]
    as_typed = [exact(word) for word in words]
    if reading.wants("marks", typed) and reading.count(leaf(as_typed, words, typed)):
        reading.tell("marks", typed, [reading.typed(words)])
        return as_typed
    return [anyhow(word) for word in words] if not reading.wants("marks", typed) else slots(reading, words)


def _fixed(reading: Reading, words: Sequence[Word], start: int, end: int) -> Iterator[Stretch]:
    """Numbers, dates, amounts, abbreviations, prefixes: what is recognised by its form."""
    specials = {found[0]: found for found in sorted(_specials(reading, start, end), key=lambda special: special[1])}
    asked = dict(_asking(reading, words))
    at = free = 0
    while at < len(words):
        if at in asked:
            yield Stretch(MatchAll(), at, asked[at])
            at = free = asked[at]
            continue
        if _is_thousands(reading, words, at, specials.get(at + 1)):
            at += 1
            continue
        clause = _special(reading, words, free, at, specials.get(at)) or _called(reading, words, at)
        clause = clause or _place(reading, words, at)
        if clause is None and reading.text[words[at].span.end : words[at].span.end + 1] == "*":
            clause = _prefix(words, at)
        if clause is None:
            clause = _with_figures(reading, words, at)
        if clause is None:
            many, rows = letters.abbreviation_at(reading, words, at)
            if many:
                rest = [*words[:at], *words[at + many :]]
                node = letters.abbreviated(reading, words[at : at + many], rows, rest)
                clause = Stretch(node, at, at + many)
        if clause is None and letters.is_acronym(reading, words[at]):
            clause = Stretch(letters.acronym(reading, words[at]), at, at + 1)
        if clause is None:
            at += 1
            continue
        yield clause
        at = free = clause.last


def _place(reading: Reading, words: Sequence[Word], at: int) -> Stretch | None:
    """A province behind a word that only says what it is, and a place typed in one word."""
    word = words[at]
    if (name := place_words.spelt_in_one(word)) and reading.wants("variant", word.text):
        shown = " ".join(map(str.capitalize, name))
        reading.tell("variant", word.text, [shown])
        reading.suggested.append((word.span, shown))
        node = either(leaf([exact(word)], [word], word.text), phrase_of(name, [word], word.text))
        return Stretch(with_other_names(reading, [word], node, name), at, at + 1)
    place = place_words.place_at(reading, words, at)
    typed = reading.typed(words[place.first : place.last]) if place else ""
    if place is None or not reading.wants("variant", typed):
        return None
    inner = words[place.name : place.end]
    shown = reading.typed(inner)
    node = leaf(slots(reading, inner), inner, typed)
    if full := place_words.city(words, place):
        shown = " ".join(full).capitalize()
        short = phrase_of(("tp", *full[2:]), inner, typed)
        node = either(phrase_of(full, inner, typed), short)
        node = letters.with_shorter(reading, inner, node, by_expansion()[full])
    reading.tell("variant", typed, [shown])
    node = with_other_names(reading, inner, node)
    reading.places.append((node, tuple(word.key for word in inner), place.renamed))
    return Stretch(node, place.first, place.last)


def _asking(reading: Reading, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The stretches of words that only ask, each told; none in a name that the news has: `nguyễn ngọc thế`."""
    if 1 < len(words) <= LONGEST_NAME and words[0].key in SURNAMES and held(reading, words):
        return
    for first, last in questions.asking(reading, words):
        typed = reading.typed(words[first:last])
        if reading.wants("ignored", typed):
            reading.tell("ignored", typed, ())
            yield first, last


def _prefix(words: Sequence[Word], at: int) -> Stretch | None:
    """`nam*`; one letter alone is too little to begin with."""
    word = words[at]
    if len(word.key) < SHORTEST_PREFIX:
        return None
    form, key = (Form.SYLLABLE, word.key) if word.marked else (Form.FOLDED, word.folded)
    return Stretch(Prefix(key, form, word.span, word.text + "*"), at, at + 1)


def _with_figures(reading: Reading, words: Sequence[Word], at: int) -> Stretch | None:
    """Letters and figures, printed in one or in two: `covid19`, `Covid-19`."""
    word, following = words[at], words[at + 1 : at + 2]
    if match := _LETTERS_AND_FIGURES.fullmatch(word.key):
        return Stretch(
            either(leaf([exact(word)], [word], word.text), phrase_of(match.groups(), [word], word.text)), at, at + 1
        )
    joined = following and reading.text[word.span.end : following[0].span.start] == "-"
    if joined and word.key.isalpha() and len(word.key) > 2 and following[0].key.isdecimal():
        pair = words[at : at + 2]
        typed = reading.typed(pair)
        in_one = phrase_of([word.key + following[0].key], pair, typed)
        return Stretch(either(leaf([exact(part) for part in pair], pair, typed), in_one), at, at + 2)
    return None


def _specials(reading: Reading, start: int, end: int) -> list[Special]:
    text = reading.text[start:end]
    if not any(map(str.isdigit, text)):
        return []
    return [special for special in analyze(text).specials if special[2] != ABBREVIATION]


def _special(reading: Reading, words: Sequence[Word], free: int, at: int, found: Special | None) -> Stretch | None:
    """The clause for a special token at `at`, with the word before that belongs to it if that is not before `free`."""
    if found is None:
        if words[at].key in {"ngày", "tháng", "ngay"}:
            return None
        if not words[at].key.isdecimal():
            return None
        before = words[at - 1]
        if at > free and (before.key in _COUNTED or (reading.unmarked and before.folded in _COUNTED_FOLDED)):
            pair = words[at - 1 : at + 1]
            return Stretch(_counted(reading, pair), at - 1, at + 1)
        return Stretch(figures.digits(words[at : at + 1]), at, at + 1)
    first, last = at, at + found[1]
    if found[2] == NUMBER:
        if at > free and _sign_after(reading, words, at - 1) == "." and words[at - 1].key.isdecimal():
            first = at - 1
        first = figures.document_before(words, first)
    elif found[2] == DATE:
        first = figures.date_before(words, at)
    first = max(first, free)
    node = figures.clause(reading, words[first:last], found)
    return Stretch(node, first, last) if node else None


def _counted(reading: Reading, words: Sequence[Word]) -> Node:
    """A figure and the word before it, or the same said otherwise: `thứ 3` is `thứ ba`, `khóa 14` is `khóa XIV`."""
    typed = reading.typed(words)
    counted, figure = words
    node: Node = leaf(slots(reading, words), words, typed)
    said = figures.said(counted.folded, figure.key)
    if not said or not reading.wants("variant", typed):
        return node
    reading.tell("variant", typed, [f"{counted.text} {said}"])
    first = exact(counted) if counted.marked else anyhow(counted)
    return either(node, Option(leaf([first, (Key(said.lower()),)], words, typed), _SAID))


def _is_thousands(reading: Reading, words: Sequence[Word], at: int, following: Special | None) -> bool:
    """Whether a figure is the thousands of the serial number after it: `1.234/QĐ-UBND`."""
    number = following is not None and following[2] == NUMBER
    return number and words[at].key.isdecimal() and _sign_after(reading, words, at) == "."


def _called(reading: Reading, words: Sequence[Word], at: int) -> Stretch | None:
    """`Nghị định 15`, `nghị quyết số 35`, `NĐ 46/2016`: the kind of document, a serial number, perhaps the year."""
    for last in range(at + 2, min(at + 4, len(words)) + 1):
        serial = words[last - 1]
        if not serial.key.isdecimal() or len(serial.key) > 4 or figures.document_before(words, last - 1) != at:
            continue
        sign, following = _sign_after(reading, words, last - 1), words[last : last + 1]
        year = following[0].key if sign == "/" and following and _YEAR.fullmatch(following[0].key) else ""
        if year and _sign_after(reading, words, last) not in _JOINING:
            node = figures.called(reading, words[at : last + 1], year)
            return Stretch(node, at, last + 1) if node else None
        if sign not in _JOINING or not following:
            node = figures.called(reading, words[at:last])
            return Stretch(node, at, last) if node else None
    return None


def _sign_after(reading: Reading, words: Sequence[Word], at: int) -> str:
    return reading.text[words[at].span.end : words[at].span.end + 1]


def _free(reading: Reading, words: Sequence[Word], first: int, last: int) -> list[Stretch]:
    if first >= last:
        return []
    stretch = words[first:last]
    grouped = units(reading, stretch)
    found: list[Stretch] = []
    if reading.asked.wanting:  # what follows rests on the grouping
        return found
    for unit in grouped:
        piece = stretch[unit.first : unit.last]
        if len(piece) == 1 and letters.means_acronym(reading, piece[0], _others(reading, stretch, grouped, unit)):
            node = letters.acronym(reading, piece[0])
            found.append(Stretch(node, first + unit.first, first + unit.last))
            continue
        previous = words[first + unit.first - 1].key if first + unit.first else ""
        following = words[first + unit.last].key if first + unit.last < len(words) else ""
        node = _unit(reading, piece, unit, previous, following)
        found.append(Stretch(node, first + unit.first, first + unit.last))
    return found if reading.asked.wanting else slips.with_slips(reading, words, found)


def _others(reading: Reading, words: Sequence[Word], grouped: Sequence[Unit], but: Unit) -> Iterator[Leaf]:
    """What else stands in a stretch."""
    for unit in grouped:
        if unit is not but:
            piece = words[unit.first : unit.last]
            yield leaf(slots(reading, piece), piece, reading.typed(piece))


def _unit(reading: Reading, words: Sequence[Word], unit: Unit, before: str, after: str) -> Node:
    typed = reading.typed(words)
    if unit.kind == "name":
        if not reading.wants("phrase", typed):
            return both(
                *(leaf([slot], [word], word.text) for slot, word in zip(slots(reading, words), words, strict=True))
            )
        reading.tell("phrase", typed, [f"“{typed}”"])
    node: Node = leaf(slots(reading, words, swap=unit.kind in {"word", "single"}), words, typed)
    node = letters.with_shorter(reading, words, node, letters.shorter(reading, words, before, after))
    node = _with_parts(reading, words, node)
    node = with_other_names(reading, words, node)
    if unit.kind == "word":
        reading.places.append((node, tuple(word.key for word in words), False))
    return spelling.with_likely(reading, words, node)


def _with_parts(reading: Reading, words: Sequence[Word], node: Node) -> Node:
    """A long name, or its parts when one of them is often abbreviated: `Ban Tuyên giáo T.Ư`."""
    for at in range(2, len(words) - 1):
        parts = words[:at], words[at:]
        rows = [letters.shorter(reading, part, "", "") for part in parts]
        if any(rows) and all(found or is_word(reading, part) for found, part in zip(rows, parts, strict=True)):
            nodes = [
                letters.with_shorter(reading, part, leaf(slots(reading, part), part, reading.typed(part)), found)
                for found, part in zip(rows, parts, strict=True)
            ]
            return either(node, Option(both(*nodes), 0.8))
    return node
