"""Reindex: the index follows the store, in this process or in others, and an interruption costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import pytest

from crawler.article import Article
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from index import reindex as module
from index.document import IndexedOfficial
from index.engine.embedded.generations import writing
from index.engine.embedded.indexing import EmbeddedIndexing
from index.engine.embedded.snapshot import Snapshot
from index.errors import IndexLocked
from index.officials.recognition.found_officials import FoundOfficial, Mention
from index.officials.registry.entry import RegistryEntry
from index.reindex import Report, reindex
from index.workers import Methods
from tests.invented import Tokens, articles, tokens


def recognize(article: Article) -> tuple[FoundOfficial, ...]:
    """An official for every other article; one article is too strange to be read."""
    if article.title.startswith("Lạ"):
        raise ValueError("strange")
    found = (FoundOfficial(name="Lò Thị Gió", mentions=(Mention(0, 1, ""),), positions=()),)
    return found if int(article.id[2:]) % 2 else ()


def classify(article: Article) -> tuple[str, ...]:
    """A topic by length."""
    return (f"topic-{len(article.title) % 3}",)


def analyze(articles: Sequence[tuple[str, str, str]]) -> list[tuple[Tokens, ...]]:
    """Plain tokens."""
    return [tuple(map(tokens, zones)) for zones in articles]


def sign(folded: Sequence[str]) -> bytes:
    """Not a signature, but recognisable."""
    return len(folded).to_bytes(2, "big")


METHODS = Methods(recognize, classify, analyze, sign)


class Known:
    """A registry in memory: an official of its own for every article, or whom the test says."""

    path = Path("no registry")

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}
        self.officials: dict[str, tuple[IndexedOfficial, ...]] = {}
        self.fresh: set[str] = set()

    def recorded(self, id: str) -> str | None:
        return self.seen.get(id)

    def keep_only(self, ids: Collection[str]) -> None:
        for id in self.officials.keys() - set(ids):
            self.forget(id)

    def record(self, entry: RegistryEntry) -> None:
        self.seen[entry.id] = entry.digest
        self.officials[entry.id] = tuple(IndexedOfficial(f"o-{entry.id}", one.name) for one in entry.people)
        self.fresh.add(entry.id)

    def forget(self, id: str) -> None:
        self.officials.pop(id, None)

    def resolve_all(self) -> list[str]:
        return sorted(self.fresh & self.officials.keys())

    def indexed(self) -> None:
        self.fresh = set()

    def officials_of(self, articles: Iterable[str]) -> dict[str, tuple[IndexedOfficial, ...]]:
        return {id: self.officials.get(id, ()) for id in articles}


class Room:
    """A store and its index."""

    def __init__(self, data: Path) -> None:
        self.store, self.index = data / "store.sqlite", data / "index"
        self.officials = Known()

    def keep(self, *kept: Article) -> None:
        with Store(self.store) as store, store.committing():
            for article in kept:
                store.keep(article)

    def tell(self, tell: Callable[[Store], None]) -> None:
        with Store(self.store) as store, store.committing():
            tell(store)

    def reindex(self, *, full: bool = False, jobs: int = 1, analyzer: str = "1") -> Report:
        with StoreReader(self.store) as store:
            return reindex(
                store,
                EmbeddedIndexing(self.index),
                methods=METHODS,
                officials=self.officials,
                versions={"analyzer": analyzer},
                full=full,
                jobs=jobs,
            )

    @property
    def ids(self) -> set[str]:
        snapshot = Snapshot.open(self.index)
        return {snapshot.id(doc) for doc in snapshot.live.nonzero()[0].tolist()}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.documents, report.added, report.changed, report.removed


def edited(article: Article) -> Article:
    return Article(article.id, f"{article.title} sửa", paragraphs=article.paragraphs, published=article.published)


def test_new_changed_withdrawn_and_removed_articles(room: Room) -> None:
    first = articles(30)
    room.keep(*first)
    assert counts(room.reindex()) == (30, 30, 0, 0)
    assert counts(room.reindex()) == (30, 0, 0, 0)
    room.keep(*articles(5, seed=9, first=30), edited(first[4]))
    room.tell(lambda store: store.withdraw(first[7].id, "asked"))
    room.tell(lambda store: store.mark_removed(first[8].id, "gone"))
    assert counts(room.reindex()) == (34, 5, 2, 1)
    snapshot = Snapshot.open(room.index)
    assert first[7].id not in room.ids
    assert first[8].id in room.ids
    number = snapshot.number(first[4].id)
    assert number is not None
    assert snapshot.stored(number).title.endswith("sửa")
    assert int(snapshot.versions[number]) == 2


def test_nothing_new_leaves_the_generation(room: Room) -> None:
    room.keep(*articles(3))
    first = room.reindex().generation
    assert room.reindex().generation == first
    assert room.reindex(full=True).generation > first


def test_what_was_found_and_resolved_is_indexed(room: Room) -> None:
    room.keep(*articles(10))
    room.reindex()
    snapshot = Snapshot.open(room.index)
    number = snapshot.number("a-00003")
    assert number is not None
    stored = snapshot.stored(number)
    assert stored.officials == (IndexedOfficial("o-a-00003", "Lò Thị Gió"),)
    assert snapshot.keywords("official").of(number) == ["o-a-00003"]
    assert snapshot.keywords("topic").of(number) == list(stored.topics) == [f"topic-{len(stored.title) % 3}"]
    assert stored.signature == len(tokens(stored.body).folded).to_bytes(2, "big")


def test_an_official_decided_otherwise_is_indexed_anew_in_older_articles(room: Room) -> None:
    room.keep(*articles(10))
    room.reindex()
    room.officials.officials["a-00003"] = (IndexedOfficial("o-merged", "Lò Thị Gió"),)
    room.officials.fresh.add("a-00003")
    assert counts(room.reindex()) == (10, 0, 1, 0)
    snapshot = Snapshot.open(room.index)
    number = snapshot.number("a-00003")
    assert number is not None
    assert snapshot.keywords("official").of(number) == ["o-merged"]


def test_an_article_too_strange_to_recognise_is_indexed_and_reported(room: Room) -> None:
    room.keep(*articles(3), Article("a-00099", "Lạ lùng"))
    report = room.reindex()
    assert [fault.id for fault in report.faults] == ["a-00099"]
    assert room.ids == {"a-00000", "a-00001", "a-00002", "a-00099"}


def test_other_versions_index_everything_anew(room: Room) -> None:
    room.keep(*articles(12))
    room.reindex()
    assert counts(room.reindex(analyzer="2")) == (12, 12, 0, 0)
    Snapshot.open(room.index, {"analyzer": "2"})


def test_other_processes_give_the_same_index(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SMALL", 10)
    monkeypatch.setattr(module, "_CHUNK", 7)
    monkeypatch.setattr(module, "_FLUSH", 20)
    room.keep(*articles(60))
    here = room.reindex()
    one = Snapshot.open(room.index)
    there = room.reindex(full=True, jobs=2)
    two = Snapshot.open(room.index)
    assert counts(here) == counts(there)
    assert list(one.terms("body")) == list(two.terms("body"))
    assert [one.stored(doc) == two.stored(doc) for doc in range(60)] == [True] * 60


def test_an_interruption_leaves_the_old_generation_and_nothing_else(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.keep(*articles(10))
    before = room.reindex()

    def interrupted(articles: Iterable[str]) -> dict[str, tuple[IndexedOfficial, ...]]:
        raise KeyboardInterrupt

    room.keep(*articles(5, seed=3, first=20))
    monkeypatch.setattr(room.officials, "officials_of", interrupted)
    with pytest.raises(KeyboardInterrupt):
        room.reindex()
    monkeypatch.undo()
    assert [path.name for path in room.index.iterdir() if path.is_dir()] == [before.generation]
    assert counts(room.reindex()) == (15, 5, 0, 0)


def test_two_at_once_exclude_each_other(room: Room) -> None:
    room.keep(*articles(2))
    with writing(room.index, "tratin reindex"), pytest.raises(IndexLocked, match="wait until it is done"):
        room.reindex()


def test_many_small_rounds_keep_few_segments(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.keep(*articles(20))
    room.reindex()
    for number in range(40):
        room.keep(*articles(2, seed=number, first=100 + 2 * number), edited(articles(20)[number % 20]))
        room.reindex()
    snapshot = Snapshot.open(room.index)
    assert snapshot.documents == 100
    assert len(snapshot.segments) < 16
    assert len(room.ids) == 100


def test_an_empty_store_gives_an_empty_index(room: Room) -> None:
    room.keep()
    room.tell(lambda store: None)
    assert counts(room.reindex()) == (0, 0, 0, 0)
    assert room.ids == set()
