"""Whether an authority speaks or acts in an article. All people and places are invented."""

from __future__ import annotations

import pytest

from index.authority import deeds, values
from index.document import IndexedOfficial, Statement

LAW = ("phap-luat-noi-chinh",)
SECRETARY = IndexedOfficial("lo", "Lò Văn Mười", "Bí thư", "Tỉnh ủy", False, (Statement(0, 20, "cho biết", False),))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("UBND tỉnh Lâm Khê vừa ban hành kế hoạch chống hạn.", "act"),
        ("Sở GTVT TP. Vân Trạch đã đồng ý làm cầu.", "act"),
        ("Chủ tịch UBND huyện Mường Sa yêu cầu di dời dân.", "act"),
        ("Thực hiện Quyết định số 12/QĐ-UBND, trường mở cửa.", "paper"),
    ],
)
def test_an_authority_that_acts_is_found_with_the_words_that_say_so(text: str, kind: str) -> None:
    (deed,) = deeds(text, (), ())
    assert deed.kind == kind
    assert text[deed.start : deed.end] in text
    assert values(text, (), ()) == ("co",)


def test_an_official_who_speaks_makes_it_news_of_an_authority_but_not_one_from_abroad() -> None:
    text = "Ông Lò Văn Mười cho biết chợ vắng."
    assert values(text, (), (SECRETARY,)) == ("co",)
    abroad = IndexedOfficial("x", "Lò Văn Mười", "Bí thư", None, True, SECRETARY.said)
    assert values(text, (), (abroad,)) == ()


def test_police_and_courts_at_work_on_a_case_are_a_kind_of_their_own() -> None:
    text = "Công an huyện Mường Sa đã bắt giữ nghi phạm trộm trâu."
    assert values(text, LAW, ()) == ("vu-an",)
    assert values(text, ("giao-thong-ha-tang",), ()) == ("vu-an",)
    assert values("Công an huyện Mường Sa tặng quà.", ("giao-thong-ha-tang",), ()) == ("co",)
    assert values(text + " UBND huyện vừa họp về việc này.", LAW, ()) == ("co",)


@pytest.mark.parametrize(
    "text",
    [
        "Đội bóng Mường Sa thắng ba không.",
        "Bộ Quốc phòng Mỹ vừa công bố ngân sách.",
        "Ca sĩ kể chuyện ở sở làm của mình.",
        "x " * 600 + "Sở Y tế cho biết.",
        "Từ lãnh đạo đến nhân viên đều vui.",
    ],
)
def test_other_news_carries_no_value(text: str) -> None:
    assert values(text, (), ()) == ()


def test_a_foreign_scene_needs_an_official_of_this_country_who_speaks() -> None:
    text = "Chính phủ vừa công bố ngân sách."
    assert values(text, ("quoc-te",), ()) == ()
    assert values(text, ("quoc-te",), (SECRETARY,)) == ("co",)


@pytest.mark.parametrize("start", [0, 990, 1_100])
def test_the_value_is_what_the_deeds_say(start: int) -> None:
    for tail in ("Sở Y tế cho biết. ", "Sở Y tế cho biết. UBND huyện họp. ", "Công an huyện bắt giữ nghi phạm. "):
        text = "x " * (start // 2) + tail
        for topics in ((), LAW):
            kinds = {deed.kind for deed in deeds(text, topics, ())}
            assert values(text, topics, ()) == ((("vu-an",) if kinds == {"case"} else ("co",)) if kinds else ())
