"""What pages show of articles, in the cluster: texts and versions, asked by id, a few in one message.

Written with every build beside the documents that are searched, from what the store keeps. Of an article that was
withdrawn nothing is left there after the next build, and nothing of it is shown from the moment at which that is noted.
"""

from __future__ import annotations

import base64
import json
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from crawler.article import Article
from crawler.store.reading import Coverage, Departure, KeptArticle, Verdict, VersionNote
from index.engine.opensearch import manifest as manifests
from index.engine.opensearch import verdicts
from index.engine.opensearch.cluster import Body, ClusterClient, Connection
from index.errors import IndexDamaged, IndexRoomError, IndexUnreachable

_LOOK_EVERY = 0.3
"""Seconds for which what is withdrawn is not asked for again."""
_HEADS = 500
"""So many articles are remembered."""
_AT_ONCE = 10
_BUCKETS = 1_000


def article_id(id: str, version: int) -> str:
    """The name of the document that holds a version that is not the one shown; no article's id has an @."""
    return f"{id}@{version}"


def actions(index: str, article: KeptArticle) -> Iterator[Body]:
    """What is written of an article that may be shown."""
    texts = {stored.note.version: base64.b64encode(stored.content).decode() for stored in article.versions}
    notes = [stored.note for stored in article.versions]
    head = {
        "state": article.state,
        "removed": article.removed,
        "source": article.source,
        "month": article.published[:7] if article.published else None,
        "version": article.version,
        "change": article.change,
        "urls": list(article.urls),
        "versions": [[note.version, note.title, note.sha256, note.kept] for note in notes],
        "text": texts.pop(article.version),
    }
    yield {
        "_index": index,
        "_id": article.id,
        "_source": {name: value for name, value in head.items() if value is not None},
    }
    for version, text in texts.items():
        yield {"_index": index, "_id": article_id(article.id, version), "_source": {"text": text}}


