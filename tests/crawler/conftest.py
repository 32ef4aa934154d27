"""A newspaper on loopback, and a crawl of it with the real parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from crawler.crawl import crawl
from crawler.fetch import Fetcher, Limits
from crawler.frontier import Frontier
from crawler.guard import Guard
from crawler.report import CrawlReport, SiteReport
from crawler.site_crawl import Patience
from crawler.sites.site import Site
from crawler.store.writing import Store
from tests.crawler.loopback import Paper, address, article_page, feed

HOST = "suoimo.example"
QUICK = Patience(tries=3, retry=0.05, wait=5.0, failures=10)
SMALL = Limits(page=200_000, sitemap=2_000_000, seconds=2.0, connect=1.0, read=1.0)


@pytest.fixture
def paper() -> Iterator[Paper]:
    """An empty newspaper; tests lay out its pages."""
    paper = Paper({"/robots.txt": ""})
    yield paper
    paper.close()


@pytest.fixture
def fetcher(paper: Paper) -> Iterator[Fetcher]:
    """A fetcher for which the paper is at `suoimo.example`, with small limits and no delay."""
    fetcher = Fetcher("TraTin/test", guard=Guard({HOST: paper.address}), delay=0.0, limits=SMALL)
    yield fetcher
    fetcher.close()


def site(**given: Any) -> Site:
    """The invented paper's entry."""
    entry = {"feeds": (f"http://{HOST}/rss",), "article": r"-post(\d+)\.html$", "family": "mcms", **given}
    return Site(HOST, "Báo Suối Mơ", **entry)


def lay_out(paper: Paper, numbers: range, **given: str) -> None:
    """A feed that names these articles, and the articles."""
    paper.pages["/rss"] = feed(HOST, numbers)
    paper.pages |= {address(n): article_page(n, **given) for n in numbers}


def counts(report: SiteReport) -> dict[str, int]:
    """What the report counts, without the zeros."""
    return {str(outcome): count for outcome, count in report.counts.items() if count}


@pytest.fixture
def run(tmp_path: Path, paper: Paper) -> Callable[..., CrawlReport]:
    """Crawls the paper (or the sites given) into `tmp_path`; each call is a run of its own."""

    def run(*sites: Site, hosts: dict[str, str] | None = None, **options: Any) -> CrawlReport:
        limits = options.pop("limits", SMALL)
        fetcher = Fetcher("TraTin/test", guard=Guard({HOST: paper.address, **(hosts or {})}), delay=0.0, limits=limits)
        with (
            Store(tmp_path / "store.sqlite") as store,
            Frontier(tmp_path / "frontier.sqlite") as frontier,
            Archive(tmp_path / "warc") as archive,
        ):
            try:
                options.setdefault("patience", QUICK)
                return crawl(sites or (site(),), store, frontier, archive, fetcher, **options)
            finally:
                fetcher.close()

    return run


@pytest.fixture
def run_one(run: Callable[..., CrawlReport]) -> Callable[..., SiteReport]:
    """Like `run`, for the paper alone; gives its report."""
    return lambda *sites, **options: run(*sites, **options).sites[0]
