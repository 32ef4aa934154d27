"""What all mentions add up to, kept up article by article, so that a change costs what it changes and no more.

An article is withdrawn before anything of it changes, and added again as it is then. Numbers are added up; first and
last days, and the sentences to print, are looked up at the ends of an index.

Of an article that names more than `_PAIRED` officials only the first so many, in order of appearance, are counted as
named together: an article of 10,000 would give 100 million pairs, of which a page prints twelve. All else is counted
of everyone.
"""

from __future__ import annotations

import sqlite3

_ALL = "TRUE"
_OF_ARTICLE = "f.article = :article"

_TALLY = """
    INSERT INTO tally
    SELECT f.official, 'name', f.name, :sign * count(*) FROM found f WHERE {where} AND f.reason NOTNULL GROUP BY 1, 3
    UNION ALL
    SELECT f.official, 'rank', f.rank, :sign * count(*) FROM found f
        WHERE {where} AND f.reason NOTNULL AND f.rank NOTNULL GROUP BY 1, 3
    UNION ALL
    SELECT f.official, 'foreign', '', :sign * sum(f.is_foreign) FROM found f
        WHERE {where} AND f.reason NOTNULL GROUP BY 1
    UNION ALL
    SELECT f.official, 'article', '', :sign * count(DISTINCT f.article) FROM found f
        WHERE {where} AND f.reason NOTNULL GROUP BY 1
    ON CONFLICT DO UPDATE SET times = times + excluded.times
"""

_PAIRED = 200
"""Officials of one article, in order of appearance, who are counted as named together: pairs grow with the square."""

_TOGETHER = f"""
    INSERT INTO together
    SELECT f.official, o.official, :sign * count(DISTINCT f.article)
    FROM (SELECT f.*, (SELECT min(number) FROM found WHERE article = f.article) + {_PAIRED} AS beyond
          FROM found f WHERE {{where}} AND f.reason NOTNULL) f
    JOIN found o ON o.article = f.article AND o.number < f.beyond AND o.official != f.official
    WHERE f.number < f.beyond AND o.reason NOTNULL GROUP BY 1, 2
    ON CONFLICT DO UPDATE SET articles = articles + excluded.articles
"""

_HELD = "FROM found f JOIN held h ON h.found = f.number WHERE {where} AND f.reason NOTNULL AND h.office NOTNULL"

_TIMES = f"""
    INSERT INTO membership (official, office, times, former_times, mode)
    SELECT f.official, h.office, :sign * sum(1 - h.former), :sign * sum(h.former), '' {_HELD} GROUP BY 1, 2
    ON CONFLICT DO UPDATE SET times = times + excluded.times, former_times = former_times + excluded.former_times
"""

_EVIDENCE = f"""
    INSERT INTO evidence
    SELECT h.office, f.official, h.found, h.place_in, f.article, h.day, h.former, h.mode, 0, h.plain {_HELD}
"""

_NO_EVIDENCE = f"""
    DELETE FROM evidence WHERE (office, official, found, place_in) IN
        (SELECT h.office, f.official, h.found, h.place_in {_HELD})
"""

_MINE = "official = :official AND office = :office"

_SPAN = f"""
    UPDATE membership SET
        first = (SELECT min(day) FROM evidence WHERE {_MINE} AND former = 0),
        last = (SELECT max(day) FROM evidence WHERE {_MINE} AND former = 0),
        former_first = (
            SELECT min((SELECT day FROM found WHERE number = evidence.found)) FROM evidence WHERE {_MINE} AND former = 1
        ),
        mode = coalesce((SELECT max(mode) FROM evidence WHERE {_MINE} AND mode != ''), '')
    WHERE {_MINE}
"""

