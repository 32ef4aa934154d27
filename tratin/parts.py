"""The parts, built from the settings and handed over: what the commands and the web server are made of."""

from __future__ import annotations

from pathlib import Path

from crawler.store.reading import StoreReader
from index.analysis import analyzer
from index.engine import Engine
from index.engine.embedded.generation import EmbeddedEngine
from index.engine.writing import Indexing
from index.officials.directory.directory import Directory
from index.topics.taxonomy import load as load_taxonomy
from search.searcher import Searcher
from tratin.settings import Settings


def engine_of(settings: Settings, folder: Path | None = None) -> Engine:
    """What answers from this installation's index, or from another one in `folder`."""
    return EmbeddedEngine(folder or settings.index_dir, {"analyzer": analyzer.VERSION})


def indexing_of(settings: Settings, folder: Path | None = None) -> Indexing:
    """What makes and checks this installation's index, or another one in `folder`."""
    from index.engine.embedded.indexing import EmbeddedIndexing  # brings Whoosh, and a search starts without it

    return EmbeddedIndexing(folder or settings.index_dir)


def open_searcher(settings: Settings) -> Searcher:
    """The searcher over this installation's index, store, officials and topics."""
    return Searcher(
        engine_of(settings),
        StoreReader(settings.store_path),
        load_taxonomy(settings.data),
        Directory(settings.registry_path),
        budget_ms=settings.query_budget_ms,
        freshness=settings.freshness,
    )
