"""The walk: from the frontier to the page, from the page to the article, from the article to the frontier.

Of each URL, in this order, each step durable before the next begins:

1. the frontier notes that its fetching begins;
2. it is fetched;
3. the archive has every answer on the disk;
4. the store commits the article;
5. the frontier notes the end, together with the links that were found.

A kill between 1 and 3 leaves a URL that was begun and has no capture: it is fetched again, since nothing was kept of
it. A kill after 3 leaves one that has a capture: it is ingested from the archive, without the network, and the store
answers "unchanged" if step 4 was done. So no page is lost, and none of which an answer was kept is fetched twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import date

from crawler.archive import Archive
from crawler.errors import FetchError
from crawler.fetch import Fetched, Fetcher, Validators
from crawler.frontier import Frontier
from crawler.frontier_url import FrontierUrl
from crawler.ingest import Ingester
from crawler.report import CrawlReport, SiteReport
from crawler.site_crawl import OnPage, Patience, SiteCrawl
from crawler.sites.site import Site
from crawler.store.writing import Store

THREADS = 8
"""Sites that are fetched from at the same time."""


def crawl(
    sites: Iterable[Site],
    store: Store,
    frontier: Frontier,
    archive: Archive,
    fetcher: Fetcher,
    *,
    since: date | None = None,
    limit: int | None = None,
    dry_run: bool = False,
    progress: OnPage | None = None,
    patience: Patience | None = None,
    revisit_days: int = 30,
) -> CrawlReport:
    """Crawl the sites side by side, going on where the last run ended or was killed.

    Args:
        since: articles known to be published before that day are skipped.
        limit: the most articles that are fetched from each site; feeds, sitemaps and lists are not counted.
        dry_run: fetch robots.txt, feeds, sitemaps and lists only, keep nothing, and report what would be fetched.
        revisit_days: an article is looked at for edits until it is this old.

    Raises:
        StoreError, FrontierError, ArchiveError: something cannot be kept; what was kept stays, run it again.
    """
    known = frontier.copy() if dry_run else frontier
    fetcher.robots.remember_in(known)
    day = since.isoformat() if since else None
    crawls = [
        SiteCrawl(
            site=site,
            frontier=known,
            ingester=Ingester(site, store, SiteReport(site.host), day, revisit_days, fetcher.limits.sitemap),
            patience=patience or Patience(),
            limit=limit,
            articles=not dry_run,
            sitemaps=fetcher.robots.sitemaps,
            progress=progress or (lambda _report, _url: None),
        )
        for site in sites
    ]
    for site_crawl in crawls:
        site_crawl.begin(None if dry_run else archive)
    _drive(crawls, fetcher, None if dry_run else archive)
    months = _months(store)
    lately = {found.source: found for found in store.lately()}
    for site_crawl in crawls:
        if found := lately.get(site_crawl.site.host):
            site_crawl.report.look_at(found)
        site_crawl.finish()
        site_crawl.report.months = months.get(site_crawl.site.host, {})
        if dry_run:
            site_crawl.report.would_fetch = tuple(known.queued(site_crawl.site.host)[:limit])
    if dry_run:
        known.close()
    return CrawlReport(tuple(site_crawl.report for site_crawl in crawls))


def _months(store: Store) -> dict[str, dict[str, int]]:
    """How many articles of each month the store holds, by source; undated ones under `undated`."""
    months: dict[str, dict[str, int]] = {}
    for row in store.coverage():
        months.setdefault(row.source or "", {})[row.month or "undated"] = row.count
    return months


def _drive(crawls: list[SiteCrawl], fetcher: Fetcher, archive: Archive | None) -> None:
    """Threads fetch, one site each; everything that is kept is kept here, in one."""
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="fetch")
    running: dict[Future[Fetched], tuple[SiteCrawl, FrontierUrl]] = {}
    try:
        while True:
            for site_crawl in crawls:
                if site_crawl.busy or site_crawl.over or site_crawl.ready > time.monotonic():
                    continue
                entry = site_crawl.next()
                if entry is not None:
                    running[pool.submit(_fetch, fetcher, site_crawl.site, entry)] = site_crawl, entry
            resting = [site_crawl.ready for site_crawl in crawls if not site_crawl.busy and not site_crawl.over]
            if not running and not resting:
                return
            pause = max(0.0, min(resting) - time.monotonic()) if resting else None
            if not running:
                time.sleep(pause or 0.0)
                continue
            for future in wait(running, pause, FIRST_COMPLETED).done:
                _take_in(future, *running.pop(future), archive)
    except BaseException:
        fetcher.close()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _fetch(fetcher: Fetcher, site: Site, entry: FrontierUrl) -> Fetched:
    # "Not modified" helps only where all that the answer held was taken in: not of what `since` left out.
    whole = entry.article is not None or entry.kind in ("feed", "list")
    known = Validators(entry.etag, entry.last_modified) if whole else None
    limit = fetcher.limits.sitemap if entry.kind == "sitemap" else fetcher.limits.page
    return fetcher.fetch(entry.url, known, limit=limit, delay=site.delay)


def _take_in(future: Future[Fetched], site_crawl: SiteCrawl, entry: FrontierUrl, archive: Archive | None) -> None:
    try:
        fetched = future.result()
    except FetchError as error:
        site_crawl.unanswered(entry, error)
        return
    if archive is not None:
        archive.keep(fetched.exchanges, entry.url)
    site_crawl.answered(entry, fetched.page)
