"""The crawler's parts, built from the settings: what `crawl`, `update` and the demo hand over to the crawler room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import tratin
from crawler.archive import Archive
from crawler.fetch import Fetcher, user_agent
from crawler.frontier import Frontier
from crawler.guard import Guard
from crawler.store.writing import Store
from tratin.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that `crawler.crawl.crawl` needs beside the sites."""

    store: Store
    frontier: Frontier
    archive: Archive
    fetcher: Fetcher


@contextmanager
def crawler_parts(settings: Settings) -> Iterator[Parts]:
    """Open store, frontier, archive and fetcher; all are closed at the end of the block.

    Raises:
        CrawlerError: one of them cannot be opened, or another command is writing to it.
    """
    software = f"TraTin/{tratin.__version__}"
    with ExitStack() as open_parts:
        store = open_parts.enter_context(Store(settings.store_path))
        frontier = open_parts.enter_context(Frontier(settings.frontier_path))
        archive = open_parts.enter_context(
            Archive(settings.warc_dir, software=software, operator=settings.contact, keep_days=settings.warc_days)
        )
        agent = user_agent(tratin.__version__, settings.contact)
        fetcher = Fetcher(agent, guard=Guard(settings.hosts), delay=settings.delay)
        open_parts.callback(fetcher.close)
        yield Parts(store, frontier, archive, fetcher)
