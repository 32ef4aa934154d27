"""Building: how a generation is written to the cluster, published, left and checked; see `index.engine.writing`."""

from __future__ import annotations

import base64
import platform
import secrets
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch

from crawler.ground.clock import stamp as stamp_now
from crawler.ground.database import copy_whole
from crawler.ground.disk import make_folder
from crawler.ground.disk import size as size_of
from crawler.ground.fault import REINDEX, Fault
from crawler.ground.lock import hold
from crawler.store.reading import KeptArticle, Verdict
from index.analysis.analyzer import analyze
from index.document import Document, signature_of
from index.engine import RETIRED_SECONDS
from index.engine.opensearch import mapping
from index.engine.opensearch.articles import actions, names_of
from index.engine.opensearch.cluster import Body, ClusterClient, Connection
from index.engine.opensearch.lexicon import Counting, LexiconFile, LexiconPart, merged
from index.engine.opensearch.manifest import (
    KEEP,
    Manifest,
    articles_of,
    current,
    earlier,
    engine_versions,
    manifest_of,
    named,
)
from index.engine.opensearch.published import fetched, files_in
from index.engine.opensearch.tokens import packed, token, zone_text
from index.engine.opensearch.verdicts import note
from index.engine.writing import Batch
from index.errors import IndexDamaged, IndexLocked, IndexRoomError, NoIndex
from index.schema import ZONES, Form

_LEASE = 60.0
"""Seconds after which a writer that says nothing any more has lost its lock."""
_PARTS = 8
"""So many parts of a lexicon become one."""
_AT_ONCE = 1_000
_PLACES = 32
"""Bits of a document's order that say its place in its build."""
_PATIENTLY = {"request_timeout": 600}
_FULL = f"{REINDEX} --full"


@dataclass(frozen=True, slots=True)
class ClusterSink:
    """Writes documents of one build to the cluster and counts their terms into a part of its lexicon."""

    connection: Connection
    index: str
    number: int
    folder: Path

    def write(self, documents: Iterable[Document], place: int) -> Batch:
        """Write documents; nothing of them shows before the index is refreshed."""
        counting = Counting()
        ClusterClient(self.connection).send(self._actions(documents, place, counting))
        batch = Batch(secrets.token_hex(8), counting.documents)
        counting.write(self.folder / f"{batch.id}.lexicon")
        return batch

    def keep(self, articles: Iterable[KeptArticle]) -> None:
        """Keep what pages show of articles; nothing is left of those that are withdrawn."""
        cluster, index = ClusterClient(self.connection), articles_of(self.index)
        gone: list[str] = []

        def written() -> Iterator[Body]:
            for article in articles:
                if article.state == "withdrawn":
                    gone.extend(names_of(article))
                else:
                    yield from actions(index, article)

        cluster.send(written())
        cluster.delete(index, gone)

    def _actions(self, documents: Iterable[Document], place: int, counting: Counting) -> Iterator[dict[str, Any]]:
        for at, document in enumerate(documents, place):
            counting.add(document)
            binary = {"stored": document.stored, "signature": signature_of(document.stored), **packed(document)}
            fields = {
                **{zone: zone_text(document, zone) for zone in ZONES},
                **{name: list(values) for name, values in document.keywords.items() if values and name != "id"},
                **{name: base64.b64encode(content).decode() for name, content in binary.items() if content},
                **({} if document.day is None else {"day": document.day}),
                "id": document.id,
                "version": document.version,
                "order": self.number << _PLACES | at,
                "build": self.number,
            }
            yield {"_index": self.index, "_id": f"{self.number}-{at}", "_source": fields}


