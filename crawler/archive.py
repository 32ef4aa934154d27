"""The archive: every answer of every server, as it came, in WARC files. It is the crawl's write-ahead log.

A record is on the disk (fsync) before anything is made of it. The index beside the files can be read again from them:
whatever a killed run wrote but did not list is listed when the archive is next opened, and half a record is cut off.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO

from warcio.exceptions import ArchiveLoadFailed

from crawler.captures import INDEX, SCHEMA, Captures
from crawler.errors import ArchiveError, ArchiveLocked
from crawler.exchange import Exchange
from crawler.ground import clock, disk
from crawler.ground.database import open_writing
from crawler.ground.lock import hold
from crawler.warc import ASKED, Original, exchange_records, info_record, members, record_in, to_local

MAX_FILE = 2**30
"""Bytes after which another file is begun."""
PATTERN = "tratin-*.warc.gz"


class Archive(Captures):
    """Reads and writes; holds the writer's lock from opening to closing.

    Raises:
        ArchiveLocked: another command is writing to it.
        ArchiveError: the folder cannot be written.
    """

    def __init__(self, folder: Path, *, software: str = "TraTin", operator: str = "", keep_days: int = 0) -> None:
        self._lock = hold(folder / "archive.lock", ArchiveLocked, over=folder)
        self._software, self._operator = software, operator
        self._file: IO[bytes] | None = None
        try:
            super().__init__(folder)
            self._catch_up()
            if keep_days:
                self.prune(keep_days)
        except BaseException:
            self._lock.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        path = self.folder / INDEX
        try:
            db = open_writing(path, synchronous="NORMAL")
            db.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise ArchiveError(f"{path} cannot be written: {error}") from error
        return db

    def close(self) -> None:
        """Close the file that is being written, and let the next writer in."""
        if self._file:
            self._file.close()
        super().close()
        self._lock.close()

    def keep(self, exchanges: Sequence[Exchange], asked: str) -> None:
        """Write the exchanges that a request for `asked` led to; they are on the disk when this returns.

        A body that is already held is not repeated: a revisit record points to it.

        Raises:
            ArchiveError: the disk is full or cannot be written; nothing of it was kept.
        """
        file = self._open_file()
        begin = file.seek(0, os.SEEK_END)
        records: list[bytes] = []
        rows = []
        for exchange in exchanges:
            held = self._held(exchange)
            answer, request = exchange_records(exchange, asked, held[1] if held else None)
            offset = begin + sum(map(len, records))
            digest = held[1].digest if held else exchange.digest
            where = (Path(file.name).name, offset, len(answer), held[0] if held else None)
            rows.append((exchange.url, asked, exchange.status, exchange.fetched, digest, *where))
            records += [answer, request]
        self._append(file, begin, b"".join(records))
        self._list(rows, Path(file.name).name, file.tell())

    def _held(self, exchange: Exchange) -> tuple[int, Original] | None:
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
        except OSError as error:
            os.ftruncate(file.fileno(), begin)
            raise ArchiveError(
                f"{file.name} cannot be written ({error.strerror}): free some space and run the command again"
            ) from error

    def _list(self, rows: Sequence[tuple[object, ...]], name: str, size: int) -> None:
        self._rows("BEGIN")
        newest = max((str(row[3]) for row in rows), default="")
        self._rows(
            "INSERT INTO file VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET size = excluded.size, "
            "newest = max(newest, excluded.newest)",
            *(name, size, newest),
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
            self._file = path.open("xb", buffering=0)
            opening = info_record(path.name, self._software, self._operator)
            self._append(self._file, 0, opening)
            disk.sync(self.folder)
        return self._file

    def _catch_up(self) -> None:
        """List what earlier runs wrote and did not list; cut off the half record that a kill left at the end."""
        listed = dict(self._rows("SELECT name, size FROM file").fetchall())
        for path in sorted(self.folder.glob(PATTERN)):
            done = listed.get(path.name, 0)
            if path.stat().st_size == done:
                continue
            with path.open("r+b") as stream:
                for member in members(stream, done):
                    row = self._row(path.name, member.offset, member.length, member.start)
                    done = member.offset + member.length
                    self._list([row] if row else [], path.name, done)
                stream.truncate(done)
                os.fsync(stream.fileno())
        for name in listed.keys() - {path.name for path in self.folder.glob(PATTERN)}:
            self._forget(name)

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

    def prune(self, days: int) -> int:
        """Delete files whose newest capture is older than so many days; gives the bytes set free."""
        before = clock.stamp(clock.now() - timedelta(days=days))
        freed = 0
        for (name,) in self._rows("SELECT name FROM file WHERE newest < ? AND newest != ''", before).fetchall():
            path = self.folder / name
            freed += path.stat().st_size
            path.unlink()
            self._forget(name)
        return freed

    def _forget(self, name: str) -> None:
        self._rows("DELETE FROM file WHERE name = ?", name)
