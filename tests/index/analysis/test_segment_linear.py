"""A chunk is split as pyvi splits it, in time that grows with its length."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import segmenter
from index.analysis.segmenter import split_chunk

_PYVI = re.compile(
    r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\.|==>|->|\.\.\.|>>|\n|\w+://[^\s]+|"
    r"[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+|\d+(?:[\.,_]\d+)+|[^\w\s]|\w+"
)


@given(st.text(st.sampled_from("A.a@-1_+đĐ:/>,T"), max_size=30))
def test_addresses_are_found_where_pyvi_finds_them(chunk: str) -> None:
    assert split_chunk(chunk) == [(match[0], match.start()) for match in _PYVI.finditer(chunk)]


class Counting:
    """A pattern that counts the signs that it is asked to look at."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern, self.looked = pattern, 0

    def match(self, text: str, at: int) -> re.Match[str] | None:
        found = self._pattern.match(text, at)
        self.looked += (found.end() - at) if found else 1
        return found


@pytest.mark.parametrize("unit", ["A-", "a.", "1-", "A.A-", "a-@", "a@a-", "A.a@"])
def test_a_run_of_signs_is_looked_through_once(monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    counting = Counting(re.compile(r"[a-zA-Z0-9_.+-]+"))
    monkeypatch.setattr(segmenter, "_LOCAL_PART", counting)
    chunk = unit * 2_000 + "@"
    split_chunk(chunk)
    assert counting.looked <= 2 * len(chunk)
