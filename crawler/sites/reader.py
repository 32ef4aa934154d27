"""The reader of pages: one fetched page in, an article or the reason why there is none out."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.page import NotArticle, Page, Reading
from crawler.sites.site import Site


def read_page(page: Page, site: Site | None) -> Reading:
    """What the page says, read as that site prints it (None: as any site would). Never raises, on any bytes."""
    return Reading(NotArticle("empty", f"{page.url}: no reader yet"))


def article_number(url: str, site: Site | None) -> str | None:
    """The site's own number of the article at this URL; None when the URL carries none."""
    found = re.search(r"(\d{4,20})[^/\d]*$", urlsplit(url).path)
    return found.group(1) if found else None
