"""What tests of several rooms share: a real OpenSearch node, started when the first asks for it, and English.

Commands that tests run speak English, whatever the locale of whoever runs them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.opensearch import nodes

os.environ["TRATIN_LANG"] = "en"


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
