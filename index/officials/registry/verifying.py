"""Verifying the registry: its bytes against its seal, and what it has read against the articles of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from crawler.article import Article
from crawler.ground.database import open_reading
from crawler.ground.fault import REINDEX, REPAIR, Fault
from crawler.ground.verifying import check_database, seal_faults
from index.officials.registry.entry import digest_of

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


def prove_registry(path: Path, articles: Iterable[Article]) -> Iterator[Fault]:
    """Where the registry was read from another text or day than these articles have, or quotes what they do not say.

    Of articles that it does not know nothing is said: `compare_registry` names them.
    """
    others: list[str] = []
    unsaid: list[str] = []
    try:
        with closing(open_reading(path)) as db:
            for article in articles:
                digest = db.execute("SELECT digest FROM article WHERE id = ?", (article.id,)).fetchone()
                if digest and digest[0] != digest_of(article):
                    others.append(article.id)
                elif digest and not all(_quotes(db, article)):
                    unsaid.append(article.id)
    except sqlite3.Error as error:
        yield Fault(str(path), str(error), _LOST, REPAIR)
        return
    anew = f"{REINDEX} --full"
    kinds = (others, "was read from another text or day of", anew), (unsaid, "quotes what is not printed in", REPAIR)
    for ids, what, mend in kinds:
        if ids:
            wrong = f"it {what} {len(ids)} articles"
            yield Fault(str(path), wrong, f"the officials of {', '.join(ids[:_NAMED])}", mend)


def _quotes(db: sqlite3.Connection, article: Article) -> Iterator[bool]:
    """Of every sentence that is quoted from an article: whether it stands there."""
    sql = "SELECT h.start, h.stop, h.sentence FROM found f JOIN held h ON h.found = f.number WHERE f.article = ?"
    text = article.text
    yield from (text[start:stop] == sentence for start, stop, sentence in db.execute(sql, (article.id,)))
    sql = "SELECT s.start, s.stop, s.way FROM found f JOIN said s ON s.found = f.number WHERE f.article = ?"
    for start, stop, way in db.execute(sql, (article.id,)):
        yield way in " ".join(text[start:stop].lower().split())
