"""Nothing that meets a page, an import, a query or a header is slower than linear (every unit: the benchmarks)."""

from __future__ import annotations

import re

import pytest

from benchmarks.doubling import WALKED, patterns, slowest
from benchmarks.doubling_loops import READERS, UNITS, slow_units

_DEAREST = ("Nguyễn Văn An ", "bị cáo ", "Tổng thống Mỹ John ", "A-", "a@", "<b>", "\n", "UBND đã ", "“", " ")
"""Units on which some reader was quadratic once."""


@pytest.mark.parametrize("room", ["crawler.imports", "search", "web"])
def test_no_pattern_is_slower_than_linear(room: str) -> None:
    tried = patterns(room)
    assert tried
    assert [name for name, pattern in tried.items() if name not in WALKED and slowest(name, pattern, quick=True)] == []


@pytest.mark.parametrize("text", [r"\s+(?=[–—-]\s)", r"a+b", r"(?:a|b)*c$"])
def test_a_slow_pattern_is_noticed(text: str) -> None:
    assert slowest("x", re.compile(text)) is not None


@pytest.mark.parametrize(
    "reader", ["officials", "authority", "analysis", "comparison", "query", "import line", "chunks"]
)
def test_no_reader_is_slower_than_linear(reader: str) -> None:
    assert set(_DEAREST) <= set(UNITS)
    assert list(slow_units(reader, _DEAREST, largest=10_000, enough=0.3)) == []


def test_a_slow_reader_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "x", lambda text: [text.count("b", at) for at in range(len(text))])
    assert [slow.unit for slow in slow_units("x", ("a",))] == ["a"]
