"""The writing half of the article store: one writer at a time, a change number for every change."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path
from typing import IO, Literal

from crawler.article import Article
from crawler.errors import StoreError, StoreLocked
from crawler.store.reading import FORMAT, StoreReader

VIETNAM = timezone(timedelta(hours=7))
Outcome = Literal["new", "changed", "unchanged"]


def now() -> str:
    """This second in Vietnam, ISO 8601."""
    return datetime.now(UTC).astimezone(VIETNAM).isoformat(timespec="seconds")


class Store(StoreReader):
    """Reads and writes; holds the writer's lock from opening to closing. Nothing is kept until `commit`.

    Raises:
        StoreLocked: another command is writing; the message says which process.
        StoreError: the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._lock = _lock(path)
        try:
            _create(path)
            super().__init__(path)
        except BaseException:
            self._lock.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        super()._connect().close()
        db = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        return db

    def close(self) -> None:
        """Roll back what was not committed, close, and let the next writer in."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        super().close()
        self._lock.close()

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._rows("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make everything since the last commit durable."""
        if self._db.in_transaction:
            self._rows("COMMIT")

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Commit at the end of the block; keep nothing of it when it raises."""
        try:
            yield
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        self.commit()

    def keep(self, article: Article) -> tuple[Outcome, Article]:
        """Keep an article: new, changed (another text, so another version), or unchanged (nothing is written).

        The article is found again by its id, or by its canonical URL or an alias; it comes back as kept.
        """
        self._begin()
        known = article.id if self.state(article.id) else (self.resolve(article.url) if article.url else None)
        if known is None:
            return "new", self._insert(article.with_version(1))
        (last,) = self._rows("SELECT max(version) FROM version WHERE id = ?", known).fetchone()
        before = self.get(known, last)
        if before is None or before.sha256 != article.sha256:
            return "changed", self._revise(known, article, last + 1)
        if self.state(known) == "removed":
            self._rows("UPDATE article SET state = 'live', change = ? WHERE id = ?", self._next_change(), known)
        return "unchanged", before

    def _insert(self, article: Article) -> Article:
        sql = "INSERT INTO article (id, url, source, published, version, change) VALUES (?, ?, ?, ?, 1, ?)"
        self._rows(sql, article.id, article.url, article.source, article.published, self._next_change())
        return self._write(article)

    def _revise(self, known: str, article: Article, version: int) -> Article:
        given = {**article.as_json(), "id": known, "version": version}
        revised = Article.from_json(given)
        self._rows(
            "UPDATE article SET version = ?, published = ?, change = ?, "
            "state = CASE state WHEN 'removed' THEN 'live' ELSE state END WHERE id = ?",
            *(version, revised.published, self._next_change(), known),
        )
        if revised.url:
            self.alias(revised.url, known)
        return self._write(revised)

    def _write(self, article: Article) -> Article:
        content = zlib.compress(json.dumps(article.as_json(), ensure_ascii=False).encode(), 6)
        self._rows(
            "INSERT INTO version VALUES (?, ?, ?, ?, ?)", article.id, article.version, article.sha256, now(), content
        )
        return article

    def _next_change(self) -> int:
        self._rows("UPDATE counter SET change = change + 1")
        return self.last_change()

    def alias(self, url: str, id: str) -> None:
        """Remember that this URL leads to that article."""
        self._begin()
        self._rows(
            "INSERT OR IGNORE INTO alias SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM article WHERE url = ?1)", url, id
        )

    def withdraw(self, id: str, reason: str) -> None:
        """Take an article out of everything that is shown, and log why.

        Raises:
            StoreError: no such article.
        """
        self._mark(id, "withdrawn", reason)

    def mark_removed(self, id: str, reason: str) -> None:
        """Note that the site no longer has the article; it stays searchable."""
        self._mark(id, "removed", reason)

    def _mark(self, id: str, state: str, reason: str) -> None:
        self._begin()
        if self.state(id) is None:
            raise StoreError(f"no article {id!r} in the store")
        if self.state(id) == "withdrawn" and state == "removed":
            return
        sql = "UPDATE article SET state = ?, reason = ?, change = ? WHERE id = ?"
        self._rows(sql, state, reason, self._next_change(), id)
        self._rows("INSERT INTO log VALUES (?, ?, ?, ?)", now(), id, state, reason)


def _lock(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_suffix(".lock").open("a+")
    except OSError as error:
        raise StoreError(
            f"{path.parent} cannot be written ({error.strerror}): choose another folder with --data"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise StoreLocked(f"another command is writing to {path} (process {holder}): wait until it is done") from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _create(path: Path) -> None:
    fresh = not path.exists() or path.stat().st_size == 0
    if not fresh:
        return
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript((files("crawler.store") / "schema.sql").read_text(encoding="utf-8"))
        db.execute(f"PRAGMA user_version = {FORMAT}")
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be written: {error}") from error
    finally:
        db.close()
