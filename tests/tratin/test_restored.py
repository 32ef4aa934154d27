"""A restored copy equals its source in every answer: pages, JSON, feeds and files, hundreds of them compared."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.backup import backup, restore
from tratin.cli.demo import crawl_newsroom
from tratin.cli.serve import create
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings, load

_ITS_OWN = re.compile(
    rb"""cursor=[\w-]+|"(next|generation)": ?"[\w-]+"|\d{6}-[0-9a-f]{4}|nonce="[\w-]+"|"took_ms": ?[\d.]+|[\d.,]+ ms"""
)
"""What differs between two answers of one installation, too, or names the generation that answered."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, FlaskClient]:
    """The newsroom with an edited, a withdrawn and a reinstated article; and its backup, restored."""
    folder = tmp_path_factory.mktemp("restored")
    source, back = load(folder / "var"), load(folder / "again")
    for _ in range(2):
        crawl_newsroom(source)
        _indexed(source, full=False)
    with StoreReader(source.store_path) as reader:
        first, second = [article.id for article in reader.live()][:2]
    with Store(source.store_path) as store:
        for id in (first, second):
            store.withdraw(id, "thử")
        store.reinstate(second, "thử")
        store.commit()
    _indexed(source, full=True)  # until then scores count what was deleted, too, and a restored index has nothing such
    backup(source, folder / "b.tar.gz")
    restore(back, folder / "b.tar.gz")
    _indexed(back, full=True)
    clients = [create(one, open_searcher(one)).test_client() for one in (source, back)]
    return clients[0], clients[1]


def _indexed(settings: Settings, *, full: bool) -> None:
    reindex(settings, full=full, jobs=1, progress=lambda *_: None)


def addresses(client: FlaskClient) -> list[str]:
    """Every kind of question, over every article, official, office and topic, and over words of many headlines."""
    found = [
        "/",
        "/officials",
        "/offices",
        "/topics",
        "/sources",
        "/statements",
        "/heat",
        "/edited.atom",
        "/search.csv",
    ]
    articles = [hit["id"] for hit in client.get("/api/v1/search?limit=100&sort=oldest").json["hits"]]
    for id in articles:
        found += [f"/api/v1/articles/{id}", f"/article/{id}", f"/api/v1/articles/{id}/versions", f"/article/{id}/cite"]
        words = client.get(f"/api/v1/articles/{id}").json["title"].split()
        for text in (" ".join(words[:2]), f'"{" ".join(words[1:4])}"', words[-1]):
            found += [f"/api/v1/search?limit=50&q={quote(text)}", f"/search.jsonl?q={quote(text)}"]
        found.append(f"/?q={quote(words[0])}&sort=newest")
    for official in client.get("/api/v1/officials?limit=100").json["officials"]:
        found += [f"/api/v1/officials/{official['id']}", f"/official/{official['id']}"]
        found.append(f"/api/v1/search?official={official['id']}")
    for office in client.get("/api/v1/offices?limit=100").json["offices"]:
        found += [f"/api/v1/offices/{office['id']}", f"/api/v1/offices/{office['id']}?on=2025-01-15"]
    for topic in client.get("/api/v1/topics").json["topics"]:
        found += [f"/topic/{topic['slug']}", f"/topic/{topic['slug']}.atom", f"/api/v1/search?topic={topic['slug']}"]
    return found


def test_a_restored_copy_answers_as_its_source_does(both: tuple[FlaskClient, FlaskClient]) -> None:
    source, back = both
    asked = addresses(source)
    assert len(asked) > 500
    other = []
    for address in asked:
        expected, found = source.get(address), back.get(address)
        if (expected.status, _ITS_OWN.sub(b"", expected.data)) != (found.status, _ITS_OWN.sub(b"", found.data)):
            other.append(address)
    assert not other, (len(other), other[:5])
