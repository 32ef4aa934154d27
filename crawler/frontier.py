"""The frontier: what is known, what is next, what became of it. Every step is a transaction, so a kill loses none."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from crawler.advice import advice
from crawler.errors import FrontierError, FrontierLocked
from crawler.frontier_url import FetchOutcome, FrontierUrl, Link, SiteRecord, UrlKind
from crawler.ground.clock import in_vietnam
from crawler.ground.database import lay_out, open_reading, open_writing, version_of
from crawler.ground.lock import hold
from crawler.ground.seal import Seal
from crawler.robots import Rules

FORMAT = 1
_COLUMNS = (
    "url, site, kind, depth, state, tries, started, first, fetched, dated, modified, etag, last_modified, article"
)
_RANKS: dict[UrlKind, int] = {"feed": 0, "list": 1, "sitemap": 2, "article": 3}
_SEEN = 4
"""The rank of an article that was fetched before."""


class Frontier:
    """The frontier at `path`; `:memory:` makes one that is forgotten. Safe to use from several threads.

    Raises:
        FrontierLocked: another crawl is running on it.
        FrontierError: it cannot be opened.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._guard = threading.RLock()
        self._lock = hold(path.with_suffix(".lock"), FrontierLocked, over=path) if path else None
        self._seal = Seal(path) if path else None
        try:
            if self._seal and path and not path.is_file():
                self._seal.break_()
            self._db = _opened(path)
        except BaseException:
            if self._lock:
                self._lock.close()
            raise

    def copy(self) -> Frontier:
        """A copy in memory, for trying things out."""
        twin = Frontier(None)
        self._db.backup(twin._db)
        return twin

    def close(self) -> None:
        """Close it, and let the next crawl in."""
        if self._seal:
            self._seal.close(self._db)
        self._db.close()
        if self._lock:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._guard:
            try:
                if self._seal:
                    self._seal.break_()
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                self._db.execute("COMMIT")
            except BaseException as error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise self._error(error) from error
                raise

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._guard:
            try:
                return self._db.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise self._error(error) from error

    def _error(self, error: sqlite3.Error) -> FrontierError:
        what = advice(error, "delete it: the next crawl begins anew and finds the articles unchanged")
        return FrontierError(f"{self._path}: {error}; {what}")

    def begin(self, site: str, seeds: Sequence[Link], since: str | None, now: str) -> None:
        """Begin a run: the site's seeds are due, and what an earlier run skipped for its age is looked at again."""
        with self._writing() as db:
            db.execute(
                "UPDATE page SET state = 'queued', reason = NULL, due = ?1 WHERE site = ?2 AND state = 'skipped' "
                "AND reason LIKE 'published before %' AND (?3 IS NULL OR dated >= ?3)",
                (now, site, since),
            )
            for seed in seeds:
                db.execute(
                    "INSERT INTO page (url, site, kind, rank, depth, state, due) VALUES (?, ?, ?, ?, 0, 'queued', ?) "
                    "ON CONFLICT (url) DO UPDATE SET state = 'queued', due = excluded.due, kind = excluded.kind, "
                    "rank = excluded.rank, tries = 0 WHERE state != 'fetching'",
                    (seed.url, site, seed.kind, _RANKS[seed.kind], now),
                )

    def interrupted(self, site: str) -> list[FrontierUrl]:
        """What a killed run had begun and not ended; each time it is asked for counts as a try."""
        with self._writing() as db:
            db.execute("UPDATE page SET tries = tries + 1 WHERE site = ? AND state = 'fetching'", (site,))
            sql = f"SELECT {_COLUMNS} FROM page WHERE site = ? AND state = 'fetching'"
            return [FrontierUrl(*row) for row in db.execute(sql, (site,))]

    def put_back(self, entry: FrontierUrl, now: str) -> None:
        """Queue an entry again whose answer never came."""
        with self._writing() as db:
            db.execute("UPDATE page SET state = 'queued', due = ? WHERE url = ?", (now, entry.url))

    def take(self, site: str, now: str, *, articles: bool = True) -> FrontierUrl | None:
        """The site's next URL that is due, now marked as being fetched; None when none is.

        Feeds, lists and sitemaps come first, then articles that were never seen, newest first, then known ones.
        """
        most = _SEEN if articles else _RANKS["article"] - 1
        with self._writing() as db:
            row = db.execute(
                f"SELECT {_COLUMNS} FROM page WHERE site = ? AND rank <= ? AND due <= ? "
                "ORDER BY rank, dated DESC LIMIT 1",
                (site, most, now),
            ).fetchone()
            if row is None:
                return None
            sql = "UPDATE page SET state = 'fetching', due = NULL, started = ?, tries = tries + 1 WHERE url = ?"
            db.execute(sql, (now, row[0]))
        found = FrontierUrl(*row)
        return replace(found, tries=found.tries + 1, started=now)

    def end(
        self, entry: FrontierUrl, ending: FetchOutcome, links: Iterable[Link], now: str, since: str | None = None
    ) -> int:
        """Note what became of an entry and what it led to, in one transaction; gives how many URLs were new."""
        with self._writing() as db:
            db.execute(
                "UPDATE page SET state = ?1, reason = ?2, due = ?3, "
                "tries = CASE ?1 WHEN 'done' THEN 0 ELSE tries END, "
                "rank = CASE WHEN ?1 = 'done' AND kind = 'article' THEN ?10 ELSE rank END, "
                "first = coalesce(first, ?4), fetched = coalesce(?4, fetched), dated = coalesce(?5, dated), "
                "etag = CASE WHEN ?4 IS NULL THEN etag ELSE ?6 END, "
                "last_modified = CASE WHEN ?4 IS NULL THEN last_modified ELSE ?7 END, article = coalesce(?8, article) "
                "WHERE url = ?9",
                (
                    *(ending.state, ending.reason, ending.due, ending.fetched, ending.dated),
                    *(ending.etag, ending.last_modified, ending.article, entry.url, _SEEN),
                ),
            )
            return sum(_add(db, entry.site, link, now, since) for link in links)

    def waiting(self, site: str) -> str | None:
        """When the next URL of the site will be due, articles seen before left out; None when none waits."""
        found: str | None = self._rows("SELECT min(due) FROM page WHERE site = ? AND rank < ?", site, _SEEN)[0][0]
        return found

    def queued(self, site: str) -> list[str]:
        """Every article URL of the site that waits, in the order in which they would be fetched."""
        sql = "SELECT url FROM page WHERE site = ? AND rank = 3 AND due IS NOT NULL ORDER BY dated DESC"
        return [url for (url,) in self._rows(sql, site)]

    def linked(self, site: str) -> int:
        """How many articles wait that only links led to, not a feed, sitemap or list."""
        sql = "SELECT count(*) FROM page WHERE site = ? AND rank = 3 AND due IS NOT NULL AND depth > 0"
        return int(self._rows(sql, site)[0][0])

    def finish(self, site: str, now: str, *, success: bool, needs: Sequence[str]) -> None:
        """Note how a site's run went."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO site VALUES (?1, ?2, ?3, ?4) ON CONFLICT (host) DO UPDATE SET last_run = ?2, "
                "last_success = coalesce(?3, last_success), needs = ?4",
                (site, now, now if success else None, json.dumps(needs, ensure_ascii=False)),
            )

    def impossible(self, site: str, soon: str, latest: str) -> int:
        """How many pages of a site were fetched after `soon` or are due after `latest`: a wrong clock wrote that."""
        sql = "SELECT count(*) FROM page WHERE site = ? AND (fetched > ? OR due > ?)"
        return int(self._rows(sql, site, soon, latest)[0][0])

    def reschedule(self, now: str, latest: str, is_kept: Callable[[str], bool]) -> int:
        """Undo what a wrong clock, or the loss of articles, has left; gives how many pages are due again.

        Pages that were fetched after `now` or are due after `latest`, and pages whose article `is_kept` denies, are due
        now; times after `now` are forgotten, and so are robots.txt rules from the future.
        """
        with self._writing() as db:
            gone = [
                url
                for url, article in db.execute("SELECT url, article FROM page WHERE article IS NOT NULL").fetchall()
                if not is_kept(article)
            ]
            for url in gone:
                sql = (
                    "UPDATE page SET state = 'queued', rank = 3, due = ?, tries = 0, article = NULL, etag = NULL, "
                    "last_modified = NULL WHERE url = ?"
                )
                db.execute(sql, (now, url))
            late = db.execute("UPDATE page SET due = ?1 WHERE fetched > ?1 OR due > ?2", (now, latest)).rowcount
            for column in ("started", "first", "fetched", "modified"):
                db.execute(f"UPDATE page SET {column} = NULL WHERE {column} > ?", (now,))
            for column in ("last_run", "last_success"):
                db.execute(f"UPDATE site SET {column} = NULL WHERE {column} > ?", (now,))
            db.execute("DELETE FROM rules WHERE fetched > ?", (in_vietnam(now).timestamp(),))
            return len(gone) + late

    def sites(self) -> tuple[SiteRecord, ...]:
        """Every site that was ever crawled."""
        states: dict[str, dict[str, int]] = {}
        for site, state, count in self._rows("SELECT site, state, count(*) FROM page GROUP BY 1, 2"):
            states.setdefault(site, {})[state] = count
        rows = self._rows("SELECT host, last_run, last_success, needs FROM site ORDER BY host")
        return tuple(
            SiteRecord(host, run, success, tuple(json.loads(needs or "[]")), states.get(host, {}))
            for host, run, success, needs in rows
        )

    def recall_rules(self, origin: str) -> Rules | None:
        """The robots.txt rules that were kept for an origin."""
        rows = self._rows("SELECT verdict, fetched, text, reason FROM rules WHERE origin = ?", origin)
        return Rules(*rows[0]) if rows else None

    def keep_rules(self, origin: str, rules: Rules) -> None:
        """Keep an origin's robots.txt rules for later runs."""
        with self._writing() as db:
            values = (origin, rules.verdict, rules.fetched, rules.text, rules.reason)
            db.execute("INSERT OR REPLACE INTO rules VALUES (?, ?, ?, ?, ?)", values)


