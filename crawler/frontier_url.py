"""A URL of the frontier: as a link that was found, while it is fetched, and what the fetching came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UrlKind = Literal["feed", "sitemap", "list", "article"]
State = Literal["queued", "fetching", "done", "failed", "blocked", "skipped"]


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that was found somewhere, with what was said of it there."""

    url: str
    kind: UrlKind = "article"
    depth: int = 0
    dated: str | None = None
    """When it was published, ISO 8601."""
    modified: str | None = None
    """When it was last edited, ISO 8601."""


@dataclass(frozen=True, slots=True)
class FrontierUrl:
    """A URL of the frontier that is being fetched; times are ISO 8601 with +07:00."""

    url: str
    site: str
    kind: UrlKind
    depth: int
    state: State
    tries: int
    """Times it was begun since it last went well, this one included."""
    started: str
    first: str | None
    fetched: str | None
    dated: str | None
    modified: str | None
    etag: str | None
    last_modified: str | None
    article: str | None


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What the fetching of a frontier URL came to."""

    state: State
    reason: str | None = None
    due: str | None = None
    fetched: str | None = None
    """When an answer came; None when none did."""
    dated: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """How a site's last crawl went, and how many of its URLs are in which state."""

    host: str
    last_run: str | None
    last_success: str | None
    needs: tuple[str, ...]
    states: dict[str, int]
