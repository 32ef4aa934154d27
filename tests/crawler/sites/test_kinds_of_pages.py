"""Invented stories in the markup that content systems really send, with all that stands around a text there; and
pages that are no articles. `kinds.txt` prints one story in Vietnam's systems, `platforms.txt` those of `stories.toml`
in systems, languages and encodings of elsewhere: what is expected other than the story itself is said first.
"""

from __future__ import annotations

import json
import tomllib
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


HERE = Path(__file__).parent
PRINTED = ("platforms.txt", "further.txt", "portals.txt")
"""The files whose pages print the stories of `stories.toml`."""
STORIES: dict[str, dict[str, Any]] = {
    "vi": {"title": TITLE, "lead": LEAD, "author": AUTHOR, "paragraphs": list(PARAGRAPHS)}
}
STORIES |= tomllib.loads((HERE / "stories.toml").read_text(encoding="utf-8"))
NEWS = (
    ("A new slipway for the fishing boats of Wellow Bay", "Work on the slipway begins after Easter, the harbour says."),
    (
        "Gulls again: the town counts its noisiest neighbours",
        "For the third year volunteers went out at dawn to count.",
    ),
    (
        "School choir from the islands wins the county prize",
        "Twelve children and one accordion did it again this year.",
    ),
    ("Old pier sold to a diving club for a single coin", "The club promises to keep the pier open to anglers."),
    ("Baker of the lower town retires after fifty years", "His daughter takes over the oven, and the recipe with it."),
    ("Storm closes the coast road for the second time", "Drivers are sent inland until the weekend at least."),
)
SAYS = (
    "I took that boat for years and never once saw it leave on time, but I would miss it all the same.",
    "Thank you for writing about it. Those of us on the islands always come last when money is tight.",
    "And who pays for the repairs? Nobody has said a word about that, and the hull is thirty years old.",
)
AROUND = {
    "NAV": '<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li>'
    '<li><a href="/culture">Culture</a></li><li><a href="/contact">Contact</a></li></ul></nav>',
    "COOKIE": '<div id="cookie-notice" class="cookie-bar"><p>We use cookies to give you the best experience on our '
    "website. By continuing you agree to our privacy policy and our terms of service.</p><button>OK</button></div>",
    "NEWSLETTER": '<div class="newsletter-box"><h3>Never miss a story</h3><p>Sign up for our newsletter and get the '
    "best of the week in your inbox every Friday morning.</p><form><input><button>Subscribe</button></form></div>",
    "FOOT": "<footer><p>© 2026 All rights reserved. No part of this site may be copied without written permission of "
    'the publisher.</p><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></footer>',
    "SIDE": "".join(
        f'<li><a href="/news/story-{n}-10{n}57.html">{title}</a></li>' for n, (title, _) in enumerate(NEWS)
    ),
    "CARDS": "".join(
        f'<div class="card"><a href="/news/story-{n}-20{n}57.html"><img src="{n}.jpg"></a>'
        f'<h3><a href="/news/story-{n}-20{n}57.html">{title}</a></h3><p>{blurb}</p></div>'
        for n, (title, blurb) in enumerate(NEWS[:4])
    ),
    "COMMENTS": "".join(
        f'<div class="comment" id="c{n}"><div class="comment-author"><b>reader{n}</b> says:</div><p>{text}</p>'
        '<a href="#r">Reply</a></div>'
        for n, text in enumerate(SAYS)
    ),
}


def printed(story: str) -> dict[str, str]:
    """What `$`-names stand for on the pages of a story."""
    told = STORIES[story]
    names = {f"P{place}": text for place, text in enumerate(told["paragraphs"])}
    names |= {"TITLE": told["title"], "LEAD": told["lead"], "AUTHOR": told["author"]}
    names["CAPTION"] = TEXTS["CAPTION"]
    names["BLURBS"] = "".join(
        f'<div class="item"><h2><a href="/news/story-{n}-30{n}57.html">{title}</a></h2><p>{text} {blurb}</p></div>'
        for n, ((title, blurb), text) in enumerate(zip(NEWS, told["paragraphs"], strict=False))
    )
    names["POSTS"] = "".join(
        f'<div class="post"><h2><a href="/2026/03/1{n}/story-number-{n}/">{title}</a></h2><div class="entry">'
        f"<p>{told['lead']}</p><p>{text}</p><p>{blurb}</p></div></div>"
        for n, ((title, blurb), text) in enumerate(zip(NEWS, told["paragraphs"], strict=False))
    )
    return AROUND | names


def kinds() -> dict[str, tuple[dict[str, Any], str]]:
    """What each page expects, and its markup, by its name."""
    found = {}
    for file in ("kinds.txt", *PRINTED):
        text = (HERE / file).read_text(encoding="utf-8")
        for part in text.removeprefix("== ").split("\n== "):
            name, expected, markup = part.split("\n", 2)
            texts = TEXTS
            if file in PRINTED:
                texts = printed(json.loads(expected).get("story", "vi"))
            quoted = {key: json.dumps(text, ensure_ascii=False)[1:-1] for key, text in texts.items()}
            wanted = json.loads(Template(expected).substitute(quoted))
            if file in PRINTED:
                wanted = told_elsewhere(wanted, markup)
            found[name] = (wanted, Template(markup).substitute(texts))
    return found


