"""What every engine must answer, written against the wall alone: a second engine's test is a fixture that builds one.

Matching is compared with a plain reading of the articles, query tree by query tree; the rest are claims on small
invented indexes.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import pytest

from crawler.article import Article
from index.analysis.normalize import fold
from index.document import Document, IndexedOfficial, document
from index.duplicates import signature
from index.engine import Ask, Engine, Generation
from index.query import (
    And,
    Carrying,
    Dated,
    During,
    InZone,
    Key,
    Lift,
    MatchAll,
    Near,
    Node,
    Not,
    NotAfter,
    Option,
    Or,
    Phrase,
    Prefix,
    Published,
    Quiet,
    Span,
    Term,
    both,
)
from index.schema import Form
from tests import invented
from tests.invented import SYLLABLES, Tokens

HERE = Span(0, 0)
ZONES = ("title", "lead", "body")


@lru_cache(maxsize=1 << 12)
def tokens(text: str) -> Tokens:
    """As the analyzer would make them: keys without marks too."""
    found = invented.tokens(text)
    return replace(found, folded=tuple(map(fold, found.syllables)))


@dataclass(frozen=True)
class Made:
    """An invented article as it goes into an index."""

    id: str
    title: str = ""
    lead: str = ""
    body: str = ""
    day: str | None = None
    source: str | None = None
    topics: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    version: int = 1

    @property
    def zones(self) -> dict[str, Tokens]:
        return {zone: tokens(getattr(self, zone)) for zone in ZONES}

    def laid_out(self) -> Document:
        article = Article(
            id=self.id,
            title=self.title,
            lead=self.lead or None,
            paragraphs=(self.body,) if self.body else (),
            published=self.day,
            source=self.source,
            version=self.version,
        )
        named = [IndexedOfficial(one, one.title(), "Chủ tịch", "xã Mây") for one in self.officials]
        return document(article, self.zones, self.topics, named, signature(self.zones["body"].folded))


@dataclass
class Builder:
    """Writes generations of one index and opens them; each engine brings its own."""

    engine: Engine
    write: Callable[[Sequence[Document], Sequence[str], bool], None]
    """Documents to put, ids to delete, and whether to begin from nothing → the next generation."""
    known: dict[str, Made] = field(default_factory=dict)

    def index(self, articles: Iterable[Made], *, gone: Sequence[str] = (), full: bool = False) -> Generation:
        """The generation after these articles were put (in place of earlier versions) and some taken out."""
        articles = list(articles)
        self.known = {} if full else {id: one for id, one in self.known.items() if id not in gone}
        self.known |= {one.id: one for one in articles}
        self.write([one.laid_out() for one in articles], [*gone, *(one.id for one in articles)], full)
        return self.engine.open(frozenset())


def term(text: str, form: Form = Form.SYLLABLE) -> Term:
    return Term((Key(text, form),), HERE, text)


def row(text: str) -> Term | Phrase:
    """Syllables one after the other."""
    keys = text.split()
    return term(keys[0]) if len(keys) == 1 else Phrase(tuple((Key(key),) for key in keys), HERE, text)


def every(*texts: str) -> Node:
    """All of some rows of syllables."""
    return both(*map(row, texts))


def ids(generation: Generation, query: Node, **asked: object) -> list[str]:
    """The articles that an Ask finds, in order; those that miss a part are left out."""
    ask = replace(Ask(query=query, most=1_000), **asked)  # type: ignore[arg-type]
    rows = [found for found in generation.find(ask).rows if not found.missing]
    return [one.stored.id for one in generation.shown([found.reference for found in rows], query)]


def found_with(generation: Generation, query: Node, **asked: object) -> dict[str, float]:
    """Article → score, of those that match and those that miss a part."""
    ask = replace(Ask(query=query, most=1_000), **asked)  # type: ignore[arg-type]
    rows = generation.find(ask).rows
    shown = generation.shown([one.reference for one in rows], query)
    return {one.stored.id: found.score for found, one in zip(rows, shown, strict=True)}


def holds(node: Node, made: Made, zones: tuple[str, ...] = ZONES) -> bool:
    """Whether an article answers a query, by reading it."""
    day = date.fromisoformat(made.day) if made.day else None
    match node:
        case And(nodes):
            return all(holds(one, made, zones) for one in nodes)
        case Or(options):
            return any(holds(one.node, made, zones) for one in options)
        case Not(inner):
            return not holds(inner, made, zones)
        case InZone(zone, inner):
            return holds(inner, made, (zone,))
        case Quiet(inner):
            return holds(inner, made, zones)
        case Lift():
            return True
        case Carrying(name, values):
            own = {"topic": made.topics, "official": made.officials, "source": (made.source,)}[name]
            return bool(set(own) & set(values))
        case Published(first, last):
            return day is not None and (first or date.min) <= day <= (last or date.max)
        case During(first, last, inner):
            return holds(Published(first, last), made) and holds(inner, made, zones)
        case Dated(first, last, named):
            return holds(Published(first, last), made) or holds(named, made, zones)
        case NotAfter(inner, word):
            assert isinstance(inner, Term)
            return any(
                _fills(made.zones[zone], at, inner.slot) and not _fills(made.zones[zone], at - 1, (word,))
                for zone in zones
                for at in range(len(made.zones[zone].syllables))
            )
        case Term(slot):
            return any(_stands(made.zones[zone], (slot,)) for zone in zones)
        case Phrase(slots):
            return any(_stands(made.zones[zone], slots) for zone in zones)
        case Prefix(prefix):
            return any(key.startswith(prefix) for zone in zones for key in made.zones[zone].syllables)
        case Near(slots, within):
            return any(_within(made.zones[zone], slots, within) for zone in zones)
        case MatchAll():
            return True
    raise AssertionError(node)


def _fills(zone: Tokens, at: int, slot: Sequence[Key]) -> bool:
    if not 0 <= at < len(zone.syllables):
        return False
    there = {Form.SYLLABLE: zone.syllables[at], Form.FOLDED: zone.folded[at]}
    specials = {key for place, _, _, key in zone.specials if place == at}
    return any(key in specials if form is Form.SPECIAL else there.get(form) == key for key, form in slot)


def _stands(zone: Tokens, slots: Sequence[Sequence[Key]]) -> bool:
    last = len(zone.syllables) - len(slots)
    return any(all(_fills(zone, at + n, slot) for n, slot in enumerate(slots)) for at in range(last + 1))


def _within(zone: Tokens, slots: Sequence[Sequence[Key]], within: int) -> bool:
    many = len(slots) + within
    return any(
        all(any(_fills(zone, at, slot) for at in range(start, start + many)) for slot in slots)
        for start in range(len(zone.syllables))
    )


def some_articles(count: int, seed: int, first: int = 0) -> list[Made]:
    chance = random.Random(seed)

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices([*SYLLABLES[:40], "17", "2024"], k=chance.randint(least, most)))

    return [
        Made(
            id=f"m-{first + number:04d}",
            title=words(2, 8),
            lead=words(0, 12),
            body=words(0, 60),
            day=f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}" if number % 6 else None,
            source=chance.choice(["baobac.example", "baonam.example"]) if number % 5 else None,
            topics=tuple(chance.sample(["giao-duc", "y-te", "giao-thong"], chance.randint(0, 2))),
            officials=tuple(chance.sample(["o-1", "o-2", "o-3", "o-4"], chance.randint(0, 3))),
        )
        for number in range(count)
    ]


def _keys(chance: random.Random, many: int) -> tuple[Key, ...]:
    keys = chance.sample(SYLLABLES[:40], many)
    return tuple(Key(tokens(key).folded[0], Form.FOLDED) if chance.random() < 0.3 else Key(key) for key in keys)


def _leaf(chance: random.Random) -> Node:
    kind = chance.randrange(6)
    if kind == 0:
        return Phrase(tuple(_keys(chance, chance.randint(1, 2)) for _ in range(2)), HERE, "")
    if kind == 1:
        return Near(tuple(_keys(chance, 1) for _ in range(chance.randint(2, 3))), chance.randint(0, 4), HERE, "")
    if kind == 2:
        return Prefix(chance.choice(SYLLABLES[:40])[:2], Form.SYLLABLE, HERE, "")
    if kind == 3:
        return NotAfter(Term(_keys(chance, 1), HERE, ""), Key(chance.choice(SYLLABLES[:12])))
    if kind == 4:
        return Term((Key("17", Form.SPECIAL),), HERE, "")
    return Term(_keys(chance, chance.randint(1, 3)), HERE, "")


def some_tree(chance: random.Random, depth: int = 2) -> Node:
    """A query tree of any shape that a parser may make."""
    kind = chance.randrange(10) if depth else 9
    if kind == 0:
        return And(tuple(some_tree(chance, depth - 1) for _ in range(2)))
    if kind in (1, 2):
        return Or(tuple(Option(some_tree(chance, depth - 1), chance.choice([1.0, 0.5])) for _ in range(2)))
    if kind == 3:
        return Not(some_tree(chance, 0))
    if kind == 4:
        return InZone(chance.choice(ZONES), some_tree(chance, depth - 1))
    if kind == 5:
        return During(date(2024, 3, 1), chance.choice([None, date(2024, 9, 1)]), Term(_keys(chance, 1), HERE, ""))
    if kind == 6:
        return Dated(date(2024, 5, 1), date(2024, 5, 31), row(chance.choice(SYLLABLES[:40])), HERE, "")
    if kind == 7:
        return Or((Option(some_tree(chance, depth - 1)), Option(Quiet(some_tree(chance, 0)))))
    if kind == 8:
        return And((some_tree(chance, depth - 1), Lift(some_tree(chance, 0), "")))
    return _leaf(chance)


CORPUS = some_articles(160, seed=5)


class EngineContract:
    """Inherit it beside two fixtures: `builder` (one empty index a test) and `filled` (CORPUS, for all of them)."""

    @pytest.mark.parametrize("seed", range(40))
    def test_what_matches_is_what_a_reader_would_find(self, filled: Generation, seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(10):
            query = some_tree(chance)
            wanted = {made.id for made in CORPUS if holds(query, made)}
            assert set(ids(filled, query)) == wanted, query
            assert filled.counts([query, Not(query)]) == [len(wanted), len(CORPUS) - len(wanted)]

    def test_several_words_before_an_office_each_make_it_another(self, builder: Builder) -> None:
        """`Phó`, `nguyên` and `cựu` before `trưởng thôn Mây`, alone, together and beside a plain one."""
        office, words = "trưởng thôn mây", ("phó", "nguyên", "cựu", "tân")
        printed = [*itertools.permutations(words, 1), *itertools.permutations(words, 2)]
        printed += [("phó", "phó"), ("nguyên", "nguyên"), ("cựu", "cựu"), *itertools.permutations(words, 3)]
        told = {
            f"{'-'.join(before)}-{far}": f"{far} ".join(f"{one} {office}" for one in before)
            for before in printed
            for far in ("", " họp", " họp phó họp nguyên họp cựu")
        }
        generation = builder.index(Made(id, title="thôn mây", body=text) for id, text in told.items())
        query: Node = Phrase(tuple((Key(key),) for key in office.split()), HERE, office)
        for word in words[:3]:
            query = NotAfter(query, Key(word))
        assert set(ids(generation, query)) == {id for id, text in told.items() if f"tân {office}" in text}
        assert generation.counts([query]) == [sum("tân" in text for text in told.values())]

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_an_order_is_total_and_its_stretches_join_without_gap_or_overlap(
        self, filled: Generation, sort: str
    ) -> None:
        query = every("dân")
        whole = ids(filled, query, sort=sort)
        pieces = [one for first in range(0, 200, 7) for one in ids(filled, query, sort=sort, first=first, most=7)]
        assert pieces == whole
        assert sorted(whole) == sorted(one.id for one in CORPUS if holds(query, one))

    def test_by_date_the_undated_come_last_whichever_way(self, filled: Generation) -> None:
        days = {one.id: one.day for one in CORPUS}
        for sort, back in (("newest", True), ("oldest", False)):
            found = [days[id] for id in ids(filled, every("dân"), sort=sort)]
            dated = [day for day in found if day]
            assert dated == sorted(dated, reverse=back)
            assert None in found
            assert not any(found[len(dated) :])

    def test_a_query_of_nothing_but_filters_is_answered_newest_first(self, filled: Generation) -> None:
        asked = (Carrying("topic", ("y-te",)),)
        assert ids(filled, MatchAll(), filters=asked) == ids(filled, MatchAll(), filters=asked, sort="newest")

    @pytest.mark.parametrize("seed", range(8))
    def test_filters_leave_what_meets_all_of_them(self, filled: Generation, seed: int) -> None:
        chance = random.Random(seed)
        choices: list[Node] = [
            Carrying("topic", ("y-te",)),
            Not(Carrying("topic", ("giao-duc",))),
            Carrying("source", ("baobac.example", "baonam.example")),
            Not(Carrying("source", ("baobac.example",))),
            Carrying("official", ("o-2",)),
            Published(date(2024, 4, 1), date(2024, 8, 31)),
            Published(None, date(2024, 6, 1)),
            Published(date(2024, 6, 1), None),
            Carrying("official", ("nobody",)),
        ]
        filters = tuple(chance.sample(choices, chance.randint(1, 3)))
        query = row(chance.choice(SYLLABLES[:10]))
        wanted = {one.id for one in CORPUS if holds(query, one) and all(holds(each, one) for each in filters)}
        assert set(ids(filled, query, filters=filters)) == wanted

    @pytest.mark.parametrize("query", [MatchAll(), every("dân"), every("dân", "vận"), every("nowhere")])
    def test_facets_count_all_that_match_the_most_frequent_first(self, filled: Generation, query: Node) -> None:
        found = filled.find(Ask(query=query, most=1, facets={"topic": 10, "official": 2, "month": 100}))
        matching = [one for one in CORPUS if holds(query, one)]
        assert found.total == len(matching)
        assert found.undated == sum(one.day is None for one in matching)
        topics = {slug: sum(slug in one.topics for one in matching) for slug in ("giao-duc", "y-te", "giao-thong")}
        assert dict(found.facets["topic"]) == {slug: n for slug, n in topics.items() if n}
        counts = [count for _, count in found.facets["topic"]]
        assert counts == sorted(counts, reverse=True)
        officials = sorted((sum(f"o-{n}" in one.officials for one in matching) for n in range(1, 5)), reverse=True)
        assert [count for _, count in found.facets["official"]] == [n for n in officials[:2] if n]
        assert sum(count for _, count in found.facets["month"]) == found.total - found.undated

    def test_values_are_counted_over_everything(self, filled: Generation) -> None:
        assert dict(filled.values("source")) == {
            name: sum(one.source == name for one in CORPUS) for name in ("baobac.example", "baonam.example")
        }

    def test_every_match_comes_in_the_order_of_the_pages(self, filled: Generation) -> None:
        for query, sort in ((every("dân"), "relevance"), (every("dân", "vận"), "relevance"), (every("dân"), "oldest")):
            rows = list(filled.every(Ask(query=query, sort=sort, most=3)))
            assert [one.stored.id for one in filled.shown([r.reference for r in rows], query)] == ids(
                filled, query, sort=sort
            )

    def test_marks_are_exactly_what_matched_in_every_zone(self, filled: Generation) -> None:
        query = every("dân vận", "tỉnh")
        rows = filled.find(Ask(query=query, most=50)).rows
        assert rows
        for one in filled.shown([found.reference for found in rows], query):
            for zone in ZONES:
                text = one.stored.zone(zone).lower()
                lit = {(text[mark.start : mark.end], mark.clause) for mark in one.marks[zone]}
                assert lit <= {("dân vận", 0), ("tỉnh", 1)}
                read = list(tokens(text).syllables)
                assert sum(mark.clause == 1 for mark in one.marks[zone]) == read.count("tỉnh")

    def test_stored_texts_come_back_as_they_were_given(self, filled: Generation) -> None:
        for made in CORPUS[:20]:
            reference = filled.reference(made.id)
            assert reference is not None
            (one,) = filled.shown([reference], MatchAll())
            stored = one.stored
            assert (stored.id, stored.title, stored.lead or "", stored.body) == (
                made.id,
                made.title,
                made.lead,
                made.body,
            )
            assert (stored.published, stored.source, stored.topics) == (made.day, made.source, made.topics)
            assert tuple(each.id for each in stored.officials) == made.officials
        assert filled.reference("nobody") is None

    def test_signatures_stand_beside_the_rows(self, filled: Generation) -> None:
        found = filled.find(Ask(query=every("dân"), most=30))
        shown = filled.shown([one.reference for one in found.rows], MatchAll())
        assert [one.stored.signature for one in shown] == list(found.signatures)

    def test_terms_have_frequencies_and_beginnings(self, filled: Generation) -> None:
        def held(key: str, zone: str) -> int:
            return sum(key in one.zones[zone].syllables for one in CORPUS)

        keys = ["dân", "vận", "nowhere"]
        assert filled.terms.frequencies(Form.SYLLABLE, keys) == [max(held(k, zone) for zone in ZONES) for k in keys]
        assert filled.terms.frequencies(Form.SYLLABLE, ["dân"], ("title",)) == [held("dân", "title")]
        wanted = {k: sum(held(k, zone) for zone in ZONES) for k in SYLLABLES[:40] if k.startswith("t")}
        begun = filled.terms.beginning(Form.SYLLABLE, "t", 100)
        assert dict(begun) == {key: count for key, count in wanted.items() if count}
        assert [count for _, count in begun] == sorted((count for _, count in begun), reverse=True)
        assert filled.terms.beginning(Form.SYLLABLE, "t", 2) == begun[:2]

    def test_any_of_adds_up_what_each_query_scores(self, filled: Generation) -> None:
        queries = [row("dân"), row("vận")]
        rows, signatures = filled.any_of(queries, 20)
        assert len(rows) == len(signatures) == 20
        alone = [found_with(filled, query, fresh=False) for query in queries]
        for one, shown in zip(rows, filled.shown([found.reference for found in rows], MatchAll()), strict=True):
            assert one.score == pytest.approx(sum(each.get(shown.stored.id, 0.0) for each in alone), rel=1e-3)
        assert [one.score for one in rows] == sorted((one.score for one in rows), reverse=True)

    def test_an_account_adds_up_to_the_score_and_names_every_part(self, filled: Generation) -> None:
        found = filled.find(Ask(query=every("dân", "vận"), most=30, explain=True, fresh=False))
        assert found.total
        assert any(one.account and one.account.near for one in found.rows)
        for one in found.rows:
            assert one.account is not None
            assert [share.label for share in one.account.shares] == ["dân", "vận"]
            assert [list(share.clauses) for share in one.account.shares] == [[0], [1]]
            if not one.missing:
                told = sum(share.worth for share in one.account.shares) + one.account.near
                assert told == pytest.approx(one.score, rel=1e-3)
            for share in one.account.shares:
                assert (share.worth == 0) == (share.label in one.missing)

    def test_the_account_of_a_lift_stands_behind_the_parts_and_is_in_the_score(self, filled: Generation) -> None:
        found = filled.find(Ask(query=And((row("dân"), Lift(row("vận"), "also"))), explain=True, fresh=False))
        lifted = [one for one in found.rows if one.account and one.account.shares[1].worth]
        assert lifted
        for one in lifted:
            assert one.account is not None
            assert [share.label for share in one.account.shares] == ["dân", "also"]
            assert [list(share.clauses) for share in one.account.shares] == [[0], [1]]
            assert sum(share.worth for share in one.account.shares) == pytest.approx(one.score, rel=1e-3)

    def test_what_is_put_again_replaces_and_what_is_deleted_is_gone(self, builder: Builder) -> None:
        builder.index([Made("a", "cầu cũ"), Made("b", "cầu"), Made("c", "cầu")])
        generation = builder.index([Made("a", "đường mới", version=2)], gone=["b"])
        assert sorted(ids(generation, every("cầu"))) == ["c"]
        assert ids(generation, every("đường")) == ["a"]
        assert generation.documents == 2
        assert generation.reference("b") is None

    def test_a_full_build_forgets_what_was_there(self, builder: Builder) -> None:
        builder.index([Made("a", "cầu")])
        generation = builder.index([Made("b", "cầu")], full=True)
        assert ids(generation, every("cầu")) == ["b"]

    def test_an_open_generation_answers_as_before_while_another_takes_its_place(self, builder: Builder) -> None:
        before = builder.index([Made("a", "cầu")])
        name = before.name
        after = builder.index([Made("b", "cầu")])
        assert ids(before, every("cầu")) == ["a"]
        assert sorted(ids(after, every("cầu"))) == ["a", "b"]
        assert builder.engine.current() == after.name > name
        assert ids(builder.engine.again(name, frozenset()), every("cầu")) == ["a"]

    def test_what_is_withdrawn_is_in_no_answer(self, builder: Builder) -> None:
        articles = [Made(f"a{n}", "cầu bến", topics=("y-te",), officials=("o-1",)) for n in range(4)]
        name = builder.index(articles).name
        for generation in (builder.engine.open(frozenset({"a1"})), builder.engine.again(name, frozenset({"a1"}))):
            query = every("cầu", "bến")
            assert sorted(ids(generation, query)) == ["a0", "a2", "a3"]
            assert sorted(ids(generation, row("cầu bến"))) == ["a0", "a2", "a3"]
            assert sorted(ids(generation, MatchAll())) == ["a0", "a2", "a3"]
            assert generation.reference("a1") is None
            assert generation.documents == 3
            assert generation.counts([query, Not(row("đường"))]) == [3, 3]
            assert generation.values("topic") == [("y-te", 3)]
            assert dict(generation.find(Ask(query=query, facets={"official": 5})).facets["official"]) == {"o-1": 3}
            assert len(list(generation.every(Ask(query=query)))) == 3
            assert len(generation.any_of([row("cầu")], 10)[0]) == 3
        assert len(ids(builder.engine.open(frozenset()), every("cầu"))) == 4

    def test_an_empty_index_answers_with_nothing(self, builder: Builder) -> None:
        generation = builder.index([Made("a", "cầu")])
        generation = builder.index([], gone=["a"])
        found = generation.find(Ask(query=every("cầu", "bến"), facets={"topic": 5}))
        assert (found.total, found.relaxed, found.rows, dict(found.facets)) == (0, 0, (), {"topic": []})
        assert generation.documents == 0
        assert generation.values("topic") == []
