"""What a cluster is asked, and what is made here of what it gives out: the newsroom's stories as if all were given.

No node is needed: what is sent, what comes back of a document, how it is ranked, and the lexicon stand apart from it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from crawler.ground.clock import day_at
from index.analysis.analyzer import analyze_articles
from index.document import Document, document
from index.duplicates import signature
from index.engine import Ask
from index.engine.clauses import AllOf, Compiler, Part
from index.engine.kernel.matching import Matcher
from index.engine.opensearch import mapping, queries
from index.engine.opensearch.generation import _aggregations, _blocks
from index.engine.opensearch.lexicon import Counting, LexiconFile, LexiconPart, merged
from index.engine.opensearch.sample import Collection, Sample, SampleDocument, SamplePhrases, idf, opened
from index.engine.opensearch.tokens import packed, unpacked, zone_text
from index.query import Carrying, MatchAll, Published, clauses
from index.schema import ZONES, Form
from index.topics.classifier import classify
from search.parser.parse import parse
from tests.golden.newsroom import TODAY, UNDATED, articles
from tests.golden.printing import told

_SHORT = 160


@cache
def _documents() -> tuple[Document, ...]:
    every = [*articles().values(), UNDATED]
    analysed = analyze_articles([(article.title, article.lead or "", article.body) for article in every])
    return tuple(
        document(
            article,
            dict(zip(ZONES, zones, strict=True)),
            [topic.slug for topic in classify(article)],
            (),
            signature([key for zone in zones for key in zone.syllables]),
        )
        for article, zones in zip(every, analysed, strict=True)
    )


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="golden-")


@cache
def _lexicon() -> LexiconFile:
    """Of three parts, two of which were written as one."""
    folder, every = Path(_folder().name), _documents()
    parts = []
    for number in range(3):
        counting = Counting()
        for one in every[number::3]:
            counting.add(one)
        counting.write(folder / f"part-{number}")
        parts.append(LexiconPart(folder / f"part-{number}"))
    merged(parts[:2], folder / "merged")
    return LexiconFile([LexiconPart(folder / "merged"), parts[2]])


@cache
def _sample() -> Sample:
    lexicon, every = _lexicon(), _documents()
    found = []
    for order, one in enumerate(every):
        bytes_of = packed(one)
        tokens = unpacked(bytes_of["syllables"], bytes_of["words"], bytes_of["tags"])
        found.append(SampleDocument(order, one.day, b"", tokens))

    def count(part: Part) -> int:
        return Matcher(sample, SamplePhrases(sample)).count(part)

    newest = max(one.day for one in every if one.day is not None)
    sample = Sample("golden", found, Collection(len(every), len(every), newest, lexicon.averages, lexicon, count))
    sample.contents = [one.stored for one in every]
    return sample


def cluster(asked: str) -> Iterator[str]:
    """A query as the cluster is asked for it, and its ranking; or `terms WORD …`, `tokens ID`, `indices`.

    Behind ` | `: `apart` where what stands together counts nothing, `topic=SLUG` of a topic until 2024-10-04.
    """
    verb, _, words = asked.partition(" ")
    if verb == "terms":
        yield from _terms(words.split())
    elif verb == "tokens":
        one = next(one for one in _documents() if one.id == words)
        for zone in ZONES:
            yield f"{zone}: {zone_text(one, zone)[:_SHORT]}"
        yield ", ".join(f"{name} {len(value)} bytes" for name, value in packed(one).items())
    elif verb == "indices":
        for made in (
            mapping.documents(3, 2),
            mapping.articles(3, 2),
            mapping.names(),
            mapping.similarities(_lexicon().averages),
        ):
            yield json.dumps(made, ensure_ascii=False)
        yield json.dumps(_aggregations(Ask(facets={"topic": 30, "source": None}, days=280)))
        yield told(
            [(first, last, list(_blocks(first, last))) for first in (0, 199, 200, 400) for last in (0, 200, 201, 401)]
        )
    else:
        yield from _ranking(asked)


def _terms(words: list[str]) -> Iterator[str]:
    lexicon = _lexicon()
    for form in Form:
        yield f"{form.value or 'marked'}: {told(lexicon.frequencies(form, ['_'.join(words), *words]))}"
    yield f"beginning: {told(lexicon.beginning(Form.SYLLABLE, words[0], 6))}"
    yield f"specials: {told(lexicon.beginning(Form.SPECIAL, words[0], 6))}"
    yield f"after: {told(lexicon.beside(words[0], after=True).most_common(6))}"
    yield f"before: {told(lexicon.beside(words[0], after=False).most_common(6))}"
    yield f"continued: {told(sorted(lexicon.continued(words, 3).items())[:8])}"
    if len(words) > 1:
        yield f"pairs: {told(sorted(lexicon.pairs(words[0], words[1]).items()))}"


def _ranking(asked: str) -> Iterator[str]:
    text, _, sort = asked.partition(" | ")
    query = parse(text, None, frozenset(), TODAY).query if text else MatchAll()
    slug = sort.removeprefix("topic=")
    filters = (Carrying("topic", (slug,)), Published(None, day_at(20_000))) if slug != sort else ()
    sample = _sample()
    compiler = Compiler(_lexicon())
    plan = compiler.plan(query)
    yield json.dumps(queries.matching(AllOf(plan.parts)), ensure_ascii=False)
    yield json.dumps(
        queries.scored_all(plan.parts, lambda clause: round(idf(sample.collection, clause), 3)), ensure_ascii=False
    )
    yield json.dumps(queries.fresh(sample.newest))
    generation = opened(sample, compiler.plan, near=sort != "apart")
    asking = Ask(query=query, filters=filters, most=5, explain=True, facets={"topic": 3, "source": 3}, days=3_000)
    found = generation.find(asking)
    yield f"{found.total} and {found.relaxed} relaxed, {found.undated} undated, {told(found.facets)}"
    shown = generation.shown([row.reference for row in found.rows], query)
    for row, one in zip(found.rows, shown, strict=True):
        shares = [] if row.account is None else [round(share.worth, 3) for share in row.account.shares]
        yield f"{one.stored.id} {row.score:.3f} {told(shares)} misses {told(row.missing)}"
        yield f"  {told({zone: marks for zone, marks in one.marks.items() if marks})[:_SHORT]}"
    for part in clauses(query):
        yield f"counts {told(generation.counts([part]))}"
