"""Feeds: RSS and Atom by way of feedparser, with the encodings and dates that Vietnamese papers really send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import feedparser

from crawler.bulk import is_bulky
from crawler.dates import parse_moment
from crawler.errors import UrlError
from crawler.frontier_url import Link
from crawler.page import Page
from crawler.urls import canonical

_DECLARED = re.compile(r"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_PROLOG = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_MOST = 5000
"""Entries that are read of one feed."""


def read_feed(page: Page) -> list[Link] | None:
    """The articles that a feed names, with their times of publication; None when the page is no (sane) feed."""
    if is_bulky(page.content):
        return None
    text = xml_text(page.content)
    # feedparser takes the encoding from the header and the prolog, and some papers lie in both.
    parsed = feedparser.parse(
        BytesIO(text.encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": page.final_url},
        sanitize_html=False,
    )
    if not parsed.entries and not parsed.get("version"):
        return None
    return list(_links(parsed.entries[:_MOST], page.final_url))


def _links(entries: list[Any], base: str) -> Iterator[Link]:
    for entry in map(dict, entries):  # feedparser's own dictionaries answer "updated" with the time of publication
        address = entry.get("link") or (entry.get("id", "") if str(entry.get("id", "")).startswith("http") else "")
        if not address:
            continue
        try:
            url = canonical(address, base)
        except UrlError:
            continue
        yield Link(url, "article", 0, _moment(entry.get("published")), _moment(entry.get("updated")))


def _moment(text: str | None) -> str | None:
    moment = parse_moment(text) if text else None
    return moment.iso if moment else None


def xml_text(content: bytes) -> str:
    """XML as text, its prolog removed: what the bytes show counts before what is declared.

    One paper sends UTF-16 without saying so; another says utf-16 and sends UTF-8.
    """
    text = _decoded(content).lstrip("\ufeff")
    return _PROLOG.sub("", text, count=1).lstrip()


def _decoded(content: bytes) -> str:
    for mark, codec in (
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if content.startswith(mark):
            return content.decode(codec, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        declared = _DECLARED.match(content[:300].decode("latin-1"))
    try:
        return content.decode(declared.group(1) if declared else "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")
