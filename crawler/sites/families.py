"""Every family of sites that has a reader of its own, and how a page of an unknown site is recognised."""

from __future__ import annotations

from crawler.elements import Elements
from crawler.errors import SiteError
from crawler.sites import (
    baodautu,
    class_words,
    dangcongsan,
    dantri,
    mcms,
    onecms,
    qdnd,
    ttxvn,
    vccorp,
    vietnamnet,
    vnexpress,
    vov,
)
from crawler.sites.layout import Family, Layout
from crawler.sites.site import Site

_ALL = (mcms, vccorp, ttxvn, onecms, dangcongsan, qdnd, vov, vnexpress, dantri, vietnamnet, baodautu)
FAMILIES: dict[str, Family] = {module.FAMILY.key: module.FAMILY for module in _ALL}
GENERIC = Family(key="generic", article=class_words.ARTICLE, layouts=())


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


def layout_of(elements: Elements, site: Site | None) -> Layout | None:
    """The layout that a page is printed in: the first whose body is found; None for no known one.

    A site without reader may run on a known platform: its pages are tried against the telling layouts.
    """
    known = site is not None and site.family in FAMILIES
    families = [family_of(site)] if known else [family for family in FAMILIES.values() if family.telling]
    layouts = (layout for family in families for layout in family.layouts)
    return next((layout for layout in layouts if elements.pick(layout.body)), None)
