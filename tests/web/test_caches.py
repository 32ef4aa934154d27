"""What a cache between a reader and the server may keep, and what a request may not put into an answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from crawler.article import Article
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings
from web.app import create_app
from web.backend import WebSettings

PAGES = (
    "/",
    "/?q=cầu",
    "/article/baomau-3",
    "/officials",
    "/official/le-van-sao",
    "/topics",
    "/topic/y-te",
    "/sources",
)
FILES = (
    "/search.csv?q=cầu",
    "/search.jsonl?q=cầu",
    "/search.atom?q=cầu",
    "/edited.atom",
    "/robots.txt",
    "/opensearch.xml",
)
API = ("/api/v1/search?q=cầu", "/api/v1/articles/baomau-3", "/api/v1/officials", "/api/v1/health")


@pytest.mark.parametrize("address", [*PAGES, *FILES, *API])
def test_nothing_is_shown_from_a_cache_without_asking_whether_it_still_holds(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] in ("no-cache", "no-store")
    assert "Accept-Encoding" in answer.vary or answer.mimetype not in ("text/html", "application/json")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_and_its_json_twin_are_kept_apart(client: FlaskClient, address: str) -> None:
    page = client.get(address)
    twin = client.get(address, headers={"Accept": "application/json"})
    assert "Accept" in page.vary
    assert "Accept" in twin.vary
    if page.mimetype != twin.mimetype and "ETag" in page.headers:
        assert page.headers["ETag"] != twin.headers["ETag"]


def test_a_static_file_is_kept_for_a_year_only_under_its_version_and_only_if_it_is_there(client: FlaskClient) -> None:
    kept = "public, max-age=31536000, immutable"
    assert client.get("/static/app.js?v=1").headers["Cache-Control"] == kept
    assert client.get("/static/app.js").headers["Cache-Control"] == "no-cache"
    gone = client.get("/static/gone.js?v=1")
    assert gone.status_code == 404
    assert gone.headers["Cache-Control"] == "no-store"
    assert gone.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["//evil.example/", "/timemap//evil.example/", "/topic///evil.example"])
@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_no_redirect_leads_to_the_host_that_a_request_names(client: FlaskClient, path: str, host: str) -> None:
    answer = client.get(path, headers={"Host": host})
    place = answer.headers.get("Location")
    assert place is None or (place.startswith("/") and not place.startswith(("//", "/\\")))


@pytest.mark.parametrize("text", ["a\r\nX-Injected: y", "a%0d%0aX-Injected:%20y", "a\u560d\u560aX-Injected: y"])
@pytest.mark.parametrize(
    "address", ["/?q=", "/search.csv?q=", "/step?q=x&step=", "/search.atom?q=", "/api/v1/search?q="]
)
def test_no_text_becomes_a_header(client: FlaskClient, address: str, text: str) -> None:
    answer = client.get(address + text)
    assert "X-Injected" not in answer.headers
    assert all("\n" not in value and "\r" not in value for _, value in answer.headers)


def test_strange_hosts_and_forwarded_headers_change_no_link(client: FlaskClient) -> None:
    named = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    for address in ("/", "/article/baomau-3", "/topics"):
        page = client.get(address, headers={**named, "Host": "localhost"})
        assert "evil.example" not in page.text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example/x"]
)
def test_only_http_and_https_addresses_of_articles_become_links(tmp_path: Path, url: str) -> None:
    """No import takes any other, but an older store or a restored one may hold it."""
    settings = Settings(tmp_path)
    with Store(settings.store_path) as store:
        store.keep(Article(id="a-1", title="Cầu Vạn Đồn thông xe", url=url, paragraphs=("Cầu dài một trăm mét.",)))
        store.commit()
    reindex(settings, full=True, jobs=1, progress=lambda step, done, total: None)
    with StoreReader(settings.store_path) as read:
        client = create_app(open_searcher(settings), read, WebSettings(), lambda article, version: None).test_client()
        for address in ("/?q=cầu", "/article/a-1", "/article/a-1/preview", "/article/a-1/cite", "/search.atom?q=cầu"):
            answer = client.get(address)
            links = re.findall(r'(?:href|src|action)="([^"]*)"', answer.text)
            assert answer.status_code == 200
            assert links or address.endswith("/cite")
            assert not [link for link in links if url.lower() in link.lower()]