class ClusterIndexing:
    """Makes and checks the generations of one index in the cluster; works in a folder of this machine."""

    def __init__(self, folder: Path, connection: Connection) -> None:
        self._folder, self._connection = folder, connection
        self._cluster = ClusterClient(connection)

    @contextmanager
    def writing(self, command: str) -> Iterator[None]:
        """Be the only writer, here and in the cluster; finish or undo what a writer before left behind."""
        make_folder(self._folder)
        with hold(self._folder / "LOCK", IndexLocked, over=self._folder, command=command):
            self._cluster.prepare()
            with self._leased(command):
                self._mend()
                self._sweep()
                yield

    @contextmanager
    def _leased(self, command: str) -> Iterator[None]:
        """Hold the writer's lock in the cluster and go on saying so; another folder's writer waits for `_LEASE`."""
        ours = f"{platform.node()}:{self._folder.resolve()}"
        held = self._cluster.note("lock")
        if held and held["holder"] != ours and time.time() - float(held["said"]) < _LEASE:
            where = self._connection.prefix
            raise IndexLocked(f"{held['command']} is writing to {where} from {held['holder']}: wait until it is done")
        done = threading.Event()

        def say() -> None:
            self._cluster.put_note("lock", {"holder": ours, "command": command, "said": time.time()})

        def go_on() -> None:
            while not done.wait(_LEASE / 4):
                try:
                    say()
                except IndexRoomError:
                    continue  # the cluster is away: what is being written fails by itself

        say()
        saying = threading.Thread(target=go_on, name="lease", daemon=True)
        saying.start()
        try:
            yield
        finally:
            done.set()
            saying.join()
            self._cluster.forget("lock")

    def stamp(self) -> Manifest:
        """The manifest of the generation that answers."""
        return named(self._cluster, current(self._cluster))

    def base(self, versions: Mapping[str, str]) -> Manifest | None:
        """The generation to go on from; None when there is none, or when other versions made it."""
        try:
            manifest = self.stamp()
        except NoIndex:
            return None
        return manifest if manifest.versions == engine_versions(versions) else None

    def begin(self, *, full: bool) -> ClusterBuild:
        """Begin a generation: in an index of its own when `full`, else in that of the one that answers."""
        try:
            before: Manifest | None = self.stamp()
        except NoIndex:
            before = None
        except IndexDamaged:
            if not full:
                raise
            before = None
        numbers = [int(name.partition("-")[0]) for name, _ in earlier(self._cluster)]
        number = max([*numbers, before.number if before else 0]) + 1
        name = f"{number:06d}-{secrets.token_hex(2)}"
        folder = self._folder / "building"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        index = f"{self._connection.prefix}-{name}" if full or before is None else before.index
        self._cluster.put_note("building", {"number": number, "index": index, "own": full or before is None})
        if full or before is None:
            parts = self._connection.shards, self._connection.replicas
            with self._cluster.asking() as client:
                client.indices.create(index=index, body=mapping.documents(*parts))
                client.indices.create(index=articles_of(index), body=mapping.articles(*parts))
        base = None if full else before
        sink = ClusterSink(self._connection, index, number, folder)
        return ClusterBuild(self._cluster, self._folder, name, base, sink)

    def _mend(self) -> None:
        """Finish what was being published, undo what was only being written."""
        left = self._cluster.note("building")
        if left is None:
            return
        if "manifest" in left:
            publish(self._cluster, manifest_of(left["manifest"]), left["gone"])
        else:
            undo(self._cluster, left)

    def _sweep(self) -> None:
        """Remove generations that were replaced long enough ago."""
        retired: list[tuple[str, float]] = []
        gone: list[tuple[str, float]] = []
        for name, when in earlier(self._cluster):
            (gone if when < time.time() - RETIRED_SECONDS else retired).append((name, when))
        if not gone:
            return
        staying = [self.stamp(), *(named(self._cluster, name) for name, _ in retired)]
        self._cluster.put_note("current", {"generation": staying[0].generation, "earlier": retired})
        for name, _ in gone:
            manifest = named(self._cluster, name)
            with self._cluster.asking() as client:
                if all(other.index != manifest.index for other in staying):
                    drop(client, manifest.index)
                client.delete_pit(body={"pit_id": [manifest.point]}, params={"ignore": 404})
            for file in manifest.files.difference(*(other.files for other in staying)):
                self._cluster.delete_file(file)
                (files_in(self._folder) / file).unlink(missing_ok=True)
            self._cluster.forget(f"generation {name}")

    def note_verdicts(self, verdicts: Mapping[str, Verdict], change: int) -> Mapping[str, Verdict]:
        """Note in the cluster what was decided about articles' being shown."""
        return note(self._cluster, verdicts, change)

    def inspected(self) -> tuple[ClusterInspection | None, list[Fault]]:
        """The generation that answers, and what is wrong with what was written of it."""
        try:
            manifest = self.stamp()
        except NoIndex:
            return None, []
        except IndexDamaged as error:
            return None, [_fault(self._connection.prefix, str(error))]
        manifest.check({})
        faults = []
        try:
            for part in lexicon_parts(self._folder, self._cluster, manifest):
                part.file.verify()
            for file in manifest.attached.values():
                for _ in self._cluster.file(file):  # each piece is held against its checksum
                    pass
        except IndexDamaged as error:
            faults.append(_fault(manifest.generation, str(error)))
        inspection = ClusterInspection(self._cluster, manifest)
        if (held := inspection.documents()) != manifest.documents:
            what = f"{held} articles are in the cluster, {manifest.documents} were published"
            faults.append(_fault(manifest.index, what))
        if (shown := inspection.texts()) != manifest.documents:
            what = f"the texts of {shown} articles are in the cluster, {manifest.documents} were published"
            faults.append(_fault(manifest.articles, what))
        return inspection, faults

    def size(self) -> int:
        """Bytes that the indices take on all nodes, and the lexicon on this disk."""
        with self._cluster.asking() as client:
            found = client.indices.stats(index=f"{self._connection.prefix}-0*", metric="store")
        return int(found["_all"]["total"].get("store", {}).get("size_in_bytes", 0)) + size_of(self._folder)


