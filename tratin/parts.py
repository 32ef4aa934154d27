"""The parts, built from the settings and handed over: what the commands and the web server are made of."""

from __future__ import annotations

from crawler.store.reading import StoreReader
from index.analysis import analyzer
from index.engine.embedded.generation import EmbeddedEngine
from index.officials.directory.directory import Directory
from index.topics.taxonomy import load as load_taxonomy
from search.searcher import Searcher
from tratin.settings import Settings


def open_searcher(settings: Settings) -> Searcher:
    """The searcher over this installation's index, store, officials and topics."""
    return Searcher(
        EmbeddedEngine(settings.index_dir, {"analyzer": analyzer.VERSION}),
        StoreReader(settings.store_path),
        load_taxonomy(settings.data),
        Directory(settings.registry_path),
        budget_ms=settings.query_budget_ms,
    )
