"""Who is the same person. All people are invented."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.officials.posts.offices import read_office
from index.officials.registry.identity import resolve_name
from index.officials.registry.name_spelling import Bearer, alike, misprints
from index.officials.registry.profiles import Cluster, Profile

_numbers = count(1)


def said(name: str, day: int, *offices: str, former: tuple[str, ...] = (), foreign: bool = False) -> Profile:
    """What one article says of a person on a day."""
    number = next(_numbers)
    held = [(read_office(text), False) for text in offices] + [(read_office(text), True) for text in former]
    return Profile(number, f"a-{number}", name, day, foreign, tuple(held))


def people(*profiles: Profile) -> list[set[str]]:
    """Articles by person."""
    return [{profile.article for profile in cluster.profiles} for cluster in resolve_name(profiles)]


def test_the_same_post_is_the_same_person_however_printed() -> None:
    one = said("Lò Văn Bưởi", 1, "Chủ tịch UBND tỉnh Hà Giang")
    other = said("Lò Văn Bưởi", 50, "Chủ tịch tỉnh Hà Giang")
    assert people(one, other) == [{one.article, other.article}]


def test_party_and_state_offices_of_one_province_are_one_leader() -> None:
    one = said("Lò Văn Bưởi", 1, "Phó Bí thư Tỉnh ủy Hà Giang")
    other = said("Lò Văn Bưởi", 2, "Chủ tịch UBND tỉnh Hà Giang")
    assert len(people(one, other)) == 1


def test_leaders_of_two_provinces_are_two_people() -> None:
    one = said("Lò Văn Bưởi", 1, "Chủ tịch UBND tỉnh Hà Giang")
    other = said("Lò Văn Bưởi", 2, "Chủ tịch UBND tỉnh Cà Mau")
    assert len(people(one, other)) == 2


def test_a_vice_chairman_of_the_city_is_not_the_deputy_of_a_district_centre() -> None:
    one = said("Lò Văn Bưởi", 1, "Phó Chủ tịch UBND TP Hà Nội")
    other = said("Lò Văn Bưởi", 2, "Phó Giám đốc Trung tâm Bồi dưỡng chính trị huyện Thanh Trì")
    assert len(people(one, other)) == 2


def test_an_article_on_a_change_of_office_joins_before_and_after() -> None:
    before = said("Lò Văn Bưởi", 1, "Thứ trưởng Bộ Xây dựng")
    change = said("Lò Văn Bưởi", 30, "Chủ tịch UBND tỉnh Hà Giang", former=("Thứ trưởng Bộ Xây dựng",))
    after = said("Lò Văn Bưởi", 90, "Chủ tịch UBND tỉnh Hà Giang")
    assert len(people(before, change, after)) == 1
    assert len(people(before, after)) == 2


def test_two_vice_ministers_of_one_name_stay_apart() -> None:
    one = said("Lò Văn Bưởi", 1, "Thứ trưởng Bộ Công Thương")
    other = said("Lò Văn Bưởi", 2, "Thứ trưởng Bộ Khoa học và Công nghệ")
    assert len(people(one, other)) == 2


def test_a_bare_title_goes_to_the_only_person_of_the_name() -> None:
    full = said("Lò Văn Bưởi", 1, "Bộ trưởng Bộ Y tế")
    bare = said("Lò Văn Bưởi", 60, "Bộ trưởng")
    assert len(people(full, bare)) == 1


def test_a_bare_title_goes_to_the_namesake_who_has_it() -> None:
    minister = said("Lò Văn Bưởi", 1, "Thứ trưởng Bộ Y tế")
    chairman = said("Lò Văn Bưởi", 1, "Chủ tịch UBND xã Bản Lụa")
    bare = said("Lò Văn Bưởi", 2, "Thứ trưởng")
    assert {minister.article, bare.article} in people(minister, chairman, bare)


def test_other_marks_are_another_name_unless_the_post_is_the_same() -> None:
    usual = [said("Mạc Thị Thịnh", day, "Phó Chủ tịch nước") for day in range(4)]
    misprint = said("Mạc Thị Thinh", 2, "Phó Chủ tịch nước")
    stranger = said("Mạc Thị Thính", 2, "Trưởng Công an xã Bản Lụa")
    assert sorted(map(len, people(*usual, misprint, stranger))) == [1, 5]


def test_members_of_the_national_assembly_are_one_whatever_committee_is_named() -> None:
    one = said("Lò Văn Bưởi", 1, "Đại biểu Quốc hội tỉnh Hà Giang")
    other = said("Lò Văn Bưởi", 2, "Ủy viên Ủy ban Tư pháp của Quốc hội")
    assert len(people(one, other)) == 1


@pytest.mark.parametrize("letters", ["Thứ trưởng Bộ NN", "Thứ trưởng Bộ NN&PTNT", "Thứ trưởng Bộ NNPTNT"])
def test_a_ministry_in_letters_is_the_ministry(letters: str) -> None:
    whole = said("Lò Văn Bưởi", 1, "Thứ trưởng Bộ Nông nghiệp và Phát triển nông thôn")
    assert len(people(whole, said("Lò Văn Bưởi", 2, letters))) == 1


def test_a_minister_sits_in_the_assembly_but_a_deputy_minister_need_not() -> None:
    seat = said("Lò Văn Bưởi", 2, "Đại biểu Quốc hội")
    assert len(people(said("Lò Văn Bưởi", 1, "Bộ trưởng Bộ Y tế"), seat)) == 1
    there = said("Lò Văn Bưởi", 2, "Đại biểu Quốc hội tỉnh Hà Giang")
    assert len(people(said("Lò Văn Bưởi", 1, "Thứ trưởng Bộ Y tế"), there)) == 2


def test_a_province_s_deputy_is_the_minister_of_that_name_only_where_an_article_says_so() -> None:
    minister = said("Lò Văn Bưởi", 1, "Bộ trưởng Bộ Y tế")
    seat = said("Lò Văn Bưởi", 2, "Đại biểu Quốc hội tỉnh Hà Giang")
    assert len(people(minister, seat)) == 2
    both = said("Lò Văn Bưởi", 3, "Bộ trưởng Bộ Y tế", "Đại biểu Quốc hội tỉnh Hà Giang")
    assert len(people(minister, seat, both)) == 1
    chair = said("Lò Văn Bưởi", 1, "Chủ nhiệm Ủy ban Pháp luật của Quốc hội")
    assert len(people(chair, seat)) == 1


def test_a_body_that_names_only_its_kind_ties_nobody() -> None:
    minister = said("Lò Văn Bưởi", 1, "Bộ trưởng Bộ Y tế")
    bare = said("Lò Văn Bưởi", 2, "Bí thư Ban Cán sự đảng", "Bộ trưởng")
    assert len(people(minister, bare)) == 1


def test_marks_of_foreign_names_are_printed_freely() -> None:
    one = said("Esteban Rós", 1, "Tổng thống Peru", foreign=True)
    other = said("Esteban Ros", 2, "Tổng thống", foreign=True)
    assert len(people(one, other)) == 1


def test_every_mention_says_why_it_is_there() -> None:
    mentions = [said("Lò Văn Bưởi", day, "Chủ tịch UBND tỉnh Hà Giang") for day in (1, 2)]
    (cluster,) = resolve_name(mentions)
    assert set(cluster.reasons.values()) == {f"office {read_office('Chủ tịch UBND tỉnh Hà Giang').id}"}


@given(st.permutations(range(6)))
def test_the_order_of_articles_does_not_decide(order: list[int]) -> None:
    offices = ["Chủ tịch UBND tỉnh Hà Giang", "Bí thư Tỉnh ủy Hà Giang", "Thứ trưởng Bộ Y tế", "Thứ trưởng", "Chủ tịch"]
    profiles = [
        Profile(n, f"a-{n}", "Lò Văn Bưởi", n, False, ((read_office(offices[n % len(offices)]), False),))
        for n in range(6)
    ]
    assert _grouped(resolve_name([profiles[n] for n in order])) == _grouped(resolve_name(profiles))


def _grouped(clusters: list[Cluster]) -> set[frozenset[int]]:
    return {frozenset(profile.number for profile in cluster.profiles) for cluster in clusters}


@pytest.mark.parametrize(
    ("rare", "usual", "how"),
    [
        ("Lò Văn Buởi", "Lò Văn Bưởi", ""),  # marks only: one name_key already
        ("Lò Xuân Bưởi", "Lò Văn Bưởi", ""),
        ("Lò Vân Anh Bưởi", "Lò Văn Bưởi", ""),
        ("Đào Quân Anh", "Đào Anh Quân", "order"),
        ("Trần Bình Minhcho", "Trần Bình Minh", "spelling"),
        ("Trần Bình Ming", "Trần Bình Minh", "spelling"),
        ("Minh", "Trần Bình Minh", "short"),
        ("Trần Bình", "Trần Bình Minh", "cut"),
    ],
)
def test_how_a_name_can_be_another(rare: str, usual: str, how: str) -> None:
    assert alike(rare, usual) == how


def test_a_misprint_is_joined_only_to_who_holds_the_post() -> None:
    posts = frozenset({"chu-tich-x"})
    usual = Bearer(1, "Trần Bình Minh", False, 9, posts)
    misprint = Bearer(2, "Trần Bình Ming", False, 1, posts)
    stranger = Bearer(3, "Trần Bình Mink", False, 1, frozenset({"chu-tich-y"}))
    assert misprints([usual, misprint, stranger]) == {2: (1, "spelling chu-tich-x")}


def test_a_short_name_that_two_could_have_is_joined_to_neither() -> None:
    posts = frozenset({"pho-chu-tich-x"})
    bearers = [
        Bearer(1, "Trần Bình Minh", False, 9, posts),
        Bearer(2, "Lê Minh", False, 8, posts),
        Bearer(3, "Minh", False, 1, posts),
    ]
    assert 3 not in misprints(bearers)


@pytest.mark.parametrize(
    ("rare", "usual"),
    [
        ("Jim Nauman", "James Nauman"),
        ("James N. Nauman", "Jim Nauman"),
        ("J. Nauman", "James Nauman"),
        ("D.Nauman", "Donald Nauman"),
        ("Michael Nauman Jr", "Mike Nauman"),
        ("Steve Nauman", "Stephen Nauman"),
    ],
)
def test_a_foreigner_is_called_by_initials_and_familiar_names(rare: str, usual: str) -> None:
    assert alike(rare, usual, foreign=True) == "familiar"
    assert alike(rare, usual) != "familiar"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Nauman", "James Nauman"),
        ("Jim Nauman", "James Naumov"),
        ("Dan Nauman", "David Nauman"),
        ("J. Nauman", "Robert Nauman"),
        ("J. Van Nauman", "James Nauman"),
    ],
)
def test_other_first_names_are_other_people(one: str, other: str) -> None:
    assert alike(one, other, foreign=True) != "familiar"
