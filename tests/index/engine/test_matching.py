"""What finds and scores against Whoosh's Searcher on the same index, and against a plain reading of the articles."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import whoosh.index
from whoosh import query
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from crawler.article import Article
from crawler.ground.clock import day_number
from index.analysis.normalize import fold
from index.engine.clauses import AllOf, Clause, NoneOf, Part, Spelling, Tagged, Within
from index.engine.embedded.flat import invert, merge, stream
from index.engine.embedded.generation import EmbeddedGeneration
from index.engine.embedded.phrases import StreamPhrases
from index.engine.embedded.snapshot import Snapshot
from index.engine.kernel.matches import Matches, best_of, intersection, union
from index.engine.kernel.matching import Matcher
from index.engine.kernel.occurrences import BITS, DocumentSet
from index.engine.kernel.scoring import Deadline, Scorer
from index.engine.kernel.weighting import NEWS, Weighting
from index.query import Key
from index.schema import Form
from tests.invented import SYLLABLES, articles, build, tokens

PARTS = [articles(300, seed=1), articles(45, seed=2, first=300), articles(80, seed=3, first=345)]
CHANGED = articles(60, seed=4, first=280)
ZONES = ("title", "lead", "body")
PLAIN = Weighting({"title": 1.0, "lead": 1.0, "body": 1.0}, {"title": 0.75, "lead": 0.75, "body": 0.75})
"""Whoosh's defaults (`whoosh.scoring.BM25F()`)."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matching")
    build(folder, [CHANGED], base=build(folder, PARTS))
    return folder


@pytest.fixture(scope="module")
def snapshot(index: Path) -> Snapshot:
    return Snapshot.open(index)


def matching(snapshot: Snapshot) -> Matcher:
    return Matcher(snapshot, StreamPhrases(snapshot))


@pytest.fixture(scope="module")
def plain(snapshot: Snapshot) -> Scorer:
    """Scores as Whoosh's defaults do."""
    return Scorer(matching(snapshot), PLAIN)


@pytest.fixture(scope="module")
def matcher(snapshot: Snapshot) -> Matcher:
    return matching(snapshot)


@pytest.fixture(scope="module")
def searcher(snapshot: Snapshot) -> Searcher:
    return whoosh.index.open_dir(snapshot.folder).searcher()


@pytest.fixture(scope="module")
def held(snapshot: Snapshot) -> dict[int, Article]:
    newest = {article.id: article for part in [*PARTS, CHANGED] for article in part}
    return {number: article for article in newest.values() if (number := snapshot.number(article.id)) is not None}


def clause(*slots: str | list[str], zones: tuple[str, ...] = ZONES, form: Form = Form.SYLLABLE) -> Clause:
    """A clause of slots in a row, each one key or several."""
    keys = [(slot,) if isinstance(slot, str) else tuple(slot) for slot in slots]
    row = tuple(tuple(Key(key, form) for key in slot) for slot in keys)
    return Clause((Spelling(row),), zones)


def each_zone(*words: str) -> list[Clause]:
    """One clause for a word and zone, so that every one is scored by itself as Whoosh does."""
    return [clause(word, zones=(zone,)) for word in words for zone in ZONES]


def asked(word: str) -> query.Query:
    return query.Or([query.Term(zone, word) for zone in ZONES])


def same(found: Matches, searcher: Searcher, wanted: query.Query) -> None:
    hits = {hit.docnum: hit.score for hit in searcher.search(wanted, limit=None)}
    assert found.docs.tolist() == sorted(hits)
    np.testing.assert_allclose(found.scores, [hits[doc] for doc in sorted(hits)], rtol=2e-6)


def some_words(seed: int, most: int) -> list[str]:
    chance = random.Random(seed)
    return chance.sample([*SYLLABLES, "17", "nowhere"], chance.randint(1, most))


@pytest.mark.parametrize("seed", range(25))
def test_any_of_and_all_of_score_as_whoosh_does(plain: Scorer, searcher: Searcher, seed: int) -> None:
    words = some_words(seed, 5)
    same(plain.any_of(each_zone(*words)), searcher, query.Or([asked(word) for word in words]))
    for zone in ZONES:
        terms = [query.Term(zone, word) for word in words]
        same(plain.all_of([clause(word, zones=(zone,)) for word in words]), searcher, query.And(terms))


