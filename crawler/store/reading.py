"""The reading half of the article store, the only half that other rooms see."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from crawler.advice import advice
from crawler.article import Article
from crawler.errors import StoreError
from crawler.ground.database import open_reading, version_of

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Change:
    """An article that was kept, withdrawn or removed after a given change number."""

    change: int
    id: str
    state: str
    """live, withdrawn or removed."""


@dataclass(frozen=True, slots=True)
class VersionNote:
    """One kept version, without its text."""

    version: int
    title: str
    sha256: str
    kept: str
    """When it came in, ISO 8601 with +07:00."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: an article was withdrawn, reinstated or found removed."""

    at: str
    id: str
    event: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Departure:
    """An article that was withdrawn, or that its site no longer has, and when that was noted."""

    at: str
    id: str
    state: str
    """withdrawn or removed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided last about showing an article that was ever withdrawn."""

    at: str
    """ISO 8601 with +07:00."""
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One version as the store keeps it."""

    note: VersionNote
    content: bytes
    """zlib of the article's JSON."""


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article as the store keeps it, with all its versions: what a copy for other machines is made from."""

    id: str
    state: str
    """live, withdrawn or removed."""
    removed: str | None
    """When its site was found to have it no longer."""
    source: str | None
    published: str | None
    version: int
    """The one that is shown."""
    change: int
    urls: tuple[str, ...]
    """Every URL that leads to it, the canonical one first."""
    versions: tuple[KeptVersion, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles of one source one month holds."""

    source: str | None
    month: str | None
    """`2024-01`, or None for undated articles."""
    count: int


@dataclass(frozen=True, slots=True)
class Lately:
    """How many of the articles of a source that came in last lack a part: more than before is a changed layout."""

    source: str
    articles: int
    undated: int
    without_lead: int
    without_text: int


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much the store keeps."""

    live: int
    """Articles that may be shown."""
    versions: int
    withdrawn: int


class Articles(Protocol):
    """What searches and pages ask of the articles that are kept, wherever they are kept; safe in threads.

    Raises:
        StoreError, IndexUnreachable: they cannot be read; from every method.
    """

    def reconnect(self) -> None:
        """To be called once in a process that was forked with this."""

    def last_change(self) -> int:
        """A number that counts up whenever an article is withdrawn or reinstated, and as articles change."""

    def withdrawn(self) -> frozenset[str]:
        """Articles that must not be shown."""

    def state(self, id: str) -> str | None:
        """live, withdrawn or removed; None when unknown."""

    def get(self, id: str, version: int | None = None) -> Article | None:
        """The article (the version that is shown, or that one); None when unknown."""

    def texts(self, ids: Iterable[str]) -> Iterator[Article]:
        """The versions shown of those of these articles that are known, in this order; read a few at a time."""

    def versions(self, id: str) -> tuple[VersionNote, ...]:
        """All kept versions, oldest first."""

    def aliases(self, id: str) -> tuple[str, ...]:
        """Every URL that leads to the article, its canonical one first."""

    def revised(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Articles that have more than one version, as (id, version shown), the latest change first."""

    def departed(self, limit: int) -> tuple[Departure, ...]:
        """Articles that are withdrawn or removed, the latest first."""

    def coverage(self) -> tuple[Coverage, ...]:
        """Articles by source and month of publication."""

    def count(self) -> int:
        """How many articles may be shown."""


