"""One site's part of a crawl. One request at a time, back-off, and an end where a site only costs time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime

from crawler.captures import Captures
from crawler.errors import ArchiveError, Disallowed, FetchError, Refused, UrlError
from crawler.frontier import Frontier
from crawler.frontier_url import FetchOutcome, FrontierUrl, Link, UrlKind
from crawler.ground.clock import after, in_vietnam, now, stamp
from crawler.ingest import Ingested, Ingester
from crawler.page import Page
from crawler.report import SiteReport
from crawler.sites.site import Site
from crawler.urls import canonical

OnPage = Callable[[SiteReport, str], None]
"""Told after every page: the site's report so far, and the URL."""
MOST_LINKED = 20_000
"""Articles of one site that may wait because links, not a feed, sitemap or list, led to them."""
MOST_SITEMAPS = 100
"""Sitemaps of a robots.txt that are followed; each may be an index of many more."""
BARREN = 100
"""Pages in a row that are no articles, after which a site is taken for a trap."""

MEND = "run `tratin verify --repair`"
_SLACK = timedelta(days=1)
"""By which two clocks may differ."""
FRUITLESS = 5
"""Pages of a run, none of them an article, that make a site's entry doubtful."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a crawl bears with a server that fails."""

    tries: int = 4
    retry: float = 15.0
    """Seconds before the second try; each further one waits four times as long."""
    wait: float = 90.0
    """Seconds that a run waits for a try; later ones are the next run's."""
    failures: int = 10
    """Failures in a row after which a site is left until the next run."""


