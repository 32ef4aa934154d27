"""What readers look up, written after a resolution: officials, posts, who held which when, words to find them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from index.analysis.tokens import syllables
from index.officials.posts.name_keys import marked_key, name_key, office_name
from index.officials.posts.offices import WEAK, Office, expand
from index.officials.posts.organisations import organisation_id, organisation_name, read_back
from index.officials.posts.printing import printed
from index.officials.registry.alphabet import name_sort_key
from index.officials.registry.claims import judge
from index.officials.registry.corrections import Corrections
from index.officials.registry.counts import Tallies
from index.officials.registry.headline_office import HELD, HeldOffice, headline

_BATCH = 500


_ABROAD = """
    SELECT coalesce(sum(m.articles * CASE
        WHEN o.level = 'country' THEN CASE WHEN o.area LIKE 'Việt Nam tại %' THEN -1 ELSE o.tier = 'country' END
        WHEN o.level IN ('district', 'commune') AND o.within = '' THEN 0
        WHEN o.level IN ('province', 'district', 'commune') OR o.tier = 'central' THEN -1 ELSE 0 END), 0)
    FROM membership m JOIN office o ON o.id = m.office WHERE m.official = ? AND m.stands
"""


@dataclass(slots=True)
class _OfficialSummary:
    """What the mentions of one official say together."""

    names: Counter[str] = field(default_factory=Counter)
    foreign: int = 0
    rank: str | None = None
    first: int | None = None
    last: int | None = None
    """Days of the first and the last article."""
    articles: int = 0
    headline: tuple[str | None, str | None, str | None] = (None, None, None)
    """Title, organisation and id of the office that the name is printed with."""
    offices: tuple[str, ...] = ()
    """All that the news bears out, as printed."""
    abroad: int = 0
    """Articles that give an office of another country, less those that give one of Viet Nam."""


class Pages:
    """Writes the tables of the read side for a set of officials."""

    def __init__(self, db: sqlite3.Connection, corrections: Corrections) -> None:
        self._db = db
        self._corrections = corrections
        self._names = {rename.id: rename.name for rename in corrections.renames}

    def rewrite(
        self,
        counts: Tallies,
        offices: Mapping[tuple[int, int], Office],
        *,
        redirects: Mapping[str, str],
        everything: bool,
    ) -> None:
        """Write the officials and the posts that were counted anew; an id that nobody has any more redirects, or is
        kept empty."""
        posts = {office for _, office in counts.posts}
        self._write_offices(posts, {office.id: office for office in offices.values()}, everything=everything)
        judged = judge(self._db, counts.officials, counts.posts, self._corrections)
        self._count_holders(judged | counts.officials, posts)
        self._name_organisations(posts)
        people = self._people(judged | counts.officials)
        self._batched("DELETE FROM word WHERE kind = 'official' AND id IN ({})", people)
        for id, person in people.items():
            self._write_person(id, person)
        for id in counts.officials - set(people):
            self._batched("DELETE FROM word WHERE kind = 'official' AND id IN ({})", (id,))
            self._db.execute(
                "UPDATE official SET articles = 0, merged_into = coalesce(?, merged_into) WHERE id = ?",
                (redirects.get(id), id),
            )

    def _batched(self, sql: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        wanted = sorted(ids)
        for at in range(0, len(wanted), _BATCH):
            part = wanted[at : at + _BATCH]
            rows.extend(self._db.execute(sql.format(", ".join("?" * len(part))), part).fetchall())
        return rows

    def _people(self, ids: set[str]) -> dict[str, _OfficialSummary]:
        people: dict[str, _OfficialSummary] = defaultdict(_OfficialSummary)
        sql = "SELECT official, kind, text, times FROM tally WHERE official IN ({}) ORDER BY times, text"
        for id, kind, text, times in self._batched(sql, ids):
            person = people[id]
            if kind == "name":
                person.names[text] = times
            elif kind == "rank":
                person.rank = text  # the most frequent comes last
            elif kind == "foreign":
                person.foreign = times
            else:
                person.articles = times
        span = (
            "SELECT (SELECT min(day) FROM found WHERE official = ?1), (SELECT max(day) FROM found WHERE official = ?1)"
        )
        for id, person in people.items():
            person.first, person.last = self._db.execute(span, (id,)).fetchone()
            held = [HeldOffice(*row) for row in self._db.execute(HELD, (id,))]
            person.headline = headline(held) or (None, None, None)
            (person.abroad,) = self._db.execute(_ABROAD, (id,)).fetchone()
            person.offices = tuple(sorted({office_name(office.title, office.organisation) for office in held}))
        return dict(people)

    def _write_person(self, id: str, person: _OfficialSummary) -> None:
        names = sorted(person.names, key=lambda n: (n.isupper(), -person.names[n], -len(n), n))
        name = self._names.get(id) or _in_lower_case(names[0])
        foreign = 2 * person.foreign > person.names.total() if not person.abroad else person.abroad > 0
        aliases = [other for other in names if other != name and (foreign or not _glued(name, other))]
        values = (
            id,
            name,
            name_key(name),
            name_sort_key(name, foreign=foreign),
            json.dumps(aliases, ensure_ascii=False),
        )
        sql = """INSERT OR IGNORE INTO pending
                 SELECT DISTINCT f.article FROM official o JOIN found f ON f.official = o.id
                 WHERE o.id = ? AND o.articles AND o.is_foreign != ?"""
        self._db.execute(sql, (id, foreign))  # the index tells whose office-holders an article names
        self._db.execute(
            f"INSERT OR REPLACE INTO official VALUES ({', '.join('?' * 14)})",
            (*values, foreign, person.rank, person.first, person.last, person.articles, *person.headline[:2], None,
             person.headline[2]),
        )  # fmt: skip
        said = (name, *aliases, *person.offices, *map(expand, person.offices))
        words = {word for text in said for word in (*name_key(text).split(), *marked_key(text).split())}
        self._find("official", id, words | set(id.split("-")))

    def _write_offices(self, ids: set[str], offices: Mapping[str, Office], *, everything: bool) -> None:
        """Write posts that are not known yet, or all; those that nobody is named in any more go."""
        named = {id for (id,) in self._batched("SELECT DISTINCT office FROM membership WHERE office IN ({})", ids)}
        known = set() if everything else {id for (id,) in self._batched("SELECT id FROM office WHERE id IN ({})", ids)}
        fresh = {id for id in named if id in offices and id not in known}
        forms: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
        sql = "SELECT office, title, organisation, count(*) FROM held WHERE office IN ({}) GROUP BY 1, 2, 3"
        for id, title, organisation, count in self._batched(sql, fresh):
            forms[id][title, organisation] = int(count)
        for id in sorted(fresh):
            self._write_office(offices[id], forms[id])
            self._find("office", id, set(id.split("-")))
        gone = ids - named
        self._batched("DELETE FROM office WHERE id IN ({})", gone)
        self._batched("DELETE FROM word WHERE kind = 'office' AND id IN ({})", gone)

    def _write_office(self, office: Office, forms: Counter[tuple[str, str | None]]) -> None:
        where = (office.area.name, office.area.level, office.area.within) if office.area else (None, None, None)
        self._db.execute(
            f"INSERT OR REPLACE INTO office VALUES ({', '.join('?' * 17)})",
            (office.id, *printed(office, forms), office.head, office.body, *where, office.tier, office.exclusive,
             office.specific, office.sole, office.complete, office.member or office.head in WEAK, 0, 0,
             organisation_id(office)),
        )  # fmt: skip

    def _count_holders(self, officials: Iterable[str], posts: Iterable[str]) -> None:
        """How many are borne out in each office of some officials, and in how many articles."""
        mine = self._batched("SELECT DISTINCT office FROM membership WHERE official IN ({})", officials)
        for id in sorted({id for (id,) in mine} | set(posts)):
            self._db.execute(
                """UPDATE office SET (holders, articles) =
                   (SELECT count(*), coalesce(sum(articles), 0) FROM membership WHERE office = ?1 AND stands)
                   WHERE id = ?1""",
                (id,),
            )

    def _name_organisations(self, posts: Iterable[str]) -> None:
        """Name the organisations that these posts belong to, by all their posts."""
        ids = self._batched("SELECT DISTINCT belongs_to FROM office WHERE belongs_to IS NOT NULL AND id IN ({})", posts)
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        office: dict[str, Office] = {}
        sql = """SELECT belongs_to, organisation, articles + 1, head, body, area, level, within, tier FROM office
                 WHERE belongs_to IN ({}) ORDER BY articles, id"""
        for id, organisation, times, *post in self._batched(sql, (id for (id,) in ids)):
            office[id] = read_back(*post)
            if organisation:
                forms[id][organisation] += times
        named = ((id, organisation_name(usual, forms[id])) for id, usual in office.items())
        self._db.executemany("INSERT OR REPLACE INTO organisation VALUES (?, ?)", named)

    def _find(self, kind: str, id: str, words: Iterable[str]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO word VALUES (?, ?, ?)", ((word, kind, id) for word in words))


def _glued(name: str, other: str) -> bool:
    """Whether one of two forms of a name is the other with a word that a caption or a sentence adds, or lacks."""
    short, long = sorted((name, other), key=len)
    return f"{long} ".startswith(f"{short} ")


def _in_lower_case(name: str) -> str:
    """`TRẦN VĂN A` as `Trần Văn A`; other names as printed."""
    if not name.isupper() or len(syllables(name)) < 2:
        return name
    return " ".join(word.capitalize() for word in name.split())
