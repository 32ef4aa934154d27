"""Ingesting: from one answer to what is kept, what is noted, and what is fetched next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from crawler.article import Article
from crawler.bulk import MOST_TAGS, is_bulky, trimmed
from crawler.errors import FetchError, UrlError
from crawler.feeds import read_feed
from crawler.frontier_url import FetchOutcome, FrontierUrl, Link, State
from crawler.ground.clock import in_vietnam, stamp
from crawler.page import NotArticle, Page, PageReading
from crawler.report import Outcome, SiteReport
from crawler.sitemaps import read_sitemap
from crawler.sites.links import is_article_url
from crawler.sites.reader import read_page
from crawler.sites.site import Site
from crawler.store.writing import Store
from crawler.urls import canonical, looks_endless

MAX_DEPTH = 3
"""Links away from a feed, sitemap or list beyond which none is followed."""
MOST_LINKS = 5000
"""Links that are taken from one page."""
SOONEST = timedelta(hours=6)
"""Before a known article is looked at again."""
_FORBIDDEN = {401, 403, 407, 451}
_GONE = {404, 410}


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one answer came to; `count` is None for a feed, sitemap or list that went well."""

    ending: FetchOutcome
    links: tuple[Link, ...] = ()
    count: Outcome | None = None
    needs: str | None = None
    """Why somebody should look at the site."""
    flags: tuple[str, ...] | None = None
    """Of a page that was read as an article: what was done or doubtful while reading it."""


