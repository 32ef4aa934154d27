"""Lists that say where one is, feeds named after what they follow, pages that answer programs."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from flask import url_for
from flask.testing import FlaskClient

from index.facets import COUNTED
from search.request import SearchRequest
from search.results import Facets, SectionCount
from web.api.routes import OPERATIONS
from web.links import Address
from web.pages.facets import facets
from web.view_links import ViewLinks

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def soup(client: FlaskClient, address: str, **more: object) -> BeautifulSoup:
    answer = client.get(address, **more)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def test_every_page_says_which_of_the_matches_it_shows(client: FlaskClient) -> None:
    first = soup(client, "/?q=cầu")
    assert first.select_one(".places").text == "1–20 / 59"
    second = soup(client, first.select_one("[rel=next]")["href"])
    assert second.select_one(".places").text == "21–40 / 59"
    last = soup(client, second.select_one("[rel=next]")["href"])
    assert last.select_one(".places").text == "41–59 / 59"
    assert not soup(client, "/?q=cầu&topic=y-te").select(".places")  # all of them stand on one page


def test_the_places_count_copies_that_are_folded_under_a_hit(whole: FlaskClient) -> None:
    page = soup(whole, "/?q=cầu&limit=2")
    assert page.select_one(".places").text.startswith("1–")
    total = whole.get("/api/v1/search?q=cầu").json["total"]
    seen, address = 0, "/?q=cầu&limit=2"
    while address:
        page = soup(whole, address)
        first, last = page.select_one(".places").text.split(" / ")[0].split("–")
        assert int(first) == seen + 1
        seen = int(last)
        following = page.select_one("[rel=next]")
        address = following["href"] if following and seen < total else ""
    assert seen == total


def test_the_page_before_names_the_next_one_in_its_head(client: FlaskClient) -> None:
    answer = client.get("/?q=cầu")
    address, _, relation = answer.headers["Link"].partition(">; ")
    assert relation == 'rel="next"'
    assert client.get(address.removeprefix("<")).status_code == 200
    assert "Link" not in client.get("/?q=cầu&limit=100").headers


def test_a_facet_shows_twelve_values_and_all_on_request(client: FlaskClient) -> None:
    counted = Facets(sections=tuple(SectionCount(f"Mục {n}", 30 - n) for n in range(20)))
    place = next(n for n, facet in enumerate(COUNTED) if facet.name == "section")
    with client.application.test_request_context("/?q=cầu"):
        few = facets(counted, SearchRequest(), ViewLinks(Address("/", (("q", "cầu"),))))[place]
        every = facets(
            counted, SearchRequest(), ViewLinks(Address("/", (("q", "cầu"), ("more", "section")))), "section"
        )
    assert (len(few.choices), few.hidden) == (12, 8)
    assert "more=section" in few.more
    assert (len(every[place].choices), every[place].hidden) == (20, 0)
    assert "more=" not in every[place].more


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/search.atom?q=cầu&topic=y-te&source=-bao-khac.example", "cầu · Y tế · trừ bao-khac.example"),
        ("/search.atom?from=2022-01-01&lang=en", "from 1 Jan 2022"),
        ("/official/le-van-sao.atom?topic=-y-te", "Lê Văn Sao · trừ Y tế"),
        ("/topic/y-te.atom", "Y tế"),
        ("/search.atom", "Tin mới nhất"),
    ],
)
def test_a_feed_is_named_after_what_it_follows(client: FlaskClient, address: str, named: str) -> None:
    feed = feedparser.parse(client.get(address).data)
    assert feed.feed.title == f"{named} – Tra Tin"
    page = soup(client, address, headers=BROWSER)
    assert page.h1.text == named
    assert page.title.text == f"{named} – Tra Tin"
    assert page.select_one("#feed")["value"].endswith(feed.feed.id.removeprefix("http://localhost"))
    assert [hit.h2.text for hit in page.select(".hit")] == [entry.title for entry in feed.entries]


def test_a_feed_reader_and_a_browser_do_not_share_a_copy(client: FlaskClient) -> None:
    reader, browser = client.get("/search.atom?q=cầu"), client.get("/search.atom?q=cầu", headers=BROWSER)
    assert reader.mimetype == "application/atom+xml"
    assert browser.mimetype == "text/html"
    assert "Accept" in reader.vary
    assert reader.headers["ETag"] != browser.headers["ETag"]


@pytest.mark.parametrize(
    ("page", "twin"),
    [
        ("/?q=cầu&limit=5", "/api/v1/search?q=cầu&limit=5"),
        ("/article/baomau-3", "/api/v1/articles/baomau-3"),
        ("/article/baomau-2/versions", "/api/v1/articles/baomau-2/versions"),
        *((f"/{name}", f"/api/v1/{name}") for name in ("officials", "offices", "topics", "sources")),
        ("/official/le-van-sao", "/api/v1/officials/le-van-sao"),
        ("/office/bo-truong-bo-y-te?on=2023-05-01", "/api/v1/offices/bo-truong-bo-y-te?on=2023-05-01"),
        ("/topic/y-te", "/api/v1/topics/y-te"),
        ("/statements?official=tran-thi-mai", "/api/v1/statements?official=tran-thi-mai"),
        ("/compare?q=cầu&q=trạm", "/compare.json?q=cầu&q=trạm"),
        ("/heat", "/heat.json"),
        ("/help/api", "/api/openapi.json"),
    ],
)
def test_a_page_asked_for_as_json_is_its_twin(client: FlaskClient, page: str, twin: str) -> None:
    answer = client.get(page, headers={"Accept": "application/json"})
    assert answer.mimetype == "application/json"
    assert answer.json == client.get(twin).json
    assert client.get(page, headers=BROWSER).mimetype == "text/html"
    assert "Accept" in client.get(page).vary


def test_a_problem_is_json_for_whom_asks_for_json(client: FlaskClient) -> None:
    asked = {"Accept": "application/json"}
    assert client.get("/article/none", headers=asked).mimetype == "application/problem+json"
    assert client.get("/nowhere", headers=asked).mimetype == "application/problem+json"


def test_the_page_of_the_api_is_in_vietnamese_and_its_examples_run(client: FlaskClient) -> None:
    page = soup(client, "/help/api")
    assert "`" not in page.text
    assert "hỏi thật một câu" in page.text
    examples = [link["href"] for link in page.select(".call a")]
    assert len(examples) == len([one for one in OPERATIONS if one.method == "GET"])
    assert all(client.get(address).status_code == 200 for address in examples)


def test_the_examples_of_the_help_page_are_links_that_search(client: FlaskClient) -> None:
    for language in ("", "?lang=en"):
        links = [link["href"] for link in soup(client, f"/help{language}").select("table a")]
        assert len(links) >= 8
        assert all(client.get(address).status_code == 200 for address in links)


def test_every_page_is_json_for_whom_asks_for_json_alone(client: FlaskClient) -> None:
    values = {"id": "baomau-2", "slug": "y-te", "key": "x"}
    of = {"officials": "le-van-sao", "offices": "bo-truong-bo-y-te"}
    walked, others = 0, {}
    for rule in client.application.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        room = rule.endpoint.split(".")[0]
        given = {name: of.get(room, values[name]) if name == "id" else values[name] for name in rule.arguments}
        with client.application.test_request_context():
            address = url_for(rule.endpoint, **given)
        page = client.get(address, headers=BROWSER)
        if page.mimetype == "text/html" and page.status_code not in (301, 302) and not address.endswith(".atom"):
            answer = client.get(address, headers={"Accept": "application/json"})
            if answer.mimetype not in ("application/json", "application/problem+json"):
                others[address] = answer.mimetype
            walked += answer.status_code < 400
    assert not others
    assert walked >= 14


@pytest.mark.parametrize(
    "first",
    ["/?limit=1", "/statements?limit=1", "/api/v1/search?limit=1", "/api/v1/statements?limit=1",
     "/api/v1/officials?limit=1", "/api/v1/offices?limit=1"],
)  # fmt: skip
def test_a_list_that_goes_on_names_the_next_page_in_its_head(whole: FlaskClient, first: str) -> None:
    answer = whole.get(first)
    following = answer.headers["Link"].split(">")[0].removeprefix("<")
    assert 'rel="next"' in answer.headers["Link"]
    after = whole.get(following)
    assert after.status_code == 200
    assert after.text != answer.text
    before = next(part for part in after.headers["Link"].split(", ") if 'rel="prev"' in part)
    assert timeless(whole.get(before.split(">")[0].removeprefix("<")).text) == timeless(answer.text)


def timeless(shown: str) -> str:
    """Without how long it took, and what differs each time."""
    return re.sub(r'[\d.,]+ ms|nonce="[^"]*"|"took_ms":[\d.]+|offset=0&?|[?&](?:amp;)?(?=")', "", shown)


@pytest.mark.parametrize("first", ["/?q=cầu&limit=2", "/statements?limit=7"])
def test_a_list_that_is_turned_by_cursor_leads_back_page_by_page(whole: FlaskClient, first: str) -> None:
    seen = [first]
    for _ in range(3):
        onward = soup(whole, seen[-1]).select_one("a[rel=next]")
        assert onward is not None
        seen.append(str(onward["href"]))
    assert soup(whole, first).select_one("[rel=prev]") is None
    at = seen[-1]
    for expected in seen[-2::-1]:
        back = soup(whole, at).select_one("a[rel=prev]")
        assert back is not None
        at = str(back["href"])
        assert [one["href"] for one in soup(whole, at).select("main h2 a, main q ~ * a")] == [
            one["href"] for one in soup(whole, expected).select("main h2 a, main q ~ * a")
        ]
        assert timeless(soup(whole, at).select_one("main").text) == timeless(
            soup(whole, expected).select_one("main").text
        )
    assert "cursor" not in at


def test_the_page_of_an_alert_tells_estimate_and_limit(make: Any) -> None:
    def page(most: int) -> BeautifulSoup:
        client = make(alerts_a_day=most, address="https://tin.example").test_client()
        assert client.get("/alert").status_code == 400
        return soup(client, "/alert?q=cầu&lang=en")

    fits = page(1000)
    assert "at most 1,000" in fits.text
    assert "https://tin.example/?q=c%E1%BA%A7u" in fits.select_one("pre").text


def test_the_page_of_an_alert_that_is_too_broad_offers_no_table(whole: FlaskClient) -> None:
    summary = whole.application.extensions["tratin"].searcher.summary(SearchRequest(text="trạm"))
    assert summary.days, "nothing to estimate by"
    last = max(one.day for one in summary.days)
    assert summary.lately(last, 1)[0] == next(one.count for one in summary.days if one.day == last)
    assert summary.lately(None, 30) == (0, 0)
