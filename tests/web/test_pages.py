"""The pages as a reader without JavaScript gets them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search.cursor import Cursor, asked
from search.request import SearchRequest


def soup(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def test_a_query_gives_its_count_and_its_marked_hits(client: FlaskClient) -> None:
    page = soup(client, "/?q=cầu")
    assert page.select_one("#count").text.strip() == "59 bài khớp"
    hits = page.select(".hit")
    assert len(hits) == 20
    assert {mark.text for mark in page.select(".hit h2 mark")} == {"cầu"}


def test_a_hit_shows_source_date_topic_and_officials_with_their_offices(client: FlaskClient) -> None:
    hit = soup(client, "/?q=cầu").select_one(".hit").text
    for shown in ("baomau.example", "24/12/2024, 08:30", "Nông nghiệp", "Lê Văn Sao", "Bộ trưởng Bộ Xây dựng"):
        assert shown in hit


def test_the_next_page_goes_on_where_this_one_stops(client: FlaskClient) -> None:
    first = soup(client, "/?q=cầu")
    second = soup(client, first.select_one("a[rel=next]")["href"])
    titles = [{link.text for link in page.select(".hit h2")} for page in (first, second)]
    assert not titles[0] & titles[1]


def test_every_reading_of_the_query_can_be_switched_off_and_on_again(client: FlaskClient) -> None:
    chip = next(chip for chip in soup(client, "/?q=UBND").select(".chip") if "Ủy ban nhân dân" in chip.text)
    off = soup(client, chip.select_one("a")["href"])
    assert "viết tắt UBND" in off.select_one(".chip.off").text
    assert off.select_one(".chip.off a")["href"] == "/?q=UBND"


def test_a_filter_is_chosen_in_a_facet_and_taken_off_at_its_chip(client: FlaskClient) -> None:
    facet = next(link for link in soup(client, "/?q=cầu").select(".pick") if "Y tế" in link.text)
    filtered = soup(client, facet["href"])
    assert filtered.select_one("#count").text.strip() == "19 bài khớp"
    assert filtered.select_one(".chip.filter a")["href"] == "/?q=c%E1%BA%A7u"


def test_a_facet_can_exclude(client: FlaskClient) -> None:
    excluded = next(link for link in soup(client, "/?q=cầu").select(".not") if "Y tế" in link["aria-label"])
    page = soup(client, excluded["href"])
    assert page.select_one("#count").text.strip() == "40 bài khớp"
    assert "trừ" in page.select_one(".chip.excluded").text


def test_the_chart_and_its_table_say_the_same(client: FlaskClient) -> None:
    page = soup(client, "/?q=cầu")
    heights = re.findall(r"v-([\d.]+)h", page.select_one(".months path")["d"])
    counts = [int(cell.text) for cell in page.select(".twin tbody td:not(.all)")]
    assert [round(float(height) / 56 * max(counts)) for height in heights] == counts
    assert sum(counts) == 58  # one of the 59 is undated


def test_a_line_of_the_table_filters_by_its_days(client: FlaskClient) -> None:
    page = soup(client, "/?q=cầu")
    row = page.select(".twin tbody tr")[0]
    filtered = soup(client, row.select_one("a")["href"])
    assert filtered.select_one("#count").text.strip() == f"{row.select_one('td').text} bài khớp"


def test_no_match_says_what_each_filter_left_out_would_give(client: FlaskClient) -> None:
    page = soup(client, "/?q=cầu&topic=y-te&from=2030-01-01")
    ways = {way.select_one("a").text: way.select_one(".n").text for way in page.select(".zero .ways li")}
    assert ways["Bỏ “từ 1/1/2030”"] == "19 bài"
    assert ways["Bỏ mọi bộ lọc"] == "59 bài"


def test_the_advanced_form_writes_the_query(client: FlaskClient) -> None:
    answer = client.get("/advanced?all=lũ hạn&phrase=nông thôn mới&any=du lịch, giao thông&none=xổ số&topic=y-te")
    assert answer.status_code == 302
    assert BeautifulSoup(client.get(answer.location).text, "html.parser").select_one("#q")["value"] == (
        'lũ hạn "nông thôn mới" ("du lịch" OR "giao thông") -"xổ số"'
    )
    assert "topic=y-te" in answer.location


def test_english_stays_english_from_page_to_page(client: FlaskClient) -> None:
    page = soup(client, "/?q=cầu&lang=en")
    assert page.html["lang"] == "en"
    assert page.select_one("#count").text.strip() == "59 articles match"
    for link in page.select("nav.sections a:not(.tongue), .hit h2 a, .pick, .top > .name"):
        assert "lang=en" in link["href"]


def test_an_article_shows_its_text_as_printed_with_all_hits_numbered(client: FlaskClient) -> None:
    page = soup(client, "/article/baomau-3?q=cầu trạm")
    assert [mark["id"] for mark in page.select("mark")] == ["hit-1", "hit-2", "hit-3"]
    assert "& không phải <vay> thêm." in page.select_one(".paper").text
    assert [link["href"] for link in page.select(".walk a")] == ["#hit-1", "#hit-2", "#hit-3"]


def test_an_article_leads_back_to_its_results_and_out_to_the_original(client: FlaskClient) -> None:
    page = soup(client, "/article/baomau-3?q=cầu&topic=y-te")
    assert page.select_one(".trail a")["href"] == "/?q=c%E1%BA%A7u&topic=y-te"
    assert page.select_one("a[rel~=external]")["href"] == "https://baomau.invalid/tin-3.html"


def test_a_withdrawn_article_is_gone_everywhere_it_had_an_address(client: FlaskClient) -> None:
    for address in ("", "/versions", "/diff", "/archived", "/cite"):
        assert client.get(f"/article/baomau-9{address}").status_code == 410
    assert client.get("/api/v1/articles/baomau-9").status_code == 410


def test_versions_are_listed_and_compared(client: FlaskClient) -> None:
    assert len(soup(client, "/article/baomau-2/versions").select("main tbody tr")) == 2
    page = soup(client, "/article/baomau-2/diff?from=1&to=2")
    assert "Công trình" in " ".join(gone.text for gone in page.select(".compared del"))
    assert "Lớp đã mở" in " ".join(came.text for came in page.select(".compared ins"))


@pytest.mark.parametrize(
    "address", ["/article/nope", "/official/nope", "/topic/nope", "/nowhere", "/article/baomau-2/diff?to=99"]
)
def test_what_is_not_there_answers_404_in_words(client: FlaskClient, address: str) -> None:
    page = soup(client, address, 404)
    assert page.select_one("h1").text == "Không tìm thấy"
    assert page.select_one("#q")


def test_a_parameter_that_cannot_be_read_is_named(client: FlaskClient) -> None:
    page = soup(client, "/?q=cầu&from=hôm-qua", 400)
    assert page.select_one(".problem code").text == "from"
    assert "2024-03-15" in page.select_one(".problem").text
    assert page.select_one("#q")["value"] == "cầu"


def test_an_expired_place_in_the_list_leads_back_to_its_start(client: FlaskClient) -> None:
    gone = Cursor("an-earlier-one", 20, asked(SearchRequest(text="cầu"))).encode()
    page = soup(client, f"/?q=cầu&cursor={gone}", 410)
    assert page.select_one("a.button")["href"] == "/?q=c%E1%BA%A7u"


def test_the_archived_copy_cannot_run_and_cannot_call_out(client: FlaskClient) -> None:
    answer = client.get("/article/baomau-1/archived")
    assert "Bản gốc" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Memento-Datetime"] == "Wed, 01 Jan 2025 20:04:05 GMT"
    assert client.get("/article/baomau-2/archived").status_code == 404


def test_a_server_of_snippets_shows_no_whole_text_anywhere(make: Any) -> None:
    client = make(snippets_only=True).test_client()
    page = client.get("/article/baomau-3").text
    assert "rút ngắn đường đến trường" not in page
    assert "Sáng nay, Bộ trưởng" in page
    assert client.get("/api/v1/articles/baomau-3").json["paragraphs"] == []
    for address in ("diff", "archived"):
        assert client.get(f"/article/baomau-1/{address}").status_code == 403


PAGES = (
    "/", "/?q=cầu", "/article/baomau-3?q=cầu", "/article/baomau-2/versions", "/article/baomau-2/diff", "/topics",
    "/topic/y-te", "/official/le-van-sao", "/sources", "/help", "/help/api", "/article/nope", "/?q=zzz",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_is_small_and_has_no_inline_script_and_no_foreign_address(
    client: FlaskClient, address: str, lang: str
) -> None:
    answer = client.get(address + ("&" if "?" in address else "?") + f"lang={lang}")
    assert len(answer.data) < 60_000
    page = BeautifulSoup(answer.text, "html.parser")
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
    assert nonce
    for script in page.select("script:not([type='application/ld+json'])"):
        assert script["nonce"] == nonce[1]
        assert not script.text.strip()
    assert not page.select("[style], [onclick], style")
    for tag in page.select("script[src], link[rel=stylesheet], link[rel=icon], img[src]"):
        assert (tag.get("src") or tag.get("href")).startswith("/static/")
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_what_a_reader_types_is_never_markup(client: FlaskClient) -> None:
    for address in ("/", "/article/baomau-3", "/search.atom"):
        text = client.get(address, query_string={"q": '<script>alert("x")</script>'.replace('"', "")}).text
        assert "<script>alert" not in unescape(text.replace("&lt;", "«"))
