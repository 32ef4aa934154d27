"""The engine over an OpenSearch cluster keeps the contract of all engines, ranks as claimed, and shows who it is."""

from __future__ import annotations

import base64
import random
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index.document import Document
from index.engine import Ask, Generation
from index.engine.opensearch.building import ClusterIndexing
from index.engine.opensearch.cluster import Connection
from index.engine.opensearch.generation import ClusterEngine
from index.errors import IndexUnreachable
from index.query import Key, Node, Phrase, both
from tests.index.engine.contract import CORPUS, HERE, Builder, EngineContract, Made, term
from tests.index.engine.ranking_claims import RankingClaims
from tests.opensearch.between import Gate


def builder_in(folder: Path, url: str, shards: int = 1, **secured: str) -> Builder:
    connection = Connection((url,), f"t-{secrets.token_hex(4)}", shards=shards, replicas=0, **secured)
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


@pytest.mark.parametrize("most", [1, 3, 8, None])
def test_facets_over_several_shards_are_exact_however_few_values_a_shard_tells_at_first(
    node: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int | None
) -> None:
    monkeypatch.setattr("index.engine.opensearch.generation._SURE", 1)
    monkeypatch.setattr("index.engine.opensearch.generation._EVERY", 12)
    builder = builder_in(tmp_path, node, shards=3)
    chance = random.Random(7)
    weights = [1 / (1 + n) for n in range(40)]
    carried = [sorted({f"o-{one}" for one in chance.choices(range(40), weights, k=3)}) for _ in range(200)]
    generation = builder.index(Made(f"a-{n}", title="dân", officials=tuple(who)) for n, who in enumerate(carried))
    counted = Counter(one for who in carried for one in who)
    found = generation.find(Ask(facets={"official": most})).facets["official"]
    assert [count for _, count in found] == sorted(counted.values(), reverse=True)[: most or 12]
    assert all(counted[who] == count for who, count in found)
    assert isinstance(builder.engine, ClusterEngine)
    with builder.engine.cluster.asking() as client:
        client.indices.delete(index=f"{builder.engine.cluster.connection.prefix}-*")


ROAD, RULE = term("đường"), term("quy")
COUNTRYSIDE = Phrase(((Key("nông"),), (Key("thôn"),)), HERE, "nông thôn")


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        (ROAD, 1),
        (both(RULE, ROAD), 1),  # few are expected to hold both: those that nearly do are asked beside
        (both(COUNTRYSIDE, ROAD), 2),
    ],
    ids=["word", "words", "phrase"],
)
def test_what_matches_and_nearly_matches_is_asked_in_one_message_after_phrases_are_counted(
    builder: Builder, query: Node, messages: int
) -> None:
    made = [Made(f"a-{n}", title="đường" if n % 2 else "quy nông thôn") for n in range(40)]
    generation = builder.index([*made, Made("a-40", title="quy đường nông thôn")])
    assert isinstance(builder.engine, ClusterEngine)
    for asked in (messages, 1):  # what was counted once is known
        before = builder.engine.cluster.trips
        generation.find(Ask(query=query))
        assert builder.engine.cluster.trips - before == asked


class TestSecured:
    """TLS with a certificate of its own, and a header that says who asks."""

    WHO = f"Basic {base64.b64encode(b'archivist:open:sesame').decode()}"

    @pytest.fixture
    def gate(self, node: str, tmp_path: Path) -> Iterator[Gate]:
        if shutil.which("openssl") is None:
            pytest.skip("no certificate can be made here: openssl not found")
        gate = Gate(node, tmp_path, [self.WHO, "ApiKey a2V5OnNlY3JldA=="])
        yield gate
        gate.close()

    @pytest.mark.parametrize(
        "who", [{"user": "archivist", "password": "open:sesame"}, {"api_key": "a2V5OnNlY3JldA=="}], ids=["user", "key"]
    )
    def test_an_index_is_built_and_asked_as_whoever_the_settings_name(
        self, gate: Gate, tmp_path: Path, who: dict[str, str]
    ) -> None:
        builder = builder_in(tmp_path / "index", gate.url, ca=str(gate.certificate), **who)
        generation = builder.index(CORPUS[:20])
        assert generation.find(Ask()).total == 20
        assert gate.let_through > 5
        assert not gate.refused
        assert isinstance(builder.engine, ClusterEngine)
        with builder.engine.cluster.asking() as client:
            client.indices.delete(index=f"{builder.engine.cluster.connection.prefix}-*")

    @pytest.mark.parametrize("who", [{}, {"user": "archivist", "password": "wrong"}], ids=["nobody", "wrong password"])
    def test_a_cluster_that_knows_nobody_by_that_name_is_said_to_refuse(
        self, gate: Gate, tmp_path: Path, who: dict[str, str]
    ) -> None:
        with pytest.raises(IndexUnreachable, match="401"):
            builder_in(tmp_path / "index", gate.url, ca=str(gate.certificate), **who).index(CORPUS[:1])
        assert not gate.let_through

    def test_a_certificate_that_nobody_trusts_is_not_spoken_to(self, gate: Gate, tmp_path: Path) -> None:
        with pytest.raises(IndexUnreachable, match=r"(?i)certificate"):
            builder_in(tmp_path / "index", gate.url, user="archivist", password="open:sesame").index(CORPUS[:1])
        assert not gate.let_through
        assert not gate.refused
