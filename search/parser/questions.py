"""Words that ask: `ai`, `là gì`, `bao giờ`, `có … không`, `nói gì về`.

They say what is wanted, not what an article must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from index.analysis.normalize import fold
from search.parser.asked import Asked
from search.parser.lexicon import EmptyLexicon
from search.parser.query_reading import Reading, Word
from search.parser.ranges import days_of
from search.parser.vocabulary import compounds

# fmt: off
_SAYING: Final = (
    "nói", "phát biểu", "trả lời", "chỉ đạo", "cho biết", "cho rằng", "lên tiếng", "giải thích", "giải trình",
    "trần tình", "chia sẻ", "bình luận", "nhận định", "nhận xét", "đánh giá", "phản hồi", "phản ứng", "tuyên bố",
    "khẳng định", "bày tỏ", "yêu cầu", "đề nghị", "kiến nghị", "hứa", "nghĩ", "làm",
)
"""Verbs that ask with one of the next: the answer is what was said, in whatever words it is reported."""
_WHAT: Final = ("những gì", "điều gì", "cái gì", "như thế nào", "thế nào", "ra sao", "gì")
_ANYWHERE: Final = tuple(tuple(phrase.split()) for phrase in (
    *(f"{verb} {what}" for verb in _SAYING for what in _WHAT), "nói sao",
    "có hay không", "như thế nào", "bao giờ", "bao nhiêu", "bao lâu", "khi nào", "lúc nào", "ngày nào", "năm nào",
    "nơi nào", "thế nào", "vì sao", "tại sao", "vì đâu", "do đâu", "ở đâu", "tại đâu", "ra sao", "làm sao",
    "là những ai", "là ai", "ai là", "là gì", "là sao", "cái gì", "có phải", "phải không", "được không", "đúng không",
    "hay không", "hay chưa", "ai", "gì", "nào", "là", "hả", "nhỉ", "nhé", "ạ", "à", "ư",
))
# fmt: on
_BY_FIRST: Final = {
    first: [question for question in _ANYWHERE if fold(question[0]) == first]
    for first in {fold(question[0]) for question in _ANYWHERE}
}
_LAST: Final = (("không",), ("chưa",), ("sao",), ("đâu",), ("thế",), ("vậy",))
"""They ask where nothing comes after them."""
_AROUND: Final = "có"
"""`có … không` asks with both."""
_OF_WHAT: Final = (("về", "việc"), ("về",))
"""They ask behind a verb that asks: `nói gì về`, `nói về … thế nào`."""
_WHEN: Final = (("hiện", "nay"), ("hiện", "tại"), ("hiện", "giờ"), ("bây", "giờ"), ("đương", "nhiệm"))
"""They say of which day a question is, and nothing of what an article must hold."""
_DAY: Final = re.compile(
    r"(?:(?:vào|từ)\s+)?(?:(?:ngày|ngay|hôm)\s+)?(?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d\d-\d\d)(?![\w/])"
)
_SUCCESSION: Final = re.compile(
    r"^ai (?:thay|kế nhiệm|thay thế)(?: (?:ông|bà|đồng chí))? .+? (?:làm|giữ chức) ", re.IGNORECASE
)
_NOW: Final = re.compile(
    r"(?<!\w)(?:hiện nay|hiện tại|hiện giờ|bây giờ|hien nay|đương nhiệm|giữ chức|đang)(?!\w)", re.IGNORECASE
)
_BARE_ALONE: Final = frozenset({"ai"})
"""Words of one syllable that ask without marks too, at the beginning or the end."""
_VERBS: Final = tuple(tuple(verb.split()) for verb in _SAYING)
_WHATS: Final = frozenset(tuple(map(fold, what.split())) for what in _WHAT)
_SAYING_WHAT: Final = frozenset(
    (*map(fold, verb.split()), *what) for verb in (*_SAYING, "nói sao") for what in (*_WHATS, ())
)


def office_asked(text: str) -> tuple[str, date | None]:
    """What a question about an office leaves when the words that ask and a date are taken away, and that day.

    `ai là bí thư TP.HCM`, `Bí thư TP.HCM 1/5/2017`, `ai thay ông Lò Văn Mười làm Chủ tịch tỉnh`.
    """
    day = None
    if match := _DAY.search(text):
        days = days_of(match["day"])
        if days is not None and days[0] == days[1]:
            day, text = days[0], f"{text[: match.start()]} {text[match.end() :]}"
    text = _SUCCESSION.sub("", " ".join(text.split()))
    reading = Reading(text, Asked(EmptyLexicon()), frozenset())
    words = reading.words(0, len(text))
    reading.unmarked = not any(word.marked for word in words)
    for first, last in reversed(asking(reading, words)):
        text = text[: words[first].span.start] + text[words[last - 1].span.end :]
    return " ".join(_NOW.sub(" ", text).split()).strip(" ?.,"), day


def asking(reading: Reading, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The stretches of words (first, last exclusive) that ask, in order; none when there are no others."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        begun = _BY_FIRST.get(words[at].folded, ())
        many = next((len(question) for question in begun if _is(reading, words, at, question)), 0)
        if many:
            found.append((at, at + many))
        at += many or 1
    end = found[-1][0] if found and found[-1][1] == len(words) else len(words)
    if end and any(_is(reading, words, end - 1, question) for question in _LAST):
        found.append((end - 1, end))
        found += [(at, at + 1) for at in range(end - 1) if _is(reading, words, at, (_AROUND,))][-1:]
    found += _saying(reading, words, found)
    if found:
        found += [
            (at, at + 2) for at in range(len(words)) if any(_is(reading, words, at, question) for question in _WHEN)
        ]
    asked = {at for first, last in found for at in range(first, last)}
    return _stretches(asked) if len(asked) < len(words) else []


def _saying(reading: Reading, words: Sequence[Word], asked: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """`về` behind a verb that asks, and the verb of `nói về … thế nào` with it."""
    for first, last in asked:
        said = tuple(word.folded for word in words[first:last])
        if said in _SAYING_WHAT:
            yield last, last + _of_what(reading, words, last)
        elif said in _WHATS:
            begun = [
                (at, at + len(verb) + many)
                for at in range(first)
                for verb in _VERBS
                if _is(reading, words, at, verb) and (many := _of_what(reading, words, at + len(verb)))
            ]
            yield from begun[-1:]


def _of_what(reading: Reading, words: Sequence[Word], at: int) -> int:
    """How many words at a place only begin what is asked about."""
    return next((len(phrase) for phrase in _OF_WHAT if _is(reading, words, at, phrase)), 0)


def _is(reading: Reading, words: Sequence[Word], at: int, phrase: Sequence[str]) -> bool:
    """Whether this phrase stands at a place, and is no part of a word: `ai` in `Ai Cập`, `không` in `không khí`."""
    piece = words[at : at + len(phrase)]
    if len(piece) < len(phrase) or any(len(word.text) > 1 and word.text.isupper() for word in piece):
        return False
    if tuple(word.key for word in piece) != tuple(phrase):
        bare = len(phrase) > 1 or (phrase[0] in _BARE_ALONE and (at == 0 or at + 1 == len(words)))
        if not (reading.unmarked and bare and [word.folded for word in piece] == list(map(fold, phrase))):
            return False
    if len(phrase) > 1:
        return True
    if at and piece[0].text[:1].isupper():
        return False
    around = (words[max(0, at - 1) : at + 1], words[at : at + 2])
    return not any(len(pair) == 2 and tuple(word.key for word in pair) in compounds() for pair in around)


def _stretches(places: Iterable[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at in sorted(places):
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found