class ClusterBuild:
    """One generation on its way."""

    def __init__(
        self, cluster: ClusterClient, folder: Path, name: str, base: Manifest | None, sink: ClusterSink
    ) -> None:
        self._cluster, self._folder, self._name, self._base = cluster, folder, name, base
        self.sink = sink
        self._batches: list[Batch] = []
        self._gone: list[str] = []
        self._attached: dict[str, str] = {}

    def delete(self, ids: Iterable[str]) -> set[str]:
        """Note which articles are there to be left out; they go when the build is published."""
        wanted, there = list(ids), set()
        for first in range(0, len(wanted) if self._base else 0, _AT_ONCE):
            query = {"terms": {"id": wanted[first : first + _AT_ONCE]}}
            with self._cluster.asking() as client:
                body = {"query": query, "size": 2 * _AT_ONCE, "_source": ["id"]}
                hits = client.search(index=self.sink.index, body=body)["hits"]["hits"]
            there |= {hit["_source"]["id"] for hit in hits}
            self._gone += [hit["_id"] for hit in hits]
        return there

    def take(self, batch: Batch) -> None:
        """Take what the sink has written."""
        self._batches.append(batch)

    def attach(self, name: str, database: Path) -> None:
        """Copy a database into this machine's files, to be put where front ends fetch it."""
        file = f"{self._name}.{name}"
        copy_whole(database, (aside := self.sink.folder / file))
        with closing(sqlite3.connect(aside)) as copy:  # nobody writes to it any more
            copy.execute("PRAGMA journal_mode = DELETE")
        make_folder(files_in(self._folder))
        aside.replace(files_in(self._folder) / file)
        self._attached[name] = file

    def publish(self, versions: Mapping[str, str], change: int) -> Manifest:
        """Put the lexicon and what is attached where front ends fetch it, then let the generation answer."""
        manifest = Manifest(
            generation=self._name,
            number=self.sink.number,
            index=self.sink.index,
            point="",
            versions=engine_versions(versions),
            change=change,
            made=stamp_now(),
            documents=0,
            newest=0,
            lexicon=self._lexicon(),
            attached=self._attached,
        )
        for file in self._attached.values():
            self._cluster.put_file(file, files_in(self._folder) / file)
        note = {"number": self.sink.number, "index": self.sink.index, "own": self._base is None}
        if self._base is None:
            averages = LexiconFile(lexicon_parts(self._folder, self._cluster, manifest)).averages
            self._cluster.set_closed(self.sink.index, mapping.similarities(averages))
        self._cluster.put_note("building", {**note, "manifest": manifest.as_note(), "gone": self._gone})
        return publish(self._cluster, manifest, self._gone)

    def _lexicon(self) -> tuple[str, ...]:
        """The parts of the base and one of what was written; many become one."""
        before = self._base.lexicon if self._base else ()
        own = [self.sink.folder / f"{batch.id}.lexicon" for batch in self._batches]
        parts = list(map(LexiconPart, own))
        if len(before) >= _PARTS and self._base:
            parts = [*lexicon_parts(self._folder, self._cluster, self._base), *parts]
            before = ()
        if not parts and before:
            return before
        name = f"{self._name}.lexicon"
        make_folder(files_in(self._folder))
        path = files_in(self._folder) / name
        path.unlink(missing_ok=True)
        if parts:
            merged(parts, path)
        else:
            Counting().write(path)
        self._cluster.put_file(name, path)
        return (*before, name)

    def abandon(self) -> None:
        """Leave nothing behind; what is being published already is finished by the next writer."""
        left = self._cluster.note("building")
        if left is not None and "manifest" not in left:
            undo(self._cluster, left)
        shutil.rmtree(self.sink.folder, ignore_errors=True)


