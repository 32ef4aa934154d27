"""Every error of the crawler room.

CrawlerError
├── ArticleError      an object cannot be read as an article
├── StoreError        the article store cannot be opened, read or written
│   └── StoreLocked   another command is writing to it
├── FetchError        a page could not be fetched (see `crawler.fetch`)
└── SiteError         a site's entry is wrong or unknown
"""


class CrawlerError(Exception):
    """Base of this room's errors; the message tells the user what was wrong and what to do next."""


class ArticleError(CrawlerError):
    """An object cannot be read as an article."""


class StoreError(CrawlerError):
    """The article store cannot be opened, read or written."""


class StoreLocked(StoreError):
    """Another command is writing to the store."""


class FetchError(CrawlerError):
    """A page could not be fetched."""


class SiteError(CrawlerError):
    """A site's entry is wrong, or no such site is configured."""
