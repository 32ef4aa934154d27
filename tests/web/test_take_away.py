"""Feeds, exports and citations."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any
from xml.etree import ElementTree as Xml

import feedparser
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from crawler.article import Article
from web import limits
from web.cite import FORMATS, bibtex, csl, ris
from web.diff import compare, words
from web.export import cell
from web.limits import MOST_MADE, MOST_WAITING


def test_the_exports_the_page_and_the_api_count_the_same(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/search.csv?q=cầu").text.removeprefix("\ufeff"))))
    lines = client.get("/search.jsonl?q=cầu").text.splitlines()
    total = client.get("/api/v1/search?q=cầu").json["total"]
    assert len(rows) - 1 == len(lines) == total == 59
    assert client.get("/search.csv?q=cầu").headers["Tratin-Total"] == "59"
    assert {row[0] for row in rows[1:]} == {json.loads(line)["id"] for line in lines}


_SEEN = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"]
_AFTER_WHAT_NOBODY_SEES = ["\u200b=1", "\ufeff+1", "\u00a0-1", "\u2060\u200d@A1", "\x01=1", "\u202e=1"]


@pytest.mark.parametrize("start", [*_SEEN, *_AFTER_WHAT_NOBODY_SEES])
def test_no_cell_starts_a_formula(start: str) -> None:
    assert cell(start).startswith("'")


def test_a_cell_that_is_text_stays_as_printed() -> None:
    assert cell("Ủy ban - tỉnh = 1") == "Ủy ban - tỉnh = 1"


def test_links_lead_to_the_configured_address_whatever_host_a_client_claims(make: Any) -> None:
    client = make(address="https://tin.example").test_client()
    for page in ("/search.atom?q=cầu", "/opensearch.xml", "/article/baomau-3/cite.bib"):
        answer = client.get(page, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.text
    assert "https://tin.example/" in client.get("/search.atom?q=cầu").text


def test_a_feed_lists_the_newest_and_leads_to_page_and_original(client: FlaskClient) -> None:
    answer = client.get("/search.atom?q=cầu")
    feed = feedparser.parse(answer.data)
    assert not feed.bozo
    assert answer.mimetype == "application/atom+xml"
    assert [entry.published for entry in feed.entries] == sorted((e.published for e in feed.entries), reverse=True)
    assert feed.entries[0].link.startswith("http://localhost/article/")
    assert any(link.rel == "via" for link in feed.entries[0].links)
    assert feed.feed.link == "http://localhost/?q=c%E1%BA%A7u"


@pytest.mark.parametrize("address", ["/topic/y-te.atom", "/official/le-van-sao.atom", "/edited.atom"])
def test_topics_officials_and_edited_articles_have_feeds(client: FlaskClient, address: str) -> None:
    feed = Xml.fromstring(client.get(address).data)  # noqa: S314 - our own feed
    assert feed.findall("{http://www.w3.org/2005/Atom}entry")


def test_an_edited_article_stands_in_the_feed_with_its_comparison(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/edited.atom").data)
    assert [entry.link for entry in feed.entries] == ["http://localhost/article/baomau-2/diff?from=1&to=2"]


def test_the_page_says_how_many_articles_a_feed_would_bring(client: FlaskClient) -> None:
    assert "mỗi tháng" in client.get("/topic/y-te").text or "mỗi năm" in client.get("/topic/y-te").text


def test_a_citation_carries_hash_and_time_of_fetch(client: FlaskClient) -> None:
    sha256 = client.get("/api/v1/articles/baomau-3").json["sha256"]
    for name in FORMATS:
        text = client.get(f"/article/baomau-3/cite?format={name}").text
        assert sha256[:16] in text
        assert "2/1/2025" in text or "2025-01-02" in text or "2025/01/02" in text or "2025" in text
    assert client.get("/article/baomau-3/cite?format=word").status_code == 400


HARD = Article(
    "x-1", "50% & {hơn} \\ _của_ #1 ~^ $", url="https://a.example/{b}", author="Tên\nHai", source="a.example"
)


def test_bibtex_survives_every_sign_that_tex_reads() -> None:
    entry = bibtex(HARD, "")
    assert r"50\% \& \{hơn\} \textbackslash{} \_của\_ \#1 \textasciitilde{}\textasciicircum{} \$" in entry
    assert entry.replace(r"\{", "").replace(r"\}", "").count("{") == entry.replace(r"\{", "").replace(r"\}", "").count(
        "}"
    )


def test_ris_has_one_field_a_line() -> None:
    lines = ris(HARD, "").split("\r\n")
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert lines[0] == "TY  - NEWS"
    assert lines[-2].startswith("ER")


def test_csl_is_json_of_one_item() -> None:
    (item,) = json.loads(csl(HARD, "http://here"))
    assert item["title"] == HARD.title
    assert item["author"] == [{"literal": "Tên\nHai"}]


_TEXTS = st.text(alphabet="ab ,.\nđề ", max_size=60)


@given(_TEXTS, _TEXTS)
def test_a_comparison_holds_both_texts_whole(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "came") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_a_moved_paragraph_and_a_changed_word_are_told_apart() -> None:
    before = Article("a", "Tựa", paragraphs=("Một hai ba.", "Giữ nguyên."))
    after = Article("a", "Tựa", paragraphs=("Một hai bốn.", "Giữ nguyên.", "Thêm."))
    passages = [passage for passage in compare(before, after) if passage.part == "paragraph"]
    assert [passage.changed for passage in passages] == [True, False, True]
    assert [(p.kind, p.text) for p in passages[0].pieces] == [
        ("same", "Một hai "), ("gone", "ba"), ("came", "bốn"), ("same", "."),
    ]  # fmt: skip


def test_a_changed_number_is_one_word() -> None:
    for old, new in (("1.234,5", "1.234,7"), ("08:30", "08:45"), ("15/2020/NĐ-CP", "16/2020/NĐ-CP"), ("7%", "7,5%")):
        pieces = words(f"Chi {old} cho cầu.", f"Chi {new} cho cầu.")
        assert [piece.text for piece in pieces if piece.kind == "gone"] == [old]
        assert [piece.text for piece in pieces if piece.kind == "came"] == [new]


def test_exports_leave_threads_for_everybody_else_and_a_place_is_free_again_when_one_is_made(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_PATIENCE", 0.05)
    for _ in range(2 * MOST_MADE):
        assert client.get("/search.csv?limit=many").status_code == 400
    opened = [client.get("/search.csv") for _ in range(MOST_MADE)]  # not read, so not made to their ends
    one_more = client.get("/search.jsonl")
    assert one_more.status_code == 503
    assert one_more.headers["Retry-After"] == "5"
    assert client.get("/").status_code == client.get("/api/v1/health").status_code == 200
    opened[0].close()
    assert client.get("/search.jsonl").status_code == 200
    for answer in opened:
        answer.close()


def test_an_export_waits_for_its_turn_and_no_more_wait_than_leave_threads_to_pages(client: FlaskClient) -> None:
    opened = [client.get("/search.csv") for _ in range(MOST_MADE)]
    with ThreadPoolExecutor(MOST_WAITING) as readers:
        waiting = [readers.submit(client.application.test_client().get, "/search.jsonl") for _ in range(MOST_WAITING)]
        assert not wait(waiting, timeout=0.3).done
        assert client.get("/search.jsonl").status_code == 503
        for answer in opened:
            answer.close()
        assert [answer.result().status_code for answer in waiting] == [200] * MOST_WAITING