@dataclass(slots=True)
class SiteCrawl:
    """One site's crawl, driven by `crawl`: `next` gives an entry, then `answered` or `unanswered` takes its end."""

    site: Site
    frontier: Frontier
    ingester: Ingester
    patience: Patience
    limit: int | None
    articles: bool
    """False in a dry run: feeds, sitemaps and lists only."""
    progress: OnPage
    sitemaps: Callable[[str], tuple[str, ...]]
    """The sitemaps that robots.txt names for a URL's origin."""
    busy: bool = False
    ready: float = 0.0
    """`time.monotonic()` before which nothing is asked."""
    over: bool = False
    fetched: int = 0
    failures: int = 0
    barren: int = 0
    linked: int = 0
    success: bool = False
    mapped: bool = False
    """Whether the sitemaps that robots.txt names were queued in this run."""
    retrying: dict[str, str] = field(default_factory=dict)

    @property
    def report(self) -> SiteReport:
        """What came of the site so far."""
        return self.ingester.report

    def begin(self, captures: Captures | None) -> None:
        """Queue the seeds; ingest from the archive what a killed run had fetched and not finished."""
        seeds, wrong = _seeds(self.site)
        for url in wrong:
            self.report.need(f"{url} is no URL that can be fetched: mend the site's entry")
        for entry in self.frontier.interrupted(self.site.host):
            self._resume(entry, captures)
        self.frontier.begin(self.site.host, seeds, self.ingester.since, stamp())
        self.linked = self.frontier.linked(self.site.host)
        soon, latest = (stamp(now() + timedelta(days=days) + _SLACK) for days in (0, self.ingester.revisit_days))
        if late := self.frontier.impossible(self.site.host, soon, latest):
            self.report.need(f"{late} pages were fetched or are due in a future that only a wrong clock knows: {MEND}")

    def _resume(self, entry: FrontierUrl, captures: Captures | None) -> None:
        capture = captures.answer(entry.url, entry.started) if captures else None
        if entry.tries > self.patience.tries + 1:
            ending = FetchOutcome("failed", "the crawl ended each time that it was tried", after(86400))
            self._end(entry, Ingested(ending, count="failed", needs=f"{entry.url}: {ending.reason}"))
        elif captures is None or capture is None:
            self.frontier.put_back(entry, stamp())
        else:
            try:
                page = captures.read(capture)
            except ArchiveError:
                self.frontier.put_back(entry, stamp())
                return
            self.answered(entry, page)

    def next(self) -> FrontierUrl | None:
        """The next entry to fetch; None when nothing is due, and then `ready` or `over` says how it goes on."""
        full = self.limit is not None and self.fetched >= self.limit
        entry = self.frontier.take(self.site.host, stamp(), articles=self.articles and not full)
        if entry is None:
            self._rest(full)
            return None
        self.busy = True
        self.fetched += entry.kind == "article"
        return entry

    def _rest(self, full: bool) -> None:
        due = None if full or not self.articles else self.frontier.waiting(self.site.host)
        wait = (in_vietnam(due) - now()).total_seconds() if due else None
        if wait is None or wait > self.patience.wait or not self.retrying:
            self.over = True
        else:
            self.ready = time.monotonic() + max(0.05, wait)

    def answered(self, entry: FrontierUrl, page: Page) -> None:
        """An answer came."""
        self.busy = False
        if (apart := _clocks_apart(page)) is not None:
            self.report.need(f"this machine's clock is {apart} the server's: set it right, then {MEND}")
        if page.status == 429 or page.status >= 500:
            self._later(entry, f"answers {page.status}", _retry_after(page))
            return
        self.failures = 0
        ingested = self.ingester.ingest(entry, page)
        if not self.mapped:
            self.mapped = True
            ingested = replace(ingested, links=(*ingested.links, *self._mapped(entry)))
        if entry.kind == "article":
            self.barren = self.barren + 1 if ingested.count == "skipped" and not ingested.ending.dated else 0
        if ingested.ending.state == "done":
            self.success = True
        self._end(entry, ingested)
        if self.barren >= BARREN:
            self.stop(f"{BARREN} pages in a row were no articles: a trap, or the site's `article` rule is too wide")

    def _mapped(self, entry: FrontierUrl) -> list[Link]:
        """What robots.txt names: its reading preceded the first answer."""
        named = [url for url in self.sitemaps(entry.url) if self.site.owns(url)]
        return [Link(url, "sitemap") for url in named[:MOST_SITEMAPS]]

    def unanswered(self, entry: FrontierUrl, error: FetchError) -> None:
        """No answer came."""
        self.busy = False
        if error.passing:
            self._later(entry, str(error), None)
            return
        blocked = isinstance(error, Disallowed | Refused)
        due = after(86400) if isinstance(error, Disallowed) else None
        needs = None if entry.kind == "article" else f"{entry.kind} {entry.url}: {error}"
        ending = FetchOutcome("blocked" if blocked else "failed", str(error), due)
        self._end(entry, Ingested(ending, count="blocked" if blocked else "failed", needs=needs))

    def _later(self, entry: FrontierUrl, reason: str, asked: float | None) -> None:
        """It may go better later: queue it again, and let the whole site rest as long as it asks for."""
        wait = self.patience.retry * 4 ** (entry.tries - 1)
        self.failures += 1
        if entry.tries >= self.patience.tries:
            self.retrying.pop(entry.url, None)
            needs = None if entry.kind == "article" else f"{entry.kind} {entry.url}: {reason}"
            self._end(entry, Ingested(FetchOutcome("failed", reason, after(86400)), count="failed", needs=needs))
        else:
            self.retrying[entry.url] = reason
            self.fetched -= entry.kind == "article"
            self.frontier.end(entry, FetchOutcome("failed", reason, after(max(wait, asked or 0.0))), (), stamp())
        if asked is not None:
            self.ready = time.monotonic() + asked
            if asked > self.patience.wait:
                self.stop(f"asks to be left alone for {asked:.0f} seconds ({reason})")
        if self.failures >= self.patience.failures:
            self.stop(f"{self.failures} requests in a row failed, the last: {reason}")

    def _end(self, entry: FrontierUrl, ingested: Ingested) -> None:
        room = max(0, MOST_LINKED - self.linked)
        deep = [link for link in ingested.links if link.depth > 0 and link.kind == "article"]
        links = [link for link in ingested.links if link.depth == 0 or link.kind != "article"] + deep[:room]
        found = self.frontier.end(entry, ingested.ending, links, stamp(), self.ingester.since)
        self.linked += min(found, len(deep))
        self.report.discovered += found
        self.retrying.pop(entry.url, None)
        if ingested.count:
            self.report.count(ingested.count, entry.url, ingested.ending.reason)
        if ingested.flags is not None:
            self.report.read(ingested.flags)
        if ingested.needs:
            self.report.need(ingested.needs)
        self.progress(self.report, entry.url)

    def stop(self, why: str) -> None:
        """Leave the site until the next run; what is queued stays queued."""
        self.over = True
        self.report.need(why)

    def finish(self) -> None:
        """Note how it went, and what has to be looked at."""
        for url, reason in self.retrying.items():
            self.report.count("failed", url, f"{reason}; it will be tried again")
            if url in _urls(self.site):
                self.report.need(f"{url}: {reason}")
        failed = self.report.counts["failed"]
        if failed > max(2, self.report.fetched // 10):
            self.report.need(f"{failed} of {self.report.fetched} pages failed")
        if self.report.counts["skipped"] == self.report.fetched >= FRUITLESS and not self.ingester.since:
            self.report.need(f"none of {self.report.fetched} pages was an article: look at the site's entry")
        self.frontier.finish(self.site.host, stamp(), success=self.success, needs=self.report.needs)
        known = (site.last_success for site in self.frontier.sites() if site.host == self.site.host)
        self.report.last_success = next(known, None)


def _urls(site: Site) -> tuple[str, ...]:
    return (*site.feeds, *site.sitemaps, *site.lists)


def _seeds(site: Site) -> tuple[list[Link], list[str]]:
    """The site's feeds, sitemaps and lists as links (its home page, if it has none), and those that are no URLs."""
    kinds: tuple[tuple[UrlKind, tuple[str, ...]], ...] = (
        ("feed", site.feeds),
        ("sitemap", site.sitemaps),
        ("list", site.lists if _urls(site) else (f"https://{site.host}/",)),
    )
    seeds, wrong = [], []
    for kind, urls in kinds:
        for url in urls:
            try:
                seeds.append(Link(canonical(url), kind))
            except UrlError:
                wrong.append(url)
    return seeds, wrong


def _clocks_apart(page: Page) -> str | None:
    """How far this machine's clock is from the server's, in words; None where they agree or the server says nothing."""
    try:
        said = parsedate_to_datetime(page.headers["date"]) + timedelta(seconds=float(page.headers.get("age", "0")))
        ahead = in_vietnam(page.fetched or "") - in_vietnam(said.isoformat())
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
    if abs(ahead) < _SLACK:
        return None
    return f"{round(abs(ahead) / _SLACK)} days {'ahead of' if ahead > _SLACK else 'behind'}"


def _retry_after(page: Page) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or as a date; None without one that can be read."""
    after = page.headers.get("retry-after", "").strip()
    if after.isdigit():
        return float(after[:9])
    try:
        return max(0.0, (parsedate_to_datetime(after) - now()).total_seconds()) if after else None
    except (ValueError, TypeError):
        return None
