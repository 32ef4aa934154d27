"""Who holds which office in an article: each test is a sentence of the grammar of titles. All people are invented."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.article import Article
from index.officials.recognition.found_officials import FoundOfficial, Frame
from index.officials.recognition.recognizer import recognize, recognize_text

Held = dict[str, list[tuple[str, str | None]]]


def held(text: str) -> Held:
    return {one.name: [(p.title, p.organisation) for p in one.positions] for one in recognize_text(text)}


def only(text: str) -> FoundOfficial:
    (one,) = recognize_text(text)
    return one


@pytest.mark.parametrize(
    ("text", "name", "title", "organisation"),
    [
        ("Chủ tịch UBND tỉnh Cà Mau Lê Hoài Mẫu đi thăm.", "Lê Hoài Mẫu", "Chủ tịch", "UBND tỉnh Cà Mau"),
        ("Bí thư Tỉnh ủy Sơn La Vi Đình Mẫu phát biểu.", "Vi Đình Mẫu", "Bí thư", "Tỉnh ủy Sơn La"),
        ("Bộ trưởng Bộ GTVT Trương Quang Mẫu trả lời.", "Trương Quang Mẫu", "Bộ trưởng", "Bộ GTVT"),
        ("Bộ trưởng GTVT Trương Quang Mẫu trả lời.", "Trương Quang Mẫu", "Bộ trưởng", "GTVT"),
        ("Thứ trưởng Y tế Lê Văn Mẫu cho hay.", "Lê Văn Mẫu", "Thứ trưởng", "Y tế"),
        ("Phó Chủ tịch UBND TP Lê Văn Mẫu nói.", "Lê Văn Mẫu", "Phó Chủ tịch", "UBND TP"),
        ("Chủ tịch Ủy ban MTTQ tỉnh Trần Nhật Mẫu dự.", "Trần Nhật Mẫu", "Chủ tịch", "Ủy ban MTTQ tỉnh"),
        ("Bí thư Đảng ủy phường Tân Phú Hồ Văn Mẫu dự.", "Hồ Văn Mẫu", "Bí thư", "Đảng ủy phường Tân Phú"),
        ("Bí thư Đảng ủy Khối CCQ&DN tỉnh Đặng Ngọc Mẫu.", "Đặng Ngọc Mẫu", "Bí thư", "Đảng ủy Khối CCQ&DN tỉnh"),
        ("Thủ tướng Thái Lan Somchai Prasert-o-cha tới.", "Somchai Prasert-o-cha", "Thủ tướng", "Thái Lan"),
        (
            "người phát ngôn của Bộ Ngoại giao Mỹ, bà Helen Nauman,",
            "Helen Nauman",
            "người phát ngôn",
            "Bộ Ngoại giao Mỹ",
        ),
    ],
)
def test_the_name_begins_where_organisation_and_place_end(text: str, name: str, title: str, organisation: str) -> None:
    assert held(text) == {name: [(title, organisation)]}


@pytest.mark.parametrize(
    ("text", "name", "organisation", "place"),
    [
        ("Bí thư Huyện ủy Thượng Sa Triệu Văn Mẫu nói.", "Triệu Văn Mẫu", "Huyện ủy Thượng Sa", "Thượng Sa"),
        ("Bí thư Tỉnh ủy Vân Sa Châu Minh Mẫu nói.", "Châu Minh Mẫu", "Tỉnh ủy Vân Sa", "Vân Sa"),
        ("Chủ tịch UBND tỉnh Vân Sa Hà Thị Bích Mẫu nói.", "Hà Thị Bích Mẫu", "UBND tỉnh Vân Sa", "Vân Sa"),
        ("Chủ tịch UBND tỉnh Hà Thị Bích Mẫu nói.", "Hà Thị Bích Mẫu", "UBND tỉnh", None),
        ("Chủ tịch UBND tỉnh Châu Minh Mẫu nói.", "Châu Minh Mẫu", "UBND tỉnh", None),
        ("Chủ tịch UBND tỉnh Đoàn Khắc Mẫu nói.", "Đoàn Khắc Mẫu", "UBND tỉnh", None),
        ("Bí thư Tỉnh ủy Đoàn Khắc Mẫu nói.", "Đoàn Khắc Mẫu", "Tỉnh ủy", None),
        ("Chánh Thanh tra tỉnh Mai Đức Mẫu nói.", "Mai Đức Mẫu", "tỉnh", None),
        ("Chủ tịch UBND xã Mường Sa Lò Văn Mẫu nói.", "Lò Văn Mẫu", "UBND xã Mường Sa", None),
        ("Chủ tịch UBND phường Trần Văn Thử Lê Thị Mẫu nói.", "Lê Thị Mẫu", "UBND phường Trần Văn Thử", None),
        ("Giám đốc Sở Y tế Vân Sa Lê Văn Mẫu nói.", "Lê Văn Mẫu", "Sở Y tế Vân Sa", None),
        ("Tỉnh trưởng Nậm Sa Bun-thoong Phôm-ma-mẫu nói.", "Bun-thoong Phôm-ma-mẫu", "Nậm Sa", "Nậm Sa"),
        ("Đại biểu Lê Công Mẫu (Vân Sa) hỏi.", "Lê Công Mẫu", "Vân Sa", "Vân Sa"),
    ],
)
def test_a_place_that_no_table_knows_ends_where_the_name_begins(
    text: str, name: str, organisation: str, place: str | None
) -> None:
    one = only(text)
    assert (one.name, one.positions[0].organisation, one.positions[0].place) == (name, organisation, place)


def test_the_rest_of_the_article_tells_a_place_from_a_name() -> None:
    text = "Chủ tịch UBND huyện Mai Sa nói. Dân huyện Mai Sa vui. Ông Lê Văn Mẫu, Bí thư Huyện ủy Mai Sa, đồng ý."
    assert held(text) == {"Lê Văn Mẫu": [("Bí thư", "Huyện ủy Mai Sa")]}


def test_a_new_appointment_ends_a_former_one_and_a_merged_body_is_another() -> None:
    one = only("Bà Lê Thị Mẫu, nguyên Trưởng Ban Dân vận Tỉnh ủy, giữ chức Trưởng Ban Tuyên giáo và Dân vận Tỉnh ủy.")
    assert [(p.organisation, p.former) for p in one.positions] == [
        ("Ban Dân vận Tỉnh ủy", True),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", False),
    ]


def test_a_second_office_between_name_and_verb_is_the_same_person_s() -> None:
    text = "Chủ tịch UBND tỉnh Vân Sa Lê Văn Mẫu, Trưởng Ban Chỉ đạo chuyển đổi số tỉnh, đề nghị sửa."
    assert held(text) == {
        "Lê Văn Mẫu": [("Chủ tịch", "UBND tỉnh Vân Sa"), ("Trưởng Ban", "Ban Chỉ đạo chuyển đổi số tỉnh")]
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ông Hồ Văn Mẫu, Bí thư Đảng ủy phường Tân Phú, cho biết.",
        "Ông Hồ Văn Mẫu - Bí thư Đảng ủy phường Tân Phú - cho biết.",
        "Ông Hồ Văn Mẫu (Bí thư Đảng ủy phường Tân Phú) cho biết.",
        "Ông Hồ Văn Mẫu (57 tuổi, Bí thư Đảng ủy phường Tân Phú) cho biết.",
        "Ông Hồ Văn Mẫu Bí thư Đảng ủy phường Tân Phú chủ trì.",
        "Ông Hồ Văn Mẫu được bầu giữ chức Bí thư Đảng ủy phường Tân Phú.",
        "Ông Hồ Văn Mẫu hiện là Bí thư Đảng ủy phường Tân Phú.",
        "Bí thư Đảng ủy phường Tân Phú, ông Hồ Văn Mẫu, cho biết.",
        "Bí thư Đảng ủy phường Tân Phú là ông Hồ Văn Mẫu.",
        "Đồng chí Hồ Văn Mẫu dự. Đồng chí được phân công làm Bí thư Đảng ủy phường Tân Phú.",
    ],
)
def test_a_title_is_held_before_behind_and_by_a_verb(text: str) -> None:
    assert held(text) == {"Hồ Văn Mẫu": [("Bí thư", "Đảng ủy phường Tân Phú")]}


def test_offices_are_chained_by_commas_dashes_and_kiem() -> None:
    found = held("Ủy viên Bộ Chính trị, Bí thư Trung ương Đảng, Trưởng Ban Kinh tế Trung ương Nguyễn Văn Mẫu dự.")
    assert found == {
        "Nguyễn Văn Mẫu": [
            ("Ủy viên", "Bộ Chính trị"),
            ("Bí thư", "Trung ương Đảng"),
            ("Trưởng Ban", "Ban Kinh tế Trung ương"),
        ]
    }
    found = held("Chánh Văn phòng kiêm người phát ngôn UBND tỉnh Bình Thuận Nguyễn Đình Mẫu ký.")
    assert found["Nguyễn Đình Mẫu"] == [
        ("Chánh Văn phòng", "UBND tỉnh Bình Thuận"),
        ("người phát ngôn", "UBND tỉnh Bình Thuận"),
    ]
    found = held("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ Quàng Đức Mẫu nói.")
    assert found["Quàng Đức Mẫu"] == [("Bộ trưởng", None), ("Chủ nhiệm", "Văn phòng Chính phủ")]


def test_titles_between_two_names_go_to_whom_they_belong() -> None:
    found = held(
        "Dự lễ có Thượng tướng Tô Văn Mẫu, Ủy viên Bộ Chính trị, Bộ trưởng Bộ Công an và Ủy viên Bộ Chính trị, "
        "Bí thư Thành ủy Hà Nội Hoàng Trung Thử; ông Trần Văn Mới, Giám đốc Sở Y tế."
    )
    assert found == {
        "Tô Văn Mẫu": [("Ủy viên", "Bộ Chính trị"), ("Bộ trưởng", "Bộ Công an")],
        "Hoàng Trung Thử": [("Ủy viên", "Bộ Chính trị"), ("Bí thư", "Thành ủy Hà Nội")],
        "Trần Văn Mới": [("Giám đốc", "Sở Y tế")],
    }


def test_a_list_of_names_with_dashes_is_read_name_by_name() -> None:
    found = held(
        "Các đồng chí: Lục Đình Mẫu - Phó Bí thư Thành ủy, trưởng các ban chỉ đạo; "
        "Trương Thị Thử - Trưởng ban Dân vận Tỉnh ủy chủ trì."
    )
    assert found == {
        "Lục Đình Mẫu": [("Phó Bí thư", "Thành ủy"), ("trưởng", "các ban chỉ đạo")],
        "Trương Thị Thử": [("Trưởng ban", "ban Dân vận Tỉnh ủy")],
    }
    found = held("Từ trái qua: ông Vũ Văn Mẫu - Bí thư Tỉnh ủy, ông Lê Văn Thử - Thứ trưởng Bộ Tài chính.")
    assert found == {"Vũ Văn Mẫu": [("Bí thư", "Tỉnh ủy")], "Lê Văn Thử": [("Thứ trưởng", "Bộ Tài chính")]}


def test_a_title_in_the_plural_is_everybody_s() -> None:
    found = held("Dự họp có các Phó Thủ tướng Trương Văn Mẫu, Vương Đình Thử và Vũ Đức Mới.")
    assert found == {name: [("Phó Thủ tướng", None)] for name in ("Trương Văn Mẫu", "Vương Đình Thử", "Vũ Đức Mới")}


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Ông Lê Văn Mẫu, nguyên Bí thư Tỉnh ủy Bình Định, nguyên Chủ tịch UBND tỉnh.", [True, True]),
        ("Ông Lê Văn Mẫu, Bí thư Quận ủy quận 9, nguyên Chủ tịch UBND quận 9.", [False, True]),
        ("Bà Lê Thị Mẫu, nguyên Chủ tịch UBND quận 9 (hiện là Bí thư Quận ủy quận 9) dự.", [True, False]),
        ("Cựu Bộ trưởng Bộ Y tế Lê Văn Mẫu kể.", [True]),
        ("Ông Lê Văn Mẫu từng giữ chức Giám đốc Sở Y tế.", [True]),
        ("Tân Bộ trưởng Bộ Y tế Lê Văn Mẫu hứa.", [False]),
        ("Ảnh: Đức Nguyên Phó Thủ tướng Lê Văn Mẫu đã đến.", [False]),
        ("Chính quyền Thủ tướng Lê Văn Mẫu khi ấy.", [False]),
    ],
)
def test_markers_say_whether_an_office_is_still_held(text: str, former: list[bool]) -> None:
    assert [position.former for position in only(text).positions] == former


def test_modes_are_told_apart() -> None:
    assert only("Quyền Bộ trưởng Bộ Y tế Lê Văn Mẫu").positions[0].mode == "acting"
    assert only("Tân Bí thư Tỉnh ủy Lê Văn Mẫu").positions[0].mode == "new"
    assert only("Cố Thủ tướng Lê Văn Mẫu").positions[0].mode == "late"
    assert only("Chính quyền Thủ tướng Lê Văn Mẫu").positions[0].mode == ""


def test_a_career_told_in_periods_is_the_subject_s() -> None:
    one = only(
        "Ông Phan Văn Mẫu là tân Bí thư Tỉnh ủy Hà Nam. 8/2007-6/2010: Phó Chủ tịch UBND tỉnh Hà Nam. "
        "7/2010-5/2013: Giám đốc Sở Nội vụ tỉnh Hà Nam. 6/2013 đến nay: Ủy viên Trung ương Đảng."
    )
    assert [(p.title, p.former) for p in one.positions] == [
        ("Bí thư", False),
        ("Phó Chủ tịch", True),
        ("Giám đốc", True),
        ("Ủy viên", False),
    ]


def test_a_deputy_s_bracketed_place_is_the_delegation() -> None:
    assert held("ĐB Lê Công Mẫu (Bình Định) hỏi.") == {"Lê Công Mẫu": [("ĐB", "Bình Định")]}


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Mẫu, Giám đốc Công ty Hoa Mới, cho biết.",
        "Ông Lê Văn Mẫu, Chủ tịch HĐQT Tập đoàn Hoa Mới.",
        "Bác sĩ Lê Văn Mẫu, Giám đốc Bệnh viện Đa khoa tỉnh.",
        "Đội trưởng Lê Văn Mẫu ghi bàn cho Câu lạc bộ Hoa Mới.",
        "Họ gặp nhau ở đường Phạm Văn Mẫu, phường Lê Lợi. Thủ tướng đã đến.",
        "Thủ tướng yêu cầu các Bộ trưởng báo cáo. Ông Lê Văn Mẫu, nông dân, đồng ý.",
        "Thủ tướng phát biểu. Ảnh: Lê Mẫu Phó Thủ tướng đã đến thăm.",
        "Nhân dân thành phố Hồ Chí Minh; Bảo tàng Hồ Chí Minh.",
    ],
)
def test_people_without_a_public_office_bylines_and_streets_stay_out(text: str) -> None:
    assert held(text) == {}


def test_short_forms_mean_the_one_named_last() -> None:
    text = "Ông Lê Văn Mẫu, Bí thư Tỉnh ủy Hà Nam, nói. Ông Mẫu và anh Thử về. Đồng chí Lê Văn Mẫu cảm ơn."
    one = only(text)
    assert [text[m.start : m.end] for m in one.mentions] == ["Lê Văn Mẫu", "Mẫu", "Lê Văn Mẫu"]
    text = "Bí thư Tỉnh ủy Lê Văn Mẫu đến. Giám đốc Sở Y tế Trần Đức Mẫu đón. Ông Mẫu báo cáo."
    assert {one.name: len(one.mentions) for one in recognize_text(text)} == {"Lê Văn Mẫu": 1, "Trần Đức Mẫu": 2}


def test_foreigners_are_also_known_by_one_name() -> None:
    text = "Tổng thống Pháp Emile Marchand tới Hà Nội. Ông Marchand gặp sinh viên. Marchand nói lời cảm ơn."
    one = only(text)
    assert one.foreign
    assert [m.text for m in one.mentions] == ["Emile Marchand", "Marchand", "Marchand"]


def test_ranks_are_no_offices() -> None:
    one = only("Thượng tá Phạm Văn Mẫu, Trưởng phòng Tham mưu, Công an tỉnh Yên Bái, nói.")
    assert one.rank == "Thượng tá"
    assert [(p.title, p.organisation) for p in one.positions] == [
        ("Trưởng phòng", "phòng Tham mưu, Công an tỉnh Yên Bái")
    ]


def test_the_place_of_a_bare_organisation_is_the_article_s() -> None:
    found = recognize_text("Bí thư Tỉnh ủy Hà Nam Lê Văn Mẫu dự. Chủ tịch UBND tỉnh Trần Văn Thử báo cáo.")
    assert [one.positions[0].place for one in found] == ["Hà Nam", "Hà Nam"]


def test_a_province_that_no_table_knows_is_an_article_s_home_too() -> None:
    found = recognize_text(
        "Bí thư Huyện ủy Mường Sa, tỉnh Vân Sa, ông Lê Văn Mẫu nói. Chủ tịch UBND tỉnh Hà Thị Bích Thử dự."
    )
    assert [one.positions[0].place for one in found] == ["Mường Sa", "Vân Sa"]


def test_every_zone_of_the_article_is_read() -> None:
    article = Article(
        "a-1",
        "Chủ tịch UBND tỉnh Hà Nam Lê Văn Mẫu thăm dân",
        lead="Bộ trưởng Bộ Y tế Trần Thị Thử cùng đi.",
        paragraphs=("Hai người tặng quà.",),
        captions=("Bí thư Tỉnh ủy Hà Nam Vũ Văn Mới tại lễ.",),
    )
    assert [one.name for one in recognize(article)] == ["Lê Văn Mẫu", "Trần Thị Thử", "Vũ Văn Mới"]


PIECES = (
    "Chủ tịch UBND tỉnh Hòa Bình Nguyễn Thúy Mẫu phát biểu.",
    "Ông Hoàng Văn Thử, Bí thư Tỉnh ủy Khánh Hòa, cho biết.",
    "Ông Thử nhấn mạnh.",
    "Ảnh: Đức Mới",
    "Tổng thống Pháp Emile Marchand đến thăm.",
    "Bà Huỳnh Thị Mới hiện là Ủy viên Ban Thường vụ Tỉnh ủy.",
)
SPELLINGS = (
    lambda text: text,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("òa", "oà").replace("ủy", "uỷ").replace("úy", "uý"),
    lambda text: text.replace("tỉnh", "tỉ\u200bnh").replace("Đ", "\u00d0").replace(" ", "\u00a0", 1),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6), st.sampled_from(SPELLINGS), st.sampled_from((" ", "\n")))
def test_offsets_point_into_the_text_as_printed_however_it_is_spelt(pieces, spell, between) -> None:  # type: ignore[no-untyped-def]
    plain = between.join(pieces)
    printed = spell(plain)
    found = recognize_text(printed)
    for one in found:
        assert one.name in {mention.text for mention in one.mentions}
        assert all(printed[m.start : m.end] == m.text for m in one.mentions)
        assert all(printed[p.start :].startswith(p.title) for p in one.positions)

    def read(text: str) -> list[tuple[str, int, int]]:
        return [(unicodedata.normalize("NFC", o.name), len(o.mentions), len(o.positions)) for o in recognize_text(text)]

    assert [count for _, *count in read(printed)] == [count for _, *count in read(plain)]


@settings(deadline=None)
@given(st.text(alphabet="Ông Bà Nguyễn Văn Chủ tịch UBND tỉnh, . - ( ) \n Tổng thống X-y a 1/2 ’ \u0301", max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    for one in recognize_text(text):
        assert all(text[m.start : m.end] == m.text for m in one.mentions)


def test_an_office_of_another_country_behind_a_comma_is_the_next_one_s() -> None:
    found = held("Nhận lời mời của Bộ trưởng Bộ Y tế Lê Văn Mẫu, Bộ trưởng Y tế Ấn Độ, bà Sita Ramal sang thăm.")
    assert found == {"Lê Văn Mẫu": [("Bộ trưởng", "Bộ Y tế")], "Sita Ramal": [("Bộ trưởng", "Y tế Ấn Độ")]}
    envoy = held("Ông Lê Văn Mẫu, Đại sứ Việt Nam tại Ấn Độ, ông Hà Văn Bằng cùng dự.")
    assert envoy["Lê Văn Mẫu"] == [("Đại sứ", "Việt Nam tại Ấn Độ")]


def test_a_day_in_brackets_parts_a_name_from_the_title_behind_it() -> None:
    found = held("Chất vấn Bộ trưởng Bộ Y tế Lê Văn Mẫu (ngày 13.6), Đại biểu Quốc hội (ĐBQH) Hà Thị Bằng nói.")
    assert found["Lê Văn Mẫu"] == [("Bộ trưởng", "Bộ Y tế")]
    assert found["Hà Thị Bằng"][0][0] == "Đại biểu Quốc hội"
    assert held("Ông Lê Văn Mẫu (56 tuổi), Bí thư Huyện ủy Sa Pa, nói.")["Lê Văn Mẫu"] == [("Bí thư", "Huyện ủy Sa Pa")]


def test_the_police_s_deputy_director_is_not_a_deputy_of_the_detectives_he_heads() -> None:
    found = held("Đại tá Lê Văn Mẫu, Phó Giám đốc, Thủ trưởng Cơ quan CSĐT Công an tỉnh Lào Cai, trao thưởng.")
    assert ("Thủ trưởng", "Cơ quan CSĐT Công an tỉnh Lào Cai") in found["Lê Văn Mẫu"]
    assert ("Phó Giám đốc", "Cơ quan CSĐT Công an tỉnh Lào Cai") not in found["Lê Văn Mẫu"]


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        (
            "Ông Lê Văn Mẫu, Trưởng phòng Quản lý thi và kiểm định (Sở Y tế Lào Cai), nói.",
            "phòng Quản lý thi và kiểm định (Sở Y tế Lào Cai)",
        ),
        (
            "Bổ nhiệm chức vụ Vụ trưởng Vụ Tài chính các ngân hàng và Tổ chức tài chính cho bà Hà Thị Mẫu.",
            "Vụ Tài chính các ngân hàng và Tổ chức tài chính",
        ),
        ("Ông Lê Văn Mẫu, Trưởng phòng Quản lý chủ trì buổi họp, nói.", "phòng Quản lý"),
    ],
)
def test_a_unit_is_named_with_all_that_it_looks_after(text: str, organisation: str) -> None:
    assert only(text).positions[0].organisation == organisation


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bí thư Liêu Ninh bị bắt. Thống đốc Nam Kỳ ra lệnh.", []),
        ("Bí thư Mường Khê nói. Ông Mường Khê cười.", ["Mường Khê"]),
        ("Thị trưởng Velden nói. Bão đổ vào thành phố Velden.", []),
        ("Thị trưởng Velden Omar Bilal nói. Bão đổ vào thành phố Velden.", ["Omar Bilal"]),
        ("Thị trưởng Victor Omar Bilal nói. Bão đổ vào thành phố Velden.", ["Victor Omar Bilal"]),
        ("Tổng thống Hàn Park Geun-soo đến.", ["Park Geun-soo"]),
        ("Tổng thư ký Interpol Jorgen Nauman nói.", ["Jorgen Nauman"]),
        ("ĐB Hà Thị Mẫu Chính sách phải đổi.", ["Hà Thị Mẫu"]),
        ("ĐB Lê Trung Mẫu Ngay sau đó nói.", ["Lê Trung Mẫu"]),
        ("ĐB Hà Thị Mẫu Chính nói.", ["Hà Thị Mẫu Chính"]),
    ],
)
def test_a_place_or_a_body_is_nobody_and_no_part_of_a_name(text: str, names: list[str]) -> None:
    assert [one.name for one in recognize_text(text)] == names


def test_what_a_told_life_went_through_is_over() -> None:
    life = (
        "Ông Lê Văn Mẫu được bầu làm Chủ tịch UBND tỉnh Lào Cai. Từ năm 2004 ông chuyển sang làm Chánh Văn phòng UBND "
        "tỉnh Lào Cai. Đến năm 2008 ông giữ chức Giám đốc Sở Y tế Lào Cai. Tháng 10/2015, ông Mẫu làm Phó Bí thư Tỉnh "
        "ủy Lào Cai."
    )
    former = {p.title for p in only(life).positions if p.former}
    assert former == {"Chánh Văn phòng", "Giám đốc"}
    short = "Năm 2016, ông Lê Văn Mẫu được bầu giữ chức Bí thư Huyện ủy Sa Pa. Năm 2017, ông được bổ nhiệm Chánh án."
    assert not any(p.former for p in only(short).positions)


def test_who_retires_leaves_every_office_and_who_may_retire_none() -> None:
    text = "Ông Lê Văn Mẫu, Bí thư Huyện ủy Sa Pa, nói. {} ông Mẫu nghỉ hưu."
    assert only(text.format("Từ tháng này,")).positions[0].mode == "retired"
    assert only(text.format("Ngày mai, khi")).positions[0].mode == ""
    assert only("Trong đó có ông Lê Văn Mẫu, nguyên Bí thư Huyện ủy Sa Pa, nghỉ hưu.").positions[0].mode == "retired"


def test_a_sentence_that_begins_without_a_stop_takes_no_title_that_a_verb_has_given() -> None:
    found = held("Ông Lê Văn Mẫu làm Phó Trưởng Ban Kinh tế Trung ương Ông Hà Văn Bằng sau đó công bố quyết định.")
    assert found == {"Lê Văn Mẫu": [("Phó Trưởng Ban", "Ban Kinh tế Trung ương")]}
    assert "Hà Văn Bằng" in held("Phó Trưởng Ban Kinh tế Trung ương Ông Hà Văn Bằng công bố quyết định.")


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        (
            "Ông Lê Văn Mẫu, Phó Cục trưởng Cục Phòng, chống HIV/AIDS, Bộ Y tế, nói.",
            "Cục Phòng, chống HIV/AIDS, Bộ Y tế",
        ),
        ("Ông Lê Văn Mẫu, Giám đốc Khu Quản lý giao thông đô thị số 3, nói.", "Khu Quản lý giao thông đô thị số 3"),
        ("Ông Lê Văn Mẫu, Cục trưởng Cục Thuế (Bộ Tài chính) Kết quả đã rõ.", "Cục Thuế (Bộ Tài chính)"),
    ],
)
def test_a_body_is_named_to_its_end_and_no_further(text: str, organisation: str) -> None:
    assert only(text).positions[0].organisation == organisation


def test_an_office_that_one_takes_up_in_a_clause_is_not_the_next_one_s() -> None:
    found = held("Sau khi ông Lê Văn Mẫu nhận nhiệm vụ Bí thư Huyện ủy Sa Pa, Giám đốc Sở Y tế Hà Văn Bằng nói.")
    assert found == {"Lê Văn Mẫu": [("Bí thư", "Huyện ủy Sa Pa")], "Hà Văn Bằng": [("Giám đốc", "Sở Y tế")]}


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        (
            "Ông Lê Văn Mẫu, thành viên Ban Chỉ đạo Trung ương về phòng, chống hạn mặn, Cục trưởng Cục Thuế, nói.",
            [("Cục trưởng", "Cục Thuế")],
        ),
        (
            "Trưởng Ban Chỉ đạo Trung ương về phòng, chống hạn mặn, Bộ trưởng Bộ Y tế Lê Văn Mẫu nói.",
            [("Trưởng Ban", "Ban Chỉ đạo Trung ương về phòng, chống hạn mặn"), ("Bộ trưởng", "Bộ Y tế")],
        ),
        ("Cục trưởng Cục Bảo vệ, nuôi dạy trẻ em Lê Văn Mẫu nói.", [("Cục trưởng", "Cục Bảo vệ, nuôi dạy trẻ em")]),
        (
            "Ông Lê Văn Mẫu, Cục trưởng Cục Bảo vệ, nuôi dạy trẻ em cho biết.",
            [("Cục trưởng", "Cục Bảo vệ, nuôi dạy trẻ em")],
        ),
        (
            "Phó Chủ tịch Ủy ban về các vấn đề đối ngoại, quốc phòng và biển Lê Văn Mẫu phát biểu.",
            [("Phó Chủ tịch", "Ủy ban về các vấn đề đối ngoại, quốc phòng và biển")],
        ),
        (
            "Cục trưởng Cục Quản lý xây dựng, vận hành hồ chứa, Bộ Công Thương Lê Văn Mẫu nói.",
            [("Cục trưởng", "Cục Quản lý xây dựng, vận hành hồ chứa, Bộ Công Thương")],
        ),
        (
            "Ông Lê Văn Mẫu, Ủy viên Thường vụ Hội Bảo vệ rừng ngập mặn VN, nói.",
            [("Ủy viên", "Thường vụ Hội Bảo vệ rừng ngập mặn VN")],
        ),
        ("Phó Chánh Văn phòng Ban Chỉ đạo 35 Lê Văn Mẫu nói.", [("Phó Chánh Văn phòng", "Ban Chỉ đạo 35")]),
        (
            "Ông Lê Văn Mẫu, Giám đốc Sở Y tế Nậm Xăng, chọn cách đưa thuốc vào làng.",
            [("Giám đốc", "Sở Y tế Nậm Xăng")],
        ),
        ("Ông Lê Văn Mẫu, Giám đốc Sở Y tế, thẳng thắn cho biết.", [("Giám đốc", "Sở Y tế")]),
        (
            "Ông Lê Văn Mẫu, Giám đốc Sở Y tế, trưởng đoàn kiểm tra, cho biết.",
            [("Giám đốc", "Sở Y tế"), ("trưởng đoàn", "đoàn kiểm tra")],
        ),
        ("Ông Lê Văn Mẫu, Cục trưởng Cục Thuế, người trực tiếp xử lý cho biết.", [("Cục trưởng", "Cục Thuế")]),
    ],
)
def test_a_body_whose_name_goes_on_over_commas_is_read_whole_and_heads_nobody_else(
    text: str, offices: list[tuple[str, str]]
) -> None:
    assert held(text)["Lê Văn Mẫu"] == offices


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        (
            "Bà Hà Thị Mẫu, Trưởng Đoàn đại biểu Quốc hội tỉnh Lào Cai, UBKT xem xét.",
            "Đoàn đại biểu Quốc hội tỉnh Lào Cai",
        ),
        ("Ông Lê Văn Mẫu, phó chủ tịch UBND TP, Thành ủy Lào Cai đã họp.", "UBND TP"),
        ("Ông Lê Văn Mẫu, phó chủ tịch UBND TP.\nĐến dự có Bộ trưởng.", "UBND TP"),
        ("Ông Lê Văn Mẫu, phó chủ tịch UBND TP.\nHồ Chí Minh, nói.", "UBND TP.\nHồ Chí Minh"),
        ("Ông Lê Văn Mẫu, Phó Trưởng phòng Tổ chức, Sở Y tế Lào Cai, nói.", "phòng Tổ chức, Sở Y tế Lào Cai"),
        ("Ông Lê Văn Mẫu, Chủ tịch UBND xã Nậm Khao Quỳnh Mai", "UBND xã Nậm Khao"),
        ("Ông Lê Văn Mẫu, Giám đốc Sở Y tế cảnh báo Lào Cai.", "Sở Y tế"),
        ("Ông Lê Văn Mẫu, Cục trưởng Cục Hải quan đường thủy Lào cho biết.", "Cục Hải quan đường thủy Lào"),
        ("Ông Lê Văn Mẫu, Phó Giám đốc Cảng vụ Hàng hải miền Bắc cho biết.", "Cảng vụ Hàng hải miền Bắc"),
        ("Ông Lê Văn Mẫu, Phó Chủ tịch UBMTTQ phường Nậm Khao, quận 1 Theo báo", "UBMTTQ phường Nậm Khao, quận 1"),
        ("Chủ tịch Hội Nhà báo Việt Nam Thuần Mẫu; Bộ trưởng Lê Văn Mẫu.", "Hội Nhà báo Việt Nam"),
    ],
)
def test_what_stands_behind_a_body_is_not_its_name(text: str, organisation: str) -> None:
    assert recognize_text(text)[0].positions[0].organisation == organisation


def test_where_a_sentence_takes_place_is_no_part_of_a_leaders_country() -> None:
    met = "Tổng thống Nga đón Chủ tịch Trung Quốc tại Điện Bạch Dương. Chủ tịch Tập Thiên Mẫu cảm ơn."
    assert held(met)["Tập Thiên Mẫu"] == [("Chủ tịch", "Trung Quốc")]
    assert held("Đại sứ Nga tại Ấn Độ Boris Velden nói.")["Boris Velden"] == [("Đại sứ", "Nga tại Ấn Độ")]


def test_a_title_in_the_plural_before_a_comma_is_not_the_next_ones() -> None:
    found = held("Phát biểu với các nghị sĩ, Bộ trưởng Nhà ở Anh Arthur Velden cho biết.")
    assert found == {"Arthur Velden": [("Bộ trưởng", "Nhà ở Anh")]}


def test_whom_somebody_once_served_is_not_said_to_hold_office_still() -> None:
    once = "Ông Hà Văn Bằng từng là thư ký cho Bí thư Tỉnh ủy Lào Cai Lê Văn Mẫu, rồi là Chánh Văn phòng."
    still = "Ông Hà Văn Bằng đến cùng Bí thư Tỉnh ủy Lào Cai Lê Văn Mẫu."
    for text, frame in ((once, Frame.DOUBTFUL), (still, Frame.BESIDE)):
        (served,) = (one for one in recognize_text(text) if one.name == "Lê Văn Mẫu")
        assert [p.frame for p in served.positions] == [frame]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Thị trưởng Velden nói.", []),
        ("Nữ hoàng Wushu đoạt huy chương. Môn wushu đông người xem.", []),
        ("Phủ Tổng thống Velden bị bao vây.", []),
        ("Tổng thống Velden nói.", ["Velden"]),
        ("Đại sứ Nga Velden nói.", ["Velden"]),
        ("Thị trưởng Velden nói. Ông Velden cười.", ["Velden"]),
        ("Thống đốc RBV R. Velden nói.", ["R. Velden"]),
        ("Tổng thống nước Cộng hòa Dân chủ Timor-Leste Jose Velden nói.", ["Jose Velden"]),
    ],
)
def test_a_palace_a_firm_and_a_sport_are_nobody(text: str, names: list[str]) -> None:
    assert [one.name for one in recognize_text(text)] == names
