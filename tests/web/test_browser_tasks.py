"""A reader's tasks in a real Chromium, at the web over every real part: stretches of time, files, lists, previews."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from crawler.store.reading import StoreReader
from index.officials.directory.directory import Directory
from web.app import create_app
from web.backend import WebSettings

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
_CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium on this machine: apt install chromium")
newsroom: Any = sys.modules["web_newsroom"]  # registered by conftest
WIDTHS = (360, 768, 1280, 1920)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(whole: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, whole.application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def page(chromium: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = chromium.new_context(java_script_enabled=request.param, base_url=address, accept_downloads=True)
    yield context.new_page()
    context.close()


def count(page: Any) -> int:
    return int(page.locator("#count").inner_text().split()[0].replace(".", ""))


def test_a_stretch_of_time_is_chosen_from_the_table_of_a_chart(page: Any) -> None:
    page.goto("/?q=cầu")
    page.locator(".months details summary").click()
    row = page.locator(".months tbody tr").first
    said = int(row.locator("td").first.inner_text())
    row.locator("a").click()
    assert count(page) == said
    assert page.locator(".chip.filter").count() == 2, "from and to stand as chips"
    page.locator(".chip.filter a").first.click()
    assert count(page) >= said


def test_a_stretch_of_time_is_chosen_by_its_days(page: Any) -> None:
    page.goto("/?q=cầu")
    everything = count(page)
    page.locator(".dates input[name=from]").fill("2024-12-01")
    page.locator(".dates input[name=to]").fill("2024-12-10")
    page.locator(".dates button").click()
    assert 0 < count(page) < everything
    assert "from=2024-12-01" in page.url


def _downloaded(page: Any, name: str, tmp_path: Path) -> Path:
    with page.expect_download() as coming:
        page.locator(".take").get_by_text(name, exact=True).click()
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def test_results_are_taken_away_as_csv_and_as_json_lines(page: Any, tmp_path: Path) -> None:
    page.goto("/?q=cầu&topic=y-te")
    found = count(page)
    table = _downloaded(page, "CSV", tmp_path)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == found
    lines = _downloaded(page, "JSONL", tmp_path).read_text(encoding="utf-8").splitlines()
    assert len([json.loads(line) for line in lines]) == found
    link = next(value for value in rows[0].values() if "/article/" in (value or ""))
    page.goto(link)
    assert page.locator("h1").inner_text()


def test_a_zip_that_was_taken_away_opens_without_the_server(page: Any, chromium: Any, tmp_path: Path) -> None:
    page.goto("/?q=cầu&topic=y-te")
    found = count(page)
    with zipfile.ZipFile(_downloaded(page, "ZIP", tmp_path)) as bundle:
        bundle.extractall(tmp_path / "offline")
    context = chromium.new_context(offline=True)
    alone = context.new_page()
    alone.goto((tmp_path / "offline" / "index.html").as_uri())
    assert alone.locator("ol a").count() == found
    title = alone.locator("ol a").first.inner_text()
    alone.locator("ol a").first.click()
    assert alone.locator("h1").inner_text() == title
    context.close()


def test_a_warc_is_taken_away(page: Any, tmp_path: Path) -> None:
    page.goto("/?q=cầu&topic=y-te")
    content = _downloaded(page, "WARC", tmp_path).read_bytes()
    records = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    assert records.startswith(b"WARC/1.") or records == b""


def test_an_organisation_is_found_and_leads_to_an_office_its_holder_and_back(page: Any) -> None:
    page.goto("/offices")
    page.locator("main").get_by_role("link", name="Cơ quan", exact=True).click()
    page.locator("#find").fill("bo y te")
    page.locator(".asking button").first.click()
    page.locator(".listed tbody a").first.click()
    assert page.locator("h1").inner_text() == "Bộ Y tế"
    assert page.locator(".hits .hit").count()
    page.locator(".facet a[href^='/office/']").first.click()
    assert page.locator("ol.tenures li").count()
    page.locator(".trail a[href^='/organisation/']").click()
    page.locator(".facet a[href^='/official/']").first.click()
    assert page.locator("h1").inner_text()


def test_statements_are_sorted_and_kept_to_one_who_speaks(page: Any) -> None:
    page.goto("/statements")
    newest = page.locator(".evidence li").first.inner_text()
    page.locator(".sorts a").first.click()
    assert page.locator(".evidence li").first.inner_text() != newest
    speaker = page.locator(".facet .pick").first
    name = speaker.locator("span").first.inner_text()
    speaker.click()
    assert set(page.locator(".evidence li > a").all_inner_texts()) <= {name}
    assert page.locator(".facet .on").count() == 1


class _Desk:
    """A desk with one alert."""

    def __init__(self) -> None:
        self.off = False

    def named(self, off_key: str) -> tuple[str, bool] | None:
        return ("Cầu Bến Mây", self.off) if off_key == "chia-khoa" else None

    def switch_off(self, off_key: str) -> None:
        self.off = off_key == "chia-khoa"

    def feed(self, id: str) -> bytes | None:
        return None


@pytest.mark.parametrize("script", [True, False])
def test_an_alert_is_switched_off_from_the_link_of_its_message(
    chromium: Any, directory: Directory, store_path: Path, script: bool
) -> None:
    desk = _Desk()
    found = newsroom.PlainSearcher(directory)
    app = create_app(found, StoreReader(store_path), WebSettings(), lambda article, version: None, desk=desk)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = chromium.new_context(java_script_enabled=script, base_url=f"http://127.0.0.1:{server.port}")
    opened = context.new_page()
    opened.goto("/alert/off/chia-khoa")
    assert "Cầu Bến Mây" in opened.locator("main").inner_text()
    assert not desk.off, "a mail program that looks at the link switches nothing off"
    opened.locator("main button").click()
    opened.wait_for_load_state()
    assert desk.off
    assert "đã tắt" in opened.locator("main").inner_text()
    context.close()
    server.shutdown()


def test_topics_are_found_by_a_word_of_their_name(page: Any) -> None:
    page.goto("/topics")
    page.locator("#find").fill("giao duc")
    page.locator(".asking button").click()
    assert page.locator(".listed tbody th").all_inner_texts() == ["Giáo dục – đào tạo"]


@pytest.mark.parametrize("width", WIDTHS)
def test_an_article_is_previewed_at_every_width(chromium: Any, address: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, base_url=address)
    opened = context.new_page()
    opened.goto("/?q=cầu")
    opened.locator(".look").first.click()
    opened.wait_for_selector("#preview[aria-busy=false] .paper")
    box = opened.locator("#preview").bounding_box()
    assert box["width"] >= min(width, 340)
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.keyboard.press("Escape")
    assert not opened.locator("#preview").is_visible()
    context.close()


@pytest.mark.parametrize("path", ["/statements", "/help", "/help/api"])
def test_columns_begin_at_one_height(chromium: Any, address: str, path: str) -> None:
    context = chromium.new_context(viewport={"width": 1600, "height": 900}, base_url=address)
    opened = context.new_page()
    opened.goto(path)
    tops = opened.evaluate(
        """() => [...document.querySelectorAll('.leaves')].map((leaves) => {
          const columns = {};
          for (const one of leaves.querySelectorAll(':scope > *, :scope > .evidence > li')) {
            if (getComputedStyle(one).columnSpan === 'all' || one.matches('.evidence')) continue;
            for (const box of one.getClientRects()) {
              columns[Math.round(box.left)] = Math.min(columns[Math.round(box.left)] ?? Infinity, Math.round(box.top));
            }
          }
          return Object.values(columns);
        })"""
    )
    context.close()
    for columns in tops:
        assert len(columns) < 2 or max(columns) - min(columns) <= 1, tops
