"""Pages of officials and offices, and the card that answers a query for one."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.officials.posts.name_keys import office_name


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def test_officials_stand_in_the_order_of_their_given_names(client: FlaskClient) -> None:
    names = [link.text for link in soup(client, "/officials?sort=name").select(".listed th a")]
    assert names[-2:] == ["Trần Thị Mai", "Lê Văn Sao"]


def test_an_official_is_found_by_name_without_marks_and_by_office(client: FlaskClient) -> None:
    for words in ("le van sao", "bộ xây dựng"):
        assert [link.text for link in soup(client, f"/officials?q={words}").select(".listed th a")] == ["Lê Văn Sao"]


def test_an_official_has_offices_with_dated_sentences_from_articles(client: FlaskClient) -> None:
    page = soup(client, "/official/le-van-sao")
    post = page.select_one(".tenures > li")
    assert post.select_one(".post a").text == "Bộ trưởng Bộ Xây dựng"
    assert "5/1/2021 – 24/12/2024" in post.select_one(".days").text
    evidence = post.select(".evidence li")
    assert evidence
    assert all("Bộ trưởng Bộ Xây dựng Lê Văn Sao" in one.q.text for one in evidence)
    assert all(one.a["href"].startswith("/article/baomau-") for one in evidence)


def test_an_official_is_headed_by_the_office_of_the_day_asked_for(client: FlaskClient) -> None:
    then = soup(client, "/official/le-van-sao?on=2022-05-01")
    assert then.select_one(".role").text == "ngày 1/5/2022: Bộ trưởng Bộ Xây dựng"
    assert then.select_one("input[name=on]")["value"] == "2022-05-01"
    assert soup(client, "/official/le-van-sao?on=1990-01-01").select_one(".role").text == "ngày 1/1/1990: chưa rõ"
    told = client.get("/api/v1/officials/le-van-sao?on=2022-05-01").get_json()
    assert (told["title"], told["organisation"]) == ("Bộ trưởng", "Bộ Xây dựng")
    assert client.get("/api/v1/officials/le-van-sao?on=1990-01-01").get_json()["title"] is None
    assert client.get("/official/le-van-sao?on=soon").status_code == 400


def test_who_is_spoken_of_by_given_name_and_work_is_answered_with_the_person(whole: FlaskClient) -> None:
    for typed in ("ông Sao xây dựng", "ong sao bo xay dung"):
        assert [who.text for who in soup(whole, f"/?q={typed}").select(".answer .who")] == ["Lê Văn Sao"], typed
    for typed in ("ông Sao", "ông Sao ngoại giao", "ông xây dựng"):
        assert not soup(whole, f"/?q={typed}").select(".answer .who"), typed


def test_an_official_is_searched_within_and_has_topics_by_year_with_links(client: FlaskClient) -> None:
    page = soup(client, "/official/le-van-sao")
    inside = page.select_one("form.inside:has(#inside)")
    assert inside.select_one("input[type=hidden]")["value"] == "le-van-sao"
    years = [cell.text for cell in page.select(".heat thead th")][1:]
    assert years == ["2021", "2022", "2023", "2024"]
    cell = page.select_one(".heat td a")
    assert client.get(cell["href"]).status_code == 200


def test_those_named_together_are_listed_with_whole_offices(whole: FlaskClient) -> None:
    notes = whole.get("/api/v1/officials").get_json()["officials"]
    offices = {note["name"]: office_name(note["title"], note["organisation"]) for note in notes}
    pages = [soup(whole, f"/official/{note['id']}") for note in notes]
    companions = [row.span for page in pages for row in page.select("a.pick[href^='/official/']")]
    assert companions
    for named in companions:
        assert named.small.text == offices[named.contents[0].strip()]


def test_an_official_is_described_for_machines(client: FlaskClient) -> None:
    person = json.loads(soup(client, "/official/le-van-sao").select_one("script[type='application/ld+json']").text)
    assert person["@type"] == "Person"
    assert person["name"] == "Lê Văn Sao"
    assert person["jobTitle"] == "Bộ trưởng"


def test_an_office_with_a_name_behind_it_is_answered_with_the_person(whole: FlaskClient) -> None:
    for typed in ("Bộ trưởng Bộ Y tế Trần Thị Mai", "bo truong tran thi mai", "Trần Thị Mai"):
        assert soup(whole, f"/?q={typed}").select_one(".answer .who").text == "Trần Thị Mai", typed


def test_the_card_of_an_office_quotes_the_sentence_that_names_its_holder(whole: FlaskClient) -> None:
    card = soup(whole, "/?q=ai là Bộ trưởng Bộ Y tế").select_one(".answer")
    (line,) = card.select(".evidence li")
    assert card.select_one("p a[href^='/official/']").text in line.q.text
    assert "Bộ trưởng" in line.q.text
    assert whole.get(line.a["href"]).status_code == 200


def test_who_held_an_office_on_a_day_is_answered_with_sentences(client: FlaskClient) -> None:
    page = soup(client, "/office/bo-truong-bo-y-te?on=2023-03-15")
    first = page.select_one(".tenures > li")
    assert first.select_one(".post a").text == "Trần Thị Mai"
    assert first.select(".evidence q")


def test_before_anything_was_printed_nobody_is_named(client: FlaskClient) -> None:
    page = soup(client, "/office/bo-truong-bo-y-te?on=1999-01-01")
    assert page.select_one(".notice").text.startswith("Tin đã thu thập không cho biết")


def test_a_query_that_is_an_official_is_answered_above_the_results(client: FlaskClient) -> None:
    card = soup(client, "/?q=le van sao").select_one(".answer")
    assert card.select_one(".who a")["href"] == "/official/le-van-sao"
    assert "Bộ trưởng Bộ Xây dựng" in card.text


def test_a_query_that_is_an_office_names_who_holds_it(client: FlaskClient) -> None:
    card = soup(client, "/?q=Bộ trưởng Bộ Y tế").select_one(".answer")
    assert [link["href"] for link in card.select("a")][:2] == ["/office/bo-truong-bo-y-te", "/official/tran-thi-mai"]


def test_any_other_query_has_no_card(client: FlaskClient) -> None:
    for query in ("cầu", "", "Sao", "bộ trưởng"):
        assert not soup(client, f"/?q={query}").select(".answer")


@pytest.mark.parametrize("path", ["/api/v1/officials/le-van-sao", "/api/v1/offices/bo-truong-bo-y-te?on=2023-03-15"])
def test_the_api_gives_the_sentences_too(client: FlaskClient, path: str) -> None:
    about = client.get(path).json
    (first, *_) = about.get("tenures") or about["holders"]
    sentence = first["evidence"][0]
    article = client.get(f"/api/v1/articles/{sentence['article']}").json
    text = "\n".join((article["title"], article["lead"], *article["paragraphs"], *article["captions"]))
    assert text[sentence["start"] : sentence["end"]] == sentence["text"]


def test_offices_have_feeds(client: FlaskClient) -> None:
    assert client.get("/office/bo-truong-bo-y-te.atom").mimetype == "application/atom+xml"
