"""What stands behind the web: the searcher, the articles and the rest that `create_app` is handed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, cast

from flask import current_app

from crawler.store.reading import Articles
from index.officials.directory.directory import Directory
from search.marked import MarkedArticle
from search.organisations import OrganisationPage, OrganisationRow
from search.request import SearchRequest
from search.results import Hit, ResultPage, Summary, TopicCount
from search.statements import StatementPage
from search.suggest import Suggestion
from web.charts import Collected


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How this installation's pages behave."""

    snippets_only: bool = False
    """Show title, lead and snippets and link to the newspaper, never whole texts."""
    cors: str = ""
    """Value of Access-Control-Allow-Origin for the API; empty sends none."""
    rate_limit: int = 0
    """Requests a minute and client that the API answers before 429; 0 is no limit."""
    trusted_proxies: str = "127.0.0.1 ::1"
    """Addresses and networks of the proxies whose X-Forwarded-For is believed."""
    metrics: bool = False
    """Answer `/metrics` for Prometheus."""
    address: str = ""
    """Scheme and host at which readers reach this server, such as `https://tin.example`; empty: what a request says."""
    alerts_a_day: int = 50
    """Articles a day that a new alert may match; 0 takes any."""
    release: str = "dev"
    """Tra Tin's version: a new one makes every cached page stale."""


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """What the newspaper's server sent when the article was fetched."""

    url: str
    fetched: str
    """ISO 8601 with +07:00."""
    content_type: str
    content: bytes
    records: tuple[bytes, ...] = ()
    """Its WARC records, each packed, as the archive has them."""


ArchivedCopies = Callable[[str, int | None], ArchivedCopy | None]
"""Article id and version (None for the latest) → the archived response, or None when none is kept."""


class Searching(Protocol):
    """What the pages ask of the searcher."""

    @property
    def generation(self) -> str: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def change(self) -> int: ...
    @property
    def documents(self) -> int: ...
    def search(self, request: SearchRequest) -> ResultPage: ...
    def marked(self, article_id: str, text_query: SearchRequest) -> MarkedArticle | None: ...
    def summary(self, request: SearchRequest) -> Summary: ...
    def count(self, request: SearchRequest) -> int: ...
    def matches(self, request: SearchRequest) -> Iterator[Hit]: ...
    def statements(self, request: SearchRequest, *, counted: bool = False) -> StatementPage: ...
    def organisations(
        self, words: str = "", *, tier: str = "", place: str = "", order: str = "articles"
    ) -> tuple[OrganisationRow, ...]: ...
    def organisation(self, id: str) -> OrganisationPage | None: ...
    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]: ...
    def related(self, article_id: str, limit: int = 6) -> tuple[Hit, ...]: ...
    def topics(self) -> tuple[TopicCount, ...]: ...
    def topic(self, slug: str) -> TopicCount | None: ...


class AlertDesk(Protocol):
    """What the web does for alerts."""

    def named(self, off_key: str) -> tuple[str, bool] | None:
        """The name of the alert that a key switches off, and whether it is off; None for no key."""

    def switch_off(self, off_key: str) -> None:
        """Switch the alert of a key off."""

    def feed(self, id: str) -> bytes | None:
        """An alert's feed; None when there is none."""


class NoAlerts:
    """The desk of an installation without alerts."""

    def named(self, off_key: str) -> tuple[str, bool] | None:
        """None."""

    def switch_off(self, off_key: str) -> None:
        """Nothing to do."""

    def feed(self, id: str) -> bytes | None:
        """None."""


@dataclass(frozen=True, slots=True)
class Backend:
    """Everything a view may ask."""

    searcher: Searching
    articles: Articles
    settings: WebSettings
    archived: ArchivedCopies
    crawled: Callable[[], Mapping[str, str]]
    """Newspaper → when its last successful crawl ended, ISO 8601."""
    alerts: AlertDesk

    def collected(self) -> Collected:
        """How many articles are held of every day."""
        searcher: Any = self.searcher
        return _collected(searcher, self.searcher.generation, self.searcher.change)

    @property
    def directory(self) -> Directory:
        """Who is who, and who held which office when."""
        return self.searcher.directory


@lru_cache(2)
def _collected(searcher: Any, generation: str, change: int) -> Collected:
    return Collected(searcher.summary(SearchRequest()).days)


def backend() -> Backend:
    """What the application that answers this request was handed."""
    return cast(Backend, current_app.extensions["tratin"])
