"""Who said what, found from a real index: filters, words, pages, and what becomes of it when the text changes."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crawler.article import Article
from crawler.store.writing import Store
from index.officials.registry.verifying import prove_registry
from search.request import Filter, SearchRequest
from search.searcher import Searcher
from search.statements import COLUMNS, StatementPage, every, row
from tests.search.conftest import build
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings


def _article(id: str, title: str, *body: str, day: str) -> Article:
    return Article(id=id, title=title, paragraphs=body, published=day, source="baolamkhe.example")


NEWS = [
    _article(
        "cau",
        "Cầu Bến Lội sắp thông xe",
        "Bí thư Tỉnh ủy Lò Văn Mười cho biết cầu Bến Lội thông xe trong tháng tám. Dân vui.",
        "Ông Mười nhấn mạnh phải giữ rừng đầu nguồn.",
        day="2024-03-05",
    ),
    _article(
        "rung",
        "Giữ rừng ở Mường Sa",
        "Chủ tịch UBND tỉnh Cầm Thị Sương yêu cầu các huyện giữ rừng.",
        "Bí thư Tỉnh ủy Lò Văn Mười cùng dự. Rừng còn xanh.",
        day="2024-05-20",
    ),
    _article("cho", "Chợ phiên Nậm Xăng", "Chợ đông từ sáng sớm.", day="2024-06-01"),
]
MUOI = (Filter("said", "lo-van-muoi"),)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest.fixture
def searcher(settings: Settings) -> Searcher:
    return build(settings, NEWS)


def said(page: StatementPage) -> list[tuple[str, str, str]]:
    return [(one.official.id, one.way, one.article) for one in page.statements]


def ask(searcher: Searcher, **asked: object) -> StatementPage:
    return searcher.statements(replace(SearchRequest(sort="newest"), **asked))


def test_statements_stand_with_their_speaker_the_newest_article_first(searcher: Searcher) -> None:
    assert said(ask(searcher)) == [
        ("cam-thi-suong", "yêu cầu", "rung"),
        ("lo-van-muoi", "cho biết", "cau"),
        ("lo-van-muoi", "nhấn mạnh", "cau"),
    ]


def test_a_statement_is_a_printed_sentence_at_its_offsets(searcher: Searcher) -> None:
    first = ask(searcher, filters=MUOI).statements[0]
    assert first.text == "Bí thư Tỉnh ủy Lò Văn Mười cho biết cầu Bến Lội thông xe trong tháng tám."
    assert NEWS[0].text[first.start : first.end] == first.text
    assert (first.official.name, first.published, first.direct) == ("Lò Văn Mười", "2024-03-05", False)


def test_words_must_stand_in_the_sentence_itself(searcher: Searcher) -> None:
    assert said(ask(searcher, text="giữ rừng")) == [
        ("cam-thi-suong", "yêu cầu", "rung"),
        ("lo-van-muoi", "nhấn mạnh", "cau"),
    ]
    assert said(ask(searcher, text="giữ rừng", filters=MUOI)) == [("lo-van-muoi", "nhấn mạnh", "cau")]
    assert said(ask(searcher, text="chợ")) == []


def test_days_are_those_of_the_article(searcher: Searcher) -> None:
    assert [one.article for one in ask(searcher, since=date(2024, 4, 1)).statements] == ["rung"]


def test_pages_go_on_within_an_article_and_give_every_statement_once(searcher: Searcher) -> None:
    pages = [ask(searcher, limit=1)]
    while pages[-1].next:
        pages.append(ask(searcher, limit=1, cursor=pages[-1].next))
    assert [one for page in pages for one in said(page)] == said(ask(searcher))
    assert list(every(searcher.statements, SearchRequest(sort="newest"))) == list(ask(searcher).statements)


def test_a_row_has_what_the_columns_say(searcher: Searcher) -> None:
    told = dict(zip(COLUMNS, row(ask(searcher).statements[0]), strict=True))
    assert (told["official"], told["article"], told["way"], told["direct"]) == ("cam-thi-suong", "rung", "yêu cầu", "0")


def test_a_query_finds_the_articles_in_which_somebody_says_something(searcher: Searcher) -> None:
    def found(text: str) -> list[str]:
        return sorted(hit.id for hit in searcher.search(SearchRequest(text=text)).hits if not hit.missing)

    assert found('nói:"Lò Văn Mười"') == ["cau"]
    assert found('said:"Lò Văn Mười" cầu') == ["cau"]
    assert found('nói:"Cầm Thị Sương"') == ["rung"]
    assert found("chính quyền:có") == ["cau", "rung"]


def test_a_withdrawn_article_takes_its_statements_along(searcher: Searcher, settings: Settings) -> None:
    with Store(settings.store_path) as store:
        store.withdraw("cau", "tòa soạn yêu cầu")
        store.commit()
    assert said(open_searcher(settings).statements(SearchRequest(sort="newest"))) == [
        ("cam-thi-suong", "yêu cầu", "rung")
    ]


def test_another_text_has_other_statements(searcher: Searcher, settings: Settings) -> None:
    other = replace(NEWS[0], paragraphs=("Bí thư Tỉnh ủy Lò Văn Mười dự lễ thông xe.",))
    with Store(settings.store_path) as store:
        store.keep(other)
        store.commit()
    reindex(settings, full=False, jobs=1, progress=lambda step, done, total: None)
    assert said(open_searcher(settings).statements(SearchRequest(sort="newest", filters=MUOI))) == []


def test_verify_proves_statements_against_the_text(searcher: Searcher, settings: Settings) -> None:
    assert list(prove_registry(settings.registry_path, NEWS)) == []
    with sqlite3.connect(settings.registry_path) as db:
        db.execute("UPDATE said SET start = start + 40, stop = stop + 40 WHERE way = 'cho biết'")
    (fault,) = prove_registry(settings.registry_path, NEWS)
    assert "cau" in str(fault)


def test_statements_are_counted_with_their_place_and_their_speakers(searcher: Searcher) -> None:
    first = searcher.statements(SearchRequest(sort="newest", limit=2), counted=True)
    assert (first.first, first.total) == (1, 3)
    second = searcher.statements(SearchRequest(sort="newest", limit=2, cursor=first.next), counted=True)
    assert (second.first, second.total, len(second.statements)) == (3, 3, 1)
    assert {(one.id, one.count) for one in first.speakers} == {("lo-van-muoi", 1), ("cam-thi-suong", 1)}
    assert searcher.statements(SearchRequest(sort="newest")).total is None  # nobody asked


@pytest.mark.parametrize(
    ("text", "filters", "since", "until"),
    [
        ("", (), None, None),
        ("", MUOI, None, None),
        ("", (), date(2024, 5, 20), None),
        ("", (), None, date(2024, 3, 5)),
        ("rừng", (), None, None),
        ("rừng", MUOI, None, None),
        ("chợ", (), None, None),
        ("", (Filter("topic", "giao-thong-ha-tang"),), None, None),
    ],
)
def test_the_total_is_how_many_there_are(
    searcher: Searcher, text: str, filters: tuple[Filter, ...], since: date | None, until: date | None
) -> None:
    request = SearchRequest(text=text, filters=filters, since=since, until=until, sort="newest")
    assert searcher.statements(request, counted=True).total == len([*every(searcher.statements, request)])


def test_the_speakers_are_those_of_all_articles_whoever_is_asked_for(searcher: Searcher) -> None:
    alone = searcher.statements(SearchRequest(sort="newest", filters=MUOI), counted=True)
    assert {one.id for one in alone.speakers} == {"lo-van-muoi", "cam-thi-suong"}
    assert {one.official.id for one in alone.statements} == {"lo-van-muoi"}


def test_statements_come_oldest_first_when_asked(searcher: Searcher) -> None:
    newest = said(searcher.statements(SearchRequest(sort="newest")))
    oldest = said(searcher.statements(SearchRequest(sort="oldest")))
    assert [article for *_, article in newest] == ["rung", "cau", "cau"]
    assert [article for *_, article in oldest] == ["cau", "cau", "rung"]
