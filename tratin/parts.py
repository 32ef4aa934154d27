"""The parts, built from the settings and handed over: what the commands and the web server are made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.store.reading import Articles, StoreReader
from index.analysis import analyzer
from index.engine import Engine
from index.engine.embedded.generation import EmbeddedEngine
from index.engine.writing import Indexing
from index.officials.directory.directory import Directory
from index.topics.taxonomy import load as load_taxonomy
from search.searcher import Searcher
from tratin.errors import SettingsError
from tratin.settings import Settings

if TYPE_CHECKING:
    from index.engine.opensearch.cluster import Connection


def engine_of(settings: Settings, folder: Path | None = None) -> Engine:
    """What answers from this installation's index, or from a small one of files in `folder`."""
    versions = {"analyzer": analyzer.VERSION}
    if folder or settings.engine == "embedded":
        return EmbeddedEngine(folder or settings.index_dir, versions)
    with _installed():
        from index.engine.opensearch.generation import ClusterEngine

    return ClusterEngine(_cluster_folder(settings), _connection(settings), versions)


def indexing_of(settings: Settings, folder: Path | None = None) -> Indexing:
    """What makes and checks this installation's index, or a small one of files in `folder`."""
    if folder or settings.engine == "embedded":
        from index.engine.embedded.indexing import EmbeddedIndexing  # brings Whoosh, and a search starts without it

        return EmbeddedIndexing(folder or settings.index_dir)
    with _installed():
        from index.engine.opensearch.building import ClusterIndexing

    return ClusterIndexing(_cluster_folder(settings), _connection(settings))


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"engine is 'opensearch', and {error.name} is not installed: pip install 'tratin[opensearch]'"
        ) from error


def _cluster_folder(settings: Settings) -> Path:
    """Where this machine keeps what it fetched of an index in a cluster."""
    return settings.index_dir / f"opensearch-{settings.opensearch_index}"


def _connection(settings: Settings) -> Connection:
    from index.engine.opensearch.cluster import Connection

    return Connection(
        urls=tuple(settings.opensearch_urls),
        prefix=settings.opensearch_index,
        user=settings.opensearch_user,
        password=settings.opensearch_password,
        api_key=settings.opensearch_api_key,
        ca=settings.opensearch_ca,
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
    )


def articles_of(settings: Settings) -> Articles:
    """The articles that searches and pages show: out of this installation's store, or out of the cluster."""
    if settings.engine == "embedded":
        return StoreReader(settings.store_path)
    with _installed():
        from index.engine.opensearch.articles import ClusterArticles

    return ClusterArticles(_connection(settings))


def open_directory(settings: Settings) -> Directory:
    """Who is who; articles withdrawn since the last reindex are not quoted."""
    if settings.engine != "embedded":
        return open_searcher(settings).directory
    directory = Directory(settings.registry_path)
    if not settings.store_path.exists():
        return directory
    with StoreReader(settings.store_path) as store:
        return directory.hiding(store.withdrawn())


def open_searcher(settings: Settings) -> Searcher:
    """The searcher over this installation's index, articles, officials and topics."""
    return Searcher(
        engine_of(settings),
        articles_of(settings),
        load_taxonomy(settings.data),
        budget_ms=settings.query_budget_ms,
        freshness=settings.freshness,
    )
