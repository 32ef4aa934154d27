"""No pattern that meets a query, a request or a file of others is slower than linear (all rooms: the benchmark)."""

from __future__ import annotations

import re

import pytest

from benchmarks.doubling import ANCHORED, patterns, slowest


@pytest.mark.parametrize("room", ["crawler.imports", "search", "web"])
def test_no_pattern_is_slower_than_linear(room: str) -> None:
    tried = patterns(room)
    assert tried
    assert [name for name, pattern in tried.items() if name not in ANCHORED and slowest(name, pattern)] == []


def test_a_slow_pattern_is_noticed() -> None:
    assert slowest("x", re.compile(r"\s+(?=[–—-]\s)")) is not None
