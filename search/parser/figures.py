"""Document numbers, dates and amounts in a query: each is looked up in every way of writing it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile
from typing import Final

from index.analysis.normalize import fold
from index.analysis.special import AMOUNT, DATE, NUMBER, PERCENT, Special
from index.query import Dated, Key, Node, Option, Prefix, Term, either
from index.schema import Form
from search.parser.ranges import days_of
from search.parser.reading import Reading, Word, exact, leaf, phrase_of, span_of, special

DOCUMENTS: Final = {
    ("nghị", "định"): "nd",
    ("nghị", "quyết"): "nq",
    ("quyết", "định"): "qd",
    ("quy", "định"): "qd",
    ("thông", "tư"): "tt",
    ("chỉ", "thị"): "ct",
    ("kết", "luận"): "kl",
    ("kế", "hoạch"): "kh",
    ("công", "văn"): "cv",
    ("công", "điện"): "cd",
    ("thông", "báo"): "tb",
    ("hướng", "dẫn"): "hd",
    ("pháp", "lệnh"): "pl",
    ("báo", "cáo"): "bc",
    ("tờ", "trình"): "ttr",
}
"""What documents are called, and the letters that stand for it in their numbers."""

_CALLED: Final = {tuple(map(fold, words)): letters for words, letters in DOCUMENTS.items()}
_NAMES: Final = {
    letters: [words for words, other in DOCUMENTS.items() if other == letters] for letters in _CALLED.values()
}
_MOST_NUMBERS: Final = 40
_WORDS_OF_DATES: Final = {"ngay", "thang", "nam"}


def document_before(words: Sequence[Word], at: int) -> int:
    """Where the name of a kind of document begins that ends right before word `at`: `Nghị định [số]`; else `at`."""
    end = at - 1 if at and words[at - 1].folded == "so" else at
    return end - 2 if tuple(word.folded for word in words[max(0, end - 2) : end]) in _CALLED else at


def clause(reading: Reading, words: Sequence[Word], found: Special) -> Node | None:
    """The clause for a special token that covers these words; None when the reader wants it as plain words."""
    _, _, kind, name = found
    if kind == NUMBER:
        return numbered(reading, words, name)
    if kind == DATE:
        return dated(reading, words, name)
    if kind in {AMOUNT, PERCENT}:
        return amount(reading, words, kind, name)
    return None


def numbered(reading: Reading, words: Sequence[Word], name: str) -> Node | None:
    """A document's number in full, `[Nghị quyết số] 35/NQ-CP`, also where it is only called `Nghị quyết 35`."""
    typed = reading.typed(words)
    printed = [word.folded for word in dropwhile(lambda word: not word.key[0].isdecimal(), words)]
    if not printed or not reading.wants("number", typed):
        return None
    groups = name.split("/")[1:]
    serial = printed[0]
    ways: list[Node | Option] = [special(name, words, typed), phrase_of(printed, words, typed, Form.FOLDED)]
    told = [_shown(name)]
    if printed[-1] == "tw":
        ways.append(phrase_of([*printed[:-1], "tu"], words, typed, Form.FOLDED))
    letters = next((group for group in groups if group in _NAMES), None)
    kinds = _NAMES.get(letters or "", ())
    for called in [kind for kind in kinds if tuple(map(fold, kind)) == _kind(words)] or kinds:
        forms = ((*called, serial), (*called, "số", serial))
        ways += [Option(phrase_of(keys, words, typed), 0.5) for keys in forms]
        told.append(" ".join((*called, serial)))
    reading.tell("number", typed, told)
    return either(*ways)


def _shown(name: str) -> str:
    """A number's key as people write numbers: `15/2020/ND-CP`."""
    figures = "/".join(part for part in name.split("/") if part[0].isdecimal())
    return f"{figures}/{'-'.join(part.upper() for part in name.split('/') if not part[0].isdecimal())}"


def _kind(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.folded for word in words[:2])


def called(reading: Reading, words: Sequence[Word]) -> Node | None:
    """A document called by its kind and serial number only: `Nghị định 15`, `nghị quyết số 35`."""
    typed = reading.typed(words)
    if not reading.wants("number", typed):
        return None
    kind, serial = tuple(word.folded for word in words[:2]), words[-1].key
    letters = _CALLED[kind]
    forms = ((*kind, serial), (*kind, "so", serial))
    ways: list[Node | Option] = [phrase_of(keys, words, typed, Form.FOLDED) for keys in forms]
    if any(word.marked for word in words):
        names = [name for name in _NAMES[letters] if tuple(map(fold, name)) == kind]
        ways = [phrase_of((*name, *so, serial), words, typed) for name in names for so in ((), ("số",))]
    numbers = [number for number, _ in reading.lexicon.specials(f"{int(serial)}/") if letters in number.split("/")]
    ways += [Option(special(number, words, typed), 0.9) for number in numbers[:_MOST_NUMBERS]]
    reading.tell("number", typed, [_shown(number) for number in numbers[:5]])
    return either(*ways)


def dated(reading: Reading, words: Sequence[Word], name: str) -> Node | None:
    """A day or month among other words: the text names it, or the article is of then."""
    typed = reading.typed(words)
    if not reading.wants("date", typed):
        return None
    figures = [word for word in words if word.folded not in _WORDS_OF_DATES]
    reading.tell("date", typed, [name])
    if name.startswith("--"):
        return either(special(name, words, typed), leaf([exact(word) for word in figures], words, typed))
    days = days_of(name)
    if days is None:
        return either(leaf([exact(word) for word in figures], words, typed))
    named: list[Node | Option] = [special(name, words, typed)]
    if name.count("-") == 2:
        named.append(Option(special("-" + name[4:], words, typed), 0.7))
    else:
        named.append(Option(Prefix(name + "-", Form.SPECIAL, span_of(words), typed), 0.7))
    return Dated(*days, either(*named), span_of(words), typed)


def amount(reading: Reading, words: Sequence[Word], kind: str, name: str) -> Node | None:
    """A figure, `1.300`, `2.000 tỷ`, `18%`, however its thousands, decimals and unit are written."""
    typed = reading.typed(words)
    if not reading.wants("number", typed):
        return None
    ways: list[Node | Option] = [special(name, words, typed)]
    if kind == AMOUNT:
        figure, _, unit = name.partition("_")
        if figure.isdecimal():
            ways.append(phrase_of([figure, unit] if unit else [figure], words, typed))
        ways.append(Option(leaf([exact(word) for word in words], words, typed), 0.8))
    return either(*ways)


def digits(words: Sequence[Word]) -> Term:
    """A figure typed without dots, which papers print with them: `1300` is `1.300` too."""
    (word,) = words
    slot = (Key(word.key), Key(word.key, Form.SPECIAL)) if re.fullmatch(r"\d{4,}", word.key) else (Key(word.key),)
    return Term(slot, word.span, word.text)