@dataclass(frozen=True, slots=True)
class Ingester:
    """Ingests the answers of one site."""

    site: Site
    store: Store
    report: SiteReport
    since: str | None
    revisit_days: int
    sitemap_limit: int

    def ingest(self, entry: FrontierUrl, page: Page) -> Ingested:
        """Keep what the answer holds; the store has committed when this returns.

        Raises:
            StoreError: it cannot be kept.
        """
        if page.status == 304 and entry.fetched:
            return self._seen_again(entry, page)
        if page.status in _GONE:
            return self._gone(entry, page)
        if page.status in _FORBIDDEN:
            return self._bad(entry, page, "blocked", f"answers {page.status}", f"{entry.url} answers {page.status}")
        if page.status != 200:
            return self._bad(entry, page, "failed", f"answers {page.status}")
        if entry.kind != "article" and not self.site.owns(page.final_url):
            moved = f"{entry.kind} {entry.url} now leads to {page.final_url}: has the paper moved? mend its entry"
            return self._bad(entry, page, "failed", "leads to another site", moved)
        if entry.kind == "feed":
            return self._feed(entry, page)
        if entry.kind == "sitemap":
            return self._sitemap(entry, page)
        if entry.kind == "list":
            return self._list(entry, page, read_page(replace(page, content=trimmed(page.content)), self.site))
        if is_bulky(page.content):
            return self._bad(entry, page, "failed", f"more than {MOST_TAGS} tags: no article is")
        return self._article(entry, page, read_page(page, self.site))

    def _feed(self, entry: FrontierUrl, page: Page) -> Ingested:
        links = read_feed(page)
        if links is None:
            return self._bad(entry, page, "failed", "this is no feed")
        own = tuple(link for link in links if self.site.owns(link.url))
        return Ingested(_ending("done", page), own, needs=None if own else f"{entry.url} names no article")

    def _sitemap(self, entry: FrontierUrl, page: Page) -> Ingested:
        try:
            found = tuple(read_sitemap(page, self.sitemap_limit, self.since))
        except FetchError as error:
            return self._bad(entry, page, "failed", str(error))
        if not found:
            return self._bad(entry, page, "failed", "this is no sitemap, or an empty one")
        deeper = entry.depth + 1
        links = (
            replace(link, depth=deeper) if link.kind == "sitemap" else link
            for link in found
            if self.site.owns(link.url)
            and (deeper <= MAX_DEPTH if link.kind == "sitemap" else is_article_url(link.url, self.site))
        )
        return Ingested(_ending("done", page), tuple(links))

    def _list(self, entry: FrontierUrl, page: Page, reading: PageReading) -> Ingested:
        if isinstance(reading.article, NotArticle) and reading.article.kind == "challenge":
            return self._challenged(entry, page, reading.article)
        links = (*_links(reading.links, 0), *self._onward(entry, reading))
        needs = None if links else f"{entry.url} links to no article"
        if len(reading.links) > MOST_LINKS or is_bulky(page.content):
            needs = f"{entry.url} is too large a list: its first {len(links)} links are followed"
        return Ingested(_ending("done", page), links, needs=needs)

    def _article(self, entry: FrontierUrl, page: Page, reading: PageReading) -> Ingested:
        read = reading.article
        links = tuple(_links(reading.links, entry.depth + 1))
        if isinstance(read, Article):
            return replace(self._keep(entry, page, read, links), flags=reading.flags)
        if read.kind == "challenge":
            return self._challenged(entry, page, read)
        onward = self._onward(entry, reading)
        if read.kind == "broken" or (entry.article and not onward):
            return self._bad(entry, page, "failed", f"{read.kind}: {read.reason}")
        skipped = _ending("skipped", page, reason=f"{read.kind}: {read.reason}")
        return Ingested(skipped, (*onward, *(links if read.kind in ("list", "tag") else ())), "skipped")

    def _onward(self, entry: FrontierUrl, reading: PageReading) -> tuple[Link, ...]:
        """Where the page sends its reader, as a link to be fetched like any other: past guard and robots.txt."""
        if reading.onward is None or entry.depth >= MAX_DEPTH or not self.site.owns(reading.onward):
            return ()
        return (Link(reading.onward, entry.kind, entry.depth + 1, entry.dated, entry.modified),)

    def _keep(self, entry: FrontierUrl, page: Page, article: Article, links: tuple[Link, ...]) -> Ingested:
        if self.since and article.published and article.published < self.since:
            reason = f"published before {self.since}"
            return Ingested(_ending("skipped", page, reason=reason, dated=article.published), (), "skipped")
        with self.store.committing():
            outcome, stored = self.store.keep(article, live=True)
            for url in {entry.url, page.final_url} - {stored.url}:
                self.store.alias(url, stored.id)
        due = self._again(entry, page, article.published)
        return Ingested(_ending("done", page, due=due, dated=article.published, article=stored.id), links, outcome)

    def _seen_again(self, entry: FrontierUrl, page: Page) -> Ingested:
        ending = _ending("done", page)
        ending = replace(
            ending, etag=ending.etag or entry.etag, last_modified=ending.last_modified or entry.last_modified
        )
        if entry.kind != "article":
            return Ingested(ending)
        return Ingested(replace(ending, due=self._again(entry, page, entry.dated)), (), "unchanged")

    def _gone(self, entry: FrontierUrl, page: Page) -> Ingested:
        if entry.article is None:
            return self._bad(entry, page, "failed", f"answers {page.status}")
        reason = f"{entry.url} answers {page.status}"
        with self.store.committing():
            self.store.mark_removed(entry.article, reason)
        due = self._again(entry, page, entry.dated)
        return Ingested(_ending("done", page, reason=reason, due=due), (), "removed")

    def _challenged(self, entry: FrontierUrl, page: Page, found: NotArticle) -> Ingested:
        return self._bad(entry, page, "blocked", f"challenge: {found.reason}", f"{entry.url}: {found.reason}")

    def _bad(self, entry: FrontierUrl, page: Page, state: State, reason: str, needs: str | None = None) -> Ingested:
        if entry.kind != "article":
            needs = needs or f"{entry.kind} {entry.url}: {reason}"
        due = _later(page, timedelta(days=1)) if state == "blocked" or entry.article else None
        count: Outcome = "blocked" if state == "blocked" else "failed"
        return Ingested(_ending(state, page, reason=reason, due=due), (), count, needs)

    def _again(self, entry: FrontierUrl, page: Page, published: str | None) -> str | None:
        """When to look for edits: after as long again as the article is old, until it is `revisit_days` old."""
        age = in_vietnam(page.fetched or "") - in_vietnam(published or entry.first or page.fetched or "")
        return None if age > timedelta(days=self.revisit_days) else _later(page, max(SOONEST, age))


def _links(urls: Iterable[str], depth: int) -> Iterable[Link]:
    if depth > MAX_DEPTH:
        return
    for number, url in enumerate(urls):
        if number >= MOST_LINKS:
            return
        try:
            link = Link(canonical(url), "article", depth)
        except UrlError:
            continue
        if not looks_endless(link.url):
            yield link


def _ending(
    state: State,
    page: Page,
    *,
    reason: str | None = None,
    due: str | None = None,
    dated: str | None = None,
    article: str | None = None,
) -> FetchOutcome:
    headers = page.headers
    return FetchOutcome(
        state, reason, due, page.fetched, dated, headers.get("etag"), headers.get("last-modified"), article
    )


def _later(page: Page, wait: timedelta) -> str:
    return stamp(in_vietnam(page.fetched or "") + wait)
