"""The directory of officials: the registry's reading half, for search, pages and commands. Safe in threads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Self

from crawler.ground.clock import day_number
from index.analysis.tokens import syllables
from index.officials.directory import typed
from index.officials.directory.connection import NOTE, OFFICE, Database, columns, day_of, note_of, office_of_row
from index.officials.directory.pages import (
    Appointment,
    Membership,
    OfficeMatch,
    OfficeNote,
    OfficePage,
    OfficialNote,
    OfficialPage,
    OrganisationNote,
    Seat,
)
from index.officials.directory.tenures import Tenures
from index.officials.posts.name_keys import marked_key, name_key, office_name
from index.officials.registry.alphabet import sort_key
from index.officials.registry.headline_office import HELD, HeldOffice, headline

if TYPE_CHECKING:
    from index.officials.posts.offices import Office

_COUNTED = (100, 1_500)
"""So far the officials or offices that have a word are counted: first a little, further if all words have more."""
_Test = tuple[str, tuple[str, ...]]
"""A condition on a word, and its parameters."""


_SPOKEN = 2
"""Syllables behind `ông` from which on they may tell who is meant."""
_FORMS, _SEATED = 12, 6
"""So many printed forms and holders of an office, the most frequent, are told."""
_SHARED_NAMES = ("district", "commune")
"""Levels of areas of which several bear one name."""


class Directory:
    """Looks officials and offices up. Where no registry was written yet, nobody is known.

    Raises:
        RegistryError: the file is no registry, or of another format.
    """

    def __init__(self, path: Path) -> None:
        self._over(Database(path))

    def _over(self, db: Database) -> None:
        self._db = db
        self._tenures = Tenures(db)
        self._rows = db.rows

    def hiding(self, articles: frozenset[str]) -> Self:
        """The same registry over the same connections, but these articles may not be quoted."""
        other = copy(self)
        other._over(self._db.hiding(articles))
        return other

    # Officials

    def current_id(self, official_id: str) -> str:
        """The id that an id leads to after merges; itself when there was none."""
        for _ in range(10):
            rows = self._rows("SELECT merged_into FROM official WHERE id = ? AND articles = 0", official_id)
            if not rows or not rows[0][0]:
                break
            official_id = rows[0][0]
        return official_id

    def label(self, official_id: str) -> tuple[str, str | None, str | None] | None:
        """Name, title and organisation of the latest office; None for an unknown id."""
        note = self.note(official_id)
        return (note.name, note.title, note.organisation) if note else None

    def note(self, official_id: str) -> OfficialNote | None:
        """One line about an official; None for an unknown id."""
        rows = self._rows(f"SELECT {NOTE} FROM official WHERE id = ? AND articles", self.current_id(official_id))
        return note_of(rows[0]) if rows else None

    def named(self, text: str) -> tuple[str, ...]:
        """Ids of the officials whose name is or ends with this text; marks may be left out, but those typed count."""
        key = name_key(text)
        if not key:
            return ()
        sql = """
            SELECT o.id, o.name FROM word w JOIN official o ON o.id = w.id
            WHERE w.kind = 'official' AND w.word = ? AND o.articles AND (o.key = ? OR o.key LIKE ?)
            ORDER BY o.articles DESC, o.id
        """
        rows = self._rows(sql, key.split()[-1], key, f"% {key}")
        if any(syllable.key != syllable.folded for syllable in syllables(text)):  # with its marks it means no other
            rows = [row for row in rows if f" {marked_key(row[1])}".endswith(f" {marked_key(text)}")]
        return tuple(id for id, _ in rows)

    def spoken_of(self, text: str, limit: int = 5) -> tuple[str, ...]:
        """Ids of whom one means by a given name behind `ông` or `bà` and a place or work: `ông Dũng Bình Định`."""
        called = typed.called(text)
        given = name_key(called or "").split()[:1]
        if not given or len(name_key(called or "").split()) < _SPOKEN:
            return ()
        notes = self.find(text, limit)
        return tuple(note.id for note in notes if name_key(note.name).split()[-1:] == given)

    def named_in(self, article_id: str) -> dict[str, str]:
        """The officials of one article: the name that it prints → id."""
        rows = self._rows("SELECT name, official FROM found WHERE article = ? AND official IS NOT NULL", article_id)
        return {name: self.current_id(official) for name, official in rows}

    def find(
        self, query: str, limit: int = 20, offset: int = 0, *, foreign: bool | None = None
    ) -> tuple[OfficialNote, ...]:
        """Officials whose name or offices have every word of the query, the closest names first, then the most often
        named; with `foreign`, those of other countries or of Viet Nam alone.

        Marks may be left out; a word typed with its marks means no other. The last word may be a beginning. People are
        also found as they are spoken of: `ông Sao Bộ Xây dựng`, `bà Mai y tế`. When nobody has the words as typed,
        abbreviations are written out, and then words like `tỉnh` left out.
        """
        for words in typed.for_officials(query):
            if notes := self._having_all(words, query, foreign, limit, offset):
                return notes
        return ()

    def total(self, query: str, *, foreign: bool | None = None) -> int:
        """How many `find` finds, whatever its limit."""
        for words in typed.for_officials(query):
            having, values = self._having(words, "official")
            sql = f"SELECT count(*) FROM official WHERE id IN ({having}) AND articles {_of_country(foreign)}"
            if count := int((self._rows(sql, *values) or [(0,)])[0][0]):
                return count
        return 0

    def near(self, query: str, limit: int = 5) -> tuple[OfficialNote, ...]:
        """Officials whose names have the letters of the query but other marks, to be offered where nobody is found."""
        return self.find(name_key(query), limit)

    def _having_all(
        self, words: list[str], query: str, foreign: bool | None, limit: int, offset: int
    ) -> tuple[OfficialNote, ...]:
        having, values = self._having(words, "official")
        said = typed.called(query) or query
        key, name = name_key(said), " ".join(said.split()).title()
        given = f"% {key.split()[0]}" if said != query and key else ""
        sql = f"""
            SELECT {NOTE} FROM official WHERE id IN ({having}) AND articles {_of_country(foreign)} ORDER BY
            CASE WHEN name = ? THEN 0 WHEN key = ? THEN 1 WHEN key LIKE ? THEN 2 WHEN key LIKE ? THEN 3
                 WHEN key LIKE ? THEN 4 ELSE 5 END, articles DESC, id LIMIT ? OFFSET ?
        """
        near = name, key, f"% {key}", f"{key}%", given
        return tuple(note_of(row) for row in self._rows(sql, *values, *near, limit, offset))

    def _having(self, words: list[str], kind: str) -> tuple[str, tuple[str, ...]]:
        """Ids that have every word, the last of which may be a beginning: a query and its parameters.

        It goes through the ids of the rarest word and looks each up under the others.
        """
        tests: list[_Test] = [("word = ?", (word,)) for word in words[:-1]]
        tests.append(("word >= ? AND word < ?", (words[-1], f"{words[-1]}\uffff")))
        (first, values), *others = self._rarest_first(tests, kind)
        sql = f"SELECT w.id FROM word w WHERE w.kind = '{kind}' AND {first}"
        for test, bounds in others:
            index = "INDEXED BY word_id " if len(bounds) > 1 else ""  # a beginning is looked for among an id's words
            sql += f" AND EXISTS (SELECT 1 FROM word {index}WHERE kind = '{kind}' AND id = w.id AND {test})"
            values += bounds
        return sql, values

    def _rarest_first(self, tests: list[_Test], kind: str) -> list[_Test]:
        """Words in order of how many ids have them, counted no further than is needed to find a rare one."""
        tests = tests[::-1]  # of words as frequent the last comes first: it is the place or the field
        for most in _COUNTED if len(tests) > 1 else ():
            sql = f"SELECT count(*) FROM (SELECT 1 FROM word WHERE kind = '{kind}' AND {{}} LIMIT {most})"
            found = [self._rows(sql.format(test), *values) for test, values in tests]
            counts = [rows[0][0] if rows else 0 for rows in found]  # no rows at all: no registry yet
            if min(counts) < most:
                return [test for _, test in sorted(zip(counts, tests, strict=True), key=itemgetter(0))]
        return tests

    def listed(
        self, offset: int = 0, limit: int = 100, *, foreign: bool | None = None, order: str = "name"
    ) -> tuple[OfficialNote, ...]:
        """A stretch of all officials, or of those of other countries or Viet Nam, in one of OFFICIAL_ORDERS."""
        by = f"{OFFICIAL_ORDERS[order]}, id LIMIT ? OFFSET ?"
        sql = f"SELECT {NOTE} FROM official WHERE articles {_of_country(foreign)} ORDER BY {by}"
        return tuple(note_of(row) for row in self._rows(sql, limit, offset))

    def often(self, limit: int, *, foreign: bool) -> tuple[OfficialNote, ...]:
        """Those of Viet Nam, or of other countries, whom most articles name."""
        sql = f"SELECT {NOTE} FROM official WHERE articles AND is_foreign = ? ORDER BY articles DESC, id LIMIT ?"
        return tuple(note_of(row) for row in self._rows(sql, foreign, limit))

    def count(self, *, foreign: bool | None = None) -> int:
        """How many officials are known, in all or of other countries or Viet Nam."""
        return int((self._rows(f"SELECT count(*) FROM official WHERE articles {_of_country(foreign)}") or [(0,)])[0][0])

    def names(self) -> Iterator[OfficialNote]:
        """Every official, the most often named first: for suggestions."""
        yield from map(note_of, self._rows(f"SELECT {NOTE} FROM official WHERE articles ORDER BY articles DESC, id"))

    def held(self, official_id: str) -> tuple[HeldOffice, ...]:
        """The offices that the news bears out, to choose a headline from."""
        return tuple(HeldOffice(*row) for row in self._rows(HELD, self.current_id(official_id)))

    def official(self, official_id: str, on: date | None = None) -> OfficialPage | None:
        """Everything about an official; merged ids lead on. With `on`, headed by the office of that day.

        None for an unknown id.
        """
        with self._db.one_state():
            return self._official(official_id, on)

    def _official(self, official_id: str, on: date | None) -> OfficialPage | None:
        id = self.current_id(official_id)
        rows = self._rows(f"SELECT {NOTE}, aliases, rank, key FROM official WHERE id = ? AND articles", id)
        if not rows:
            return None
        *note, aliases, rank, key = rows[0]
        about = note_of(note)
        sql = f"SELECT {NOTE} FROM official WHERE key = ? AND id != ? AND articles ORDER BY articles DESC"
        homonyms = tuple(note_of(row) for row in self._rows(sql, key, id))
        redirected = official_id if official_id != id else None
        title, organisation = about.title, about.organisation
        if on is not None:
            title, organisation, _ = headline(self.held(id), day_number(on)) or (None, None, "")
        tenures, said = self._tenures.of_official(about)
        return OfficialPage(
            id, about.name, tuple(json.loads(aliases)), rank, about.foreign, about.articles, about.first, about.last,
            tenures, homonyms, redirected, title, organisation, said,
        )  # fmt: skip

    def together(self, official_id: str, limit: int = 12) -> tuple[tuple[OfficialNote, int], ...]:
        """Who is named in the same articles, and in how many."""
        sql = f"""
            SELECT {columns("o", NOTE)}, t.articles FROM together t JOIN official o ON o.id = t.other
            WHERE t.official = ? ORDER BY t.articles DESC, o.articles, o.id LIMIT ?
        """
        return tuple((note_of(row[:-1]), row[-1]) for row in self._rows(sql, self.current_id(official_id), limit))

    def statements(self, officials: Sequence[str] = (), since: date | None = None, until: date | None = None) -> int:
        """How many sentences say what someone says, or what these officials say, in articles of these days."""
        sql = """
            SELECT count(*) FROM said s JOIN found f ON f.number = s.found WHERE f.official IS NOT NULL
            AND (?1 = '[]' OR f.official IN (SELECT value FROM json_each(?1)))
            AND f.article NOT IN (SELECT value FROM json_each(?2))
            AND (?3 IS NULL OR f.day >= ?3) AND (?4 IS NULL OR f.day <= ?4)
        """
        edges = (day_number(edge) if edge else None for edge in (since, until))
        rows = self._rows(sql, json.dumps(list(officials)), json.dumps(sorted(self._db.hidden)), *edges)
        return int(rows[0][0]) if rows else 0

    def reasons(self, official_id: str) -> dict[str, int]:
        """Why mentions were taken for this official, and how many for each reason."""
        sql = "SELECT reason, count(*) FROM found WHERE official = ? GROUP BY 1 ORDER BY 2 DESC, 1"
        return dict(self._rows(sql, self.current_id(official_id)))

    # Offices

    def organisations(self) -> dict[str, str]:
        """Every organisation that a post belongs to: its id, and its name as most often printed."""
        return dict(self._rows("SELECT id, name FROM organisation"))

    def organisation(self, id: str) -> str | None:
        """What an organisation is called; None for an unknown id."""
        return next((name for (name,) in self._rows("SELECT name FROM organisation WHERE id = ?", id)), None)

    def organisations_held(self, *, tier: str = "", place: str = "") -> tuple[OrganisationNote, ...]:
        """The organisations of the offices that `offices_listed` lists, by id."""
        among, values = _offices_among(tier, place)
        sql = f"""
            SELECT g.id, g.name, count(DISTINCT o.id), count(DISTINCT m.official), max(m.last) FROM office o
            JOIN organisation g ON g.id = o.belongs_to JOIN membership m ON m.office = o.id AND m.stands
            WHERE {among} GROUP BY g.id
        """
        rows = self._rows(sql, *values)
        return tuple(OrganisationNote(id, name, many, held, day_of(last)) for id, name, many, held, last in rows)

    def offices_of(self, organisation_id: str) -> tuple[OfficeNote, ...]:
        """The offices of an organisation that someone is known to hold or have held, the most often told first."""
        sql = f"SELECT {OFFICE} FROM office o WHERE o.belongs_to = ? AND o.holders ORDER BY o.articles DESC, o.id"
        return tuple(office_of_row(row) for row in self._rows(sql, organisation_id))

    def organisation_of(self, office_id: str) -> tuple[str, str] | None:
        """Id and name of the organisation that an office belongs to; None where it belongs to none."""
        sql = "SELECT g.id, g.name FROM office o JOIN organisation g ON g.id = o.belongs_to WHERE o.id = ?"
        return next(iter(self._rows(sql, office_id)), None)

    def officials_of(self, organisation_id: str) -> tuple[tuple[OfficialNote, int], ...]:
        """Who hold or held its offices, and how many articles say so, the most often told first."""
        sql = f"""
            SELECT {columns("p", NOTE)}, sum(m.articles) FROM office o JOIN membership m ON m.office = o.id AND m.stands
            JOIN official p ON p.id = m.official WHERE o.belongs_to = ? AND o.holders AND p.articles
            GROUP BY p.id ORDER BY 9 DESC, p.articles DESC, p.id
        """
        return tuple((note_of(row[:-1]), row[-1]) for row in self._rows(sql, organisation_id))

    def memberships(self) -> Iterator[Membership]:
        """Who holds or held which office, as far as the news bears it out, by official."""
        return self._tenures.memberships()

    def appointed(self, limit: int) -> tuple[Appointment, ...]:
        """Who was new in an office of this country lately, as a sentence says and the news bears out; the latest first.

        An office in which only one article names them is left out.
        """
        return self._tenures.appointed(limit)

    def as_of(self) -> date | None:
        """The last day that an article speaks of: `current` means then."""
        return day_of(self._tenures.last_day())

    def asked(self, text: str, near: int = 5) -> OfficeMatch:
        """The office that a reader's words mean, of the level, place and rank that they say; others near to it apart.

        Marks may be left out, bodies and levels abbreviated; an id means its office. An office that nobody is borne out
        to have held answers nothing: `Bộ trưởng Giao thông`, where the news says the ministry's whole name.
        """
        if by_id := self.office_note(text):
            return OfficeMatch((by_id,), ())
        offices, sure = self._meant(text)
        offices = tuple(note for note in offices if note.holders)
        found = tuple(note for note in self._near(text, near + len(offices)) if note not in offices)
        return (
            OfficeMatch(offices, found[:near])
            if sure
            else OfficeMatch((), (*offices, *found)[: max(near, len(offices))])
        )

    def _meant(self, text: str) -> tuple[tuple[OfficeNote, ...], bool]:
        """The offices of exactly the head, body and area that the words say; and whether these tell which is meant.

        They do not where the only one known is of one among several districts of the name.
        """
        from index.officials.posts.areas import several  # its tables take time to load, and few questions need them
        from index.officials.posts.typing import meant, of_another_kind

        found: dict[str, OfficeNote] = {}
        sure = True
        for office in meant(text):
            for note in self._of_key(office):
                if of_another_kind(text, office, note.organisation or ""):
                    continue
                found[note.id] = note
                vague = office.area is not None and not office.area.within and several(office.area)
                sure = sure and not (vague and note.id != office.id)
        return tuple(found.values()), sure or len(found) > 1

    def _of_key(self, office: Office) -> Iterator[OfficeNote]:
        area = office.area
        sql = f"SELECT {OFFICE} FROM office o WHERE o.id = ? AND coalesce(o.level, '') = ?"
        exact = [office_of_row(row) for row in self._rows(sql, office.id, area.level if area else "")]
        if exact or area is None or area.within or area.level not in _SHARED_NAMES:
            yield from exact
            return
        from index.officials.posts.areas import slug_of

        begin = slug_of(f"{office.head} {office.body}")
        sql = f"SELECT {OFFICE}, o.area FROM office o WHERE o.id > ? AND o.id < ? AND o.level = ?"
        for *row, name in self._rows(sql, f"{begin}-", f"{begin}-\uffff", area.level):
            rest = row[0].removeprefix(f"{begin}-").removeprefix("cap-xa-").removeprefix("cap-huyen-")
            if slug_of(name) == slug_of(area.name) and f"{rest}-".startswith(f"{slug_of(name)}-"):
                yield office_of_row(row)

    def find_offices(self, query: str, limit: int = 20) -> tuple[OfficeNote, ...]:
        """The offices that a reader's words mean, then those that they are near to."""
        asked = self.asked(query, limit)
        return (*asked.offices, *asked.near)[:limit]

    def _near(self, query: str, limit: int) -> tuple[OfficeNote, ...]:
        """Offices that someone is known to hold and that have every word, those with few others first."""
        words = typed.for_offices(query)
        if not words:
            return ()
        having, values = self._having(words, "office")
        sql = f"""
            SELECT {OFFICE} FROM office o WHERE o.id IN ({having}) AND o.complete AND o.holders
            ORDER BY length(o.id) - length(replace(o.id, '-', '')), o.articles DESC, o.id LIMIT ?
        """
        return tuple(office_of_row(row) for row in self._rows(sql, *values, limit))

    def office_note(self, office_id: str) -> OfficeNote | None:
        """An office in short; None for an unknown id."""
        rows = self._rows(f"SELECT {OFFICE} FROM office o WHERE o.id = ?", office_id)
        return office_of_row(rows[0]) if rows else None

    def seat(self, text: str) -> Seat | None:
        """The one office that these words name whole, in other words; None for all else.

        Where nobody is known to hold it, it must be one of an area that somebody holds in another.
        """
        from index.officials.posts.offices import office_of  # its tables take time to load
        from index.officials.posts.printing import ways
        from index.officials.posts.typing import meant
        from index.officials.recognition.found_officials import Position

        notes, sure = self._meant(text)
        note = notes[0] if len(notes) == 1 and sure and notes[0].holders else None
        offices = meant(text)
        office = offices[0] if len(offices) == 1 else None
        if note is None:
            forms = tuple(ways(office)) if office and not notes and self._is_known_elsewhere(office) else ()
            return Seat(text, office.head, forms, ()) if office and forms else None
        rows = self._rows("SELECT head, area FROM office WHERE id = ? AND complete", note.id)
        if not rows:
            return None
        ((head, area),) = rows
        sql = (
            "SELECT title, organisation, count(*) FROM held WHERE office = ? AND NOT former"
            " GROUP BY 1, 2 ORDER BY count(*) DESC"
        )
        said = self._rows(f"{sql} LIMIT ?", note.id, _FORMS)
        whole = [office_name(*form) for *form, _ in said if not area or office_of(Position(*form)).area]
        foreign = set() if area else self._said_abroad(head, {office_name(*form): times for *form, times in said})
        sql = """
            SELECT o.name, coalesce(m.since, (SELECT max(p.until) FROM membership p
                WHERE p.office = m.office AND p.rival = m.official AND p.reason = 'successor' AND p.until > 0)), m.until
            FROM membership m JOIN official o ON o.id = m.official
            WHERE m.office = ? AND m.stands AND m.times AND coalesce(m.until, 1) > 0  -- not past before all days
            ORDER BY m.times DESC, o.id LIMIT ?
        """
        holders = ((name, day_of(since), _before(until)) for name, since, until in self._rows(sql, note.id, _SEATED))
        printed = dict.fromkeys((note.name, *whole, *(ways(office) if office else ())))
        return Seat(note.name, head, tuple(form for form in printed if form not in foreign), tuple(holders))

    def _said_abroad(self, head: str, times: Mapping[str, int]) -> set[str]:
        """The forms of an office of this country that articles print of foreign ones at least as often."""
        from index.officials.posts.areas import slug_of

        begin = slug_of(head)
        sql = """
            SELECT h.title, h.organisation, count(*) FROM office o CROSS JOIN held h
            WHERE o.id > ? AND o.id < ? AND o.head = ? AND o.tier = 'country' AND h.office = o.id AND NOT h.former
            GROUP BY 1, 2
        """
        abroad = Counter[str]()
        for title, organisation, many in self._rows(sql, f"{begin}-", f"{begin}-\uffff", head):
            abroad[office_name(title, organisation)] += many
        return {form for form, many in abroad.items() if many >= times.get(form, 0)}

    def _is_known_elsewhere(self, office: Office) -> bool:
        """Whether an office of this head and body is held in some area: other bodies may be any words."""
        from index.officials.posts.areas import slug_of

        begin = slug_of(f"{office.head} {office.body}")
        sql = "SELECT 1 FROM office WHERE id > ? AND id < ? AND head = ? AND body = ? AND holders LIMIT 1"
        return bool(self._rows(sql, f"{begin}-", f"{begin}-\uffff", office.head, office.body))

    def key(self, office_id: str) -> tuple[str, str, str, str] | None:
        """Head, body, area and its level of an office; None for an unknown id."""
        sql = "SELECT head, body, coalesce(area, ''), coalesce(level, '') FROM office WHERE id = ?"
        return next(iter(self._rows(sql, office_id)), None)

    def offices_listed(
        self, offset: int = 0, limit: int = 100, *, tier: str = "", place: str = "", order: str = "rank"
    ) -> tuple[OfficeNote, ...]:
        """A stretch of all offices that someone is known to hold, or of those of one tier, or of a province or country.

        In one of OFFICE_ORDERS.
        """
        among, values = _offices_among(tier, place)
        sql = f"SELECT {OFFICE} FROM office o WHERE {among} ORDER BY {OFFICE_ORDERS[order]}, o.id LIMIT ? OFFSET ?"
        return tuple(office_of_row(row) for row in self._rows(sql, *values, limit, offset))

    def offices_total(self, *, tier: str = "", place: str = "") -> int:
        """How many offices `offices_listed` lists, whatever its limit."""
        among, values = _offices_among(tier, place)
        return int((self._rows(f"SELECT count(*) FROM office o WHERE {among}", *values) or [(0,)])[0][0])

    def last_held(self, offices: Iterable[OfficeNote]) -> dict[str, date]:
        """The last day on which the news says that someone holds each office, by its id."""
        ids = json.dumps([office.id for office in offices])
        sql = "SELECT office, max(last) FROM membership WHERE office IN (SELECT value FROM json_each(?)) GROUP BY 1"
        return {id: day for id, last in self._rows(sql, ids) if (day := day_of(last))}

    def places(self, *, abroad: bool = False) -> tuple[str, ...]:
        """The provinces, or the countries, of which an office is known to be held, in alphabetical order."""
        level = "country" if abroad else "province"
        sql = f"SELECT DISTINCT area FROM office o WHERE {_offices_among('', '')[0]} AND area IS NOT NULL AND level = ?"
        return tuple(sorted((name for (name,) in self._rows(sql, level)), key=sort_key))

    def office(self, office_id: str, on: date | None = None) -> OfficePage | None:
        """An office with everyone who is named in it; with `on`, who held it that day. None for an unknown id."""
        with self._db.one_state():
            return self._office(office_id, on)

    def _office(self, office_id: str, on: date | None) -> OfficePage | None:
        from index.officials.posts.areas import Area
        from index.officials.posts.endings import endings
        from index.officials.posts.offices import Office

        columns_of_office = "o.sole, o.head, o.body, o.area, o.level, o.within, o.specific"
        rows = self._rows(f"SELECT {OFFICE}, {columns_of_office} FROM office o WHERE o.id = ?", office_id)
        if not rows:
            return None
        *note, exclusive, head, body, area, level, within, specific = rows[0]
        about = office_of_row(note)
        place = Area(area, level, within) if area else None
        ended = tuple(endings(Office(office_id, head, body, place, about.tier, bool(exclusive), bool(specific))))
        only = bool(exclusive)
        if on is None or any(on >= ending.day for ending in ended):
            held, others = self._tenures.of_office(office_id)
            if on is not None:
                held, others = (), (*held, *others)
            return OfficePage(about, only, on, held, others, ended)
        then, others = self._tenures.of_office_on(office_id, only, on)
        return OfficePage(about, only, on, then, others, ended)


