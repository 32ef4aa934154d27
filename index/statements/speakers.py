"""Speakers: every place of a text that surely names one of its officials, by name, by title or by a pronoun."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.analysis.normalize import CAPITALS
from index.officials.recognition.found_officials import FoundOfficial

_POLITE = re.compile(
    "(?:ông|Ông|bà|Bà|đồng chí|Đồng chí|đ/c|Đ/c|ĐB|đại biểu|Đại biểu|Bí thư|Bộ trưởng|Chủ tịch|Thứ trưởng|Giám đốc|"
    "đại tướng|thượng tướng|trung tướng|thiếu tướng|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|"
    "đại tá|thượng tá|trung tá|thiếu tá|Đại tá|Thượng tá|Trung tá|Thiếu tá) "
)
"""No pattern before it and nothing but letters in front, so that the search can leap; so do those below."""
_NAME = re.compile(rf"([{CAPITALS}][\w'’-]*)(?! [{CAPITALS}])")
_BARE = re.compile(
    "(?:Phó [Tt]hủ tướng|Thủ tướng|Tổng [Bb]í thư|Phó Chủ tịch nước|Chủ tịch nước|Phó Chủ tịch Quốc hội|"
    r"Chủ tịch Quốc hội|Bộ trưởng|Thứ trưởng|Tổng thống|Ngoại trưởng)(?: Chính phủ)?(?![\w-])"
)
_BARE_TITLES = frozenset(
    (
        "phó thủ tướng",
        "thủ tướng",
        "tổng bí thư",
        "phó chủ tịch nước",
        "chủ tịch nước",
        "phó chủ tịch quốc hội",
        "chủ tịch quốc hội",
        "bộ trưởng",
        "thứ trưởng",
        "tổng thống",
        "ngoại trưởng",
    )
)
_OF_ANOTHER = ("nguyên ", "Nguyên ", "cựu ", "Cựu ", "Phó ", "phó ")
_NOT_A_PRONOUN = re.compile(r"(?:bà|ông|chủ|nội|ngoại|cụ|con|mẹ|bố|cố|lão|già|xã|này|ấy|ta|kia|nào|bầu|trùm)\b")
_SAME = re.compile(r"(?:[Nn]hà|[Vv]ị)(?: [^\W\d]+){1,3}? này\b|(?<=heo )(?:ông|bà)(?=[,:])")
"""Pronouns made of nouns: `nhà lãnh đạo này`, `vị giám đốc này`; and the one that `theo` leaves alone."""
_WOMAN = {"bà ": True, "ông ": False}
_BEFORE = re.compile(r"\b([Ôô]ng|[Bb]à) (?:[^\s.,;:]+ ){0,1}$")


@dataclass(frozen=True, slots=True)
class Reference:
    """One place that names a speaker; `official` is -1 for a pronoun, which its surroundings must tell."""

    start: int
    end: int
    official: int
    woman: bool | None = None
    """What a pronoun says of him or her."""
    full: bool = False
    """Whether the whole name stands there."""


def references(text: str, officials: Sequence[FoundOfficial]) -> list[Reference]:
    """In order, none inside another."""
    named = [
        Reference(mention.start, mention.end, number, full=True)
        for number, official in enumerate(officials)
        for mention in official.mentions
        if official.foreign or " " in mention.text  # a given name is read below, with what stands before it
    ]
    named.sort(key=lambda reference: reference.start)
    people = _People(text, officials, named)
    found = [*named, *_short(text, people), *_same(text)]
    if not _BARE_TITLES.isdisjoint(people.by_title):
        found.extend(_bare(text, people))
    found.sort(key=lambda reference: (reference.start, -reference.end))
    apart: list[Reference] = []
    for reference in found:
        if not apart or reference.start >= apart[-1].end:
            apart.append(reference)
    return apart


class _People:
    """The officials of one text, by what a short form of them may be."""

    def __init__(self, text: str, officials: Sequence[FoundOfficial], named: Sequence[Reference]) -> None:
        self.text = text
        self.officials = officials
        self.starts = [reference.start for reference in named]
        self.ends = [reference.end for reference in named]
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_title: dict[str, list[int]] = defaultdict(list)
        for number, official in enumerate(officials):
            words = official.name.split()
            for word in dict.fromkeys((words[0], words[-1]) if official.foreign else words[-1:]):
                self.by_name[word].append(number)
            for title in {_title(position.title) for position in official.positions if not position.former}:
                self.by_title[title].append(number)

    def inside(self, at: int) -> bool:
        """Whether a whole name stands over this place."""
        k = bisect_left(self.ends, at + 1)
        return k < len(self.starts) and self.starts[k] <= at

    def woman(self, number: int) -> bool | None:
        """Whether the text calls this official bà (or ông); None where it does neither."""
        for mention in self.officials[number].mentions:
            if polite := _BEFORE.search(self.text, max(0, mention.start - 24), mention.start):
                return _WOMAN[polite[1].lower() + " "]
        return None


def _short(text: str, people: _People) -> Iterator[Reference]:
    """`ông Hùng`: the only official of that name, where nobody else in the text bears it; `ông` alone, a pronoun."""
    alone: dict[str, bool] = {}
    for polite in _POLITE.finditer(text):
        if text[polite.start() - 1 : polite.start()].isalnum():
            continue
        woman = _WOMAN.get(polite[0].lower())
        match = _NAME.match(text, polite.end())
        if match is None:
            if woman is not None and text[polite.end()].islower() and not _NOT_A_PRONOUN.match(text, polite.end()):
                yield Reference(polite.start(), polite.end() - 1, -1, woman)
            continue
        name = match[1]
        numbers = people.by_name.get(name, ())
        if len(numbers) != 1 or people.inside(match.start()):
            continue
        if name not in alone:
            alone[name] = _is_alone(text, name, people)
        if alone[name] and (woman is None or people.woman(numbers[0]) in (None, woman)):
            yield Reference(match.start(), match.end(), numbers[0])


def _same(text: str) -> Iterator[Reference]:
    """Pronouns made of nouns, and `ông` of `theo ông,`."""
    for match in _SAME.finditer(text):
        yield Reference(match.start(), match.end(), -1, _WOMAN.get(match[0] + " "))


def _is_alone(text: str, name: str, people: _People) -> bool:
    """Whether every longer name that ends so is a mention of an official."""
    pattern = re.compile(rf"\b([{CAPITALS}][\w'’-]*) {re.escape(name)}(?![\w'’-])")
    return all(
        people.inside(match.start(1)) or match[1] in ("Ông", "Bà", "ĐB", "TS", "GS") for match in pattern.finditer(text)
    )


def _bare(text: str, people: _People) -> Iterator[Reference]:
    """`Thủ tướng` alone: the only official with that title, where the text gives it to nobody else."""
    titles = [
        (_title(match[0]), match)
        for match in _BARE.finditer(text)
        if not text.endswith(_OF_ANOTHER, 0, match.start()) and not text[match.start() - 1 : match.start()].isalnum()
    ]
    sure: dict[str, int | None] = {}
    for title, match in titles:
        if title not in people.by_title or _goes_on(text, match.end()):
            continue
        if title not in sure:
            given = (other.end() for same, other in titles if same == title and _goes_on(text, other.end()))
            sure[title] = _sole(text, given, title, people)
        if (number := sure[title]) is not None:
            yield Reference(match.start(), match.end(), number)


def _goes_on(text: str, end: int) -> bool:
    """A body, a country or a name follows."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()


def _sole(text: str, given: Iterable[int], title: str, people: _People) -> int | None:
    """The one holder of a title; None where it stands in the text as somebody else's too: `given`, its ends there."""
    numbers = people.by_title[title]
    if len(numbers) != 1:
        return None
    official = people.officials[numbers[0]]
    for end in given:
        near = text[end : end + 110]
        if official.name not in near and not any(mention.text in near for mention in official.mentions):
            return None
    return numbers[0]


def _title(printed: str) -> str:
    lowered = unicodedata.normalize("NFC", printed).lower()
    return lowered.removesuffix(" chính phủ").removesuffix(" thường trực").strip()