def _opened(path: Path | None) -> sqlite3.Connection:
    try:
        db = open_writing(path, synchronous="NORMAL")
        found = version_of(db)
        if found == 0:
            lay_out(db, (files("crawler") / "frontier.sql").read_text(encoding="utf-8"), FORMAT)
    except sqlite3.Error as error:
        raise FrontierError(f"{path} cannot be opened as a frontier: {error}") from error
    if found not in (0, FORMAT):
        raise FrontierError(f"{path} has frontier format {found}, this Tra Tin reads {FORMAT}")
    return db


def _add(db: sqlite3.Connection, site: str, link: Link, now: str, since: str | None) -> bool:
    row = db.execute("SELECT state, kind, modified, fetched FROM page WHERE url = ?", (link.url,)).fetchone()
    if row is None:
        old = since is not None and link.kind == "article" and link.dated is not None and link.dated < since
        state, reason = ("skipped", f"published before {since}") if old else ("queued", None)
        due = None if old else now
        db.execute(
            "INSERT INTO page (url, site, kind, rank, depth, state, reason, due, dated, modified) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (link.url, site, link.kind, _RANKS[link.kind], link.depth, state, reason, due, link.dated, link.modified),
        )
        return not old
    state, kind, modified, fetched = row
    edited = link.modified is not None and link.modified > (modified or fetched or "")
    if state == "done" and (edited or (kind == "sitemap" and link.modified is None)):
        db.execute("UPDATE page SET due = ? WHERE url = ?", (now, link.url))
    if edited or link.dated:
        sql = "UPDATE page SET dated = coalesce(dated, ?), modified = coalesce(?, modified) WHERE url = ?"
        db.execute(sql, (link.dated, link.modified if edited else None, link.url))
    return False


def last_successes(path: Path) -> dict[str, str]:
    """Host of every site → when its last successful run ended, ISO 8601; reads beside a running crawl."""
    if not path.is_file():
        return {}
    try:
        with closing(open_reading(path)) as db:
            return dict(db.execute("SELECT host, last_success FROM site WHERE last_success IS NOT NULL"))
    except sqlite3.Error as error:
        raise FrontierError(f"{path} cannot be read: {error}") from error
