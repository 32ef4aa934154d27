"""What a page is, when it is no article: list, tag, challenge, empty, broken or foreign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from crawler.html import is_type, text_of
from crawler.page import NotArticle, Page
from crawler.sites.body import Body
from crawler.sites.links import article_number, is_article_url, is_tag_url
from crawler.sites.parsed import ParsedPage
from crawler.sites.site import Site
from crawler.tree import inside

_BINARY = {b"%PDF": "a PDF file", b"\x89PNG": "an image", b"\xff\xd8\xff": "an image", b"GIF8": "an image"}
_BINARY |= {b"PK\x03\x04": "a zip or Office file", b"\xd0\xcf\x11\xe0": "an Office file", b"{\\rtf": "an RTF file"}
_SETS_COOKIE = re.compile(r"document\.cookie\s*=")
_RELOADS = re.compile(r"location\.(?:reload|href|replace|assign)|window\.location|location\s*=")
_CHALLENGES = (
    *("just a moment...", "cf-browser-verification", "cf_chl_", "challenge-platform", "checking your browser", "d1n="),
    *("ddos protection", "enable javascript and cookies", "access denied", "request blocked"),
    "web application firewall",
)
_LITTLE_TEXT = 700
_MANY_LINKS = 30
_HOMES = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home", "/trang-chu", "/default.aspx"})
_SOME_TEXT = 40
_SHORT_BODY, _SHORTEST_BODY = 120, 250
"""Characters of running text that make an article where machines are told of one, and where nothing else speaks."""
_DATED_BODY = 60
"""The same, under a headline and a date."""
_SOME_POSTS = 3
_SOME_TEXTS = 4
_LONGEST_BLURB = 700
"""A single paragraph shorter than that, with no headline over it, is a blurb on a page of others."""
_TEXT_PER_HEADLINE = 150
_MANY_HEADLINES = 8
_SOME_ROWS = 5
_MANY_ENTRIES = 12
_YEAR = re.compile(r"(?:19|20)\d\d")
_GONE = re.compile(
    r"(?:(?:lỗi|error) )?404\b|"
    r"(?:trang|bài viết|nội dung|tin)(?: (?:này|bạn|mà|đang|cần|tìm|yêu cầu|truy cập)){0,6} "
    r"(?:không (?:tồn tại|tìm thấy|còn)|đã (?:bị )?(?:xóa|xoá|gỡ))|không tìm thấy (?:trang|bài|nội dung|đường dẫn)|"
    r"(?:page|article|content)(?: you requested)?(?: was| is| could)? not (?:be )?found|not found$|"
    r"(?:.{0,20}\W)?(?:page|seite|página|pagina|contenu|artikel|article|artículo)"
    r"(?: (?:wurde|konnte|cette|est|leider)){0,3} "
    r"(?:nicht gefunden|introuvable|non trouvée?|no encontrad[oa]|não encontrad[oa]|non trovat[oa]|niet gevonden)|"
    r"(?:.{0,10}(?:找不到|不存在|见つかりません|見つかりません))|"
    r"(?:\d{3}\W{0,3})?(?:internal server error|service unavailable|bad gateway|gateway time-?out|forbidden)\b|"
    r"(?:trang |web|website |hệ thống )+(?:đang |tạm )?(?:bảo trì|ngừng hoạt động)|(?:down )?for maintenance",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"\bcookies?\b|\bconsent\b|datenschutz|vie privée|privacy", re.IGNORECASE)
_LONGEST_NOTICE = 500
_THREAD = re.compile(r"(?:^|/)(?:threads?|showthread\.php|viewtopic\.php|forums?)(?:[/.?-]|$)", re.IGNORECASE)
_ASKS = re.compile(r"(?:^|&)(?!page=|paged=|lang=|cat=|q=|s=)[\w.\[\]-]{1,40}=\d", re.IGNORECASE)
"""A query that asks for something by its number."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What surrounds the text that was taken for a body."""

    headlines: int
    """Links in it to other articles, as long as headlines."""
    headed: bool
    """Whether the headline stands right above it, or in it."""
    dated: bool
    """Whether a date is printed at the headline."""
    posts: int
    """Linked headlines over pieces of running text, where no text stands before the first."""
    outweighed: bool
    """Whether the text was taken though cards of others or comments hold more."""
    of_others: bool
    """Whether most of it stands in cards of others or in comments."""


def not_html(page: Page) -> NotArticle | None:
    """Why the bytes are no page at all, if so."""
    start = page.content[:400].lstrip()
    if not start.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        return NotArticle("empty", "the answer has no content")
    for magic, name in _BINARY.items():
        if start.startswith(magic):
            return NotArticle("foreign", f"the answer is {name}, not a page")
    if (
        start.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex"))
        and b"<html" not in page.content[:2000].lower()
    ):
        return NotArticle("foreign", "the answer is a feed or a sitemap, not a page")
    if start[:1] in (b"{", b"[") and start[:2] != b"[i":
        return NotArticle("foreign", "the answer is data (JSON), not a page")
    return None


