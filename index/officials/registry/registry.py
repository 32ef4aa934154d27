"""The registry of officials: keeps what was found in each article, and decides who is who. One writer at a time.

A reindex uses it so:

    with Registry(settings.registry_path, corrections=settings.data / "officials.toml") as registry:
        for article in changed:
            if registry.recorded(article.id) != digest_of(article):
                registry.record(entry_of(article, recognize(article)))  # made in worker processes, recorded here
        for id in withdrawn:
            registry.forget(id)
        changed = registry.resolve_all()                        # articles whose officials are new or others
        officials = registry.officials_of(changed)
        registry.indexed()                                      # once the index is durable

Nothing is durable before `resolve_all` returns; a crash leaves the registry as it was.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Self

from crawler.ground.database import open_writing, version_of
from crawler.ground.disk import make_folder
from crawler.ground.seal import Seal
from index.document import IndexedOfficial, Statement
from index.errors import RegistryError
from index.officials.recognition.recognizer import VERSION
from index.officials.registry.corrections import load
from index.officials.registry.counts import Tallies
from index.officials.registry.entry import RegistryEntry
from index.officials.registry.resolving import Resolution
from index.officials.registry.rows import FORMAT
from index.statements import finding

_READ_BY = f"{VERSION}, {finding.VERSION}"
"""Versions of what reads an article: officials, then their statements."""
_SAID = "SELECT start, stop, way, direct FROM said WHERE found = ? ORDER BY start"
_ORGANISATIONS = """
    SELECT o.belongs_to FROM held h JOIN office o ON o.id = h.office
    WHERE h.found = ? AND NOT h.former AND o.belongs_to IS NOT NULL ORDER BY h.place_in
