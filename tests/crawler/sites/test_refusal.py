"""What is no article is told from articles, with the reason; and nothing a server sends makes the reader raise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.article import Article
from crawler.page import NotArticle, Page, PageReading
from crawler.sites import catalog
from crawler.sites.reader import read_page
from crawler.sites.site import Site

SITES = catalog.load(Path(__file__).parent)
PROVINCE = Site("baolamson.vn", "Báo Lâm Sơn", article=r"-(\d{5,})\.html$", aliases=("baolamson.com.vn",))
SENTENCE = "Ủy ban nhân dân tỉnh Lâm Sơn đã họp phiên thường kỳ để bàn nhiệm vụ phát triển kinh tế của năm nay. "
ARTICLE = (
    f"<html><title>Tỉnh Lâm Sơn họp bàn</title><h1>Tỉnh Lâm Sơn họp bàn</h1><div><p>{SENTENCE * 5}</p></div></html>"
)


def read(content: str | bytes, url: str, site: Site | None = None, final: str | None = None) -> PageReading:
    body = content.encode() if isinstance(content, str) else content
    return read_page(Page(url, url if final is None else final, body), site)


def kind(reading: PageReading) -> str:
    assert isinstance(reading.article, NotArticle), reading.article
    assert reading.article.reason
    return reading.article.kind


def blurbs(count: int) -> str:
    one = (
        '<li><h3><a href="/xa-hoi/bai-so-{0}-{1}.html">Xã Đông Khê khởi công trường học thứ {0}</a></h3><p>{2}</p></li>'
    )
    return "".join(one.format(number, 24000 + number, SENTENCE) for number in range(count))


def test_a_section_is_a_list_and_its_links_are_found_in_order() -> None:
    page = f"<html><title>Xã hội</title><h1>Tin tức xã hội</h1><ul>{blurbs(12)}</ul></html>"
    for site in (PROVINCE, None):
        reading = read(page, "https://baolamson.vn/xa-hoi", site)
        assert kind(reading) == "list"
        assert reading.links[:2] == tuple(f"https://baolamson.vn/xa-hoi/bai-so-{n}-{24000 + n}.html" for n in (0, 1))
        assert len(reading.links) == 12


def test_the_home_page_is_a_list_even_when_it_tells_a_long_story() -> None:
    assert kind(read(ARTICLE, "https://baolamson.vn/")) == "list"


@pytest.mark.parametrize("path", ["/tag/lam-son", "/tu-khoa/lam-son-tag123.html", "/chu-de/dai-hoi-dang"])
def test_a_tag_page_is_a_tag_page(path: str) -> None:
    assert kind(read(ARTICLE, f"https://baolamson.vn{path}")) == "tag"


def test_an_article_filed_under_an_event_is_an_article() -> None:
    assert isinstance(read(ARTICLE, "https://x.vn/su-kien/ten-bai-20260312140512345.htm").article, Article)


@pytest.mark.parametrize(
    "page",
    [
        '<html><script>document.cookie="D1N=0123456789abcdef";window.location.reload(true);</script></html>',
        "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
        "<script>document.cookie='a=1; path=/'; location.href=location.href;</script>",
    ],
)
def test_a_challenge_is_told_and_never_an_article(page: str) -> None:
    assert kind(read(page, "https://quochoi.vn/tintuc/Pages/x.aspx?ItemID=1")) == "challenge"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b" \n\x00", "empty"),
        (b"%PDF-1.7 ...", "foreign"),
        (b"PK\x03\x04 ...", "foreign"),
        (b'<?xml version="1.0"?><rss></rss>', "foreign"),
        (b'{"data": []}', "foreign"),
        (b"<html><body></body></html>", "empty"),
    ],
)
def test_what_is_no_page_is_told(content: bytes, expected: str) -> None:
    assert kind(read(content, "https://baolamson.vn/ten-bai-24680.html", PROVINCE)) == expected


def test_a_redirect_that_leaves_the_site_is_foreign_and_an_alias_is_not() -> None:
    url = "https://baolamson.vn/ten-bai-24680.html"
    assert kind(read(ARTICLE, url, PROVINCE, final="https://quangcao.example/")) == "foreign"
    assert isinstance(
        read(ARTICLE, url, PROVINCE, final="https://baolamson.com.vn/ten-bai-24680.html").article, Article
    )


def test_an_english_page_of_a_vietnamese_site_is_an_article() -> None:
    text = "The People's Committee of Lam Son Province held its regular meeting to set out key tasks. " * 6
    page = f'<html lang="en"><title>Lam Son meets</title><h1>Lam Son holds its regular meeting</h1><p>{text}</p></html>'
    reading = read(page, "https://lamson.gov.vn/en/lam-son-holds-its-regular-meeting-24680.html")
    assert isinstance(reading.article, Article)
    assert "language-en" in reading.flags


def test_editions_with_the_same_number_are_not_one_article() -> None:
    readings = [read(ARTICLE, f"https://baolamson.vn{path}/ten-bai-24680.html", PROVINCE) for path in ("", "/en")]
    first, second = (reading.article for reading in readings)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id == "baolamson.vn-24680"
    assert second.id != first.id


@given(st.binary(max_size=600), st.sampled_from([None, PROVINCE, *SITES[:3]]))
def test_any_bytes_are_answered(content: bytes, site: Site | None) -> None:
    url = f"https://{site.host}/a-post1.html" if site else ""
    assert isinstance(read(content, url, site), PageReading)


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<table>", "<td>", "<h1>", "<a href='//[x'>", "<figcaption>", "<meta ", "x "])
    )
)
def test_broken_markup_is_answered(parts: list[str]) -> None:
    assert isinstance(read("".join(parts) * 3, "https://baolamson.vn/ten-bai-24680.html", PROVINCE), PageReading)


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<table><tr><td>", "<ul><li>"])
def test_deep_nesting_is_answered(opening: str) -> None:
    assert isinstance(read(opening * 20_000 + SENTENCE * 20, "https://x.vn/ten-bai-24680.html"), PageReading)
