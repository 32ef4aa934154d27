"""Who held an office on a day, weighed from dated sentences: every number of `directory.holders` decides something."""

from __future__ import annotations

from typing import Any

import pytest

from index.officials.directory.holders import Attestation, OfficeSpan, holders, holders_on, shown, status
from index.officials.directory.pages import OfficialNote

ON = 20_000
"""A day, as days since 1970-01-01."""


def mark(day: int | None, *, former: bool = False, mode: str = "", article: str | None = None) -> Attestation:
    return Attestation(day, int(former), mode, article or f"báo-{day}", day or 0, 0)


def span(name: str, *marks: Attestation, articles: int = 10, **given: Any) -> OfficeSpan:
    held = [m.day for m in marks if m.day is not None and not m.former]
    past = [m.day for m in marks if m.day is not None and m.former]
    official = OfficialNote(name, name, None, None, articles, None, None)
    known: dict[str, Any] = {
        "first": min(held, default=None),
        "last": max(held, default=None),
        "times": len(held),
        "former_first": min(past, default=None),
        "former_times": len(past),
        "stands": True,
        "since": None,
        "until": None,
        "reason": "",
        "rival": "",
    }
    return OfficeSpan(official, attestations=marks, **known | given)


def confidence(*days: int, on: int = ON) -> float:
    then, others = holders_on([span("mười", *map(mark, days))], False, on, None)
    return (*then, *others)[0].confidence


def named(answers: tuple[Any, Any]) -> tuple[list[str], list[str]]:
    return tuple([one.span.official.id for one in side] for side in answers)  # type: ignore[return-value]


def test_between_two_mentions_half_a_year_apart_one_is_surest_and_less_sure_beyond() -> None:
    assert confidence(ON - 90, ON + 90) == 0.97
    assert confidence(ON - 90, ON + 91) == 0.85
    assert confidence(ON) == 0.97


def test_a_year_after_the_last_mention_one_is_half_as_sure() -> None:
    assert confidence(ON - 1) == 0.95
    assert confidence(ON - 365, ON - 1) == 0.95
    assert confidence(ON - 365) == pytest.approx(0.95 / 2, abs=0.01)


def test_two_months_before_the_first_mention_one_is_half_as_sure() -> None:
    assert confidence(ON + 1) == pytest.approx(0.9 * 0.5 ** (1 / 60), abs=0.01)
    assert confidence(ON + 60) == pytest.approx(0.45, abs=0.01)


def test_nobody_is_said_to_have_held_it_with_less_than_four_tenths() -> None:
    one = span("mười", mark(ON + 71))
    assert named(holders_on([one], False, ON, None)) == ([], ["mười"])
    assert named(holders_on([one], False, ON + 2, None)) == (["mười"], [])


def test_who_is_said_to_have_taken_it_held_it_not_before_that_day() -> None:
    taken = span("mười", mark(ON + 5, mode="new"))
    assert named(holders_on([taken], False, ON, None)) == ([], ["mười"])
    assert named(holders_on([taken], False, ON + 5, None)) == (["mười"], [])


def test_who_is_named_on_no_day_held_it_on_none() -> None:
    assert named(holders_on([span("mười", mark(None))], False, ON, None)) == ([], ["mười"])


def test_a_successor_ends_it_that_day_and_a_predecessor_begins_it() -> None:
    days = (mark(ON - 10), mark(ON + 10))
    assert named(holders_on([span("mười", *days, until=ON)], False, ON, None)) == ([], ["mười"])
    assert named(holders_on([span("mười", *days, until=ON + 1)], False, ON, None)) == (["mười"], [])
    assert named(holders_on([span("mười", *days, since=ON + 1)], False, ON, None)) == ([], ["mười"])
    assert named(holders_on([span("mười", *days, since=ON)], False, ON, None)) == (["mười"], [])
    assert named(holders_on([span("mười", *days, stands=False)], False, ON, None)) == ([], ["mười"])


