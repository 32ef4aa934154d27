"""A generation in the cluster: every question of the wall in few messages; see `index.engine`.

The cluster matches, counts, and gives out the best by a first score; those are ranked exactly here (`sample.py`). All
it is asked sees one point in time. Where that is lost (its node left), another is opened: the index shows nothing but
what was published last, so it is the same generation as long as it is the one that answers.
"""

from __future__ import annotations

import base64
import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeGuard

from crawler.ground.clock import day_at
from index.engine import Ask, Found, Reference, Row, Shown
from index.engine.clauses import AllOf, AnyOf, Clause, Compiler, NoneOf, Part, Plan
from index.engine.kernel.generation import PLANS, ArrayGeneration
from index.engine.kernel.ranking import NEAREST
from index.engine.kernel.relaxing import FEW
from index.engine.kernel.weighting import NEWS
from index.engine.opensearch import manifest as manifests
from index.engine.opensearch import queries, sample
from index.engine.opensearch.building import lexicon_parts
from index.engine.opensearch.cluster import Answer, Body, ClusterClient, Connection, SearchGone
from index.engine.opensearch.lexicon import LexiconFile
from index.engine.opensearch.manifest import KEEP, Manifest
from index.engine.opensearch.mapping import DEEPEST
from index.engine.opensearch.published import fetched
from index.engine.opensearch.tokens import unpacked
from index.errors import IndexDamaged, IndexMismatch, IndexUnreachable
from index.query import Node

_CANDIDATES = 300
"""So many of the best that hold some parts are looked at when few hold all."""
_EVERY = 10_000
"""So many values of a keyword field are counted, where all are asked for."""
_SURE = 3_000
"""Values that every shard tells at least; that is mostly enough for the most frequent of all to be exact."""
_MOST_VALUES = 60_000
"""The cluster tells no more."""
_COUNTS = 1 << 14
_PAUSES = (0.25, 0.5, 1.0, 0.0)
"""Seconds between attempts to see a whole index again after a node was lost."""
_BATCH = 1_000
_UNRANKED = {"docvalue_fields": ["order", "day", "signature"]}
_TOKENS = ("order", "day", "signature", "syllables", "words", "tags")


class ClusterEngine:
    """The generations of one index in a cluster, as long as they were written with the same `versions`."""

    def __init__(self, folder: Path, connection: Connection, versions: Mapping[str, str]) -> None:
        self._folder, self._versions = folder, versions
        self.cluster = ClusterClient(connection)

    def current(self) -> str:
        """The name of the generation that answers."""
        return manifests.current(self.cluster)

    def open(self, withdrawn: frozenset[str], *, but: tuple[str, IndexDamaged] | None = None) -> ClusterGeneration:
        """Open the generation that answers, or the newest whole one before it; see `index.engine.Engine`."""
        newest = self.current()
        damage = but[1] if but and but[0] == newest else None
        if damage is None:
            try:
                return self.again(newest, withdrawn)
            except IndexDamaged as error:
                damage = error
        for name, _ in manifests.earlier(self.cluster):
            try:
                return self.again(name, withdrawn)
            except (IndexDamaged, IndexMismatch):
                continue
        raise damage

    def again(self, name: str, withdrawn: frozenset[str]) -> ClusterGeneration:
        """Open a generation that may have been replaced, as long as it is there."""
        manifest = manifests.named(self.cluster, name)
        manifest.check(self._versions)
        parts = lexicon_parts(self._folder, self.cluster, manifest)
        attached = fetched(self._folder, self.cluster, manifest.attached.values())
        databases = dict(zip(manifest.attached, attached, strict=True))
        return ClusterGeneration(self.cluster, manifest, LexiconFile(parts), databases, withdrawn)


