"""Page: one HTTP response as it came, before anyone reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.article import Article


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched (or saved) page: raw bytes, and where and when they came from."""

    url: str
    """The URL asked for."""
    final_url: str
    """The URL that answered, after redirects."""
    content: bytes
    """The body, transfer- and content-decoded."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    """Lower-case names."""
    fetched: str | None = None
    """ISO 8601 with +07:00."""


@dataclass(frozen=True, slots=True)
class NotArticle:
    """Why a page gave no article: `kind` is list, tag, moved, challenge, empty, broken or foreign."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a site's reader made of one page."""

    article: Article | NotArticle
    links: tuple[str, ...] = ()
    """Absolute canonical URLs on the same site that look like articles."""
    onward: str | None = None
    """Where a page that is no article sends its reader: a meta refresh, or the address it gives as its own."""
    flags: tuple[str, ...] = ()
    """Repairs and doubts worth reporting, such as `tcvn3-repaired` or `date-from-url`."""
