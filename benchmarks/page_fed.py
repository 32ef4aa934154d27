"""Tra Tin's pages beside the same pages fed with tantivy's hits: requests a second at 1, 8 and 32 connections.

    python -m benchmarks.page_fed DATA QUERIES.jsonl --seconds 6

Both servers run the same program, workers, templates, query understanding, snippets and names over the installation
DATA; in the second, tantivy finds, ranks and counts. They answer in turn, round after round; the client shares the
machine with them. The last column is Tra Tin's requests a second over those of the page fed with tantivy's hits.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import numpy as np

import tratin.parts
from benchmarks.page_load import KINDS, loaded
from index.analysis.normalize import fold, key
from index.analysis.tokens import syllables
from index.engine import Ask, Found, Reference, Row
from index.engine.clauses import Clause
from index.engine.embedded.generation import EmbeddedGeneration
from index.engine.embedded.snapshot import Snapshot
from index.engine.kernel.relaxing import FEW, MOST
from index.facets import COUNTED
from index.query import Key
from index.schema import ZONES, Form
from search.searcher import Searcher
from tratin.cli import serve
from tratin.parts import open_searcher
from tratin.settings import load

PORTS = {"Tra Tin": 8301, "fed by tantivy": 8302}
WEIGHTS = {"title": 3.0, "lead": 1.5, "body": 1.0}
KEYWORDS = {**{facet.name: facet.most or 40 for facet in COUNTED}, "month": 600}
"""Facets and how many values of each are asked for."""


class Tantivy:
    """tantivy over the articles of a snapshot: the same tokens and keywords."""

    def __init__(self, folder: Path, snapshot: Snapshot) -> None:
        import tantivy

        self.t = tantivy
        if not folder.exists():
            folder.mkdir(parents=True)
            self._build(folder, snapshot)
        index = tantivy.Index.open(str(folder))
        index.reload()
        self.schema, self.searcher = index.schema, index.searcher()
        hits = self.searcher.search(tantivy.Query.all_query(), snapshot.size).hits
        self.numbers = {(at.segment_ord, at.doc): self.searcher.doc(at)["number"][0] for _, at in hits}

    def _build(self, folder: Path, snapshot: Snapshot) -> None:
        schema = self.t.SchemaBuilder()
        for zone in ZONES:
            for field in (zone, f"{zone}_fold"):
                schema.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        for name in KEYWORDS:
            schema.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        schema.add_integer_field("number", stored=True)
        writer = self.t.Index(schema.build(), str(folder)).writer(512 << 20, 1)
        for number in np.flatnonzero(snapshot.live).tolist():
            stored, document = snapshot.stored(number), self.t.Document()
            for zone in ZONES:
                keys = _keys(stored.zone(zone))
                document.add_text(zone, " ".join(keys))
                document.add_text(f"{zone}_fold", " ".join(map(fold, keys)))
            month = (stored.published or "")[:7]
            values = {facet.name: snapshot.keywords(facet.name).of(number) for facet in COUNTED}
            for name, given in {**values, "month": [month]}.items():
                for value in given:
                    document.add_text(name, value)
            document.add_integer("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def query(self, clauses: Sequence[Clause], every: bool):
        query, occur = self.t.Query, self.t.Occur
        if not clauses:
            return query.all_query()
        sign = occur.Must if every else occur.Should
        return query.boolean_query([(sign, self._clause(clause)) for clause in clauses])

    def _clause(self, clause: Clause):
        query, should = self.t.Query, self.t.Occur.Should
        rows = [[slot[0] for slot in spelling.slots] for spelling in clause.spellings]
        plain = [row for row in rows if all(key.form in (Form.SYLLABLE, Form.FOLDED) for key in row)]
        slots = plain[0] if plain else [Key(word) for key in rows[0] for word in _keys(key.key)]
        parts = []
        for zone in clause.zones:
            field, words = zone + slots[0].form, [word for word, _ in slots]
            if len(words) > 1:
                found = query.phrase_query(self.schema, field, words)
            else:
                found = query.term_query(self.schema, field, words[0])
            parts.append((should, query.boost_query(found, WEIGHTS[zone])))
        return query.boolean_query(parts)

    def best(self, query, most: int) -> tuple[int, list[int], list[float]]:
        """How many match, and numbers and scores of the best."""
        found = self.searcher.search(query, most, count=True)
        numbers = [self.numbers[at.segment_ord, at.doc] for _, at in found.hits]
        return found.count, numbers, [score for score, _ in found.hits]

    def counts(self, query) -> dict[str, list[tuple[str, int]]]:
        """Every facet's values with their counts, most frequent first."""
        asked = {name: {"terms": {"field": name, "size": most}} for name, most in KEYWORDS.items()}
        answer = self.searcher.aggregate(query, asked)
        return {name: [(one["key"], int(one["doc_count"])) for one in answer[name]["buckets"]] for name in KEYWORDS}