class ClusterGeneration:
    """One generation, open, without the articles `withdrawn`; see `index.engine.Generation`."""

    def __init__(
        self,
        cluster: ClusterClient,
        manifest: Manifest,
        terms: LexiconFile,
        databases: Mapping[str, Path],
        withdrawn: frozenset[str],
    ) -> None:
        self._cluster, self._manifest, self.terms, self._databases = cluster, manifest, terms, databases
        self._hidden = [{"terms": {"id": sorted(withdrawn)}}] if withdrawn else []
        self._point = manifest.point
        self._renewing = threading.Lock()
        self._compiler = Compiler(terms)
        self._plan = lru_cache(PLANS)(self._compiler.plan)
        self._counted: dict[Part, int] = {}
        self.documents = manifest.documents
        if withdrawn:
            self.documents = _total(self._ask([self._total_of(queries.EVERYTHING)])[0])

    @property
    def name(self) -> str:
        """The generation's name."""
        return self._manifest.generation

    def warm(self) -> None:
        """Have the cluster load what facets are counted from."""
        self.find(Ask(most=0, facets={"topic": 1, "official": 1, "source": 1}))

    def attached(self, name: str) -> Path:
        """This machine's copy of a database that was published with the generation."""
        if name not in self._databases:
            raise IndexDamaged(f"generation {self.name} was published without {name}: run `tratin reindex --full`")
        return self._databases[name]

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        """How many articles match each query."""
        parts = [self._compiler.part(query) for query in nodes]
        self._count(parts)
        return [self._counted[part] for part in parts]

    def find(self, ask: Ask) -> Found:
        """A stretch of the articles that match and, where those are few, of those that nearly do; with counts."""
        plan, filters = self._plan(ask.query), self._filters(ask)
        by_score = ask.sort == "relevance" and bool(plan.clauses)
        last = ask.first + ask.most
        if last > DEEPEST:
            raise IndexUnreachable(
                f"results are listed up to the {DEEPEST}th: narrow the search, or export all of them"
            )
        self._count([clause for clause in plan.clauses if not _is_word(clause)])
        listed = self._listed(plan, filters, ask, by_score=by_score)
        blocks = _blocks(ask.first, last)
        pages: list[Body] = [{**listed, "from": ask.first, "size": ask.most, **_UNRANKED}]
        if by_score:
            pages = [{**listed, "from": NEAREST * block, "size": NEAREST} for block in blocks]
        pages[0] |= {"track_total_hits": True, "aggs": _aggregations(ask)}
        relaxable = len(plan.wanted) > 1
        relaxing = [{**listed, "from": 0, "size": NEAREST}, self._nearly(plan, filters)] if relaxable else []
        ranked = [*plan.clauses, *plan.wanted]
        expected = relaxable and self._expected(plan) < FEW
        answers = self._ask_counting([*pages, *(relaxing if expected else [])], ranked if by_score or expected else [])
        answer, total, relaxed = answers[0], _total(answers[0]), 0
        if relaxable and total < FEW:  # so few that all of them are in the first block
            few = answers[len(pages) :] if expected else self._ask_counting(relaxing, ranked)
            hits = [hit for page in few for hit in page["hits"]["hits"]]
            found, relaxed = self._ranked(ask, plan, hits)
            found = found[ask.first : last]
        elif by_score:
            found = []
            for block, page in zip(blocks, answers, strict=False):
                found += self._ranked(ask, plan, page["hits"]["hits"], near=block == 0)[0]
            found = found[ask.first - NEAREST * blocks.start : last - NEAREST * blocks.start]
        else:
            found = [(_row(document), document.signature) for document in map(_found, answer["hits"]["hits"])]
        return Found(
            total=total,
            relaxed=relaxed,
            undated=answer["aggregations"]["undated"]["doc_count"],
            partial=False,
            rows=tuple(row for row, _ in found),
            signatures=tuple(signature for _, signature in found),
            facets=self._facets(plan, filters, ask, answer),
            days=_days(answer, ask.days),
        )

    def every(self, ask: Ask) -> Iterator[Row]:
        """All articles that match, in order."""
        plan, filters = self._plan(ask.query), self._filters(ask)
        by_score = ask.sort == "relevance" and bool(plan.clauses)
        self._count([*plan.clauses, *plan.wanted])
        body = self._listed(plan, filters, ask, by_score=by_score)
        body |= {"size": NEAREST} if by_score else {"size": _BATCH, **_UNRANKED}
        first = True
        while True:
            (answer,) = self._ask([body])
            hits = answer["hits"]["hits"]
            if by_score:
                yield from (row for row, _ in self._ranked(ask, plan, hits, near=first)[0])
            else:
                yield from map(_row, map(_found, hits))
            if len(hits) < body["size"]:
                return
            first = False
            body = {**body, "search_after": hits[-1]["sort"]}

    def _filters(self, ask: Ask) -> list[Body]:
        return [queries.matching(self._compiler.part(node)) for node in ask.filters]

    def any_of(self, nodes: Sequence[Node], most: int) -> tuple[list[Row], list[bytes]]:
        """The best articles that hold any of the queries, scores added up; with their signatures."""
        parts = [self._compiler.part(query) for query in nodes]
        self._count([clause for part in parts for clause in _clauses(part)])
        some = {"bool": {"should": [queries.scored(part, self._idf) for part in parts], "minimum_should_match": 1}}
        (answer,) = self._ask([{**self._seen(some, []), "sort": _SORTS["relevance"], "size": max(most, NEAREST)}])
        held = self._sample(list(map(_found, answer["hits"]["hits"])))
        rows, signatures = self._opened(held).any_of(nodes, most)
        return [replace(row, reference=Reference(held.found[row.reference].order)) for row in rows], signatures

    def shown(self, references: Sequence[Reference], query: Node) -> list[Shown]:
        """What is stored of these articles, with the query marked."""
        if not references:
            return []
        wanted = {"terms": {"order": list(map(int, references))}}
        body = {**self._seen(queries.all_of([wanted]), []), "size": len(references), "_source": ["stored"]}
        (answer,) = self._ask([body])
        hits = answer["hits"]["hits"]
        held = self._sample(list(map(_found, hits)))
        stored = {_order(hit): base64.b64decode(hit["_source"]["stored"]) for hit in hits}
        held.contents = [stored[document.order] for document in held.found]
        places = {document.order: Reference(place) for place, document in enumerate(held.found)}
        if missing := [reference for reference in references if reference not in places]:
            raise IndexDamaged(f"article {missing[0]} of generation {self.name} is gone: run `tratin reindex --full`")
        return self._opened(held).shown([places[reference] for reference in references], query)

    def reference(self, id: str) -> Reference | None:
        """The article of an id; None when it is not here."""
        body = {**self._seen({"term": {"id": id}}, []), "docvalue_fields": ["order"], "size": 1}
        (answer,) = self._ask([body])
        hits = answer["hits"]["hits"]
        return Reference(_order(hits[0])) if hits else None

    def values(self, field: str) -> list[tuple[str, int]]:
        """All values of a keyword field, the most frequent first, with how many articles carry each."""
        body = {**self._seen(queries.EVERYTHING, []), "size": 0, "aggs": {"values": _terms(field, _MOST_VALUES)}}
        (answer,) = self._ask([body])
        return _values(answer, "values")

    def _facets(
        self, plan: Plan, filters: Sequence[Body], ask: Ask, answer: Answer
    ) -> dict[str, list[tuple[str, int]]]:
        """The most frequent values of each field; counted anew, of every shard all, where shards left out too many."""
        doubtful = {field: size for field, size in ask.facets.items() if not _is_exact(answer, field, size)}
        counted = answer
        if doubtful:
            aggs = {field: _terms(field, size or _EVERY, _MOST_VALUES) for field, size in doubtful.items()}
            body = {**self._seen(queries.matching(AllOf(plan.parts)), filters), "size": 0, "aggs": aggs}
            (counted,) = self._ask([body])
        return {
            field: _values(counted if field in doubtful else answer, field)[:size] for field, size in ask.facets.items()
        }

    def _seen(self, query: Body, filters: Sequence[Body]) -> Body:
        """A search for what a query finds behind filters, nothing that is withdrawn among it."""
        if filters or self._hidden:
            query = {"bool": {"must": [query], "filter": list(filters), "must_not": self._hidden}}
        return {"query": query, "_source": False, "docvalue_fields": list(_TOKENS), "track_total_hits": False}

    def _listed(self, plan: Plan, filters: Sequence[Body], ask: Ask, *, by_score: bool) -> Body:
        """A search for what matches a plan, in order."""
        if not by_score:
            sort = "newest" if ask.sort == "relevance" else ask.sort
            return {**self._seen(queries.matching(AllOf(plan.parts)), filters), "sort": _SORTS[sort]}
        query = queries.scored_all(plan.parts, self._idf)
        gains = [queries.scored(lift, self._idf) for lift in plan.lifts]
        query["bool"]["should"] = [*gains, *([queries.fresh(self._manifest.newest)] if ask.fresh else [])]
        return {**self._seen(query, filters), "sort": _SORTS["relevance"]}

    def _nearly(self, plan: Plan, filters: Sequence[Body]) -> Body:
        """A search for what holds some parts of a plan, but not all."""
        none = [queries.matching(part.part) for part in plan.parts if isinstance(part, NoneOf)]
        each = [queries.scored(part, self._idf) for part in plan.wanted]
        some: Body = {"bool": {"should": each, "minimum_should_match": 1}}
        lifts = [queries.scored(lift, self._idf) for lift in plan.lifts]
        none = [*none, queries.matching(AllOf(plan.parts))]
        some = {"bool": {"must": [some], "should": lifts, "must_not": none}}
        return {**self._seen(some, filters), "sort": _SORTS["relevance"], "size": _CANDIDATES}

    def _expected(self, plan: Plan) -> float:
        """How many articles would match if its parts had nothing to do with one another."""
        every = max(self.documents, 1)
        held = [self._by_words(part) if _is_word(part) else self._counted.get(part, every) for part in plan.wanted]
        return every * math.prod(number / every for number in held)

    def _by_words(self, clause: Clause) -> int:
        """In how many articles a word stands, without asking the cluster: in that zone where most hold it.

        What the first score counts by; the exact number is asked beside it, and ranks.
        """
        ((slot,),) = (spelling.slots for spelling in clause.spellings)
        frequencies = [self.terms.frequencies(form, [key], clause.zones)[0] for key, form in slot]
        return min(sum(frequencies), self.terms.documents)

    def _count(self, parts: Sequence[Part]) -> None:
        """Count the articles that hold each part not counted yet."""
        self._ask_counting([], parts)

    def _ask_counting(self, bodies: Sequence[Body], parts: Sequence[Part]) -> list[Answer]:
        """Searches, and beside them how many articles hold each part not counted yet, in one message."""
        new = [part for part in dict.fromkeys(parts) if part not in self._counted]
        answers = self._ask([*bodies, *map(self._total_of, map(queries.matching, new))])
        if len(self._counted) > _COUNTS:
            self._counted = {}
        self._counted.update(zip(new, map(_total, answers[len(bodies) :]), strict=True))
        return answers[: len(bodies)]

    def _total_of(self, query: Body) -> Body:
        return {**self._seen(query, []), "size": 0, "track_total_hits": True}

    def _held(self, part: Part) -> int:
        if part not in self._counted:
            self._count([part])
        return self._counted[part]

    def _idf(self, clause: Clause) -> float:
        if _is_word(clause):
            return NEWS.idf(self._by_words(clause), self.terms.documents)
        return sample.idf(self._collection, clause)

    @property
    def _collection(self) -> sample.Collection:
        return sample.Collection(
            self.terms.documents, self.documents, self._manifest.newest, self.terms.averages, self.terms, self._held
        )

    def _sample(self, found: Sequence[sample.SampleDocument]) -> sample.Sample:
        return sample.Sample(self.name, found, self._collection)

    def _opened(self, held: sample.Sample) -> ArrayGeneration:
        return sample.opened(held, self._plan)

    def _ranked(
        self, ask: Ask, plan: Plan, hits: Sequence[Answer], *, near: bool = True
    ) -> tuple[list[tuple[Row, bytes]], int]:
        """Hits in order, each with its signature, and how many of them miss a part; nearness counts where `near`."""
        held = self._sample(list({_order(hit): _found(hit) for hit in hits}.values()))
        whole = replace(ask, filters=(), first=0, most=held.size, facets={}, days=0, seconds=float("inf"))
        found = sample.opened(held, self._plan, near=near).find(whole)
        rows = [replace(row, reference=Reference(held.found[row.reference].order)) for row in found.rows]
        return list(zip(rows, found.signatures, strict=True)), found.relaxed

    def _ask(self, bodies: Sequence[Body]) -> list[Answer]:
        """Searches at this generation's point in time, in one message."""
        for pause in _PAUSES:
            point = self._point
            try:
                return self._cluster.ask([{**body, "pit": {"id": point, "keep_alive": KEEP}} for body in bodies])
            except SearchGone as error:
                self._renew(point, error, pause)
        raise IndexUnreachable("the OpenSearch cluster lost what it had opened: try again")

    def _renew(self, lost: str, error: Exception, pause: float) -> None:
        """Open another point in time at which the index is this generation.

        Where copies of shards are only just taking the places of those that were lost, the next attempt may succeed.
        """
        with self._renewing:
            if self._point != lost:
                return
            if manifests.current(self._cluster) != self.name:
                raise IndexUnreachable(
                    f"generation {self.name} was replaced and is gone: begin the list again"
                ) from error
            try:
                self._point = self._cluster.point_in_time(self._manifest.index, KEEP)
            except IndexUnreachable:
                if not pause:
                    raise IndexUnreachable("the OpenSearch cluster lost what it had opened: try again") from error
                time.sleep(pause)


