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
from index.officials.posts.areas import COUNTRY, Area
from index.officials.posts.naming import name_key, office_name
from index.officials.posts.offices import Office, expand, office_of
from index.officials.recognition.found import Position
from index.officials.registry.alphabet import name_sort_key
from index.officials.registry.corrections import Corrections
from index.officials.registry.counts import Counts

_BATCH = 500
_TERM = re.compile(r"(?i)\b(?:khóa|khoá|nhiệm kỳ)\b")

_NEWEST = """
    SELECT h.title, h.organisation, h.office FROM found f JOIN held h ON h.found = f.number AND h.former = :former
    WHERE f.official = :id AND f.day IS (
        SELECT f.day FROM found f WHERE f.official = :id
        AND EXISTS (SELECT 1 FROM held h WHERE h.found = f.number AND h.former = :former) ORDER BY f.day DESC LIMIT 1
    )
    ORDER BY h.organisation IS NULL, h.place_in, f.number LIMIT 1
"""
"""The office last printed of an official; one that is past where no other is."""


@dataclass(slots=True)
class _Person:
    """What the mentions of one official say together."""

    names: Counter[str] = field(default_factory=Counter)
    foreign: int = 0
    rank: str | None = None
    first: int | None = None
    last: int | None = None
    """Days of the first and the last article."""
    articles: int = 0
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
        counts: Counts,
        offices: Mapping[tuple[int, int], Office],
        *,
        redirects: Mapping[str, str],
        everything: bool,
    ) -> None:
        """Write the officials and the posts that were counted anew; an id that nobody has any more redirects, or is
        kept empty."""
        self._areas = {office.id: office.area for office in offices.values()}
        people = self._people(counts.officials)
        self._batched("DELETE FROM word WHERE kind = 'official' AND id IN ({})", counts.officials)
        for id, person in people.items():
            self._write_person(id, person)
        for id in counts.officials - set(people):
            self._db.execute(
                "UPDATE official SET articles = 0, merged_into = coalesce(?, merged_into) WHERE id = ?",
                (redirects.get(id), id),
            )
        posts = {office for _, office in counts.posts}
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
            (held,) = self._db.execute("SELECT max(times > 0) FROM membership WHERE official = ?", (id,)).fetchone()
            if held is not None:
                values = {"id": id, "former": 1 - held}
                title, organisation, office = self._db.execute(_NEWEST, values).fetchone()
                person.office = title, with_area(title, organisation, self._area(office))
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
            (*values, foreign, person.rank, person.first, person.last, person.articles, *person.office, None),
        )
        words = {word for text in (name, *aliases, id.replace("-", " ")) for word in name_key(text).split()}
        office = " ".join(filter(None, person.office))
        self._find("official", id, words | set(name_key(expand(office)).split()))

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
