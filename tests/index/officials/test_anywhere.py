"""A sentence means the same wherever it stands, and a text may end after any word: nothing is looked for outside it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from index.officials.recognition.found_officials import FoundOfficial
from index.officials.recognition.recognizer import recognize_text
from tests.golden.records import cases

WEATHER = "trời mưa to suốt đêm nên nước dâng cao."
"""Says nothing of anybody."""
SENTENCES = [case.asked for case in cases("recognition") if not case.asked.startswith("story ")]
WORDS = re.compile(r"\w+|[^\w\s]")
_LAST = """
nguyên|cựu|cố|tân|quyền|hiện|là|và|một|của|với|cho|do|theo|thay|khi|lúc|phó|vụ|cúp|nhiệm|chức|viên|phòng|phủ|ủy|án|số
khẩu|tổng|chi|gồm|ông|bà|chị|con|các|hai|3|bị|được|người|trước|H'|tỉnh|xã|nhóm|chống|ảnh:|X.|(|,|-|–|:|;|“|Trước đây,
Sở Y tế có|Nguyễn Văn|việt nam
"""
LAST_WORDS = _LAST.strip().replace("\n", "|").split("|")
FIRST = [
    "Chủ tịch UBND tỉnh Lam Khê Lò Văn Mẫu dự họp",
    "Vụ trưởng Vụ Pháp chế Lò Văn Mẫu dự họp",
    "Ông Lò Văn Mẫu, Bí thư Tỉnh ủy, dự họp",
    "Lò Văn Mẫu (Bí thư Tỉnh ủy) dự họp",
    "Nguyễn Văn Mẫu được bầu giữ chức Giám đốc Sở Y tế",
    "Đại tướng Lò Văn Mẫu, Bộ trưởng Bộ Quốc phòng, dự",
    "Tổng thống Pháp Emmanuel Velden phát biểu",
    "Giám đốc Lò Văn Mẫu nói. Sở Y tế Lam Khê đồng ý",
    "Phó Giám đốc Lò Văn Mẫu nói",
    "H'Mẫu Niê, Chủ tịch UBND xã Bản Lụa, nói",
    "K'Mẫu, Chủ tịch UBND xã Bản Lụa, nói",
    "Các ông Lò Văn Mẫu, Vi Đình Mẫu, Phó Chủ tịch UBND tỉnh, cùng dự",
    "Trình Văn Nhã, Giám đốc Sở Y tế, nói",
    "Thị trưởng Velden Ahmed Bilal nói",
    "Người phát ngôn Tổng thống Pháp Marie Velden cho biết",
    "Văn phòng UBND tỉnh Lam Khê có Chánh văn phòng Lò Văn Mẫu",
]


def moved(found: tuple[FoundOfficial, ...], by: int) -> tuple[FoundOfficial, ...]:
    """The same, so many characters further on."""
    return tuple(
        replace(
            one,
            mentions=tuple(replace(named, start=named.start + by, end=named.end + by) for named in one.mentions),
            positions=tuple(
                replace(held, start=held.start + by, end=held.end + by) if held.start >= 0 else held
                for held in one.positions
            ),
        )
        for one in found
    )


@pytest.mark.parametrize("part", range(8))
def test_a_sentence_means_the_same_at_the_beginning_of_a_text_and_behind_another_line(part: int) -> None:
    for text in SENTENCES[part::8]:
        assert recognize_text(f"{WEATHER}\n{text}") == moved(recognize_text(text), len(WEATHER) + 1), text


@pytest.mark.parametrize("part", range(8))
def test_a_sentence_means_the_same_at_the_end_of_a_text_and_before_another_line(part: int) -> None:
    for text in SENTENCES[part::8]:
        assert recognize_text(f"{text}\n{WEATHER}") == recognize_text(text), text


@pytest.mark.parametrize("part", range(8))
def test_a_text_may_end_after_any_word(part: int) -> None:
    for text in SENTENCES[part::8]:
        for word in WORDS.finditer(text):
            begun = text[: word.end()]
            for one in recognize_text(begun):
                assert all(begun[named.start : named.end] == named.text for named in one.mentions), begun
                assert all(begun[held.start : held.end].startswith(held.title) for held in one.positions), begun


@pytest.mark.parametrize("text", FIRST)
def test_what_ends_a_text_does_not_stand_before_its_beginning(text: str) -> None:
    found = recognize_text(f"{text}. {WEATHER}\n{WEATHER} vậy")
    for word in LAST_WORDS:
        assert recognize_text(f"{text}. {WEATHER}\n{WEATHER} {word}") == found, word
