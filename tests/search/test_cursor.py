"""A cursor goes on with the very list that it was handed out for, and with no other."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date

import pytest

from search.cursor import Cursor, asked, decode, following, previous
from search.errors import BadRequest, CursorUnknown
from search.request import Filter, SearchRequest

REQUEST = SearchRequest(
    "đê sông Nậm",
    filters=(Filter("topic", "dike"), Filter("source", "baokhetrau.vn")),
    since=date(2026, 1, 1),
    until=date(2026, 2, 1),
    sort="newest",
    off=frozenset({"variant:đê"}),
    any=frozenset({"topic"}),
)
CURSOR = Cursor("000007-ab", 40, asked(REQUEST))


def encoded(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).decode()


def with_cursor(request: SearchRequest, cursor: Cursor) -> SearchRequest:
    return replace(request, cursor=cursor.encode())


def test_a_cursor_is_read_as_it_was_handed_out() -> None:
    assert decode(with_cursor(REQUEST, CURSOR)) == CURSOR
    for length in range(20):  # whatever padding base64 leaves out
        other = Cursor("0" * length, 0, CURSOR.asked)
        assert decode(with_cursor(REQUEST, other)) == other
    assert decode(REQUEST) is None


@pytest.mark.parametrize(
    "other",
    [
        {"text": "đê sông Mây"},
        {"filters": (Filter("topic", "dike"),)},
        {"filters": (Filter("topic", "dike"), Filter("source", "baolamson.vn"))},
        {"filters": (Filter("topic", "dike"), Filter("source", "baokhetrau.vn", excluded=True))},
        {"since": None},
        {"until": date(2026, 2, 2)},
        {"sort": "oldest"},
        {"off": frozenset()},
        {"off": frozenset({"variant:đê", "fresh"})},
        {"any": frozenset()},
    ],
    ids=str,
)
def test_what_decides_the_list_decides_whose_cursor_it_is(other: dict[str, object]) -> None:
    with pytest.raises(BadRequest) as refused:
        decode(with_cursor(replace(REQUEST, **other), CURSOR))
    assert refused.value.parameter == "cursor"


def test_pages_lead_back_one_by_one_to_where_each_began() -> None:
    ends = [21, 40, 63, 80]  # copies folded under their hits make pages of unequal length
    pages = [REQUEST]
    for end in ends:
        pages.append(with_cursor(REQUEST, following(pages[-1], "g", end)))
    assert previous(pages[0]) is None
    begun = []
    at = pages[-1]
    while (before := previous(at)) is not None:
        begun.append(before.offset)
        at = with_cursor(REQUEST, before)
    assert begun == [63, 40, 21, 0]


def test_a_cursor_stays_short_however_far_it_leads() -> None:
    at = REQUEST
    for page in range(1, 500):
        at = with_cursor(REQUEST, following(at, "000007-abcd", page * 1_000_000))
    assert len(at.cursor or "") <= 600
    assert (before := previous(at)) is not None
    assert before.offset == 498 * 1_000_000


def test_a_start_before_the_list_is_refused() -> None:
    with pytest.raises(BadRequest):
        decode(with_cursor(REQUEST, replace(CURSOR, starts=(0, -20))))


def test_what_changes_no_list_keeps_the_cursor() -> None:
    """How many of it a page shows, and whether reasons are given; the order in which filters were picked."""
    request = replace(REQUEST, limit=50, explain=True, filters=tuple(reversed(REQUEST.filters)))
    assert decode(with_cursor(request, CURSOR)) == CURSOR


def test_a_cursor_that_begins_before_the_list_is_refused() -> None:
    with pytest.raises(BadRequest):
        decode(with_cursor(REQUEST, replace(CURSOR, offset=-1)))


@pytest.mark.parametrize("text", ["đê", "abc", *map(encoded, (b"[1, 2]", b'["a", "b", "c"]'))])
def test_what_was_never_handed_out_is_refused(text: str) -> None:
    with pytest.raises(CursorUnknown):
        decode(replace(REQUEST, cursor=text))
