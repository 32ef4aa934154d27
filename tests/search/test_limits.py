"""Where the search room draws its lines: each claim stands on both sides of one."""

from __future__ import annotations

from datetime import date

import pytest

from index.query import Span
from search.errors import BadRequest
from search.parser.lexemes import LONGEST, lexemes
from search.request import SearchRequest
from search.results import DayCount, Summary
from search.searcher import _check


@pytest.mark.parametrize(("length", "ignored"), [(LONGEST, []), (LONGEST + 1, [Span(LONGEST, LONGEST + 1)])])
def test_a_thousand_characters_are_read_and_the_next_is_told_to_be_ignored(length: int, ignored: list[Span]) -> None:
    assert LONGEST == 1000
    found, left_out = lexemes("c" * length)
    assert left_out == ignored
    assert [lexeme.span for lexeme in found] == [Span(0, LONGEST)]


@pytest.mark.parametrize(("length", "taken"), [(2_000, True), (2_001, False)])
def test_a_query_has_two_thousand_characters_at_most(length: int, taken: bool) -> None:
    request = SearchRequest(text="c" * length)
    if taken:
        _check(request)
    else:
        with pytest.raises(BadRequest, match="2000 is the most"):
            _check(request)


@pytest.mark.parametrize(("limit", "taken"), [(0, False), (1, True), (100, True), (101, False)])
def test_a_page_has_one_to_a_hundred_hits(limit: int, taken: bool) -> None:
    request = SearchRequest(limit=limit)
    if taken:
        _check(request)
    else:
        with pytest.raises(BadRequest, match="1 to 100"):
            _check(request)


def test_a_range_of_one_day_is_one() -> None:
    _check(SearchRequest(since=date(2024, 5, 1), until=date(2024, 5, 1)))
    with pytest.raises(BadRequest, match="is after"):
        _check(SearchRequest(since=date(2024, 5, 2), until=date(2024, 5, 1)))


def test_lately_counts_so_many_days_the_last_included_and_none_ahead() -> None:
    days = (DayCount(date(2024, 5, 1), 1), DayCount(date(2024, 5, 3), 20), DayCount(date(2024, 5, 4), 300))
    found = Summary(321, 0, days, None, partial=False)
    assert found.lately(date(2024, 5, 4), 3) == (320, 300)
    assert found.lately(date(2024, 5, 4), 4) == (321, 300)
    assert found.lately(date(2024, 5, 3), 1) == (20, 20)
    assert found.lately(date(2024, 5, 2), 1) == (0, 0)
    assert found.lately(None, 9) == (0, 0)
