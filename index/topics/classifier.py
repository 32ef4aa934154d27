"""Which topics an article is about: weighted phrases by zone, then rules for the cases that phrases cannot part.

A phrase's evidence is `Σ zones zone_weight · (1 + log2(n) / 2)`, n its occurrences in the zone (at most 8); a topic's
is the sum of phrase weight × evidence. Early zones weigh more, because news says first what it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log2

from crawler.article import Article
from index.topics.found_topics import FoundTopic
from index.topics.key_phrases import tokens
from index.topics.taxonomy import Taxonomy, bundled

VERSION = 8
MOST = 3

_OPENING = 130
_READ = 4_000
"""Syllables of the body's opening (a paragraph or two), and characters of it that are read at all."""
_ZONE_WEIGHTS = (4.0, 3.0, 1.5, 0.5)
_REPEATS = 8

_LEAST = 4.0
"""A topic with less evidence than this (one typical phrase in the lead) is not said."""
_LEAST_SECOND = 7.0
"""A second topic needs this, and its `share` of the first one's evidence: about a paragraph of its own."""
_PLENTY, _PLENTY_SHARE = 30.0, 0.8
"""With this much a second topic stands on its own feet, and this part of its share does."""
_FURTHER = 0.6
"""A third topic needs this share at least: hardly any article is about three things."""
_WORLD = "quoc-te"
_EITHER = frozenset({_WORLD, "doi-ngoai"})
"""Viet Nam is a party or it is not: never both."""
_BORNE_OUT, _NOT_BORNE_OUT = 0.2, 0.7
"""A second topic is announced by headline or lead and told by the body, with so much of the first's evidence in the
other at least; what stands in one of them alone is an aside or a figure of speech, and counts less."""

_WITNESSES = (1.0, 0.4, 0.8, 1.0)
"""What a topic's evidence counts beside the others' by how many phrases give it: one may only look like it."""
_DECIDING = 4.0
"""A phrase of this weight is as good as two."""

_ABROAD_LEAST = 15.0
_ABROAD = 0.75
_ELSEWHERE, _FIRST = 0.85, 1.05
_ANYWHERE = frozenset({"van-hoa-the-thao-du-lich", "khoa-hoc-cong-nghe", "kinh-te-dau-tu", "quoc-te"})
"""A scene all but wholly foreign is world news first, whatever its subject: but for these, which have no home."""
_HOME = 0.4
_HOME_WEIGHT = 4.0
_PARTY, _MEETING = 6.0, 0.3
"""So much of Viet Nam in a foreign scene, with so much of visits and talks, makes it foreign affairs."""
_NOT_ABROAD = frozenset({"quoc-hoi-hdnd", "xay-dung-dang", "dan-van-mat-tran", "doi-ngoai", "cai-cach-hanh-chinh"})
"""Topics about Viet Nam's own bodies."""


def classify(article: Article, taxonomy: Taxonomy | None = None) -> tuple[FoundTopic, ...]:
    """At most three topics, the primary first, each with the phrases that decided; none when nothing is clear."""
    taxonomy = taxonomy or bundled()
    opening, body, home = _evidence(article, taxonomy)
    evidence = {phrase: opening.get(phrase, 0.0) + body.get(phrase, 0.0) for phrase in {**opening, **body}}
    scores, announced, in_body = ([0.0] * len(taxonomy.topics) for _ in range(3))
    witnesses = [0] * len(taxonomy.topics)
    for phrase, amount in evidence.items():
        for topic, weight in taxonomy.weights[phrase]:
            scores[topic] += weight * amount
            announced[topic] += weight * opening.get(phrase, 0.0)
            in_body[topic] += weight * body.get(phrase, 0.0)
            witnesses[topic] += (weight > 0) + (weight >= _DECIDING)
    _place(scores, evidence, home, taxonomy)
    _acting(scores, evidence, taxonomy)
    borne = [score * _WITNESSES[min(n, len(_WITNESSES) - 1)] for score, n in zip(scores, witnesses, strict=True)]
    primary = max(range(len(scores)), key=borne.__getitem__)
    best = scores[primary]
    if best < _LEAST:
        return ()
    if opening and body:
        borne = [
            score
            if announced[topic] > 0 and in_body[topic] >= _BORNE_OUT * announced[topic]
            else _NOT_BORNE_OUT * score
            for topic, score in enumerate(borne)
        ]
    chosen = [primary, *_seconds(primary, best, borne, taxonomy)]
    return tuple(
        FoundTopic(taxonomy.topics[topic].slug, round(scores[topic], 1), _deciding(topic, evidence, taxonomy))
        for topic in chosen
    )


