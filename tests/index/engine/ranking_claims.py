"""What ranking promises: A before B, because …; and every score, worked out here once more from the formulas.

Written against the engine wall, on small invented indexes, so that every engine is held to them. The constants stand
here as numbers: who changes one in the engine must come here and say so.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest

from index.engine import Ask
from index.query import And, InZone, Key, Lift, Near, Node, NotAfter, Option, Or, Phrase, Quiet, Term, both
from index.schema import Form
from tests.index.engine.contract import HERE, ZONES, Builder, Made, every, found_with, ids, row, term, tokens

WEIGHTS = {"title": 6.0, "lead": 1.5, "body": 1.0}
LENGTHS = {"title": 0.3, "lead": 0.3, "body": 0.5}
SATURATION = 1.2
FILLERS = ["lúa", "cá", "núi", "rừng", "gió", "mưa", "trăng", "sao"]


def _rounded(length: int) -> float:
    """A length as BM25 hears it: the least of 256 lengths, 3.3 % apart, that is not less."""
    return next(float(one) for byte in range(256) if (one := round((1.033**byte - 1) * 27)) >= length)


class Oracle:
    """Scores of rows of syllables over some articles, worked out article by article."""

    def __init__(self, articles: Sequence[Made]) -> None:
        self.articles = {one.id: one for one in articles}
        self.zones = {one.id: {zone: list(keys.syllables) for zone, keys in one.zones.items()} for one in articles}
        self.average = {zone: sum(len(zones[zone]) for zones in self.zones.values()) / len(articles) for zone in ZONES}

    def scale(self, id: str, zone: str) -> float:
        """What one occurrence weighs."""
        b = LENGTHS[zone]
        return WEIGHTS[zone] / ((1 - b) + b * _rounded(len(self.zones[id][zone])) / (self.average[zone] or 1.0))

    def count(self, id: str, zone: str, text: str) -> int:
        """How often a row of syllables stands in a zone."""
        keys, there = text.split(), self.zones[id][zone]
        return sum(there[at : at + len(keys)] == keys for at in range(len(there) - len(keys) + 1))

    def held(self, text: str) -> int:
        return sum(any(self.count(id, zone, text) for zone in ZONES) for id in self.articles)

    def idf(self, text: str) -> float:
        return math.log(len(self.articles) / (self.held(text) + 1)) + 1

    def score(self, id: str, text: str) -> float:
        weighted = sum(self.count(id, zone, text) * self.scale(id, zone) for zone in ZONES)
        return weighted * (SATURATION + 1) / (SATURATION + weighted) * self.idf(text)

    def places(self, id: str, zone: str, text: str) -> list[tuple[int, int]]:
        """Begin and end of every occurrence."""
        keys, there = text.split(), self.zones[id][zone]
        last = len(there) - len(keys)
        return [(at, at + len(keys)) for at in range(last + 1) if there[at : at + len(keys)] == keys]

    def near(self, id: str, texts: Sequence[str]) -> float:
        """What neighbouring parts, and all in a row, gain where up to eight syllables stand between, by how many do."""
        gained = 0.0
        for zone in ZONES:
            places = [self.places(id, zone, text) for text in texts]
            for first in range(len(texts) - 1):
                mean = (self.idf(texts[first]) + self.idf(texts[first + 1])) / 2
                gained += 0.5 * mean * self._together(id, zone, places[first : first + 2])
            gained += 4.0 * self._together(id, zone, places)
        return gained

    def whole(self, id: str, texts: Sequence[str]) -> float:
        """What all in a row stand together, before it is weighed."""
        return sum(self._together(id, zone, [self.places(id, zone, text) for text in texts]) for zone in ZONES)

    def _together(self, id: str, zone: str, places: Sequence[list[tuple[int, int]]]) -> float:
        counted = 0.0
        for _, end in places[0]:
            between = 0
            for other in places[1:]:
                following = [place for place in other if 0 <= place[0] - end <= 8]
                if not following:
                    break
                between += following[0][0] - end
                end = following[0][1]
            else:
                counted += 1 / (1 + between / 3)
        weighted = counted * self.scale(id, zone)
        return weighted * (SATURATION + 1) / (SATURATION + weighted)

    def share(self, id: str, texts: Sequence[str]) -> float:
        """The part of the query's weight that an article holds."""

        def weight(text: str) -> float:
            held = self.held(text)
            return math.log1p((len(self.articles) - held + 0.5) / (held + 0.5))

        own = [text for text in texts if any(self.count(id, zone, text) for zone in ZONES)]
        return sum(map(weight, own)) / sum(map(weight, texts))


