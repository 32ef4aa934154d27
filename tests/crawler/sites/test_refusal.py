"""What is no article is told from articles, with the reason; and nothing a server sends makes the reader raise."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
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


QUERIES = [
    "https://lamson.gov.vn/?pageid=27160&docid=206571",
    "https://lamson.gov.vn/?p=3289",
    "https://lamson.gov.vn/index.php?option=com_content&view=article&id=12:ten-bai&catid=3",
    "https://lamson.gov.vn/index.php?option=com_content&id=128",
    "https://lamson.gov.vn/Default.aspx?tabid=12&ItemID=4711",
    "https://lamson.gov.vn/default.aspx?newsid=15",
]


@pytest.mark.parametrize("url", QUERIES)
def test_an_article_addressed_by_a_query_of_the_home_page_is_one(url: str) -> None:
    for site in (None, Site("lamson.gov.vn", "Tỉnh Lâm Sơn")):
        article = read(ARTICLE, url, site).article
        assert isinstance(article, Article), article
        assert article.url == url


def test_two_articles_that_differ_in_their_query_have_two_ids() -> None:
    ids = {getattr(read(ARTICLE, url).article, "id", url) for url in QUERIES}
    assert len(ids) == len(QUERIES)


@pytest.mark.parametrize(
    "url", ["https://lamson.gov.vn/?lang=1", "https://lamson.gov.vn/index.php?page=2", "https://x.vn/?q=1"]
)
def test_a_query_that_asks_for_no_article_is_the_home_page(url: str) -> None:
    assert kind(read(ARTICLE, url)) == "list"


def figures(rows: int) -> str:
    row = "<tr><td>{0}. Doanh thu nhóm {0}</td><td>11.838.267.{0:03}</td><td>10.838.267.{0:03}</td></tr>"
    return f"<table>{''.join(row.format(number) for number in range(rows))}</table>"


@pytest.mark.parametrize("url", ["https://lamson.vn/gia/vang", "https://lamson.vn/bang-gia-vang-24680.html", ""])
def test_a_table_of_figures_is_no_article(url: str) -> None:
    page = f"<html><title>Bảng giá vàng hôm nay</title><h1>Bảng giá vàng hôm nay</h1><div>{figures(20)}</div></html>"
    assert kind(read(page, url)) == "list"


def test_an_article_with_a_table_of_figures_keeps_its_rows() -> None:
    article = read(ARTICLE.replace("</div>", f"{figures(6)}</div>"), "https://lamson.vn/gia-vang-24680.html").article
    assert isinstance(article, Article)
    assert len(article.paragraphs) == 7


def test_a_lone_blurb_beside_headlines_is_a_list_under_whatever_address() -> None:
    side = "".join(f"<div><a href='/tin-{n}'>Xã Đông Khê khởi công trường học thứ {n}</a></div>" for n in range(9))
    page = f"<html><title>Tin tức xã hội</title>{side}<div class='top'><div>{SENTENCE * 3}</div></div></html>"
    for url in ("https://lamson.vn/xa-hoi", "https://lamson.vn/tin/", ""):
        assert kind(read(page, url)) == "list"


def test_an_old_layout_of_a_known_site_is_read_by_the_general_rules_and_said_to_be() -> None:
    site = Site("baolamson.vn", "Báo Lâm Sơn", family="vccorp", article=r"-(\d{12,})\.htm$")
    page = ARTICLE.replace("<title>", '<meta itemprop="datePublished" content="2015-03-23 08:06 +07:00"><title>')
    reading = read(page, "https://baolamson.vn/tin/20150323/ten-bai/724333.html", site)
    assert isinstance(reading.article, Article)
    assert "layout-unknown" in reading.flags


def test_a_layout_whose_place_is_empty_is_none_of_the_page() -> None:
    site = Site("baolamson.vn", "Báo Lâm Sơn", family="vccorp", article=r"-(\d{12,})\.htm$")
    page = ARTICLE.replace("<div>", '<div class="detail-content afcbc-body"></div><div>')
    reading = read(page, "https://baolamson.vn/ten-bai-102260312131500123.htm", site)
    assert isinstance(reading.article, Article)
    assert "layout-does-not-fit" in reading.flags
    assert reading.article.paragraphs


def test_a_body_that_only_machines_are_told_is_taken_from_there_and_said_to_be() -> None:
    told = '{"@type": "NewsArticle", "articleBody": "' + "\\n".join([SENTENCE.strip()] * 4) + '"}'
    script = f'<script type="application/ld+json">{told}</script>'
    page = f"<html><title>Tỉnh họp</title>{script}<h1>Tỉnh Lâm Sơn họp</h1></html>"
    reading = read(page, "https://baolamson.vn/ten-bai-24680.html")
    assert isinstance(reading.article, Article)
    assert reading.article.paragraphs == (SENTENCE.strip(),) * 4
    assert "body-from-json-ld" in reading.flags


def test_the_garbage_collector_is_on_again_after_reading_whatever_was_read() -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: read(ARTICLE if n % 2 else b"\xff\x00", f"https://baolamson.vn/a-{n}.html"), range(40)))
    assert gc.isenabled()
    gc.disable()
    try:
        read(ARTICLE, "https://baolamson.vn/a-24680.html")
        assert not gc.isenabled()
    finally:
        gc.enable()
