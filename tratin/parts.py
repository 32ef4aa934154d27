"""The parts, built from the settings and handed over: what the commands and the web server are made of."""

from __future__ import annotations

from crawler.store.reading import StoreReader
from index.officials.directory.directory import Directory
from index.topics.taxonomy import load as load_taxonomy
from search.naming import Naming
from search.searcher import Searcher
from tratin.settings import Settings


def open_searcher(settings: Settings) -> Searcher:
    """The searcher over this installation's index, store, officials and topics."""
    naming = Naming(load_taxonomy(settings.data), Directory(settings.registry_path))
    return Searcher(settings.index_dir, StoreReader(settings.store_path), naming, budget_ms=settings.query_budget_ms)
