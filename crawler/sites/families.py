"""Every family of sites that has a reader of its own, and how a page of an unknown site is recognised."""

from __future__ import annotations

import re

from crawler.elements import Elements
from crawler.errors import SiteError
from crawler.sites import (
    baodautu,
    dangcongsan,
    dantri,
    generic,
    mcms,
    qdnd,
    ttxvn,
    vccorp,
    vietnamnet,
    vnexpress,
    vov,
)
from crawler.sites.layout import Family, Layout
from crawler.sites.site import Site

_ALL = (mcms, vccorp, ttxvn, dangcongsan, qdnd, vov, vnexpress, dantri, vietnamnet, baodautu)
FAMILIES: dict[str, Family] = {module.FAMILY.key: module.FAMILY for module in _ALL}
GENERIC = Family(key="generic", article=generic.ARTICLE, layouts=())
_LIKELY = re.compile(
    r"article__body|post-ct-entry|afcbc-body|divfirst|fck_detail|content_detail_news|singular-content|text-long|maincontent"
)


def by_key(key: str, host: str) -> Family:
    """The family of that name.

    Raises:
        SiteError: naming the families there are.
    """
    if key != GENERIC.key and key not in FAMILIES:
        raise SiteError(f"site {host}: no family {key!r}; there are {', '.join((*FAMILIES, GENERIC.key))}")
    return FAMILIES.get(key, GENERIC)


def family_of(site: Site | None) -> Family:
    """The family that a site's entry names; the generic one for a site without reader."""
    return FAMILIES.get(site.family, GENERIC) if site else GENERIC


def layout_of(elements: Elements, site: Site | None, html: str) -> Layout | None:
    """The layout that this page is printed in: the first of its family's whose body is found; None for no known one.

    An unknown site may run on a known platform: layouts whose names are telling are tried on every page.
    """
    families = [family_of(site)] if site and site.family in FAMILIES else []
    if not families and _LIKELY.search(html):
        families = list(FAMILIES.values())
    for family in families:
        for layout in family.layouts:
            if elements.pick(layout.body):
                return layout
    return None
