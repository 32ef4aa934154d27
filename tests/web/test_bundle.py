"""What a reader takes away whole: the ZIP, archived copies through time, what machines are told of an article."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from web import bundle


def opened(client: FlaskClient, address: str) -> zipfile.ZipFile:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_a_bundle_holds_every_match_and_its_sums_are_right(whole: FlaskClient) -> None:
    total = whole.get("/api/v1/search?q=cầu&topic=-y-te").json["total"]
    files = opened(whole, "/search.zip?q=cầu&topic=-y-te")
    assert files.testzip() is None
    sums = dict(line.split("  ")[::-1] for line in files.read("SHA256SUMS").decode().splitlines())
    assert sums.keys() == set(files.namelist()) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(files.read(name)).hexdigest() == digest
    page = BeautifulSoup(files.read("index.html"), "html.parser")
    links = [link["href"] for link in page.select("ol a")]
    assert len(links) == total
    assert set(links) <= set(files.namelist())
    lines = [json.loads(line) for line in files.read("articles.jsonl").decode().splitlines()]
    rows = list(csv.DictReader(io.StringIO(files.read("results.csv").decode("utf-8-sig"))))
    assert [one["id"] for one in lines] == [row["id"] for row in rows]
    assert [one["sha256"] for one in lines] == [row["sha256"] for row in rows]
    assert files.read("citations.bib").decode().count("@online") == total
    assert files.read("citations.ris").decode().count("TY  - NEWS") == total
    assert "cầu" in files.read("README.txt").decode()


def test_a_bundle_that_is_cut_says_so(whole: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.downloads.MOST", 3)
    files = opened(whole, "/search.zip?q=cầu&lang=en")
    assert len([name for name in files.namelist() if name.startswith("articles/")]) == 3
    assert "the first 3 of" in files.read("index.html").decode()
    assert "the first 3 of" in files.read("README.txt").decode()
    assert bundle.MOST == 1000


def test_a_server_of_snippets_hands_out_no_bundle_and_no_copy(make: Any) -> None:
    reader = make(snippets_only=True).test_client()
    for address in ("/search.zip?q=cầu", "/timemap/baomau-1", "/timegate/baomau-1"):
        assert reader.get(address).status_code == 403
    assert reader.get("/article/baomau-1/cite?format=pwid").status_code == 404


def test_archived_copies_are_listed_and_reached_by_time(client: FlaskClient) -> None:
    answer = client.get("/timemap/baomau-1")
    assert answer.mimetype == "application/link-format"
    assert 'rel="original"' in answer.text
    assert 'rel="first last memento"; datetime="Wed, 01 Jan 2025 20:04:05 GMT"' in answer.text
    led = client.get("/timegate/baomau-1", headers={"Accept-Datetime": "Thu, 05 Jun 2025 08:00:00 GMT"})
    assert led.status_code == 302
    assert "Accept-Datetime" in led.vary
    copy = client.get(led.location)
    assert copy.headers["Memento-Datetime"] == "Wed, 01 Jan 2025 20:04:05 GMT"
    assert 'rel="timemap"' in copy.headers["Link"]
    assert client.get("/timegate/baomau-1").status_code == 302
    assert client.get("/timegate/baomau-1", headers={"Accept-Datetime": "hôm qua"}).status_code == 400
    assert client.get("/timemap/baomau-3").status_code == 404
    assert client.get("/timemap/none").status_code == 404


def test_an_archived_copy_has_a_persistent_identifier(client: FlaskClient) -> None:
    told = client.get("/article/baomau-1/cite?format=pwid").text
    assert told == "urn:pwid:localhost:2025-01-01T20:04:05Z:page:https://baomau.example/tin-1.html\n"
    assert client.get("/article/baomau-3/cite?format=pwid").status_code == 404


def test_an_article_is_described_for_machines(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/article/baomau-3").text, "html.parser")
    told = json.loads(page.select_one("script[type='application/ld+json']").text)
    article = client.get("/api/v1/articles/baomau-3").json
    assert (told["@type"], told["headline"], told["url"]) == ("NewsArticle", article["title"], article["url"])
    assert told["datePublished"] == article["published"]
    assert told["articleSection"] == article["section"]


def test_a_bundle_is_small_in_memory(tmp_path: Path, whole: FlaskClient) -> None:
    chunks = list(whole.get("/search.zip?q=cầu").iter_encoded())
    assert len(chunks) > 50  # written article by article
