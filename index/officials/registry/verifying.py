"""Verifying the registry: its bytes against its seal, and what it has read against the articles of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from crawler.ground.database import open_reading
from crawler.ground.fault import REINDEX, REPAIR, Fault
from crawler.ground.verifying import check_database, seal_faults

_NAMED = 5
_LOST = "who has which id, where that was not decided from the news alone; the officials are read again"


def verify_registry(path: Path, *, expected: bool) -> tuple[dict[str, int], list[Fault]]:
    """The version of every article that the registry has read, and what is wrong with its file.

    `expected` says that there is an index, so that there must be a registry.
    """
    found = check_database(path)
    faults = list(seal_faults(path, found.seal))
    if found.damage or (expected and not path.is_file()):
        return {}, [*faults, Fault(str(path), found.damage or "it is gone", _LOST, REPAIR)]
    if not path.is_file():
        return {}, faults
    try:
        with closing(open_reading(path)) as db:
            return dict(db.execute("SELECT id, version FROM article")), faults
    except sqlite3.Error as error:
        return {}, [*faults, Fault(str(path), str(error), _LOST, REPAIR)]


def compare_registry(path: Path, read: Mapping[str, int], indexed: Mapping[str, int]) -> Iterator[Fault]:
    """Where the registry and the index, by id and version, do not speak of the same articles."""
    missing = sorted(id for id in indexed if id not in read)
    if missing:
        what = f"it lacks {len(missing)} articles of the index"
        yield Fault(str(path), what, f"the officials of {', '.join(missing[:_NAMED])}", f"{REINDEX} --full")
    other = sorted(id for id, version in indexed.items() if id in read and read[id] != version)
    if other:
        what = f"it has read other versions of {len(other)} articles than the index"
        yield Fault(str(path), what, f"the officials of {', '.join(other[:_NAMED])}", f"{REINDEX} --full")
