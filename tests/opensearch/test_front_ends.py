"""An indexer and two front ends, in three folders that share nothing but a cluster of one real node."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from crawler.article import Article
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from index.engine.opensearch import manifest as manifests
from index.engine.opensearch.articles import ClusterArticles
from index.engine.opensearch.cluster import ClusterClient, Connection
from tests.opensearch.nodes import free_ports
from tests.web import newsroom
from tratin.cli.serve import create
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings

ROOT = Path(__file__).parents[2]
GONE = "baomau-5"
ADDRESSES = (
    "/api/v1/search?q=c%E1%BA%A7u&limit=5",
    "/api/v1/search?q=le+van+sao&explain=1",
    "/api/v1/search?sort=oldest&limit=7",
    "/api/v1/search?q=" + quote('"dân vận" OR "lớp dạy nghề"'),
    "/api/v1/articles/baomau-1",
    "/api/v1/articles/baomau-2",
    "/api/v1/articles/baomau-2?version=1",
    "/api/v1/articles/baomau-2/versions",
    "/api/v1/officials",
    "/api/v1/officials/le-van-sao",
    "/api/v1/offices",
    "/api/v1/statements?q=tr%E1%BB%B1c",
    "/api/v1/sources",
    "/api/v1/topics",
    "/api/v1/suggest?q=le+v",
    "/search.atom?q=c%E1%BA%A7u",
    "/edited.atom",
    "/search.csv?q=c%E1%BA%A7u",
    "/search.jsonl",
    "/officials.popolo.json",
    "/article/baomau-2",
    "/article/baomau-2/diff?from=1&to=2",
    "/",
    "/sources",
)
_VARIES = re.compile(
    r'"took_ms": ?[\d.]+|"generation": ?"[^"]*"|"next": ?"[^"]*"|cursor=[\w%.=-]+|nonce="[^"]*"'
    r"|127\.0\.0\.1(?::|%3A)\d+"
    r"|<updated>[^<]*</updated>|<p class=\"took\".*?</p>|localhost"
)
"""Times, what a generation is called, cursors that name it, and where one asks."""


def tratin(data: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tratin", "--data", str(data), *words]
    return subprocess.Popen(command, text=True, cwd=ROOT, **options)


def done(data: Path, *words: str) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of a command that ended."""
    command = tratin(data, *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = command.communicate(timeout=120)
    return command.returncode, out, err


@dataclass
class Served:
    """A `tratin serve` in a folder."""

    data: Path
    port: int
    process: subprocess.Popen[str]

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def json(self, path: str) -> Any:
        status, text = self.ask(path)
        assert status == 200, text
        return json.loads(text)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0


@dataclass
class Place:
    """A node, and what stands around it."""

    url: str
    folder: Path
    prefix: str = field(default_factory=lambda: f"f-{secrets.token_hex(4)}")

    def settings(self, **more: object) -> str:
        given = {
            "engine": "opensearch",
            "opensearch_urls": [self.url],
            "opensearch_index": self.prefix,
            "opensearch_replicas": 0,
            **more,
        }
        return "".join(f"{name} = {json.dumps(value)}\n" for name, value in given.items())

    def indexer(self, name: str) -> Path:
        data = self.folder / name
        data.mkdir()
        (data / "tratin.toml").write_text(self.settings())
        newsroom.fill(data / "store.sqlite")
        return data

    def front_end(self, name: str) -> Path:
        data = self.folder / name
        data.mkdir()
        (data / "tratin.toml").write_text(self.settings(front_end=True))
        return data

    def serve(self, stack: ExitStack, data: Path) -> Served:
        (port,) = free_ports(1)
        log = stack.enter_context((self.folder / f"{data.name}.log").open("w"))
        served = Served(data, port, tratin(data, "serve", "--port", str(port), stdout=log, stderr=log))
        stack.callback(served.stop)
        for _ in range(300):
            try:
                served.json("/api/v1/health")
            except OSError:
                assert served.process.poll() is None, (self.folder / f"{data.name}.log").read_text()
                time.sleep(0.1)
            else:
                return served
        raise AssertionError("does not answer")


@pytest.fixture(scope="module")
def place(node: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(node, tmp_path_factory.mktemp("apart"))
    yield place
    with ClusterClient(Connection((node,), place.prefix)).asking() as client:
        client.indices.delete(index=f"{place.prefix}-*")


@pytest.fixture(scope="module")
def served(place: Place) -> Iterator[tuple[Served, Served, Served]]:
    """The indexer's own, and both front ends."""
    indexer = place.indexer("indexer")
    status, _, told = done(indexer, "reindex", "--full", "--jobs", "1")
    assert status == 0, told
    with ExitStack() as stack:
        first, second = place.front_end("first"), place.front_end("second")
        yield place.serve(stack, indexer), place.serve(stack, first), place.serve(stack, second)


def plain(text: str) -> str:
    """An answer without what differs from one server to the next."""
    return _VARIES.sub("…", text)


def test_front_ends_give_what_the_indexer_and_an_index_of_files_give(
    served: tuple[Served, Served, Served], tmp_path: Path
) -> None:
    settings = Settings(tmp_path)
    shutil.copy(served[0].data / "store.sqlite", settings.store_path)
    reindex(settings, full=True, jobs=1, progress=lambda step, done, total: None)
    files = create(settings, open_searcher(settings)).test_client()
    other = {}
    for address in ADDRESSES:
        answers = [one.ask(address) for one in served]
        assert answers[0][0] == 200, address
        told = [plain(text) for _, text in answers]
        told.append(plain(files.get(address).get_data(as_text=True)))
        if len(set(told)) > 1:
            other[address] = sorted(set(told))
    assert other == {}


def test_what_is_withdrawn_is_named_by_no_front_end_a_second_later(served: tuple[Served, Served, Served]) -> None:
    indexer, *front_ends = served
    title = indexer.json(f"/api/v1/articles/{GONE}")["title"]
    cursors = [one.json("/api/v1/search?limit=3")["next"] for one in front_ends]
    seen: list[tuple[float, str, str]] = []
    done_with = threading.Event()

    def watch(one: Served) -> None:
        paths = [
            f"/api/v1/search?q={quote(title)}&limit=100",
            "/search.jsonl",
            "/search.csv",
            f"/search.atom?q={quote(title)}",
            f"/api/v1/articles/{GONE}",
            f"/article/{GONE}",
            "/api/v1/officials/le-van-sao",
        ]
        while not done_with.is_set():
            for path in paths:
                began = time.monotonic()
                status, text = one.ask(path)
                if status == 200 and (path.endswith(GONE) or re.search(rf"{GONE}(?!\d)", text)):
                    seen.append((began, one.data.name, path))

    watching = [threading.Thread(target=watch, args=(one,)) for one in front_ends]
    for thread in watching:
        thread.start()
    time.sleep(1)
    status, _, told = done(indexer.data, "withdraw", GONE, "--reason", "toà án")
    withdrawn = time.monotonic()
    assert status == 0, told
    time.sleep(4)
    done_with.set()
    for thread in watching:
        thread.join()
    assert {name for began, name, _ in seen if began < withdrawn} == {"first", "second"}, "nothing was watched"
    assert [one for one in seen if one[0] > withdrawn + 1] == []
    for one, cursor in zip(front_ends, cursors, strict=True):
        listed = []
        while cursor:
            page = one.json(f"/api/v1/search?limit=3&cursor={cursor}")
            listed += [hit["id"] for hit in page["hits"]]
            cursor = page["next"]
        assert len(listed) > 10
        assert GONE not in listed
        assert one.ask(f"/article/{GONE}")[0] == 410
        assert one.ask(f"/api/v1/articles/{GONE}/versions")[0] == 410


def test_a_withdrawal_that_front_ends_cannot_be_told_of_is_none(place: Place, served: tuple[Served, ...]) -> None:
    data = served[0].data
    settings = (data / "tratin.toml").read_text()
    (port,) = free_ports(1)
    (data / "tratin.toml").write_text(settings.replace(place.url, f"http://127.0.0.1:{port}"))
    try:
        status, _, told = done(data, "withdraw", "baomau-6", "--reason", "toà án")
    finally:
        (data / "tratin.toml").write_text(settings)
    assert status == 2
    assert "baomau-6 is not withdrawn" in told
    assert str(port) in told
    with StoreReader(data / "store.sqlite") as store:
        assert store.state("baomau-6") == "live"
        assert "baomau-6" not in [one.id for one in store.log()]


def test_what_is_reinstated_is_shown_again(served: tuple[Served, Served, Served]) -> None:
    indexer, *front_ends = served
    assert done(indexer.data, "withdraw", "baomau-8", "--reason", "nhầm")[0] == 0
    time.sleep(1)
    assert [one.ask("/article/baomau-8")[0] for one in front_ends] == [410, 410]
    assert done(indexer.data, "withdraw", "baomau-8", "--undo", "--reason", "nhầm")[0] == 0
    time.sleep(1)
    for one in front_ends:
        assert one.ask("/article/baomau-8")[0] == 200
        assert "baomau-8" in one.ask("/search.csv")[1]


def test_a_reindex_shows_on_front_ends_while_they_answer(served: tuple[Served, Served, Served]) -> None:
    indexer, *front_ends = served
    new = Article(
        id="baomau-100",
        title="Khánh thành trạm bơm Rộc Sậy",
        lead="Chủ tịch UBND xã Bến Mây Đinh Thị Chanh dự lễ.",
        paragraphs=("Trạm bơm tưới cho hai trăm mẫu ruộng.",),
        source="baomau.example",
        url="https://baomau.example/tin-100.html",
        published="2025-02-01T08:30:00+07:00",
        fetched="2025-02-02T03:04:05+07:00",
    )
    with Store(indexer.data / "store.sqlite") as store, store.committing():
        store.keep(new)
    asked = f"/api/v1/search?q={quote('trạm bơm Rộc Sậy')}"
    totals: dict[str, list[int]] = {"first": [], "second": []}
    failed: list[str] = []
    done_with = threading.Event()

    def watch(one: Served) -> None:
        while not done_with.is_set():
            status, text = one.ask(asked)
            if status == 200:
                totals[one.data.name].append(json.loads(text)["total"])
            else:
                failed.append(text)

    watching = [threading.Thread(target=watch, args=(one,)) for one in front_ends]
    for thread in watching:
        thread.start()
    status, _, told = done(indexer.data, "reindex", "--jobs", "1")
    deadline = time.monotonic() + 20
    while not all(1 in each for each in totals.values()) and time.monotonic() < deadline:
        time.sleep(0.1)
    done_with.set()
    for thread in watching:
        thread.join()
    assert status == 0, told
    assert not failed
    assert all(set(each) == {0, 1} for each in totals.values())
    for one in front_ends:
        assert one.json("/api/v1/articles/baomau-100")["title"] == new.title
        found = one.json(f"/api/v1/officials?q={quote('Đinh Thị Chanh')}")
        assert [each["name"] for each in found["officials"]] == ["Đinh Thị Chanh"]


def test_another_indexer_takes_over_and_nothing_that_was_withdrawn_comes_back(
    place: Place, served: tuple[Served, Served, Served]
) -> None:
    """Its store is from before the withdrawal."""
    _, *front_ends = served
    other = place.indexer("other")
    before = front_ends[0].json("/api/v1/health")["generation"]
    shown: list[str] = []
    failed: list[str] = []
    done_with = threading.Event()

    def watch(one: Served) -> None:
        while not done_with.is_set():
            for path in ("/search.csv", f"/article/{GONE}"):
                status, text = one.ask(path)
                if status not in (200, 410):
                    failed.append(text)
                if f"/{GONE}," in text or f",{GONE}," in text:
                    shown.append(text)

    watching = [threading.Thread(target=watch, args=(one,)) for one in front_ends]
    for thread in watching:
        thread.start()
    status, out, told = done(other, "reindex", "--full", "--jobs", "1", "--json")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(one.json("/api/v1/health")["generation"] == before for one in front_ends):
        time.sleep(0.1)
    time.sleep(1)
    done_with.set()
    for thread in watching:
        thread.join()
    assert status == 0, told
    assert json.loads(out)["withdrawn_elsewhere"] == [GONE]
    assert f"`tratin withdraw {GONE} --reason …`" in told
    assert not failed
    assert not shown
    for one in front_ends:
        assert one.json("/api/v1/health")["generation"] == json.loads(out)["generation"]
        assert one.ask(f"/article/{GONE}")[0] == 410
        assert one.ask("/article/baomau-100")[0] == 404, "its store does not hold it"


@pytest.mark.parametrize(
    "words",
    [
        ("import", "."),
        ("crawl",),
        ("update",),
        ("withdraw", "baomau-1", "--reason", "x"),
        ("reindex",),
        ("verify",),
        ("stats",),
        ("backup", "b.tar.gz"),
        ("alert", "list"),
    ],
    ids=lambda words: words[0],
)
def test_what_needs_the_store_is_refused_in_a_front_ends_folder(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "tratin.toml").write_text('engine = "opensearch"\nfront_end = true\n')
    status, out, told = done(tmp_path, *words)
    assert (status, out) == (2, "")
    assert told.strip() == (
        f"tratin: {tmp_path} is a front end's folder (front_end in tratin.toml): "
        "run this where the store is, with that folder as --data"
    )
    assert [one.name for one in tmp_path.iterdir()] == ["tratin.toml"]


def test_a_front_end_without_a_cluster_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tratin.toml").write_text("front_end = true\n")
    status, _, told = done(tmp_path, "search", "x")
    assert status == 2
    assert 'engine = "opensearch" is needed' in told


def test_the_command_line_answers_in_a_front_ends_folder(served: tuple[Served, Served, Served]) -> None:
    data = served[1].data
    assert done(data, "search", "cầu")[0] == 0
    assert done(data, "officials", "Lê Văn Sao")[0] == 0
    assert done(data, "office", "Bộ trưởng Bộ Xây dựng")[0] == 0
    assert done(data, "statements", "--official", "Lê Văn Sao")[0] in (0, 1)
    assert not (data / "store.sqlite").exists()
    assert not (data / "officials.sqlite").exists()


def test_a_front_end_keeps_no_file_that_no_generation_needs(
    place: Place, served: tuple[Served, Served, Served]
) -> None:
    data = served[1].data
    kept = data / "index" / f"opensearch-{place.prefix}" / "files"
    old = kept / "000000-dead.lexicon"
    old.write_bytes(b"old")
    young = kept / "000000-beef.lexicon"
    young.write_bytes(b"young")
    past = time.time() - 7_200
    os.utime(old, (past, past))
    for one in kept.glob("*.sqlite"):
        one.unlink()
    assert done(data, "search", "cầu")[0] == 0
    assert list(kept.glob("*.officials.sqlite"))
    assert not old.exists()
    assert young.exists()


def test_a_page_of_one_article_is_one_message_and_ten_texts_are_too(
    place: Place, served: tuple[Served, Served, Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.engine.opensearch.articles._LOOK_EVERY", 3_600)
    articles = ClusterArticles(Connection((place.url,), place.prefix))
    assert articles.count() == served[1].json("/api/v1/health")["documents"]
    before = articles.cluster.trips
    assert articles.state("baomau-2") == "live"
    shown = articles.get("baomau-2")
    assert shown is not None
    assert articles.get("baomau-2", shown.version) == shown
    assert [note.version for note in articles.versions("baomau-2")] == [1, 2]
    assert articles.aliases("baomau-2") == (shown.url,)
    assert articles.cluster.trips == before + 1
    assert articles.get("baomau-2", 1) != shown
    assert articles.cluster.trips == before + 2
    ids = [f"baomau-{number}" for number in range(20, 40)]
    assert [one.id for one in articles.texts([*ids, "unknown"])] == ids
    assert articles.cluster.trips == before + 5


def test_verify_notices_a_text_that_is_gone_and_a_registry_that_is_damaged(
    place: Place, served: tuple[Served, Served, Served]
) -> None:
    """The last one: it leaves the cluster damaged."""
    data = place.indexer("verified")
    assert done(data, "reindex", "--full", "--jobs", "1")[0] == 0
    assert done(data, "verify")[0] == 0
    cluster = ClusterClient(Connection((place.url,), place.prefix))
    generation = manifests.named(cluster, manifests.current(cluster))
    with cluster.asking() as client:
        client.delete(index=generation.articles, id="baomau-1", params={"refresh": "true"})
        piece = f"{generation.attached['officials.sqlite']}:0"
        held = client.get(index=cluster.files, id=piece)["_source"]
        client.index(index=cluster.files, id=piece, body={**held, "crc": held["crc"] ^ 1})
    status, out, _ = done(data, "verify")
    assert status == 1
    assert "the texts of 58 articles are in the cluster, 59 were published" in out
    assert f"{generation.attached['officials.sqlite']} is damaged in the cluster" in out
    assert "mend: tratin reindex --full" in out