class StoreReader:
    """Reads the store at `path`; sees every committed change, and never blocks the writer.

    Raises:
        StoreError: no store is there, it is damaged, or another version of Tra Tin wrote it.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise StoreError(f"no article store at {path}: run `tratin import` or `tratin crawl` first")
        self.path = path
        self._db = self._connect()

    def _connect(self) -> sqlite3.Connection:
        try:
            db = open_reading(self.path)
            found = version_of(db)
        except sqlite3.Error as error:
            raise StoreError(f"{self.path} cannot be read as an article store: {error}") from error
        if found != FORMAT:
            db.close()
            raise StoreError(f"{self.path} has store format {found}, this Tra Tin reads {FORMAT}")
        return db

    def reconnect(self) -> None:
        """Connect anew in a forked process: SQLite forbids the use, and even the closing, of a parent's connection."""
        self._parents, self._db = self._db, self._connect()

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rows(self, sql: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: {error}; {advice(error, '`tratin restore` a backup')}") from error

    def get(self, id: str, version: int | None = None) -> Article | None:
        """The article (its latest version, or that one), whatever its state; None when unknown."""
        wanted = "(SELECT version FROM article WHERE id = ?1)" if version is None else "?2"
        values = (id,) if version is None else (id, version)
        row = self._rows(f"SELECT content FROM version WHERE id = ?1 AND version = {wanted}", *values).fetchone()
        return _article(row[0]) if row else None

    def texts(self, ids: Iterable[str]) -> Iterator[Article]:
        """The latest versions of those of these articles that are known, in this order."""
        return (article for id in ids if (article := self.get(id)) is not None)

    def kept(self, ids: Iterable[str]) -> Iterator[KeptArticle]:
        """All that is kept of those of these articles that are known."""
        removed = dict(self._rows("SELECT id, max(at) FROM log WHERE event = 'removed' GROUP BY id"))
        of_article = "SELECT state, source, published, version, change FROM article WHERE id = ?"
        of_versions = "SELECT version, sha256, kept, content FROM version WHERE id = ? ORDER BY version"
        for id in ids:
            if (row := self._rows(of_article, id).fetchone()) is None:
                continue
            state, source, published, version, change = row
            versions = tuple(
                KeptVersion(VersionNote(number, _article(content).title, sha256, kept), content)
                for number, sha256, kept, content in self._rows(of_versions, id)
            )
            since = removed.get(id) if state == "removed" else None
            yield KeptArticle(id, state, since, source, published, version, change, self.aliases(id), versions)

    def verdicts(self) -> Mapping[str, Verdict]:
        """What was decided last about every article that was ever withdrawn, by its id."""
        sql = "SELECT id, at, event FROM log WHERE event IN ('withdrawn', 'reinstated') ORDER BY rowid"
        return {id: Verdict(at, event == "withdrawn") for id, at, event in self._rows(sql)}

    def state(self, id: str) -> str | None:
        """live, withdrawn or removed; None when unknown."""
        row = self._rows("SELECT state FROM article WHERE id = ?", id).fetchone()
        return str(row[0]) if row else None

    def versions(self, id: str) -> tuple[VersionNote, ...]:
        """All kept versions, oldest first."""
        rows = self._rows("SELECT version, content, sha256, kept FROM version WHERE id = ? ORDER BY version", id)
        return tuple(VersionNote(v, _article(content).title, sha256, kept) for v, content, sha256, kept in rows)

    def resolve(self, url: str) -> str | None:
        """The id of the article at a canonical URL or a known alias."""
        row = self._rows(
            "SELECT id FROM article WHERE url = ?1 UNION ALL SELECT id FROM alias WHERE url = ?1 LIMIT 1", url
        ).fetchone()
        return str(row[0]) if row else None

    def aliases(self, id: str) -> tuple[str, ...]:
        """Every URL that leads to the article, its canonical one first."""
        sql = "SELECT url FROM article WHERE id = ?1 AND url IS NOT NULL UNION ALL SELECT url FROM alias WHERE id = ?1"
        return tuple(url for (url,) in self._rows(sql, id))

    def log(self, id: str | None = None) -> tuple[Event, ...]:
        """Withdrawals, reinstatements and removals, of one article or of all, oldest first."""
        rows = self._rows("SELECT at, id, event, reason FROM log WHERE ?1 IS NULL OR id = ?1 ORDER BY rowid", id)
        return tuple(Event(*row) for row in rows)

    def last_change(self) -> int:
        """The number of the newest change; 0 in an empty store."""
        return int(self._rows("SELECT change FROM counter").fetchone()[0])

    def changes(self, since: int = 0) -> Iterator[Change]:
        """Articles touched after change `since`, each once, oldest change first."""
        for row in self._rows("SELECT change, id, state FROM article WHERE change > ? ORDER BY change", since):
            yield Change(*row)

    def live(self, after: str = "") -> Iterator[Article]:
        """Latest versions of all articles that may be shown, by id."""
        sql = (
            "SELECT v.content FROM article a JOIN version v ON v.id = a.id AND v.version = a.version "
            "WHERE a.state != 'withdrawn' AND a.id > ? ORDER BY a.id"
        )
        for (content,) in self._rows(sql, after):
            yield _article(content)

    def count(self) -> int:
        """How many articles may be shown."""
        return int(self._rows("SELECT count(*) FROM article WHERE state != 'withdrawn'").fetchone()[0])

    def withdrawn(self) -> frozenset[str]:
        """Articles that must not be shown."""
        return frozenset(id for (id,) in self._rows("SELECT id FROM article WHERE state = 'withdrawn'"))

    def revised(self, limit: int) -> tuple[tuple[str, int], ...]:
        """Articles that have more than one version, as (id, latest version), the latest change first."""
        sql = "SELECT id, version FROM article WHERE version > 1 AND state != 'withdrawn' ORDER BY change DESC LIMIT ?"
        return tuple((str(row[0]), int(row[1])) for row in self._rows(sql, limit))

    def departed(self, limit: int) -> tuple[Departure, ...]:
        """Articles that are withdrawn or removed, the latest first."""
        sql = (
            "SELECT max(l.at), l.id, l.event FROM log l JOIN article a ON a.id = l.id AND a.state = l.event "
            "WHERE l.event IN ('withdrawn', 'removed') GROUP BY l.id ORDER BY max(l.rowid) DESC LIMIT ?"
        )
        return tuple(Departure(*row) for row in self._rows(sql, limit))

    def counts(self) -> StoreCounts:
        """How much is kept."""
        sql = (
            "SELECT (SELECT count(*) FROM article WHERE state != 'withdrawn'), (SELECT count(*) FROM version), "
            "(SELECT count(*) FROM article WHERE state = 'withdrawn')"
        )
        return StoreCounts(*self._rows(sql).fetchone())

    def latest_versions(self, ids: Iterable[str] | None = None) -> dict[str, int]:
        """The latest version of every article that may be shown, or of those among `ids`, by id."""
        sql = "SELECT id, version FROM article WHERE state != 'withdrawn'"
        if ids is None:
            return dict(self._rows(sql))
        return dict(row for id in ids for row in self._rows(f"{sql} AND id = ?", id))

    def lately(self, most: int = 50) -> tuple[Lately, ...]:
        """Of each source's latest `most` articles, how many lack a day, a lead or a text."""
        sql = (
            "SELECT l.source, v.content FROM (SELECT id, version, source, row_number() OVER "
            "(PARTITION BY source ORDER BY change DESC) AS place FROM article WHERE source IS NOT NULL) l "
            "JOIN version v ON v.id = l.id AND v.version = l.version WHERE l.place <= ? ORDER BY l.source"
        )
        found: dict[str, list[Article]] = {}
        for source, content in self._rows(sql, most):
            found.setdefault(source, []).append(_article(content))
        return tuple(
            Lately(
                source,
                len(articles),
                sum(article.published is None for article in articles),
                sum(not article.lead for article in articles),
                sum(not article.paragraphs for article in articles),
            )
            for source, articles in found.items()
        )

    def coverage(self) -> tuple[Coverage, ...]:
        """Articles by source and month of publication."""
        sql = (
            "SELECT source, substr(published, 1, 7), count(*) FROM article WHERE state != 'withdrawn' "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return tuple(Coverage(*row) for row in self._rows(sql))


def _article(content: bytes) -> Article:
    try:
        return Article.from_json(json.loads(zlib.decompress(content)))
    except (zlib.error, ValueError) as error:
        raise StoreError(f"a stored article is damaged ({error}): `tratin restore` a backup") from error
