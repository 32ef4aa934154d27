"""Claims in the registry: which memberships stand, since when and until when, kept up with what changes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from crawler.ground.clock import day_number
from index.officials.posts.areas import Area
from index.officials.posts.offices import Office
from index.officials.registry.corrections import Corrections, Ruling
from index.officials.registry.weighing import Claim, Post, Prominence, Saying, weigh


def judge(
    db: sqlite3.Connection, officials: Iterable[str], posts: Iterable[tuple[str, str]], corrections: Corrections
) -> set[str]:
    """Weigh the claims that a change concerns, and write what became of them; whose claims are others now.

    A claim hangs on everything that is said of its official and of everyone in the same office; so those who share
    an exclusive office with the `officials`, or are in the `posts`, are weighed again, beside everyone in theirs.
    """
    _want(db, "changed_posts", (office for _, office in posts))
    _want(db, "changed", officials)
    db.execute(
        """INSERT OR IGNORE INTO changed_posts SELECT m.office FROM changed c
           CROSS JOIN membership m ON m.official = c.id"""
    )
    db.execute(
        """INSERT OR IGNORE INTO changed SELECT m.official FROM changed_posts p
           CROSS JOIN office o ON o.id = p.id AND o.sole CROSS JOIN membership m ON m.office = o.id"""
    )
    _want(db, "beside", ())
    db.execute("INSERT OR IGNORE INTO beside SELECT id FROM changed")
    db.execute(
        """INSERT OR IGNORE INTO beside SELECT m.official FROM
           (SELECT DISTINCT own.office FROM changed c CROSS JOIN membership own ON own.official = c.id) theirs
           CROSS JOIN office o ON o.id = theirs.office AND o.sole
           CROSS JOIN membership m ON m.office = o.id"""
    )
    before = {
        (official, office): tuple(verdict)
        for official, office, *verdict in db.execute(
            """SELECT m.official, m.office, m.stands, m.since, m.until, m.reason, m.rival, m.articles
               FROM changed c CROSS JOIN membership m ON m.official = c.id"""
        )
    }
    claims = list(_claims(db))
    weigh(claims, _people(db))
    _rule(claims, corrections.rulings)
    other = []
    for c in claims:
        verdict = (int(c.stands), c.since, c.until, c.reason, c.rival, c.articles)
        if before.get((c.official, c.post.id), verdict) != verdict:
            other.append((*verdict, c.official, c.post.id))
    db.executemany(
        """UPDATE membership SET stands = ?, since = ?, until = ?, reason = ?, rival = ?, articles = ?
           WHERE official = ? AND office = ?""",
        other,
    )
    return {official for *_, official, _ in other}


def _want(db: sqlite3.Connection, table: str, ids: Iterable[str]) -> None:
    db.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute(f"DELETE FROM {table}")
    db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", ((id,) for id in ids))


def _claims(db: sqlite3.Connection) -> Iterator[Claim]:
    """Every claim of the officials in `beside`, with its sentences."""
    sayings: dict[tuple[str, str], list[Saying]] = defaultdict(list)
    sql = """SELECT e.official, e.office, e.day, e.article, e.former, e.plain, e.mode, f.day
             FROM beside b CROSS JOIN evidence e ON e.official = b.id CROSS JOIN found f ON f.number = e.found
             ORDER BY e.found, e.place_in"""
    for official, office, day, article, former, plain, mode, printed in db.execute(sql):
        sayings[official, office].append(Saying(day, article, bool(former), bool(plain), mode, printed))
    posts = dict(_posts(db))
    for official, office in sorted(sayings):
        yield Claim(official, posts[office], sayings[official, office])


def _posts(db: sqlite3.Connection) -> Iterator[tuple[str, Post]]:
    sql = """SELECT DISTINCT o.id, o.head, o.body, o.area, o.level, o.within, o.tier, o.exclusive, o.specific
             FROM beside b CROSS JOIN membership m ON m.official = b.id CROSS JOIN office o ON o.id = m.office"""
    for id, head, body, area, level, within, tier, exclusive, specific in db.execute(sql):
        office = Office(
            id, head, body, Area(area, level, within) if area else None, tier, bool(exclusive), bool(specific)
        )
        yield (
            id,
            Post(
                id, head, body, area or "", within or "", level or "",
                office.sole, office.complete, office.member, office.envoy, office.rank, office.gone,
            ),
        )  # fmt: skip


def _people(db: sqlite3.Connection) -> dict[str, Prominence]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    named = """SELECT t.official, t.text FROM beside b CROSS JOIN tally t ON t.official = b.id
               WHERE t.kind = 'name' ORDER BY t.times, t.text"""
    names = dict(db.execute(named))  # the most frequent comes last
    sql = """SELECT t.official, t.kind, sum(t.times) FROM beside b CROSS JOIN tally t ON t.official = b.id
             WHERE t.kind IN ('article', 'foreign', 'name') GROUP BY 1, 2"""
    for official, kind, times in db.execute(sql):
        counts[official][kind] = times
    return {
        official: Prominence(
            of.get("article", 0), 2 * of.get("foreign", 0) > of.get("name", 0), names.get(official, "")
        )
        for official, of in counts.items()
    }


def _rule(claims: Iterable[Claim], rulings: Iterable[Ruling]) -> None:
    """What the archivist's file says outweighs all."""
    ruled = {(ruling.id, ruling.office): ruling for ruling in rulings}
    for claim in claims if ruled else ():
        if ruling := ruled.get((claim.official, claim.post.id)):
            claim.falls("correction")
            claim.stands = ruling.held
            claim.since = day_number(ruling.since) if ruling.since else None
            claim.until = day_number(ruling.until) if ruling.until else None
