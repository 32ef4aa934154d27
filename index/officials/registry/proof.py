"""Proof: does the registry say of every article what the store holds of it, and is every sentence it quotes there?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from crawler.article import Article
from crawler.ground.database import open_reading, version_of
from index.errors import RegistryError
from index.officials.registry.entry import digest_of
from index.officials.registry.rows import FORMAT


def differences(path: Path, articles: Iterable[Article]) -> Iterator[str]:
    """Everything in which the registry at `path` and these articles, all that may be shown, differ: a line each.

    An article that the registry does not know, or knows in another text, day, source or version; a quoted sentence
    that is not in the text; an article that is quoted and not among these. Nothing where there is no registry yet.

    Raises:
        RegistryError: the file cannot be read, or is of another format.
    """
    if not path.is_file():
        return
    try:
        db = open_reading(path)
        if (found := version_of(db)) != FORMAT:
            raise RegistryError(
                f"{path} has registry format {found}, this Tra Tin reads {FORMAT}: `tratin reindex` brings it up"
            )
        try:
            yield from _differences(db, articles)
        finally:
            db.close()
    except sqlite3.Error as error:
        raise RegistryError(f"{path}: {error}; `tratin reindex --full` writes it anew") from error


def _differences(db: sqlite3.Connection, articles: Iterable[Article]) -> Iterator[str]:
    known = dict(db.execute("SELECT id, digest FROM article").fetchall())
    quoted = "SELECT h.start, h.stop, h.sentence FROM found f JOIN held h ON h.found = f.number WHERE f.article = ?"
    for article in articles:
        digest = known.pop(article.id, None)
        if digest is None:
            yield f"{article.id}: its officials were never read"
        elif digest != digest_of(article):
            yield f"{article.id}: its officials were read from another text or day"
        else:
            text = article.text
            for start, stop, sentence in db.execute(quoted, (article.id,)):
                if text[start:stop] != sentence:
                    yield f"{article.id}: the quoted sentence at {start} is not in its text"
    yield from (f"{id}: its officials are kept although the store shows no such article" for id in sorted(known))