"""


class Registry:
    """The registry at `path`, opened for writing; created when there is none.

    Raises:
        RegistryError: the file cannot be written, is damaged or of another format, or `corrections` has a mistake.
    """

    def __init__(self, path: Path, corrections: Path | None = None) -> None:
        self.path = path
        self._corrections = load(corrections) if corrections else load(path.with_suffix(".toml"))
        self.warnings: tuple[str, ...] = ()
        """After `resolve_all`: entries of the corrections that name ids nobody has."""
        try:
            self._seal = Seal(path)
            self._db = _open(path, self._seal)
            self._counts = Tallies(self._db)
        except sqlite3.Error as error:
            raise RegistryError(f"{path} cannot be used as officials' registry: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Drop what was recorded since the last `resolve_all`, and close."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._seal.close(self._db)
        self._db.close()

    def recorded(self, id: str) -> str | None:
        """The digest of the article as it was recorded with the recognizer at hand (see `entry.digest_of`); or None."""
        row = self._db.execute("SELECT digest FROM article WHERE id = ? AND recognizer = ?", (id, _READ_BY)).fetchone()
        return str(row[0]) if row else None

    def read_again(self) -> None:
        """Count every article as not read yet: the next reindex reads all of them; who is who stays."""
        self._begin()
        self._db.execute("UPDATE article SET recognizer = ''")
        self._db.execute("COMMIT")

    def keep_only(self, ids: Collection[str]) -> None:
        """Forget every article but these: the store holds no other."""
        for (id,) in self._db.execute("SELECT id FROM article").fetchall():
            if id not in ids:
                self.forget(id)

    def record(self, entry: RegistryEntry) -> None:
        """Keep what was found in an article, instead of what was found there before."""
        self._begin()
        before = self._remove(entry.id)
        where = entry.source, entry.province, entry.digest
        about = (entry.id, entry.version, _READ_BY, entry.title, entry.day, entry.context, *where)
        self._db.execute(
            "INSERT INTO article (id, version, recognizer, title, day, context, source, province, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            about,
        )
        for person in entry.people:
            row = self._db.execute(
                "INSERT INTO found (article, name, key, mentions, rank, is_foreign, official, day) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (entry.id, *(person.name, person.key, person.mentions, person.rank, person.foreign),
                 before.get(person.name) or before.get(person.key), entry.day),
            )  # fmt: skip
            held = ((row.lastrowid, *columns) for columns in person.held)
            self._db.executemany(
                "INSERT INTO held (found, place_in, title, organisation, place, former, mode, sentence, start, stop, "
                "day, said, plain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                held,
            )
            said = ((row.lastrowid, *columns) for columns in person.said)
            self._db.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?)", said)
        moved = ((entry.id, *move, entry.day) for move in entry.moves)
        self._db.executemany("INSERT INTO moved VALUES (?, ?, ?, ?, ?)", moved)

    def forget(self, id: str) -> None:
        """Drop what was found in an article that may no longer be shown."""
        self._begin()
        self._remove(id)

    def _remove(self, id: str) -> dict[str, str]:
        """Remove an article; its officials by name, and by key where no other shares it: the next version keeps ids."""
        if not self._db.execute("SELECT 1 FROM article WHERE id = ?", (id,)).fetchone():
            return {}
        rows = self._db.execute("SELECT name, key, official FROM found WHERE article = ?", (id,)).fetchall()
        self._counts.withdraw(id)
        self._db.execute("DELETE FROM article WHERE id = ?", (id,))
        shared = Counter(key for _, key, _ in rows)
        alone = {key: official for _, key, official in rows if official and shared[key] == 1}
        return alone | {name: official for name, _, official in rows if official}

    def resolve_all(self, *, full: bool = False) -> list[str]:
        """Decide who is who, commit, and tell in which articles the officials are new or other than in the index.

        Articles are told again until `indexed` says that the index has them. Only names in articles recorded or
        forgotten since the last call are looked at again; everything, where `full` asks for it or the corrections or
        the rules have changed.
        """
        self._begin()
        try:
            resolution = Resolution(self._db, self._corrections, self._counts)
            changed = ((id,) for id in resolution.run(full=full))
            self._db.executemany("INSERT OR IGNORE INTO pending VALUES (?)", changed)
            self._db.execute("COMMIT")
            self._counts = Tallies(self._db)
        except sqlite3.Error as error:
            raise RegistryError(
                f"{self.path}: {error}; if it is damaged, `tratin reindex --full` rebuilds it"
            ) from error
        self.warnings = resolution.warnings
        return [id for (id,) in self._db.execute("SELECT article FROM pending ORDER BY article")]

    def indexed(self) -> None:
        """The index holds everything that the last `resolve_all` told."""
        self._seal.break_()
        self._db.execute("DELETE FROM pending")

    def officials_of(self, articles: Iterable[str]) -> dict[str, tuple[IndexedOfficial, ...]]:
        """The officials of these articles as last resolved, in order of appearance."""
        sql = """
            SELECT o.id, o.name, h.title, h.organisation, o.is_foreign, f.number FROM found f
            JOIN official o ON o.id = f.official
            LEFT JOIN held h ON h.found = f.number AND h.place_in =
                (SELECT place_in FROM held WHERE found = f.number ORDER BY former, office IS NULL, place_in LIMIT 1)
            WHERE f.article = ? ORDER BY f.number
        """
        found = {}
        for id in articles:
            officials: dict[str, IndexedOfficial] = {}
            for row in self._db.execute(sql, (id,)):
                said = tuple(
                    Statement(start, stop, way, bool(direct))
                    for start, stop, way, direct in self._db.execute(_SAID, (row[5],))
                )
                if before := officials.get(row[0]):
                    officials[row[0]] = replace(before, said=tuple(sorted({*before.said, *said})))
                else:
                    officials[row[0]] = IndexedOfficial(row[0], row[1], row[2], row[3], bool(row[4]), said)
                if of := tuple(id for (id,) in self._db.execute(_ORGANISATIONS, (row[5],))):
                    official = officials[row[0]]
                    whole = tuple(dict.fromkeys((*official.organisations, *of)))
                    officials[row[0]] = replace(official, organisations=whole)
            found[id] = tuple(officials.values())
        return found

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._seal.break_()
            self._db.execute("BEGIN IMMEDIATE")


def _open(path: Path, seal: Seal) -> sqlite3.Connection:
    make_folder(path.parent)
    if not path.is_file():
        seal.break_()
    db = open_writing(path, synchronous="FULL")
    db.execute("PRAGMA cache_size = -65536")
    found = version_of(db)
    if not 0 <= found <= FORMAT:
        raise RegistryError(
            f"{path} has registry format {found}, this Tra Tin reads {FORMAT}: move it away and `tratin reindex --full`"
        )
    if found == FORMAT:
        return db
    seal.break_()
    tables = (files("index.officials.registry") / "tables.sql").read_text(encoding="utf-8")
    if found:
        _migrate(db, found, tables)
    db.executescript(f"{tables}\nPRAGMA user_version = {FORMAT};")
    return db


_LATER = (
    ("article", "source TEXT"),
    ("article", "province TEXT"),
    ("article", "digest TEXT NOT NULL DEFAULT ''"),
    ("found", "day INTEGER"),
    ("held", "plain INTEGER NOT NULL DEFAULT 0"),
    ("official", "office TEXT"),
)
"""Columns that older formats lack."""


def _migrate(db: sqlite3.Connection, version: int, tables: str) -> None:
    """Bring an older registry up: who is who stays, and every article is to be recorded again."""
    db.execute("BEGIN IMMEDIATE")
    for table, column in _LATER:
        if column.split()[0] not in {row[1] for row in db.execute(f"PRAGMA table_info({table})")}:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    if version == 1:
        db.execute("UPDATE article SET context = json_object('areas', json(context), 'spoken', json('[]'))")
    db.execute("UPDATE found SET day = (SELECT day FROM article WHERE id = found.article) WHERE day IS NULL")
    db.execute("UPDATE article SET recognizer = ''")
    db.execute("DELETE FROM meta")
    for table in ("dirty", "office", "organisation", "tally", "together", "membership", "evidence", "word"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    db.execute("DROP INDEX IF EXISTS found_official")  # an older format has it on other columns
    for statement in tables.split(";\n"):  # a script would commit
        db.execute(statement)
    counts = Tallies(db)
    counts.recount()
    counts.close()
    db.execute(f"PRAGMA user_version = {FORMAT}")
    db.execute("COMMIT")
