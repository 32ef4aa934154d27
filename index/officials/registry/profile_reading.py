"""What the registry's articles say, name by name: profiles, their offices read in each article's context."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.officials.posts.areas import COMMUNE, COUNTRY, DISTRICT, PROVINCE, Area, named
from index.officials.posts.name_keys import name_key
from index.officials.posts.offices import NO_CONTEXT, Context, Office, office_of
from index.officials.recognition.found_officials import Position
from index.officials.registry.geography import Geography
from index.officials.registry.profiles import Cluster, Profile

_IN_OFFICE = 400
"""Days within which mentions of one name with one post are of one time in office."""

_KNOWN = 10
"""How often a name must stand for somebody of Viet Nam, for every time that it seems to be of another country."""

_NEARLY_ALL = 0.75
"""Part of the printed areas of one name's post that must be one."""


class Profiles:
    """Reads profiles from the registry, and remembers of each its offices and whom it was taken for before."""

    def __init__(self, db: sqlite3.Connection, geography: Geography) -> None:
        self._db = db
        self._geography = geography
        self.before: dict[int, str | None] = {}
        """Row of the mention → official, as last resolved."""
        self.offices: dict[tuple[int, int], Office] = {}
        """Row of the mention and order of its position → post."""
        self.posts_before: dict[tuple[int, int], str | None] = {}
        """The same, as last resolved: the post's id."""
        self._held: dict[int, list[tuple[int, Position]]] = defaultdict(list)
        self._contexts: dict[int, Context] = {}
        self._homes: dict[int, str] = {}

    def names(self, where: str) -> dict[str, list[Profile]]:
        """The profiles of the rows that `where` selects, by key of the name."""
        columns = "h.found, h.place_in, h.title, h.organisation, h.place, h.former, h.mode, h.office"
        held: dict[int, list[tuple[int, Position]]] = defaultdict(list)
        for number, order, title, organisation, place, former, mode, office in self._db.execute(
            f"SELECT {columns} FROM found f JOIN held h ON h.found = f.number {where}"
        ):
            self.posts_before[number, order] = office
            held[number].append((order, Position(title, organisation, bool(former), mode, place)))
        self._held.update(held)  # a mention may be read again, with all others of its name
        contexts: dict[tuple[str, Area | None], Context] = {}
        found: dict[str, list[Profile]] = defaultdict(list)
        columns = "f.number, f.article, f.name, f.key, f.is_foreign, f.official, a.day, a.context, a.source"
        for number, article, name, key, foreign, official, day, areas, source in self._db.execute(
            f"SELECT {columns} FROM found f JOIN article a ON a.id = f.article {where}"
        ):
            home = self._geography.home(source, day)
            context = contexts.get((areas, home))
            if context is None:
                context = contexts[areas, home] = self._geography.context(areas, home)
            self.before[number] = official
            self._contexts[number] = context
            self._homes[number] = home.name if home else ""
            found[key].append(self._read(Profile(number, article, name, day, bool(foreign), ()), context))
        return {
            key: self._with_printed_areas(self._with_further_areas(self._at_home(found[key]))) for key in sorted(found)
        }

    def _read(self, profile: Profile, context: Context) -> Profile:
        offices = []
        for order, position in self._held[profile.number]:
            office = office_of(position, context, foreign=profile.foreign)
            self.offices[profile.number, order] = office
            offices.append((office, position.former))
        abroad = profile.foreign or any(o.area and o.area.level == COUNTRY for o, _ in offices)
        return Profile(profile.number, profile.article, profile.name, profile.day, abroad, tuple(offices))

    def _at_home(self, profiles: list[Profile]) -> list[Profile]:
        """Those of one name who nearly always hold offices of Viet Nam do so too where an article about another country
        leaves that out: `Phó Thủ tướng A đã gửi điện mừng tới …`."""
        abroad = [profile for profile in profiles if profile.foreign]
        if not abroad or len(profiles) < _KNOWN * len(abroad) or len(profiles) < _KNOWN:
            return profiles
        heads = {office.head for profile in profiles if not profile.foreign for office, _ in profile.offices}
        return [
            self._as_home(profile)
            if profile.foreign and profile.offices and all(office.head in heads for office, _ in profile.offices)
            else profile
            for profile in profiles
        ]

    def _as_home(self, profile: Profile) -> Profile:
        """The profile with its offices read as those of Viet Nam where no country is printed in them."""
        held = self._held[profile.number]
        for k, (order, position) in enumerate(held):
            if office_of(replace(position, place=None), foreign=True).area is None:
                held[k] = order, replace(position, place=None)
        return self._read(replace(profile, foreign=False), self._contexts[profile.number])

    def _with_further_areas(self, profiles: list[Profile]) -> list[Profile]:
        """Offices of one name read again, where they end with an area that only its other mentions tell to be one."""
        areas = {o.area for p in profiles for o, _ in p.offices if o.area}
        areas |= {area for p in profiles for area in self._contexts[p.number].areas.values()}
        known = frozenset(area for area in areas if area.level == PROVINCE and not named(area.name))
        known |= self._geography.unlisted
        ends = tuple({f" {name_key(area.name)}" for area in known})
        for k, profile in enumerate(profiles if known else ()):
            if any(f" {name_key(office.body)}".endswith(ends) for office, _ in profile.offices):
                profiles[k] = self._read(profile, replace(self._contexts[profile.number], known=known))
        return profiles

    def _with_printed_areas(self, profiles: list[Profile]) -> list[Profile]:
        """Offices of one name whose area only the text around tells, given that which other mentions print, if one.

        An article about several places is a weaker witness than a printed name; what a newspaper leaves out because it
        is of that province, or what the text says of a province before and after a merger, is none.
        """
        printed: dict[tuple[str, str], list[tuple[Area, int]]] = defaultdict(list)
        for profile in profiles if len(profiles) > 1 else ():
            for office, _ in profile.offices:
                if office.area and not office.inferred and office.tier != COUNTRY and profile.day is not None:
                    printed[_post(office)].append((office.area, profile.day))
        sole = {post: only for post, said in printed.items() if (only := _of_one_area(said))}
        for k, profile in enumerate(profiles if sole else ()):
            offices = list(profile.offices)
            for at, (order, position) in enumerate(self._held[profile.number]):
                office, former = offices[at]
                said = sole.get(_post(office), [])
                if said and not _just_named(position) and self._may_be(profile, office, said):
                    area = max((area for area, _ in said), key=lambda area: len(area.within))
                    around = Context({PROVINCE: Area(area.province, PROVINCE)} if area.province else {})
                    office = office_of(replace(position, place=area.printed), around)
                    self.offices[profile.number, order] = office
                    offices[at] = office, former
            profiles[k] = replace(profile, offices=tuple(offices))
        return profiles

    def _may_be(self, profile: Profile, office: Office, said: Sequence[tuple[Area, int]]) -> bool:
        """Whether an office of doubtful area can be the one that other mentions of those days print with its area."""
        (area, _), *_ = said
        near = profile.day is not None and min(abs(profile.day - day) for _, day in said) <= _IN_OFFICE
        if not near or not office.body or profile.foreign:
            return False
        if office.area is None:
            return office.tier == area.level or (not office.tier and len(office.body.split()) > 2)
        mine, theirs = office.area.province, area.province
        ways = ((mine, theirs), (theirs, mine))
        merged = any(self._geography.became(old, profile.day) == new for old, new in ways)
        other = office.inferred and office.area.level == area.level and office.area.name != area.name
        return other and not merged and mine != self._homes[profile.number]

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

    def tell_areas(self, clusters: Iterable[Cluster]) -> None:
        """Within one person, a post printed without area, or without its province, is the one that others name so."""
        for cluster in clusters:
            places = [(p.number, order) for p in cluster.profiles for order, _ in self._held[p.number]]
            named_fully: dict[tuple[str, ...], Counter[Office]] = defaultdict(Counter)
            for place in places:
                office = self.offices[place]
                if office.area and office.tier != COUNTRY:
                    named_fully[office.head, office.body][office] += 1
                    if office.area.within:
                        named_fully[_of_area(office, office.area)][office] += 1
            for place in places if named_fully else ():
                office = self.offices[place]
                known = named_fully.get(_of_area(office, office.area) if office.area else (office.head, office.body))
                if known and (office.area or self._may_lack(office, known)):
                    self.offices[place] = min(known, key=lambda office: (-known[office], office.id))

    def _may_lack(self, office: Office, known: Iterable[Office]) -> bool:
        """Whether a post without area is that of the only area in which the person holds it."""
        areas = {(post.area.name, post.area.level) for post in known if post.area}
        return bool(office.body) and len(areas) == 1 and office.tier in ("", *(level for _, level in areas))


def _of_area(office: Office, area: Area) -> tuple[str, str, str, str]:
    return office.head, office.body, area.name, area.level


def _post(office: Office) -> tuple[str, str]:
    return office.head.removesuffix(" thường trực"), office.body


def _of_one_area(said: Sequence[tuple[Area, int]]) -> list[tuple[Area, int]]:
    """Printed areas with their days, if nearly all are one area."""
    counts = Counter((area.name, area.level) for area, _ in said)
    commonest, count = counts.most_common(1)[0]
    return [(a, day) for a, day in said if (a.name, a.level) == commonest] if count >= _NEARLY_ALL * len(said) else []


def _just_named(position: Position) -> bool:
    """Whether the text names the district or commune right before the office."""
    area = named(position.place or "")
    return area is not None and area.level in (DISTRICT, COMMUNE)
