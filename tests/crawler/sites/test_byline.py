"""Bylines: names as printed, agencies and credits apart."""

from __future__ import annotations

import pytest
from bs4.element import Tag

from crawler.html import blocks, parse
from crawler.sites.byline import as_author, is_name, take_byline

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
