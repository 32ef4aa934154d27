"""Every error of the crawler room.

CrawlerError
├── ArticleError        an object cannot be read as an article
├── StoreError          the article store cannot be opened, read or written
│   └── StoreLocked     another command is writing to it
├── FrontierError       the frontier cannot be opened, read or written
│   └── FrontierLocked  another crawl is running on it
├── ArchiveError        a WARC file or the archive's index cannot be read or written
│   └── ArchiveLocked   another command is writing to it
├── SiteError           a site's entry is wrong or unknown
├── UrlError            a text is no URL that can be fetched
└── FetchError          a page could not be fetched; the message says why
    ├── Refused         the guard: a private address, a port or scheme that is no web server's
    ├── Disallowed      robots.txt says no, or cannot be known
    ├── Unreachable     no address, no connection, no valid certificate        (may pass)
    ├── BrokenAnswer    what came is no HTTP, or was cut short                 (may pass)
    ├── TooSlow         it took longer than a page may take                    (may pass)
    ├── TooBig          it is larger than a page may be, packed or unpacked
    ├── DamagedBody     the body is not coded as its headers say
    └── TooManyRedirects
"""

from __future__ import annotations

from typing import ClassVar


class CrawlerError(Exception):
    """Base of this room's errors; the message tells the user what was wrong and what to do next."""


class ArticleError(CrawlerError):
    """An object cannot be read as an article."""


class StoreError(CrawlerError):
    """The article store cannot be opened, read or written."""


class StoreLocked(StoreError):
    """Another command is writing to the store."""


class FrontierError(CrawlerError):
    """The frontier cannot be opened, read or written."""


class FrontierLocked(FrontierError):
    """Another crawl is running on the frontier."""


class ArchiveError(CrawlerError):
    """A WARC file or the archive's index cannot be read or written."""


class ArchiveLocked(ArchiveError):
    """Another command is writing to the archive."""


class SiteError(CrawlerError):
    """A site's entry is wrong, or no such site is configured."""


class UrlError(CrawlerError):
    """A text is no URL that can be fetched."""


class FetchError(CrawlerError):
    """A page could not be fetched."""

    passing: ClassVar[bool] = False
    """Whether it may go better later."""


class Refused(FetchError):
    """The guard refuses to connect there."""


class Disallowed(FetchError):
    """The site's robots.txt forbids it, or cannot be known now."""


class Unreachable(FetchError):
    """No address, no connection, or no valid certificate."""

    passing = True


class BrokenAnswer(FetchError):
    """What came is no HTTP, or was cut short."""

    passing = True


class TooSlow(FetchError):
    """It took longer than a page may take."""

    passing = True


class TooBig(FetchError):
    """Larger than a page may be, packed or unpacked."""


class DamagedBody(FetchError):
    """The body is not coded as its headers say."""


class TooManyRedirects(FetchError):
    """More redirects than anyone needs, or a circle of them."""
