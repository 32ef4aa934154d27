"""Indexing: what `reindex` needs of every room, put together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from crawler.article import Article
from crawler.store.reading import StoreReader
from index import authority
from index.analysis import analyzer
from index.duplicates import signature
from index.engine import Engine
from index.officials.recognition import recognizer
from index.officials.registry.registry import Registry
from index.officials.registry.rows import FORMAT
from index.reindex import OnStep, Report
from index.reindex import index_apart as apart
from index.reindex import reindex as bring_up
from index.statements import finding as statements
from index.topics import classifier, taxonomy
from index.workers import Methods
from tratin.parts import engine_of, indexing_of
from tratin.settings import Settings
from tratin.settings_seal import seal_settings


def reindex(settings: Settings, *, full: bool, jobs: int, progress: OnStep) -> Report:
    """Bring this installation's index up to its store."""
    seal_settings(settings.data)
    with (
        StoreReader(settings.store_path) as store,
        Registry(settings.registry_path, corrections=settings.data / "officials.toml") as officials,
    ):
        return bring_up(
            store,
            indexing_of(settings),
            methods=_methods(settings),
            officials=officials,
            versions=_versions(settings.data),
            full=full,
            jobs=jobs,
            progress=progress,
        )


def indexed_upto(settings: Settings) -> int | None:
    """The store's change that the index holds everything of; None when `reindex` must run first."""
    base = indexing_of(settings).base(_versions(settings.data))
    return base.change if base else None


def index_apart(settings: Settings, ids: Sequence[str], folder: Path) -> Engine:
    """Index only these articles, in a folder of their own."""
    with Registry(settings.registry_path, corrections=settings.data / "officials.toml") as officials:
        apart(
            ids,
            settings.store_path,
            indexing_of(settings, folder),
            methods=_methods(settings),
            officials=officials,
            versions=_versions(settings.data),
        )
    return engine_of(settings, folder)


def _methods(settings: Settings) -> Methods:
    return Methods(
        recognize=recognizer.recognize,
        classify=partial(_classify, settings.data),
        analyze=analyzer.analyze_articles,
        sign=signature,
    )


def _classify(data: Path, article: Article) -> Sequence[str]:
    return [topic.slug for topic in classifier.classify(article, _taxonomy(data))]


@cache
def _taxonomy(data: Path) -> taxonomy.Taxonomy:
    return taxonomy.load(data)


def _versions(data: Path) -> dict[str, str]:
    """Versions of everything that decides what is indexed; another one means that all is indexed anew."""
    return {
        "analyzer": analyzer.VERSION,
        "recognizer": recognizer.VERSION,
        "registry": str(FORMAT),
        "statements": str(statements.VERSION),
        "authority": str(authority.VERSION),
        "classifier": str(classifier.VERSION),
        "taxonomy": taxonomy.digest(data),
    }
