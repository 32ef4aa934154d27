"""The archive: every answer of every server, as it came, in WARC files. It is the crawl's write-ahead log.

A record is on the disk (fsync) before anything is made of it. The index beside the files can be read again from them:
whatever a killed run wrote but did not list is listed when the archive is next opened, and half a record is cut off.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from statistics import median_low
from typing import IO

from warcio.exceptions import ArchiveLoadFailed

from crawler.captures import INDEX, SCHEMA, Captures
from crawler.errors import ArchiveError, ArchiveLocked
from crawler.exchange import Exchange
from crawler.ground import clock, disk
from crawler.ground.database import open_writing
from crawler.ground.lock import hold
from crawler.ground.seal import Seal
from crawler.urls import host_of
from crawler.warc import ASKED, Original, exchange_records, info_record, members, record_in, to_local

MAX_FILE = 2**30
"""Bytes after which another file is begun."""
PATTERN = "tratin-*.warc.gz"
_MEMBER = b"\x1f\x8b\x08"
_CHUNK = 1 << 20


class Archive(Captures):
    """Reads and writes; holds the writer's lock from opening to closing.

    Raises:
        ArchiveLocked: another command is writing to it.
        ArchiveError: the folder cannot be written.
    """

    def __init__(self, folder: Path, *, software: str = "TraTin", operator: str = "", keep_days: int = 0) -> None:
        self._lock = hold(folder / "archive.lock", ArchiveLocked, over=folder)
        self._software, self._operator, self._keep_days = software, operator, keep_days
        self._file: IO[bytes] | None = None
        self._crc = 0
        """Of the file that is being written."""
        self._said: dict[str, str] = {}
        """Host → what time it said it was when it last answered."""
        self._seal = Seal(folder / INDEX)
        try:
            super().__init__(folder)
            self._catch_up()
        except BaseException:
            self._lock.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        path = self.folder / INDEX
        if not path.is_file():
            self._seal.break_()
        try:
            db = open_writing(path, synchronous="NORMAL")
            columns = [name for _, name, *_ in db.execute("PRAGMA table_info(file)")]
            if "crc" not in columns:
                self._seal.break_()
                if columns:
                    db.execute("ALTER TABLE file ADD COLUMN crc INTEGER")
                db.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise ArchiveError(f"{path} cannot be written: {error}") from error
        return db

    def close(self) -> None:
        """Close the file that is being written, and let the next writer in."""
        if self._file:
            self._file.close()
        self._seal.close(self._db)
        super().close()
        self._lock.close()

    def keep(self, exchanges: Sequence[Exchange], asked: str) -> None:
        """Write the exchanges that a request for `asked` led to; they are on the disk when this returns.

        A body that is already held is not repeated: a revisit record points to it.

        Raises:
            ArchiveError: the disk is full or cannot be written; nothing of it was kept.
        """
        for exchange in exchanges:
            self._hear(exchange)
        if self._keep_days and self._said:
            self.prune(self._keep_days)
            self._keep_days = 0  # once a run, before a record may point into a file that is due
        file = self._open_file()
        begin = file.seek(0, os.SEEK_END)
        records: list[bytes] = []
        rows = []
        for exchange in exchanges:
            held = self._original(exchange)
            answer, request = exchange_records(exchange, asked, held[1] if held else None)
            offset = begin + sum(map(len, records))
            digest = held[1].digest if held else exchange.digest
            where = (Path(file.name).name, offset, len(answer), held[0] if held else None)
            rows.append((exchange.url, asked, exchange.status, exchange.fetched, digest, *where))
            records += [answer, request]
        self._append(file, begin, b"".join(records))
        self._list(rows, Path(file.name).name, file.tell(), self._crc)

    def _hear(self, exchange: Exchange) -> None:
        """Note what time a server says it is: a second clock, beside this machine's."""
        with suppress(ValueError, OverflowError):
            said = parsedate_to_datetime(exchange.header("date") or "")
            self._said[host_of(exchange.url)] = clock.stamp(said if said.tzinfo else said.replace(tzinfo=UTC))

    @property
    def servers_time(self) -> str | None:
        """What time the servers said it was when they last answered: the median of theirs; None when none said."""
        return median_low(self._said.values()) if self._said else None

    def _original(self, exchange: Exchange) -> tuple[int, Original] | None:
        """The capture that holds the body already: of the same URL for a 304, of the same digest for any other."""
        columns = "SELECT id, url, fetched, digest FROM capture WHERE original IS NULL AND status = 200"
        if exchange.status == 304:
            row = self._rows(f"{columns} AND url = ? ORDER BY id DESC LIMIT 1", exchange.url).fetchone()
        elif exchange.status == 200 and exchange.body:
            row = self._rows(f"{columns} AND digest = ? LIMIT 1", exchange.digest).fetchone()
        else:
            return None
        return (row[0], Original(row[1], row[2], row[3])) if row else None

    def _append(self, file: IO[bytes], begin: int, data: bytes) -> None:
        try:
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
            self._crc = zlib.crc32(data, self._crc)
        except OSError as error:
            os.ftruncate(file.fileno(), begin)
            raise ArchiveError(
                f"{file.name} cannot be written ({error.strerror}): free some space and run the command again"
            ) from error

    def _list(self, rows: Sequence[tuple[object, ...]], name: str, size: int, crc: int) -> None:
        self._begin()
        newest = max((str(row[3]) for row in rows), default="")
        newest = max(newest, self.servers_time or "") if newest else ""
        self._rows(
            "INSERT INTO file VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET size = excluded.size, "
            "newest = max(newest, excluded.newest), crc = excluded.crc",
            *(name, size, newest, crc),
        )
        for row in rows:
            self._rows(
                "INSERT INTO capture (url, asked, status, fetched, digest, file, offset, length, original) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *row,
            )
        self._rows("COMMIT")

    def _open_file(self) -> IO[bytes]:
        if self._file and self._file.tell() > MAX_FILE:
            self._file.close()
            self._file = None
        if self._file is None:
            now = clock.now()
            path = self.folder / f"tratin-{now:%Y%m%d%H%M%S}-{os.getpid()}-{now.microsecond:06}.warc.gz"
            self._file, self._crc = path.open("xb", buffering=0), 0
            opening = info_record(path.name, self._software, self._operator)
            self._append(self._file, 0, opening)
            disk.sync(self.folder)
        return self._file

    def _begin(self) -> None:
        self._seal.break_()
        self._rows("BEGIN")

    def _catch_up(self) -> None:
        """List what earlier runs wrote and did not list; cut off the half record that a kill left at the end.

        A file that is shorter than it was, or gone, stays in the list, so that `tratin verify` can say so.
        """
        listed = {name: (size, crc) for name, size, crc in self._rows("SELECT name, size, crc FROM file").fetchall()}
        for path in sorted(path for path in self.folder.glob(PATTERN) if path.is_file()):
            done, crc = listed.pop(path.name, (0, 0))
            if crc is None:
                self._begin()
                self._rows("UPDATE file SET crc = ? WHERE name = ?", crc := _crc_of(path, 0, done, 0), path.name)
                self._rows("COMMIT")
            if path.stat().st_size > done:
                self._list_from(path, done, crc)
        for name in listed:
            if self._rows("SELECT 1 FROM capture WHERE file = ? LIMIT 1", name).fetchone():
                self._begin()
                self._rows("DELETE FROM capture WHERE file = ?", name)
                self._rows("COMMIT")

    def _list_from(self, path: Path, done: int, crc: int) -> None:
        """List the records from an offset on; what is damaged between whole ones is passed over and stays."""
        with path.open("r+b") as stream:
            at: int | None = done
            while at is not None:
                for member in members(stream, at):
                    row = self._row(path.name, member.offset, member.length, member.start)
                    end = member.offset + member.length
                    crc = _crc_of(path, done, end, crc)
                    done = end
                    self._list([row] if row else [], path.name, done, crc)
                at = _next_member(stream, max(done, at))
            stream.truncate(done)
            os.fsync(stream.fileno())

    def _row(self, name: str, offset: int, length: int, start: bytes) -> tuple[object, ...] | None:
        try:
            record = record_in(start)
        except (ArchiveLoadFailed, EOFError, StopIteration) as error:
            raise ArchiveError(f"{self.folder / name} at {offset} is no WARC record: move the file away") from error
        if record.rec_type not in ("response", "revisit"):
            return None
        head = record.rec_headers.get_header
        url, digest = head("WARC-Target-URI"), head("WARC-Payload-Digest") or ""
        status = int(record.http_headers.get_statuscode()) if record.http_headers else 200
        original = None
        if record.rec_type == "revisit":
            sql = "SELECT id FROM capture WHERE original IS NULL AND digest = ? ORDER BY id LIMIT 1"
            row = self._rows(sql, digest).fetchone()
            if row is None:  # its body was deleted with an older file
                return None
            original = row[0]
        asked = head(ASKED) or url
        return url, asked, status, to_local(head("WARC-Date")), digest, name, offset, length, original

    def accept(self, name: str) -> None:
        """List a file as it is now, damage and all; one that is gone is forgotten. `tratin verify --repair` does it."""
        path = self.folder / name
        self._begin()
        if path.is_file():
            size = path.stat().st_size
            self._rows("UPDATE file SET size = ?, crc = ? WHERE name = ?", size, _crc_of(path, 0, size, 0), name)
        else:
            self._rows("DELETE FROM file WHERE name = ?", name)
        self._rows("COMMIT")

    def prune(self, days: int) -> int:
        """Delete files whose newest capture is older than so many days; gives the bytes set free.

        Two clocks must agree: this machine's, and what servers said in this run. Where none said, nothing is deleted.
        Files age in the order in which they were written: one is no older than those before it, whatever dated it.
        """
        if (said := self.servers_time) is None:
            return 0
        today = min(clock.now(), clock.in_vietnam(said))
        before = clock.stamp(today - timedelta(days=days))
        freed, newest = 0, ""
        for name, written in self._rows("SELECT name, newest FROM file ORDER BY rowid").fetchall():
            newest = max(newest, written)
            if not written or newest >= before or (self._file and Path(self._file.name).name == name):
                continue
            path = self.folder / name
            if path.exists():
                freed += path.stat().st_size
                path.unlink()
            self._begin()
            self._rows("DELETE FROM file WHERE name = ?", name)
            self._rows("COMMIT")
        return freed


def _crc_of(path: Path, begin: int, end: int, crc: int) -> int:
    """The CRC-32 of the bytes before `end`, given that of those before `begin`."""
    with path.open("rb") as stream:
        stream.seek(begin)
        while begin < end and (chunk := stream.read(min(_CHUNK, end - begin))):
            crc = zlib.crc32(chunk, crc)
            begin += len(chunk)
    return crc


def _next_member(stream: IO[bytes], after: int) -> int | None:
    """Where, beyond a place that cannot be read, the next whole gzip member begins; None when there is none."""
    stream.seek(after)
    tail = stream.read()
    place = tail.find(_MEMBER, 1)
    while place >= 0:
        if next(members(stream, after + place), None):
            return after + place
        place = tail.find(_MEMBER, place + 1)
    return None