_SORTS: dict[str, list[Body]] = {
    "relevance": [{"_score": "desc"}, {"day": {"order": "desc", "missing": "_last"}}, {"order": "asc"}],
    "newest": [{"day": {"order": "desc", "missing": "_last"}}, {"order": "asc"}],
    "oldest": [{"day": {"order": "asc", "missing": "_last"}}, {"order": "asc"}],
}


def _aggregations(ask: Ask) -> Body:
    counted: Body = {field: _terms(field, most or _EVERY) for field, most in ask.facets.items()}
    counted["undated"] = {"missing": {"field": "day"}}
    if ask.days:
        counted["days"] = {"histogram": {"field": "day", "interval": 1, "min_doc_count": 1}}
    return counted


def _terms(field: str, most: int, of_shard: int | None = None) -> Body:
    shown = {"field": field, "size": most, "show_term_doc_count_error": True}
    return {"terms": {**shown, "shard_size": of_shard or max(most, _SURE)}}


def _is_exact(answer: Answer, field: str, most: int | None) -> bool:
    """Whether no value that a shard left out of its own most frequent can be among those shown, or count more."""
    counted = answer["aggregations"][field]
    left_out, buckets = counted["doc_count_error_upper_bound"], counted["buckets"]
    if not left_out:
        return True
    shown = buckets[:most] if most else []
    return (
        bool(shown)
        and not any(bucket["doc_count_error_upper_bound"] for bucket in shown)
        and (shown[-1]["doc_count"] > left_out)
    )


