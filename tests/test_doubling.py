"""Nothing that meets a page, an import, a query or a header is slower than linear (every unit: the benchmarks)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, count, repeat
from pathlib import Path

import pytest

from benchmarks.doubling import WALKED, growth, patterns, slowest, surely
from benchmarks.doubling_loops import READERS, UNITS, slow_units
from benchmarks.large_inputs import officials_named
from crawler.article import Article
from index.officials.recognition.recognizer import recognize
from index.officials.registry.entry import entry_of
from index.officials.registry.evidence import _OF_THEN
from index.officials.registry.registry import Registry
from index.statements.wording import PLAIN

_DEAREST = ("Nguyễn Văn An ", "bị cáo ", "Tổng thống Mỹ John ", "A-", "a@", "<b>", "\n", "UBND đã ", "“", " ")
"""Units on which some reader was quadratic once."""
_LOOKS = 5
"""How often something slow is looked at: the clock is shared, and one look may fall beside somebody else's work."""


@pytest.mark.parametrize("room", ["crawler.imports", "search", "web"])
def test_no_pattern_is_slower_than_linear(room: str) -> None:
    tried = patterns(room)
    assert tried
    assert [name for name, pattern in tried.items() if name not in WALKED and slowest(name, pattern, quick=True)] == []


def test_no_pattern_that_begins_with_spaces_is_slower_than_linear() -> None:
    begun = {"_OF_THEN": _OF_THEN, "PLAIN": PLAIN}
    assert [name for name, pattern in begun.items() if slowest(name, pattern, quick=True)] == []


def test_a_thousand_officials_more_in_an_article_cost_as_much_as_the_thousand_before(tmp_path: Path) -> None:
    folders = (tmp_path / str(turn) for turn in count())
    assert surely(*(partial(_read_and_resolved, folders, many) for many in (800, 1_600))) is None


def _read_and_resolved(folders: Iterator[Path], many: int) -> float:
    """Seconds of CPU from the article to who is who."""
    article = Article("a-1", "Danh sách cán bộ", paragraphs=tuple(officials_named(many)), published="2024-05-02")
    with Registry(next(folders) / "officials.sqlite") as registry:
        began = time.process_time()
        found = recognize(article)
        registry.record(entry_of(article, found))
        registry.officials_of(registry.resolve_all())
        took = time.process_time() - began
    assert len(found) > 0.9 * many
    return took


@pytest.mark.parametrize("text", [r"\s+(?=[–—-]\s)", r"a+b", r"(?:a|b)*c$"])
def test_a_slow_pattern_is_noticed(text: str) -> None:
    looks = (slowest("x", re.compile(text)) for _ in range(_LOOKS))
    assert any(found is not None for found in looks)


@pytest.mark.parametrize(("work", "slow"), [(lambda n: n * n, True), (lambda n: n * n.bit_length(), False)])
def test_four_times_the_work_for_twice_the_text_is_slow(work: Callable[[int], float], slow: bool) -> None:
    assert (growth(lambda size: work(size) * 1e-6, 2_000, 16_000) is not None) is slow


def test_no_clock_that_stutters_makes_linear_work_slow() -> None:
    """The larger text takes ten times as long in all looks but one, and the smaller is always quick."""
    stutters = chain([1.0] * 5, [0.2], repeat(1.0))
    assert surely(lambda: 0.1, lambda: next(stutters)) is None
    assert surely(lambda: 0.1, lambda: 0.4) == (0.4, 4.0)


@pytest.mark.parametrize(
    "reader", ["officials", "authority", "analysis", "comparison", "query", "import line", "chunks"]
)
def test_no_reader_is_slower_than_linear(reader: str) -> None:
    assert set(_DEAREST) <= set(UNITS)
    assert list(slow_units(reader, _DEAREST, largest=10_000, enough=0.3)) == []


def test_a_slow_reader_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "x", lambda text: [text.count("b", at) for at in range(len(text))])
    assert any([slow.unit for slow in slow_units("x", ("a",))] == ["a"] for _ in range(_LOOKS))