def crowd(many: int, text: str = "", *, zone: str = "body", first: int = 0, day: str | None = None) -> list[Made]:
    """Articles that all hold a text in one zone, among fillers."""
    return [
        Made(f"z{first + number:05d}", **{"title": "tin", zone: f"{text} {FILLERS[number % 8]}".strip()}, day=day)
        for number in range(many)
    ]


def mixed(count: int, seed: int, words: str = "dân vận khéo tỉnh") -> list[Made]:
    """Articles of a few words and fillers, in all zones."""
    chance = random.Random(seed)

    def text(least: int, most: int) -> str:
        return " ".join(chance.choices([*words.split() * 3, *FILLERS], k=chance.randint(least, most)))

    return [Made(f"r{number:03d}", text(2, 9), text(0, 25), text(5, 120)) for number in range(count)]


class RankingClaims:
    """Inherit it beside a fixture `builder`."""

    asked = 1_000
    """So many of the best by their clauses are asked which they hold, when few hold all."""

    def before(self, builder: Builder, articles: Sequence[Made], query: Node, *order: str, **asked: object) -> None:
        """The articles named come in this order when these and no others are indexed."""
        found = ids(builder.index(articles), query, **asked)
        assert [one for one in found if one in order] == list(order)

    # Every score once more

    @pytest.mark.parametrize("seed", range(3))
    def test_one_word_scores_by_bm25f_over_three_zones(self, builder: Builder, seed: int) -> None:
        articles = mixed(60, seed)
        generation, oracle = builder.index(articles), Oracle(articles)
        for text in ("dân", "vận khéo"):
            scores = found_with(generation, row(text), fresh=False)
            assert scores == pytest.approx({id: oracle.score(id, text) for id in scores}, rel=1e-5)

    @pytest.mark.parametrize("seed", range(3))
    def test_what_stands_together_gains_by_pairs_and_the_whole(self, builder: Builder, seed: int) -> None:
        articles = mixed(60, seed)
        generation, oracle = builder.index(articles), Oracle(articles)
        for texts in (["dân", "vận"], ["dân", "vận", "khéo"], ["dân", "vận", "khéo", "tỉnh"], ["dân vận", "khéo"]):
            found = generation.find(Ask(query=every(*texts), most=100, fresh=False, explain=True))
            shown = generation.shown([one.reference for one in found.rows], every(*texts))
            assert any(one.account and one.account.near for one in found.rows)
            for one, hit in zip(found.rows, shown, strict=True):
                id, near = hit.stored.id, oracle.near(hit.stored.id, texts)
                scored = sum(oracle.score(id, text) for text in texts)
                assert one.account is not None
                assert one.account.near == pytest.approx(near, rel=1e-5)
                assert [share.worth for share in one.account.shares] == pytest.approx(
                    [oracle.score(id, text) for text in texts], rel=1e-5
                )
                share = oracle.share(id, texts)
                assert one.score == pytest.approx(share**0.5 * scored + share * near, rel=1e-5)

    def test_a_newer_article_gains_three_tenths_halved_every_year(self, builder: Builder) -> None:
        days = {"new": "2024-12-31", "year": "2024-01-01", "old": "2014-12-31", "none": None}
        generation = builder.index([Made(id, "cầu mới", day=day) for id, day in days.items()])
        scores, plain = found_with(generation, row("cầu")), found_with(generation, row("cầu"), fresh=False)
        gained = {id: scores[id] - plain[id] for id in days}
        assert gained == pytest.approx({"new": 0.3, "year": 0.15, "old": 0.3 / 2**10, "none": 0.0}, abs=2e-3)

    # A before B, because …

    def test_a_word_in_the_title_counts_more_than_in_the_lead_and_there_more_than_in_the_body(
        self, builder: Builder
    ) -> None:
        rest = "lúa cá núi"
        self.before(
            builder,
            [
                Made("body", rest, rest, "cầu cá núi"),
                Made("lead", rest, "cầu cá núi", rest),
                Made("title", "cầu cá núi", rest, rest),
                *crowd(9),
            ],
            row("cầu"),
            *("title", "lead", "body"),
        )

    def test_the_shorter_body_comes_first_where_both_hold_the_word_once(self, builder: Builder) -> None:
        long = " ".join(FILLERS * 8)
        self.before(
            builder, [Made("long", body=f"cầu {long}"), Made("short", body="cầu lúa"), *crowd(9)], row("cầu"),
            "short", "long",
        )  # fmt: skip

    def test_more_occurrences_count_more_but_never_as_much_as_another_word(self, builder: Builder) -> None:
        generation = builder.index(
            [
                Made("both", body="cầu đường lúa lúa"),
                Made("thrice", body="cầu cầu cầu lúa"),
                Made("once", body="cầu lúa lúa lúa"),
                *crowd(9),
            ]
        )
        rows, _ = generation.any_of([row("cầu"), row("đường")], 3)
        shown = generation.shown([one.reference for one in rows], row("cầu"))
        assert [one.stored.id for one in shown] == ["both", "thrice", "once"]

    def test_the_rarer_of_two_words_counts_more(self, builder: Builder) -> None:
        generation = builder.index([Made("rare", body="đường lúa"), Made("common", body="cầu lúa"), *crowd(9, "cầu")])
        rows, _ = generation.any_of([row("cầu"), row("đường")], 1)
        assert generation.shown([rows[0].reference], row("cầu"))[0].stored.id == "rare"

    def test_words_that_stand_together_as_typed_come_before_words_apart(self, builder: Builder) -> None:
        self.before(
            builder,
            [
                Made("apart", body="cầu lúa đường"),
                Made("turned", body="đường cầu lúa"),
                Made("together", body="cầu đường lúa"),
                *crowd(20),
            ],
            every("cầu", "đường"),
            *("together", "apart", "turned"),
        )

    @pytest.mark.parametrize(("between", "gains"), [(8, True), (9, False)])
    def test_up_to_eight_syllables_may_stand_between_clauses_that_are_near(
        self, builder: Builder, between: int, gains: bool
    ) -> None:
        generation = builder.index([Made("a", body=f"cầu {'lúa ' * between} đường"), *crowd(20)])
        (found,) = generation.find(Ask(query=every("cầu", "đường"), explain=True, most=1)).rows
        assert found.account is not None
        assert (found.account.near > 0) is gains

    def test_the_whole_query_in_a_row_comes_before_its_pairs(self, builder: Builder) -> None:
        far = "lúa " * 9
        pairs, whole = Made("pairs", body=f"cầu đường {far} sông bến"), Made("whole", body=f"cầu đường sông bến {far}")
        query = every("cầu", "đường", "sông", "bến")
        self.before(builder, [pairs, whole, *crowd(20)], query, "whole", "pairs")

    def test_together_in_the_title_counts_more_than_together_in_the_body(self, builder: Builder) -> None:
        together, turned = "cầu đường lúa", "đường lúa cầu"
        made = [Made("body", turned, body=together), Made("title", together, body=turned)]
        self.before(builder, [*made, *crowd(20)], every("cầu", "đường"), "title", "body")

    def test_of_equal_articles_the_newer_comes_first_even_with_freshness_switched_off(self, builder: Builder) -> None:
        articles = [Made("old", "cầu", day="2023-01-01"), Made("none", "cầu"), Made("new", "cầu", day="2024-01-01")]
        self.before(builder, articles, row("cầu"), "new", "old", "none")
        generation = builder.engine.open(frozenset())
        assert ids(generation, row("cầu"), fresh=False) == ["new", "old", "none"]

    def test_being_new_outweighs_no_second_zone(self, builder: Builder) -> None:
        made = [Made("new", "tin", "lúa", "cầu", day="2024-12-31"), Made("old", "tin", "cầu", "cầu", day="2014-01-01")]
        self.before(builder, [*made, *crowd(20, zone="lead")], row("cầu"), "old", "new")

    def test_a_spelling_worth_less_comes_after_the_typed_one(self, builder: Builder) -> None:
        query = Or((Option(row("thủy")), Option(row("thuỷ"), 0.5)))
        articles = [Made("other", body="thuỷ lúa"), Made("typed", body="thủy lúa"), *crowd(9)]
        generation = builder.index(articles)
        assert ids(generation, query) == ["typed", "other"]
        scores = found_with(generation, query, fresh=False)

        def saturated(weighted: float) -> float:
            return weighted * 2.2 / (1.2 + weighted)

        scale = Oracle(articles).scale("typed", "body")
        assert scores["other"] / scores["typed"] == pytest.approx(saturated(scale / 2) / saturated(scale), rel=1e-5)

    def test_of_alternatives_that_are_no_spellings_the_best_counts_once(self, builder: Builder) -> None:
        query = Or((Option(every("cầu", "lúa")), Option(every("đường", "cá"))))
        bodies = {"both": "cầu lúa đường cá", "one": "cầu lúa núi núi", "other": "đường cá núi núi"}
        generation = builder.index([Made(id, body=body) for id, body in bodies.items()])
        scores = found_with(generation, query, fresh=False)
        assert scores["both"] == pytest.approx(scores["one"], rel=1e-5)

    def test_a_lift_adds_what_it_scores_and_no_article_must_hold_it(self, builder: Builder) -> None:
        articles = [Made("both", "cầu đường"), Made("one", "cầu làng"), Made("lift", "đường làng")]
        generation = builder.index(articles)
        found = found_with(generation, And((term("cầu"), Lift(term("đường"), ""))), fresh=False)
        alone = found_with(generation, term("cầu"), fresh=False)
        assert set(found) == {"both", "one"}
        assert found["one"] == pytest.approx(alone["one"])
        assert found["both"] == pytest.approx(alone["both"] + Oracle(articles).score("both", "đường"), rel=1e-4)

    def test_a_lift_raises_among_what_misses_a_part_too(self, builder: Builder) -> None:
        made = [Made("plain", "cầu làng", day="2024-02-02"), Made("raised", "cầu đường"), Made("other", "lúa")]
        generation = builder.index(made)
        parts = term("cầu"), term("lúa")
        plain = list(found_with(generation, And(parts), fresh=False))
        lifted = list(found_with(generation, And((*parts, Lift(term("đường"), ""))), fresh=False))
        assert plain.index("plain") < plain.index("raised")
        assert lifted.index("raised") < lifted.index("plain")

    def test_what_is_quiet_matches_but_scores_nothing_and_is_not_marked(self, builder: Builder) -> None:
        generation = builder.index([Made("said", "cầu"), Made("quiet", "đường đường đường"), Made("no", "làng")])
        query = Or((Option(term("cầu")), Option(Quiet(term("đường")))))
        found = found_with(generation, query, fresh=False)
        assert set(found) == {"said", "quiet"}
        assert 0 < found["quiet"] < 1e-3 < found["said"]
        rows = generation.find(Ask(query=query)).rows
        shown = {one.stored.id: one.marks for one in generation.shown([row.reference for row in rows], query)}
        assert not any(shown["quiet"].values())
        assert any(shown["said"].values())

    def test_a_head_may_be_forbidden_behind_any_of_several_words(self, builder: Builder) -> None:
        generation = builder.index([Made("a", "phó cầu"), Made("b", "cũ cầu"), Made("c", "cầu")])
        assert ids(generation, NotAfter(NotAfter(term("cầu"), Key("phó")), Key("cũ"))) == ["c"]

    def test_what_only_a_filter_field_holds_adds_next_to_nothing(self, builder: Builder) -> None:
        from index.query import About

        about = About("topic", "y tế", row("y"), HERE, "chủ đề:y tế", ("y-te",))
        generation = builder.index([Made("a", body="cầu lúa", topics=("y-te",)), Made("b", body="cầu lúa"), *crowd(9)])
        plain, with_topic = (found_with(generation, both(row("cầu"), *extra), fresh=False) for extra in ((), (about,)))
        assert 0 < with_topic["a"] - plain["a"] < 1e-5 or with_topic["a"] == pytest.approx(plain["a"], rel=1e-6)
        assert found_with(generation, about)["a"] == pytest.approx(0.0, abs=2e-6)

    def test_nearness_is_looked_at_in_the_two_hundred_best(self, builder: Builder) -> None:
        articles = [Made(f"a{number:03d}", body=f"đường cầu lúa {'cá ' * number}".strip()) for number in range(230)]
        for number, text in ((150, "cầu đường lúa"), (225, "cầu đường lúa")):
            articles[number] = Made(f"a{number:03d}", body=f"{text} {'cá ' * number}".strip())
        generation = builder.index(articles)
        query = every("cầu", "đường")
        found = generation.find(Ask(query=query, most=300, explain=True))
        shown = generation.shown([one.reference for one in found.rows], query)
        near = {one.stored.id: row.account.near for row, one in zip(found.rows, shown, strict=True) if row.account}
        assert near["a150"] > 0
        assert near["a225"] == 0
        assert ids(generation, query)[0] == "a150"

    # Few matches

    @pytest.mark.parametrize(("many", "relaxed"), [(19, True), (20, False)])
    def test_articles_that_miss_a_part_are_shown_while_fewer_than_twenty_match(
        self, builder: Builder, many: int, relaxed: bool
    ) -> None:
        generation = builder.index([*crowd(many, "cầu đường"), *crowd(5, "cầu", first=500)])
        found = generation.find(Ask(query=every("cầu", "đường"), most=100))
        assert found.total == many
        assert (found.relaxed > 0) is relaxed

    def test_at_most_fifty_that_miss_a_part_are_shown(self, builder: Builder) -> None:
        generation = builder.index([*crowd(60, "cầu"), *crowd(30, "đường", first=500)])
        found = generation.find(Ask(query=every("cầu", "đường"), most=100))
        assert (found.total, found.relaxed, len(found.rows)) == (0, 50, 50)

    def test_nothing_is_relaxed_in_a_query_of_one_part(self, builder: Builder) -> None:
        found = builder.index(crowd(5, "cầu")).find(Ask(query=row("đường")))
        assert (found.total, found.relaxed) == (0, 0)

    def test_what_is_excluded_or_filtered_out_is_not_among_what_misses_a_part(self, builder: Builder) -> None:
        from index.query import Carrying, Not

        made = [Made("a", body="cầu lúa", topics=("y-te",)), Made("b", body="cầu lúa cá", topics=("y-te",))]
        generation = builder.index([*made, Made("c", body="cầu lúa")])
        query = And((row("cầu"), row("đường"), Not(row("cá"))))
        assert set(found_with(generation, query)) == {"a", "c"}
        assert set(found_with(generation, query, filters=(Carrying("topic", ("y-te",)),))) == {"a"}

    def test_missing_the_less_telling_part_comes_before_missing_the_more_telling_one(self, builder: Builder) -> None:
        articles = [*crowd(30, "cầu"), Made("telling", body="đường lúa"), Made("common", body="cầu lúa")]
        generation = builder.index(articles)
        query = every("cầu", "đường")
        rows = generation.find(Ask(query=query, most=60)).rows
        assert generation.shown([rows[0].reference], query)[0].stored.id == "telling"
        assert rows[0].missing == ("cầu",)

    def test_what_misses_a_part_stands_among_matches_by_its_score_and_behind_them_by_date(
        self, builder: Builder
    ) -> None:
        whole = Made("whole", body=f"cầu {'lúa ' * 90} đường", day="2014-01-01")
        part = Made("part", "cầu cầu", "cầu", "cầu cầu", day="2024-01-01")
        generation = builder.index([whole, part, *crowd(9)])
        scores = found_with(generation, every("cầu", "đường"))
        assert list(scores) == sorted(scores, key=scores.__getitem__, reverse=True)
        assert list(found_with(generation, every("cầu", "đường"), sort="newest")) == ["whole", "part"]

    def test_what_is_missing_costs_the_root_of_its_share_and_of_nearness_its_share(self, builder: Builder) -> None:
        articles = [Made("pair", body="cầu đường lúa"), Made("apart", body=f"đường {'lúa ' * 9} cầu")]
        articles += [*crowd(9), *crowd(2, "bến", first=100)]
        generation, oracle = builder.index(articles), Oracle(articles)
        texts = ["cầu", "đường", "bến"]
        scores = found_with(generation, every(*texts), fresh=False)
        for id in ("pair", "apart"):
            held, share = sum(oracle.score(id, text) for text in texts[:2]), oracle.share(id, texts)
            near = oracle.near(id, texts[:2]) - 4.0 * oracle.whole(id, texts[:2])
            assert scores[id] == pytest.approx(share**0.5 * held + share * near, rel=1e-4)

    @pytest.mark.parametrize(("more", "found"), [(-10, True), (10, False)])
    def test_only_the_best_are_asked_what_they_hold(self, builder: Builder, more: int, found: bool) -> None:
        """An article that holds more of the query, but hardly, is not found behind them: the price of being quick."""
        last = Made("last", body=f"cầu đường {'lúa ' * 2_000}")
        generation = builder.index([*crowd(self.asked + more, "sông"), last, *crowd(20, first=5_000)])
        assert ("last" in found_with(generation, every("sông", "cầu", "đường", "bến"))) is found

    @pytest.mark.parametrize(("place", "found"), [(140, True), (160, False)])
    def test_the_best_hundred_and_fifty_that_miss_a_part_are_looked_at_for_nearness(
        self, builder: Builder, place: int, found: bool
    ) -> None:
        apart, near = "đường đường đường cầu cầu cầu ", "cầu đường cầu đường cầu đường "
        made = [Made(f"a{number:03d}", body=apart + "cá " * (number // 10)) for number in range(200)]
        made[place] = Made("near", body=near + "cá " * (place // 10))
        generation = builder.index([*made, *crowd(1_500, "lúa " * 12, first=1_000)])
        assert ("near" in found_with(generation, every("cầu", "đường", "bến"))) is found

    # What counts as an occurrence

    def test_a_head_after_the_word_it_must_not_follow_counts_nothing(self, builder: Builder) -> None:
        query = NotAfter(row("chủ tịch"), Key("phó"))
        generation = builder.index([Made("deputy", body="phó chủ tịch lúa"), Made("chair", body="chủ tịch lúa lúa")])
        assert ids(generation, query) == ["chair"]

    def test_a_proximity_clause_counts_the_syllables_between(self, builder: Builder) -> None:
        articles = [Made(f"w{n}", body=f"cầu {'lúa ' * n} đường") for n in range(4)]
        generation = builder.index(articles)
        for within in range(4):
            near = Near(((Key("đường"),), (Key("cầu"),)), within, HERE, "")
            assert set(ids(generation, near)) == {f"w{n}" for n in range(within + 1)}

    def test_a_row_does_not_run_over_the_end_of_an_article_or_zone(self, builder: Builder) -> None:
        generation = builder.index([Made("a", "cầu", "đường", "cầu"), Made("b", "đường", "cầu", "đường")])
        assert ids(generation, row("cầu đường")) == []
        assert set(ids(generation, InZone("title", row("cầu")))) == {"a"}

    def test_keys_without_marks_stand_for_every_spelling(self, builder: Builder) -> None:
        bare = tokens("cầu").folded[0]
        generation = builder.index([Made("a", body="cầu lúa"), Made("b", body="cấu lúa"), Made("c", body="đường")])
        assert set(ids(generation, term(bare, Form.FOLDED))) == {"a", "b"}
        mixed_row = Phrase(((Key(bare, Form.FOLDED),), (Key("lúa"), Key("cá"))), HERE, "")
        assert set(ids(generation, mixed_row)) == {"a", "b"}

    def test_an_alternative_key_is_counted_as_often_as_it_stands(self, builder: Builder) -> None:
        query = Term((Key("cầu"), Key("đường")), HERE, "")
        generation = builder.index([Made("two", body="cầu đường"), Made("one", body="cầu lúa"), *crowd(9)])
        assert ids(generation, query) == ["two", "one"]
