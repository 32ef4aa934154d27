"""Snapshot: the same answers over many segments with deletions as a plain reading of the articles gives."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from crawler.article import Article
from index.document import IndexedOfficial, document
from index.engine.embedded import generations
from index.engine.embedded.snapshot import Snapshot
from index.engine.embedded.writer import GenerationWriter, write_segment
from tests.invented import articles, build, laid_out, tokens

PARTS = [articles(40, seed=1), articles(15, seed=2, first=40), articles(30, seed=3, first=55)]
CHANGED = articles(20, seed=4, first=30)


@pytest.fixture(scope="module")
def held() -> dict[str, Article]:
    return {article.id: article for part in [*PARTS, CHANGED] for article in part}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    index = tmp_path_factory.mktemp("index")
    build(index, [CHANGED], base=build(index, PARTS))
    return Snapshot.open(index)


def test_every_article_is_found_by_its_id_and_read_back_as_printed(
    snapshot: Snapshot, held: dict[str, Article]
) -> None:
    assert snapshot.documents == len(held)
    for article in held.values():
        number = snapshot.number(article.id)
        assert number is not None
        stored = snapshot.stored(number)
        assert (stored.id, stored.title, stored.lead) == (article.id, article.title, article.lead)
        assert (stored.paragraphs, stored.captions, stored.body) == (article.paragraphs, (), article.body)
        assert (stored.source, stored.published, stored.version) == (article.source, article.published, 1)
        assert list(stored.topics) == snapshot_values(snapshot, "topic", number, stored.topics)
        for zone, text in (("title", article.title), ("lead", article.lead or ""), ("body", article.body)):
            offsets = stored.offsets[zone]
            cut = [text[a:b].lower() for a, b in zip(offsets.starts, offsets.ends, strict=True)]
            assert cut == list(tokens(text).syllables)
    assert snapshot.number("never-there") is None


def snapshot_values(snapshot: Snapshot, field: str, number: int, order: tuple[str, ...]) -> list[str]:
    return sorted(snapshot.keywords(field).of(number), key=order.index)


def test_postings_hold_live_documents_only(snapshot: Snapshot, held: dict[str, Article]) -> None:
    for term in ("dân", "vận", "bão", "never"):
        wanted = {}
        for article in held.values():
            places = [at for at, key in enumerate(tokens(article.body).syllables) if key == term]
            if places:
                wanted[snapshot.number(article.id)] = places
        found = snapshot.postings("body", term, positions=True)
        if not wanted:
            assert found is None
            continue
        assert found is not None
        assert found.starts is not None
        assert found.positions is not None
        assert found.docs.tolist() == sorted(wanted)
        assert (found.docs.size, int(found.tfs.sum())) == (len(wanted), sum(map(len, wanted.values())))
        spans = zip(found.starts[:-1], found.starts[1:], strict=True)
        assert [found.positions[a:b].tolist() for a, b in spans] == [wanted[doc] for doc in sorted(wanted)]
        for doc, places in wanted.items():
            assert snapshot.places("body", term, doc) == places
    assert snapshot.places("body", "dân", snapshot.number(PARTS[0][0].id)) is not None


def test_terms_come_in_order_once_and_by_prefix(snapshot: Snapshot) -> None:
    everything = list(snapshot.terms("body"))
    names = [term for term, _ in everything]
    assert names == sorted(set(names))
    assert list(snapshot.terms("body", "t")) == [pair for pair in everything if pair[0].startswith("t")]
    assert list(snapshot.terms("body", "đ")) == [pair for pair in everything if pair[0].startswith("đ")]
    assert all(snapshot.df("body", term) == df for term, df in everything)
    assert list(snapshot.terms("no_such_field")) == []


def test_frequent_terms_are_those_of_most_documents(snapshot: Snapshot) -> None:
    largest = max(snapshot.segments, key=lambda segment: segment.documents).fields["body"]
    dfs = [largest.df(largest.terms.find(term.encode())) for term in snapshot.frequent("body", 5)]
    assert dfs == sorted((largest.df(ordinal) for ordinal in range(len(largest.terms))), reverse=True)[:5]
    assert snapshot.frequent("no_such_field", 5) == []


def test_days_months_sources_topics_and_officials_are_counted(snapshot: Snapshot, held: dict[str, Article]) -> None:
    docs = np.flatnonzero(snapshot.live)
    months = Counter(article.published[:7] for article in held.values() if article.published)
    assert dict(snapshot.keywords("month").counted(docs)) == dict(months)
    sources = Counter(article.source for article in held.values())
    assert snapshot.keywords("source").counted(docs) == sources.most_common()
    topics = Counter(topic for one in held.values() for topic in laid_out(one).keywords["topic"])
    assert dict(snapshot.keywords("topic").counted(docs)) == dict(topics)
    few = docs[::9]
    ids = {snapshot.id(int(doc)) for doc in few}
    topics = Counter(topic for one in ids for topic in laid_out(held[one]).keywords["topic"])
    assert dict(snapshot.keywords("topic").counted(few)) == dict(topics)
    assert int(snapshot.dated[docs].sum()) == sum(bool(article.published) for article in held.values())


def test_an_empty_index_answers(tmp_path: Path) -> None:
    build(tmp_path, [])
    snapshot = Snapshot.open(tmp_path)
    assert (snapshot.documents, snapshot.size) == (0, 0)
    assert snapshot.postings("body", "dân") is None
    assert snapshot.keywords("topic").counted(np.flatnonzero(snapshot.live)) == []
    assert snapshot.days.size == 0
    assert list(snapshot.terms("body")) == []


def test_titles_rich_in_signs_captions_and_offices_come_back(tmp_path: Path) -> None:
    article = Article(
        "x.1",
        'Bản "tin" 🌾 lạ',
        paragraphs=("Một.", "Hai " + "rất " * 300 + "xa" + " " * 400 + "nhau."),
        captions=("Ảnh",),
    )
    official = IndexedOfficial("o-1", "Lò Thị Gió", None, "xã Mây")
    zones = {"title": tokens(article.title), "lead": tokens(""), "body": tokens(article.body)}
    with generations.writing(tmp_path, "test"):
        writer = GenerationWriter(tmp_path, None)
        writer.take(write_segment(writer.folder, [document(article, zones, ["nong-nghiep"], [official], b"\x01\x02")]))
        writer.commit({}, 1)
    stored = Snapshot.open(tmp_path).stored(0)
    assert (stored.officials, stored.topics, stored.signature) == ((official,), ("nong-nghiep",), b"\x01\x02")
    assert (stored.captions, stored.published, stored.source) == (("Ảnh",), None, None)
    offsets = stored.offsets["body"]
    assert stored.body[offsets.starts[-2] : offsets.ends[-2]] == "nhau"
    assert stored.offsets["lead"].starts.size == 0