def _days(answer: Answer, most: int) -> list[tuple[Any, int]]:
    """Days of publication and how many match each; none where they span more than `most` days."""
    buckets = answer["aggregations"]["days"]["buckets"] if most else []
    if not buckets or buckets[-1]["key"] - buckets[0]["key"] >= most:
        return []
    return [(day_at(int(bucket["key"])), bucket["doc_count"]) for bucket in buckets]


def _blocks(first: int, last: int) -> range:
    """Results are ranked in blocks, so that pages join: those that a stretch lies in, one at least."""
    begin = first // NEAREST
    return range(begin, max(-(-last // NEAREST), begin + 1))


def _values(answer: Answer, name: str) -> list[tuple[str, int]]:
    """What was counted, the most frequent first."""
    return [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"][name]["buckets"]]


def _total(answer: Answer) -> int:
    return int(answer["hits"]["total"]["value"])


def _is_word(part: Part) -> TypeGuard[Clause]:
    """Whether a clause is met wherever a single word stands, so that the lexicon can tell about how many hold it."""
    if not isinstance(part, Clause) or part.slop >= 0 or part.shield or part.days or len(part.spellings) != 1:
        return False
    (spelling,) = part.spellings
    return spelling.during is None and len(spelling.slots) == 1


def _order(hit: Answer) -> int:
    return int(hit["fields"]["order"][0])


def _row(document: sample.SampleDocument) -> Row:
    return Row(Reference(document.order), 0.0)


def _found(hit: Answer) -> sample.SampleDocument:
    fields = hit["fields"]

    def binary(name: str) -> bytes:
        return base64.b64decode(f"{fields[name][0]}==") if name in fields else b""  # it comes without padding

    day = fields.get("day")
    tokens = unpacked(binary("syllables"), binary("words"), binary("tags")) if "syllables" in fields else None
    return sample.SampleDocument(_order(hit), int(day[0]) if day else None, binary("signature"), tokens)


def _clauses(part: Part) -> list[Clause]:
    if isinstance(part, Clause):
        return [part]
    return [clause for child in part.parts for clause in _clauses(child)] if isinstance(part, AllOf | AnyOf) else []
