"""One invented story as forty content systems print it: the same title, lead, text, author and day come out of each."""

from __future__ import annotations

import json

import pytest

from crawler.article import Article
from crawler.page import NotArticle, Page
from crawler.sites.reader import read_page

TITLE = "Xã Suối Mơ khánh thành cầu treo Bản Lác sau hai năm thi công"
LEAD = "Cây cầu dài 86 mét nối hai bờ suối Lác giúp 214 hộ dân xã Suối Mơ không còn phải đi bè tre vào mùa lũ."
PARAGRAPHS = (
    "Sáng 12/3, Ủy ban nhân dân xã Suối Mơ tổ chức lễ khánh thành cầu treo Bản Lác, công trình do tỉnh và người dân góp.",
    "Cầu dài 86 mét, rộng 2,5 mét, tổng kinh phí 4,2 tỷ đồng, trong đó người dân góp hơn một nghìn ngày công lao động.",
    "Phát biểu tại buổi lễ, Chủ tịch UBND xã Lò Văn Chẩn cảm ơn các hộ dân đã hiến đất để làm đường dẫn lên hai đầu cầu.",
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
FOOT = '<div class="footer"><p>Cổng thông tin điện tử xã Suối Mơ. Chịu trách nhiệm: Văn phòng xã. Điện thoại: 000.</p></div>'
DATE = "12/03/2026 14:05"

BODIES = {
    "wordpress": f"""<div id="page"><main><article id="post-7" class="post-7 post type-post hentry category-tin tag-cau-treo
        tag-suoi-mo"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><span class="posted-on">{DATE}</span>
        <span class="author vcard">{AUTHOR}</span></div><div class="entry-content"><p class="sapo">{LEAD}</p>{FIGURE}{P}
        </div><footer class="entry-footer"><span class="tags-links">Thẻ: cầu treo</span></footer></article></main></div>""",
    "wordpress without a content class": f"""<article id="post-8" class="post-8 post type-post hentry tag-nong-thon">
        <h1>{TITLE}</h1><span class="date">{DATE}</span><p class="author">{AUTHOR}</p><div class="sapo">{LEAD}</div>
        <div class="wrap">{FIGURE}{P}</div></article><aside class="widget"><ul>{SIDE}</ul></aside>""",
    "elementor": f"""<div class="elementor elementor-88"><div class="elementor-widget elementor-widget-theme-post-title">
        <h1 class="elementor-heading-title">{TITLE}</h1></div><div class="elementor-widget"><span class="post-date">{DATE}
        </span><span class="byline">{AUTHOR}</span></div><div class="elementor-widget elementor-widget-text-editor">
        <div class="elementor-widget-container"><p class="sapo">{LEAD}</p>{FIGURE}{P}</div></div></div>""",
    "gutenberg": f"""<div class="wp-site-blocks"><h1 class="wp-block-post-title">{TITLE}</h1><div
        class="wp-block-post-date"><time datetime="2026-03-12T14:05:00+07:00">12 Tháng 3, 2026</time></div>
        <div class="wp-block-post-author-name">{AUTHOR}</div><p class="wp-block-post-excerpt tom-tat">{LEAD}</p>
        <div class="wp-block-post-content">{FIGURE}{P}</div></div>""",
    "joomla": f"""<div class="item-page" itemscope><div class="page-header"><h2 itemprop="headline">{TITLE}</h2></div>
        <dl class="article-info"><dd class="createdby">Viết bởi <span itemprop="author">{AUTHOR}</span></dd><dd
        class="published">{DATE}</dd></dl><p class="lead">{LEAD}</p><div itemprop="articleBody">{FIGURE}{P}</div></div>""",
    "joomla with k2": f"""<div id="k2Container" class="itemView"><h1 class="itemTitle">{TITLE}</h1><span
        class="itemDateCreated">{DATE}</span><span class="itemAuthor">{AUTHOR}</span><div class="itemBody">
        <div class="itemIntroText sapo">{LEAD}</div><div class="itemFullText">{FIGURE}{P}</div></div><div
        class="itemRelated"><h3>Tin liên quan</h3><ul>{SIDE}</ul></div></div>""",
    "dnn": f"""<form method="post" action="/Default.aspx"><input type="hidden" name="__VIEWSTATE" value="x"><div
        class="DnnModule DnnModule-ViewNews"><div class="news-detail"><h1 class="news_title">{TITLE}</h1><div
        class="news_date">{DATE}</div><div class="news_author">{AUTHOR}</div><div class="news_summary">{LEAD}</div><div
        class="news_content">{FIGURE}{P}</div></div></div></form>""",
    "dnn with ids": f"""<form><div id="dnn_ctr512_ModuleContent"><span id="dnn_ctr512_lblTitle" class="tieude">{TITLE}</span>
        <span id="dnn_ctr512_lblNgayDang">{DATE}</span><span id="dnn_ctr512_lblTacGia" class="tacgia">{AUTHOR}</span>
        <div id="dnn_ctr512_lblTomTat" class="tomtat">{LEAD}</div><div id="dnn_ctr512_lblNoiDung" class="noidung">{FIGURE}{P}
        </div></div></form>""",
    "sharepoint": f"""<form><div id="s4-workspace"><div class="ms-rtestate-field detail-wrap"><div class="title-news">
        <h1>{TITLE}</h1></div><div class="date-time">{DATE}</div><div class="nguoi-viet">{AUTHOR}</div><div
        class="short-desc sapo">{LEAD}</div><div class="ms-rtestate-field noi-dung">{FIGURE}{P}</div></div></div></form>""",
    "sharepoint with spans": f"""<div class="contentnews"><div class="tieude"><h1>{TITLE}</h1></div><p class="ngaydang">{DATE}
        </p><div class="trichyeu">{LEAD}</div><div class="ExternalClass8A2">{FIGURE}{
        "".join(f'<div><span style="font-size:14pt">{text}</span></div>' for text in PARAGRAPHS)}</div>
        <p class="tacgia">{AUTHOR}</p></div>""",
    "liferay": f"""<div class="portlet-asset-publisher"><div class="asset-full-content"><h1 class="asset-title">{TITLE}</h1>
        <div class="asset-metadata"><span class="metadata-publish-date">{DATE}</span><span class="metadata-author">{AUTHOR}
        </span></div><div class="journal-content-article"><div class="sapo">{LEAD}</div><div class="content">{FIGURE}{P}</div>
        </div></div></div>""",
    "liferay with a table": f"""<div class="journal-content-article"><table><tr><td><h1 class="title">{TITLE}</h1></td></tr>
        <tr><td class="date">{DATE}</td></tr><tr><td><p class="lead">{LEAD}</p>{FIGURE}{P}<p class="author"><b>{AUTHOR}</b></p>
        </td></tr></table></div>""",
    "vnpt portal": f"""<div class="vnpt-content"><h1 class="title-detail-news">{TITLE}</h1><div class="meta-date">{DATE}</div>
        <div class="description-news">{LEAD}</div><div class="content-news">{FIGURE}{P}<p style="text-align:right"><strong>{
        AUTHOR}</strong></p></div><div class="list-other-news"><h3>Tin khác</h3><ul>{SIDE}</ul></div></div>""",
    "drupal": f"""<div class="node node-article"><h1 class="page-header">{TITLE}</h1><div class="submitted">{DATE}</div>
        <div class="field field-name-field-author">{AUTHOR}</div><div class="field field-name-field-tom-tat tom-tat">{LEAD}
        </div><div class="field field-name-body"><div class="field-items"><div class="field-item even">{FIGURE}{P}</div></div>
        </div></div>""",
    "tailwind": f"""<main class="relative mx-auto"><h1 class="text-2xl font-bold">{TITLE}</h1><time
        datetime="2026-03-12T14:05:00+07:00" class="text-sm">{DATE}</time><h2 data-slot="sapo" class="text-lg">{LEAD}</h2>
        <div data-slot="content" class="relative print:hidden md:flex">{FIGURE}<div class="relative mb-4">{FIRST}</div><div
        class="shared:none relative">{REST}</div></div><div class="author-item">{AUTHOR}</div></main>""",
    "hashed classes": f"""<div class="css-1a2b"><h1 class="css-9x8y">{TITLE}</h1><div class="css-3c4d"><span>{DATE}</span></div>
        <div class="css-5e6f sapo">{LEAD}</div><div class="css-7g8h">{FIGURE}{P}</div><div class="css-0i author">{AUTHOR}</div>
        </div>""",
    "text in two parts": f"""<div class="detail"><h1>{TITLE}</h1><span class="time">{DATE}</span><span class="author">{AUTHOR}
        </span><p class="sapo">{LEAD}</p>{FIGURE}<div class="part">{FIRST}</div><div class="ads"><a href="http://x.vn">Mua</a>
        </div><div class="part">{REST}</div></div>""",
    "text in chunks": f"""<div class="chunks"><h1>{TITLE}</h1><span class="time">{DATE}</span><p class="author">{AUTHOR}</p>
        <p class="sapo">{LEAD}</p>{FIGURE}{
        "".join(f'<div class="grid"><div class="body__container"><p>{text}</p></div></div>' for text in PARAGRAPHS)}</div>""",
    "a first paragraph apart": f"""<div class="bai"><h1>{TITLE}</h1><div class="ngay">{DATE}</div><div class="sapo">{LEAD}</div>
        <div class="mo-dau">{FIRST}</div><div class="noi-dung">{FIGURE}{REST}<p><b>{AUTHOR}</b></p></div></div>""",
    "line breaks": f"""<div class="noidung"><h1>{TITLE}</h1><div class="ngay">{DATE}</div><div class="tacgia">{AUTHOR}</div><div
        class="sapo">{LEAD}</div><div class="chitiet">{FIGURE}{"<br><br>".join(PARAGRAPHS)}</div></div>""",
    "divs for paragraphs": f"""<div class="detail-news"><h1>{TITLE}</h1><p class="date">{DATE}</p><p class="author">{AUTHOR}</p>
        <div class="summary">{LEAD}</div><div class="text">{FIGURE}{
        "".join(f"<div>{text}</div>" for text in PARAGRAPHS)}</div></div>""",
    "hidden copies": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content">{FIGURE}<div class="print-copy" style="display: none">{FIRST}</div>{P}<p
        hidden>Bạn đang xem bản rút gọn dành cho máy in của trang này.</p><div class="note" style="display:none">Bạn cần đăng
        ký tài khoản để đọc tiếp bài viết này của tòa soạn.</div><span aria-hidden="true">Đã sao chép liên kết vào khay nhớ
        tạm của bạn</span></div></div>""",
    "a note to subscribe": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content">{FIGURE}{P}<p>Bạn cần đăng nhập để đọc tiếp nội dung dành cho hội viên.</p>
        <p>Mời bạn đọc đăng ký gói tháng để đọc toàn bộ bài viết.</p></div></div>""",
    "related articles inside": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p>
        <p class="sapo">{LEAD}</p><div class="content">{FIGURE}{FIRST}<div class="box-lien-quan"><ul>{SIDE}</ul></div>{REST}
        <p>Xem thêm: <a href="/tin/cau-moi-o-xa-ben-da-24690.html">Cầu mới ở xã Bến Đá thông xe</a></p></div></div>""",
    "links at the end": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content">{FIGURE}{P}<h3>Tin cùng chuyên mục</h3><ul>{SIDE}</ul><p>Từ khóa: cầu
        treo, Suối Mơ</p></div></div>""",
    "tags and shares": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content">{FIGURE}{P}<div class="tags"><a href="/tag/cau">cầu treo</a></div><div
        class="social-share">Chia sẻ bài viết này lên mạng xã hội của bạn</div><p>Facebook</p><p>In bài viết</p></div></div>""",
    "doubled captions": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content"><div class="photo"><img src="1.jpg"><div class="caption">{CAPTION}</div>
        </div><div class="photo"><img src="1.jpg"><p class="caption">{CAPTION}</p></div>{P}</div></div>""",
    "a caption in a table": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content"><table class="desc_image"><tr><td><img src="1.jpg"></td></tr><tr><td
        class="ck_legend">{CAPTION}</td></tr></table>{P}</div></div>""",
    "a caption as an italic line": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}
        </p><p class="sapo">{LEAD}</p><div class="content"><p style="text-align:center"><img src="1.jpg"></p><p
        style="text-align:center"><em>{CAPTION}</em></p>{P}</div></div>""",
    "comments below": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content">{FIGURE}{P}</div></div><div class="comments"><div class="item"><b>Bạn đọc
        Suối Mơ</b><p>Tôi rất mừng vì bản mình có cầu mới, từ nay các cháu đi học đỡ vất vả hơn nhiều so với trước.</p></div>
        </div>""",
    "blogger": f"""<div class="widget Blog" id="Blog1"><div class="blog-posts hfeed"><div class="post hentry"><h1
        class="post-title">{TITLE}</h1><span class="published">{DATE}</span><span class="post-author">{AUTHOR}</span><div
        class="post-body entry-content"><div class="sapo">{LEAD}</div>{FIGURE}{P}</div></div></div></div>""",
    "no classes at all": f"""<div><div><h1>{TITLE}</h1><div>{DATE}</div><div class="sapo">{LEAD}</div><div>{FIGURE}{P}<p
        align="right"><b>{AUTHOR}</b></p></div></div></div>""",
    "a bold lead in the text": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><div class="content"><p><strong>
        {LEAD}</strong></p>{FIGURE}{P}<p style="text-align:right"><strong>{AUTHOR}</strong></p></div></div>""",
    "itemprops": f"""<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{TITLE}</h1><meta
        itemprop="datePublished" content="2026-03-12T14:05:00+07:00"><span itemprop="author">{AUTHOR}</span><p
        itemprop="description">{LEAD}</p><div itemprop="articleBody">{FIGURE}{P}</div></div>""",
    "a tweet inside": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content">{FIGURE}{FIRST}<div class="social-media-embed"><blockquote><p>{PARAGRAPHS[1]}
        </p></blockquote></div>{"".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])}</div></div>""",
    "a quotation box": f"""<div class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p><div class="content">{FIGURE}{FIRST}<blockquote>{PARAGRAPHS[1]}</blockquote>{
        "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])}</div></div>""",
    "a date line in the text": f"""<div class="detail"><h1>{TITLE}</h1><p class="author">{AUTHOR}</p><p class="sapo">{LEAD}</p>
        <div class="content"><p>Thứ Năm, {DATE}</p>{FIGURE}{P}</div></div>""",
    "a sidebar with an author": f"""<div class="row"><div class="col"><h1>{TITLE}</h1><p class="time">{DATE}</p><p
        class="author">{AUTHOR}</p><p class="sapo">{LEAD}</p><div class="content">{FIGURE}{P}</div></div><div class="trending">
        <h3>Xem nhiều</h3><a href="/x-11111.html">Tin khác</a> <a rel="author">Nguyễn Khác</a></div></div>""",
    "an aside between": f"""<article><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}</p><p
        class="sapo">{LEAD}</p>{FIGURE}{FIRST}<aside><h4>Đọc nhiều</h4><ul>{SIDE}</ul></aside>{REST}</article>""",
    "a place before the lead": f"""<article class="detail"><h1>{TITLE}</h1><p class="time">{DATE}</p><p class="author">{AUTHOR}
        </p><p class="sapo">{LEAD}</p><div class="content">{FIGURE}{P}<p class="source">(Theo TTXVN)</p></div></article>""",
}
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
