"""The kernel against Whoosh's Searcher on the same index, and against a plain reading of the articles."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import whoosh.index
from whoosh import query
from whoosh.searching import Searcher

from crawler.article import Article
from index.analysis.normalize import fold
from index.flat import invert, merge, stream
from index.snapshot import Snapshot
from search.kernel.deadline import Deadline
from search.kernel.impacts import Alternative, Group
from search.kernel.kernel import Kernel
from search.kernel.matches import Chosen, Matches, coverage, intersection, union
from search.kernel.phrases import BITS
from tests.invented import SYLLABLES, articles, build, tokens

PARTS = [articles(300, seed=1), articles(45, seed=2, first=300), articles(80, seed=3, first=345)]
CHANGED = articles(60, seed=4, first=280)
FIELDS = (("title", 3.0), ("lead", 1.5), ("body", 1.0))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kernel")
    build(folder, [CHANGED], base=build(folder, PARTS))
    return folder


@pytest.fixture(scope="module")
def kernel(index: Path) -> Kernel:
    return Kernel(Snapshot.open(index))


@pytest.fixture(scope="module")
def searcher(kernel: Kernel) -> Searcher:
    return whoosh.index.open_dir(kernel.snapshot.folder).searcher()


@pytest.fixture(scope="module")
def held(kernel: Kernel) -> dict[int, Article]:
    newest = {article.id: article for part in [*PARTS, CHANGED] for article in part}
    return {
        number: article for article in newest.values() if (number := kernel.snapshot.number(article.id)) is not None
    }


def group(word: str) -> Group:
    return tuple(Alternative(field, word, weight) for field, weight in FIELDS)


def asked(word: str) -> query.Query:
    return query.Or([query.Term(field, word, boost=weight) for field, weight in FIELDS])


def same(found: Matches, searcher: Searcher, wanted: query.Query) -> None:
    hits = {hit.docnum: hit.score for hit in searcher.search(wanted, limit=None)}
    assert found.docs.tolist() == sorted(hits)
    np.testing.assert_allclose(found.scores, [hits[doc] for doc in sorted(hits)], rtol=2e-6)


def some_words(seed: int, most: int) -> list[str]:
    chance = random.Random(seed)
    return chance.sample([*SYLLABLES, "17", "nowhere"], chance.randint(1, most))


@pytest.mark.parametrize("seed", range(25))
def test_any_of_and_all_of_score_as_whoosh_does(kernel: Kernel, searcher: Searcher, seed: int) -> None:
    words = some_words(seed, 5)
    same(kernel.any_of([group(word) for word in words]), searcher, query.Or([asked(word) for word in words]))
    same(kernel.all_of([group(word) for word in words]), searcher, query.And([asked(word) for word in words]))


@pytest.mark.parametrize("seed", range(15))
def test_excluded_words_are_excluded(kernel: Kernel, searcher: Searcher, seed: int) -> None:
    word, *others = some_words(seed, 3)
    found = kernel.word(group(word))
    for other in others:
        found = found.without(kernel.word(group(other)))
    # Whoosh scores a Not with 1, and its AndNot loses some exclusions over several fields: with its own codec too.
    wanted = query.And([asked(word), *(query.Not(asked(other)) for other in others)])
    hits = {hit.docnum: hit.score - len(others) for hit in searcher.search(wanted, limit=None)}
    assert found.docs.tolist() == sorted(hits)
    np.testing.assert_allclose(found.scores, [hits[doc] for doc in sorted(hits)], rtol=2e-6)


@pytest.mark.parametrize("seed", range(25))
def test_phrases_in_one_field_score_as_whoosh_does(kernel: Kernel, searcher: Searcher, seed: int) -> None:
    words = random.Random(seed).choices(SYLLABLES[:10], k=2 + seed % 2)
    slots = [(Alternative("body", word),) for word in words]
    same(kernel.phrase(slots), searcher, query.Phrase("body", words))


def _zones(article: Article) -> list[tuple[str, ...]]:
    return [tokens(text).syllables for text in (article.title, article.lead or "", article.body)]


@pytest.mark.parametrize("seed", range(15))
def test_phrases_of_alternatives_stand_within_one_zone(kernel: Kernel, held: dict[int, Article], seed: int) -> None:
    chance = random.Random(seed)
    slots = [chance.sample(SYLLABLES[:15], k=chance.randint(1, 3)) for _ in range(2)]
    groups = [tuple(one for word in slot for one in group(word)) for slot in slots]
    counted = {
        doc: sum(a in slots[0] and b in slots[1] for zone in _zones(article) for a, b in pairwise(zone))
        for doc, article in held.items()
    }
    docs, counts = kernel.phrase_frequencies(groups)
    assert dict(zip(docs.tolist(), counts.tolist(), strict=True)) == {doc: n for doc, n in counted.items() if n}
    for doc in docs[:5].tolist():
        spans = kernel.phrase_spans(groups, doc)
        assert len(spans) == counted[doc]
        stored = kernel.snapshot.stored(doc)
        for zone, start, end in spans:
            printed = tokens(stored.zone(zone)).syllables[start:end]
            assert printed[0] in slots[0]
            assert printed[1] in slots[1]


@pytest.mark.parametrize("seed", range(10))
def test_a_phrase_asked_of_few_documents_stands_there_as_it_does_among_all(index: Path, seed: int) -> None:
    fresh, kept = Kernel(Snapshot.open(index)), Kernel(Snapshot.open(index))
    chance = random.Random(seed)
    for words in (chance.choices(SYLLABLES, k=size) for size in (1, 1, 2, 2, 3)):
        slots = [(Alternative("body", word), Alternative("body_fold", fold(word))) for word in words]
        every = kept.phrases.starts(slots, "body")
        for many in (3, kept.size // 2):
            docs = np.sort(chance.sample(range(kept.size), many))
            wanted = every[np.isin(every >> BITS, docs)]
            for kernel in (fresh, kept):
                assert kernel.phrases.starts(slots, "body", within=Chosen(docs, kept.size)).tolist() == wanted.tolist()


def test_places_are_followed_by_what_stands_right_after_them(kernel: Kernel) -> None:
    for first, second, third in zip(SYLLABLES, SYLLABLES[3:], SYLLABLES[1:], strict=False):
        one, rest = [(Alternative("body", first),)], [(Alternative("body", word),) for word in (second, third)]
        places = kernel.phrases.starts(one, "body")
        followed = places[kernel.phrases.follow(places + 1, rest, "body")]
        assert followed.tolist() == kernel.phrases.starts([*one, *rest], "body").tolist()


def test_phrases_of_hidden_documents_are_not_found(index: Path) -> None:
    slots: list[Group] = [(Alternative("body", word),) for word in SYLLABLES[:2]]
    before = Kernel(Snapshot.open(index)).phrase(slots).docs.tolist()
    snapshot = Snapshot.open(index)
    snapshot.hide([snapshot.id(before[0])])
    assert Kernel(snapshot).phrase(slots).docs.tolist() == before[1:]


@pytest.mark.parametrize("coded", [65_535, 12, 0])
def test_phrases_are_found_whatever_the_stream_can_tell(
    tmp_path: Path, coded: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def few_codes(frequencies: np.ndarray) -> np.ndarray:
        found = stream.codes(frequencies)
        return np.where(found < coded, found, stream.RARE).astype(np.uint16)

    monkeypatch.setattr(invert, "codes", few_codes)
    monkeypatch.setattr(merge, "codes", few_codes)
    build(tmp_path, [CHANGED], base=build(tmp_path, PARTS, tidy=65_536))
    kernel = Kernel(Snapshot.open(tmp_path))
    articles_ = {doc: kernel.snapshot.stored(doc) for doc in np.flatnonzero(kernel.snapshot.live).tolist()}
    chance = random.Random(coded)
    for _ in range(40):
        words = [chance.sample(SYLLABLES[:25], k=chance.randint(1, 3)) for _ in range(chance.randint(2, 3))]
        forms = [chance.choice(["body", "body_fold"]) for _ in words]
        slots = []
        for slot, form in zip(words, forms, strict=True):
            keys = slot if form == "body" else [tokens(word).folded[0] for word in slot]
            slots.append(tuple(Alternative(form, key) for key in dict.fromkeys(keys)))
        counted = {}
        for doc, article in articles_.items():
            read = tokens(article.body)
            rows = [
                [key in {one.term for one in slot} for key in (read.syllables if form == "body" else read.folded)]
                for slot, form in zip(slots, forms, strict=True)
            ]
            hits = sum(all(row[at + n] for n, row in enumerate(rows)) for at in range(len(rows[0]) - len(rows) + 1))
            if hits:
                counted[doc] = hits
        docs, counts = kernel.phrase_frequencies(slots)
        assert dict(zip(docs.tolist(), counts.tolist(), strict=True)) == counted


def test_words_and_special_tokens_may_stand_in_a_phrase(kernel: Kernel, held: dict[int, Article]) -> None:
    found = kernel.phrase([(Alternative("body", "dân"),), (Alternative("body_special", "17"),)])
    assert found.docs.tolist() == sorted(
        doc for doc, one in held.items() if " dân 17" in f" {one.body.lower()}".replace("\n", " ")
    )


def _near(zone: tuple[str, ...], words: list[str], slop: int, ordered: bool) -> bool:
    width = len(words) + slop
    for start in range(len(zone)):
        window = zone[start : start + width]
        if not ordered:
            if set(words) <= set(window):
                return True
            continue
        at = -1
        for word in words:
            at = window.index(word, at + 1) if word in window[at + 1 :] else len(window)
        if at < len(window):
            return True
    return False


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_near_means_few_other_words_in_the_window(
    kernel: Kernel, held: dict[int, Article], seed: int, ordered: bool
) -> None:
    chance = random.Random(seed)
    words, slop = chance.sample(SYLLABLES[:20], k=chance.randint(2, 3)), chance.randint(0, 5)
    found = kernel.near([group(word) for word in words], slop, ordered=ordered)
    wanted = [
        doc for doc, article in held.items() if any(_near(zone, words, slop, ordered) for zone in _zones(article))
    ]
    assert found.docs.tolist() == sorted(wanted)


def test_a_prefix_is_the_group_of_its_terms(kernel: Kernel, searcher: Searcher) -> None:
    terms = kernel.prefix("body", "t", 1000)
    assert {one.term for one in terms} == {term for term, _ in kernel.snapshot.terms("body", "t")}
    hits = searcher.search(query.Prefix("body", "t"), limit=None)
    assert kernel.word(terms).docs.tolist() == sorted(hit.docnum for hit in hits)
    assert len(kernel.prefix("body", "t", 3)) == 3


def test_days_and_keywords_filter(kernel: Kernel, held: dict[int, Article]) -> None:
    since, until = date(2024, 3, 5), date(2024, 6, 20)
    within = {doc for doc, one in held.items() if one.day and since <= one.day <= until}
    assert set(kernel.everything().where(kernel.dated(since, until)).docs.tolist()) == within
    after = {doc for doc, one in held.items() if one.day and one.day >= since}
    assert set(kernel.everything().where(kernel.dated(since, None)).docs.tolist()) == after
    assert set(np.flatnonzero(kernel.dated(None, None)).tolist()) >= {doc for doc, one in held.items() if one.day}
    printed = {doc for doc, one in held.items() if one.source == "baobac.example"}
    assert set(np.flatnonzero(kernel.carrying("source", "baobac.example")).tolist()) == printed
    assert not kernel.carrying("source", "nobody.example").any()
    found = kernel.word(group("dân"))
    for matches in (found, Matches(found.size, dense=found.dense)):
        assert set(matches.where(kernel.carrying("source", "baobac.example")).docs.tolist()) == printed & set(
            found.docs.tolist()
        )


@pytest.mark.parametrize("count", [1, 7, 40, 1000])
@pytest.mark.parametrize("words", [["dân"], ["dân", "vận", "khéo"], ["bão"], ["nowhere"]])
def test_the_best_are_by_score_then_day_then_number(kernel: Kernel, words: list[str], count: int) -> None:
    found = kernel.any_of([group(word) for word in words])
    days = kernel.snapshot.days
    rows = zip((-found.scores).tolist(), (-days[found.docs].astype(int)).tolist(), found.docs.tolist(), strict=True)
    assert found.top(count, days).tolist() == [doc for *_, doc in sorted(rows)][:count]


def test_ties_everywhere_are_cut_at_the_same_place_every_time(kernel: Kernel) -> None:
    days, everything = kernel.snapshot.days, kernel.everything()
    order = sorted(everything.docs.tolist(), key=lambda doc: (-int(days[doc]), doc))
    for count in (1, 10, 100):
        assert everything.top(count, days).tolist() == order[:count]
        assert Matches(everything.size, dense=everything.dense).top(count, days).tolist() == order[:count]


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("count", [5, 1000])
def test_by_day_puts_undated_ones_last(kernel: Kernel, newest: bool, count: int) -> None:
    found, snapshot = kernel.word(group("dân")), kernel.snapshot

    def rank(doc: int) -> tuple[bool, int, float, int]:
        day = int(snapshot.days[doc])
        score = float(found.score_of(np.array([doc]))[0])
        return (not snapshot.dated[doc], -day if newest else day, -score, doc)

    assert found.by_day(count, snapshot.days, newest=newest).tolist() == sorted(found.docs.tolist(), key=rank)[:count]


def test_sparse_and_dense_forms_mean_the_same() -> None:
    chance = np.random.default_rng(5)
    sets = []
    for share in (0.01, 0.3, 0.9):
        docs = np.flatnonzero(chance.random(5000) < share)
        sets.append(Matches(5000, docs=docs, scores=chance.random(docs.size, np.float32) + np.float32(0.1)))
    dense = [Matches(5000, dense=one.dense) for one in sets]
    for parts in (sets, dense, [sets[0], dense[1], sets[2]]):
        both, any_ = intersection(parts, 5000), union(parts, 5000)
        np.testing.assert_allclose(both.dense, np.where(both.mask, sum(one.dense for one in sets), 0), rtol=2e-6)
        assert set(any_.docs.tolist()) == set().union(*(one.docs.tolist() for one in sets))
        np.testing.assert_allclose(any_.dense, sum(one.dense for one in sets), rtol=2e-6)
        assert coverage(parts, both.docs).tolist() == [3] * len(both)
        left = parts[2].without(parts[1])
        assert set(left.docs.tolist()) == set(sets[2].docs.tolist()) - set(sets[1].docs.tolist())


def test_a_spent_budget_is_said_and_gives_no_wrong_hits(kernel: Kernel) -> None:
    spent, ample = Deadline(0), Deadline(60)
    groups = [group("dân"), group("vận")]
    assert len(kernel.any_of(groups, spent)) == 0
    assert len(kernel.all_of(groups, spent)) == 0
    assert len(kernel.phrase(groups, deadline=spent)) == 0
    assert spent.spent
    assert len(kernel.all_of(groups, ample)) == len(kernel.all_of(groups))
    assert not ample.spent


def test_a_small_cache_changes_nothing_but_time(index: Path, kernel: Kernel) -> None:
    small = Kernel(Snapshot.open(index), cache_bytes=5000)
    for word in (*SYLLABLES[:20], *SYLLABLES[:20]):
        assert small.word(group(word)).docs.tolist() == kernel.word(group(word)).docs.tolist()


def test_word_spans_cover_as_many_syllables_as_the_word_has(kernel: Kernel) -> None:
    term, _ = max(kernel.snapshot.terms("body_word"), key=lambda pair: pair[1])
    found = kernel.word((Alternative("body_word", term),))
    doc = int(found.docs[0])
    for zone, start, end in kernel.word_spans((Alternative("body_word", term),), doc):
        assert "_".join(tokens(kernel.snapshot.stored(doc).zone(zone)).syllables[start:end]) == term


def test_warming_loads_what_is_asked_for(index: Path) -> None:
    fresh = Kernel(Snapshot.open(index))
    fresh.warm_behind([group("dân")]).join(10)
    assert "topic" in fresh.snapshot._keywords
