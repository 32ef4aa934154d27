"""Verifying the store: every stored version unpacked and held against its checksum."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from crawler.ground.database import open_reading
from crawler.ground.fault import REPAIR, RESTORE, Fault
from crawler.ground.verifying import check_database, seal_faults

_NAMED = 5
"""Articles that one fault names; the others are counted."""


def verify_store(path: Path) -> Iterator[Fault]:
    """What is wrong with the store at `path`: its bytes against the seal, each version against its SHA-256."""
    found = check_database(path)
    if found.seal.state == "gone":
        yield Fault(str(path), "it is gone", "every article that no backup holds", RESTORE)
        return
    yield from seal_faults(path, found.seal)
    damaged, stopped = _damaged_versions(path)
    if damaged:
        yield Fault(str(path), found.damage or "stored texts are damaged", _named(damaged), RESTORE)
    elif stopped:
        yield Fault(str(path), stopped, "articles that cannot be read any more", RESTORE)
    elif found.damage:
        yield Fault(str(path), found.damage, "nothing: every article and version can be read", REPAIR)


def _damaged_versions(path: Path) -> tuple[list[str], str | None]:
    """Versions that cannot be read or are not what was kept, and why the reading stopped, if it did."""
    damaged = []
    try:
        with closing(open_reading(path)) as db:
            for id, version, sha256, content in db.execute("SELECT id, version, sha256, content FROM version"):
                if not _whole(id, version, sha256, content):
                    damaged.append(f"{id} version {version}")
            sql = (
                "SELECT id FROM article WHERE NOT EXISTS "
                "(SELECT 1 FROM version v WHERE v.id = article.id AND v.version = article.version)"
            )
            damaged += [f"{id}, the version shown" for (id,) in db.execute(sql)]
            (counted, highest) = db.execute("SELECT (SELECT change FROM counter), max(change) FROM article").fetchone()
            if counted is None or (highest or 0) > counted:
                return damaged, "its change counter is behind its articles"
    except (sqlite3.Error, UnicodeError) as error:
        return damaged, " ".join(str(error).split())
    return damaged, None


def _whole(id: str, version: int, sha256: str, content: bytes) -> bool:
    try:
        given = json.loads(zlib.decompress(content))
        text = "\n".join((given["title"], given["lead"] or "", *given["paragraphs"]))
        found = hashlib.sha256(text.encode()).hexdigest()
    except (zlib.error, ValueError, KeyError, TypeError):
        return False
    return bool((given["id"], given["version"], given["sha256"], found) == (id, version, sha256, sha256))


def _named(damaged: list[str]) -> str:
    more = f" and {len(damaged) - _NAMED} more" if len(damaged) > _NAMED else ""
    return ", ".join(damaged[:_NAMED]) + more
