"""Organisations: every way to print a body is one, and what is no body is none. All places are invented or official."""

from __future__ import annotations

import pytest

from index.officials.posts.offices import read_office
from index.officials.posts.organisations import organisation_id, organisation_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Giám đốc Sở GD-ĐT tỉnh Yên Bái", "Phó Giám đốc Sở Giáo dục và Đào tạo Yên Bái"),
        ("Bộ trưởng Bộ TN&MT", "Thứ trưởng Bộ Tài nguyên và Môi trường"),
        ("Chủ tịch UBND tỉnh Yên Bái", "Phó Chủ tịch Ủy ban nhân dân tỉnh Yên Bái"),
        ("Bí thư Tỉnh ủy Yên Bái", "Phó Bí thư Thường trực Tỉnh ủy Yên Bái"),
        ("Thủ tướng Chính phủ", "Phó Thủ tướng"),
        ("Chủ tịch Quốc hội", "Đại biểu Quốc hội tỉnh Yên Bái"),
    ],
)
def test_posts_of_one_body_belong_to_one_organisation(one: str, other: str) -> None:
    assert organisation_id(read_office(one)) == organisation_id(read_office(other)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chủ tịch UBND tỉnh Yên Bái", "Chủ tịch UBND tỉnh Hà Giang"),
        ("Chủ tịch UBND tỉnh Yên Bái", "Chủ tịch HĐND tỉnh Yên Bái"),
        ("Bí thư Tỉnh ủy Yên Bái", "Chủ tịch UBND tỉnh Yên Bái"),
        ("Giám đốc Sở Y tế Yên Bái", "Bộ trưởng Bộ Y tế"),
    ],
)
def test_two_bodies_are_two_organisations(one: str, other: str) -> None:
    assert organisation_id(read_office(one)) != organisation_id(read_office(other))


@pytest.mark.parametrize("title", ["Giám đốc", "Chủ tịch UBND", "Bí thư Huyện ủy", "Tổng thống Mỹ", "Giám đốc Sở Y tế"])
def test_what_does_not_say_whose_it_is_belongs_to_none(title: str) -> None:
    assert organisation_id(read_office(title)) is None


def test_the_name_is_the_most_frequent_one_that_names_the_whole_body() -> None:
    ministry = read_office("Bộ trưởng Bộ TN&MT")
    assert (
        organisation_name(ministry, {"Bộ TN&MT": 9, "Bộ Tài nguyên và Môi trường": 5, "Môi trường": 40}) == "Bộ TN&MT"
    )
    abroad = read_office("Bộ trưởng Bộ Ngoại giao Lào")
    assert organisation_name(abroad, {"Lào": 12}) == "Bộ Ngoại giao Lào"
