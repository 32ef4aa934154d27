"""Links of a page, and what its own URL says: article, tag, list or home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from crawler.elements import Elements
from crawler.errors import UrlError
from crawler.sites import class_words
from crawler.sites.families import family_of
from crawler.sites.site import Site
from crawler.tree import inside
from crawler.urls import canonical

_NOT_ARTICLE = re.compile(
    r"(?:^|/)(?:tags?|tu-khoa|chu-de|su-kien|topic|topics|tac-gia|author|tim-kiem|search|rss|lien-he|gioi-thieu|about|"
    r"login|dang-nhap|print|in-bai|video-list|region|page|trang|category|chuyen-muc|danh-muc|event|dong-su-kien|podcast)"
    r"(?:/|\.html?$|$)|-(?:tag|region|zone|event|topic)\d+",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|rss|xml|css|js)$", re.IGNORECASE)
_TAG = re.compile(
    r"(?:^|/)(?:tags?|tu-khoa|chu-de|su-kien|topics?|event)(?:/|$)|-(?:tag|topic|event)\d+", re.IGNORECASE
)
_DATED_NUMBER = re.compile(r"(?<!\d)\d{12,20}(?!\d)")
_REFRESH = re.compile(r"(?P<seconds>\d{1,4})(?:\.\d{0,3})? ?[;,] ?(?:url ?= ?)?(?P<url>\S.{0,2000})", re.IGNORECASE)
_AT_ONCE = 10
"""Seconds after which a refresh is no redirect, but a page that keeps itself fresh."""
_MOST_LINKS = 10_000
_NOWHERE = ("#", "javascript:", "mailto:", "tel:")
_LANGUAGE = re.compile(r"^/(?:en|fr|zh|cn|ru|es|lo|kh|ja|ko)/")


def absolute(href: str, base: str) -> str | None:
    """A link in its canonical spelling; None when it is no URL that can be fetched."""
    try:
        return canonical(href, base or None)
    except UrlError:
        return None


def is_article_url(url: str, site: Site | None) -> bool:
    """Whether the URL looks like an article's, by the site's own rule, its family's, or the usual forms."""
    parts = urlsplit(url)
    if site is not None and site.article:
        return site.is_article(url) and not _FILE.search(parts.path)
    if _FILE.search(parts.path) or (_NOT_ARTICLE.search(parts.path) and not _DATED_NUMBER.search(parts.path)):
        return False
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return re.search(family_of(site).article, target) is not None


def is_tag_url(url: str) -> bool:
    """Whether the URL is that of a tag, a topic or an event, and not of an article filed under one."""
    return _TAG.search(urlsplit(url).path) is not None and not _DATED_NUMBER.search(url)


def article_number(url: str, site: Site | None) -> str | None:
    """The site's own number of the article at this URL; None when the URL carries none.

    Papers that print in several languages count each edition apart: under `/en/` a number says nothing.
    """
    parts = urlsplit(url)
    if _LANGUAGE.match(parts.path):
        return None
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    for rule in (
        site.article if site else "",
        family_of(site).article,
        rf"(?i:{class_words.NUMBERED})",
        class_words.NUMBERED_FOLDER,
    ):
        found = re.search(rule, target) if rule else None
        if found is not None and (
            number := next((group for group in found.groups() if group and group.isdigit()), None)
        ):
            return number
    return None


def article_links(soup: BeautifulSoup, base: str, site: Site | None) -> tuple[str, ...]:
    """Links to articles of the same site, in page order, each once; of a page's first ten thousand links."""
    return tuple(dict.fromkeys(url for url in _same_site(soup, base, site) if is_article_url(url, site)))


def _same_site(soup: BeautifulSoup, base: str, site: Site | None) -> Iterator[str]:
    hrefs = (str(link.attrs.get("href") or "#") for link in inside(soup, "a", most=_MOST_LINKS))
    for href in dict.fromkeys(href for href in hrefs if not href.startswith(_NOWHERE)):
        url = absolute(href, base)
        if url is not None and url != base and same_site(url, base, site):
            yield url


def refresh(elements: Elements, base: str) -> str | None:
    """Where a meta refresh sends the reader at once; None for a page that only reloads itself now and then."""
    for tag in elements.select("meta[http-equiv]"):
        if str(tag.get("http-equiv")).strip().lower() != "refresh":
            continue
        found = _REFRESH.match(str(tag.get("content") or "").strip())
        target = absolute(found["url"].strip("'\" "), base) if found and int(found["seconds"]) <= _AT_ONCE else None
        if target is not None and target != absolute(base, base):
            return target
    return None


def same_site(url: str, base: str, site: Site | None) -> bool:
    """Whether two URLs are on hosts of one paper."""
    if site is not None and site.owns(url):
        return True
    return _bare_host(url) == _bare_host(base)


@lru_cache(maxsize=4096)
def _bare_host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
