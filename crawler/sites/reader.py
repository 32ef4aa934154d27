"""The reader of pages: one fetched page in, an article or the reason why there is none out."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bs4.element import Tag

from crawler.article import Article, url_id
from crawler.dates import Moment, parse_moment
from crawler.encodings import decode
from crawler.html import text_of
from crawler.page import NotArticle, Page, PageReading
from crawler.sites import container, fields, links, refusal
from crawler.sites.body import read_body
from crawler.sites.links import article_number
from crawler.sites.parsed import ParsedPage, parse_page
from crawler.sites.refusal import Signs
from crawler.sites.site import Site

__all__ = ["article_number", "read_page"]


def read_page(page: Page, site: Site | None) -> PageReading:
    """What the page says, read as that site prints it (None: as any site would). Never raises, on any bytes."""
    try:
        with _COLLECTOR.resting():
            return _read(page, site)
    except Exception as error:  # noqa: BLE001 - one page must never stop a crawl: what it did is reported instead
        return PageReading(NotArticle("broken", f"{type(error).__name__} while reading it: {str(error)[:200]}"))


class _Collector:
    """The garbage collector, resting while pages are read.

    It would go over a page's elements, all of them alive, many times while they are made. When the last reading ends
    they are young still, and one look at the young frees them.
    """

    def __init__(self) -> None:
        self._lock, self._readings, self._was = threading.Lock(), 0, False

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Until the end, and longer if another thread reads."""
        with self._lock:
            if not self._readings:
                self._was = gc.isenabled()
                gc.disable()
            self._readings += 1
        try:
            yield
        finally:
            with self._lock:
                self._readings -= 1
                if not self._readings and self._was:
                    gc.enable()


_COLLECTOR = _Collector()


def _read(page: Page, site: Site | None) -> PageReading:
    refused = refusal.not_html(page) or refusal.elsewhere(page.final_url, site)
    if refused is not None:
        return PageReading(refused)
    decoded = decode(page.content, page.headers.get("content-type"))
    parsed = parse_page(page, decoded, site)
    if refused := refusal.challenge(parsed.html, parsed.soup):
        return PageReading(refused, flags=decoded.flags)
    base = page.final_url or parsed.url
    found = links.article_links(parsed.soup, base, site) if base else ()
    if target := links.refresh(parsed.elements, base):
        onward = NotArticle("moved", f"it sends its reader on to {target}")
        return PageReading(onward, found, target if links.same_site(target, base, site) else None, decoded.flags)
    article, flags = _article(parsed, page.fetched)
    own = parsed.url if isinstance(article, NotArticle) and parsed.url != base else None
    return PageReading(article, found, own, (*decoded.flags, *flags))


def _article(parsed: ParsedPage, fetched: str | None) -> tuple[Article | NotArticle, tuple[str, ...]]:
    if refused := refusal.by_address(parsed):
        return refused, ()
    parsed, holding, doubts = fields.laid_out(parsed)
    first = holding[0] if holding else None
    title, heading = fields.title(parsed, first)
    is_own = partial(fields.is_own, parsed)
    heaviest = holding
    if parsed.layout is None:
        holding = container.under_headline(heading, heaviest, is_own)
        first = holding[0] if holding else None
    around = fields.region(heading, first)
    sapo = fields.lead_place(parsed, around, holding, title, heading)
    places = fields.date_places(parsed, around, first, heading)
    head = [sapo, *places] if sapo is not None else places
    is_other = partial(fields.is_other_article, parsed)
    body = read_body(holding, parsed.elements, parsed.layout, heading, head, is_other, is_own, parsed.hidden)
    if declared := fields.body_in_data(parsed, body):
        body, doubts = declared, (*doubts, "body-from-json-ld")
    story = fields.story_in_state(parsed, title) if fields.is_unprinted(body) else None
    drawn = fields.body_in_state(parsed, body, story)
    if drawn is not None:
        body, doubts = drawn, (*doubts, "body-from-page-state")
    lead = fields.lead(parsed, sapo, body)
    if drawn is not None and lead is None:
        lead = fields.lead_in_state(story, body)
    of_others = parsed.layout is None and container.is_of_others(holding, is_own)
    headed = heading is not None and fields.is_headed(around, holding)
    moved = holding is not heaviest
    signs = _signs(parsed, holding, places, headed=headed, outweighed=moved, of_others=of_others)
    if refused := refusal.by_text(parsed, title, body, lead, signs):
        return refused, ()
    author = fields.author(parsed, around, holding, body) or fields.author_in_state(parsed, story)
    published, updated, flags = fields.dates(parsed, places, title)
    article = Article(
        id=_id(parsed),
        title=title,
        url=parsed.url or None,
        source=parsed.source,
        lead=lead,
        paragraphs=body.paragraphs,
        captions=(*fields.captions_above(parsed, around, holding), *body.captions),
        author=author,
        section=fields.section(parsed, title),
        tags=fields.tags(parsed),
        published=published.iso if published else None,
        updated=updated.iso if updated else None,
        fetched=fetched,
    )
    return article, (*doubts, *flags, *_doubts(parsed, published))


def _signs(
    parsed: ParsedPage,
    holding: list[Tag],
    places: list[Tag],
    *,
    headed: bool,
    outweighed: bool,
    of_others: bool,
) -> Signs:
    return Signs(
        outweighed=outweighed,
        of_others=of_others,
        headlines=fields.headlines(parsed, holding),
        headed=headed,
        dated=any(parse_moment(text_of(tag), parsed.now) for tag in places),
        posts=fields.posts(parsed, holding),
    )


def _doubts(parsed: ParsedPage, published: Moment | None) -> Iterator[str]:
    if parsed.language != "vi":
        yield f"language-{parsed.language}"
    end = parsed.layout.valid_until if parsed.layout else None
    if end is not None and published is not None and published.day > end:
        yield "layout-outlived-its-end"


def _id(parsed: ParsedPage) -> str:
    number = article_number(parsed.url, parsed.site) if parsed.source else None
    return f"{parsed.source}-{number}" if number else url_id(parsed.url or parsed.html, parsed.source)
