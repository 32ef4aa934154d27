"""Links and numbers: what a URL says about the article behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.sites import catalog
from crawler.sites.links import absolute, article_links, article_number, is_article_url
from crawler.tree import parse

SITES = catalog.load(Path(__file__).parent)

NUMBERS = {
    "https://baohatinh.vn/ten-bai-post310001.html": "310001",
    "https://baohatinh.vn/chinh-tri/ten-bai/221343.htm": "221343",
    "https://baochinhphu.vn/ten-bai-102260312131500123.htm": "102260312131500123",
    "https://quochoi.vn/tintuc/Pages/tin.aspx?ItemID=99777": "99777",
    "https://chinhphu.vn/?pageid=27160&docid=217876": "217876",
    "https://cand.vn/thoi-su/ten-bai-i630217/": "630217",
    "https://baonghean.vn/ten-bai-10280001.html": "10280001",
    "https://baonghean.vn/en/ten-bai-10280001.html": None,
    "https://daibieunhandan.vn/tinh-lam-son-hop-phien-thuong-ky": None,
    "https://baobinhduong.example/ten-bai-a258478.html": "258478",
    "https://baolamson.example/chinh-tri/202603/ten-bai-1024567/": "1024567",
    "https://baolamson.example/tinh/menu/cat/24680/muc/ten-bai": None,
}


@pytest.mark.parametrize(("url", "number"), NUMBERS.items())
def test_an_article_keeps_its_papers_own_number(url: str, number: str | None) -> None:
    assert article_number(url, catalog.owner(SITES, url)) == number


@pytest.mark.parametrize(
    "url",
    [
        "https://baolamson.example/ten-bai-24680.html",
        "https://baolamson.example/chinh-tri/202603/ten-bai-1024567/",
        "https://lamson.example/-/asset_publisher/Ab12Cd34Ef56/content/ten-bai",
        "https://lamson.example/portal/Pages/2026-3-12/ten-baiq8x2za.aspx",
        "https://lamson.example/tin-tuc/tinh-lam-son-hop-phien-thuong-ky",
        "https://lamson.example/tin/chi-tiet.aspx?id=24680",
    ],
)
def test_the_usual_forms_of_article_urls_are_known(url: str) -> None:
    assert is_article_url(url, None)


@pytest.mark.parametrize(
    "url",
    [
        "https://baolamson.example/",
        "https://baolamson.example/chinh-tri",
        "https://baolamson.example/kinh-te/tai-chinh.htm",
        "https://baolamson.example/tag/lam-son-24680.html",
        "https://baolamson.example/tac-gia/hoai-an-24680.html",
        "https://baolamson.example/tap-tin-24680.pdf",
        "https://baolamson.example/rss/tin-moi-nhat.rss",
    ],
)
def test_sections_tags_and_files_are_no_articles(url: str) -> None:
    assert not is_article_url(url, None)


def test_links_are_absolute_once_and_of_the_same_paper() -> None:
    page = parse(
        '<a href="/a-post1.html#top">1</a><a href="//www.vietnamplus.vn/b-post2.vnp?utm_source=x">2</a>'
        '<a href="https://www.vietnamplus.vn/b-post2.vnp">2</a><a href="https://nhandan.vn/c-post3.html">3</a>'
        '<a href="javascript:void(0)">4</a><a href="/region/lam-son/112.vnp">5</a>'
    )
    site = catalog.find(SITES, "vietnamplus.vn")
    assert article_links(page, "https://www.vietnamplus.vn/", site) == ("https://www.vietnamplus.vn/b-post2.vnp",)


def test_a_mark_inside_a_host_name_is_no_part_of_it() -> None:
    assert absolute("https://baothai\ufeffbinh.example/a", "") == "https://baothaibinh.example/a"
    assert absolute("javascript:void(0)", "https://x.vn/") is None
    assert absolute("//[x", "https://x.vn/") is None
