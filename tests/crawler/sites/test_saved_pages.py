"""The saved pages of real papers, where they lie beside the checkout: parts and links as checked by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.article import Article
from crawler.page import NotArticle, Page, PageReading
from crawler.sites import catalog
from crawler.sites.reader import read_page
from crawler.sites.site import Site

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / ".." / "shared"
PAGES = SHARED / "data" / "pages"
SITES = catalog.load(Path(__file__).parent)

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not PAGES.is_dir(), reason="the saved pages are not beside this checkout (../shared/data/pages)"
    ),
]


def labelled(kind: str) -> Iterator[dict[str, Any]]:
    for line in (PAGES / "pages_dev.jsonl").read_text(encoding="utf-8").splitlines():
        if json.loads(line)["kind"] == kind:
            yield json.loads(line)


def read(label: dict[str, Any], site: Site | None) -> PageReading:
    return read_page(Page(label["url"], label["url"], (PAGES / label["path"]).read_bytes()), site)


@pytest.mark.parametrize("known", [True, False], ids=["by the site's reader", "as an unknown site"])
def test_articles_are_read_as_well_as_by_hand(tmp_path: Path, known: bool) -> None:
    found = tmp_path / "found.jsonl"
    with found.open("w", encoding="utf-8") as out:
        for label in labelled("article"):
            article = read(label, catalog.owner(SITES, label["url"]) if known else None).article
            assert isinstance(article, Article), (label["path"], article)
            out.write(json.dumps({"path": label["path"], **article.as_json()}, ensure_ascii=False) + "\n")
    command = [sys.executable, str(SHARED / "tools" / "score_pages.py"), str(PAGES / "pages_dev.jsonl"), str(found)]
    scores = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert scores["body_F1"] >= 0.995
    whole = ("title", "author", "date", "date_and_time", "captions", "no_caption_in_body")
    assert {part: scores[part] for part in whole} == dict.fromkeys(whole, 1.0)
    assert scores["lead"] >= 0.9  # one page's printed sapo is labelled as none


def test_sections_and_home_pages_give_every_article_link() -> None:
    for label in labelled("list"):
        reading = read(label, catalog.owner(SITES, label["url"]))
        assert isinstance(reading.article, NotArticle)
        assert set(label["article_urls"]) <= set(reading.links), label["path"]
