"""The reader of pages: one fetched page in, an article or the reason why there is none out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.article import Article, url_id
from crawler.dates import Moment, parse_moment
from crawler.encodings import decode
from crawler.html import Metas, is_type, linked_data, parse, plain, text_of
from crawler.page import NotArticle, Page, Reading
from crawler.sites import byline, fallback, generic, kinds, links, published
from crawler.sites.body import Body, read_body
from crawler.sites.families import layout_of
from crawler.sites.layout import Layout
from crawler.sites.links import article_number
from crawler.sites.site import Site

__all__ = ["article_number", "read_page"]


def read_page(page: Page, site: Site | None) -> Reading:
    """What the page says, read as that site prints it (None: as any site would). Never raises, on any bytes."""
    try:
        return _read(page, site)
    except Exception as error:  # noqa: BLE001 - one page must never stop a crawl: what it did is reported instead
        return Reading(NotArticle("broken", f"{type(error).__name__} while reading it: {str(error)[:200]}"))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A parsed page, and what every part of the reading needs of it."""

    html: str
    soup: BeautifulSoup
    metas: Metas
    data: tuple[dict[str, Any], ...]
    url: str
    site: Site | None
    layout: Layout | None
    now: Moment | None


def _read(page: Page, site: Site | None) -> Reading:
    if refusal := kinds.not_html(page):
        return Reading(refusal)
    decoded = decode(page.content, page.headers.get("content-type"))
    soup = parse(decoded.text)
    if refusal := kinds.challenge(decoded.text, soup):
        return Reading(refusal, flags=decoded.flags)
    if refusal := kinds.elsewhere(page.final_url, site):
        return Reading(refusal, flags=decoded.flags)
    metas = Metas(soup)
    url = canonical_url(soup, metas, page.final_url or page.url, site)
    now = parse_moment(page.fetched) if page.fetched else None
    layout = layout_of(soup, site, decoded.text)
    sheet = _Sheet(decoded.text, soup, metas, linked_data(soup), url, site, layout, now)
    found = links.article_links(soup, page.final_url or url, site) if page.final_url or url else ()
    article, flags = _article(sheet, page)
    return Reading(article, found, (*decoded.flags, *flags))


def canonical_url(soup: BeautifulSoup, metas: Metas, asked: str, site: Site | None) -> str:
    """The URL that the page gives as its own, if it is on the same site and no home page; else the one that answered."""
    own = links.absolute(asked, asked) or "" if asked else ""
    rel = soup.find("link", rel="canonical")
    for told in (str(rel.get("href") or "") if isinstance(rel, Tag) else "", metas.first("og:url") or ""):
        url = links.absolute(told, asked) if told else None
        if url is None or (own and urlsplit(url).path in ("", "/") and urlsplit(own).path not in ("", "/")):
            continue
        if not own or links.same_site(url, own, site):
            return url
    return own


def _article(sheet: _Sheet, page: Page) -> tuple[Article | NotArticle, tuple[str, ...]]:
    layout, soup = sheet.layout, sheet.soup
    containers = _containers(soup, layout) or _fallback_container(soup, sheet.html)
    first = containers[0] if containers else None
    title, title_tag = _title(sheet, first)
    region = _region(soup, title_tag, first)
    is_article = partial(_is_other_article, base=sheet.url, site=sheet.site)
    body = read_body(containers, layout, is_article)
    lead = _lead(sheet, region, first, title, body)
    if refusal := kinds.no_article(sheet.url, sheet.site, sheet.metas, sheet.data, title, body, lead):
        return refusal, ()
    source = sheet.site.host if sheet.site else (urlsplit(sheet.url).hostname or "").removeprefix("www.") or None
    author = _author(sheet, region, body, source)
    when, updated, flags = _dates(sheet, region, first, title_tag)
    captions = [*_outer_captions(sheet, containers), *body.captions]
    language = _language(sheet)
    return Article(
        id=_article_id(sheet, source),
        title=title,
        url=sheet.url or None,
        source=source,
        lead=lead,
        paragraphs=body.paragraphs,
        captions=tuple(captions),
        author=author,
        section=_section(sheet, title),
        tags=_tags(sheet),
        published=when.iso if when else None,
        updated=updated.iso if updated else None,
        fetched=page.fetched,
    ), (*flags, *((f"language-{language}",) if language != "vi" else ()))


