"""The front page: everything on it comes from what is held, and holds."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from crawler.article import Article
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings
from web.app import create_app
from web.backend import WebSettings


def front(client: FlaskClient, address: str = "/") -> BeautifulSoup:
    return BeautifulSoup(client.get(address).text, "lxml")


def test_three_examples_of_different_kinds_find_something_here(whole: FlaskClient) -> None:
    examples = front(whole).select(".examples li")
    assert len(examples) == 3
    assert len({one.select_one(".quiet").text.partition(" ·")[0] for one in examples}) == 3
    for one in examples:
        found = BeautifulSoup(whole.get(one.a["href"]).text, "lxml")
        assert found.select_one("#count").text.split()[0] in one.text.split()
        assert found.select_one(".hits h2")


def test_who_is_in_the_news_stands_with_office_count_and_newest_article(whole: FlaskClient) -> None:
    page = front(whole)
    people = page.select(".people li")
    names = [one.select_one(".person").text for one in people]
    assert {"Lê Văn Sao", "Trần Thị Mai"} <= set(names)
    for one in people:
        assert one.select_one(".office").text
        counted = BeautifulSoup(whole.get(one.select_one("a.n")["href"]).text, "lxml")
        assert counted.select_one("#count").text.split()[0] == one.select_one("a.n").text.split()[0]
        assert whole.get(one.select_one(".newest a")["href"]).status_code == 200


def test_every_link_of_the_front_page_leads_somewhere_in_both_languages(whole: FlaskClient) -> None:
    for address in ("/", "/?lang=en"):
        for link in front(whole, address).select("main a"):
            assert whole.get(link["href"]).status_code == 200, link


def test_edits_are_shown_and_what_was_withdrawn_is_not_named(whole: FlaskClient) -> None:
    edited = front(whole).select_one("[aria-labelledby=edited]")
    assert edited.select_one("a[href^='/article/baomau-2/diff']")
    assert "được rút" in edited.text
    assert "baomau-9" not in str(edited)
    assert "đợt 9" not in edited.text


def test_the_front_page_is_made_once_a_state(client: FlaskClient) -> None:
    searcher = client.application.extensions["tratin"].searcher
    client.get("/")
    asked = len(searcher.asked)
    client.get("/")
    client.get("/?lang=en")
    assert len(searcher.asked) == asked


def test_all_articles_stand_behind_an_order_and_json_gives_them(whole: FlaskClient) -> None:
    assert front(whole, "/?sort=newest").select_one(".hits h2")
    assert not front(whole).select_one(".hits")
    listed = whole.get("/", headers={"Accept": "application/json"}).json
    assert listed["total"] == 59


def test_people_and_topics_are_those_of_news_in_which_an_authority_acts(tmp_path: Path) -> None:
    """Many newer stories of crime, one older decision: the decision's people and topics stand at the front."""
    settings = Settings(tmp_path)
    crime = "Công an huyện Mường Then bắt giữ Vừ A Sáu vì trộm trâu. Trung tá Lò Văn Bắt, Trưởng Công an huyện, có mặt."
    decided = "Chiều 3/3, Bộ trưởng Bộ Y tế Cầm Thị Sương yêu cầu các trạm xá đủ thuốc, đủ bác sĩ cho bệnh nhân."
    with Store(settings.store_path) as store:
        for number, told in enumerate([decided, *[crime] * 9]):
            store.keep(
                Article(
                    id=f"b-{number}",
                    title="Bộ Y tế họp về thuốc" if told is decided else f"Bắt kẻ trộm trâu, vụ {number}",
                    paragraphs=(told, f"Tin số {number}."),
                    published=f"2024-03-0{3 if told is decided else 5}T08:00:00+07:00",
                    fetched="2024-03-09T08:00:00+07:00",
                )
            )
        store.commit()
    reindex(settings, full=True, jobs=1, progress=lambda step, done, total: None)
    with StoreReader(settings.store_path) as store:
        client = create_app(open_searcher(settings), store, WebSettings(), lambda which, version: None).test_client()
        page = front(client)
        cases = BeautifulSoup(client.get("/?authority=vu-an").text, "lxml")
        assert len(cases.select(".hits h2"))
        assert [one.text for one in page.select(".people .person")] == ["Cầm Thị Sương"]
        assert "trộm" not in page.select_one("main").text
        for counted in page.select(".people a.n, .ledger .n a"):
            there = BeautifulSoup(client.get(counted["href"]).text, "lxml")
            assert there.select_one("#count").text.split()[0] == counted.text.split()[0]
            assert "trộm" not in there.select_one(".hits").text
