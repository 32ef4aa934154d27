"""Golden pages: invented articles printed as each platform prints, and what a careful reader finds on them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from crawler.article import Article
from crawler.page import NotArticle, Page
from crawler.sites import catalog
from crawler.sites.families import FAMILIES
from crawler.sites.reader import read_page

PAGES = Path(__file__).parent / "pages"
SITES = catalog.load(PAGES)
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


def reading(name: str, known_site: bool) -> tuple[Article | NotArticle, dict[str, Any]]:
    wanted = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    url = wanted["asked"]
    page = Page(url, url, (PAGES / f"{name}.html").read_bytes(), fetched="2026-03-14T10:00:00+07:00")
    return read_page(page, catalog.owner(SITES, url) if known_site else None).article, wanted


def told(article: Article, fields: Iterable[str]) -> dict[str, Any]:
    found = json.loads(json.dumps(article.as_json()))
    return {field: found[field] for field in fields}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_read_as_it_is_printed(name: str) -> None:
    article, wanted = reading(name, known_site=True)
    assert isinstance(article, Article), article
    assert told(article, wanted["article"]) == wanted["article"]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("general")])
def test_a_page_of_a_known_platform_is_read_alike_on_a_site_nobody_configured(name: str) -> None:
    article, wanted = reading(name, known_site=False)
    assert isinstance(article, Article), article
    fields = ("title", "lead", "paragraphs", "published")
    assert told(article, fields) == {field: wanted["article"][field] for field in fields}


def test_every_platform_has_a_golden_page() -> None:
    read = {catalog.find(SITES, host).family for name in NAMES if (host := golden_host(name))}
    assert set(FAMILIES) <= read


def golden_host(name: str) -> str | None:
    host = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))["host"]
    return None if host is None else str(host)
