"""Site: one newspaper or portal as the catalogue describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Site:
    """One entry of `sites.toml`. URLs are absolute; nothing here was fetched."""

    host: str
    """Canonical host, such as `baohatinh.vn`; becomes `Article.source`."""
    name: str
    """As the masthead prints it, such as `Báo Hà Tĩnh`."""
    family: str = "generic"
    """Key of the reader: mcms, vccorp, ttxvn, … or generic."""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """Section and home pages that link to new articles."""
    aliases: tuple[str, ...] = ()
    """Other hosts of the same paper, older domains included."""
    article: str = ""
    """Regular expression found in the path (and query, if any) of every article's URL; empty: the general rule."""
    delay: float | None = None
    """Least seconds between two requests; None: the installation's own setting."""
    quirks: tuple[str, ...] = ()
    """What a crawler must know, in words, such as `cookie-loop: …`."""
    evidence: str = "guess"
    """`page`, `code` or `guess`, then which page and which selectors the reader rests on."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The canonical host, then the aliases."""
        return (self.host, *self.aliases)

    @property
    def seeds(self) -> tuple[str, ...]:
        """Where a crawl begins: feeds, sitemaps, then lists."""
        return (*self.feeds, *self.sitemaps, *self.lists)

    def owns(self, url: str) -> bool:
        """Whether the URL is on one of this site's hosts (`www.` does not count)."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return any(host == own.removeprefix("www.") for own in self.hosts)

    def is_article(self, url: str) -> bool:
        """Whether this looks like the URL of an article of this site."""
        if not self.article or not self.owns(url):
            return False
        parts = urlsplit(url)
        return re.search(self.article, f"{parts.path}?{parts.query}" if parts.query else parts.path) is not None
