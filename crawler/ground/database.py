"""SQLite, opened in one way: for reading beside a writer, or as the writer. `docs/decisions/where-data-lives.md`."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

_WAIT = 30.0
"""Seconds to wait for another connection's transaction."""
_KEPT_OPEN = 64
"""Databases whose descriptors `blocks` keeps; a command reads five."""


def open_reading(path: Path) -> sqlite3.Connection:
    """Open for reading beside a writer; immutable in a folder that cannot be written, where SQLite cannot lay its -shm.

    Raises:
        sqlite3.Error: it is no database, or cannot be read.
    """
    location = path.resolve().as_uri()
    modes = ("mode=ro",) if _waiting(path) else ("mode=ro", "mode=ro&immutable=1")
    for last, mode in enumerate(modes, 1):
        db = sqlite3.connect(f"{location}?{mode}", uri=True, timeout=_WAIT, check_same_thread=False)
        try:
            version_of(db)
        except sqlite3.OperationalError as error:
            db.close()
            if last == len(modes) or ("unable to open" not in str(error) and "readonly" not in str(error)):
                raise
        except sqlite3.Error:
            db.close()
            raise
        else:
            return db
    raise AssertionError("unreachable")


def open_writing(path: Path | None, *, synchronous: Literal["FULL", "NORMAL"]) -> sqlite3.Connection:
    """Open, or create, for writing with a write-ahead log; None is a database in memory.

    With FULL every commit is on the disk when it returns; with NORMAL a power cut may take the last ones back, none
    halfway. Transactions are begun and ended by hand.

    Raises:
        sqlite3.Error: it is no database, or cannot be written.
    """
    db = sqlite3.connect(path or ":memory:", timeout=_WAIT, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA synchronous = {synchronous}")
        db.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        db.close()
        raise
    return db


def open_scratch() -> sqlite3.Connection:
    """A database of no name for notes that outgrow memory: SQLite keeps it in a temporary file and removes it."""
    db = sqlite3.connect("", isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    return db


def copy_whole(path: Path, target: Path) -> None:
    """Copy one state of a database into a new file, beside whoever writes to it.

    A folder that cannot be written may hold what a killed writer left in its log and no `-shm`, which SQLite would have
    to lay there. Nobody writes then: database and log are copied as they are, and the copy takes the log in.

    Raises:
        sqlite3.Error: it cannot be read, or the copy cannot be written.
        OSError: likewise.
    """
    log, shared = (path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
    if _waiting(path) and not shared.exists() and not os.access(path.parent, os.W_OK):
        shutil.copyfile(path, target)
        shutil.copyfile(log, target.with_name(f"{target.name}-wal"))
        with closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
        return
    with closing(open_reading(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


class _Descriptors:
    """Descriptors of database files that stay open as long as this process lives, or the file does."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, int], int] = {}
        self._turn = threading.Lock()

    def of(self, path: Path) -> int:
        """The descriptor of the file that is now at `path`."""
        with self._turn:
            for key, held in list(self._held.items()):
                if not os.fstat(held).st_nlink or len(self._held) > _KEPT_OPEN:
                    os.close(self._held.pop(key))  # nobody can open it any more, or it was long ago
            there = path.stat()
            found = self._held.get((there.st_dev, there.st_ino))
            if found is None:
                found = os.open(path, os.O_RDONLY)
                opened = os.fstat(found)
                self._held[opened.st_dev, opened.st_ino] = found
            return found


_descriptors: Final = _Descriptors()


def blocks(path: Path, size: int) -> Iterator[bytes]:
    """The bytes of a database's main file as they stand there, `size` at a time; connections to it may be open.

    POSIX takes all locks on a file from a process that closes any descriptor of it: had we opened and closed it here,
    SQLite's own locks would be gone, and another process could take the log away under a connection of ours
    (https://sqlite.org/howtocorrupt.html, 2.2). So it is never closed.
    """
    file, at = _descriptors.of(path), 0
    while block := os.pread(file, size, at):
        at += len(block)
        yield block


def version_of(db: sqlite3.Connection) -> int:
    """The format number that the database's schema was laid out with; 0 in a new one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def lay_out(db: sqlite3.Connection, schema: str, version: int) -> None:
    """Create a new database's tables in one transaction: a kill leaves an empty file or a whole database."""
    db.executescript(f"BEGIN IMMEDIATE; {schema} PRAGMA user_version = {version}; COMMIT;")


def _waiting(path: Path) -> bool:
    """Whether a writer left (or is writing) changes beside the database that are not yet in its main file."""
    beside = path.with_name(f"{path.name}-wal")
    return beside.is_file() and beside.stat().st_size > 0
