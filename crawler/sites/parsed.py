"""ParsedPage: one page after parsing, with everything that the readers of its fields ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from crawler.dates import Moment, parse_moment
from crawler.elements import Elements
from crawler.encodings import Decoded
from crawler.html import Metas, hidden_by_style, is_type, linked_data, plain
from crawler.page import Page
from crawler.sites import links
from crawler.sites.families import layout_of
from crawler.sites.layout import Layout
from crawler.sites.site import Site
from crawler.tree import parse


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page laid out for reading."""

    html: str
    soup: BeautifulSoup
    elements: Elements
    metas: Metas
    data: tuple[dict[str, Any], ...]
    """Its JSON-LD objects."""
    url: str
    """Canonical; empty when nobody tells."""
    site: Site | None
    layout: Layout | None
    """None: no known one, the general rules read it."""
    now: Moment | None
    """When it was fetched."""
    hidden: frozenset[str] = frozenset()
    """The classes and ids that its style sheets hide."""

    @property
    def source(self) -> str | None:
        """The paper's host name."""
        if self.site is not None:
            return self.site.host
        return (urlsplit(self.url).hostname or "").removeprefix("www.") or None

    @property
    def own_names(self) -> tuple[str, ...]:
        """What the paper calls itself: no author is called so."""
        names = [self.metas.first("og:site_name"), self.metas.first("copyright"), self.source]
        names += [self.site.name] if self.site else []
        for record in self.data:
            publisher = record.get("publisher")
            if isinstance(publisher, dict):
                names.append(plain(publisher.get("name")))
            if is_type(record, "Organization"):
                names.append(plain(record.get("name")))
        return tuple(name for name in names if name)

    @property
    def language(self) -> str:
        """The language the page says it is in, two letters; Vietnamese when it does not say."""
        root = self.elements.pick("html")
        language = str(root[0].get("lang") or "") if root else ""
        language = language or self.metas.first("content-language", "inlanguage", "og:locale", "language") or "vi"
        return language.replace("_", "-").split("-")[0].lower()[:2]


def parse_page(page: Page, decoded: Decoded, site: Site | None) -> ParsedPage:
    """The parsed of a fetched page."""
    soup = parse(decoded.text)
    elements, metas = Elements(soup), Metas(soup)
    return ParsedPage(
        html=decoded.text,
        soup=soup,
        elements=elements,
        metas=metas,
        data=linked_data(soup),
        url=canonical_url(elements, metas, page.final_url or page.url, site),
        site=site,
        layout=layout_of(elements, site),
        now=parse_moment(page.fetched) if page.fetched else None,
        hidden=hidden_by_style(decoded.text),
    )


def canonical_url(elements: Elements, metas: Metas, asked: str, site: Site | None) -> str:
    """The URL that the page gives as its own, if on the same site and no home page; else the one that answered."""
    own = (links.absolute(asked, asked) or "") if asked else ""
    declared = [str(link.get("href") or "") for link in elements.select("link[rel=canonical]")]
    for given in (*declared, metas.first("og:url") or ""):
        url = links.absolute(given, asked) if given else None
        if url is None or (own and urlsplit(url).path in ("", "/") and urlsplit(own).path not in ("", "/")):
            continue
        if not own or links.same_site(url, own, site):
            return url
    return own
