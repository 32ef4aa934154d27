"""Atom feeds (RFC 4287), and how much a feed would bring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as Xml

from search.results import Hit, ResultPage
from web.charts import months_between
from web.i18n import language, t
from web.links import absolute, leads_out, link

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 50
_EPOCH = "1970-01-01T00:00:00+07:00"
_RECENT = 12
_DAYS_A_MONTH = 30.44
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article in a feed."""

    href: str
    title: str
    updated: str
    summary: str
    source: str | None = None
    original: str | None = None
    topics: tuple[str, ...] = ()


def of_hit(hit: Hit) -> FeedEntry:
    """A hit as a feed entry."""
    return FeedEntry(
        absolute(link("article.page", id=hit.id)),
        hit.title,
        entry_moment(hit.published),
        " … ".join(snippet.text for snippet in hit.snippets),
        hit.source,
        hit.url,
        tuple(topic.name for topic in hit.topics),
    )


def atom(title: str, address: str, page: str, entries: Iterable[FeedEntry]) -> bytes:
    """The feed at `address`, whose readable twin is `page`."""
    listed = list(entries)
    feed = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": "vi"})
    _child(feed, "id", address)
    _child(feed, "title", title)
    _child(feed, "updated", max((entry.updated for entry in listed), key=datetime.fromisoformat, default=_EPOCH))
    Xml.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    Xml.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _child(Xml.SubElement(feed, "author"), "name", "Tra Tin")
    for entry in listed:
        _entry(feed, entry)
    content: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def pace(found: ResultPage) -> str | None:
    """How many new articles to expect, in words, from the last twelve months that the matches span."""
    months = found.facets.months
    if not months:
        return None
    last = max(month.month for month in months)
    spanned = months_between(min(month.month for month in months), last)[-_RECENT:]
    a_month = sum(month.count for month in months if month.month >= spanned[0]) / len(spanned)
    if a_month >= _DAYS_A_MONTH:
        return t("search.per-day", n=round(a_month / _DAYS_A_MONTH))
    if a_month >= 1:
        return t("search.per-month", n=round(a_month))
    return t("search.per-year", n=max(1, round(a_month * 12)))


def _entry(feed: Xml.Element, entry: FeedEntry) -> None:
    node = Xml.SubElement(feed, "entry")
    _child(node, "id", entry.href)
    _child(node, "title", entry.title)
    _child(node, "updated", entry.updated)
    if entry.updated != _EPOCH:
        _child(node, "published", entry.updated)
    Xml.SubElement(node, "link", {"rel": "alternate", "type": "text/html", "href": entry.href, "hreflang": language()})
    if entry.original and leads_out(entry.original):
        Xml.SubElement(node, "link", {"rel": "via", "href": _clean(entry.original)})
    if entry.source:
        _child(Xml.SubElement(node, "author"), "name", entry.source)
    for topic in entry.topics:
        Xml.SubElement(node, "category", {"term": topic})
    if entry.summary:
        _child(node, "summary", entry.summary)


def entry_moment(published: str | None) -> str:
    """A day or moment of publication as a feed has it; the beginning of time for what has none."""
    if not published:
        return _EPOCH
    return f"{published}T00:00:00+07:00" if len(published) == 10 else published


def _child(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return text.translate(_NOT_XML)
