"""Who said what, as pages, tables and JSON; and the reason why an article is news of an authority."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

SENTENCE = "Bộ trưởng Bộ Y tế Trần Thị Mai cho biết trạm y tế mới sẽ trực cả ngày nghỉ."


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def test_a_page_of_statements_names_speakers_and_their_articles(client: FlaskClient) -> None:
    first = soup(client, "/statements").select_one(".evidence li")
    assert first.q.text == SENTENCE
    assert [link["href"].split("?")[0].rsplit("/", 1)[0] for link in first.select("a")] == ["/official", "/article"]


def test_the_page_of_one_speaker_keeps_to_that_one_and_goes_on(client: FlaskClient) -> None:
    page = soup(client, "/statements?official=tran-thi-mai")
    assert page.h1.text.endswith("Trần Thị Mai")
    older = soup(client, page.select_one("a[rel=next]")["href"])
    assert older.select_one(".evidence q")
    assert not soup(client, "/statements?official=le-van-sao").select(".evidence q")


def test_nobody_is_nobody_s_speaker(client: FlaskClient) -> None:
    assert client.get("/statements?official=khong-ai").status_code == 404
    assert client.get("/api/v1/statements?official=khong-ai").status_code == 404


def test_an_official_s_page_shows_the_latest_words_and_the_way_to_all(client: FlaskClient) -> None:
    section = soup(client, "/official/tran-thi-mai").select_one("section[aria-labelledby=said]")
    assert section.q.text == SENTENCE
    assert section.select_one(".pager a")["href"].startswith("/statements?official=tran-thi-mai")
    assert not soup(client, "/official/le-van-sao").select("section[aria-labelledby=said]")


def test_the_api_pages_with_a_cursor_and_a_link_header(client: FlaskClient) -> None:
    answer = client.get("/api/v1/statements?official=tran-thi-mai&limit=5")
    assert len(answer.json["statements"]) == 5
    assert answer.headers["Link"].endswith('rel="next"')
    again = client.get(f"/api/v1/statements?official=tran-thi-mai&limit=5&cursor={answer.json['next']}")
    assert {one["article"] for one in again.json["statements"]}.isdisjoint(
        one["article"] for one in answer.json["statements"]
    )
    one = answer.json["statements"][0]
    assert (one["text"], one["way"], one["direct"], one["official"]["id"]) == (
        SENTENCE,
        "cho biết",
        False,
        "tran-thi-mai",
    )


@pytest.mark.parametrize("asked", ["official=tran-thi-mai", "topic=y-te&from=2020-01-01&to=2030-01-01"])
def test_a_table_has_a_row_a_statement(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/statements.csv?{asked}")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows
    assert {row["text"] for row in rows} == {SENTENCE}


def test_an_article_says_why_it_is_news_of_an_authority(client: FlaskClient) -> None:
    reason = soup(client, "/article/baomau-3").select_one("#authority li")
    assert reason.text == "Phát biểu: Bộ trưởng Bộ Y tế Trần Thị Mai cho biết"


def test_the_facet_is_worded_in_the_reader_s_language(client: FlaskClient) -> None:
    assert "Chính quyền phát biểu, hành động" in client.get("/?q=cầu").text
    assert "An authority speaks or acts" in client.get("/?q=cầu&lang=en").text
    assert "Of other countries" in client.get("/?q=cầu&country=nuoc-ngoai&lang=en").text
    assert "Của Việt Nam" in client.get("/?q=cầu").text
    assert "Vụ án (công an, tòa án)" in client.get("/?q=cầu&authority=vu-an").text


def test_a_page_of_statements_says_how_many_and_who_and_turns_about(client: FlaskClient) -> None:
    page = soup(client, "/statements?q=trạm")
    total = client.get("/api/v1/statements?q=trạm").get_json()["total"]
    assert total > 20
    assert page.select_one(".places").text.startswith(f"1–20 / {total}")
    assert [link.text for link in page.select(".sorts a")] == ["Cũ nhất", "Hợp nhất với từ đã gõ"]
    oldest = soup(client, page.select_one(".sorts a")["href"])
    days = [li.select(".quiet")[-1].text for li in page.select(".evidence li")]
    assert days != [li.select(".quiet")[-1].text for li in oldest.select(".evidence li")]
    assert oldest.select_one("input[name=sort]")["value"] == "oldest"
    speaker = page.select_one(".facet .pick")
    assert speaker.span.text == "Trần Thị Mai"
    assert soup(client, speaker["href"]).select_one(".facet .on a")["href"] == "/statements?q=tr%E1%BA%A1m"