def _keys(text: str) -> list[str]:
    return [key(text[one.start : one.end]) for one in syllables(text)]


class Fed(EmbeddedGeneration):
    """Answers with what tantivy finds; everything shown is made as ever."""

    tantivy: Tantivy

    def find(self, ask: Ask) -> Found:
        plan, most = self._plan(ask.query), ask.first + ask.most
        query = self.tantivy.query(plan.clauses, every=True)
        count, numbers, scores = self.tantivy.best(query, most)
        rows = [Row(Reference(number), score) for number, score in zip(numbers, scores, strict=True)]
        relaxed = 0
        if count < FEW and len(plan.clauses) > 1:
            _, others, worth = self.tantivy.best(self.tantivy.query(plan.clauses, every=False), MOST)
            relaxed = len(others)
            rows += [Row(Reference(number), score, ("?",)) for number, score in zip(others, worth, strict=True)]
        rows = rows[ask.first : most]
        signatures = tuple(self.snapshot.signature(row.reference) for row in rows)
        counts = {name: [row for row in found if row[0]] for name, found in self.tantivy.counts(query).items()}
        return Found(count, relaxed, 0, False, tuple(rows), signatures, counts)


def serving(name: str, data: Path, folder: Path, workers: int) -> int:
    """Fork a server; its process number."""
    child = os.fork()
    if child:
        return child
    os.setpgid(0, 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # no access log between the rows
    settings = load(data)

    def opened(settings) -> Searcher:
        searcher = open_searcher(settings)
        if name != "Tra Tin":
            generation = searcher._openings.current.generation
            generation.__class__ = Fed
            generation.tantivy = Tantivy(folder, generation.snapshot)
        return searcher

    tratin.parts.open_searcher = opened
    serve.run(settings, "127.0.0.1", PORTS[name], workers)
    os._exit(0)


def main() -> None:
    """Serve both, ask both in turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    options = parser.parse_args()
    snapshot = open_searcher(load(options.data))._openings.current.generation.snapshot
    folder = options.work / f"page-tantivy-{snapshot.generation}"  # it stores this generation's document numbers
    Tantivy(folder, snapshot)
    queries = [json.loads(line)["q"] for line in options.queries.read_text(encoding="utf-8").splitlines()]
    children = [serving(name, options.data, folder, options.workers) for name in PORTS]
    try:
        for port in PORTS.values():
            _wait(f"http://127.0.0.1:{port}/api/v1/health")
        print("| | connections | Tra Tin requests/s, p50/p95 ms | fed by tantivy | ratio |\n|---|---|---|---|---|")
        for kind, path in KINDS.items():
            paths = [f"{path}?{urlencode({'q': query, 'limit': 10})}" for query in queries]
            for connections in (1, 8, 32):
                _row(kind, paths, connections, options.seconds, options.rounds)
    finally:
        for child in children:
            os.killpg(child, signal.SIGTERM)


def _row(kind: str, paths: list[str], connections: int, seconds: float, rounds: int) -> None:
    took: dict[str, list[float]] = {name: [] for name in PORTS}
    rates: dict[str, list[float]] = {name: [] for name in PORTS}
    for number in range(rounds + 1):
        for name, port in PORTS.items():
            times, failed = loaded(f"http://127.0.0.1:{port}", paths, connections, seconds)
            assert not failed, failed
            if number:  # the first round warms
                took[name] += times
                rates[name].append(len(times) / seconds)
    rate = {name: statistics.median(found) for name, found in rates.items()}
    cuts = {name: statistics.quantiles(found, n=20) for name, found in took.items()}
    cells = [f"{rate[name]:.0f}, {cuts[name][9]:.1f}/{cuts[name][18]:.1f}" for name in PORTS]
    print(
        f"| {kind} | {connections} | {' | '.join(cells)} | {rate['Tra Tin'] / rate['fed by tantivy']:.2f} |", flush=True
    )


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urlopen(address).close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise SystemExit(f"{address} does not answer")


if __name__ == "__main__":
    main()
