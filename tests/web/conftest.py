from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from crawler.store.reading import StoreReader
from index.officials.directory.directory import Directory
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings
from web.app import create_app
from web.backend import ArchivedCopy, WebSettings

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
_SPEC = importlib.util.spec_from_file_location("web_newsroom", Path(__file__).with_name("newsroom.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
newsroom: Any = importlib.util.module_from_spec(_SPEC)
__import__("sys").modules["web_newsroom"] = newsroom
_SPEC.loader.exec_module(newsroom)


def archived(article_id: str, version: int | None) -> ArchivedCopy | None:
    if article_id != "baomau-1":
        return None
    page = "<!doctype html><script>alert(1)</script><p>Bản gốc</p>".encode()
    return ArchivedCopy(
        "https://baomau.example/tin-1.html", "2025-01-02T03:04:05+07:00", "text/html; charset=utf-8", page
    )


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with the test newsroom, indexed."""
    settings = Settings(tmp_path_factory.mktemp("web"))
    newsroom.fill(settings.store_path)
    reindex(settings, full=True, jobs=1, progress=lambda step, done, total: None)
    return settings


@pytest.fixture(scope="session")
def store_path(installation: Settings) -> Path:
    return installation.store_path


@pytest.fixture(scope="session")
def directory(installation: Settings) -> Directory:
    return Directory(installation.registry_path)


@pytest.fixture
def make(store_path: Path, directory: Directory) -> Iterator[Any]:
    stores = []

    def made(**settings: Any) -> Flask:
        store = StoreReader(store_path)
        stores.append(store)
        return create_app(newsroom.PlainSearcher(directory), store, WebSettings(**settings), archived)

    yield made
    for store in stores:
        store.close()


@pytest.fixture
def client(make: Any) -> FlaskClient:
    return make().test_client()


@pytest.fixture(scope="session")
def whole(installation: Settings) -> Iterator[FlaskClient]:
    """A client of the web over every real part."""
    with StoreReader(installation.store_path) as store:
        app = create_app(open_searcher(installation), store, WebSettings(), lambda article, version: None)
        yield app.test_client()
