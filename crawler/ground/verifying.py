"""Verifying one database: its seal, and SQLite's own look at its pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.ground.database import open_reading
from crawler.ground.fault import REPAIR, Fault
from crawler.ground.seal import SealCheck, check, seal_of


@dataclass(frozen=True, slots=True)
class DatabaseCheck:
    """What is wrong with a database as a file, whatever its rows say."""

    seal: SealCheck
    malformed: str | None
    """What SQLite says of its pages; None when they hang together."""

    @property
    def damage(self) -> str | None:
        """The damage in words; None when there is none."""
        if self.seal.state == "gone":
            return "it is gone"
        if self.malformed:
            return self.malformed
        if self.seal.state == "damaged":
            return f"{self.seal.damaged} of {self.seal.blocks} blocks are not as they were written"
        return None


def check_database(path: Path) -> DatabaseCheck:
    """Hold a database against its seal and let SQLite look at its pages and indexes."""
    seal = check(path)
    malformed = None
    if path.is_file():
        try:
            with closing(open_reading(path)) as db:
                (said,) = db.execute("PRAGMA integrity_check(1)").fetchone()
                malformed = None if said == "ok" else " ".join(str(said).split())
        except sqlite3.Error as error:
            malformed = str(error)
    return DatabaseCheck(seal, malformed)


def seal_faults(path: Path, seal: SealCheck) -> Iterator[Fault]:
    """What is wrong with the seal itself."""
    if seal.state in ("unreadable", "lost"):
        what = "it is gone" if seal.state == "lost" else "it is damaged"
        yield Fault(str(seal_of(path)), what, "nothing: it holds checksums", REPAIR)
