"""An office that the query names whole is found by its other forms and its holders: on a real index."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from index.officials.directory.directory import Directory
from search.request import SearchRequest
from search.results import ResultPage
from search.searcher import Searcher
from tests.search.conftest import article, build
from tratin.settings import Settings

OLD = "Ông Lò Văn Mười, Bí thư Tỉnh ủy Yên Bái, kiểm tra đê."
NEW = "Bà Ma Thị Xuân, Bí thư Tỉnh ủy Yên Bái, kiểm tra đê."
NEWS = [
    *(article(f"old-{at}", f"Đê số {at}", "", OLD, day=f"2024-03-0{at}") for at in range(1, 6)),
    article("takes", "Yên Bái có Bí thư mới", "", "Chiều nay, bà Ma Thị Xuân được bầu làm Bí thư Tỉnh ủy Yên Bái.",
            "Bà Ma Thị Xuân thay ông Lò Văn Mười, nguyên Bí thư Tỉnh ủy Yên Bái.", day="2024-05-02"),
    *(article(f"new-{at}", f"Đê số {at}", "", NEW, day=f"2024-06-0{at}") for at in range(1, 6)),
    article("named", "Bà Ma Thị Xuân thăm vùng lũ", "", "Bà Ma Thị Xuân tặng quà bà con.", day="2024-06-07"),
    article("before", "Bà Ma Thị Xuân dạy học", "", "Cô giáo Ma Thị Xuân kể chuyện bản làng.", day="2024-01-07"),
    article("scattered", "Chuyện bí thư chi đoàn", "", "Bí thư chi đoàn đi Yên Bái gặp Tỉnh ủy. " * 4),
    article("deputy", "Phó Bí thư Tỉnh ủy Yên Bái họp", "", "Phó Bí thư Tỉnh ủy Yên Bái dự họp.", day="2024-06-05"),
    article("held", "Ông Ma Văn Tám họp", "", "Ông Ma Văn Tám, Chủ tịch UBND tỉnh Sơn La, họp.", day="2024-06-01"),
    article("nobody", "Đường huyện", "", "Theo Chủ tịch UBND tỉnh Lai Châu, đường đã thông.", day="2024-06-01"),
    article("apart", "Lai Châu Lai Châu", "", "Chủ tịch hội làng họp ở UBND tỉnh rồi về Lai Châu.", day="2024-06-01"),
]  # fmt: skip


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return build(Settings(data=tmp_path_factory.mktemp("holders")), NEWS)


def ask(searcher: Searcher, text: str, *off: str) -> ResultPage:
    return searcher.search(SearchRequest(text=text, limit=50, off=frozenset(off)))


def found(page: ResultPage) -> list[str]:
    return [hit.id for hit in page.hits if not hit.missing]


def offices(page: ResultPage) -> Sequence[str]:
    return [told for chip in page.query.understood if chip.kind == "office" for told in chip.to]


@pytest.mark.parametrize("typed", ["Bí thư Tỉnh ủy Yên Bái", "bi thu yen bai", "ai là bí thư tỉnh Yên Bái"])
def test_an_article_that_names_the_holder_in_her_tenure_matches(searcher: Searcher, typed: str) -> None:
    page = ask(searcher, typed)
    assert "Bí thư Tỉnh ủy Yên Bái" in offices(page)
    assert "named" in found(page)
    assert "before" not in found(page)


def test_what_prints_the_office_or_its_holder_comes_before_its_words_scattered(searcher: Searcher) -> None:
    order = found(ask(searcher, "Bí thư Tỉnh ủy Yên Bái"))
    assert order.index("takes") < order.index("scattered")
    assert order.index("new-3") < order.index("scattered")


def test_the_chip_switches_the_office_off(searcher: Searcher) -> None:
    page = ask(searcher, "Bí thư Tỉnh ủy Yên Bái")
    (chip,) = [one for one in page.query.understood if "Bí thư Tỉnh ủy Yên Bái" in one.to]
    assert chip.off is not None
    plain = ask(searcher, "Bí thư Tỉnh ủy Yên Bái", chip.off.removeprefix("off="))
    assert "named" not in found(plain)
    assert "Bí thư Tỉnh ủy Yên Bái" not in offices(plain)


def test_a_deputy_is_no_holder(searcher: Searcher) -> None:
    assert "deputy" not in found(ask(searcher, "Bí thư Tỉnh ủy Yên Bái"))


def test_an_office_that_nobody_is_known_to_hold_is_met_as_it_is_printed_first(searcher: Searcher) -> None:
    assert found(ask(searcher, "chu tich tinh lai chau"))[0] == "nobody"


def test_other_words_of_the_query_are_conditions_still(searcher: Searcher) -> None:
    assert found(ask(searcher, "bí thư Yên Bái vùng lũ")) == ["named"]


@pytest.mark.parametrize("typed", ["Bí thư, Yên Bái", '"bí thư" Yên Bái', "bí thư chi đoàn"])
def test_words_apart_quoted_or_of_no_area_are_no_office(searcher: Searcher, typed: str) -> None:
    assert "Bí thư Tỉnh ủy Yên Bái" not in offices(ask(searcher, typed))


def test_the_directory_tells_an_office_in_words(searcher: Searcher) -> None:
    seat = searcher.directory.seat("bi thu yen bai")
    assert seat is not None
    assert (seat.called, seat.head) == ("Bí thư Tỉnh ủy Yên Bái", "bí thư")
    assert seat.forms[0] == seat.called
    until = {name: last for name, _, last in seat.holders}
    assert until.keys() == {"Lò Văn Mười", "Ma Thị Xuân"}
    assert until["Ma Thị Xuân"] is None
    assert until["Lò Văn Mười"] is not None
    assert until["Lò Văn Mười"] <= date(2024, 6, 1)
    assert searcher.directory.seat("cây cầu") is None


def test_a_form_that_the_news_prints_of_foreign_offices_as_often_names_no_office_of_this_country(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    texts = {
        "home": ["Ông Ma Văn Tám, Bộ trưởng Bộ Quốc phòng, thăm trường.", "Bộ trưởng Quốc phòng Ma Văn Tám trả lời."],
        "abroad": ["Tổng thống Pháp Paul Dupont đến. Bà Hannah Weber tuyên thệ nhậm chức Bộ trưởng Quốc phòng."] * 2,
    }
    news = [article(f"{at}-{n}", "Họp", "", one, day="2024-06-01") for at in texts for n, one in enumerate(texts[at])]
    for given, printed in ((news[:2], True), (news, False)):
        seat = build(Settings(data=tmp_path_factory.mktemp("form")), given).directory.seat("bộ trưởng quốc phòng")
        assert seat is not None
        assert seat.called == "Bộ trưởng Bộ Quốc phòng"
        assert ("Bộ trưởng Quốc phòng" in seat.forms) is printed


def test_who_left_the_office_before_all_days_is_none_of_its_holders(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    build(settings, NEWS)
    with closing(sqlite3.connect(settings.registry_path)) as registry:
        registry.execute("UPDATE membership SET until = -2147483648 WHERE official = 'lo-van-muoi'")
        registry.commit()
    directory = Directory(settings.registry_path)
    seat = directory.seat("bi thu yen bai")
    assert seat is not None
    assert [name for name, *_ in seat.holders] == ["Ma Thị Xuân"]
