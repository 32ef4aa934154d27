"""Captures: the reading half of the archive. Given a URL and a time, the page as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from warcio.exceptions import ArchiveLoadFailed

from crawler.advice import advice
from crawler.errors import ArchiveError, FetchError
from crawler.ground.database import open_reading, open_writing
from crawler.page import Page
from crawler.warc import page_in, record_in

INDEX = "index.sqlite"
SCHEMA = (files("crawler") / "archive.sql").read_text(encoding="utf-8")
_COLUMNS = "id, url, asked, status, fetched, digest, file, offset, length, original"


@dataclass(frozen=True, slots=True)
class Capture:
    """Where one answer of a server lies in the WARC files."""

    number: int
    url: str
    """That answered."""
    asked: str
    """That was asked for, before redirects."""
    status: int
    fetched: str
    """ISO 8601 with +07:00."""
    digest: str
    """Of the payload, as the WARC record prints it."""
    file: str
    offset: int
    length: int
    """Bytes of the packed record."""
    original: int | None
    """Of a revisit: the number of the capture that holds the body."""

    @property
    def is_redirect(self) -> bool:
        """Whether the answer only pointed elsewhere."""
        return 300 <= self.status <= 399 and self.status != 304


class Captures:
    """Reads the archive in `folder`; works beside a crawl that writes to it, and while there is none at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._db = self._connect()

    def _connect(self) -> sqlite3.Connection:
        path = self.folder / INDEX
        if not path.is_file():
            nothing = open_writing(None, synchronous="NORMAL")
            nothing.executescript(SCHEMA)
            return nothing
        try:
            return open_reading(path)
        except sqlite3.Error as error:
            raise ArchiveError(f"{path} cannot be read: {error}") from error

    def close(self) -> None:
        """Close the index."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rows(self, sql: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.Error as error:
            what = advice(error, "delete that file: the next crawl reads it again from the WARC files")
            raise ArchiveError(f"{self.folder / INDEX}: {error}; {what}") from error

    def of(self, urls: Iterable[str]) -> tuple[Capture, ...]:
        """Every capture that any of these URLs led to, redirects left out, oldest first."""
        found: dict[int, Capture] = {}
        for url in urls:
            for column in ("url", "asked"):
                rows = self._rows(f"SELECT {_COLUMNS} FROM capture WHERE {column} = ?", url)
                found.update(
                    {capture.number: capture for capture in (Capture(*row) for row in rows) if not capture.is_redirect}
                )
        return tuple(sorted(found.values(), key=lambda capture: (capture.fetched, capture.number)))

    def find(self, urls: Iterable[str], fetched: str | None = None) -> Capture | None:
        """The newest good capture of any of these URLs; with `fetched`, the newest that is no younger than that.

        An article's URLs are `StoreReader.aliases(id)`; its `fetched` leads to the capture its text was read from.
        """
        good = [capture for capture in self.of(urls) if capture.status == 200 or capture.original is not None]
        if fetched is not None:
            good = [capture for capture in good if capture.fetched <= fetched] or good[:1]
        return good[-1] if good else None

    def with_digest(self, digest: str) -> tuple[Capture, ...]:
        """The first good capture whose payload has this digest, if any."""
        sql = f"SELECT {_COLUMNS} FROM capture WHERE digest = ? AND original IS NULL AND status = 200 ORDER BY id"
        return tuple(Capture(*row) for row in self._rows(f"{sql} LIMIT 1", digest))

    def answer(self, asked: str, since: str) -> Capture | None:
        """The capture that a request for this URL ended in at or after that time; None if none was kept."""
        sql = f"SELECT {_COLUMNS} FROM capture WHERE asked = ? AND fetched >= ? ORDER BY id DESC LIMIT 1"
        row = self._rows(sql, asked, since).fetchone()
        return Capture(*row) if row else None

    def read(self, capture: Capture) -> Page:
        """The page that a capture holds; of a revisit, with the body that it points to.

        Raises:
            ArchiveError: the WARC file is gone or damaged.
        """
        holder = capture
        if capture.original is not None:
            row = self._rows(f"SELECT {_COLUMNS} FROM capture WHERE id = ?", capture.original).fetchone()
            holder = Capture(*row)
        page = _read(self.folder, holder)
        return replace(page, url=capture.asked, final_url=capture.url, fetched=capture.fetched)

    def packed(self, capture: Capture) -> tuple[bytes, ...]:
        """The records of a capture as they lie in the WARC files; of a revisit, after the one that holds the body.

        Raises:
            ArchiveError: the WARC file is gone.
        """
        found = [capture]
        if capture.original is not None:
            row = self._rows(f"SELECT {_COLUMNS} FROM capture WHERE id = ?", capture.original).fetchone()
            found.insert(0, Capture(*row))
        return tuple(_record(self.folder, record) for record in found)

    def size(self) -> int:
        """Bytes of all WARC files."""
        return sum(path.stat().st_size for path in self.folder.glob("*.warc.gz") if path.is_file())

    def count(self) -> int:
        """How many captures are held."""
        return int(self._rows("SELECT count(*) FROM capture").fetchone()[0])


def _record(folder: Path, capture: Capture) -> bytes:
    path = folder / capture.file
    try:
        with path.open("rb") as stream:
            stream.seek(capture.offset)
            return stream.read(capture.length)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read ({error.strerror}): restore it from a backup") from error


def _read(folder: Path, capture: Capture) -> Page:
    path = folder / capture.file
    try:
        with path.open("rb") as stream:
            stream.seek(capture.offset)
            record: Any = record_in(stream.read(capture.length))
            return page_in(record, capture.asked)
    except (OSError, EOFError, StopIteration, ArchiveLoadFailed, FetchError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ArchiveError(f"{path} at {capture.offset} cannot be read ({reason}): restore it from a backup") from error