@pytest.mark.parametrize("seed", range(15))
def test_tra_tins_own_weighting_is_whooshs_bm25f_in_the_body(snapshot: Snapshot, seed: int) -> None:
    words = some_words(seed, 5)
    weighting = BM25F(B=NEWS.lengths["body"], K1=NEWS.saturation)
    with whoosh.index.open_dir(snapshot.folder).searcher(weighting=weighting) as searcher:
        own = Scorer(matching(snapshot))
        wanted = query.Or([query.Term("body", word) for word in words])
        same(own.any_of([clause(word, zones=("body",)) for word in words]), searcher, wanted)


@pytest.mark.parametrize("seed", range(25))
def test_every_word_in_any_zone_is_what_whoosh_finds(matcher: Matcher, searcher: Searcher, seed: int) -> None:
    words = some_words(seed, 5)
    hits = searcher.search(query.And([asked(word) for word in words]), limit=None)
    docs = sorted(hit.docnum for hit in hits)
    assert Scorer(matcher).all_of([clause(word) for word in words]).docs.tolist() == docs
    assert matcher.docs(AllOf(tuple(clause(word) for word in words))).tolist() == docs


@pytest.mark.parametrize("seed", range(15))
def test_excluded_words_are_excluded(matcher: Matcher, searcher: Searcher, seed: int) -> None:
    word, *others = some_words(seed, 3)
    parts: list[Part] = [clause(word), *(NoneOf(clause(other)) for other in others)]
    # Whoosh's AndNot loses some exclusions over several fields, with its own codec too.
    wanted = query.And([asked(word), *(query.Not(asked(other)) for other in others)])
    docs = sorted(hit.docnum for hit in searcher.search(wanted, limit=None))
    found = Scorer(matcher).all_of(parts)
    assert found.docs.tolist() == docs
    assert found.scores.tolist() == Scorer(matcher).of(clause(word)).score_of(found.docs).tolist()
    assert matcher.docs(AllOf(tuple(parts))).tolist() == docs


@pytest.mark.parametrize("seed", range(25))
def test_phrases_are_found_where_whoosh_finds_them(matcher: Matcher, searcher: Searcher, seed: int) -> None:
    words = random.Random(seed).choices(SYLLABLES[:10], k=2 + seed % 2)
    hits = searcher.search(query.Phrase("body", words), limit=None)
    assert matcher.docs(clause(*words, zones=("body",))).tolist() == sorted(hit.docnum for hit in hits)


def _zones(article: Article) -> list[tuple[str, ...]]:
    return [tokens(text).syllables for text in (article.title, article.lead or "", article.body)]


def phrase_counts(matcher: Matcher, phrase: Clause) -> dict[int, int]:
    """How often a phrase stands in each document, over all zones."""
    counts: Counter[int] = Counter()
    for zone in phrase.zones:
        held = matcher.held(phrase, zone)
        counts.update(dict(zip(held.docs.tolist(), held.counts.astype(int).tolist(), strict=True)))
    return dict(counts)


@pytest.mark.parametrize("seed", range(15))
def test_phrases_of_alternatives_stand_within_one_zone(matcher: Matcher, held: dict[int, Article], seed: int) -> None:
    chance = random.Random(seed)
    slots = [chance.sample(SYLLABLES[:15], k=chance.randint(1, 3)) for _ in range(2)]
    counted = {
        doc: sum(a in slots[0] and b in slots[1] for zone in _zones(article) for a, b in pairwise(zone))
        for doc, article in held.items()
    }
    assert phrase_counts(matcher, clause(*slots)) == {doc: n for doc, n in counted.items() if n}


