"""What readers look up, written after a resolution: officials, posts, who held which when, words to find them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from index.analysis.tokens import syllables
from index.officials.alphabet import name_sort_key
from index.officials.areas import COUNTRY, Area
from index.officials.directory_pages import office_name
from index.officials.found import Position
from index.officials.offices import Office, expand, office_of
from index.officials.profiles import name_key
from index.officials.registry_corrections import Corrections

_BATCH = 500
_TERM = re.compile(r"(?i)\b(?:khóa|khoá|nhiệm kỳ)\b")

_EVIDENCE = """
    INSERT INTO evidence
    SELECT office, official, found, place_in, article, day, former, mode,
        CASE WHEN day IS NOT NULL THEN at <= 2 - former OR (NOT former AND at > many - 2)
             ELSE NOT dated AND at <= 4 END
    FROM (
        SELECT h.office, f.official, h.found, h.place_in, f.article, h.day, h.former, h.mode,
            count(h.day) OVER (PARTITION BY f.official, h.office) AS dated,
            count(*) OVER kind AS many,
            row_number() OVER (
                PARTITION BY f.official, h.office, h.day IS NULL, iif(h.day IS NULL, 0, h.former)
                ORDER BY h.day, iif(h.day IS NULL, '', f.article), h.found, h.place_in
            ) AS at
        FROM found f JOIN held h ON h.found = f.number WHERE h.office IS NOT NULL AND f.official IN ({})
        WINDOW kind AS (PARTITION BY f.official, h.office, h.day IS NULL, iif(h.day IS NULL, 0, h.former))
    )
