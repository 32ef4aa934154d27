"""In a real Chromium: accessibility by axe on every template in both themes, and what the script adds."""

from __future__ import annotations

import io
import shutil
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
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

_CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium on this machine: apt install chromium"),
]
TEMPLATES = {
    "search": "/?q=cầu UBND&topic=-y-te&explain=1",
    "front": "/",
    "newest": "/?sort=newest",
    "zero": "/?q=zzz&topic=y-te",
    "feed": "/search.atom?q=cầu",
    "check": "/check",
    "compare": "/compare?q=cầu&q=Đồng Sen",
    "heat": "/heat?q=cầu",
    "article": "/article/baomau-3?q=cầu trạm",
    "versions": "/article/baomau-2/versions",
    "diff": "/article/baomau-2/diff",
    "official": "/official/le-van-sao",
    "officials": "/officials",
    "offices": "/offices",
    "office": "/office/bo-truong-bo-y-te?on=2023-05-01",
    "answer": "/?q=Lê Văn Sao",
    "statements": "/statements?official=tran-thi-mai&q=trạm y tế",
    "organisations": "/organisations",
    "organisation": "/organisation/bo-y-te",
    "topics": "/topics",
    "topic": "/topic/y-te",
    "sources": "/sources",
    "saved": "/saved",
    "alert": "/alert?q=cầu",
    "help": "/help",
    "api": "/help/api",
    "problem": "/?from=x",
}


@pytest.fixture(scope="module")
def address(store_path: Path, directory: Directory) -> Iterator[str]:
    from web_newsroom import PlainSearcher  # registered by conftest

    app = create_app(PlainSearcher(directory), StoreReader(store_path), WebSettings(), lambda article, version: None)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1200, "height": 800})
    opened = context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("console", lambda said: opened.complaints.append(said.text) if "Content Security" in said.text else None)
    yield opened
    assert not opened.complaints
    context.close()


@pytest.mark.parametrize("template", TEMPLATES)
def test_axe_finds_nothing_against_wcag_2_2_aa(chromium: Any, address: str, template: str) -> None:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    here = address + TEMPLATES[template]
    wide = [(theme, 1200, language) for theme in ("light", "dark") for language in ("vi", "en")]
    for theme, width, language in (*wide, ("light", 360, "en")):
        context = chromium.new_context(color_scheme=theme, viewport={"width": width, "height": 800}, bypass_csp=True)
        opened = context.new_page()
        opened.goto(f"{here}{'&' if '?' in here else '?'}lang={language}")
        found = axe.Axe().run(opened, options={"runOnly": tags})
        context.close()
        told = [(v["id"], [node["html"][:160] for node in v["nodes"][:3]]) for v in found.response["violations"]]
        assert not told, (theme, width, language)


_SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 250);
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_is_painted_and_it_is_light(chromium: Any, address: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    opened = context.new_page()
    asked: set[str] = set()
    opened.on("request", lambda request: asked.add(request.url))
    for path in TEMPLATES.values():
        answer = opened.goto(address + path)
        assert len(answer.body()) < 60_000, path
        assert opened.evaluate(_SHIFTS) <= 0.02, path
    fonts = [url for url in asked if ".woff2" in url]
    assert len(fonts) == 2, "each weight, at one address"
    assert sum(len(context.request.get(url).body()) for url in fonts) < 60_000
    assert opened.evaluate("document.fonts.check('600 16px \"Be Vietnam Pro\"', 'Nguyễn Đình Hưởng ₫ ỡ ặ')")
    context.close()


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_is_cut_off_at_360_pixels(chromium: Any, address: str, template: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.goto(address + TEMPLATES[template])
    width = opened.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 360


def test_a_newspapers_sentence_gets_no_marks_that_would_give_it_to_the_speaker(page: Any, address: str) -> None:
    page.goto(address + "/statements")
    assert page.evaluate("getComputedStyle(document.querySelector('.evidence q')).quotes") == "none"


def test_no_page_asks_another_host_for_anything(page: Any, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in TEMPLATES.values():
        page.goto(address + path)
    assert asked
    assert all(url.startswith(address) for url in asked)


def test_suggestions_are_a_list_and_never_change_what_is_typed(page: Any, address: str) -> None:
    page.goto(address + "/")
    page.locator("#q").press_sequentially("lê")
    page.wait_for_selector(".offers li")
    assert page.input_value("#q") == "lê"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "offer-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/official/le-van-sao")


def test_no_suggestion_is_asked_for_while_marks_are_composed(page: Any, address: str) -> None:
    page.goto(address + "/")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.focus("#q")
    page.evaluate(
        """() => {
          const box = document.querySelector('#q');
          box.dispatchEvent(new CompositionEvent('compositionstart'));
          box.value = 'le6';
          box.dispatchEvent(new InputEvent('input', {isComposing: true}));
        }"""
    )
    page.wait_for_timeout(400)
    assert not [url for url in asked if "suggest" in url]
    page.evaluate(
        """() => {
          const box = document.querySelector('#q');
          box.value = 'lê';
          box.dispatchEvent(new CompositionEvent('compositionend'));
        }"""
    )
    page.wait_for_selector(".offers li")


def test_keys_walk_hits_and_marks_and_stay_off_while_typing(page: Any, address: str) -> None:
    page.goto(address + "/?q=cầu trạm")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".hit.at").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.input_value("#q") == "jk?"
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.locator("mark.at").get_attribute("id") == "hit-2"
    page.keyboard.press("p")
    assert page.locator("mark.at").get_attribute("id") == "hit-1"


def test_the_sheet_opens_by_key_and_the_keys_can_be_switched_off(page: Any, address: str) -> None:
    page.goto(address + "/?q=cầu")
    page.keyboard.press("?")
    page.locator("#sheet input[type=checkbox]").uncheck()
    page.locator("#sheet button").click()
    page.keyboard.press("j")
    assert page.locator(".hit.at").count() == 0
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("#sheet").is_visible()


def test_a_submitted_form_leaves_its_empty_fields_out_of_the_address(page: Any, address: str) -> None:
    page.goto(address + "/?q=cầu")
    page.locator(".dates input[name=from]").fill("2022-01-01")
    page.locator(".dates button").click()
    page.wait_for_url("**from=2022-01-01")
    assert "to=" not in page.url


def test_a_result_is_previewed_beside_the_list_and_left_again(page: Any, address: str) -> None:
    page.goto(address + "/?q=cầu trạm")
    page.keyboard.press("j")
    page.keyboard.press("v")
    page.wait_for_selector("#preview .paper")
    first = page.locator("#preview h2").inner_text()
    assert page.evaluate("document.activeElement.id") == "preview"
    assert page.locator(".hit.at .look").get_attribute("aria-expanded") == "true"
    page.keyboard.press("n")
    assert page.locator("#preview mark.at").get_attribute("id") == "hit-1"
    page.keyboard.press("j")
    page.wait_for_function("title => document.querySelector('#preview h2').innerText !== title", arg=first)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    page.wait_for_selector("#preview[aria-busy=false]")
    found = axe.Axe().run(page, options={"runOnly": tags})
    assert not [violation["id"] for violation in found.response["violations"]]
    page.keyboard.press("Escape")
    assert not page.locator("#preview").is_visible()
    assert page.locator(".filters").is_visible()


def test_the_preview_gives_the_focus_back_to_its_result(page: Any, address: str) -> None:
    page.goto(address + "/?q=cầu")
    page.locator(".look").nth(2).click()
    page.wait_for_selector("#preview .paper")
    assert page.locator("#preview h2").inner_text() == page.locator(".hit h2").nth(2).inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.hit').classList.contains('at')")


def test_the_preview_lies_over_the_foot_of_a_narrow_screen(chromium: Any, address: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.goto(address + "/?q=cầu")
    opened.locator(".look").nth(1).click()
    opened.wait_for_selector("#preview[aria-busy=false] .paper")
    box = opened.locator("#preview").bounding_box()
    assert box["width"] == 360
    assert box["y"] + box["height"] == pytest.approx(740, abs=1)
    opened.keyboard.press("Escape")
    assert not opened.locator("#preview").is_visible()
    context.close()


def test_the_filters_of_a_narrow_screen_are_a_sheet_within_reach_without_a_script(chromium: Any, address: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + "/?q=cầu")
    assert not opened.locator("#filters").is_visible()
    reach = opened.locator(".jump").bounding_box()
    assert reach["y"] > 740 / 2, "where the thumb is"
    opened.locator(".jump").click()
    sheet = opened.locator("#filters").bounding_box()
    assert sheet["y"] > 100
    assert sheet["y"] + sheet["height"] == pytest.approx(740, abs=1)
    opened.locator("#filters > .shut").click()
    assert not opened.locator("#filters").is_visible()
    opened.locator(".jump").click()
    opened.locator("#filters .pick").first.click()
    opened.wait_for_url("**topic=**")
    assert opened.locator(".chip.filter").count() == 1
    context.close()


def test_back_from_an_article_the_walk_goes_on_where_it_was_left(page: Any, address: str) -> None:
    page.goto(address + "/?q=cầu")
    for _ in range(3):
        page.keyboard.press("j")
    third = page.locator(".hit.at h2").inner_text()
    page.keyboard.press("o")
    page.wait_for_url("**/article/**")
    page.go_back()
    page.wait_for_selector(".hit.at")
    assert page.locator(".hit.at h2").inner_text() == third
    page.keyboard.press("j")
    assert page.locator(".hit.at h2").inner_text() == page.locator(".hit h2").nth(3).inner_text()


def test_whatever_is_pointed_at_is_large_enough(chromium: Any, address: str) -> None:
    """24 CSS pixels each way, but for links within a line of text (WCAG 2.2, 2.5.8)."""
    small = """() => [...document.querySelectorAll("a, button, summary, input, select")].filter((one) => {
      const box = one.getBoundingClientRect();
      const inline = one.closest("p, li, td, th, h1, h2, h3, dd, small, .unseen, .skip, .meta, blockquote");
      return box.width && box.height && (box.height < 24 || box.width < 20) && !inline && one.type !== "hidden";
    }).map((one) => one.outerHTML.slice(0, 120))"""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    for path in TEMPLATES.values():
        opened.goto(address + path)
        assert opened.evaluate(small) == [], path
    context.close()


def test_a_printed_article_carries_source_day_address_and_hash(page: Any, address: str) -> None:
    page.goto(address + "/article/baomau-3")
    page.emulate_media(media="print")
    printed = page.locator("main").inner_text()
    for told in ("bao-khac.example", "4/4/2024", "https://baomau.invalid/tin-3.html", "/article/baomau-3", "SHA-256"):
        assert told in printed, told
    assert not page.locator(".top").is_visible()
    assert not page.locator(".foot").is_visible()


def test_a_list_is_pasted_checked_and_its_article_opened_with_its_hits(chromium: Any, address: str) -> None:
    for script in (True, False):
        context = chromium.new_context(java_script_enabled=script)
        opened = context.new_page()
        opened.goto(address + "/check")
        opened.fill("#list", "cầu Bến Mây\nLê Văn Sao\nKhông Có Ai")
        opened.locator("button[value=html]").click()
        assert opened.locator(".checked tbody tr").count() == 3
        if script:
            tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
            assert not axe.Axe().run(opened, options={"runOnly": tags}).response["violations"]
        opened.locator(".checked tbody tr:first-child td:last-child a").click()
        opened.wait_for_url("**/article/**")
        assert opened.locator("mark").count() > 0
        context.close()


def test_a_bundle_opens_offline(page: Any, whole: Any, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(whole.get("/search.zip?q=cầu").data)).extractall(tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    title = page.locator("ol a").first.inner_text()
    page.locator("ol a").first.click()
    assert page.locator("h1").inner_text() == title


def test_the_address_of_a_view_is_copied(chromium: Any, address: str) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(address + "/?q=cầu&topic=y-te")
    opened.locator("[data-copy]").click()
    opened.wait_for_function("document.querySelector('[data-copy]').textContent === 'Đã chép'")
    assert opened.evaluate("navigator.clipboard.readText()") == opened.url
    context.close()


def test_a_search_is_saved_tells_what_is_new_and_is_let_go(page: Any, address: str) -> None:
    page.goto(address + "/?q=cầu&topic=y-te")
    button = page.locator("[data-save]")
    button.click()
    assert button.inner_text() == "Đã lưu"
    page.goto(address + "/saved")
    page.wait_for_selector("#saved .newest a")
    assert "Không có bài mới" in page.locator("#saved").inner_text()
    page.evaluate(
        """() => {
          const saved = JSON.parse(localStorage.getItem("tratin-saved"));
          saved[0].seen -= 3;
          localStorage.setItem("tratin-saved", JSON.stringify(saved));
        }"""
    )
    page.reload()
    page.wait_for_function("document.querySelector('#saved strong').textContent === '3 bài mới'")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    assert not axe.Axe().run(page, options={"runOnly": tags}).response["violations"]
    page.locator("#saved li a").first.click()
    page.wait_for_selector("#count")
    page.goto(address + "/saved")
    page.wait_for_selector("#saved .newest a")
    assert "Không có bài mới" in page.locator("#saved").inner_text(), "it has been looked at"
    page.locator("#saved li button").click()
    assert page.locator("#saved .empty").is_visible()


def test_without_a_script_the_page_of_saved_searches_says_what_works(chromium: Any, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + "/saved")
    assert "dấu trang" in opened.locator("main").inner_text()
    assert opened.locator("noscript").count() == 1
    context.close()


@pytest.fixture
def plain(chromium: Any, whole: Any) -> Iterator[Any]:
    """A browser without scripts, at the web over every real part."""
    server = make_server("127.0.0.1", 0, whole.application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = chromium.new_context(java_script_enabled=False, base_url=f"http://127.0.0.1:{server.port}")
    yield context.new_page()
    context.close()
    server.shutdown()


def count(page: Any) -> int:
    return int(page.locator("#count").inner_text().split()[0].replace(".", ""))


def test_without_a_script_an_example_of_the_front_page_finds_what_it_says(plain: Any) -> None:
    plain.goto("/")
    example = plain.locator(".examples li").first
    said = int(example.locator(".quiet").inner_text().rpartition("· ")[2].split()[0])
    example.locator("a").click()
    assert count(plain) == said


def test_without_a_script_statements_are_narrowed_and_turned_on_and_back(plain: Any) -> None:
    plain.goto("/statements?limit=7")
    first = plain.locator(".evidence").inner_text()
    plain.locator("a[rel=next]").click()
    assert plain.locator(".evidence").inner_text() != first
    plain.locator("a[rel=prev]").click()
    assert plain.locator(".evidence").inner_text() == first
    plain.select_option("select[name=topic]", "y-te")
    plain.locator("form.row button").click()
    assert "topic=y-te" in plain.url
    assert plain.locator(".evidence > li").count() > 0
    plain.locator(".evidence > li a[href*='/article/']").first.click()
    assert plain.locator("article h1, .paper h1").count() == 1


def test_without_a_script_two_queries_are_compared_and_a_cell_of_the_table_opens_its_articles(plain: Any) -> None:
    plain.goto("/compare")
    plain.locator("main input[name=q]").nth(0).fill("cầu")
    plain.locator("main input[name=q]").nth(1).fill("Đồng Sen")
    plain.locator("main form button").first.click()
    assert plain.url.count("q=") == 2
    cell = plain.locator("main table td a").first
    said = int(cell.inner_text())
    cell.click()
    assert count(plain) == said


def test_without_a_script_a_cell_of_the_heat_map_opens_its_articles(plain: Any) -> None:
    plain.goto("/heat")
    cell = plain.locator("table td a").first
    said = int(cell.inner_text())
    cell.click()
    assert count(plain) == said


def test_without_a_script_chosen_topics_may_any_hold(plain: Any) -> None:
    plain.goto("/?q=cầu")
    for _ in range(2):
        plain.locator(".facet").first.locator("li:not(.on) a.pick").first.click()
    every = count(plain) if plain.locator("#count").inner_text()[0].isdigit() else 0
    plain.get_by_role("link", name="có ít nhất một").click()
    assert count(plain) >= max(every, 1)
    assert "any=topic" in plain.url


def test_without_a_script_a_list_is_sorted_and_an_office_asked_for_on_a_day(plain: Any) -> None:
    plain.goto("/officials")
    plain.locator("thead a").first.click()
    assert plain.locator("th[aria-sort]").count() == 1
    plain.locator("tbody a").first.click()
    plain.locator(".tenures a").first.click()
    plain.locator("input[name=on]").fill("2023-05-01")
    plain.locator("form.dates button").click()
    assert "on=2023-05-01" in plain.url
    assert "1/5/2023" in plain.locator("h2").first.inner_text()


def test_a_feed_opens_as_a_page_that_names_what_it_follows(plain: Any) -> None:
    plain.goto("/search.atom?q=cầu&topic=y-te")
    assert "cầu" in plain.locator("h1").inner_text()
    plain.locator(".hits a, main h2 a").first.click()
    assert "/article/" in plain.url