@pytest.mark.parametrize("seed", range(10))
def test_a_phrase_asked_of_few_documents_stands_there_as_it_does_among_all(index: Path, seed: int) -> None:
    fresh, kept = matching(Snapshot.open(index)), matching(Snapshot.open(index))
    chance = random.Random(seed)
    for words in (chance.choices(SYLLABLES, k=size) for size in (1, 1, 2, 2, 3)):
        slots = [(Key(word), Key(fold(word), Form.FOLDED)) for word in words]
        every = kept.phrases.starts(slots, "body")
        for many in (3, 30, kept.space.size // 2):
            docs = np.sort(chance.sample(range(kept.space.size), many))
            wanted = every[np.isin(every >> BITS, docs)]
            for matcher in (fresh, kept):
                assert (
                    matcher.phrases.starts(slots, "body", within=DocumentSet(docs, kept.space.size)).tolist()
                    == wanted.tolist()
                )


def test_phrases_of_hidden_documents_are_not_found(index: Path) -> None:
    phrase = clause(*SYLLABLES[:2])
    before = matching(Snapshot.open(index)).docs(phrase).tolist()
    hidden = Snapshot.open(index).id(before[0])
    assert matching(Snapshot.open(index, withdrawn=[hidden])).docs(phrase).tolist() == before[1:]


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
    matcher = matching(Snapshot.open(tmp_path))
    articles_ = {doc: matcher.space.stored(doc) for doc in np.flatnonzero(matcher.space.live).tolist()}
    chance = random.Random(coded)
    for _ in range(40):
        words = [chance.sample(SYLLABLES[:25], k=chance.randint(1, 3)) for _ in range(chance.randint(2, 3))]
        forms = [chance.choice(["body", "body_fold"]) for _ in words]
        slots = []
        for slot, form in zip(words, forms, strict=True):
            keys = slot if form == "body" else [tokens(word).folded[0] for word in slot]
            slots.append(tuple(Key(key, Form(form.removeprefix("body"))) for key in dict.fromkeys(keys)))
        counted = {}
        for doc, article in articles_.items():
            read = tokens(article.body)
            rows = [
                [key in {term for term, _ in slot} for key in (read.syllables if form == "body" else read.folded)]
                for slot, form in zip(slots, forms, strict=True)
            ]
            hits = sum(all(row[at + n] for n, row in enumerate(rows)) for at in range(len(rows[0]) - len(rows) + 1))
            if hits:
                counted[doc] = hits
        phrase = Clause((Spelling(tuple(slots)),), ("body",))
        assert phrase_counts(matcher, phrase) == counted
        few = matcher.chosen(np.array(sorted(counted)[:20], np.intp))
        docs = Counter(matcher.occurrences(phrase, "body", few).docs.tolist())
        assert docs == {doc: counted[doc] for doc in few.docs.tolist()}


def test_words_and_special_tokens_may_stand_in_a_phrase(matcher: Matcher, held: dict[int, Article]) -> None:
    phrase = Clause((Spelling(((Key("dân"),), (Key("17", Form.SPECIAL),))),), ("body",))
    assert matcher.docs(phrase).tolist() == sorted(
        doc for doc, one in held.items() if " dân 17" in f" {one.body.lower()}".replace("\n", " ")
    )


@pytest.mark.parametrize("seed", range(24))
def test_near_means_few_other_words_in_the_window(matcher: Matcher, held: dict[int, Article], seed: int) -> None:
    chance = random.Random(seed)
    words, slop = chance.sample(SYLLABLES[:20], k=chance.randint(2, 3)), chance.randint(0, 5)
    near = Clause(tuple(Spelling(((Key(word),),)) for word in words), slop=slop)

    def stand_near(zone: tuple[str, ...]) -> bool:
        return any(set(words) <= set(zone[at : at + len(words) + slop]) for at in range(len(zone)))

    wanted = [doc for doc, article in held.items() if any(map(stand_near, _zones(article)))]
    assert matcher.docs(near).tolist() == sorted(wanted)


def test_a_slot_of_all_terms_with_a_prefix_is_whooshs_prefix(matcher: Matcher, searcher: Searcher) -> None:
    terms = [term for term, _ in matcher.space.terms("body", "t")]
    assert terms == sorted(term for term in terms if term.startswith("t"))
    hits = searcher.search(query.Prefix("body", "t"), limit=None)
    assert matcher.docs(clause(terms, zones=("body",))).tolist() == sorted(hit.docnum for hit in hits)


def test_days_and_keywords_filter(snapshot: Snapshot, matcher: Matcher, held: dict[int, Article]) -> None:
    since, until = date(2024, 3, 5), date(2024, 6, 20)
    within = {doc for doc, one in held.items() if one.day and since <= one.day <= until}
    live = Matches.of(snapshot.live)
    assert set(live.where(matcher.mask(Within(day_number(since), day_number(until)))).docs.tolist()) == within
    after = {doc for doc, one in held.items() if one.day and one.day >= since}
    assert set(live.where(matcher.mask(Within(day_number(since), None))).docs.tolist()) == after
    assert set(np.flatnonzero(matcher.mask(Within(None, None))).tolist()) >= {
        doc for doc, one in held.items() if one.day
    }
    printed = {doc for doc, one in held.items() if one.source == "baobac.example"}
    assert set(np.flatnonzero(matcher.mask(Tagged("source", ("baobac.example",)))).tolist()) == printed
    assert not matcher.mask(Tagged("source", ("nobody.example",))).any()
    found = Scorer(matching(snapshot)).of(clause("dân"))
    for matches in (found, Matches(found.size, dense=found.dense)):
        assert set(matches.where(matcher.mask(Tagged("source", ("baobac.example",)))).docs.tolist()) == printed & set(
            found.docs.tolist()
        )


@pytest.mark.parametrize("count", [1, 7, 40, 1000])
@pytest.mark.parametrize("words", [["dân"], ["dân", "vận", "khéo"], ["bão"], ["nowhere"]])
def test_the_best_are_by_score_then_day_then_number(plain: Scorer, words: list[str], count: int) -> None:
    found = plain.any_of([clause(word) for word in words])
    days = plain.matcher.space.days
    rows = zip((-found.scores).tolist(), (-days[found.docs].astype(int)).tolist(), found.docs.tolist(), strict=True)
    assert found.top(count, days).tolist() == [doc for *_, doc in sorted(rows)][:count]


def test_ties_everywhere_are_cut_at_the_same_place_every_time(snapshot: Snapshot) -> None:
    days, everything = snapshot.days, Matches.of(snapshot.live)
    order = sorted(everything.docs.tolist(), key=lambda doc: (-int(days[doc]), doc))
    for count in (1, 10, 100):
        assert everything.top(count, days).tolist() == order[:count]
        assert Matches(everything.size, dense=everything.dense).top(count, days).tolist() == order[:count]


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
        np.testing.assert_array_equal(best_of(parts, 5000).dense, np.max([one.dense for one in sets], axis=0))
        left = parts[2].without(parts[1])
        assert set(left.docs.tolist()) == set(sets[2].docs.tolist()) - set(sets[1].docs.tolist())


def test_a_spent_budget_is_said_and_gives_all_that_match_and_nothing_else(matcher: Matcher) -> None:
    spent, ample = Deadline(0), Deadline(60)
    scorer, words = Scorer(matcher), [clause("dân"), clause("vận")]
    assert len(scorer.any_of(words, spent)) == 0
    assert scorer.all_of(words, spent).docs.tolist() == Scorer(matcher).all_of(words).docs.tolist()
    assert spent.spent
    assert len(scorer.all_of(words, ample)) == len(scorer.all_of(words)) > 0
    assert not ample.spent


def test_a_small_memory_changes_nothing_but_time(matcher: Matcher) -> None:
    small, large = Scorer(matcher, budget=5000), Scorer(matcher)
    for word in (*SYLLABLES[:20], *SYLLABLES[:20]):
        assert small.of(clause(word)).docs.tolist() == large.of(clause(word)).docs.tolist()


def test_clauses_that_mean_the_same_are_one_whatever_was_typed(matcher: Matcher) -> None:
    one, other = clause("dân"), clause("dân")
    assert one == other
    assert hash(one) == hash(other)
    assert clause("dân") != clause("dân", zones=("body",))
    scorer = Scorer(matcher)
    assert scorer.of(one) is scorer.of(other)


def test_warming_scores_the_frequent_words_until_the_time_is_over(index: Path) -> None:
    fresh = EmbeddedGeneration(Snapshot.open(index))
    fresh.warm(Deadline(60))
    assert "topic" in fresh.snapshot._keywords
    (word,) = fresh.snapshot.frequent("body", 1)
    assert fresh._ranker.scorer._kept.get(clause(word)) is not None
    late = EmbeddedGeneration(Snapshot.open(index))
    late.warm(Deadline(0))
    assert late._ranker.scorer._kept.get(clause(word)) is None
