"""The writing half of the article store: one writer at a time, a change number for every change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from isal import isal_zlib

from crawler.article import Article
from crawler.errors import StoreError, StoreLocked
from crawler.ground.clock import now, stamp
from crawler.ground.database import lay_out, open_writing, version_of
from crawler.ground.lock import hold
from crawler.ground.seal import Seal, check, seal_of
from crawler.store.reading import FORMAT, StoreReader

StoreOutcome = Literal["new", "changed", "unchanged"]

_AS_PRINTED = json.JSONEncoder(ensure_ascii=False)
_EFFORT = 2
"""Of ISA-L, which writes zlib's format in a third of zlib's time at its level 2, for 2 % more bytes, on news."""


class Store(StoreReader):
    """Reads and writes; holds the writer's lock from opening to closing. Nothing is kept until `commit`.

    Raises:
        StoreLocked: another command is writing; the message says which process.
        StoreError: the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._lock = hold(path.with_suffix(".lock"), StoreLocked, over=path)
        self._seal = Seal(path)
        try:
            if not path.is_file():
                if check(path).state == "gone":
                    raise StoreError(
                        f"{path} is gone, though it was there: `tratin --data NEW restore` a backup; "
                        f"to begin with an empty store instead, delete {seal_of(path).name} beside it"
                    )
                self._seal.break_()
            _create(path)
            super().__init__(path)
        except BaseException:
            self._lock.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        super()._connect().close()
        return open_writing(self.path, synchronous="FULL")

    def close(self) -> None:
        """Roll back what was not committed, close, and let the next writer in."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._seal.close(self._db)
        super().close()
        self._lock.close()

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._seal.break_()
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

    def keep(self, article: Article, *, live: bool = False) -> tuple[StoreOutcome, Article]:
        """Keep an article: new, changed (another text is another version), or unchanged. It comes back as kept.

        It is found again by its id, or by its canonical URL or an alias. A text that is already one of its versions
        adds none, unless it was fetched later than the version shown (an edit taken back). A capture older than the
        version shown is kept as a version without becoming the one shown. The same text with better particulars
        (a date, an author, a caption that was missing) improves the version in place.

        `live` says that it comes straight from its site: then it is the newest, whatever the clocks said.
        """
        self._begin()
        known = self._known(article)
        if known is None:
            return "new", self._insert(article.with_version(1))
        shown = self._shown_article(known)
        later = live or article.fetched is None or not _dated(shown) or article.fetched > (shown.fetched or "")
        article = replace(article, id=known, url=self._lead(known, article.url, canonical=later))
        if article.sha256 == shown.sha256:
            return self._improve(shown, article, back=later)
        if (article.fetched is None or not later) and self._version_of(known, article.sha256):
            return "unchanged", shown
        return "changed", self._revise(article, show=later)

    def show_newest(self) -> list[str]:
        """Show the newest version where a wrong clock made another the one shown; gives these articles.

        A version that was fetched after this moment cannot be trusted to be the newest: of those that came in after it
        straight from their site, the last one is.
        """
        self._begin()
        present = stamp()
        sql = (
            "SELECT a.id, max(v.version) FROM article a JOIN version shown USING (id, version) "
            "JOIN version v ON v.id = a.id AND v.version > a.version "
            "WHERE shown.fetched > ?1 AND v.fetched <= ?1 AND abs(julianday(v.kept) - julianday(v.fetched)) < 1 "
            "GROUP BY a.id"
        )
        shown = []
        for id, version in self._rows(sql, present).fetchall():
            if (article := self.get(id, version)) is not None:
                self._show(article, back=True)
                shown.append(id)
        return shown

    def reread(self, article: Article) -> tuple[StoreOutcome, Article]:
        """Keep what a better reader made of a capture: the version read from that capture is replaced, not followed."""
        self._begin()
        known = self._known(article)
        sql = "SELECT version FROM version WHERE id = ? AND fetched = ?"
        row = self._rows(sql, known, article.fetched).fetchone() if known and article.fetched else None
        if known is None or row is None:
            return self.keep(article)
        reading = replace(article, id=known, url=self._lead(known, article.url, canonical=False), version=row[0])
        if self.get(known, row[0]) == reading:
            return "unchanged", reading
        self._overwrite(reading, back=False)
        return "changed", reading

    def _known(self, article: Article) -> str | None:
        if self.state(article.id):
            return article.id
        return self.resolve(article.url) if article.url else None

    def _shown_article(self, id: str) -> Article:
        shown = self.get(id)
        if shown is None:
            raise StoreError(f"{self.path}: article {id!r} has no text: `tratin restore` a backup")
        return shown

    def _version_of(self, id: str, sha256: str) -> bool:
        sql = "SELECT 1 FROM version WHERE id = ? AND sha256 = ?"
        return self._rows(sql, id, sha256).fetchone() is not None

    def _insert(self, article: Article) -> Article:
        sql = "INSERT INTO article (id, url, source, published, version, change) VALUES (?, ?, ?, ?, 1, ?)"
        self._rows(sql, article.id, article.url, article.source, article.published, self._next_change())
        return self._write(article)

    def _revise(self, article: Article, *, show: bool) -> Article:
        (last,) = self._rows("SELECT max(version) FROM version WHERE id = ?", article.id).fetchone()
        revised = self._write(article.with_version(last + 1))
        if show:
            self._show(revised, back=True)
        else:
            self._rows("UPDATE article SET change = ? WHERE id = ?", self._next_change(), article.id)
        return revised

    def _improve(self, shown: Article, article: Article, *, back: bool) -> tuple[StoreOutcome, Article]:
        better = replace(shown, **_particulars(shown, article))
        if better != shown:
            self._overwrite(better, back=back)
            return "changed", better
        if back and self.state(shown.id) == "removed":
            self._show(shown, back=True)
        return "unchanged", shown

    def _overwrite(self, article: Article, *, back: bool) -> None:
        sql = "UPDATE version SET sha256 = ?, content = ? WHERE id = ? AND version = ?"
        self._rows(sql, *_packed(article), article.id, article.version)
        if self._shown_article(article.id).version == article.version:
            self._show(article, back=back)

    def _show(self, article: Article, *, back: bool) -> None:
        """Make this version the one shown; `back` says that the site has the article (again)."""
        values = (article.version, article.source, article.published, self._next_change(), article.id)
        self._rows("UPDATE article SET version = ?, source = ?, published = ?, change = ? WHERE id = ?", *values)
        if back:
            sql = "UPDATE article SET state = 'live', reason = NULL WHERE id = ? AND state = 'removed'"
            self._rows(sql, article.id)

    def _write(self, article: Article) -> Article:
        sha256, content = _packed(article)
        values = (article.id, article.version, sha256, article.fetched, stamp(), content)
        self._rows("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?)", *values)
        return article

    def _lead(self, id: str, url: str | None, *, canonical: bool) -> str | None:
        """Let this URL lead to the article, as its canonical one or beside it; gives the canonical one.

        What is another article's canonical URL stays that article's.
        """
        before: str | None = self._rows("SELECT url FROM article WHERE id = ?", id).fetchone()[0]
        if url is None or before == url or self._rows("SELECT 1 FROM article WHERE url = ?", url).fetchone():
            return before
        if before and not canonical:
            self.alias(url, id)
            return before
        self._rows("DELETE FROM alias WHERE url = ?", url)
        self._rows("UPDATE article SET url = ? WHERE id = ?", url, id)
        if before:
            self.alias(before, id)
        return url

    def _next_change(self) -> int:
        (change,) = self._rows("UPDATE counter SET change = change + 1 RETURNING change").fetchone()
        return int(change)

    def alias(self, url: str, id: str) -> None:
        """Remember that this URL leads to that article."""
        self._begin()
        self._rows(
            "INSERT OR IGNORE INTO alias SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM article WHERE url = ?1)", url, id
        )

    def reinstate(self, id: str, reason: str) -> None:
        """Show a withdrawn article again, and log why.

        Raises:
            StoreError: no such article, or it is not withdrawn.
        """
        if self.state(id) != "withdrawn":
            raise StoreError(f"article {id!r} is not withdrawn: nothing to reinstate")
        self._mark(id, "live", reason)

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
        before = self.state(id)
        if before is None:
            raise StoreError(f"no article {id!r} in the store: `tratin search` shows the ids")
        if before == state or (before == "withdrawn" and state == "removed"):
            return
        sql = "UPDATE article SET state = ?, reason = ?, change = ? WHERE id = ?"
        self._rows(sql, state, reason if state != "live" else None, self._next_change(), id)
        event = "reinstated" if state == "live" else state
        self._rows("INSERT INTO log VALUES (?, ?, ?, ?)", stamp(), id, event, reason)


def _dated(shown: Article) -> bool:
    """Whether it is known when the version shown was fetched: a time to come is a wrong clock's."""
    return shown.fetched is not None and shown.fetched <= stamp(now() + timedelta(days=1))


def _particulars(shown: Article, article: Article) -> dict[str, Any]:
    """What the same text, seen again, tells better: never a loss, and never a date for a date-time of that day."""
    fields = ("captions", "author", "section", "tags", "updated", "url", "source")
    better = {name: given for name in fields if (given := getattr(article, name))}
    if article.published and not (shown.published or "").startswith(article.published):
        better["published"] = article.published
    return better


def _packed(article: Article) -> tuple[str, bytes]:
    """The digest of an article's text and the article as it is kept."""
    given = article.as_json()
    return given["sha256"], isal_zlib.compress(_AS_PRINTED.encode(given).encode(), _EFFORT)


def _create(path: Path) -> None:
    """Lay out a new store; one that is there already is left as it is."""
    try:
        with closing(open_writing(path, synchronous="FULL")) as db:
            if not version_of(db) and not db.execute("SELECT 1 FROM sqlite_master").fetchone():
                lay_out(db, (files("crawler.store") / "schema.sql").read_text(encoding="utf-8"), FORMAT)
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be written as an article store: {error}") from error
