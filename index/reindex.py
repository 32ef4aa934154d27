"""Bring the index up to the store: what changed since the last time, or everything anew.

Three steps. Worker processes recognise officials in what the registry has not seen; this process writes them down and
decides who is who, for older articles too where the new ones shed light on them; worker processes then classify,
analyse and write.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from crawler.store.reading import StoreReader
from index.document import IndexedOfficial
from index.engine.writing import Batch, Build, Indexing, Sink
from index.officials.registry.entry import RegistryEntry
from index.officials.registry.rows import FILE
from index.workers import Methods, keep, processes, recognize, write

_CHUNK = 200
"""Articles recognised in one go."""
_FLUSH = 4_000
"""Articles written in one go, at most: about 150 MB in a worker."""
_SMALL = 400
"""Fewer changes than this are done in this process: starting others takes longer."""

OnStep = Callable[[str, int, int], None]
"""Called with the step, how many articles are done in it, and of how many."""
R = TypeVar("R")


class OfficialsRegistry(Protocol):
    """Who is who over all articles: `index.officials.registry.Registry`."""

    @property
    def path(self) -> Path:
        """Where it is kept."""

    def recorded(self, id: str) -> str | None:
        """The digest of an article as it was recorded; None when it was not."""

    def keep_only(self, ids: Collection[str]) -> None:
        """Drop what was found in all articles but these."""

    def record(self, entry: RegistryEntry) -> None:
        """Keep what was found in an article."""

    def forget(self, id: str) -> None:
        """Drop what was found in an article."""

    def resolve_all(self) -> Sequence[str]:
        """Decide who is who; the articles whose officials are new or other than in the index."""

    def indexed(self) -> None:
        """The index holds what `resolve_all` told last."""

    def officials_of(self, articles: Iterable[str]) -> Mapping[str, Sequence[IndexedOfficial]]:
        """The officials of these articles as last resolved."""


@dataclass(frozen=True, slots=True)
class RecognitionFault:
    """An article whose officials could not be recognised."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a reindex did."""

    documents: int
    """Articles that the index now holds."""
    added: int
    changed: int
    """Articles with another text, or with other officials than before."""
    removed: int
    """Withdrawn articles that were in the index."""
    seconds: float
    generation: str
    faults: tuple[RecognitionFault, ...]
    """Articles indexed without their officials, and why."""
    withdrawn_elsewhere: tuple[str, ...] = ()
    """Articles that another store's `withdraw` took out of sight and this one would show: they stay out of sight."""


def reindex(
    store: StoreReader,
    index: Indexing,
    *,
    methods: Methods,
    officials: OfficialsRegistry,
    versions: Mapping[str, str],
    full: bool = False,
    jobs: int = 1,
    progress: OnStep = lambda step, done, total: None,
) -> Report:
    """Index what the store gained since the last time; everything when `full`, or when `versions` differ.

    Readers see the old generation until the new one is complete. Whatever interrupts this leaves the old one.

    Raises:
        IndexLocked: another command is writing.
        IndexDamaged: the index to go on from cannot be read: index everything.
        RegistryError: the officials' registry cannot be written, or its corrections have a mistake.
    """
    began = time.monotonic()
    with index.writing("tratin reindex"):
        base = None if full else index.base(versions)
        last = store.last_change()
        unseen = _withdrawn_elsewhere(index, store, last)
        changes = list(store.changes(base.change if base else 0))
        latest = store.latest_versions((change.id for change in changes) if base else None)
        wanted = [change.id for change in changes if change.id in latest]
        jobs = jobs if len(wanted) > _SMALL else 1
        with processes(jobs, store.path, methods) as pool:
            for change in changes:
                if change.id not in latest:
                    officials.forget(change.id)
            if base is None:
                officials.keep_only(latest)
            faults = _recognize(pool, officials, wanted, progress)
            renamed = set(officials.resolve_all()).difference(wanted)
            others = sorted(store.latest_versions(renamed)) if base else []
            if base and not changes and not others:
                seconds = time.monotonic() - began
                return Report(base.documents, 0, 0, 0, seconds, base.generation, (), unseen)
            build = index.begin(full=base is None)
            with _abandoned_if_broken(build):
                there = build.delete([*(change.id for change in changes), *others])
                for batch in _written(pool, jobs, build.sink, [*wanted, *others], officials, progress):
                    build.take(batch)
                copied = [change.id for change in changes] if base else wanted
                for _ in _in_order(pool, keep, ((build.sink, part) for part in _parts(copied, _FLUSH))):
                    pass
        # The workers are gone: their memory is free for what publishing takes.
        with _abandoned_if_broken(build):
            build.attach(FILE, officials.path)
            stamp = build.publish(versions, last)
        officials.indexed()
    again = there.intersection(wanted)
    return Report(
        documents=stamp.documents,
        added=len(wanted) - len(again),
        changed=len(again) + len(others),
        removed=len(there) - len(again) - len(there.intersection(others)),
        seconds=time.monotonic() - began,
        generation=stamp.generation,
        faults=tuple(faults),
        withdrawn_elsewhere=unseen,
    )


