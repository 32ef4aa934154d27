"""Seals: a checksum of every byte of a database, so that damage is told from change.

SQLite has no checksums of its own. Beside `x.sqlite` lies `x.sqlite.seal`. A writer breaks the seal, durably, before
its first change, and closes it when all that it wrote stands in the main file: CRC-32 of every 64 KiB. A seal that is
broken while nobody writes is a killed writer's; the next writer closes it. Blocks that were damaged when the seal was
broken, and were not written since, keep the checksum that they should have: a later writer hides no damage.
"""

from __future__ import annotations

import fcntl
import json
import sqlite3
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from crawler.ground import disk
from crawler.ground.database import blocks, open_reading, open_writing

BLOCK = 1 << 16
"""Bytes under one checksum."""
SUFFIX = ".seal"
_PATIENCE = 5_000
"""Milliseconds to wait for readers of an older state before the seal is left broken for the next writer."""
_BROKEN: Final = "broken"
_SEALED = 0x54547365
"""The application id of a database that was sealed once: where its seal is missing, it is lost."""

Sums = tuple[int, ...]


def seal_of(path: Path) -> Path:
    """Where the seal of a database lies."""
    return path.with_name(path.name + SUFFIX)


class Seal:
    """The seal of the database at `path`, in the hand of its one writer.

    Where `shared`, several processes may write to the database: the one that is done last closes the seal.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self._path = path
        self._writers = path.with_name(f"{path.name}.lock").open("ab") if shared else None
        self._broken = False
        self._before: Sums = ()
        self._damaged: dict[int, int] = {}
        """Of blocks that were damaged when the seal was broken: the checksum that they should have."""

    def break_(self) -> None:
        """Say, durably, that the database is being changed; to be called before the first change of a transaction."""
        if self._broken:
            return
        if self._writers:
            fcntl.flock(self._writers, fcntl.LOCK_SH)
        known = _read(self._path)
        if isinstance(known, tuple) and self._path.is_file():
            self._before = _sums(self._path)
            self._damaged = dict(_differing(known, self._before))
        disk.put(seal_of(self._path), _written(None))
        self._broken = True

    def close(self, db: sqlite3.Connection) -> None:
        """Bring everything into the main file and close the seal; it stays broken where something prevents that."""
        try:
            if self._broken or not seal_of(self._path).exists():
                with suppress(sqlite3.Error, OSError):
                    if self._writers:
                        fcntl.flock(self._writers, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused while others write
                    self._close(db)
        finally:
            if self._writers:
                self._writers.close()

    def _close(self, db: sqlite3.Connection) -> None:
        db.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        if not _is_marked(db):
            db.execute(f"PRAGMA application_id = {_SEALED}")
        (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            return
        sums = list(_sums(self._path))
        for number, wanted in self._damaged.items():
            if number < len(sums) and sums[number] == self._before[number]:
                sums[number] = wanted
        disk.put(seal_of(self._path), _written(tuple(sums)))
        self._broken = False


def seal_anew(path: Path) -> None:
    """Seal a database that was put in its place whole, such as a restored one."""
    seal_of(path).unlink(missing_ok=True)
    with closing(open_writing(path, synchronous="FULL")) as db:
        Seal(path).close(db)


@dataclass(frozen=True, slots=True)
class SealCheck:
    """How a database stands to its seal."""

    state: Literal["whole", "damaged", "broken", "none", "unreadable", "lost", "gone"]
    """whole · damaged: bytes differ · broken: a writer is at work or was killed · none: never sealed · unreadable: the
    seal is damaged itself · lost: the seal is gone · gone: there is a seal and no database."""
    blocks: int = 0
    damaged: int = 0
    """Blocks that are not as they were written."""


def check(path: Path) -> SealCheck:
    """Hold a database against its seal; a writer that begins meanwhile makes it `broken`, not `damaged`."""
    known = _read(path)
    if not path.is_file():
        return SealCheck("gone" if isinstance(known, tuple) or known == "unreadable" else "none")
    if not isinstance(known, tuple):
        return SealCheck("lost" if known == "none" and _was_sealed(path) else known)
    differing = _differing(known, _sums(path))
    again = _read(path)
    if again != known:
        return SealCheck("broken") if again == _BROKEN else check(path)
    return SealCheck("damaged" if differing else "whole", len(known), len(differing))


def _was_sealed(path: Path) -> bool:
    with suppress(sqlite3.Error), closing(open_reading(path)) as db:
        return _is_marked(db)
    return False


def _is_marked(db: sqlite3.Connection) -> bool:
    return bool(db.execute("PRAGMA application_id").fetchone()[0] == _SEALED)


def _differing(wanted: Sums, found: Sums) -> list[tuple[int, int]]:
    """Number and wanted checksum of every block that differs, is missing, or is too many."""
    length = max(len(wanted), len(found))
    pairs = zip(wanted + (0,) * (length - len(wanted)), found + (-1,) * (length - len(found)), strict=True)
    return [(number, sum_) for number, (sum_, other) in enumerate(pairs) if sum_ != other]


def _sums(path: Path) -> Sums:
    """CRC-32 of the file's length, then of every block."""
    sums: list[int] = []
    size = 0
    for block in blocks(path, BLOCK):
        size += len(block)
        sums.append(zlib.crc32(block))
    return (zlib.crc32(str(size).encode()), *sums)


def _written(sums: Sums | None) -> bytes:
    content = json.dumps({"seal": 1, "sums": None if sums is None else [f"{crc:08x}" for crc in sums]})
    return f"{content}\n{zlib.crc32(content.encode()):08x}\n".encode()


def _read(path: Path) -> Sums | Literal["broken", "none", "unreadable"]:
    try:
        text = seal_of(path).read_bytes()
    except FileNotFoundError:
        return "none"
    except OSError:
        return "unreadable"
    try:
        given = json.loads(text.split(b"\n")[0])
        sums = None if given["sums"] is None else tuple(int(crc, 16) for crc in given["sums"])
    except (ValueError, KeyError, TypeError, IndexError):
        return "unreadable"
    if _written(sums) != text:
        return "unreadable"
    return _BROKEN if sums is None else sums
