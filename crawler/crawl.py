"""The walk: from the frontier to the page, from the page to the article, from the article to the frontier.

Of each URL, in this order, each step durable before the next begins:

1. the frontier notes that its fetching begins;
2. it is fetched;
3. the archive has every answer on the disk;
4. the store commits the article;
5. the frontier notes the end, together with the links that were found.

A kill between 1 and 3 leaves a URL that was begun and has no capture: it is fetched again, since nothing was kept of
it. A kill after 3 leaves one that has a capture: it is settled from the archive, without the network, and the store
answers "unchanged" if step 4 was done. So no page is lost, and none of which an answer was kept is fetched twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import date

from crawler.archive import Archive
from crawler.entry import Entry
from crawler.errors import FetchError
from crawler.fetch import Fetched, Fetcher, Validators
from crawler.frontier import Frontier
from crawler.lane import Lane, Patience, Progress
from crawler.report import CrawlReport, SiteReport
from crawler.settle import Desk
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
    progress: Progress | None = None,
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
    lanes = [
        Lane(
            site=site,
            frontier=known,
            desk=Desk(site, store, SiteReport(site.host), day, revisit_days, fetcher.limits.sitemap),
            patience=patience or Patience(),
            limit=limit,
            articles=not dry_run,
            progress=progress or (lambda _report, _url: None),
        )
        for site in sites
    ]
    for lane in lanes:
        lane.begin(None if dry_run else archive)
    _drive(lanes, fetcher, None if dry_run else archive)
    months = _months(store)
    for lane in lanes:
        lane.finish()
        lane.report.months = months.get(lane.site.host, {})
        if dry_run:
            lane.report.would_fetch = tuple(known.queued(lane.site.host)[:limit])
    if dry_run:
        known.close()
    return CrawlReport(tuple(lane.report for lane in lanes))


def _months(store: Store) -> dict[str, dict[str, int]]:
    """How many articles of each month the store holds, by source; undated ones under `undated`."""
    months: dict[str, dict[str, int]] = {}
    for one in store.coverage():
        months.setdefault(one.source or "", {})[one.month or "undated"] = one.count
    return months


def _drive(lanes: list[Lane], fetcher: Fetcher, archive: Archive | None) -> None:
    """Threads fetch, one site each; everything that is kept is kept here, in one."""
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="fetch")
    running: dict[Future[Fetched], tuple[Lane, Entry]] = {}
    try:
        while True:
            for lane in lanes:
                if lane.busy or lane.over or lane.ready > time.monotonic():
                    continue
                entry = lane.next()
                if entry is not None:
                    running[pool.submit(_fetch, fetcher, lane.site, entry)] = lane, entry
            resting = [lane.ready for lane in lanes if not lane.busy and not lane.over]
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


def _fetch(fetcher: Fetcher, site: Site, entry: Entry) -> Fetched:
    # "Not modified" helps only where all that the answer held was taken in: not of what `since` left out.
    whole = entry.article is not None or entry.kind in ("feed", "list")
    known = Validators(entry.etag, entry.last_modified) if whole else None
    limit = fetcher.limits.sitemap if entry.kind == "sitemap" else fetcher.limits.page
    return fetcher.fetch(entry.url, known, limit=limit, delay=site.delay)


def _take_in(future: Future[Fetched], lane: Lane, entry: Entry, archive: Archive | None) -> None:
    try:
        fetched = future.result()
    except FetchError as error:
        lane.fail(entry, error)
        return
    if archive is not None:
        archive.keep(fetched.exchanges, entry.url)
    lane.settle(entry, fetched.page)
