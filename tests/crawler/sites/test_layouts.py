"""One invented story as forty content systems print it: the same title, lead, text, author and day come out of each."""

from __future__ import annotations

from pathlib import Path
from string import Template

import pytest

from crawler.article import Article
from crawler.page import NotArticle, Page
from crawler.sites.reader import read_page

TITLE = "Xã Suối Mơ khánh thành cầu treo Bản Lác sau hai năm thi công"
LEAD = "Cây cầu dài 86 mét nối hai bờ suối Lác giúp 214 hộ dân xã Suối Mơ không còn phải đi bè tre vào mùa lũ."
PARAGRAPHS = (
    "Sáng 12/3, Ủy ban nhân dân xã Suối Mơ tổ chức lễ khánh thành cầu treo Bản Lác, công trình do tỉnh và dân góp.",
    "Cầu dài 86 mét, rộng 2,5 mét, tổng kinh phí 4,2 tỷ đồng, trong đó người dân góp hơn một nghìn ngày công lao động.",
    "Phát biểu tại buổi lễ, Chủ tịch UBND xã Lò Văn Chẩn cảm ơn các hộ đã hiến đất để làm đường dẫn lên hai đầu cầu.",
    "Trước đây, học sinh Bản Lác phải qua suối bằng bè tre; mùa mưa lũ nhiều em nghỉ học cả tuần vì nước chảy xiết.",
    "Dịp này, Quỹ Khuyến học Lâm Sơn trao tặng 30 xe đạp cho học sinh có hoàn cảnh khó khăn của ba bản vùng cao.",
)
CAPTION = "Người dân Bản Lác qua cầu mới trong ngày khánh thành. Ảnh: Hà Mi"
AUTHOR = "Hà Mi"
P = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
FIRST, REST = f"<p>{PARAGRAPHS[0]}</p>", "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])
FIGURE = f'<figure><img src="cau.jpg"><figcaption>{CAPTION}</figcaption></figure>'
SIDE = "".join(
    f'<li><a href="/tin/ban-tin-so-{n}-cua-xa-suoi-mo-2468{n}.html">Bản tin thời sự số {n} của xã Suối Mơ</a></li>'
    for n in range(6)
)
MENU = '<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul>'
FOOT = '<div class="footer"><p>Cổng thông tin điện tử xã Suối Mơ. Chịu trách nhiệm: Văn phòng xã.</p></div>'
DATE = "12/03/2026 14:05"

PLACES = {
    "FIGURE": FIGURE,
    "SIDE": SIDE,
    "PROSE": P,
    "FIRST": FIRST,
    "REST": REST,
    "SECOND": PARAGRAPHS[1],
    "LAST": "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:]),
    "SPANS": "".join(f'<div><span style="font-size:14pt">{text}</span></div>' for text in PARAGRAPHS),
    "CHUNKS": "".join(f'<div class="grid"><div class="body"><p>{text}</p></div></div>' for text in PARAGRAPHS),
    "BREAKS": "<br><br>".join(PARAGRAPHS),
    "DIVS": "".join(f"<div>{text}</div>" for text in PARAGRAPHS),
    "TITLE": TITLE,
    "LEAD": LEAD,
    "CAPTION": CAPTION,
    "AUTHOR": AUTHOR,
    "DATE": DATE,
}


def systems() -> dict[str, str]:
    """The markup of each system in `systems.txt`, by its name, with the story in its places."""
    text = (Path(__file__).parent / "systems.txt").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.split("== ")[1:])
    return {name: Template(markup).substitute(PLACES) for name, _, markup in parts}


BODIES = systems()
URL = "https://suoimo.example/tin-tuc/khanh-thanh-cau-treo-ban-lac-24680.html"


def page(body: str, head: str = "") -> bytes:
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE}</title>{head}</head>
        <body>{MENU}{body}<div class="right"><ul>{SIDE}</ul></div>{FOOT}</body></html>""".encode()


def read(content: bytes, url: str = URL) -> Article | NotArticle:
    return read_page(Page(url, url, content, fetched="2026-03-14T10:00:00+07:00"), None).article


@pytest.mark.parametrize("system", BODIES)
def test_the_story_is_read_alike_from_every_system(system: str) -> None:
    article = read(page(BODIES[system]))
    assert isinstance(article, Article), article
    assert (article.title, article.lead) == (TITLE, LEAD)
    assert article.paragraphs == PARAGRAPHS
    assert article.captions == (() if "<img" not in BODIES[system] else (CAPTION,))
    assert article.author == AUTHOR
    assert (article.published or "")[:10] == "2026-03-12"


def test_the_systems_are_forty() -> None:
    assert len(BODIES) >= 40