_SHOW = f"""
    UPDATE evidence SET shown = 1 WHERE {_MINE} AND (found, place_in) IN (
        SELECT * FROM (SELECT found, place_in FROM evidence WHERE {_MINE} AND former = 0 AND day NOTNULL
            ORDER BY day, article, found, place_in LIMIT 2)
        UNION ALL
        SELECT * FROM (SELECT found, place_in FROM evidence WHERE {_MINE} AND former = 0 AND day NOTNULL
            ORDER BY day DESC, article DESC, found DESC, place_in DESC LIMIT 2)
        UNION ALL
        SELECT * FROM (SELECT found, place_in FROM evidence WHERE {_MINE} AND former = 1 AND day NOTNULL
            ORDER BY day, article, found, place_in LIMIT 1)
        UNION ALL
        SELECT * FROM (SELECT found, place_in FROM evidence WHERE {_MINE} AND
            NOT EXISTS (SELECT 1 FROM evidence WHERE {_MINE} AND former IN (0, 1) AND day NOTNULL)
            ORDER BY found, place_in LIMIT 4)
    )
"""
"""Printed are the first two and the last two that say it is held, and the first that says it is past; of undated ones,
the first four, where there are no others. `directory_answers.shown` puts them in order."""


class Tallies:
    """Keeps the tables tally, together, membership and evidence, inside the open transaction.

    `officials` and `posts` (an official in an office) are those of the articles withdrawn or added so far.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.officials: set[str] = set()
        self.posts: set[tuple[str, str]] = set()

    def withdraw(self, article: str) -> None:
        """Take away what an article, as last resolved, contributed; before anything of it changes."""
        self._note(article)
        for sql in (_TALLY, _TOGETHER, _TIMES, _NO_EVIDENCE):
            self._db.execute(sql.format(where=_OF_ARTICLE), {"article": article, "sign": -1})

    def add(self, article: str) -> None:
        """Count what an article contributes, as now resolved."""
        self._note(article)
        for sql in (_TALLY, _TOGETHER, _TIMES, _EVIDENCE):
            self._db.execute(sql.format(where=_OF_ARTICLE), {"article": article, "sign": 1})

    def recount(self) -> None:
        """Count all articles anew."""
        posts = "SELECT official, office FROM membership"
        self.officials.update(id for (id,) in self._db.execute("SELECT id FROM official"))
        self.posts.update(self._db.execute(posts))
        for table in ("tally", "together", "membership", "evidence"):
            self._db.execute(f"DELETE FROM {table}")
        for sql in (_TALLY, _TOGETHER, _TIMES, _EVIDENCE):
            self._db.execute(sql.format(where=_ALL), {"sign": 1})
        self.officials.update(id for (id,) in self._db.execute("SELECT DISTINCT official FROM tally"))
        self.posts.update(self._db.execute(posts))

    def _note(self, article: str) -> None:
        """Remember whom, and in which offices, a change concerns."""
        sql = "SELECT DISTINCT f.official, h.office FROM found f LEFT JOIN held h ON h.found = f.number "
        for official, office in self._db.execute(
            f"{sql} WHERE {_OF_ARTICLE} AND f.reason NOTNULL", {"article": article}
        ):
            self.officials.add(official)
            if office is not None:
                self.posts.add((official, office))

    def close(self) -> None:
        """After the last change: first and last days, and the sentences to print, of the posts concerned."""
        posts = [{"official": official, "office": office} for official, office in sorted(self.posts)]
        self._db.executemany(_SPAN, posts)
        self._db.executemany(f"DELETE FROM membership WHERE {_MINE} AND times = 0 AND former_times = 0", posts)
        self._db.executemany(
            f"UPDATE evidence INDEXED BY evidence_shown SET shown = 0 WHERE {_MINE} AND shown = 1", posts
        )
        self._db.executemany(_SHOW, posts)
        for nothing in ("tally WHERE official = ? AND times = 0", "together WHERE official = ? AND articles = 0"):
            self._db.executemany(f"DELETE FROM {nothing}", ((id,) for id in self.officials))
