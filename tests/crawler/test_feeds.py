"""Feeds and sitemaps as papers really send them, and as nobody should."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import TooBig
from crawler.feeds import read_feed
from crawler.frontier_url import Link
from crawler.page import Page
from crawler.sitemaps import MOST, read_sitemap

FEED = "https://suoimo.example/rss/home.rss"
ITEM = (
    "<item><title>Bài</title><link><![CDATA[https://suoimo.example/a-post1.html]]></link><pubDate>{}</pubDate></item>"
)
RSS = '<?xml version="1.0" encoding="{}"?><rss version="2.0"><channel><title>Báo Suối Mơ</title>{}</channel></rss>'


def page(body: bytes | str, url: str = FEED) -> Page:
    return Page(url, url, body.encode() if isinstance(body, str) else body)


def rss(date: str = "Mon, 05 Oct 2026 08:30:00 +0700", encoding: str = "utf-8") -> str:
    return RSS.format(encoding, ITEM.format(date))


@pytest.mark.parametrize(
    ("printed", "dated"),
    [
        ("Mon, 05 Oct 2026 08:30:00 +0700", "2026-10-05T08:30:00+07:00"),
        ("Mon, 05 Oct 2026 01:30:00 GMT", "2026-10-05T08:30:00+07:00"),
        ("Mon, 05 Oct 26 08:30:00 +0700", "2026-10-05T08:30:00+07:00"),
        ("Mon, 05 Oct 2026 08:30:00 GMT+7", "2026-10-05T08:30:00+07:00"),
        ("10/5/2026 1:30:00 PM", "2026-10-05T13:30:00+07:00"),
        ("2026-10-05T08:30:00", "2026-10-05T08:30:00+07:00"),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_every_date_that_papers_print_is_read_on_vietnams_clock(printed: str, dated: str | None) -> None:
    assert read_feed(page(rss(printed))) == [Link("https://suoimo.example/a-post1.html", dated=dated)]


@pytest.mark.parametrize(
    "body",
    [
        rss().encode(),
        b"\xef\xbb\xbf" + rss().encode(),
        rss(encoding="utf-16").encode(),
        rss().encode("utf-16-le"),
        ("\ufeff" + rss(encoding="utf-16")).encode("utf-16-be"),
        rss(encoding="windows-1258").encode("cp1258", "replace"),
        b"\r\n  " + rss().encode(),
        rss(encoding="no-such-code").encode("latin-1", "replace"),
        rss().replace("</channel></rss>", "").encode(),
        rss().replace("<title>Bài", "<title>A & B &nbsp; <b>").encode(),
    ],
)
def test_a_feed_is_read_whatever_its_encoding_says(body: bytes) -> None:
    links = read_feed(page(body))
    assert links is not None
    assert [link.url for link in links] == ["https://suoimo.example/a-post1.html"]


def test_atom_is_read_too() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><link href="/a-post1.html"/>'
        "<published>2026-10-05T08:30:00Z</published><updated>2026-10-06T08:30:00Z</updated></entry></feed>"
    )
    (link,) = read_feed(page(body)) or ()
    assert link == Link(
        "https://suoimo.example/a-post1.html",
        dated="2026-10-05T15:30:00+07:00",
        modified="2026-10-06T15:30:00+07:00",
    )


@pytest.mark.parametrize("body", ["", "<html><body>404</body></html>", "{}", "\0\0\0\0", "chào"])
def test_what_is_no_feed_is_told_as_such(body: str) -> None:
    assert read_feed(page(body)) is None


def test_entities_that_grow_do_not() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "xxxxxxxxxx">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    body = bomb + "]>" + RSS.format("utf-8", ITEM.format("&j;"))[38:]
    tracemalloc.start()
    read_feed(page(body))
    list(read_sitemap(page(bomb + "]><urlset><url><loc>&j;</loc></url></urlset>"), 10**6))
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_no_file_of_this_machine_is_read_into_a_sitemap() -> None:
    body = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>http://a.example/&x;</loc></url></urlset>'
    assert {link.url for link in read_sitemap(page(body), 10**6)} <= {"http://a.example/", "http://a.example/&x;"}


MAP = "https://suoimo.example/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def test_a_sitemap_tells_edits_and_a_news_sitemap_publication() -> None:
    body = f"""<?xml version="1.0"?><urlset {NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://suoimo.example/</loc></url>
    <url><loc> https://suoimo.example/a-post1.html </loc><lastmod>2026-10-05T08:30:00+07:00</lastmod></url>
    <url><loc>https://suoimo.example/b-post2.html</loc>
    <news:news><news:publication_date>2026-10-04T20:00:00Z</news:publication_date></news:news></url></urlset>"""
    assert list(read_sitemap(page(body, MAP), 10**6)) == [
        Link("https://suoimo.example/a-post1.html", modified="2026-10-05T08:30:00+07:00"),
        Link("https://suoimo.example/b-post2.html", dated="2026-10-05T03:00:00+07:00"),
    ]


def test_a_sitemap_index_leaves_out_months_before_since() -> None:
    names = ["news-2026-9.xml", "news-2026-10.xml", "news-2025-11.xml", "other.xml"]
    entries = "".join(f"<sitemap><loc>https://suoimo.example/{name}</loc></sitemap>" for name in names)
    entries += "<sitemap><loc>https://suoimo.example/old.xml</loc><lastmod>2026-09-30</lastmod></sitemap>"
    found = read_sitemap(page(f"<sitemapindex {NS}>{entries}</sitemapindex>", MAP), 10**6, since="2026-10-02")
    assert [(link.kind, link.url[23:]) for link in found] == [("sitemap", "news-2026-10.xml"), ("sitemap", "other.xml")]


def test_a_packed_sitemap_is_unpacked_within_its_limit() -> None:
    body = f"<urlset {NS}><url><loc>https://suoimo.example/a-post1.html</loc></url></urlset>"
    assert len(list(read_sitemap(page(gzip.compress(body.encode()), MAP), 10**6))) == 1
    with pytest.raises(TooBig):
        list(read_sitemap(page(gzip.compress(b" " * 10**7), MAP), 10**6))


def test_a_plain_list_of_urls_is_a_sitemap() -> None:
    found = read_sitemap(page("https://suoimo.example/a-post1.html\r\n\r\nnonsense\r\n", MAP), 10**6)
    assert [link.url for link in found] == ["https://suoimo.example/a-post1.html"]


def test_a_malformed_sitemap_gives_what_comes_before() -> None:
    good = "<url><loc>https://suoimo.example/a-post1.html</loc></url>"
    for bad in ("<url><loc>", "</x></y>", "<url><loc>\x01\x02</loc></url>", "&&&&", "<url" * 5):
        found = list(read_sitemap(page(f"<urlset {NS}>{good}{bad}", MAP), 10**6))
        assert found[0].url == "https://suoimo.example/a-post1.html"


def test_a_sitemap_of_more_than_the_protocol_allows_is_read_as_a_stream() -> None:
    entries = "".join(f"<url><loc>https://suoimo.example/a-post{n}.html</loc></url>" for n in range(MOST + 1000))
    tracemalloc.start()
    count = sum(1 for _ in read_sitemap(page(f"<urlset {NS}>{entries}</urlset>", MAP), 10**7))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == MOST
    assert peak < 40_000_000


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_a_crash(body: bytes) -> None:
    read_feed(page(body))
    list(read_sitemap(page(b"<urlset><url><loc>" + body), 10**6))


def test_a_raw_ampersand_in_one_entry_spoils_no_other() -> None:
    entries = (
        "<url><loc>http://a.example/tin?a=1&b=2</loc></url>",
        "<url><loc>http://a.example/tin?a=1&amp;c=3</loc></url>",
        "<url><loc><![CDATA[http://a.example/tin?a=1&d=4]]></loc></url>",
        "<url><loc>http://a.example/cuoi&nbsp</loc></url><url><loc>http://a.example/het</loc></url>",
    )
    urls = [link.url for link in read_sitemap(page(f"<urlset>{''.join(entries)}</urlset>"), 10**6)]
    base = "http://a.example"
    assert urls[:3] == [f"{base}/tin?a=1&b=2", f"{base}/tin?a=1&c=3", f"{base}/tin?a=1&d=4"]
    assert urls[-1] == f"{base}/het"