def index_apart(
    ids: Sequence[str],
    store: Path,
    index: Indexing,
    *,
    methods: Methods,
    officials: OfficialsRegistry,
    versions: Mapping[str, str],
) -> None:
    """Index only these articles, in an index of their own, with the officials that the registry has resolved."""
    with index.writing("tratin alert"), processes(1, store, methods) as pool:
        build = index.begin(full=True)
        with _abandoned_if_broken(build):
            for batch in _written(pool, 1, build.sink, ids, officials, lambda step, done, total: None):
                build.take(batch)
            build.publish(versions, 0)


def _withdrawn_elsewhere(index: Indexing, store: StoreReader, change: int) -> tuple[str, ...]:
    """Tell readers what is withdrawn here; what stays out of sight that is not."""
    verdicts = store.verdicts()
    held = index.note_verdicts(verdicts, change)
    here = {id for id, verdict in verdicts.items() if verdict.withdrawn}
    return tuple(sorted(id for id, verdict in held.items() if verdict.withdrawn and id not in here))


@contextmanager
def _abandoned_if_broken(build: Build) -> Iterator[None]:
    """Leave nothing of a generation behind when writing it fails."""
    try:
        yield
    except BaseException:
        build.abandon()
        raise


def _recognize(
    pool: Executor, officials: OfficialsRegistry, ids: Sequence[str], progress: OnStep
) -> list[RecognitionFault]:
    """Recognise officials in those of these articles that changed, and record them, in the order of the ids."""
    faults: list[RecognitionFault] = []
    done = 0
    parts = (([(id, officials.recorded(id)) for id in part],) for part in _parts(ids, _CHUNK))
    for chunk in _in_order(pool, recognize, parts):
        for entry, fault in chunk:
            officials.record(entry)
            if fault:
                faults.append(RecognitionFault(entry.id, fault))
        done = min(done + _CHUNK, len(ids))
        progress("officials", done, len(ids))
    return faults


def _written(
    pool: Executor, jobs: int, sink: Sink, ids: Sequence[str], officials: OfficialsRegistry, progress: OnStep
) -> Iterator[Batch]:
    """Classify, analyse and write these articles; the batches in the order of the ids, as many for every job."""
    rounds = -(-len(ids) // (_FLUSH * jobs)) or 1
    size = -(-len(ids) // (rounds * jobs)) or 1
    named = enumerate(_named(_parts(ids, size), officials))
    parts = ((sink, [(id, tuple(names[id])) for id in part], number * size) for number, (part, names) in named)
    done = 0
    for batch in _in_order(pool, write, parts):
        yield batch
        done += batch.documents
        progress("index", done, len(ids))


def _named(
    parts: Iterable[Sequence[str]], officials: OfficialsRegistry
) -> Iterator[tuple[Sequence[str], Mapping[str, Sequence[IndexedOfficial]]]]:
    for part in parts:
        yield part, officials.officials_of(part)


def _parts(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    return (ids[first : first + most] for first in range(0, len(ids), most))


def _in_order(pool: Executor, work: Callable[..., R], parts: Iterable[tuple[object, ...]]) -> Iterator[R]:
    """What the pool makes of the parts, in their order, a few of them worked on ahead."""
    calls = iter(parts)
    ahead: deque[Future[R]] = deque(pool.submit(work, *call) for call in islice(calls, 6))
    while ahead:
        yield ahead.popleft().result()
        if (call := next(calls, None)) is not None:
            ahead.append(pool.submit(work, *call))
