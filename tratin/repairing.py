"""Repairing: mends what can be mended from what is there, and says what it did. What is lost needs a backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from crawler.archive import Archive
from crawler.captures import INDEX
from crawler.errors import StoreLocked
from crawler.frontier import Frontier
from crawler.ground import disk
from crawler.ground.clock import now, stamp
from crawler.ground.database import open_writing
from crawler.ground.fault import REINDEX, REPAIR
from crawler.ground.lock import hold
from crawler.ground.seal import SUFFIX, seal_of
from crawler.ground.verifying import check_database
from crawler.store.verifying import verify_store
from crawler.store.writing import Store
from index.officials.registry.registry import Registry
from tratin.alerts.ledger import Ledger
from tratin.settings import Settings
from tratin.settings_seal import ALERTS, FILES, SEAL, seal_settings
from tratin.verifying import Verification

Reindex = Callable[[], object]
_BESIDE = ("", "-wal", "-shm", SUFFIX)


def repair(settings: Settings, found: Verification, reindex_full: Reindex) -> Iterator[str]:
    """Mend the faults that `found` names, one after the other; gives what was done, in words.

    Nothing that may still be of use is deleted: a damaged database is moved aside to `NAME.damaged`.

    Raises:
        CrawlerError: another command is writing.
    """
    where = {fault.where for fault in found.faults if fault.mend == REPAIR}
    yield from _store(settings, where)
    yield from _archive(settings, where)
    yield from _frontier(settings, where)
    anew = bool(found.missing or found.extra or found.other_version or found.unanswered)
    anew = anew or any(fault.mend.startswith(REINDEX) for fault in found.faults)
    if _touches(settings.registry_path, where):
        if check_database(settings.registry_path).damage or not settings.registry_path.is_file():
            _move_aside(settings.registry_path)
            yield f"{settings.registry_path} is written anew from the store"
        else:
            seal_of(settings.registry_path).unlink(missing_ok=True)
            with Registry(settings.registry_path) as registry:
                registry.read_again()
            yield f"{settings.registry_path}: every article is read again"
        anew = True
    if anew:
        reindex_full()
        yield "the index is built anew from the store"
    if str(settings.data / SEAL) in where:
        (settings.data / SEAL).unlink(missing_ok=True)
        seal_settings(settings.data, (*FILES, ALERTS))
        yield f"{settings.data / SEAL} is written anew"
    if str(seal_of(settings.ledger_path)) in where:
        seal_of(settings.ledger_path).unlink(missing_ok=True)
        with Ledger(settings.ledger_path):
            yield f"{settings.ledger_path} is sealed anew"


def _touches(path: Path, where: set[str]) -> bool:
    return str(path) in where or str(seal_of(path)) in where


def _store(settings: Settings, where: set[str]) -> Iterator[str]:
    path = settings.store_path
    if _touches(path, where):
        yield f"{path} is written anew from its rows"
        _rewrite(path)
    if path.is_file():
        with suppress(sqlite3.Error), Store(path) as store, store.committing():
            shown = store.show_newest()
        if shown:
            yield f"the newest version is shown again of {', '.join(shown[:5])} ({len(shown)} articles)"


def _rewrite(path: Path) -> None:
    """Copy every row into a new file, hold that against the checksums, and put it in the old one's place, sealed."""
    fresh = path.with_name(f"{path.name}{disk.ASIDE}")
    fresh.unlink(missing_ok=True)
    with hold(path.with_suffix(".lock"), StoreLocked, over=path, command="tratin verify --repair"):
        with closing(open_writing(path, synchronous="FULL")) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that no log is left that would be played onto the copy
            db.execute("VACUUM INTO ?", (str(fresh),))
        disk.sync(fresh)
        if any(fault.where == str(fresh) for fault in verify_store(fresh)):
            fresh.unlink()
            return
        seal_of(path).unlink(missing_ok=True)
        fresh.replace(path)
        disk.sync(path.parent)
    Store(path).close()


def _archive(settings: Settings, where: set[str]) -> Iterator[str]:
    index = settings.warc_dir / INDEX
    if _touches(index, where):
        if check_database(index).damage:
            _move_aside(index)
            yield f"{index} is read again from the WARC files"
        else:
            seal_of(index).unlink(missing_ok=True)
        Archive(settings.warc_dir).close()
    for name in sorted(where):
        path = Path(name)
        if path.parent == settings.warc_dir and path != index and path != seal_of(index):
            with Archive(settings.warc_dir) as archive:
                archive.accept(path.name)
            yield f"{path}: listed as it is now; every answer in it can be read"


def _frontier(settings: Settings, where: set[str]) -> Iterator[str]:
    path = settings.frontier_path
    if _touches(path, where) and check_database(path).damage:
        _move_aside(path)
        yield f"{path} is moved aside: the next crawl begins anew and finds the articles unchanged"
    elif _touches(path, where):
        seal_of(path).unlink(missing_ok=True)
        latest = stamp(now() + timedelta(days=settings.revisit_days + 1))
        with Store(settings.store_path) as store, Frontier(path) as frontier:
            due = frontier.reschedule(stamp(), latest, lambda article: store.state(article) is not None)
        yield f"{path}: {due} pages are due again now; times to come are forgotten"


def _move_aside(path: Path) -> None:
    for end in _BESIDE:
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.replace(path.with_name(f"{path.name}.damaged{end}"))
    seal_of(path.with_name(f"{path.name}.damaged")).unlink(missing_ok=True)
    disk.sync(path.parent)
