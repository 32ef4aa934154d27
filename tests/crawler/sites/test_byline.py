"""Bylines: names as printed, agencies and credits apart."""

from __future__ import annotations

import pytest
from bs4.element import Tag

from crawler.article import Article
from crawler.html import blocks
from crawler.page import Page
from crawler.sites.byline import as_author, is_name, take_byline
from crawler.sites.reader import read_page
from crawler.tree import parse

BYLINES = {
    "Theo Hoài An": "Hoài An",
    "Hoài An/TTXVN": "Hoài An",
    "Thu BìnhTTXVN": "Thu Bình",
    "Tác giả: Nguyễn Văn Nam": "Nguyễn Văn Nam",
    "Bài và ảnh: MINH THƯ": "MINH THƯ",
    "Tin, ảnh: Minh Thư - Văn Hùng": "Minh Thư; Văn Hùng",
    "Nguyễn Nam, Trần Bình": "Nguyễn Nam; Trần Bình",
    "Minh Anh và Thu Hà": "Minh Anh; Thu Hà",
    "PV": "PV",
    "Khánh Linh - 12/3/2026 08:00": "Khánh Linh",
    "Nguyễn Thị Trang Đài": "Nguyễn Thị Trang Đài",
    "TTXVN": None,
    "(Theo Báo Lâm Sơn)": None,
    "Báo Lâm Sơn": None,
    "baolamson.vn": None,
    "admin": None,
    "12/03/2026 14:05": None,
    "Xem các bài viết của tác giả": None,
    "": None,
}


@pytest.mark.parametrize(("text", "names"), BYLINES.items())
def test_a_byline_gives_names(text: str, names: str | None) -> None:
    assert as_author(text, ("Báo Lâm Sơn", "baolamson.vn")) == names


def test_names_are_capitalised_words() -> None:
    assert is_name("Đỗ Quang Vĩnh")
    assert not is_name("đại biểu tham dự")
    assert not is_name("Công văn số 12")


def signed(ending: str) -> tuple[str | None, list[str]]:
    body = parse(f"<div id='b'><p>Hội nghị đã kết thúc vào chiều nay.</p><p>Tỉnh sẽ họp lại.</p>{ending}</div>").find(
        id="b"
    )
    assert isinstance(body, Tag)
    lines = list(blocks(body))
    return take_byline(lines, ()), [line.text for line in lines[2:]]


@pytest.mark.parametrize(
    ("ending", "author", "left"),
    [
        ('<p style="text-align:right"><strong>Hoài An</strong></p>', "Hoài An", []),
        ("<p><b>HOÀI AN - THU BÌNH</b></p>", "HOÀI AN; THU BÌNH", []),
        ("<p>Nguyễn Hoài An</p>", "Nguyễn Hoài An", []),
        ("<p>Hoài An</p><p>Theo TTXVN</p>", "Hoài An", []),
        ("<p>(TTXVN/Vietnam+)</p>", None, []),
        ("<p><em>Nguồn: baolamson.vn</em></p>", None, []),
        ("<p>Đại biểu biểu quyết thông qua nghị quyết</p>", None, ["Đại biểu biểu quyết thông qua nghị quyết"]),
        ("<h2>Lâm Sơn</h2>", None, ["Lâm Sơn"]),
        ("<p>Theo ông Vĩnh, đó là một năm tốt.</p>", None, ["Theo ông Vĩnh, đó là một năm tốt."]),
    ],
)
def test_the_end_of_the_body_is_cleared_of_bylines_and_credits(
    ending: str, author: str | None, left: list[str]
) -> None:
    assert signed(ending) == (author, left)


def author_of(head: str, body: str) -> str | None:
    prose = "<p>Sáng nay, Ủy ban nhân dân xã Suối Mơ họp bàn việc xây cầu treo qua suối Lác trước mùa mưa lũ.</p>"
    page = f"<html><title>Xã Suối Mơ xây cầu</title>{head}<body>{body}</body></html>".replace("PROSE", prose * 4)
    article = read_page(Page("", "https://suoimo.example/xay-cau-24680.html", page.encode()), None).article
    assert isinstance(article, Article), article
    return article.author


LD = '<script type="application/ld+json">{"@type": "NewsArticle", "author": AUTHOR}</script>'
TITLED = "<h1>Xã Suối Mơ xây cầu</h1>"
HEADED = "<article><h1>Xã Suối Mơ xây cầu</h1>PROSE</article>"
SIDEBAR = '<div class="trending"><h3>Xem nhiều</h3><a href="/x-11111.html">Tin</a> <a rel="author">Lê Khác</a></div>'


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        (LD.replace("AUTHOR", '{"name": "Hoài An"}'), HEADED + SIDEBAR, "Hoài An"),
        (LD.replace("AUTHOR", '[{"name": "Hoài An"}, {"name": "Lê Bình"}]'), HEADED + SIDEBAR, "Hoài An; Lê Bình"),
        (LD.replace("AUTHOR", '{"@type": "Organization", "name": "Báo Suối Mơ"}'), HEADED, None),
        ('<meta name="author" content="Hoài An">', HEADED + SIDEBAR, "Hoài An"),
        (
            '<meta property="dable:author" content="Hoài An"><meta property="dable:author" content="Lê Bình">',
            HEADED,
            "Hoài An; Lê Bình",
        ),
        ("", HEADED + SIDEBAR, None),
        (
            "",
            TITLED + '<i class="author-item">Hoài An</i><i class="author-item">Lê Bình</i><div>PROSE</div>',
            "Hoài An; Lê Bình",
        ),
        (
            "",
            TITLED + '<p class="author"><b class="author-name">Hoài An</b></p><div>PROSE</div>',
            "Hoài An",
        ),
        (
            '<meta name="author" content="Lê Bình">',
            TITLED + '<p class="author">Hoài An</p><div>PROSE</div>',
            "Hoài An",
        ),
        ("", TITLED + '<p class="author">(Theo AFP, Reuters)</p><div>PROSE</div>', None),
    ],
)
def test_the_author_is_the_articles_own(head: str, body: str, author: str | None) -> None:
    assert author_of(head, body) == author


@pytest.mark.parametrize(
    ("text", "names"),
    {
        "Hoài An (TTXVN)": "Hoài An",
        "Hoài An (Theo AFP, Reuters)": "Hoài An",
        "Hoài An (tổng hợp)": "Hoài An",
        "(AFP)": None,
        "Reuters": None,
        "Tân Hoa xã": None,
        "Hoài An, Lê Bình (Theo Yonhap)": "Hoài An; Lê Bình",
    }.items(),
)
def test_an_agency_is_no_author(text: str, names: str | None) -> None:
    assert as_author(text) == names
