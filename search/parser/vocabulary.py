"""What the parser knows of Vietnamese without the corpus: the dictionary's compounds and the family names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from index.analysis.abbreviations import by_wording
from index.analysis.crf import read_dictionary
from index.analysis.normalize import fold, key
from index.analysis.renamed import other_names
from index.officials.posts.areas import gazetteer

# fmt: off
SURNAMES: Final = frozenset({
    "an", "âu", "bạch", "bành", "bế", "bùi", "cao", "cầm", "chế", "chu", "chử", "cù", "cung", "diệp", "doãn",
    "dương", "đàm", "đặng", "đào", "đậu", "điểu", "đinh", "đoàn", "đỗ", "giang", "giàng", "hà", "hạ", "hầu",
    "hoàng", "hồ", "hứa", "huỳnh", "kha", "khổng", "khuất", "kiều", "kim", "la", "lã", "lại", "lâm", "lê",
    "lò", "lộc", "lù", "lục", "lương", "lường", "lưu", "lý", "ma", "mạc", "mai", "mông", "nghiêm", "ngô", "ngụy",
    "nguyễn", "ninh", "nông", "phạm", "phan", "phí", "phùng", "phương", "quách", "quàng", "sầm", "sùng",
    "tạ", "tăng", "thạch", "thái", "thân", "thào", "thiều", "tiêu", "tô", "tôn", "tòng", "tống", "trần", "triệu",
    "trịnh", "trương", "ung", "văn", "vàng", "vi", "võ", "vũ", "vương",
})
# fmt: on
# fmt: off
PROVINCES: Final = (
    "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp",
    "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Hồ Chí Minh", "Huế", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn",
    "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La",
    "Tây Ninh", "Thái Nguyên", "Thanh Hóa", "Tuyên Quang", "Vĩnh Long",
)
# fmt: on
"""The provinces and cities since 2025; the earlier ones are among the names that changed."""

FOLDED_SURNAMES: Final = frozenset(map(fold, SURNAMES))

LONGEST_UNIT: Final = 8


# Only these letters can make a dictionary's syllable differ from its key; asking key() for all would take 80 ms.
_NEW_STYLE: Final = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")


@cache
def compounds() -> frozenset[tuple[str, ...]]:
    """Words of two syllables or more: the dictionary's, what abbreviations stand for, places and agencies."""
    named = {tuple(map(key, place.split())) for place in PROVINCES} | set(by_wording()) | set(other_names())
    named |= set(gazetteer())
    words = {
        tuple(map(key, word.split()) if _NEW_STYLE.search(word) else word.split())
        for word in map(str.lower, read_dictionary())
    }
    return frozenset(word for word in words | named if 1 < len(word) <= LONGEST_UNIT)


@cache
def pairs_of_dictionary() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Of the words of two syllables: the second ones by the first, and the first ones by the second."""
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for word in compounds():
        if len(word) == 2:
            after.setdefault(word[0], []).append(word[1])
            before.setdefault(word[1], []).append(word[0])
    return after, before


@cache
def folded_compounds() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The same, by their form without marks."""
    words = list(compounds())
    lines = "\n".join(map(" ".join, words))
    folded = lines.translate({ord(letter): fold(letter) for letter in set(lines) - set(" \n")})
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for line, word in zip(folded.split("\n"), words, strict=True):
        found.setdefault(tuple(line.split(" ")), []).append(word)
    return found


@cache
def openings() -> frozenset[tuple[str, str]]:
    """The first two syllables of the same, without marks: most pairs of words open none."""
    return frozenset((word[0], word[1]) for word in folded_compounds())


def begins_with_place(keys: Sequence[str]) -> bool:
    """Whether the first two or three of these syllables name a place that the gazetteer has."""
    return any(tuple(keys[:many]) in _places() for many in (2, 3))


@cache
def _places() -> frozenset[tuple[str, ...]]:
    return frozenset(gazetteer()) | {tuple(map(key, place.split())) for place in PROVINCES}


@lru_cache(maxsize=1 << 14)
def is_name_case(text: str) -> bool:
    """Whether a word is written as names are: the first letter a capital, the others not."""
    composed = unicodedata.normalize("NFC", text)
    return composed[:1].isupper() and (len(composed) == 1 or not composed[1:].isupper())