def challenge(html: str, soup: BeautifulSoup) -> NotArticle | None:
    """Whether the site asked for a script or a cookie instead of answering."""
    if len(html) > 200_000:
        return None
    scripted = bool(_SETS_COOKIE.search(html) and _RELOADS.search(html))
    if not scripted:
        text = html.lower()
        if not any(sign in text for sign in _CHALLENGES):
            return None
    if len(inside(soup, "a", most=_MANY_LINKS)) == _MANY_LINKS or len(text_of(soup.body)) > _LITTLE_TEXT:
        return None
    how = "a script that sets a cookie and reloads" if scripted else "a challenge page"
    return NotArticle("challenge", f"the site answered with {how}, not with the page")


def elsewhere(url: str, site: Site | None) -> NotArticle | None:
    """Whether a redirect left the site."""
    if site is None or not url or site.owns(url):
        return None
    return NotArticle("foreign", f"the answer came from {urlsplit(url).hostname}, which is not {site.host}")


def by_address(parsed: ParsedPage) -> NotArticle | None:
    """Why a page is no article as far as its URL tells: a tag, or the home page."""
    if is_tag_url(parsed.url):
        return NotArticle("tag", "its URL is that of a tag or topic")
    address = urlsplit(parsed.url)
    # A portal writes all its pages as queries of the home page: /?pageid=27160&docid=206571, /?p=3289.
    if parsed.url and address.path.lower() in _HOMES and not _ASKS.search(address.query):
        return NotArticle("list", "it is the home page")
    if _THREAD.search(address.path) and not _claims(parsed):
        return NotArticle("list", "its URL is that of a forum")
    return None


def by_text(parsed: ParsedPage, title: str, body: Body, lead: str | None, signs: Signs) -> NotArticle | None:
    """Why a page is no article as far as its text tells, or None when it is one.

    An article prints a title and some running text, more of it than links to articles in its body would explain. How
    much is enough depends on who else says that it is one: its URL, its metas, its layout.
    """
    claims, headlines = _claims(parsed), signs.headlines
    looks = is_article_url(parsed.url, parsed.site) if parsed.url else claims
    if not title:
        if not looks and inside(parsed.soup, "a", most=1):
            return NotArticle("list", "it prints links and no headline, and its URL is not an article's")
        return NotArticle("broken" if body.size else "empty", "no title is printed")
    prose = body.prose + sum(map(len, body.captions))
    if prose < _LONGEST_NOTICE and not claims and _GONE.match(title):
        return NotArticle("empty", f"the site says that it has no such page: {title[:80]!r}")
    if prose < _LONGEST_NOTICE and body.lines and all(_CONSENT.search(line.text) for line in body.lines):
        return NotArticle("challenge", "the site asks for consent to cookies instead of printing the page")
    if prose < _SOME_TEXT and body.rows >= _SOME_ROWS and not claims:
        return NotArticle("list", "it prints a table of figures and no running text")
    number = article_number(parsed.url, parsed.site) if looks else None
    if number and _YEAR.fullmatch(number) and signs.posts >= _SOME_POSTS:
        looks = False  # an archive of a year or month
    if looks:
        numbered = number is not None
        if not (claims or numbered) and headlines >= _MANY_HEADLINES and prose < headlines * _TEXT_PER_HEADLINE:
            return NotArticle("list", "its URL is like an article's, but it prints a list of articles")
        vouched = claims or (signs.dated and len(lead or "") >= _DATED_BODY)  # a film and the sapo under it
        if body.size + sum(map(len, body.captions)) >= _SOME_TEXT or (lead and vouched):
            return None
        return NotArticle("empty", "the URL is an article's, but no text is printed")
    if signs.posts >= _SOME_POSTS and not claims:
        return NotArticle("list", "it prints several articles under their headlines")
    if signs.of_others and not claims:
        return NotArticle("list", "it prints headlines that lead elsewhere, and what they say")
    if body.entries >= _MANY_ENTRIES and not claims:
        return NotArticle("list", "it prints a list of entries and no running text")
    known = parsed.site is not None and parsed.site.family != "generic"
    enough = _SHORT_BODY if claims else _SHORTEST_BODY * (2 if known and parsed.layout is None else 1)
    if not claims and not signs.headed and body.texts < 2:
        enough = _LONGEST_BLURB
    said = parsed.metas.first("og:type") == "article" and not signs.outweighed
    if signs.headed and said:
        enough = min(enough, _SHORT_BODY)
    if signs.headed and signs.dated and not headlines:
        enough = min(enough, _DATED_BODY)
    sure = claims or (signs.headed and (signs.dated or said) and body.texts >= _SOME_TEXTS and not signs.posts)
    if prose >= max(enough, headlines * (_TEXT_PER_HEADLINE // 3 if sure else _TEXT_PER_HEADLINE)):
        return None
    return NotArticle("list", "it prints links to articles and little text of its own")


def _claims(parsed: ParsedPage) -> bool:
    """Whether the page tells machines that it is an article; og:type says so of sections, too."""
    if parsed.metas.first("article:published_time", "datepublished") is not None:
        return True
    return any(is_type(record, "NewsArticle", "BlogPosting", "Article", "Report") for record in parsed.data)
