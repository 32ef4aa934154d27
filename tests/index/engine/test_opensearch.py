"""The engine over an OpenSearch cluster keeps the contract of all engines, and ranks as claimed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index.document import Document
from index.engine import Generation
from index.engine.opensearch.building import ClusterIndexing
from index.engine.opensearch.cluster import Connection
from index.engine.opensearch.generation import ClusterEngine
from tests.index.engine.contract import CORPUS, Builder, EngineContract
from tests.index.engine.ranking_claims import RankingClaims
from tests.opensearch import nodes


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real node's address."""
    if missing := nodes.lacking():
        pytest.skip(f"no OpenSearch node can be started here: {missing}")
    node = nodes.alone(tmp_path_factory.mktemp("node"))
    try:
        node.start()
        node.answer()
    except OSError as error:
        pytest.skip(f"no OpenSearch node can be started here: {error}")
    yield node.url
    node.stop()


def builder_in(folder: Path, url: str) -> Builder:
    connection = Connection((url,), f"t-{secrets.token_hex(4)}", replicas=0)
    indexing = ClusterIndexing(folder, connection)

    def write(documents: Sequence[Document], gone: Sequence[str], full: bool) -> None:
        with indexing.writing("test"):
            build = indexing.begin(full=full)
            build.delete(gone)
            if documents:
                build.take(build.sink.write(documents, 0))
            build.publish({}, change=1)

    return Builder(ClusterEngine(folder, connection, {}), write)


@pytest.fixture
def builder(tmp_path: Path, node: str) -> Iterator[Builder]:
    builder = builder_in(tmp_path, node)
    yield builder
    assert isinstance(builder.engine, ClusterEngine)
    with builder.engine.cluster.asking() as client:  # a node holds so many shards and no more
        client.indices.delete(index=f"{builder.engine.cluster.connection.prefix}-*")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, node: str) -> Generation:
    builder = builder_in(tmp_path_factory.mktemp("filled"), node)
    builder.index(CORPUS[:90])
    return builder.index(CORPUS[90:])


class TestOpenSearch(EngineContract):
    """All of it."""


class TestOpenSearchRanking(RankingClaims):
    """All of them; of those that miss a part fewer come here to be looked at."""

    asked = 300
