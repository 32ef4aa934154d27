"""What is said, and what an authority does, is the same wherever it stands; and a text may end after any word."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from index import authority
from index.officials.recognition.recognizer import recognize_text
from index.statements.finding import statements
from index.statements.found_statements import FoundStatement
from tests.golden.records import cases

WEATHER = "trời mưa to suốt đêm nên nước dâng cao."
TEXTS = [
    case.asked for room in ("speech", "recognition") for case in cases(room) if not case.asked.startswith("story ")
]
WORDS = re.compile(r"\w+|[^\w\s]")


def said(text: str) -> tuple[FoundStatement, ...]:
    return statements(text, recognize_text(text))


@pytest.mark.parametrize("part", range(4))
def test_a_statement_is_the_same_behind_and_before_another_line(part: int) -> None:
    by = len(WEATHER) + 1
    for text in TEXTS[part::4]:
        found = said(text)
        assert said(f"{text}\n{WEATHER}") == found, text
        moved = tuple(replace(one, start=one.start + by, end=one.end + by) for one in found)
        assert said(f"{WEATHER}\n{text}") == moved, text


@pytest.mark.parametrize("part", range(4))
def test_a_deed_is_the_same_behind_and_before_another_line(part: int) -> None:
    by = len(WEATHER) + 1
    for text in TEXTS[part::4]:
        found = authority.deeds(text, [], ())
        assert authority.deeds(f"{text}\n{WEATHER}", [], ()) == found, text
        moved = tuple(deed._replace(start=deed.start + by, end=deed.end + by) for deed in found)
        assert authority.deeds(f"{WEATHER}\n{text}", [], ()) == moved, text


@pytest.mark.parametrize("part", range(4))
def test_a_text_may_end_after_any_word(part: int) -> None:
    for text in TEXTS[part::4]:
        for word in list(WORDS.finditer(text))[::3]:
            for one in said(text[: word.end()]):
                assert 0 <= one.start < one.end <= word.end(), text
