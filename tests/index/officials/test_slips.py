"""Slips of the pen, captions that run on and tales of old give nobody an office. All people and places are invented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.officials.directory.directory import Directory
from index.officials.posts.areas import DISTRICT, PROVINCE, Area, named
from index.officials.posts.offices import Context, office_of, read_office
from index.officials.posts.printing import printed
from index.officials.posts.typing import meant
from index.officials.recognition.found_officials import Position
from index.officials.recognition.recognizer import recognize_text
from tests.index.officials.test_claims import days, page, told

IN_THE_CITY = Context({PROVINCE: Area("Hồ Chí Minh", PROVINCE)})


def held(directory: Directory, name: str) -> list[str]:
    return [tenure.office.name for tenure in page(directory, name).tenures if tenure.status == "current"]


def test_a_slip_that_gives_a_known_person_another_surname_makes_no_second_person(tmp_path: Path) -> None:
    lines = [(f"Phó Thủ tướng Vũ Mậu Mẫn dự lễ khánh thành cầu số {day}.", day) for day in days("2024-03", 12)]
    directory = told(tmp_path, *lines, ("Phó Thủ tướng Nguyễn Mậu Mẫn thăm bệnh viện.", "2024-03-15"))
    assert page(directory, "Vũ Mậu Mẫn").articles == 13


def test_two_deputies_who_are_named_alike_but_for_their_surnames_are_two(tmp_path: Path) -> None:
    lines = [("Phó Thủ tướng Vũ Mậu Mẫn dự lễ.", day) for day in days("2024-03", 5)]
    lines += [("Phó Thủ tướng Nguyễn Mậu Mẫn thăm bệnh viện.", day) for day in days("2024-03", 2, 20)]
    assert page(told(tmp_path, *lines), "Vũ Mậu Mẫn").articles == 5


def test_the_province_that_a_sentence_begins_with_outweighs_the_article_s(tmp_path: Path) -> None:
    text = (
        "Giám đốc Sở Y tế Cao Bằng Lò Văn Mẫu cho biết đã đủ thuốc. Phó Giám đốc Sở Y tế Cao Bằng Hà Thị Sen cũng vậy. "
        "Tại Khánh Hòa, Phó Giám đốc Sở Y tế Trần Quang Mẫn cho biết tỉnh thiếu thuốc."
    )
    assert held(told(tmp_path, (text, "2024-03-01")), "Trần Quang Mẫn") == ["Phó Giám đốc Sở Y tế Khánh Hòa"]


def test_a_city_has_no_office_of_a_province() -> None:
    assert office_of(Position("Phó Chủ tịch", "UBND tỉnh"), IN_THE_CITY).area is None
    assert office_of(Position("Phó Giám đốc", "Sở Xây dựng TP báo"), IN_THE_CITY).id == (
        "pho-giam-doc-so-xay-dung-ho-chi-minh"
    )


def test_a_province_that_is_no_more_is_not_the_town_of_its_name() -> None:
    province, town = read_office("Bí thư Tỉnh ủy Sơn Tây"), read_office("Bí thư Thị ủy Sơn Tây")
    assert (province.area, province.id) == (Area("Sơn Tây", PROVINCE), "bi-thu-cap-uy-son-tay")
    assert town.id == "bi-thu-cap-uy-son-tay-ha-noi"


def test_a_district_of_which_there_are_two_is_of_the_province_that_is_said() -> None:
    assert read_office("Trưởng Công an huyện Kỳ Sơn, tỉnh Hòa Bình").id == "truong-cong-an-cong-an-ky-son-hoa-binh"
    assert read_office("Trưởng Công an huyện Kỳ Sơn").id == "truong-cong-an-cong-an-ky-son"


@pytest.mark.parametrize(
    ("office", "complete"),
    [
        ("Trưởng phòng Tài nguyên và Môi trường", False),
        ("Trưởng phòng Kế hoạch Tổng hợp", False),
        ("Trưởng ban Thực hiện", False),
        ("Giám đốc Ban QLDA", False),
        ("Giám đốc Ban Quản lý dự án Thăng Long", True),
        ("Tư lệnh Sư đoàn", False),
        ("Tư lệnh Sư đoàn 367", True),
    ],
)
def test_an_office_s_name_says_whose_it_is(office: str, complete: bool) -> None:
    assert read_office(office).complete is complete


def test_what_a_department_does_is_no_part_of_its_name() -> None:
    run_on = read_office("Phó Cục trưởng Cục Nghệ thuật Biểu diễn tổ chức")
    assert run_on.id == read_office("Phó Cục trưởng Cục Nghệ thuật Biểu diễn").id
    assert read_office("Vụ trưởng Vụ Tổ chức").body == "vụ tổ chức"
    assert read_office("Giám đốc Cơ quan Tình báo").body == "cơ quan tình báo"


@pytest.mark.parametrize(
    ("title", "organisation", "foreign", "name"),
    [
        ("Phó Thủ tướng", "Nội vụ Malaysia", True, ("Phó Thủ tướng", "Malaysia")),
        ("Phó Thủ tướng", "Chính phủ Belarus Sêmasa", True, ("Phó Thủ tướng", "Belarus")),
        ("Tổng thống", "Cộng hòa Belarus", True, ("Tổng thống", "Cộng hòa Belarus")),
        ("Chủ tịch", "Quốc hội Ukraine", True, ("Chủ tịch", "Quốc hội Ukraine")),
        ("Trưởng Công an", "huyện Kỳ Anh Chú ý", False, ("Trưởng Công an", "huyện Kỳ Anh")),
        ("Phó Cục trưởng", "Cục Nghệ thuật Biểu diễn tổ chức", False, ("Phó Cục trưởng", "Cục Nghệ thuật Biểu diễn")),
        ("Giám đốc", "Cơ quan Tình báo Iran", True, ("Giám đốc", "Cơ quan Tình báo Iran")),
    ],
)
def test_an_office_is_printed_without_what_runs_on(
    title: str, organisation: str, foreign: bool, name: tuple[str, str]
) -> None:
    office = office_of(Position(title, organisation), foreign=foreign)
    assert printed(office, Counter({(title, organisation): 1})) == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Trợ lý giám đốc FBI Paul Nauman từ chức.", "Paul Nauman"),
        ("Ứng cử viên cho vị trí Bộ trưởng Hải quân Mỹ Philip Nauman rút lui.", "Philip Nauman"),
        ("Chánh án Tòa án Tối cao Mỹ Neil Nauman mà Tổng thống tiến cử được chú ý.", "Neil Nauman"),
        ("Năm 1957, nước này có nhiều việc. Thẩm phán Tòa án Tối cao Mỹ Charles Nauman từ chối.", "Charles Nauman"),
        ("Trước đó, tháng 8/1950, Tham mưu trưởng Hải quân Mỹ Forrest Nauman yêu cầu nghiên cứu.", "Forrest Nauman"),
    ],
)
def test_who_assists_is_put_forward_or_is_long_gone_holds_nothing(tmp_path: Path, sentence: str, name: str) -> None:
    assert held(told(tmp_path, (sentence, "2017-05-10")), name) == []


def test_a_year_of_yesterday_is_no_history(tmp_path: Path) -> None:
    text = "Năm 2012, nước này có nhiều việc. Chánh án Tòa án Tối cao Mỹ Charles Nauman từ chối trả lời."
    assert held(told(tmp_path, (text, "2017-05-10")), "Charles Nauman") == ["Chánh án Tòa án Tối cao Mỹ"]


def test_who_is_named_behind_his_wife_holds_it(tmp_path: Path) -> None:
    text = "Phu nhân Tổng thống Mỹ Donald Nauman đến Hà Nội."
    assert held(told(tmp_path, (text, "2017-05-10")), "Donald Nauman") == ["Tổng thống Mỹ"]


def test_what_one_was_when_one_was_still_something_is_past(tmp_path: Path) -> None:
    text = "Khi ông Lò Kim Mẫu còn làm lãnh đạo tỉnh Hà Giang, ở vị trí Phó Chủ tịch UBND tỉnh Hà Giang, đã có dự án."
    (deputy,) = page(told(tmp_path, (text, "2017-05-10"), (text, "2017-05-11")), "Lò Kim Mẫu").tenures
    assert deputy.status == "former"


def test_who_was_something_else_then_and_is_something_now_holds_it(tmp_path: Path) -> None:
    text = "Khi ông Lò Kim Mẫu còn làm giáo viên, ông nay là Chủ tịch UBND tỉnh Hà Giang Lò Kim Mẫu đã viết sách."
    assert held(told(tmp_path, (text, "2017-05-10")), "Lò Kim Mẫu") == ["Chủ tịch UBND tỉnh Hà Giang"]


def test_an_office_told_of_years_ago_is_not_known_to_be_held(tmp_path: Path) -> None:
    old = "Ngày 7-12-2012, ông Lò Kim Mẫu, Phó Giám đốc Sở Xây dựng Hà Giang, đã ký giấy phép."
    (tenure,) = page(told(tmp_path, (old, "2017-05-10")), "Lò Kim Mẫu").tenures
    assert (tenure.status, tenure.reason) == ("unknown", "silent")


def test_an_office_taken_over_years_ago_is_borne_out_by_no_such_sentence(tmp_path: Path) -> None:
    took = "Từ tháng 2/2009, ông Lò Kim Mẫu được điều chuyển giữ chức vụ Phó Vụ trưởng Vụ Ngân sách, Bộ Tài chính."
    assert held(told(tmp_path, (took, "2017-05-10")), "Lò Kim Mẫu") == []
    till_now = took.replace("Từ tháng 2/2009", "Từ tháng 2/2009 đến nay")
    assert held(told(tmp_path / "now", (till_now, "2017-05-10")), "Lò Kim Mẫu") != []


@pytest.mark.parametrize(
    ("told_of", "holds"),
    [
        ("từ 3/2015 đến 3/2016", False),
        ("từ ngày 1/3/2015 đến ngày 5/3/2016", False),
        ("giai đoạn 2010 - 2014", False),
        ("nhiệm kỳ 2010–2015", False),
        ("(2010 – 2014)", False),
        ("trước khi bị bắt", False),
        ("từ tháng 3/2015 đến nay", True),
        ("nhiệm kỳ 2011 – 2016", True),  # the article is of April 2016: it may end in December
        ("từ 3/2015 đến 4/2016", True),
        ("từ 3/2015 đến 9/2020", True),
    ],
)
def test_an_office_held_from_then_to_then_is_held_till_then(tmp_path: Path, told_of: str, holds: bool) -> None:
    line = f"Ông Lò Chí Mẫn giữ chức Giám đốc Sở Y tế tỉnh Lào Cai {told_of}."
    directory = told(tmp_path, *[(line, day) for day in days("2016-04", 3)])
    assert held(directory, "Lò Chí Mẫn") == (["Giám đốc Sở Y tế tỉnh Lào Cai"] if holds else [])


def test_a_surname_with_a_middle_name_holds_nothing(tmp_path: Path) -> None:
    text = "Giám đốc Sở Y tế Hà Giang Phạm Văn cho biết. Giám đốc Sở Xây dựng Hà Giang Lò Kim cho biết."
    directory = told(tmp_path, (text, "2017-05-10"))
    assert held(directory, "Phạm Văn") == []
    assert held(directory, "Lò Kim") == ["Giám đốc Sở Xây dựng Hà Giang"]


def test_our_premier_stays_ours_in_an_article_about_another_country(tmp_path: Path) -> None:
    lines = [("Thủ tướng Mẫu Xuân Bách dự lễ khánh thành cầu ở Hà Giang.", day) for day in days("2017-03", 12)]
    abroad = (
        "Nhân dịp bà Theresa Nauman được bầu làm Thủ tướng Vương quốc Anh, Thủ tướng Mẫu Xuân Bách đã gửi điện mừng. "
        "Ông Boris Nauman được tái bổ nhiệm làm Bộ trưởng Bộ Ngoại giao Vương quốc Anh."
    )
    assert {official.name: official.foreign for official in recognize_text(abroad)}["Mẫu Xuân Bách"]
    directory = told(tmp_path, *lines, (abroad, "2017-03-20"))
    assert [note.articles for note in directory.find("Mẫu Xuân Bách")] == [13]
    assert held(directory, "Mẫu Xuân Bách") == ["Thủ tướng"]


def test_another_country_named_before_the_office_makes_the_article_s_doubtful(tmp_path: Path) -> None:
    text = (
        "Tổng thống Philippines Rodrigo Nauman và Ngoại trưởng Philippines Alan Nauman có mặt. Đứng đầu phái đoàn "
        "Trung Quốc là Thứ trưởng Ngoại giao Lưu Chấn Mẫu."
    )
    directory = told(tmp_path, (text, "2017-05-10"))
    assert not any("Philippines" in tenure.office.name for tenure in page(directory, "Lưu Chấn Mẫu").tenures)


def test_whom_several_call_former_left_when_others_named_a_successor(tmp_path: Path) -> None:
    head = "Cục trưởng Cục Nghệ thuật Biểu diễn"
    lines = [(f"{head} Lò Kim Mẫu trả lời báo chí.", day) for day in days("2017-05", 4)]
    lines += [(f"Ông Lò Kim Mẫu thôi giữ chức {head}.", day) for day in days("2017-05", 2, 20)]
    lines += [(f"{head} Hà Thị Sen nhận việc.", day) for day in days("2017-05", 2, 22)]
    lines += [(f"Vụ việc của {head} Lò Kim Mẫu vẫn được nhắc.", day) for day in days("2017-06", 4)]
    directory = told(tmp_path, *lines)
    assert held(directory, "Lò Kim Mẫu") == []
    assert held(directory, "Hà Thị Sen") == [head]
    one_says_so = told(tmp_path / "one", *lines[:5], *lines[6:])
    assert page(one_says_so, "Lò Kim Mẫu").tenures[0].reason != "successor"


@pytest.mark.parametrize(
    ("typed", "office"),
    [
        ("Đại sứ Việt Nam tại Mỹ", "dai-su-viet-nam-tai-my"),
        ("Đại sứ Mỹ tại Việt Nam", "dai-su-my-tai-viet-nam"),
        ("Đại sứ Mỹ", "dai-su-my"),
    ],
)
def test_an_envoy_of_viet_nam_is_asked_for_as_any_other(typed: str, office: str) -> None:
    assert [found.id for found in meant(typed)] == [office]


def test_a_country_that_the_sentence_leaves_to_the_text_bears_out_nothing_alone(tmp_path: Path) -> None:
    text = (
        "Tổng thống Nga Vladimir Nauman và Ngoại trưởng Nga Sergei Nauman có mặt. Người phát ngôn Bộ Y tế Anwar Nauman "
        "đưa ra con số thương vong."
    )
    assert held(told(tmp_path, (text, "2017-05-10")), "Anwar Nauman") == []
    there = text.replace("đưa ra", "ở Nga đưa ra")
    assert held(told(tmp_path / "there", (there, "2017-05-10")), "Anwar Nauman") == ["Người phát ngôn Bộ Y tế (Nga)"]


def test_a_monarch_of_a_republic_is_of_old() -> None:
    assert office_of(Position("Nữ hoàng", "Ai Cập"), foreign=True).gone
    assert not office_of(Position("Nữ hoàng", "Anh"), foreign=True).gone
    assert not office_of(Position("Thủ tướng", "Ai Cập"), foreign=True).gone


def test_a_district_is_known_again_by_the_kind_it_is_printed_with() -> None:
    for area in (Area("Tân Phú", DISTRICT, "Hồ Chí Minh"), Area("Quận 1", DISTRICT, "Hồ Chí Minh")):
        assert named(area.printed) == area


def test_a_word_that_a_caption_adds_to_a_name_is_no_other_name(tmp_path: Path) -> None:
    lines = [("Chủ tịch UBND tỉnh Hà Giang Lò Kim Mẫu dự lễ.", day) for day in days("2024-03", 5)]
    lines += [("Ảnh: Chủ tịch UBND tỉnh Hà Giang Lò Kim Mẫu Quang thăm xã.", "2024-03-07")]
    lines += [("Chủ tịch UBND tỉnh Hà Giang Lò Kim Mậu dự họp.", "2024-03-08")]
    chair = page(told(tmp_path, *lines), "Lò Kim Mẫu")
    assert (chair.articles, chair.aliases) == (7, ("Lò Kim Mậu",))


def test_an_officer_is_found_by_rank_given_name_and_work(tmp_path: Path) -> None:
    directory = told(tmp_path, ("Thượng tướng Lò Chí Mẫn, Thứ trưởng Bộ Quốc phòng, dự lễ.", "2024-03-01"))
    assert [note.name for note in directory.find("tướng Mẫn quốc phòng")] == ["Lò Chí Mẫn"]


@pytest.mark.parametrize(
    "typed", ["Chủ tịch UBND huyện Cao Lãnh", "chu tich ubnd huyen cao lanh", "Bí thư Huyện ủy Cao Lãnh"]
)
def test_the_town_of_a_name_does_not_answer_for_the_district_of_that_name(tmp_path: Path, typed: str) -> None:
    text = "Chủ tịch UBND TP Cao Lãnh Lò Kim Mẫu và Bí thư Thành ủy Cao Lãnh Hà Thị Sen dự lễ."
    directory = told(tmp_path, (text, "2024-03-01"))
    assert directory.asked(typed).offices == ()
    assert len(directory.asked("Chủ tịch UBND TP Cao Lãnh").offices) == 1
    assert len(directory.asked("bi thu thanh uy cao lanh").offices) == 1


def test_who_once_led_a_body_and_is_called_its_former_head_is_not_its_deputy(tmp_path: Path) -> None:
    deputy = [("Trong ảnh, Phó Thủ tướng Lò Chí Mẫn đi thăm bản.", day) for day in days("2024-03", 5)]
    past = [("Theo lời nguyên Thủ tướng Lò Chí Mẫn, sách rất cần.", day) for day in days("2024-04", 2)]
    assert held(told(tmp_path, *deputy, *past), "Lò Chí Mẫn") == []
    assert held(told(tmp_path / "once", *deputy, *past[:1]), "Lò Chí Mẫn") == ["Phó Thủ tướng"]


def test_who_was_called_former_once_and_in_office_once_afterwards_is_former(tmp_path: Path) -> None:
    before = ("Nguyên Phó Thủ tướng Lò Chí Mẫn kể lại.", "2024-03-01")
    after = ("Khi ấy đoàn đã cùng Phó Thủ tướng Lò Chí Mẫn đi thăm bản.", "2024-03-03")
    assert held(told(tmp_path, before, after), "Lò Chí Mẫn") == []
    assert held(told(tmp_path / "new", after), "Lò Chí Mẫn") == ["Phó Thủ tướng"]