def _article_id(sheet: _Sheet, source: str | None) -> str:
    number = article_number(sheet.url, sheet.site) if source else None
    return f"{source}-{number}" if number else url_id(sheet.url or sheet.html[:5000], source)


def _containers(soup: BeautifulSoup, layout: Layout | None) -> list[Tag]:
    """The layout's body elements, without those inside another."""
    for part in layout.body.split(", ") if layout else ():
        tags = soup.select(part)
        if tags:
            break
    else:
        return []
    if len(tags) == 1:
        return tags
    chosen = soup.select(layout.body) if layout and "#" in layout.body else tags[:1]
    return [tag for tag in chosen if not any(parent is other for parent in tag.parents for other in chosen)]


def _fallback_container(soup: BeautifulSoup, html: str) -> list[Tag]:
    found = fallback.find_body(soup, html)
    return [found] if found is not None else []


def _title(sheet: _Sheet, body: Tag | None) -> tuple[str, Tag | None]:
    for part in sheet.layout.title.split(", ") if sheet.layout and sheet.layout.title else ():
        tag = sheet.soup.select_one(part)
        if text := text_of(tag):
            return text, tag
    return fallback.find_title(sheet.soup, sheet.metas, body)


def _region(soup: BeautifulSoup, title: Tag | None, body: Tag | None) -> list[Tag]:
    """The elements from the title to a little after the body: where lead, byline and date are looked for."""
    if title is not None:
        after = [tag for tag in islice(title.find_all_next(True), 800)]
        if body is not None and not any(tag is body for tag in after):
            after = after[:120]
    else:
        after = (
            [*reversed(list(islice(body.find_all_previous(True), 40))), body, *islice(body.find_all_next(True), 300)]
            if body
            else []
        )
    return after


def _lead(sheet: _Sheet, region: Sequence[Tag], container: Tag | None, title: str, body: Body) -> str | None:
    if sheet.layout and sheet.layout.lead:
        for part in sheet.layout.lead.split(", "):
            if text := text_of(sheet.soup.select_one(part)):
                break
        else:
            text = ""
    else:
        text = fallback.find_lead(_before(region, container), container, title) or ""
    if text:
        return text
    return fallback.take_lead(body.lines, sheet.metas.first("og:description", "description"))


def _before(region: Sequence[Tag], container: Tag | None) -> list[Tag]:
    """The elements before the running text, and the first few inside it."""
    if container is None:
        return list(region[:60])
    for position, tag in enumerate(region):
        if tag is container:
            return list(region[: position + 8])
    return [*container.find_all(True, limit=12), *region[:60]]


def _author(sheet: _Sheet, region: Sequence[Tag], body: Body, source: str | None) -> str | None:
    names = _own_names(sheet, source)
    printed, has_place = byline.author_of_page(sheet.soup, sheet.layout.author if sheet.layout else "", names)
    signed = byline.take_byline(body.lines, names)
    if printed is None and not has_place:
        printed = byline.author_by_class(sheet.soup, region, names)
    if printed or signed:
        return printed or signed
    told = [value for value in sheet.metas.all("article:author", "author", "dable:author") if "://" not in value]
    return byline.author_in_data(sheet.data, names) or next(
        (name for value in told if (name := byline.as_author(value, names)) and len(name.split()) > 1), None
    )


def _own_names(sheet: _Sheet, source: str | None) -> tuple[str, ...]:
    names = [
        sheet.metas.first("og:site_name"),
        sheet.metas.first("copyright"),
        source,
        sheet.site.name if sheet.site else None,
    ]
    for thing in sheet.data:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict):
            names.append(plain(publisher.get("name")))
        if is_type(thing, "Organization"):
            names.append(plain(thing.get("name")))
    return tuple(name for name in names if name)


