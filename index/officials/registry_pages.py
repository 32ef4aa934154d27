"""What readers look up, written after a resolution: officials, posts, who held which when, words to find them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from index.analysis.tokens import syllables
from index.officials.alphabet import name_sort_key
from index.officials.identity import name_key
from index.officials.offices import Office, expand
from index.officials.registry_corrections import Corrections

_BATCH = 500


@dataclass(slots=True)
class _Tenure:
    """What articles say of one official in one post."""

    days: list[int] = field(default_factory=list)
    past: list[int] = field(default_factory=list)
    times: int = 0
    former: int = 0
    mode: str = ""


@dataclass(slots=True)
class _Person:
    names: Counter[str] = field(default_factory=Counter)
    ranks: Counter[str] = field(default_factory=Counter)
    articles: dict[str, int | None] = field(default_factory=dict)
    foreign: int = 0
    latest: tuple[tuple[bool, int, bool, int], str, str | None] | None = None
    tenures: dict[str, _Tenure] = field(default_factory=lambda: defaultdict(_Tenure))


class Pages:
    """Writes the tables of the read side for a set of officials."""

    def __init__(self, db: sqlite3.Connection, corrections: Corrections) -> None:
        self._db = db
        self._names = {rename.id: rename.name for rename in corrections.renames}

    def rewrite(
        self, ids: set[str], offices: Mapping[tuple[int, int], Office], *, redirects: Mapping[str, str]
    ) -> None:
        """Write officials `ids` and the posts they hold; an id that nobody has any more redirects or is kept empty."""
        people = self._people(ids)
        posts = {id for (id,) in self._batched("SELECT office FROM membership WHERE official IN ({})", ids)}
        for table in ("membership WHERE official", "word WHERE kind = 'official' AND id"):
            self._batched(f"DELETE FROM {table} IN ({{}})", ids)
        for id, person in people.items():
            self._write_person(id, person)
            posts.update(person.tenures)
        for id in ids - set(people):
            self._db.execute(
                "UPDATE official SET articles = 0, merged_into = coalesce(?, merged_into) WHERE id = ?",
                (redirects.get(id), id),
            )
        self._write_offices(posts, {office.id: office for office in offices.values()})

    def _batched(self, sql: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        wanted = sorted(ids)
        for at in range(0, len(wanted), _BATCH):
            part = wanted[at : at + _BATCH]
            rows.extend(self._db.execute(sql.format(", ".join("?" * len(part))), part).fetchall())
        return rows

    def _people(self, ids: set[str]) -> dict[str, _Person]:
        people: dict[str, _Person] = {}
        sql = (
            "SELECT f.official, f.number, f.name, f.rank, f.is_foreign, f.article, a.day, h.place_in, h.title, "
            "h.organisation, h.former, h.mode, h.day, h.office FROM found f JOIN article a ON a.id = f.article "
            "LEFT JOIN held h ON h.found = f.number WHERE f.official IN ({}) ORDER BY f.number, h.place_in"
        )
        seen: set[int] = set()
        for row in self._batched(sql, ids):
            id, number, name, rank, foreign, article, day, order, title, organisation, former, mode, said, office = row
            person = people.setdefault(id, _Person())
            if number not in seen:
                seen.add(number)
                person.names[name] += 1
                person.foreign += bool(foreign)
                person.articles[article] = day
                if rank:
                    person.ranks[rank] += 1
            if office is None:
                continue
            tenure = person.tenures[office]
            if former:
                tenure.former += 1
                tenure.past.extend([day] if day is not None else [])
            else:
                tenure.times += 1
                tenure.mode = mode or tenure.mode
                tenure.days.extend([said] if said is not None else [])
            newness = (not former, day if day is not None else -1, organisation is not None, -order)
            if person.latest is None or newness > person.latest[0]:
                person.latest = newness, title, organisation
        return people

    def _write_person(self, id: str, person: _Person) -> None:
        names = sorted(person.names, key=lambda n: (n.isupper(), -person.names[n], -len(n), n))
        name = self._names.get(id) or _shown(names[0])
        days = [day for day in person.articles.values() if day is not None]
        _, title, organisation = person.latest or (None, None, None)
        foreign = 2 * person.foreign > person.names.total()
        aliases = list(dict.fromkeys(other for other in names if other != name))
        rank = person.ranks.most_common(1)[0][0] if person.ranks else None
        values = (
            id,
            name,
            name_key(name),
            name_sort_key(name, foreign=foreign),
            json.dumps(aliases, ensure_ascii=False),
        )
        spread = (min(days, default=None), max(days, default=None), len(person.articles), title, organisation)
        self._db.execute(
            f"INSERT OR REPLACE INTO official VALUES ({', '.join('?' * 13)})", (*values, foreign, rank, *spread, None)
        )
        words = {word for text in (name, *aliases, id.replace("-", " ")) for word in name_key(text).split()}
        self._find("official", id, words | set(name_key(expand(f"{title or ''} {organisation or ''}")).split()))
        rows = [
            (id, office, min(t.days, default=None), max(t.days, default=None), t.times, min(t.past, default=None),
             t.former, t.mode)
            for office, t in person.tenures.items()
        ]  # fmt: skip
        self._db.executemany(f"INSERT INTO membership VALUES ({', '.join('?' * 8)})", rows)

    def _write_offices(self, ids: set[str], offices: Mapping[str, Office]) -> None:
        holders: dict[str, int] = dict(
            self._batched("SELECT office, count(*) FROM membership WHERE office IN ({}) GROUP BY 1", ids)
        )
        forms: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
        sql = "SELECT office, title, organisation, count(*) FROM held WHERE office IN ({}) GROUP BY 1, 2, 3"
        for id, title, organisation, count in self._batched(sql, ids):
            forms[id][title, organisation] = int(count)
        self._batched("DELETE FROM word WHERE kind = 'office' AND id IN ({})", ids)
        for id in sorted(ids):
            office = offices.get(id)
            if id not in holders:
                self._db.execute("DELETE FROM office WHERE id = ?", (id,))
                continue
            if office is None:
                self._db.execute("UPDATE office SET holders = ? WHERE id = ?", (holders[id], id))
            else:
                self._write_office(office, forms[id], int(holders[id]))
            self._find("office", id, set(id.split("-")))

    def _write_office(self, office: Office, forms: Counter[tuple[str, str | None]], holders: int) -> None:
        area = office.area
        said = Counter({form: n for form, n in forms.items() if area is None or area.name in (form[1] or "")}) or forms
        title, organisation = min(said, key=lambda form: (-said[form], str(form)))
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
