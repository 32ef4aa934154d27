"""Sitemaps: indexes, URL sets, news sitemaps and plain lists, read as a stream; what is malformed ends, not fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from crawler.dates import parse_moment
from crawler.errors import UrlError
from crawler.feeds import xml_text
from crawler.frontier_url import Link, UrlKind
from crawler.page import Page
from crawler.unpack import gunzipped
from crawler.urls import canonical

_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_/]?(0?[1-9]|1[0-2])(?!\d)")
_RAW_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
MOST = 60_000
"""Entries that are read of one sitemap; the protocol allows 50,000."""

DEEPEST = 12
"""Elements within elements; a sitemap with pictures and videos has five."""


def read_sitemap(page: Page, limit: int, since: str | None = None) -> Iterator[Link]:
    """The articles and further sitemaps that a sitemap names. Nothing comes out of a page that is no sitemap.

    `modified` is the time of the last edit, never that of publication; only news sitemaps tell `dated`. Further
    sitemaps of months that ended before `since` are left out.

    Raises:
        TooBig, DamagedBody: a packed sitemap unpacks to more than `limit` bytes, or does not.
    """
    content = gunzipped(page.content, limit)
    start = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = _lines(content) if start[:4].lower() == b"http" else _entries(content)
    for count, (name, entry) in enumerate(found):
        if count >= MOST:
            return
        link = _link(name, entry, page.final_url)
        if link and link.url != page.final_url and not (link.kind == "sitemap" and since and _is_before(link, since)):
            yield link


def _with_ampersands(text: str) -> str:
    """The XML with every raw `&` escaped outside CDATA: one such sign must not cost the entries after it."""
    first, *others = text.split("<![CDATA[")
    parts = [_RAW_AMPERSAND.sub("&amp;", first)]
    for part in others:
        data, end, rest = part.partition("]]>")
        parts += ["<![CDATA[", data, end, _RAW_AMPERSAND.sub("&amp;", rest)]
    return "".join(parts)


def _lines(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    for line in content.decode("utf-8", "replace").split("\n"):
        if line[:4].lower() == "http":
            yield "url", {"loc": line.strip()}


def _entries(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each `url` or `sitemap` element as its name and the text of its descendants by name, namespaces left out."""
    text = _with_ampersands(xml_text(content)).encode("utf-8")
    events = etree.iterparse(
        BytesIO(text), events=("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    entry: dict[str, str] = {}
    try:
        depth = 0
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                return
            if event == "start":
                continue
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name in ("url", "sitemap"):
                yield name, entry
                entry = {}
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif element.text and name not in entry:
                entry[name] = element.text.strip()
    except etree.XMLSyntaxError:
        return


def _link(name: str, entry: dict[str, str], base: str) -> Link | None:
    try:
        url = canonical(entry["loc"], None if entry["loc"].startswith("http") else base) if entry.get("loc") else ""
    except UrlError:
        return None
    if not url or (url.count("/") == 3 and url.endswith("/")):
        return None
    kind: UrlKind = "sitemap" if name == "sitemap" else "article"
    modified, dated = (parse_moment(entry.get(key, "")) for key in ("lastmod", "publication_date"))
    return Link(url, kind, 0, dated.iso if dated else None, modified.iso if modified else None)


def _is_before(link: Link, since: str) -> bool:
    """Whether a further sitemap can hold nothing from that day on: by its last edit, else by the month in its name."""
    if link.modified:
        return link.modified[:10] < since[:10]
    month = _MONTH.search(link.url.rpartition("/")[2])
    return month is not None and f"{month[1]}-{int(month[2]):02}" < since[:7]
