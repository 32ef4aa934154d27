"""Bring the index up to the store: what changed since the last time, or everything anew.

Two passes over each article, both in worker processes: the first interprets it (officials, topics), then this process
alone resolves officials to their stable ids, and the second analyses it and writes it into a segment. Passes overlap.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from crawler.article import Article
from crawler.store.reading import StoreReader
from index import generations
from index.document import IndexedOfficial
from index.errors import NoIndex
from index.flat.segment import MAX_DOCUMENTS
from index.officials.found import FoundOfficial
from index.stamp import SegmentEntry, Stamp, engine_versions, read_stamp
from index.workers import Methods, Prepared, prepare, processes, write
from index.writer import GenerationWriter

_CHUNK = 200
"""Articles interpreted in one go."""
_FLUSH = 5_000
"""Articles written into one segment in one go: about 150 MB in a worker."""
_SMALL = 400
"""Fewer changes than this are done in this process: starting others takes longer."""
_INCREMENTAL_MERGE = 8192
"""Segments up to this many documents are merged by an incremental run; larger ones wait for a full one."""

Resolve = Callable[[Article, Sequence[FoundOfficial]], Sequence[IndexedOfficial]]
"""Gives the officials found in an article their stable ids. Called in this process, in the order of store changes."""
Progress = Callable[[int, int], None]
"""Called with how many articles are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a reindex did."""

    documents: int
    """Articles that the index now holds."""
    added: int
    changed: int
    removed: int
    """Withdrawn articles that were in the index."""
    seconds: float
    generation: str


def reindex(
    store: StoreReader,
    index: Path,
    *,
    methods: Methods,
    resolve: Resolve,
    versions: Mapping[str, str],
    full: bool = False,
    jobs: int = 1,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Index what the store gained since the last time; everything when `full`, or when `versions` differ.

    Readers see the old generation until the new one is complete. Whatever interrupts this leaves the old one.

    Raises:
        IndexLocked: another command is writing.
        IndexDamaged: the index to go on from cannot be read: index everything.
    """
    began = time.monotonic()
    with generations.writing(index, "tratin reindex"):
        base = None if full else _base(index, versions)
        last = store.last_change()
        changes = list(store.changes(base.change if base else 0))
        if base and not changes:
            return Report(base.documents, 0, 0, 0, time.monotonic() - began, base.generation)
        wanted = [change.id for change in changes if change.state != "withdrawn"]
        writer = GenerationWriter(index, base)
        try:
            there = writer.delete(change.id for change in changes)
            with processes(jobs if len(wanted) > _SMALL else 1, store.path, methods) as pool:
                for entry in _segments(pool, writer.folder, wanted, resolve, progress):
                    writer.take(entry)
            writer.tidy(_INCREMENTAL_MERGE if base else MAX_DOCUMENTS)
            stamp = writer.commit(versions, last)
        except BaseException:
            writer.abandon()
            raise
    known = there.intersection(wanted)
    return Report(
        documents=stamp.documents,
        added=len(wanted) - len(known),
        changed=len(known),
        removed=len(there) - len(known),
        seconds=time.monotonic() - began,
        generation=stamp.generation,
    )


def _base(index: Path, versions: Mapping[str, str]) -> Stamp | None:
    """The generation to go on from; None when there is none, or when it was made by other versions."""
    try:
        stamp = read_stamp(index / generations.current(index))
    except NoIndex:
        return None
    return stamp if stamp.versions == engine_versions(versions) else None


def _segments(
    pool: Executor, folder: Path, ids: Sequence[str], resolve: Resolve, progress: Progress
) -> Iterator[SegmentEntry]:
    """Interpret, resolve and write the articles; gives the segments in the order of the ids."""
    ready: list[Prepared] = []
    written: deque[Future[SegmentEntry]] = deque()
    done = 0
    for chunk in _in_order(pool, ids):
        ready += [
            Prepared(article, topics, tuple(resolve(article, found)) if found else ())
            for article, topics, found in chunk
        ]
        done += len(chunk)
        progress(done, len(ids))
        if len(ready) >= _FLUSH:
            written.append(pool.submit(write, folder, ready))
            ready = []
        while written and written[0].done():
            yield written.popleft().result()
    if ready:
        written.append(pool.submit(write, folder, ready))
    while written:
        yield written.popleft().result()


def _in_order(pool: Executor, ids: Sequence[str]) -> Iterator[list[Any]]:
    """Interpreted chunks in the order of the ids, a few of them worked on ahead."""
    rest = iter(ids)
    chunks = iter(lambda: list(islice(rest, _CHUNK)), [])
    ahead = deque(pool.submit(prepare, chunk) for chunk in islice(chunks, 8))
    while ahead:
        yield ahead.popleft().result()
        if chunk := next(chunks, None):
            ahead.append(pool.submit(prepare, chunk))