def told_elsewhere(wanted: dict[str, Any], markup: str) -> dict[str, Any]:
    """What a page of `platforms.txt` expects where it does not say so itself: lead and paragraphs are one text."""
    told = STORIES[wanted.get("story", "vi")]
    author = told["author"] if "${AUTHOR}" in markup else None
    whole = [told["lead"], *told["paragraphs"]]
    usual = {"title": told["title"], "text": whole, "lead": "?", "author": author, "captions": []}
    return {**usual, "paragraphs": "?", **wanted}


KINDS = kinds()


def read(name: str) -> Article | NotArticle:
    wanted, markup = KINDS[name]
    url = wanted.get("url", URL)
    content = markup.encode(wanted.get("encoding", "utf-8"), "xmlcharrefreplace")
    return read_page(Page(url, url, content, fetched="2026-03-14T10:00:00+07:00"), None).article


@pytest.mark.parametrize("name", [name for name, (wanted, _) in KINDS.items() if not wanted.get("refused")])
def test_the_story_comes_out_whole_and_nothing_else_does(name: str) -> None:
    article, wanted = read(name), KINDS[name][0]
    assert isinstance(article, Article), article
    found = {
        "title": article.title,
        "text": [*([article.lead] if article.lead else []), *article.paragraphs],
        "lead": article.lead,
        "paragraphs": list(article.paragraphs),
        "author": article.author,
        "published": article.published and article.published[:10],
        "captions": list(article.captions),
    }
    story = {"title": TITLE, "lead": LEAD, "paragraphs": list(PARAGRAPHS), "author": AUTHOR, "published": "2026-03-12"}
    expected = {**story, **wanted}
    whole = "\n".join((article.lead or "", *article.paragraphs))
    assert [text for text in wanted.get("has", ()) if text not in whole] == []
    assert [text for text in wanted.get("lacks", ()) if text in whole] == []
    open_ = [field for field in found if expected.get(field, "?") == "?"]
    assert {field: found[field] for field in found if field not in open_} == {
        field: expected[field] for field in found if field not in open_
    }


@pytest.mark.parametrize("name", [name for name, (wanted, _) in KINDS.items() if wanted.get("refused")])
def test_what_is_no_article_is_refused_with_a_reason(name: str) -> None:
    article = read(name)
    assert isinstance(article, NotArticle), article
    assert article.reason


@pytest.mark.parametrize("name", ["tables as layout with font tags", "table cells as paragraphs", "squarespace"])
def test_an_article_is_read_at_an_address_that_says_nothing(name: str) -> None:
    wanted, markup = KINDS[name]
    article = read_page(Page("https://x.example/ab", "https://x.example/ab", markup.encode()), None).article
    assert isinstance(article, Article), article
    assert article.title == wanted["title"]


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("<p>Các đại biểu cho rằng nhà thầu phải giữ đúng hạn, vì mùa mưa năm nay được dự báo đến sớm.</p>", True),
        ("<div><b>Anna</b> viết:</div><p>Tôi mong con đường này từ hồi còn đi học.</p>", False),
        ("<div>Hùng</div><p>Tôi mong con đường này từ hồi còn đi học.</p><div>Trả lời</div>", False),
    ],
)
def test_what_follows_a_heading_called_comments_is_dropped_only_where_readers_wrote_it(last: str, kept: bool) -> None:
    texts = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:5])
    head = f"<html lang='vi'><body><h1>{TITLE}</h1><time>12/03/2026</time>"
    page = f"{head}<div class='x'>{texts}<h3>Bình luận</h3>{last}</div></body></html>"
    article = read_page(Page(URL, URL, page.encode()), None).article
    assert isinstance(article, Article), article
    assert (len(article.paragraphs) + bool(article.lead) > 5) is kept, article.paragraphs


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("<p>Địa chỉ: số 2 đường Bến Sậy. Điện thoại: 0200 000 000.</p>", True),
        ("<p>Ông Tướng nói huyện chịu trách nhiệm chính nếu công trình chậm.</p>", True),
        ("<p>Chịu trách nhiệm chính: Lò Văn Ón</p><p>Địa chỉ: số 2 đường Bến Sậy</p>", False),
        ("<p>Giấy phép thiết lập trang số 12/GP-TTĐT. Ghi rõ nguồn khi đăng lại.</p>", False),
    ],
)
def test_what_a_site_says_of_itself_is_left_out_and_the_address_in_a_notice_is_not(last: str, kept: bool) -> None:
    texts = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:5])
    page = (
        f"<html lang='vi'><body><h1>{TITLE}</h1><time>12/03/2026</time><div class='x'>{texts}{last}</div></body></html>"
    )
    article = read_page(Page(URL, URL, page.encode()), None).article
    assert isinstance(article, Article), article
    first = last.removeprefix("<p>").partition("</p>")[0]
    assert (first in article.paragraphs) is kept, article.paragraphs
