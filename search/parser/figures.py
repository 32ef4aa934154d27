"""Document numbers, dates and amounts in a query: each is looked up in every way of writing it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile
from typing import Final

from index.analysis.normalize import fold
from index.analysis.roman import MOST as MOST_ROMAN
from index.analysis.roman import roman
from index.analysis.special import AMOUNT, DATE, NUMBER, PERCENT, Special
from index.query import Dated, Key, Node, Not, Option, Prefix, Term, both, either
from index.schema import Form
from search.parser.query_reading import Reading, Word, exact, leaf, phrase_of, span_of, special
from search.parser.ranges import days_of

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
_IN_WORDS: Final = ("", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN_BEHIND: Final = frozenset({"khoa", "hang"})
_WORDS_OF_DATES: Final = {"ngay", "thang", "nam", "tu", "ke", "den"}
_SINCE: Final = frozenset({"từ", "đến", "tới"})


def document_before(words: Sequence[Word], at: int) -> int:
    """Where the name of a kind of document begins that ends before word `at`: `Nghị định [số]`, `NĐ`; else `at`."""
    end = at - 1 if at and words[at - 1].folded == "so" else at
    if tuple(word.folded for word in words[max(0, end - 2) : end]) in _CALLED:
        return end - 2
    return end - 1 if end and words[end - 1].text.isupper() and words[end - 1].folded in _NAMES else at


def date_before(words: Sequence[Word], at: int) -> int:
    """Where a date in a sentence begins that ends in the figures at `at`: `từ ngày`, `kể từ`; else `at`."""
    if at and words[at - 1].folded == "ngay":
        at -= 1
    if at and words[at - 1].key in _SINCE:
        at -= 2 if at > 1 and words[at - 2].key == "kể" else 1
    return at


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
    """A document's number in full, `[Nghị quyết số] 35/NQ-CP`, also where it is only called `Nghị quyết 35`.

    Of a number with its year only that year's is meant; where the year is not printed, an article misses it.
    """
    typed = reading.typed(words)
    printed = [word.folded for word in dropwhile(lambda word: not word.key[0].isdecimal(), words)]
    if not printed or not reading.wants("number", typed):
        return None
    if dotted := re.search(r"(?<![\d.])(\d{1,3})\.(\d{3})[/-]", typed):
        name = f"{int(dotted[1] + dotted[2])}/{name.partition('/')[2]}"
        printed = [dotted[1] + dotted[2], *printed[2:]]
    serial, year, *groups = [*name.split("/")[:2], *name.split("/")[2:]]
    if not year.isdecimal():
        year, groups = "", [year, *groups]
    in_full: list[Node | Option] = [special(name, words, typed), phrase_of(printed, words, typed, Form.FOLDED)]
    if len(serial) > 3:
        in_full.append(phrase_of([serial[:-3], serial[-3:], *printed[1:]], words, typed, Form.FOLDED))
    if printed[-1] == "tw":
        in_full.append(phrase_of([*printed[:-1], "tu"], words, typed, Form.FOLDED))
    code = next((group for group in groups if group in _NAMES), None)
    kinds = _NAMES.get(code or "", [])
    kinds = [kind for kind in kinds if tuple(map(fold, kind)) == _kind(words)] or kinds
    forms = [(*kind, *so, printed[0]) for kind in kinds for so in ((), ("số",))]
    called = [phrase_of(keys, words, typed) for keys in forms]
    if not year:
        reading.tell("number", typed, [_as_written(name), *(" ".join((*kind, printed[0])) for kind in kinds)])
        return either(*in_full, *(Option(form, 0.5) for form in called))
    reading.tell("number", typed, [_as_written(name)])
    if not called or code is None:
        return either(*in_full)
    return _of_the_year(reading, words, in_full, called, _others(reading, serial, year, code))


def _of_the_year(
    reading: Reading,
    words: Sequence[Word],
    in_full: Sequence[Node | Option],
    called: Sequence[Node],
    others: Sequence[str],
) -> Node:
    """A document with its year: called so or in full, and in full; not where its number is another year's."""
    loosely = either(*called)
    if others:
        loosely = both(loosely, Not(either(*(special(other, words, reading.typed(words)) for other in others))))
    return both(either(*in_full, Option(loosely, 0.5)), either(*in_full))


