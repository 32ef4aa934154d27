"""Offices: one key for every printed form, and how a post ends with its area or body."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.officials.posts.areas import Area
from index.officials.posts.endings import endings
from index.officials.posts.offices import Context, office_of, read_office
from index.officials.recognition.found_officials import Position


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chủ tịch UBND tỉnh Yên Bái", "Chủ tịch Ủy ban nhân dân tỉnh Yên Bái"),
        ("Chủ tịch UBND tỉnh Yên Bái", "Chủ tịch tỉnh Yên Bái"),
        ("Chủ tịch UBND TP.HCM", "Chủ tịch UBND Thành phố Hồ Chí Minh"),
        ("Chủ tịch UBND tỉnh Đắk Lắk", "Chủ tịch UBND tỉnh Đắc Lắc"),
        ("Bộ trưởng Bộ Y tế", "Bộ trưởng Y tế"),
        ("Bộ trưởng Bộ GD&ĐT", "Bộ trưởng Giáo dục và Đào tạo"),
        ("Bộ trưởng Giao thông", "Bộ trưởng Bộ GTVT"),
        ("Bộ trưởng Giáo dục", "Bộ trưởng Bộ GD&ĐT"),
        ("Bộ trưởng Bộ LĐ-TB&XH", "Bộ trưởng Bộ Lao động - Thương binh và Xã hội"),
        ("Bí thư Tỉnh ủy Hà Giang", "Bí thư tỉnh Hà Giang"),
        ("Trưởng Ban Dân vận Tỉnh ủy Hà Tĩnh", "Trưởng ban Dân vận Tỉnh ủy Hà Tĩnh"),
        ("Chủ tịch MTTQ Việt Nam", "Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"),
        ("Thủ tướng", "Thủ tướng Chính phủ"),
        ("Cục phó Cục Hàng không", "Phó Cục trưởng Cục Hàng không"),
        ("Tổng thống Mỹ", "Tổng thống Hoa Kỳ"),
        ("Phó Bí thư Thành uỷ Hà Nội", "Phó Bí thư Thành ủy Hà Nội"),
        ("Ủy viên Trung ương Đảng", "Ủy viên Ban Chấp hành T.Ư Đảng"),
        ("Chủ tịch UBND tỉnh Yên Bái", "Chủ tịch UBND tỉnh Yên Bái Theo"),
        ("Bộ trưởng Bộ Tư pháp", "Bộ trưởng Tư Pháp"),
        ("Chủ nhiệm Ủy ban Pháp luật của Quốc hội", "Chủ nhiệm UB Pháp Luật của Quốc hội"),
        ("Chủ nhiệm Ủy ban Quốc phòng và An ninh", "Chủ nhiệm Ủy ban An ninh - Quốc phòng"),
        ("Cục trưởng Cục Chống tham nhũng", "Cục trưởng Chống tham nhũng"),
        ("Vụ trưởng Vụ Pháp chế", "Vụ trưởng Pháp chế"),
        ("Phó Chủ tịch Ủy ban An toàn giao thông quốc gia", "Phó Chủ tịch chuyên trách Ủy ban ATGT Quốc gia"),
        ("Thứ trưởng Bộ GD&ĐT", "Thứ trưởng Bộ GD ĐT"),
        ("Thứ trưởng Bộ VHTTDL", "Thứ trưởng Bộ VH,TT&DL"),
        ("ĐBQH tỉnh Bắc Kạn", "ĐB Bắc Kạn"),
        ("Chi cục trưởng Chi cục Quản lý thị trường Hà Nội", "Chi cục trưởng Chi cục Quản lí thị trường Hà Nội"),
        ("Chủ tịch nước Lào", "Chủ tịch Lào"),
        ("Nhà lãnh đạo Triều Tiên", "Lãnh đạo Triều Tiên"),
        ("Thủ tướng Ý", "Thủ tướng Italia"),
        ("Tổng thống Mĩ", "Tổng thống Mỹ"),
        ("Giám đốc FBI", "Giám đốc Cục Điều tra Liên bang"),
        ("Đại biểu Đoàn ĐB Tiền Giang", "ĐBQH tỉnh Tiền Giang"),
    ],
)
def test_printed_forms_of_one_office_have_one_id(one: str, other: str) -> None:
    assert read_office(one).id == read_office(other).id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cục trưởng Cục Quản lý đường bộ II", "Cục trưởng Cục Quản lý đường bộ III"),
        ("Cục trưởng Cục Quản lý đường bộ cao tốc", "Cục trưởng Cục Quản lý đường bộ II"),
        ("Giám đốc Ban Quản lý dự án 6", "Giám đốc Ban Quản lý dự án 7"),
        ("Chủ tịch UBND tỉnh Yên Bái", "Phó Chủ tịch UBND tỉnh Yên Bái"),
        ("Chủ tịch UBND tỉnh Yên Bái", "Chủ tịch UBND tỉnh Lào Cai"),
        ("Chủ tịch UBND tỉnh Yên Bái", "Chủ tịch HĐND tỉnh Yên Bái"),
        ("Bí thư Tỉnh ủy Hà Giang", "Bí thư Tỉnh đoàn Hà Giang"),
        ("Chủ tịch UBND quận 1, TP.HCM", "Chủ tịch UBND TP.HCM"),
        ("Chủ tịch UBND quận 1, TP.HCM", "Chủ tịch UBND quận 2, TP.HCM"),
        ("Thủ tướng", "Thủ tướng Nhật Bản"),
        ("Chủ tịch nước", "Chủ tịch nước Lào"),
        ("Bộ trưởng Bộ Tư pháp", "Bộ trưởng Bộ Tư pháp Pháp"),
        ("Bộ trưởng Giáo dục Pháp", "Bộ trưởng Giáo dục và Đào tạo Pháp"),
        ("Giám đốc Sở Y tế Hà Nội", "Giám đốc Sở Tài chính Hà Nội"),
        ("Chủ tịch MTTQ Việt Nam", "Chủ tịch MTTQ tỉnh Hà Giang"),
    ],
)
def test_different_offices_have_different_ids(one: str, other: str) -> None:
    assert read_office(one).id != read_office(other).id


def test_a_district_keeps_the_province_that_stands_beside_it() -> None:
    office = read_office("Chủ tịch UBND quận 1, TP.HCM")
    assert office.area == Area("Quận 1", "district", "Hồ Chí Minh")
    assert office.tier == "district"


def test_a_bare_provincial_committee_is_that_of_the_province_the_article_speaks_of() -> None:
    context = Context({"province": Area("Hà Giang", "province")})
    assert office_of(Position("Bí thư", "Tỉnh ủy"), context) == read_office("Bí thư Tỉnh ủy Hà Giang")


def test_a_bare_title_names_no_post() -> None:
    assert not read_office("Giám đốc").specific
    assert not read_office("Chủ tịch UBND tỉnh").specific
    assert read_office("Chủ tịch UBND tỉnh Hà Giang").specific


def test_one_person_chairs_but_several_are_deputies() -> None:
    assert read_office("Chủ tịch UBND tỉnh Hà Giang").exclusive
    assert not read_office("Phó Chủ tịch UBND tỉnh Hà Giang").exclusive
    assert not read_office("Ủy viên Bộ Chính trị").exclusive


def test_a_foreign_prime_minister_without_a_country_is_not_viet_nams() -> None:
    abroad = office_of(Position("Thủ tướng", None), foreign=True)
    assert abroad.id != read_office("Thủ tướng").id


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Vụ trưởng Vụ Pháp chế Bộ Y tế", None),
        ("Đại sứ Pháp tại Việt Nam", "Pháp tại Việt Nam"),
        ("Tổng thống Pháp", "Pháp"),
        ("Giám đốc Sở Nông nghiệp và Phát triển nông thôn Bình Định", "Bình Định"),
        ("Chủ tịch UBND xã Bản Lụa, H. Thanh Trì", "Bản Lụa"),
    ],
)
def test_a_place_is_no_part_of_another_word(text: str, place: str | None) -> None:
    area = read_office(text).area
    assert (area.name if area else None) == place


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=80)))
def test_any_text_gives_a_url_safe_id(title: str, organisation: str | None) -> None:
    office = office_of(Position(title, organisation))
    assert all(character.isalnum() or character == "-" for character in office.id)


def test_a_merged_province_ends_its_offices_and_names_the_heir() -> None:
    (ending,) = endings(read_office("Chủ tịch UBND tỉnh Yên Bái"))
    assert ending.day == date(2025, 7, 1)
    assert ending.successor == read_office("Chủ tịch UBND tỉnh Lào Cai").id


def test_districts_end_without_an_heir() -> None:
    (ending,) = endings(read_office("Chủ tịch UBND huyện Thanh Trì"))
    assert (ending.kind, ending.day, ending.successor) == ("district", date(2025, 7, 1), None)


def test_a_merged_ministry_names_the_one_that_took_over() -> None:
    (ending,) = endings(read_office("Bộ trưởng Bộ Giao thông vận tải"))
    assert (ending.day, ending.successor) == (date(2025, 3, 1), read_office("Bộ trưởng Bộ Xây dựng").id)


def test_unchanged_provinces_go_on() -> None:
    assert list(endings(read_office("Chủ tịch UBND tỉnh Hà Tĩnh"))) == []


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("Trưởng ban Ban Chỉ đạo của Chính phủ", False),
        ("Bí thư Ban Cán sự đảng", False),
        ("Thủ tướng", True),
        ("Trưởng ban Ban Tổ chức Trung ương", True),
        ("Chủ tịch Hội Nông dân Việt Nam", True),
    ],
)
def test_a_body_that_names_only_its_kind_is_nobody_s_office(text: str, complete: bool) -> None:
    assert read_office(text).complete is complete


def test_a_ministry_of_viet_nam_is_central_however_its_name_is_capitalised() -> None:
    assert read_office("Bộ trưởng Bộ Tư Pháp").area is None
    assert read_office("Bộ trưởng Bộ Tư Pháp").tier == "central"


@pytest.mark.parametrize(
    ("title", "organisation", "place", "sole"),
    [
        ("Người phát ngôn", "Bộ Ngoại giao", None, True),
        ("Người phát ngôn", "Bộ Ngoại giao", Area("Nhật Bản", "country"), False),
        ("Bộ trưởng", "Bộ Ngoại giao", Area("Nhật Bản", "country"), True),
    ],
)
def test_several_speak_for_another_countrys_ministry_and_one_leads_it(
    title: str, organisation: str, place: Area | None, sole: bool
) -> None:
    office = office_of(Position(title, f"{organisation} {place.name}" if place else organisation), foreign=bool(place))
    assert (office.area, office.sole) == (place, sole)
