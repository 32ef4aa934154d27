"""The reading connection to the registry: one for each thread and process, and what its rows mean."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any, Self

from crawler.ground.clock import day_at
from crawler.ground.database import open_reading, version_of
from index.errors import RegistryError
from index.officials.directory.pages import OfficeNote, OfficialNote, Sentence
from index.officials.registry.rows import FORMAT

NOTE = "id, name, title, organisation, articles, first, last, is_foreign"
OFFICE = "o.id, o.title, o.organisation, o.tier, o.holders, o.articles"
SENTENCE = "h.start, h.stop, h.sentence, h.day, h.said, h.former, h.mode, a.id, a.title, a.version"


class Database:
    """Reads the registry at `path`; empty where there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.local()
        self.hidden: frozenset[str] = frozenset()
        """Articles that may not be quoted: they were withdrawn, and the next reindex takes them out."""

    def hiding(self, articles: frozenset[str]) -> Self:
        """The same registry over the same connections, but these articles may not be quoted."""
        other = copy(self)
        other.hidden = articles
        return other

    def rows(self, sql: str, *values: Any) -> list[Any]:
        db = self._connection()
        if db is None:
            return []
        try:
            return db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise RegistryError(f"{self._path}: {error}; `tratin reindex --full` writes it anew") from error

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Several reads of one state of the registry, whatever a reindex commits between them."""
        self.rows("BEGIN")
        try:
            yield
        finally:
            self.rows("COMMIT")

    def _connection(self) -> sqlite3.Connection | None:
        """This thread's connection; another one after a fork."""
        db: sqlite3.Connection | None = getattr(self._threads, "db", None)
        if db is not None and self._threads.process == os.getpid():
            return db
        if not self._path.is_file():
            return None
        try:
            db = open_reading(self._path)
            found = version_of(db)
            db.execute("PRAGMA cache_size = -8192")
        except sqlite3.Error as error:
            raise RegistryError(f"{self._path} cannot be read as officials' registry: {error}") from error
        if found != FORMAT:
            raise RegistryError(
                f"{self._path} has registry format {found}, this Tra Tin reads {FORMAT}: `tratin reindex` brings it up"
            )
        self._threads.db, self._threads.process = db, os.getpid()
        return db


def columns(table: str, names: str) -> str:
    """Column names with the name of their table."""
    return ", ".join(f"{table}.{name}" for name in names.split(", "))


def day_of(days: int | None) -> date | None:
    """Days since 1970-01-01 as a date."""
    return None if days is None else day_at(days)


def note_of(row: Any) -> OfficialNote:
    """A row of the columns NOTE."""
    id, name, title, organisation, articles, first, last, foreign = row
    return OfficialNote(id, name, title, organisation, articles, day_of(first), day_of(last), bool(foreign))


def office_of_row(row: Any) -> OfficeNote:
    """A row of the columns OFFICE."""
    return OfficeNote(*row)


def sentence_of(row: Any) -> Sentence:
    """A row of the columns SENTENCE."""
    start, stop, text, day, said, former, mode, article, title, version = row
    return Sentence(article, title, day_of(day), bool(said), text, start, stop, version, bool(former), mode)