def test_an_office_of_one_is_held_by_the_likeliest_and_an_office_of_several_by_all() -> None:
    often = span("mười", *(mark(ON + n) for n in (-3, -2, -1, 1, 2)))
    seldom = span("xuân", mark(ON - 1), mark(ON + 1))
    assert named(holders_on([seldom, often], False, ON, None)) == (["mười", "xuân"], [])
    assert named(holders_on([seldom, often], True, ON, None)) == (["mười"], ["xuân"])


def test_of_two_as_likely_the_more_often_named_comes_first_then_the_first_by_id() -> None:
    twice, thrice = span("an", mark(ON - 1), mark(ON + 1)), span("bình", mark(ON - 1), mark(ON + 1), mark(ON + 2))
    assert named(holders_on([twice, thrice], False, ON, None)) == (["bình", "an"], [])
    assert named(holders_on([span("bình", *twice.attestations), twice], False, ON, None)) == (["an", "bình"], [])


@pytest.mark.parametrize(("far", "counts"), [(60, True), (61, False)])
def test_in_an_office_of_one_others_count_against_someone_sixty_days_around(far: int, counts: bool) -> None:
    mine = span("mười", mark(ON - 70), mark(ON + 70))
    for day in (ON - far, ON + far):
        other = span("xuân", mark(day), mark(day, article="khác"))
        then, others = holders_on([mine, other], True, ON, None)
        found = next(one for one in (*then, *others) if one.span is mine)
        assert found.confidence == pytest.approx(0.97 / 3 if counts else 0.97, abs=0.01) or found.confidence == (
            pytest.approx(0.85 / 3 if counts else 0.85, abs=0.01)
        )


def test_others_beyond_the_own_mentions_on_either_side_do_not_count_against_someone() -> None:
    mine = span("mười", mark(ON - 5), mark(ON + 5))
    before, after = span("xuân", mark(ON - 6)), span("thị", mark(ON + 6))
    then, _ = holders_on([mine, before, after], True, ON, None)
    assert [(one.span.official.id, one.confidence) for one in then] == [("mười", 0.97)]


def test_against_stand_what_calls_it_past_by_then_and_up_to_four_others_of_those_days_the_nearest_first() -> None:
    past = mark(ON - 2, former=True, article="nguyên")
    late = mark(ON + 1, former=True, article="sau")
    mine = span("mười", mark(ON - 9), mark(ON + 9), past, late)
    rivals = [span(f"r{99 - n}", mark(ON + n)) for n in (60, 1, 3, 4, 5, 61)]
    then, others = holders_on([mine, *rivals], True, ON, None)
    found = next(one for one in (*then, *others) if one.span is mine)
    assert [m.day for m in found.against] == [ON + 1, ON - 2, ON + 3, ON + 4]
    alone, rest = holders_on([span("mười", mark(ON), past), rivals[0], rivals[5]], True, ON, None)
    found = next(one for one in (*alone, *rest) if one.span.official.id == "mười")
    assert [m.day for m in found.against] == [ON - 2, ON + 60]
    several, _ = holders_on([span("mười", mark(ON), past), rivals[1]], False, ON, None)
    assert {one.span.official.id: [m.day for m in one.against] for one in several} == {"mười": [ON - 2], "r98": []}
    unblamed, _ = holders_on([span("mười", mark(ON - 9), mark(ON + 9)), *rivals], False, ON, None)
    assert {len(one.against) for one in unblamed} == {0}
    then, others = holders_on([span("mười", mark(ON - 9), mark(ON + 9)), *rivals], True, ON, None)
    found = next(one for one in (*then, *others) if one.span.official.id == "mười")
    assert [m.day for m in found.against] == [ON + 1, ON + 3, ON + 4, ON + 5]
    (found,), _ = holders_on([span("mười", mark(ON), mark(ON, former=True, article="nguyên"))], False, ON, None)
    assert [m.article for m in found.against] == ["nguyên"]