def _before(day: int | None) -> date | None:
    """The day before the first on which an office was past; None where that is not known."""
    return day_of(day - 1) if day else None


OFFICIAL_ORDERS = {"name": "sort", "articles": "articles DESC", "last": "last DESC"}
"""By given name in Vietnamese alphabetical order, how many articles name them, or the last day on which one does."""
OFFICE_ORDERS = {
    "rank": "o.tier = 'country', o.minor, NOT o.exclusive, o.articles DESC",
    "name": "o.id",
    "articles": "o.articles DESC",
    "holders": "o.holders DESC",
    "last": "(SELECT max(last) FROM membership m WHERE m.office = o.id) DESC",
}
"""Those of this country that one person holds first, by name, articles, holders, or the last day of a holder."""
TIERS = ("central", "province", "district", "commune", "country")
"""Whose an office is: of the state, of an area of that level, or of another country."""


def _offices_among(tier: str, place: str) -> tuple[str, tuple[str, ...]]:
    """A condition on offices, and its parameters."""
    among = "o.specific AND o.holders"
    values: tuple[str, ...] = ()
    if tier:
        among, values = f"{among} AND o.tier = ?", (*values, tier)
    if place:
        among, values = f"{among} AND ? IN (o.area, o.within)", (*values, place)
    return among, values


def _of_country(foreign: bool | None) -> str:
    """A condition: those of other countries, those of Viet Nam, or anyone."""
    return "" if foreign is None else f"AND is_foreign = {int(foreign)}"