def _dates(
    sheet: _Sheet, region: Sequence[Tag], container: Tag | None, title: Tag | None
) -> tuple[Moment | None, Moment | None, tuple[str, ...]]:
    found = published.stated_dates(sheet.metas, sheet.data, sheet.url, sheet.now)
    if sheet.layout and sheet.layout.date:
        published.add_printed(found, sheet.soup.select(sheet.layout.date, limit=4), text_of)
    if not found.seen:
        published.add_printed(found, _date_places(region, container, title), text_of)
    return published.settle(found)


def _date_places(region: Sequence[Tag], container: Tag | None, title: Tag | None) -> list[Tag]:
    """Elements around the title that are called a date, or hold little else than one."""
    around = list(reversed(list(islice(title.find_all_previous(True), 25)))) if title is not None else []
    places: list[Tag] = []
    for tag in (*_before(region, container)[:120], *around):
        if tag.name in ("a", "li", "ul", "script", "meta", "h1", "body", "html") or tag.find(
            ("h1", "h2", "p", "ul", "form")
        ):
            continue
        if tag.find_parent(("ul", "nav", "aside", "footer")) is not None:
            continue
        if tag.name == "time" or generic.DATE.search(generic.names(tag)) or len(tag.get_text()) < 60:
            places.append(tag)
    return [tag for tag in places if parse_moment(text_of(tag)[:160]) or tag.name == "time"][:3]


def _outer_captions(sheet: _Sheet, containers: Sequence[Tag]) -> list[str]:
    if not sheet.layout or not sheet.layout.captions:
        return []
    outer = sheet.soup.select(sheet.layout.captions)
    return [text_of(tag) for tag in outer if not any(parent is one for parent in tag.parents for one in containers)]


def _is_other_article(href: str, base: str, site: Site | None) -> bool:
    url = links.absolute(href, base or "https://unknown.invalid/")
    return url is not None and links.same_site(url, base, site) and links.is_article_url(url, site)


def _section(sheet: _Sheet, title: str) -> str | None:
    for thing in sheet.data:
        if is_type(thing, "BreadcrumbList") and isinstance(items := thing.get("itemListElement"), list):
            names = [
                plain((one.get("item") or {}).get("name") if isinstance(one.get("item"), dict) else one.get("name"))
                for one in items
                if isinstance(one, dict)
            ]
            names = [name for name in names if name and name != title and name.casefold() not in ("trang chủ", "home")]
            if names:
                return names[-1]
    if told := sheet.metas.first("article:section", "articlesection"):
        return told.split(",")[0].strip()
    if sheet.layout and sheet.layout.section:
        texts = [text for tag in sheet.soup.select(sheet.layout.section, limit=6) if (text := text_of(tag))]
        return texts[-1] if texts else None
    return None


def _tags(sheet: _Sheet) -> tuple[str, ...]:
    texts: list[str] = []
    if sheet.layout and sheet.layout.tags:
        texts = [text_of(tag) for tag in sheet.soup.select(sheet.layout.tags, limit=40)]
    if not texts:
        texts = [part for value in sheet.metas.all("article:tag") for part in value.split(",")]
    if not texts:
        texts = (sheet.metas.first("news_keywords", "keywords") or "").split(",")
    return tuple(dict.fromkeys(text for one in texts if (text := one.strip(" #,;"))))


def _language(sheet: _Sheet) -> str:
    """The language that the page's text is in: Vietnamese unless the page says otherwise."""
    root = sheet.soup.find("html")
    told = str(root.get("lang") or "") if isinstance(root, Tag) else ""
    told = told or sheet.metas.first("content-language", "inlanguage", "og:locale", "language") or "vi"
    return told.replace("_", "-").split("-")[0].lower()[:2]