def _seconds(primary: int, best: float, borne: Sequence[float], taxonomy: Taxonomy) -> list[int]:
    """Topics to be said beside the primary one, whose evidence is `best`: two at most, the weightier first."""
    scene = _EITHER if taxonomy.topics[primary].slug in _EITHER else frozenset()
    others = sorted((topic for topic in range(len(borne)) if topic != primary), key=lambda topic: -borne[topic])
    chosen: list[int] = []
    for topic in others[: MOST - 1]:
        share = taxonomy.topics[topic].share
        if chosen:
            share = max(share, _FURTHER)
        enough = share * best * (_PLENTY_SHARE if borne[topic] >= _PLENTY else 1)
        if borne[topic] >= max(_LEAST_SECOND, enough) and taxonomy.topics[topic].slug not in scene:
            chosen.append(topic)
    return chosen


def _evidence(article: Article, taxonomy: Taxonomy) -> tuple[dict[int, float], dict[int, float], float]:
    """Evidence by phrase number of headline and lead, and of the body; and how much the article speaks of places and
    bodies of Viet Nam."""
    body = tokens(article.body[:_READ])
    zones = (tokens(article.title), tokens(article.lead or ""), body[:_OPENING], body[_OPENING:])
    opening: dict[int, float] = {}
    later: dict[int, float] = {}
    home = 0.0
    for words, zone, evidence in zip(zones, _ZONE_WEIGHTS, (opening, opening, later, later), strict=True):
        found = Counter(taxonomy.tree.find(words, taxonomy.heads))
        for phrase, n in found.items():
            amount = zone * (1 + log2(min(n, _REPEATS)) / 2)
            if phrase in taxonomy.home:
                home += zone * min(n, _REPEATS)
            evidence[phrase] = evidence.get(phrase, 0.0) + amount
    return opening, later, home


def _place(scores: list[float], evidence: dict[int, float], home: float, taxonomy: Taxonomy) -> None:
    """World news has no Vietnamese party; where Viet Nam is the scene, foreign names are not the topic."""
    world = taxonomy.number(_WORLD)
    if world is None:
        return
    abroad = sum(a * w for phrase, a in evidence.items() for t, w in taxonomy.weights[phrase] if t == world and w > 0)
    share = abroad / (abroad + _HOME_WEIGHT * home + 1e-9)
    ours = taxonomy.number("doi-ngoai")
    if ours is not None and home >= _PARTY and scores[ours] >= _MEETING * abroad > 0:
        scores[ours] = max(scores[ours], scores[world])
        scores[world] *= 0.3
    elif abroad > _ABROAD_LEAST and share > _ABROAD:
        for number, topic in enumerate(taxonomy.topics):
            if number != world:
                scores[number] *= 0.25 if topic.slug in _NOT_ABROAD else 0.5
        scores[world] = max(scores[world], 0.8 * abroad)
        if share > _ELSEWHERE and scores[world] >= _ABROAD_LEAST:
            rivals = (scores[n] for n, topic in enumerate(taxonomy.topics) if topic.slug not in _ANYWHERE)
            scores[world] = max(scores[world], _FIRST * max(rivals))
    elif share < _HOME:
        scores[world] *= 0.3


_PARTY_WORDS = frozenset(("đảng", "ủy", "chính trị", "bí thư", "trung ương", "chi bộ", "cấp ủy"))
"""Words of which one stands in the phrases of what a Party body does."""
_CASE = 0.85
"""Part of the forces' evidence with which a case comes before the forces that look into it."""


def _acting(scores: list[float], evidence: dict[int, float], taxonomy: Taxonomy) -> None:
    """Whose deed it is: appointments with no Party body in them are the civil service's; what police or army look
    into is a case first."""
    party, service = taxonomy.number("xay-dung-dang"), taxonomy.number("cai-cach-hanh-chinh")
    if party is not None and service is not None and scores[party] > scores[service] > 0:
        phrases = (
            f" {taxonomy.tree.phrases[phrase].lower()} "
            for phrase in evidence
            if _weight(party, taxonomy.weights[phrase]) > 0
        )
        if not any(f" {word} " in phrase for phrase in phrases for word in _PARTY_WORDS):
            scores[service], scores[party] = scores[party], 0.3 * scores[party]
    law, forces = taxonomy.number("phap-luat-noi-chinh"), taxonomy.number("quoc-phong-an-ninh")
    if law is not None and forces is not None and scores[forces] > scores[law] >= _CASE * scores[forces]:
        scores[law], scores[forces] = scores[forces], scores[law]


def _deciding(topic: int, evidence: dict[int, float], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The phrases that brought the topic the most evidence, the weightiest first."""
    speaking = ((amount * _weight(topic, taxonomy.weights[phrase]), phrase) for phrase, amount in evidence.items())
    best = sorted(((amount, phrase) for amount, phrase in speaking if amount > 0), reverse=True)[:6]
    return tuple(taxonomy.tree.phrases[phrase] for _, phrase in best)


def _weight(topic: int, pairs: Iterable[tuple[int, float]]) -> float:
    return next((weight for number, weight in pairs if number == topic), 0.0)