def publish(cluster: ClusterClient, manifest: Manifest, gone: list[str]) -> Manifest:
    """Take out what is gone, let all of it show, and name the generation that answers. Each step can be done again."""
    cluster.delete(manifest.index, gone)
    with cluster.asking() as client:
        client.indices.refresh(index=f"{manifest.articles},{manifest.index}", params=_PATIENTLY)
    point = cluster.point_in_time(manifest.index, KEEP)
    (answer,) = cluster.ask(
        [{"size": 0, "track_total_hits": True, "aggs": {"newest": {"max": {"field": "day"}}}, "pit": {"id": point}}]
    )
    newest = answer["aggregations"]["newest"]["value"]
    documents = int(answer["hits"]["total"]["value"])
    manifest = replace(manifest, point=point, documents=documents, newest=int(newest or 0))
    cluster.put_note(f"generation {manifest.generation}", manifest.as_note())
    alias = cluster.connection.prefix
    with cluster.asking() as client:
        swap = [
            {"remove": {"index": f"{alias}-0*", "alias": alias, "must_exist": False}},
            {"add": {"index": manifest.index, "alias": alias}},
        ]
        client.indices.update_aliases(body={"actions": swap})
    try:
        before = current(cluster)
    except NoIndex:
        retired = []
    else:
        retired = [pair for pair in earlier(cluster) if pair[0] != manifest.generation]
        if before != manifest.generation:
            retired.insert(0, (before, time.time()))
    cluster.put_note("current", {"generation": manifest.generation, "earlier": retired})
    cluster.forget("building")
    return manifest


def undo(cluster: ClusterClient, left: Mapping[str, Any]) -> None:
    """Take out what a build has written and never published.

    Texts that were brought up to the store stay as they are: pages may show more than is found yet, never less.
    """
    with cluster.asking() as client:
        if left["own"]:
            drop(client, left["index"])
        elif client.indices.exists(index=left["index"]):
            client.indices.refresh(index=left["index"], params=_PATIENTLY)
            cluster.delete(left["index"], cluster.ids(left["index"], {"term": {"build": left["number"]}}))
            client.indices.refresh(index=left["index"], params=_PATIENTLY)
    cluster.forget("building")


def lexicon_parts(folder: Path, cluster: ClusterClient, manifest: Manifest) -> list[LexiconPart]:
    """The parts of a generation's lexicon; those that this machine has not seen yet are fetched."""
    return [LexiconPart(path) for path in fetched(folder, cluster, manifest.lexicon)]


def drop(client: OpenSearch, index: str) -> None:
    """Delete an index of documents and that of their articles, as far as they are there."""
    client.indices.delete(index=f"{index},{articles_of(index)}", params={"ignore_unavailable": "true"})


@dataclass(frozen=True, slots=True)
class ClusterInspection:
    """The generation that answers, to be checked."""

    cluster: ClusterClient
    stamp: Manifest

    def documents(self) -> int:
        """How many articles the index holds."""
        with self.cluster.asking() as client:
            return int(client.count(index=self.stamp.index)["count"])

    def texts(self) -> int:
        """How many articles' texts are there."""
        with self.cluster.asking() as client:
            body = {"query": {"exists": {"field": "state"}}}
            return int(client.count(index=self.stamp.articles, body=body)["count"])

    def versions_held(self) -> dict[str, int]:
        """Id and version of every article."""
        held: dict[str, int] = {}
        after: list[Any] | None = None
        while True:
            body: dict[str, Any] = {
                "size": 5_000,
                "_source": ["id", "version"],
                "sort": [{"order": "asc"}],
                **({"search_after": after} if after else {}),
            }
            with self.cluster.asking() as client:
                hits = client.search(index=self.stamp.index, body=body)["hits"]["hits"]
            if not hits:
                return held
            held.update((hit["_source"]["id"], int(hit["_source"]["version"])) for hit in hits)
            after = hits[-1]["sort"]

    def answers(self, id: str) -> bool:
        """Whether every word of an article's title leads to it."""
        from index.document import Stored

        with self.cluster.asking() as client:
            body = {"query": {"term": {"id": id}}, "_source": ["stored"]}
            hits = client.search(index=self.stamp.index, body=body)["hits"]["hits"]
            if not hits:
                return False
            title = Stored.read(base64.b64decode(hits[0]["_source"]["stored"])).title
            keys = sorted(set(analyze(title).syllables))
            terms = [{"term": {"title": token(key, Form.SYLLABLE)}} for key in keys]
            query = {"bool": {"filter": [{"term": {"id": id}}, *terms]}}
            return bool(client.count(index=self.stamp.index, body={"query": query})["count"])


def _fault(where: str, what: str) -> Fault:
    return Fault(where, what.partition(": run `")[0], "nothing: the index is made from the store", _FULL)