def _others(reading: Reading, serial: str, year: str, code: str) -> list[str]:
    """The numbers of other years with this serial, of the same kind of document."""
    numbers = [number for number, _ in reading.lexicon.specials(f"{int(serial)}/")]
    return [number for number in numbers if code in number.split("/") and number.split("/")[1] != year][:_MOST_NUMBERS]


def _as_written(name: str) -> str:
    """A number's key as people write numbers: `15/2020/ND-CP`."""
    figures = "/".join(part for part in name.split("/") if part[0].isdecimal())
    return f"{figures}/{'-'.join(part.upper() for part in name.split('/') if not part[0].isdecimal())}"


def _kind(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.folded for word in words[:2])


def called(reading: Reading, words: Sequence[Word], year: str = "") -> Node | None:
    """A document called by its kind and serial number, perhaps with the year: `Nghị định 15`, `NĐ 46/2016`."""
    typed = reading.typed(words)
    if not reading.wants("number", typed):
        return None
    serial = words[-2 if year else -1].key
    kind = tuple(word.folded for word in words[:2])
    if kind not in _CALLED:
        reading.tell("abbreviation", words[0].text, [" ".join(name).capitalize() for name in _NAMES[words[0].folded]])
    code = _CALLED.get(kind, words[0].folded)
    names = [name for name in _NAMES[code] if tuple(map(fold, name)) == kind] or _NAMES[code]
    marked = kind not in _CALLED or any(word.marked for word in words)
    forms = [(*name, *so, serial) for name in names for so in ((), ("số",))]
    if not marked:
        forms = [tuple(map(fold, form)) for form in forms]
    ways = [phrase_of(keys, words, typed, Form.SYLLABLE if marked else Form.FOLDED) for keys in forms]
    numbers = [number for number, _ in reading.lexicon.specials(f"{int(serial)}/") if code in number.split("/")]
    if not year:
        reading.tell("number", typed, [_as_written(number) for number in numbers[:5]])
        specials = [Option(special(number, words, typed), 0.9) for number in numbers[:_MOST_NUMBERS]]
        return either(*ways, *specials)
    own = [number for number in numbers if number.split("/")[1] == year]
    reading.tell("number", typed, [_as_written(number) for number in own[:5]])
    in_full = [*(special(number, words, typed) for number in own), phrase_of([serial, year], words, typed)]
    return _of_the_year(reading, words, in_full, ways, _others(reading, serial, year, code))


def dated(reading: Reading, words: Sequence[Word], name: str) -> Node | None:
    """A day or month among other words: the text names it, or the article is of then."""
    typed = reading.typed(words)
    if not reading.wants("date", typed):
        return None
    figures = [word for word in words if word.folded not in _WORDS_OF_DATES]
    if name.startswith("--"):
        reading.tell("date", typed, [name])
        return either(special(name, words, typed), leaf([exact(word) for word in figures], words, typed))
    days = days_of(name)
    if days is None:
        reading.tell("date", typed, ())
        return leaf([exact(word) for word in figures], words, typed)
    reading.tell("date", typed, [name])
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


def said(counted: str, figure: str) -> str:
    """How else papers print a figure behind a word without marks: `thu 3` in words, `khoa 14` in Roman numerals."""
    number = int(figure)
    if counted == "thu" and number < len(_IN_WORDS):
        return _IN_WORDS[number]
    return roman(number) if counted in _ROMAN_BEHIND and 0 < number <= MOST_ROMAN else ""
