"""The web over every real part: store, index, searcher, directory."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive
from crawler.exchange import Exchange
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.cli.serve import archive
from tratin.parts import open_searcher
from tratin.settings import Settings
from web.app import create_app
from web.backend import WebSettings


def test_words_without_marks_find_what_is_printed_with_them(whole: FlaskClient) -> None:
    page = whole.get("/api/v1/search?q=khanh thanh cau ben may").json
    assert page["hits"][0]["title"].startswith("Khánh thành cầu Bến Mây")
    start, end = page["hits"][0]["title_spans"][0]
    assert page["hits"][0]["title"][start:end] in "Khánh thành cầu Bến Mây"


def test_total_export_and_pages_count_the_same(whole: FlaskClient) -> None:
    total = whole.get("/api/v1/search?q=cầu").json["total"]
    export = whole.get("/search.csv?q=cầu")
    assert int(export.headers["Tratin-Total"]) == total
    assert len(list(csv.reader(io.StringIO(export.text)))) - 1 == total
    assert len(whole.get("/search.jsonl?q=cầu").text.splitlines()) == total


def test_a_withdrawn_article_is_in_no_answer(whole: FlaskClient) -> None:
    ids = {line.split('"')[3] for line in whole.get("/search.jsonl").text.splitlines()}
    assert "baomau-9" not in ids
    assert len(ids) == 59


def test_hits_of_the_list_are_the_hits_of_the_article(whole: FlaskClient) -> None:
    answer = whole.get("/article/baomau-3?q=tram y te").text
    assert '<mark id="hit-1">' in answer


def test_a_section_is_a_filter_a_chip_and_a_facet_of_the_page(whole: FlaskClient) -> None:
    page = BeautifulSoup(whole.get("/?q=cầu&section=Đời sống").text, "html.parser")
    assert "Đời sống" in page.select_one(".chip.filter").text
    picked = page.select_one(".facet .on")
    assert "Đời sống" in picked.text
    counted = whole.get("/api/v1/search?q=cầu").json["facets"]["sections"]
    assert {one["section"]: one["count"] for one in counted} == {"Đời sống": 30 - 1, "Thời sự": 30}
    assert whole.get("/search.csv?q=cầu&section=-Đời sống").headers["Tratin-Total"] == "30"
    assert whole.get("/api/v1/search?q=tác giả:hạc&author=-Hồng Hạc").json["total"] == 0


def test_an_official_can_be_filtered_by_and_is_suggested(whole: FlaskClient) -> None:
    assert whole.get("/api/v1/search?official=le-van-sao").json["total"] >= 58
    assert whole.get("/api/v1/search?official=-le-van-sao").json["total"] <= 1
    assert whole.get("/api/v1/suggest?q=le v").json["suggestions"][0]["id"] == "le-van-sao"


def test_a_query_of_any_shape_is_understood_or_explained(whole: FlaskClient) -> None:
    for query in ('"', "((((", "OR", "-", "*", "a" * 900, "( " * 300, "tiêu đề:", '"a b"~99999', "NOT NOT", "\u0301"):
        for path in ("/api/v1/search", "/", "/search.csv", "/search.atom", "/article/baomau-3"):
            answer = whole.get(path, query_string={"q": query})
            assert answer.status_code in (200, 400), (path, query, answer.text[:300])


def test_a_withdrawal_reaches_every_answer_without_a_reindex(installation: Settings, tmp_path: Path) -> None:
    data = Settings(shutil.copytree(installation.data, tmp_path / "data"))
    with StoreReader(data.store_path) as reader:
        searcher = open_searcher(data)
        app = create_app(searcher, reader, WebSettings(), lambda article, version: None)
        client = app.test_client()
        before = client.get("/api/v1/search?q=cầu&limit=100")
        gone = before.json["hits"][0]["id"]
        with Store(data.store_path) as store, store.committing():
            store.withdraw(gone, "the newspaper asked for it")
        searcher._openings._looked = 0.0  # as if a second had passed
        after = client.get("/api/v1/search?q=cầu&limit=100", headers={"If-None-Match": before.headers["ETag"]})
        assert after.json["total"] == before.json["total"] - 1
        assert gone not in {hit["id"] for hit in after.json["hits"]}
        for path in ("/search.csv?q=cầu", "/search.jsonl?q=cầu", "/search.atom?q=cầu", "/?q=cầu", "/edited.atom"):
            assert f"{gone}," not in client.get(path).text
            assert f'"{gone}"' not in client.get(path).text
            assert f"/{gone}<" not in client.get(path).text
        assert int(client.get("/search.csv?q=cầu").headers["Tratin-Total"]) == after.json["total"]
        assert client.get(f"/article/{gone}").status_code == 410
        for official in before.json["facets"]["officials"]:
            assert f"/article/{gone}" not in client.get(f"/official/{official['id']}").text
            assert f'"{gone}"' not in client.get(f"/api/v1/officials/{official['id']}").text


def test_no_match_says_which_clause_is_to_blame(whole: FlaskClient) -> None:
    page = BeautifulSoup(whole.get("/", query_string={"q": 'cầu "tàu ngầm hạt nhân"'}).text, "html.parser")
    assert page.select_one("#count").text == "Không có bài nào khớp"
    assert "tàu ngầm hạt nhân" in page.select_one(".zero .ways strong").text


def test_health_is_ok(whole: FlaskClient) -> None:
    assert whole.get("/api/v1/health").json["status"] == "ok"


def test_every_row_of_an_export_leads_here_and_names_author_and_section(whole: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(whole.get("/search.csv?q=cầu").text.removeprefix("\ufeff"))))
    hits = {hit["id"]: hit for hit in whole.get("/api/v1/search?q=cầu&limit=100").json["hits"]}
    for row in rows[:20]:
        path = row["address"].removeprefix("http://localhost")
        assert whole.get(path).status_code == 200
    assert {row["author"] for row in rows} == {"", "Hồng Hạc"}
    assert all(row["section"] == hits[row["id"]]["section"] for row in rows if row["id"] in hits)
    lines = [json.loads(line) for line in whole.get("/search.jsonl?q=cầu").text.splitlines()]
    assert {line["address"] for line in lines} == {row["address"] for row in rows}


def test_officials_are_taken_away_as_popolo_whose_parts_refer_to_each_other(whole: FlaskClient) -> None:
    document = json.loads(whole.get("/officials.popolo.json").text)
    persons = {one["id"]: one for one in document["persons"]}
    organisations = {one["id"] for one in document["organizations"]}
    posts = {one["id"]: one for one in document["posts"]}
    assert persons["le-van-sao"]["name"] == "Lê Văn Sao"
    (held,) = (one for one in document["memberships"] if one["person_id"] == "le-van-sao")
    assert posts[held["post_id"]]["label"] == "Bộ trưởng Bộ Xây dựng"
    assert held["organization_id"] in organisations
    assert "start_date" not in held, "the news says when it is held, not when it began"
    assert held["first_held"] < held["last_held"]
    source = held["sources"][0]["url"].removeprefix("http://localhost")
    assert "Bộ trưởng Bộ Xây dựng" in whole.get(source).text
    for one in document["memberships"]:
        assert one["person_id"] in persons
        assert one["post_id"] in posts
        assert one["organization_id"] in organisations | {None}


def test_the_archived_ones_of_the_matches_are_taken_away_as_warc(installation: Settings, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(installation.data, data)
    settings = replace(installation, data=data)
    url = "https://baomau.invalid/tin-3.html"
    sent = Exchange(
        url=url,
        sent=(("Host", "baomau.invalid"),),
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"),),
        body=b"<p>nguyen ban</p>",
        fetched="2025-01-02T03:04:05+07:00",
    )
    with Archive(settings.warc_dir) as kept:
        kept.keep([sent], url)
    with StoreReader(settings.store_path) as store:
        app = create_app(open_searcher(settings), store, WebSettings(), archive(settings, store))
        answer = app.test_client().get("/search.warc?q=cầu")
        assert answer.mimetype == "application/warc"
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(io.BytesIO(answer.data), check_digests="raise")
        ]
        assert records == [("response", url, b"<p>nguyen ban</p>")]
        assert app.test_client().get("/search.warc?q=zzz").data == b""
