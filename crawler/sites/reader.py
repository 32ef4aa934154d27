"""The reader of pages: one fetched page in, an article or the reason why there is none out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from crawler.article import Article, url_id
from crawler.dates import Moment
from crawler.encodings import decode
from crawler.page import NotArticle, Page, Reading
from crawler.sites import kinds, links, parts
from crawler.sites.body import read_body
from crawler.sites.links import article_number
from crawler.sites.sheet import Sheet, lay_out
from crawler.sites.site import Site

__all__ = ["article_number", "read_page"]


def read_page(page: Page, site: Site | None) -> Reading:
    """What the page says, read as that site prints it (None: as any site would). Never raises, on any bytes."""
    try:
        return _read(page, site)
    except Exception as error:  # noqa: BLE001 - one page must never stop a crawl: what it did is reported instead
        return Reading(NotArticle("broken", f"{type(error).__name__} while reading it: {str(error)[:200]}"))


def _read(page: Page, site: Site | None) -> Reading:
    refusal = kinds.not_html(page) or kinds.elsewhere(page.final_url, site)
    if refusal is not None:
        return Reading(refusal)
    decoded = decode(page.content, page.headers.get("content-type"))
    sheet = lay_out(page, decoded, site)
    if refusal := kinds.challenge(sheet.html, sheet.soup):
        return Reading(refusal, flags=decoded.flags)
    base = page.final_url or sheet.url
    found = links.article_links(sheet.soup, base, site) if base else ()
    article, flags = _article(sheet, page.fetched)
    return Reading(article, found, (*decoded.flags, *flags))


def _article(sheet: Sheet, fetched: str | None) -> tuple[Article | NotArticle, tuple[str, ...]]:
    if refusal := kinds.by_address(sheet):
        return refusal, ()
    holding = parts.containers(sheet)
    first = holding[0] if holding else None
    title, heading = parts.title(sheet, first)
    around = parts.region(heading, first)
    sapo = parts.lead_place(sheet, around, first, title)
    places = parts.date_places(sheet, around, first, heading)
    head = [sapo, *places] if sapo is not None else places
    body = read_body(holding, sheet.elements, sheet.layout, heading, head, partial(parts.is_other_article, sheet))
    lead = parts.lead(sheet, sapo, body)
    if refusal := kinds.by_text(sheet, title, body, lead, parts.headlines(sheet, first)):
        return refusal, ()
    author = parts.author(sheet, around, body)
    published, updated, flags = parts.dates(sheet, places)
    article = Article(
        id=_id(sheet),
        title=title,
        url=sheet.url or None,
        source=sheet.source,
        lead=lead,
        paragraphs=body.paragraphs,
        captions=(*parts.captions_above(sheet, around, holding), *body.captions),
        author=author,
        section=parts.section(sheet, title),
        tags=parts.tags(sheet),
        published=published.iso if published else None,
        updated=updated.iso if updated else None,
        fetched=fetched,
    )
    return article, (*flags, *_doubts(sheet, published))


def _doubts(sheet: Sheet, published: Moment | None) -> Iterator[str]:
    if sheet.language != "vi":
        yield f"language-{sheet.language}"
    end = sheet.layout.valid_until if sheet.layout else None
    if end is not None and published is not None and published.day > end:
        yield "layout-outlived-its-end"


def _id(sheet: Sheet) -> str:
    number = article_number(sheet.url, sheet.site) if sheet.source else None
    return f"{sheet.source}-{number}" if number else url_id(sheet.url or sheet.html, sheet.source)