"""
"""Printed are the first two and the last two that say it is held, and the first that says it is past; of undated ones,
the first four, where there are no others. `directory_answers.shown` puts them in order."""


@dataclass(slots=True)
class _Person:
    """What the mentions of one official say together."""

    names: Counter[str] = field(default_factory=Counter)
    foreign: int = 0
    rank: str | None = None
    spread: tuple[int | None, int | None, int] = (None, None, 0)
    """First and last day, and number of articles."""
    office: tuple[str | None, str | None] = (None, None)
    """Title and organisation, as last printed; with the area, where that is known from elsewhere."""


class Pages:
    """Writes the tables of the read side for a set of officials."""

    def __init__(self, db: sqlite3.Connection, corrections: Corrections) -> None:
        self._db = db
        self._areas: dict[str, Area | None] = {}
        self._names = {rename.id: rename.name for rename in corrections.renames}

    def rewrite(
        self,
        ids: set[str],
        offices: Mapping[tuple[int, int], Office],
        *,
        redirects: Mapping[str, str],
        everything: bool,
    ) -> None:
        """Write officials `ids` and the posts they hold; an id that nobody has any more redirects or is kept empty."""
        self._areas = {office.id: office.area for office in offices.values()}
        people = self._people(ids)
        posts = {id for (id,) in self._batched("SELECT office FROM membership WHERE official IN ({})", ids)}
        for table in ("membership WHERE official", "evidence WHERE official", "word WHERE kind = 'official' AND id"):
            self._batched(f"DELETE FROM {table} IN ({{}})", ids)
        for id, person in people.items():
            self._write_person(id, person)
        posts |= self._write_tenures(ids)
        self._batched(_EVIDENCE, ids)
        for id in ids - set(people):
            self._db.execute(
                "UPDATE official SET articles = 0, merged_into = coalesce(?, merged_into) WHERE id = ?",
                (redirects.get(id), id),
            )
        self._write_offices(posts, {office.id: office for office in offices.values()}, everything=everything)

    def _batched(self, sql: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        wanted = sorted(ids)
        for at in range(0, len(wanted), _BATCH):
            part = wanted[at : at + _BATCH]
            rows.extend(self._db.execute(sql.format(", ".join("?" * len(part))), part).fetchall())
        return rows

    def _people(self, ids: set[str]) -> dict[str, _Person]:
        people: dict[str, _Person] = defaultdict(_Person)
        sql = "SELECT official, name, count(*), sum(is_foreign) FROM found WHERE official IN ({}) GROUP BY 1, 2"
        for id, name, count, foreign in self._batched(sql, ids):
            people[id].names[name] = count
            people[id].foreign += foreign
        sql = (
            "SELECT official, rank, count(*) FROM found WHERE rank IS NOT NULL AND official IN ({}) "
            "GROUP BY 1, 2 ORDER BY 3, 2"
        )
        for id, rank, _ in self._batched(sql, ids):
            people[id].rank = rank
        sql = (
            "SELECT f.official, min(a.day), max(a.day), count(DISTINCT a.id) FROM found f JOIN article a "
            "ON a.id = f.article WHERE f.official IN ({}) GROUP BY 1"
        )
        for id, first, last, articles in self._batched(sql, ids):
            people[id].spread = first, last, articles
        newest = (  # SQLite gives the bare columns of the row that has the maximum
            "SELECT f.official, h.title, h.organisation, h.office, max((1 - h.former) * 1e9 + coalesce(a.day, 0) * 1e3 "
            "+ (h.organisation IS NOT NULL) * 5e2 - h.place_in) FROM found f JOIN article a ON a.id = f.article "
            "JOIN held h ON h.found = f.number WHERE f.official IN ({}) GROUP BY 1"
        )
        for id, title, organisation, office, _ in self._batched(newest, ids):
            people[id].office = title, with_area(title, organisation, self._area(office))
        return dict(people)

    def _area(self, office: str | None) -> Area | None:
        """The area of an office that was read just now, or written before."""
        if office not in self._areas:
            row = self._db.execute("SELECT area, level, within FROM office WHERE id = ?", (office,)).fetchone()
            return Area(*row) if row and row[0] else None
        return self._areas[office]

    def _write_person(self, id: str, person: _Person) -> None:
        names = sorted(person.names, key=lambda n: (n.isupper(), -person.names[n], -len(n), n))
        name = self._names.get(id) or _shown(names[0])
        foreign = 2 * person.foreign > person.names.total()
        aliases = list(dict.fromkeys(other for other in names if other != name))
        values = (
            id,
            name,
            name_key(name),
            name_sort_key(name, foreign=foreign),
            json.dumps(aliases, ensure_ascii=False),
        )
        self._db.execute(
            f"INSERT OR REPLACE INTO official VALUES ({', '.join('?' * 13)})",
            (*values, foreign, person.rank, *person.spread, *person.office, None),
        )
        words = {word for text in (name, *aliases, id.replace("-", " ")) for word in name_key(text).split()}
        office = " ".join(filter(None, person.office))
        self._find("official", id, words | set(name_key(expand(office)).split()))

    def _write_tenures(self, ids: set[str]) -> set[str]:
        """Write who held what, when; the offices concerned."""
        sql = (
            "SELECT f.official, h.office, min(iif(h.former, NULL, h.day)), max(iif(h.former, NULL, h.day)), "
            "sum(1 - h.former), min(iif(h.former, a.day, NULL)), sum(h.former), max(h.mode) FROM found f "
            "JOIN article a ON a.id = f.article JOIN held h ON h.found = f.number "
            "WHERE h.office IS NOT NULL AND f.official IN ({}) GROUP BY 1, 2"
        )
        rows = self._batched(sql, ids)
        self._db.executemany(f"INSERT INTO membership VALUES ({', '.join('?' * 8)})", rows)
        return {row[1] for row in rows}

    def _write_offices(self, ids: set[str], offices: Mapping[str, Office], *, everything: bool) -> None:
        """Write posts; of those known already only the number of holders, unless `everything` is looked at."""
        counted = self._batched("SELECT office, count(*) FROM membership WHERE office IN ({}) GROUP BY 1", ids)
        holders: dict[str, int] = dict(counted)
        known = set() if everything else {id for (id,) in self._batched("SELECT id FROM office WHERE id IN ({})", ids)}
        fresh = {id for id in holders if id in offices and id not in known}
        forms: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
        sql = "SELECT office, title, organisation, count(*) FROM held WHERE office IN ({}) GROUP BY 1, 2, 3"
        for id, title, organisation, count in self._batched(sql, fresh):
            forms[id][title, organisation] = int(count)
        for id in sorted(fresh):
            self._write_office(offices[id], forms[id], holders[id])
            self._find("office", id, set(id.split("-")))
        changed = ((holders[id], id) for id in holders if id not in fresh)
        self._db.executemany("UPDATE office SET holders = ? WHERE id = ?", changed)
        gone = ids - set(holders)
        self._batched("DELETE FROM office WHERE id IN ({})", gone)
        self._batched("DELETE FROM word WHERE kind = 'office' AND id IN ({})", gone)

    def _write_office(self, office: Office, forms: Counter[tuple[str, str | None]], holders: int) -> None:
        area = office.area
        said = Counter({form: n for form, n in forms.items() if area is None or area.name in (form[1] or "")}) or forms
        title, organisation = min(said, key=lambda form: (-said[form], str(form)))
        organisation = with_area(title, organisation, area)
        where = (area.name, area.level, area.within) if area else (None, None, None)
        self._db.execute(
            f"INSERT OR REPLACE INTO office VALUES ({', '.join('?' * 12)})",
            (office.id, title, organisation, office.head, office.body, *where, office.tier, office.exclusive,
             office.specific, holders),
        )  # fmt: skip

    def _find(self, kind: str, id: str, words: Iterable[str]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO word VALUES (?, ?, ?)", ((word, kind, id) for word in words))


def _shown(name: str) -> str:
    """`TRẦN VĂN A` as `Trần Văn A`; other names as printed."""
    if not name.isupper() or len(syllables(name)) < 2:
        return name
    return " ".join(word.capitalize() for word in name.split())


def with_area(title: str, organisation: str | None, area: Area | None) -> str | None:
    """The organisation with its area, where it is printed without: `UBND tỉnh` as `UBND tỉnh Mường Sa`."""
    if area is None or organisation is None or area.level == COUNTRY or _TERM.search(organisation):
        return organisation
    printed = office_of(Position(title, organisation)).area
    return organisation if printed else office_name(organisation, area.name)
