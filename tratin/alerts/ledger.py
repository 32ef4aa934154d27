"""The ledger: which articles each alert has told, what waits to be sent, and what is switched off."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from crawler.ground.clock import now, stamp
from crawler.ground.database import lay_out, open_reading, open_writing, version_of
from crawler.ground.seal import Seal
from search.results import Hit
from tratin.errors import AlertError

FORMAT = 2
_WITHOUT_VIEWS = 1
"""The format before it; it is opened and brought on."""
_ARTICLE = "article, title, url, source, published, snippet, at"


@dataclass(frozen=True, slots=True)
class AlertArticle:
    """An article as an alert tells it."""

    id: str
    title: str
    url: str | None
    source: str | None
    published: str | None
    snippet: str
    at: str
    """When it was found, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that has not been sent."""

    number: int
    alert: str
    batch: int
    channel: str
    """email or webhook."""
    target: str
    attempts: int


@dataclass(frozen=True, slots=True)
class AlertState:
    """What the ledger knows of an alert."""

    name: str
    feed: str
    off_key: str
    off: str | None
    """When it was switched off."""
    told: int
    """Articles."""
    sent: int
    waiting: int
    refused: int
    """Messages."""
    view: str | None
    """The parameters of its page of results when it was matched last; None where an earlier version began it."""


class Ledger:
    """Keeps what alerts told at `path`; every change is durable when its transaction ends.

    Raises:
        AlertError: it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.touch(mode=0o600)  # it holds the keys that switch alerts off
            self._seal = Seal(path, shared=True)  # a reader switches an alert off while a run tells
            self._db = open_writing(path, synchronous="FULL")
            found = version_of(self._db)
            if found == 0:
                self._seal.break_()
                lay_out(self._db, (files("tratin.alerts") / "alerts.sql").read_text(encoding="utf-8"), FORMAT)
            elif found == _WITHOUT_VIEWS:
                self._seal.break_()
                self._db.executescript(f"ALTER TABLE alert ADD COLUMN view TEXT; PRAGMA user_version = {FORMAT}")
        except (sqlite3.Error, OSError) as error:
            raise AlertError(f"{path} cannot be opened: {error}") from error
        if found not in (0, _WITHOUT_VIEWS, FORMAT):
            self._db.close()
            raise AlertError(f"{path} has format {found}, this Tra Tin reads {FORMAT}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._seal.close(self._db)
        self._db.close()

    @property
    def id(self) -> str:
        """Tells this ledger's messages from those of another."""
        return str(self._rows("SELECT id FROM progress")[0][0])

    @property
    def change(self) -> int | None:
        """The store's change up to which articles were matched; None before the first run."""
        found: int | None = self._rows("SELECT change FROM progress")[0][0]
        return found

    def register(self, views: Mapping[str, str], change: int) -> list[str]:
        """Begin the alerts that are new here, which are told of what comes after this change; gives their names.

        `views` has the parameters of every alert's page of results, kept to tell when an alert asks for something else.
        """
        with self._transaction():
            known = {name for (name,) in self._rows("SELECT name FROM alert")}
            begun = [name for name in views if name not in known]
            for name in begun:
                keys = secrets.token_hex(8), secrets.token_urlsafe(24)
                self._db.execute(
                    "INSERT INTO alert (name, feed, off_key, made) VALUES (?, ?, ?, ?)", (name, *keys, stamp())
                )
            self._db.executemany(
                "UPDATE alert SET view = ?1 WHERE name = ?2 AND view IS NOT ?1",
                ((view, name) for name, view in views.items()),
            )
            self._db.execute("UPDATE progress SET change = coalesce(change, ?)", (change,))
        return begun

    def states(self) -> dict[str, AlertState]:
        """Every alert that was ever begun, by name."""
        sql = """
            SELECT a.name, a.feed, a.off_key, a.off, (SELECT count(*) FROM told t WHERE t.alert = a.name),
              count(m.sent), count(m.number) - count(m.sent) - count(m.refused), count(m.refused), a.view
            FROM alert a LEFT JOIN message m ON m.alert = a.name GROUP BY a.name
        """
        return {row[0]: AlertState(*row) for row in self._rows(sql)}

    def keep(self, found: Iterable[tuple[str, Iterable[Hit]]], change: int) -> None:
        """Write what was matched up to a change, all of it or nothing; what an alert told before is not told again."""
        at = stamp()
        with self._transaction():
            for alert, hits in found:
                self._db.executemany(
                    f"INSERT OR IGNORE INTO told (alert, {_ARTICLE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    ((alert, hit.id, hit.title, hit.url, hit.source, hit.published, _snippet(hit), at) for hit in hits),
                )
            self._db.execute("UPDATE progress SET change = ?", (change,))

    def untold(self) -> set[str]:
        """Alerts with articles for which no message was made yet."""
        return {name for (name,) in self._rows("SELECT DISTINCT alert FROM told WHERE batch IS NULL")}

    def due(self, alert: str, hours: int) -> bool:
        """Whether so many hours have gone by since the alert's last message was made."""
        rows = self._rows("SELECT max(made) FROM message WHERE alert = ?", alert)
        return not rows[0][0] or str(rows[0][0]) <= stamp(now() - timedelta(hours=hours))

    def batch(self, alert: str, channels: Iterable[tuple[str, str]]) -> None:
        """Make the messages that tell an alert's untold articles, one a channel; none where it has only a feed."""
        with self._transaction():
            (last,) = self._rows("SELECT coalesce(max(batch), 0) FROM told")[0]
            self._db.execute("UPDATE told SET batch = ? WHERE alert = ? AND batch IS NULL", (last + 1, alert))
            sql = "INSERT INTO message (alert, batch, channel, target, made) VALUES (?, ?, ?, ?, ?)"
            self._db.executemany(sql, ((alert, last + 1, *channel, stamp()) for channel in channels))

    def waiting(self) -> list[Waiting]:
        """The messages of alerts that are on and have not been sent, in the order in which they were made."""
        sql = """
            SELECT number, alert, batch, channel, target, attempts FROM message m
            WHERE sent IS NULL AND refused IS NULL AND alert IN (SELECT name FROM alert WHERE off IS NULL)
            ORDER BY number
        """
        return [Waiting(*row) for row in self._rows(sql)]

    def articles(self, batch: int) -> list[AlertArticle]:
        """What the messages of a batch tell, the newest first."""
        sql = f"SELECT {_ARTICLE} FROM told WHERE batch = ? ORDER BY published DESC, article"
        return [AlertArticle(*row) for row in self._rows(sql, batch)]

    def latest(self, alert: str, most: int) -> list[AlertArticle]:
        """The articles that an alert found last."""
        sql = f"SELECT {_ARTICLE} FROM told WHERE alert = ? ORDER BY at DESC, published DESC, article LIMIT ?"
        return [AlertArticle(*row) for row in self._rows(sql, alert, most)]

    def sent(self, number: int) -> None:
        """Note that a message was taken."""
        with self._transaction():
            self._db.execute("UPDATE message SET sent = ?, attempts = attempts + 1 WHERE number = ?", (stamp(), number))

    def failed(self, number: int, problem: str, *, for_good: bool) -> None:
        """Note that a message was not taken; for good, or to be tried again by the next run."""
        sql = "UPDATE message SET attempts = attempts + 1, problem = ?, refused = ? WHERE number = ?"
        with self._transaction():
            self._db.execute(sql, (problem, stamp() if for_good else None, number))

    def switch(self, name: str, *, off: bool) -> None:
        """Switch an alert off, or on again: then what was found meanwhile and not sent is dropped."""
        with self._transaction():
            self._db.execute("UPDATE alert SET off = ? WHERE name = ?", (stamp() if off else None, name))
            if not off:
                sql = "UPDATE message SET refused = ?, problem = 'switched off' WHERE alert = ? AND sent IS NULL"
                self._db.execute(sql, (stamp(), name))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._seal.break_()
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _rows(self, sql: str, *values: object) -> list[Any]:
        return self._db.execute(sql, values).fetchall()


class LedgerDesk:
    """What the web server does for alerts: it switches one off for whoever has the key, and hands out feeds."""

    def __init__(self, ledger: Path, feeds: Path) -> None:
        self._ledger, self._feeds = ledger, feeds

    def named(self, off_key: str) -> tuple[str, bool] | None:
        """The name of the alert that a key switches off, and whether it is off; None for no key."""
        if not self._ledger.is_file():
            return None
        with closing(open_reading(self._ledger)) as db:
            row = db.execute("SELECT name, off FROM alert WHERE off_key = ?", (off_key,)).fetchone()
        return (str(row[0]), row[1] is not None) if row else None

    def switch_off(self, off_key: str) -> None:
        """Switch the alert of a key off."""
        if found := self.named(off_key):
            with Ledger(self._ledger) as ledger:
                ledger.switch(found[0], off=True)

    def feed(self, id: str) -> bytes | None:
        """The feed of that id; None when there is none."""
        path = self._feeds / f"{id}.atom"
        return path.read_bytes() if id.isalnum() and path.is_file() else None


def _snippet(hit: Hit) -> str:
    return " … ".join(snippet.text for snippet in hit.snippets[:1])
