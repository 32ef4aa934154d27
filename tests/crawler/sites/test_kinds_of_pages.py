"""One invented story in the markup that content systems really send, with all that stands around a text there; and
pages that are no articles. `kinds.txt` holds them: what is expected other than the story itself is said first.
"""

from __future__ import annotations

import json
from pathlib import Path
from string import Template
from typing import Any

import pytest

from crawler.article import Article
from crawler.page import NotArticle, Page
from crawler.sites.reader import read_page

TITLE = "Huyện Mường Xoi khởi công tuyến đường nối ba xã vùng cao"
LEAD = "Tuyến đường dài 18 km được kỳ vọng rút ngắn một nửa thời gian đi lại của hơn 6.000 người dân ba xã vùng cao."
PARAGRAPHS = (
    "Sáng 12/3, tại xã Nậm Khum, UBND huyện Mường Xoi tổ chức lễ khởi công tuyến đường liên xã "
    "Nậm Khum - Pá Hốc - Tà Xun.",
    "Dự án có tổng mức đầu tư 126 tỷ đồng từ nguồn vốn chương trình mục tiêu quốc gia, dự kiến hoàn thành vào quý IV "
    "năm 2027.",
    "Phát biểu tại lễ khởi công, Chủ tịch UBND huyện Quàng Văn Tướng đề nghị nhà thầu bảo đảm tiến độ, chất lượng và "
    "an toàn lao động.",
    "Ông Tướng cũng cảm ơn 214 hộ dân đã tự nguyện hiến hơn 3 ha đất để giải phóng mặt bằng mà không nhận đền bù.",
    "Theo bà Lường Thị Ón, bí thư chi bộ bản Pá Hốc, trước đây mùa mưa xe máy không vào được bản, nông sản làm ra phải "
    "gùi bộ.",
    "Ngắn thôi.",
)
AUTHOR = "Lò Thu"
URL = "https://muongxoi.example/tin-tuc/khoi-cong-tuyen-duong-noi-ba-xa-vung-cao-135792.html"
TEXTS = {
    "TITLE": TITLE,
    "LEAD": LEAD,
    "AUTHOR": AUTHOR,
    "CAPTION": "Các đại biểu bấm nút khởi công tuyến đường. Ảnh: Lò Thu",
    "SIDE": "".join(
        f'<li><a href="/tin-tuc/tin-so-{n}-cua-huyen-muong-xoi-1357{n}0.html">Tin số {n} của huyện Mường Xoi hôm nay '
        "có gì mới</a></li>"
        for n in range(8)
    ),
    **{f"P{place}": text for place, text in enumerate(PARAGRAPHS)},
}


def kinds() -> dict[str, tuple[dict[str, Any], str]]:
    """What each page of `kinds.txt` expects, and its markup, by its name."""
    text = (Path(__file__).parent / "kinds.txt").read_text(encoding="utf-8")
    found = {}
    for part in text.removeprefix("== ").split("\n== "):
        name, expected, markup = part.split("\n", 2)
        wanted = json.loads(Template(expected).substitute(TEXTS))
        found[name] = (wanted, Template(markup).substitute(TEXTS))
    return found


KINDS = kinds()


def read(name: str) -> Article | NotArticle:
    wanted, markup = KINDS[name]
    url = wanted.get("url", URL)
    return read_page(Page(url, url, markup.encode(), fetched="2026-03-14T10:00:00+07:00"), None).article


@pytest.mark.parametrize("name", [name for name, (wanted, _) in KINDS.items() if not wanted.get("refused")])
def test_the_story_comes_out_whole_and_nothing_else_does(name: str) -> None:
    article, wanted = read(name), KINDS[name][0]
    assert isinstance(article, Article), article
    found = {
        "title": article.title,
        "lead": article.lead,
        "paragraphs": list(article.paragraphs),
        "author": article.author,
        "published": article.published and article.published[:10],
        "captions": list(article.captions),
    }
    story = {"title": TITLE, "lead": LEAD, "paragraphs": list(PARAGRAPHS), "author": AUTHOR, "published": "2026-03-12"}
    expected = {**story, **wanted}
    open_ = [field for field in found if expected.get(field, "?") == "?"]
    assert {field: found[field] for field in found if field not in open_} == {
        field: expected[field] for field in found if field not in open_
    }


@pytest.mark.parametrize("name", [name for name, (wanted, _) in KINDS.items() if wanted.get("refused")])
def test_what_is_no_article_is_refused_with_a_reason(name: str) -> None:
    article = read(name)
    assert isinstance(article, NotArticle), article
    assert article.reason
