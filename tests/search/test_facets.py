"""Facets: what is declared once is counted, filtered, asked for by its field, and held by cursors."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from index.facets import FACETS
from search.errors import BadRequest
from search.request import Filter, SearchRequest, filters
from search.results import COUNT_TYPES
from search.searcher import Searcher
from tests.search.conftest import NEWS, article, build
from tratin.cli.main import cli
from tratin.settings import Settings


def ids(searcher: Searcher, text: str = "", *asked: Filter) -> set[str]:
    return {hit.id for hit in searcher.search(SearchRequest(text, asked)).hits if not hit.missing}


def test_sections_are_counted_over_all_matches(searcher: Searcher) -> None:
    counted = searcher.search(SearchRequest("Bến Lội")).facets.sections
    assert {one.section: one.count for one in counted} == {"Thời sự": 2, "Xây dựng - Giao thông": 1}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["Thời sự"], {"wire-1", "wire-2"}),
        (["Thời sự", "Xây dựng - Giao thông"], {"wire-1", "wire-2", "deputy"}),
        (["-Thời sự"], {one.id for one in NEWS} - {"wire-1", "wire-2"}),
        (["Giao thông"], set()),
    ],
)
def test_any_of_several_sections_may_hold_and_a_sign_excludes(
    searcher: Searcher, typed: list[str], found: set[str]
) -> None:
    hits = searcher.matches(SearchRequest(filters=filters("section", typed)))
    assert {hit.id for hit in hits} == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("chuyên mục:thời sự", {"wire-1", "wire-2"}),
        ("section:giao thong", {"deputy"}),
        ('tác giả:"Hồng Hạc"', {"deputy"}),
        ('author:"Lò Thị Mây"', {"deputy"}),
        ("author:hong hac", {"deputy"}),
        ('tác giả:"Hóng Hạc"', set()),
        ('tác giả:"Hồng Hạ"', set()),
        ('tác giả:"thông tấn xã" cầu', {"wire-1"}),
        ("Bến Lội -author:theo", {"wire-2", "deputy", "undated"}),
    ],
)
def test_a_field_names_a_printed_value_by_its_words(searcher: Searcher, query: str, found: set[str]) -> None:
    # An author nobody has is no article's, and is not looked for in the texts instead.
    assert {hit.id for hit in searcher.matches(SearchRequest(query))} == found


@pytest.mark.parametrize("facet", [facet.name for facet in FACETS])
def test_a_cursor_holds_every_filter(searcher: Searcher, facet: str) -> None:
    cursor = searcher.search(SearchRequest(limit=1)).next
    assert searcher.search(SearchRequest(limit=1, cursor=cursor)).hits
    with pytest.raises(BadRequest):
        searcher.search(SearchRequest(limit=1, cursor=cursor, filters=(Filter(facet, "x", excluded=True),)))


def test_a_range_that_the_query_names_is_held_by_its_cursor(searcher: Searcher) -> None:
    asked = SearchRequest("cầu từ 2024-01-01 đến 2025-12-31", limit=1)
    first = searcher.search(asked)
    second = searcher.search(SearchRequest(asked.text, limit=1, cursor=first.next))
    assert second.hits
    assert second.hits[0].id != first.hits[0].id


def test_every_counted_facet_has_a_type_of_its_own() -> None:
    assert len(set(COUNT_TYPES.values())) == len(COUNT_TYPES)


def test_the_command_line_has_an_option_for_every_facet(searcher: Searcher, installation: Settings) -> None:
    asked = ["--data", str(installation.data), "search", "--section", "Thời sự", "--author", "-Ai", "--json"]
    told = CliRunner().invoke(cli, asked)
    assert {hit["id"] for hit in json.loads(told.stdout)["hits"]} == ids(searcher, "", Filter("section", "Thời sự"))


def test_articles_are_told_apart_by_whose_office_holders_they_name(fresh: Settings) -> None:
    home = article("home", "Cầu mới", "Chủ tịch UBND tỉnh Yên Bái Lò Văn Mười đi kiểm tra.")
    both = article("both", "Cầu bạn", "Bộ trưởng Bộ Y tế Lò Thị Gió tiếp Thủ tướng Lào Somsak Naumala.")
    abroad = article("abroad", "Cầu xa", "Thủ tướng Lào Somsak Naumala phát biểu.")
    nobody = article("nobody", "Cầu vắng", "Không ai đến.")
    opened = build(fresh, [home, both, abroad, nobody])
    counted = opened.search(SearchRequest("cầu")).facets.countries
    assert {one.country: one.count for one in counted} == {"viet-nam": 2, "nuoc-ngoai": 2}
    assert ids(opened, "", Filter("country", "viet-nam")) == {"home", "both"}
    assert ids(opened, "", Filter("country", "nuoc-ngoai", excluded=True)) == {"home", "nobody"}
    assert ids(opened, 'nước:"nước ngoài"') == {"both", "abroad"}
    assert ids(opened, "country:vn") == {"home", "both"}


@pytest.fixture(scope="module")
def in_office(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    chair = "Chủ tịch UBND tỉnh Yên Bái"
    articles = [
        article("chair", "Cầu", f"{chair} Lò Văn Mười đi kiểm tra.", day="2024-03-01"),
        article("chair-2", "Cầu", f"{chair} Lò Văn Mười chỉ đạo.", day="2024-03-02"),
        article("deputy", "Cầu", "Phó Chủ tịch UBND tỉnh Yên Bái Ma Thị Xuân nói.", day="2024-03-03"),
        article("seat", "Cầu", "Đại biểu Quốc hội tỉnh Yên Bái Lò Văn Mười tiếp dân.", day="2024-03-04"),
        article("bare", "Cầu", f"{chair} yêu cầu làm gấp.", day="2024-03-05"),
        article("other", "Cầu", "Chủ tịch UBND tỉnh Hà Giang Giàng Thị Mười nói.", day="2024-03-06"),
    ]
    return build(Settings(data=tmp_path_factory.mktemp("offices")), articles)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('quan chức:"Chủ tịch UBND tỉnh Yên Bái"', {"chair", "chair-2", "seat"}),
        ('official:"chu tich ubnd tinh yen bai"', {"chair", "chair-2", "seat"}),
        ('quan chức:"Phó Chủ tịch tỉnh Yên Bái"', {"deputy"}),
        ('quan chức:"ông Mười Yên Bái"', {"chair", "chair-2", "seat"}),
        ('chức vụ:"Chủ tịch UBND tỉnh Yên Bái"', {"chair", "chair-2", "seat", "bare"}),
        ('kiểm tra chức vụ:"Chủ tịch UBND tỉnh Yên Bái"', {"chair"}),
        ('cầu -chức vụ:"Chủ tịch UBND tỉnh Yên Bái"', {"deputy", "other"}),
        ('chức vụ:"Chủ tịch UBND tỉnh Lam Khê"', set()),
    ],
)
def test_an_office_in_a_field_means_those_who_hold_that_office(
    in_office: Searcher, query: str, found: set[str]
) -> None:
    assert {hit.id for hit in in_office.matches(SearchRequest(query))} == found
