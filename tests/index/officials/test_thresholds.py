"""Where weighing, headlines and answers draw their lines. Each claim stands on both sides of one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.officials.directory.holders import Attestation, OfficeSpan, holders_on, status
from index.officials.directory.pages import OfficialNote
from index.officials.registry.headline_office import HeldOffice, headline
from index.officials.registry.weighing import Claim, Post, Prominence, Saying, weigh_alone, weigh_office, weigh_person

CHAIR = Post("chair", "chủ tịch", "ủy ban nhân dân", "Mường Sa", "", "province", True, True, False, False, "chair")
DIRECTOR = Post("head", "giám đốc", "sở y tế", "Mường Sa", "", "province", True, True, False, False, "director")
SEAT = Post("seat", "ủy viên", "trung ương đảng", "", "", "", False, True, True, False, "")


PEOPLE = {
    id: Prominence(100, foreign=False, name=name) for id, name in (("a", "Lê An"), ("b", "Hồ Bình"), ("c", "Vũ Cư"))
}


def abroad(country: str) -> Post:
    return Post(country, "thủ tướng", "", country, "", "country", True, True, False, False, "head of state")


def claim(
    days: list[int],
    past: list[int] | None = None,
    *,
    of: str = "a",
    post: Post = CHAIR,
    late: int = 0,
    mode: str = "",
) -> Claim:
    """Articles of these days that say it is held, and that say it is past, the first `late` of which call one late."""
    sayings = [Saying(day, f"{of}{post.id}h{at}", False, True, mode) for at, day in enumerate(days)]
    sayings += [
        Saying(day, f"{of}{post.id}p{at}", True, True, "late" if at < late else "") for at, day in enumerate(past or [])
    ]
    return Claim(of, post, sayings, stands=True)


def days(many: int, first: int = 0) -> list[int]:
    return list(range(first, first + many))


@pytest.mark.parametrize(
    ("said", "articles", "foreign", "post", "enough"),
    [
        (1, 5, False, CHAIR, True), (1, 6, False, CHAIR, False), (2, 10, False, CHAIR, True),
        (2, 11, False, CHAIR, True), (5, 200, False, CHAIR, True), (4, 200, False, CHAIR, False),
        (5, 100, True, abroad("Lào"), True), (4, 100, True, abroad("Lào"), False),
        (2, 200, False, SEAT, True), (1, 200, False, SEAT, False),
    ],
)  # fmt: skip
def test_how_many_articles_bear_an_office_out(
    said: int, articles: int, foreign: bool, post: Post, enough: bool
) -> None:
    one = claim(days(said), post=post)
    weigh_alone([one], Prominence(articles, foreign))
    assert (one.stands, one.reason) == (enough, "" if enough else "few")


@pytest.mark.parametrize(("said", "stands"), [(30, True), (29, False)])
def test_an_office_of_another_country_needs_three_in_ten(said: int, stands: bool) -> None:
    own, other = claim(days(60), post=abroad("Lào")), claim(days(said, 60), post=abroad("Nga"))
    weigh_alone([own, other], Prominence(100, True))
    assert (other.stands, other.reason) == (stands, "" if stands else "abroad")


@pytest.mark.parametrize(("mine", "reason"), [(5, "disputed"), (4, "rival")])
def test_a_quarter_of_all_that_is_said_is_not_drowned(mine: int, reason: str) -> None:
    named = [claim(days(mine, 2), of="a"), claim(days(7), of="b"), claim(days(8), of="c")]
    weigh_office(named, PEOPLE)
    assert named[0].reason == reason


@pytest.mark.parametrize(("mine", "larger"), [(3, True), (4, False)])
def test_three_times_as_often_decides_between_two(mine: int, larger: bool) -> None:
    small, large = claim(days(mine, 3), of="a"), claim(days(9), of="b")
    weigh_office([small, large], PEOPLE)
    assert not small.stands
    assert large.stands is larger


@pytest.mark.parametrize(("early", "late", "follows"), [(4, 2, True), (3, 2, False)])
def test_a_successor_may_be_named_early_in_one_of_three(early: int, late: int, follows: bool) -> None:
    before, after = claim(days(early), of="a"), claim([0, *[1] * (late - 1), *days(12, 20)], of="b")
    weigh_office([before, after], PEOPLE)
    assert (before.reason == "successor") is follows


@pytest.mark.parametrize(("still", "follows"), [(5, True), (6, False)])
def test_a_predecessor_is_named_on_but_less_than_the_successor(still: int, follows: bool) -> None:
    before, after = claim([*days(9), *[30] * still], of="a"), claim([30] * 6, of="b")
    weigh_office([before, after], PEOPLE)
    assert (before.until == 30) is follows


@pytest.mark.parametrize(
    ("before", "after", "foreign", "follows"),
    [
        ("Omar Faruk al-Somad", "El Somad", True, False), ("Somad bin Faruk", "Omar bin Somad", True, False),
        ("Kang Il-so", "Kang Un-ha", True, True), ("Omar bin Faruk", "Omar bin Somad", True, True),
        ("Jon Sommarby", "Gi.Xôm-mác-bi", True, False),
        ("Hà Văn Huyện", "Hà Văn", False, False), ("Hà Văn Huyện", "Hà Văn Bảy", False, True),
    ],
)  # fmt: skip
def test_nobody_follows_one_whose_name_may_be_the_same_persons(
    before: str, after: str, foreign: bool, follows: bool
) -> None:
    old, new = claim(days(9), of="a"), claim(days(3, 40), of="b")
    people = {"a": Prominence(9, foreign, before), "b": Prominence(3, foreign, after)}
    weigh_office([old, new], people)
    assert (old.reason == "successor") is new.stands is follows
    assert old.stands


@pytest.mark.parametrize(("gap", "seen"), [(45, True), (46, False)])
def test_a_tenure_begins_on_the_day_of_a_change_that_the_news_saw(gap: int, seen: bool) -> None:
    before, after = claim(days(3), of="a"), claim(days(3, 2 + gap), of="b")
    weigh_office([before, after], PEOPLE)
    assert (after.since, before.until, before.reason) == (2 + gap if seen else None, 2 + gap, "successor")


@pytest.mark.parametrize(
    ("named", "past", "seen"), [([1, 2], [], True), ([2], [], False), ([1, 2], [9, 9], False), ([1, 2], [9, 10], True)]
)
def test_nobody_saw_a_change_after_one_hardly_named_or_as_often_called_former_before(
    named: list[int], past: list[int], seen: bool
) -> None:
    before, after = claim(named, past, of="a"), claim(days(3, 10), of="b")
    weigh_office([before, after], PEOPLE)
    assert (after.since == 10) is seen


@pytest.mark.parametrize(("named", "seen"), [(3, True), (2, False)])
def test_nobody_saw_a_change_before_which_the_successor_is_named_a_third_as_often(named: int, seen: bool) -> None:
    before, after = claim(days(named, 10), of="a"), claim([11, *days(60, 20)], of="b")
    weigh_office([before, after], PEOPLE)
    assert (after.since == 20) is seen


@pytest.mark.parametrize(("away", "seen"), [(3, True), (4, False)])
def test_who_is_called_new_about_that_day_took_over_then(away: int, seen: bool) -> None:
    before, after = claim(days(3), of="a"), claim(days(3, 99), of="b")
    after.sayings = [*after.sayings, Saying(99 + away, "new", False, True, "new")]
    weigh_office([before, after], PEOPLE)
    assert after.since == (99 if seen else None)


@pytest.mark.parametrize(("articles", "stray"), [(50, True), (49, False)])
def test_who_is_named_in_an_office_before_the_other_is_named_no_more_held_it_then(articles: int, stray: bool) -> None:
    before, after = claim(days(5, 10), of="a"), claim([1, *days(articles - 1, 20)], of="b")
    weigh_office([before, after], PEOPLE)
    assert (after.since, before.until) == ((20, 20) if stray else (None, 1))


@pytest.mark.parametrize(("mode", "follows"), [("acting", False), ("", True)])
def test_who_only_acts_in_anothers_stead_ends_no_tenure(mode: str, follows: bool) -> None:
    before, after = claim(days(5), of="a"), claim(days(4, 9), of="b", mode=mode)
    weigh_office([before, after], PEOPLE)
    assert (before.until == 9) is follows


@pytest.mark.parametrize(("named", "believed"), [(3, True), (2, False)])
def test_who_is_named_in_an_office_when_the_other_is_named_no_more_was_not_followed(named: int, believed: bool) -> None:
    before, after = claim([0, 1, 40], of="a"), claim(days(named, 2), of="b")
    weigh_office([before, after], PEOPLE)
    assert (before.reason == "successor") is after.stands is believed


@pytest.mark.parametrize(("named", "follows"), [(3, True), (2, False)])
def test_abroad_a_successor_is_named_by_three_articles(named: int, follows: bool) -> None:
    before = claim(days(4), [41], of="a", post=abroad("Lào"))
    after = claim(days(named, 40), of="b", post=abroad("Lào"))
    weigh_office([before, after], PEOPLE)
    assert (before.reason == "successor") is follows


@pytest.mark.parametrize(("held_by", "ended"), [(8, "former"), (9, "rival")])
def test_one_of_four_who_calls_someone_former_is_believed_beside_the_holder(held_by: int, ended: str) -> None:
    old, new = claim(days(held_by, 20), [5, 5], of="a"), claim(days(50, 10), of="b")
    weigh_office([old, new], PEOPLE)
    assert old.reason == ended


@pytest.mark.parametrize(("late", "dead"), [(1, True), (0, False)])
def test_the_dead_hold_nothing(late: int, dead: bool) -> None:
    one = claim(days(2), [5], late=late)
    weigh_person([one])
    assert (one.reason == "late") is dead


def test_one_article_in_four_does_not_bury_anybody() -> None:
    one = claim(days(3), [5], late=1)
    weigh_person([one])
    assert one.reason != "late"


@pytest.mark.parametrize(("later", "silent"), [(3, True), (2, False)])
def test_an_office_unheard_of_in_three_later_articles_is_not_known_to_be_held(later: int, silent: bool) -> None:
    told = claim(days(8))
    weigh_person([told, claim(days(later, 20), post=SEAT)])
    assert (told.reason == "silent") is silent


@pytest.mark.parametrize(("later", "silent"), [(5, False), (6, True)])
def test_what_half_of_the_articles_say_may_go_unsaid_five_times(later: int, silent: bool) -> None:
    told = claim([0])
    weigh_person([told, claim([0, *days(later, 20)], post=SEAT)])
    assert (told.reason == "silent") is silent


@pytest.mark.parametrize(("many", "falls"), [(6, True), (5, False)])
def test_an_office_falls_beside_one_that_excludes_it_and_is_said_three_times_as_often(many: int, falls: bool) -> None:
    elsewhere = Post("far", "giám đốc", "sở y tế", "Nậm Khao", "", "province", True, True, False, False, "director")
    small, large = claim([3, 4], post=elsewhere), claim(days(many, 1), post=DIRECTOR)
    weigh_person([small, large])
    assert (small.reason == "excluded") is falls


def held(office: str, first: int, last: int, articles: int, since: int | None = None) -> HeldOffice:
    return HeldOffice(office, office, None, first, last, since, None, articles, False)


def heads(*offices: HeldOffice, on: int | None = None) -> str | None:
    found = headline(offices, on)
    return found and found[2]


@pytest.mark.parametrize(("since", "first"), [(60, "old"), (90, "new")])
def test_the_headline_fades_by_half_in_a_month(since: int, first: str) -> None:
    assert heads(held("old", 0, 0, 6), held("new", since, since, 1)) == first


@pytest.mark.parametrize(("many", "first"), [(5, "taken"), (7, "own")])
def test_what_was_taken_over_counts_threefold(many: int, first: str) -> None:
    assert heads(held("own", 0, 9, many), held("taken", 0, 9, 2, since=0)) == first


@pytest.mark.parametrize(("on", "office"), [(40, "one"), (39, None)])
def test_an_office_heads_two_months_before_its_first_mention(on: int, office: str | None) -> None:
    assert heads(held("one", 100, 120, 3), on=on) == office


def span(on: list[int], *, of: str = "a", times: int | None = None, articles: int = 5) -> OfficeSpan:
    marks = [Attestation(day, 0, "", f"{of}{at}", at, 0) for at, day in enumerate(on)]
    about = OfficialNote(of, of, None, None, articles, None, None, False)
    many = len(on) if times is None else times
    return OfficeSpan(about, min(on), max(on), many, None, 0, True, None, None, "", "", marks)


def confidence(spans: list[OfficeSpan], on: int) -> float:
    (first, *_), _ = holders_on(spans, True, on, None)
    return first.confidence


@pytest.mark.parametrize(("days_on", "sure"), [([0, 180], 0.97), ([0, 181], 0.85)])
def test_half_a_year_between_two_mentions_is_sure(days_on: list[int], sure: float) -> None:
    assert confidence([span(days_on)], 90) == sure


def test_confidence_halves_in_a_year_after_and_in_two_months_before() -> None:
    assert confidence([span([0])], 365) == pytest.approx(0.95 / 2, abs=0.01)
    assert confidence([span([60])], 0) == pytest.approx(0.9 / 2, abs=0.01)


@pytest.mark.parametrize(("on", "known"), [(455, True), (456, False)])
def test_below_two_in_five_nobody_is_named(on: int, known: bool) -> None:
    then, _ = holders_on([span([0])], True, on, None)
    assert bool(then) is known


@pytest.mark.parametrize(("away", "share"), [(70, 0.47), (71, 0.93)])
def test_others_named_within_two_months_count_against(away: int, share: float) -> None:
    assert confidence([span([90]), span([90 + away], of="b")], 100) == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize(("as_of", "told"), [(180, "current"), (181, "unknown")])
def test_half_a_year_unheard_of_is_unknown(as_of: int, told: str) -> None:
    assert status(span([0]), as_of) == told


@pytest.mark.parametrize(("articles", "shown"), [(50, True), (51, False)])
def test_one_of_fifty_is_a_slip_that_no_page_shows(articles: int, shown: bool) -> None:
    one = span([0], articles=articles)
    doubtful = OfficeSpan(one.official, 0, 0, 1, None, 0, False, None, None, "few", "", one.attestations)
    assert doubtful.worth_showing is shown


DEPUTY = Post("deputy", "phó giám đốc", "sở y tế", "Mường Sa", "", "province", False, True, False, False, "director")


@pytest.mark.parametrize(("first", "then", "stand"), [(1, 1, ""), (2, 1, "deputy"), (1, 2, "head"), (2, 2, "both")])
def test_one_sentence_that_makes_a_deputy_of_a_head_is_no_promotion(first: int, then: int, stand: str) -> None:
    deputy, head = claim(days(first), post=DEPUTY), claim(days(then, 9), post=DIRECTOR)
    weigh_person([deputy, head])
    assert {"deputy": deputy.stands, "head": head.stands} == {id: stand in (id, "both") for id in ("deputy", "head")}
    assert (deputy.until == 9) is (stand == "both")


@pytest.mark.parametrize(("mode", "stands"), [("acting", True), ("new", True), ("", False)])
def test_one_sentence_that_tells_of_the_change_is_a_promotion(mode: str, stands: bool) -> None:
    head = claim(days(1, 9), post=DIRECTOR, mode=mode)
    weigh_person([claim(days(1), post=DEPUTY), head])
    assert head.stands is stands


def minister(of: str, country: str = "Lào") -> Post:
    return Post(of, "bộ trưởng", f"bộ {of}", country, "", "country", True, True, False, False, "minister")


def test_a_ministry_printed_shorter_is_no_other_office() -> None:
    short, full = claim(days(2), post=minister("giao thông")), claim(days(3, 9), post=minister("giao thông vận tải"))
    weigh_person([short, full])
    assert (short.until, full.until, short.stands, full.stands) == (None, None, True, True)


@pytest.mark.parametrize(("past", "ended"), [([9], True), ([], False)])
def test_abroad_another_ministry_ends_one_that_somebody_calls_past_and_else_is_a_mistake(
    past: list[int], ended: bool
) -> None:
    trade, finance = claim(days(2), past, post=minister("thương mại")), claim(days(3, 9), post=minister("tài chính"))
    weigh_person([trade, finance])
    assert (trade.stands, trade.reason) == ((True, "office") if ended else (False, "excluded"))


def test_an_office_of_a_state_that_is_no_more_is_past() -> None:
    gone = claim(days(2), post=replace(minister("ngoại giao"), gone=True))
    weigh_alone([gone], Prominence(2, True))
    assert gone.stands
    assert gone.reason == "former"
