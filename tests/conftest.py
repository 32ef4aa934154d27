"""What tests of several rooms share: a real OpenSearch node, started when the first of them asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
