"""What the registry's articles say, name by name: profiles, their offices read in each article's context."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.officials.areas import COUNTRY, PROVINCE, Area, named
from index.officials.found import Position
from index.officials.landscape import Landscape
from index.officials.offices import NO_CONTEXT, Context, Office, office_of
from index.officials.profiles import Cluster, Profile, name_key


class Told:
    """Reads profiles from the registry, and remembers of each its offices and whom it was taken for before."""

    def __init__(self, db: sqlite3.Connection, land: Landscape) -> None:
        self._db = db
        self._land = land
        self.before: dict[int, str | None] = {}
        """Row of the mention → official, as last resolved."""
        self.offices: dict[tuple[int, int], Office] = {}
        """Row of the mention and order of its position → post."""
        self._held: dict[int, list[tuple[int, Position]]] = defaultdict(list)
        self._contexts: dict[int, Context] = {}

    def names(self, where: str) -> dict[str, list[Profile]]:
        """The profiles of the rows that `where` selects, by key of the name."""
        columns = "h.found, h.place_in, h.title, h.organisation, h.place, h.former, h.mode"
        joined = "FROM found f JOIN article a ON a.id = f.article"
        for number, order, title, organisation, place, former, mode in self._db.execute(
            f"SELECT {columns} {joined} JOIN held h ON h.found = f.number {where}"
        ):
            self._held[number].append((order, Position(title, organisation, bool(former), mode, place)))
        contexts: dict[tuple[str, Area | None], Context] = {}
        found: dict[str, list[Profile]] = defaultdict(list)
        columns = "f.number, f.article, f.name, f.key, f.is_foreign, f.official, a.day, a.context, a.source"
        for number, article, name, key, foreign, official, day, areas, source in self._db.execute(
            f"SELECT {columns} {joined} {where}"
        ):
            home = self._land.home(source, day)
            context = contexts.get((areas, home))
            if context is None:
                context = contexts[areas, home] = self._land.context(areas, home)
            self.before[number] = official
            self._contexts[number] = context
            found[key].append(self._read(Profile(number, article, name, day, bool(foreign), ()), context))
        return {key: self._with_further_areas(found[key]) for key in sorted(found)}

    def _read(self, profile: Profile, context: Context) -> Profile:
        offices = []
        for order, position in self._held[profile.number]:
            office = office_of(position, context, foreign=profile.foreign)
            self.offices[profile.number, order] = office
            offices.append((office, position.former))
        abroad = profile.foreign or any(o.area and o.area.level == COUNTRY for o, _ in offices)
        return replace(profile, foreign=abroad, offices=tuple(offices))

    def _with_further_areas(self, profiles: list[Profile]) -> list[Profile]:
        """Offices of one name read again, where they end with an area that only its other mentions tell to be one."""
        areas = {o.area for p in profiles for o, _ in p.offices if o.area}
        areas |= {area for p in profiles for area in self._contexts[p.number].areas.values()}
        known = frozenset(area for area in areas if area.level == PROVINCE and not named(area.name))
        ends = {f" {name_key(area.name)}" for area in known}
        for k, profile in enumerate(profiles if known else ()):
            bodies = [f" {name_key(o.body)}" for o, _ in profile.offices]
            if any(body.endswith(end) for body in bodies for end in ends):
                profiles[k] = self._read(profile, replace(self._contexts[profile.number], known=known))
        return profiles

    def tell_countries(self, clusters: Sequence[Cluster]) -> None:
        """Give the bare titles of foreign officials the country that their other mentions say."""
        for cluster in clusters:
            countries = Counter(o.area.name for p in cluster.profiles for o, _ in p.offices if o.area)
            if countries and 2 * sum(p.foreign for p in cluster.profiles) > len(cluster.profiles):
                for profile in cluster.profiles:
                    self._move(profile, countries.most_common(1)[0][0])

    def tell_country_of(self, profile: Profile, id: str) -> None:
        """Give a foreign official's bare title the country that other mentions of that official said."""
        sql = """SELECT o.area FROM membership m JOIN office o ON o.id = m.office
                 WHERE m.official = ? AND o.level = 'country' ORDER BY m.times DESC, o.id LIMIT 1"""
        row = self._db.execute(sql, (id,)).fetchone() if profile.foreign else None
        if row:
            self._move(profile, row[0])

    def _move(self, profile: Profile, country: str) -> None:
        for order, position in self._held[profile.number]:
            if self.offices[profile.number, order].area is None:
                there = replace(position, place=position.place or country)
                self.offices[profile.number, order] = office_of(there, NO_CONTEXT, foreign=True)

    def tell_provinces(self, clusters: Iterable[Cluster]) -> None:
        """Within one person, `UBND xã X` is the `UBND xã X` of the province that other mentions name."""
        for cluster in clusters:
            places = [(p.number, order) for p in cluster.profiles for order, _ in self._held[p.number]]
            fuller: dict[tuple[str, str, str, str], set[Office]] = defaultdict(set)
            for office in {self.offices[place] for place in places}:
                if office.area and office.area.within:
                    fuller[office.head, office.body, office.area.name, office.area.level].add(office)
            for place in places if fuller else ():
                office = self.offices[place]
                if office.area and not office.area.within:
                    known = fuller.get((office.head, office.body, office.area.name, office.area.level), set())
                    if len(known) == 1:
                        (self.offices[place],) = known
