"""The catalogue of sites: the bundled `sites.toml`, then the archivist's own `<data>/sites.toml`."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from crawler.errors import SiteError
from crawler.sites import families
from crawler.sites.site import Site

_LISTS = ("feeds", "sitemaps", "lists", "aliases", "quirks")
_URLS = ("feeds", "sitemaps", "lists")
EVIDENCE = ("page", "code", "guess")
_FIELDS = {field.name for field in fields(Site)} - {"host"}


def load(data: Path) -> tuple[Site, ...]:
    """All configured sites, bundled ones first; an entry in `<data>/sites.toml` replaces the fields that it names.

    Raises:
        SiteError: naming the file, the site and the field that cannot be read.
    """
    entries = _entries((files("crawler.sites") / "sites.toml").read_text(encoding="utf-8"), "the bundled sites.toml")
    own = data / "sites.toml"
    if own.is_file():
        try:
            text = own.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SiteError(f"{own} cannot be read: {error}") from error
        for host, entry in _entries(text, str(own)).items():
            entries[host] = {**entries.get(host, {}), **entry}
    return tuple(_site(host, entry) for host, entry in entries.items())


def find(sites: Iterable[Site], name_or_host: str) -> Site:
    """The site of that host, alias or name; case and `www.` do not count.

    Raises:
        SiteError: no such site, naming near matches.
    """
    wanted = _plain(name_or_host)
    known: dict[str, Site] = {}
    for site in sites:
        for name in (*site.hosts, site.name):
            known.setdefault(_plain(name), site)
    if wanted in known:
        return known[wanted]
    near = dict.fromkeys(known[name].host for name in difflib.get_close_matches(wanted, known, 3, 0.6))
    hint = f"did you mean {', '.join(near)}?" if near else "`tratin sites` lists the configured ones"
    raise SiteError(f"no site {name_or_host!r}: {hint}")


def owner(sites: Iterable[Site], url: str) -> Site | None:
    """The site that a URL belongs to; None for a host that nobody configured."""
    return next((site for site in sites if site.owns(url)), None)


def problems(sites: Iterable[Site]) -> dict[str, tuple[str, ...]]:
    """What is doubtful in each site's entry, by host, found without asking the network; empty when all is well."""
    found: dict[str, list[str]] = {}
    claimed: dict[str, str] = {}
    for site in sites:
        doubts = found.setdefault(site.host, [])
        for host in site.hosts:
            if claimed.setdefault(_plain(host), site.host) != site.host:
                doubts.append(f"{host} is claimed by {claimed[_plain(host)]} too")
        doubts += [f"{url} is on a host that is not this site's" for url in site.seeds if not site.owns(url)]
        doubts += [f"the list {url} looks like an article's URL" for url in site.lists if site.is_article(url)]
        if not site.seeds:
            doubts.append("no feed, sitemap or list: nothing to begin with")
        if site.evidence.split(":")[0] not in EVIDENCE:
            doubts.append(f"evidence begins with one of {', '.join(EVIDENCE)}, then a colon and what it was")
    return {host: tuple(doubts) for host, doubts in found.items() if doubts}


def _plain(name: str) -> str:
    return name.strip().casefold().removeprefix("www.")


def _entries(text: str, place: str) -> dict[str, dict[str, Any]]:
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteError(f"{place} is not valid TOML: {error}") from error
    for host, entry in given.items():
        if not isinstance(entry, dict):
            raise SiteError(f'{place}: {host!r} is no table; an entry begins with ["host.vn"], the quotes included')
        if not re.fullmatch(r"[a-z0-9.-]+(:\d+)?", host):
            raise SiteError(f"{place}: {host!r} is no host name; write it in lower case, without https://")
        unknown = sorted(set(entry) - _FIELDS)
        if unknown:
            raise SiteError(f"{place}: {host}: unknown field {unknown[0]!r}; known are {', '.join(sorted(_FIELDS))}")
    return given


def _site(host: str, entry: Mapping[str, Any]) -> Site:
    given: dict[str, Any] = {"name": host, **entry}
    for field in _LISTS:
        value = given.get(field, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise SiteError(f"site {host}: {field} must be a list of texts")
        given[field] = tuple(urljoin(f"https://{host}/", url) for url in value) if field in _URLS else tuple(value)
    for field in ("name", "family", "article", "evidence"):
        if not isinstance(given.get(field, ""), str):
            raise SiteError(f"site {host}: {field} must be a text")
    delay = given.get("delay")
    if delay is not None and (isinstance(delay, bool) or not isinstance(delay, int | float) or delay < 0):
        raise SiteError(f"site {host}: delay must be a number of seconds, 0 or more")
    try:
        re.compile(str(given.get("article", "")))
    except re.error as error:
        raise SiteError(f"site {host}: article is no regular expression: {error}") from error
    given["article"] = given.get("article") or families.by_key(given.get("family", "generic"), host).article
    return Site(host=host, **given)