def test_the_sentences_shown_of_a_day_are_the_four_nearest_in_the_order_of_time() -> None:
    days = (ON - 9, ON - 2, ON + 1, ON + 3, ON + 8)
    (found,), _ = holders_on([span("mười", *map(mark, days))], False, ON, None)
    assert [m.day for m in found.evidence] == [ON - 2, ON + 1, ON + 3, ON + 8]
    held = [mark(ON + n) for n in (2, 3, 4, 5)]
    (found,), _ = holders_on([span("mười", mark(ON - 1, former=True), mark(ON), *held)], False, ON, None)
    assert [m.day for m in found.evidence] == [ON, ON + 2, ON + 3, ON + 4]
    same = [Attestation(ON, 0, "", article, 9 - n, 0) for n, article in enumerate("edcba")]
    (found,), _ = holders_on([span("mười", *same)], False, ON, None)
    assert [m.article for m in found.evidence] == ["a", "b", "c", "d"]
    unknown = [mark(None, article=f"{n}") for n in range(5)]
    _, (found,) = holders_on([span("mười", *unknown)], False, ON, None)
    assert list(found.evidence) == unknown[:4]


def test_the_sentences_shown_of_a_tenure_are_its_first_and_last_two_and_the_first_that_calls_it_past() -> None:
    marks = [mark(ON + n) for n in range(6)] + [mark(ON + 7, former=True), mark(ON + 8, former=True)]
    assert [m.day for m in shown(marks[::-1])] == [ON, ON + 1, ON + 4, ON + 5, ON + 7]
    assert [m.article for m in shown([mark(None, article=f"{n}") for n in range(6)])] == ["0", "1", "2", "3"]
    assert [m.day for m in shown([mark(ON)])] == [ON]


@pytest.mark.parametrize(
    ("given", "as_of", "expected"),
    [
        ({}, ON + 180, "current"),
        ({}, ON + 181, "unknown"),
        ({}, None, "current"),
        ({"last": None}, ON, "unknown"),
        ({"reason": "silent"}, ON, "unknown"),
        ({"until": ON}, ON, "former"),
        ({"until": ON, "reason": "successor"}, ON, "succeeded"),
        ({"until": ON + 1}, ON, "current"),
        ({"until": ON + 1}, None, "former"),
        ({"stands": False, "until": ON}, ON, "said"),
    ],
    ids=str,
)
def test_a_status_is_as_of_the_last_day_of_the_news(given: dict[str, Any], as_of: int | None, expected: str) -> None:
    assert status(span("mười", mark(ON), **given), as_of) == expected


def test_who_is_listed_among_the_holders_is_so_without_a_doubt_of_a_day() -> None:
    assert [one.confidence for one in holders([span("mười", mark(ON))], ON)[0]] == [1.0]


def test_holders_stand_in_the_order_of_their_last_day_then_of_how_often_they_are_named() -> None:
    early, late = span("an", mark(ON)), span("bình", mark(ON + 1))
    once, twice = span("cúc", mark(ON)), span("dũng", mark(ON - 1), mark(ON))
    only_past, nobody = span("em", mark(ON - 3, former=True)), span("giang", mark(None))
    spans = [early, late, once, twice, only_past, nobody, span("hà", mark(ON + 5), stands=False)]
    assert named(holders(spans, ON)) == (["bình", "dũng", "an", "cúc", "em", "giang"], ["hà"])


@pytest.mark.parametrize(("articles", "worth"), [(50, True), (51, False)])
def test_one_claim_among_more_than_fifty_articles_that_the_news_does_not_bear_out_is_a_slip(
    articles: int, worth: bool
) -> None:
    assert span("mười", mark(ON), articles=articles, stands=False).worth_showing is worth
    assert span("mười", mark(ON), mark(ON, former=True), articles=articles, stands=False).worth_showing
    assert span("mười", mark(ON), articles=articles).worth_showing
    assert not span("mười", mark(ON), stands=False, reason="abroad").worth_showing
