"""The engine on this disk keeps the contract of all engines, and ranks as claimed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.document import Document
from index.engine import Generation
from index.engine.embedded import generations
from index.engine.embedded.generation import EmbeddedEngine
from index.engine.embedded.stamp import read_stamp
from index.engine.embedded.writer import GenerationWriter, write_segment
from index.errors import NoIndex
from tests.index.engine.contract import CORPUS, Builder, EngineContract
from tests.index.engine.ranking_claims import RankingClaims


def builder_in(folder: Path) -> Builder:
    def write(documents: Sequence[Document], gone: Sequence[str], full: bool) -> None:
        with generations.writing(folder, "test"):
            try:
                base = None if full else read_stamp(folder / generations.current(folder))
            except NoIndex:
                base = None
            writer = GenerationWriter(folder, base)
            writer.delete(gone)
            if documents:
                writer.take(write_segment(writer.folder, documents))
            writer.commit({}, change=1)

    return Builder(EmbeddedEngine(folder, {}), write)


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return builder_in(tmp_path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    builder = builder_in(tmp_path_factory.mktemp("filled"))
    builder.index(CORPUS[:90])
    return builder.index(CORPUS[90:])


class TestEmbedded(EngineContract):
    """All of it."""


class TestEmbeddedRanking(RankingClaims):
    """All of them."""