def names_of(article: KeptArticle) -> Iterator[str]:
    """The documents that may have been written of an article."""
    yield article.id
    yield from (article_id(article.id, version.note.version) for version in article.versions)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of the articles as long as generation and withdrawals are these."""

    generation: str
    number: int
    withdrawn: Mapping[str, Verdict]
    index: str
    heads: OrderedDict[str, Mapping[str, Any]] = field(default_factory=OrderedDict)
    """Documents of articles that were asked for last, by id."""


class ClusterArticles:
    """The articles of the generation that answers; see `crawler.store.reading.Articles`."""

    def __init__(self, connection: Connection) -> None:
        self.cluster = ClusterClient(connection)
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._last: _Seen | IndexRoomError | None = None

    def reconnect(self) -> None:
        """Forget what was looked up; the client's connections are the new process's own by themselves."""
        self._lock = threading.Lock()
        self._looked = float("-inf")

    def last_change(self) -> int:
        """The number of the withdrawals' note."""
        return self._known().number

    def withdrawn(self) -> frozenset[str]:
        """Articles that must not be shown."""
        return frozenset(self._known().withdrawn)

    def state(self, id: str) -> str | None:
        """live, withdrawn or removed; None when unknown."""
        known = self._known()
        if id in known.withdrawn:
            return "withdrawn"
        head = self._head(known, id)
        return str(head["state"]) if head else None

    def get(self, id: str, version: int | None = None) -> Article | None:
        """The article (the version shown, or that one); None when unknown."""
        known = self._known()
        head = self._head(known, id)
        if head is None or version in (None, head["version"]):
            return _article(id, head) if head else None
        name = article_id(id, version or 0)
        held = self.cluster.documents([{"_index": known.index, "_id": name}])
        return _article(name, held[name]) if name in held else None

    def texts(self, ids: Iterable[str]) -> Iterator[Article]:
        """The versions shown of those of these articles that are known, in this order; ten in one message."""
        left = iter(ids)
        while some := list(islice(left, _AT_ONCE)):
            heads = self._heads(self._known(), some)
            yield from (_article(id, heads[id]) for id in some if id in heads)

    def versions(self, id: str) -> tuple[VersionNote, ...]:
        """All kept versions, oldest first."""
        head = self._head(self._known(), id)
        return tuple(VersionNote(*note) for note in head["versions"]) if head else ()

    def aliases(self, id: str) -> tuple[str, ...]:
        """Every URL that leads to the article, its canonical one first."""
        head = self._head(self._known(), id)
        return tuple(head["urls"]) if head else ()

    def revised(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Articles that have more than one version, as (id, version shown), the latest change first."""
        found = self._found({"range": {"version": {"gt": 1}}}, "change", limit, "version")
        return tuple((id, int(version)) for id, version in found)

    def departed(self, limit: int) -> tuple[Departure, ...]:
        """Articles that are withdrawn or removed, the latest first."""
        removed = [
            Departure(at, id, "removed") for id, at in self._found({"exists": {"field": "removed"}}, "removed", limit)
        ]
        gone = [Departure(verdict.at, id, "withdrawn") for id, verdict in self._known().withdrawn.items()]
        return tuple(sorted([*removed, *gone], key=lambda departure: departure.at, reverse=True)[:limit])

    def coverage(self) -> tuple[Coverage, ...]:
        """Articles by source and month of publication."""
        known = self._known()
        by = [{name: {"terms": {"field": name, "missing_bucket": True}}} for name in ("source", "month")]
        rows: list[Coverage] = []
        after: Body | None = None
        while True:
            composite: Body = {"size": _BUCKETS, "sources": by, **({"after": after} if after else {})}
            body = {"query": _shown(known), "size": 0, "aggs": {"held": {"composite": composite}}}
            (answer,) = self.cluster.ask([body], known.index)
            held = answer["aggregations"]["held"]
            rows += [
                Coverage(bucket["key"]["source"], bucket["key"]["month"], bucket["doc_count"])
                for bucket in held["buckets"]
            ]
            if (after := held.get("after_key")) is None:
                return tuple(sorted(rows, key=lambda row: (row.source or "", row.month or "")))

    def count(self) -> int:
        """How many articles may be shown."""
        known = self._known()
        (answer,) = self.cluster.ask([{"query": _shown(known), "size": 0, "track_total_hits": True}], known.index)
        return int(answer["hits"]["total"]["value"])

    def _found(self, query: Body, order: str, most: int, *fields: str) -> list[tuple[str, Any]]:
        """Articles that a query finds, those with the highest of a field first, with a field each."""
        known = self._known()
        wanted = fields[0] if fields else order
        body = {
            "query": {"bool": {"filter": [_shown(known), query]}},
            "size": most,
            "sort": [{order: "desc"}],
            "_source": [wanted],
        }
        (answer,) = self.cluster.ask([body], known.index)
        return [(hit["_id"], hit["_source"][wanted]) for hit in answer["hits"]["hits"]]

    def _head(self, known: _Seen, id: str) -> Mapping[str, Any] | None:
        return self._heads(known, [id]).get(id)

    def _heads(self, known: _Seen, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        """The documents of these articles, as far as they are known."""
        wanted = list(dict.fromkeys(ids))
        with self._lock:
            found = {id: known.heads[id] for id in wanted if id in known.heads}
        fetched = self.cluster.documents([{"_index": known.index, "_id": id} for id in wanted if id not in found])
        fetched = {id: head for id, head in fetched.items() if "version" in head}
        with self._lock:
            known.heads.update(fetched)
            while len(known.heads) > _HEADS:
                known.heads.popitem(last=False)
        return {**found, **fetched}

    def _known(self) -> _Seen:
        """What is known, as it was a moment ago at most."""
        with self._lock:
            now = time.monotonic()
            if now - self._looked >= _LOOK_EVERY:
                try:
                    self._last = self._look(self._last if isinstance(self._last, _Seen) else None)
                except IndexRoomError as error:
                    self._last = error
                self._looked = now
            last = self._last
        if isinstance(last, _Seen):
            return last
        raise IndexUnreachable(str(last)) from last

    def _look(self, before: _Seen | None) -> _Seen:
        notes = self.cluster.notes({"current": ["generation"], verdicts.NOTE: ["number"]})
        generation = str(notes["current"]["generation"]) if "current" in notes else manifests.current(self.cluster)
        number = int(notes.get(verdicts.NOTE, {}).get("number", 0))
        if before and (before.generation, before.number) == (generation, number):
            return before
        index = manifests.named(self.cluster, generation).articles
        if before and before.number == number:
            return _Seen(generation, number, before.withdrawn, index)
        note = self.cluster.note(verdicts.NOTE) or {}
        withdrawn = {id: verdict for id, verdict in verdicts.verdicts_of(note).items() if verdict.withdrawn}
        return _Seen(generation, int(note.get("number", 0)), withdrawn, index)


def _shown(known: _Seen) -> Body:
    """Articles that may be shown: other versions' documents have no state."""
    hidden = [{"ids": {"values": sorted(known.withdrawn)}}] if known.withdrawn else []
    return {"bool": {"filter": [{"exists": {"field": "state"}}], "must_not": hidden}}


def _article(name: str, document: Mapping[str, Any]) -> Article:
    try:
        return Article.from_json(json.loads(zlib.decompress(base64.b64decode(document["text"]))))
    except (KeyError, ValueError, zlib.error) as error:
        raise IndexDamaged(
            f"the text of {name} is damaged in the cluster ({error}): `tratin reindex --full`"
        ) from error
