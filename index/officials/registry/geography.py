"""What all articles together tell of the country: which province a newspaper is of, and which provinces were merged."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from crawler.ground.clock import day_number
from index.analysis.renamed import other_names
from index.analysis.tokens import syllables
from index.officials.posts.areas import PROVINCE, Area, named, provinces
from index.officials.posts.offices import Context, office_of
from index.officials.recognition.found_officials import FoundOfficial

_CLEAR = 0.7
"""Part of a newspaper's articles that speak of one province which must speak of its own."""
_ENOUGH = 4
"""Articles that must speak of a province before it is a newspaper's own."""
_BELIEVED = 3
"""Articles that must give offices to a province which no table has, before it is one in all others."""
_TOGETHER = 60
"""Days within which two leaders go from one province to another: one alone was transferred, two were merged."""


@dataclass(frozen=True, slots=True)
class Merger:
    """A province that became part of another, or got another name."""

    province: str
    day: int
    """Days since 1970-01-01."""


@dataclass(frozen=True, slots=True)
class Geography:
    """Homes of newspapers and mergers of provinces, as far as the recorded articles tell."""

    homes: Mapping[str, str] = field(default_factory=dict)
    """Source → the province that it is of."""
    mergers: Mapping[str, Merger] = field(default_factory=dict)
    """Province → what it became."""

    unlisted: frozenset[Area] = frozenset()
    """Provinces that no table has."""

    def home(self, source: str | None, day: int | None) -> Area | None:
        """The province whose offices a newspaper of that day names without saying it."""
        name = self.homes.get(source or "")
        if name is None:
            return None
        return Area(self.became(name, day) or name, PROVINCE)

    def became(self, province: str, day: int | None) -> str | None:
        """What a province has become by a day."""
        merger = self.mergers.get(province)
        return merger.province if merger and day is not None and day >= merger.day else None

    @property
    def stamp(self) -> str:
        """Changes when provinces are new or merged; homes are compared one by one."""
        mergers = sorted((old, merger.province, merger.day) for old, merger in self.mergers.items())
        return json.dumps([mergers, sorted(area.name for area in self.unlisted)], ensure_ascii=False)

    def context(self, areas: str, home: Area | None) -> Context:
        """The context of an article: its own areas (as the registry keeps them), and else its newspaper's home."""
        stored = json.loads(areas)
        levels = {level: Area(*area) for level, area in stored["areas"].items()}
        if home is None or PROVINCE in levels:
            return Context(levels, self.unlisted, frozenset(stored["spoken"]))
        inside = {level: Area(a.name, a.level, a.within or home.name) for level, a in levels.items()}
        return Context({**inside, PROVINCE: home}, self.unlisted)


def survey(db: sqlite3.Connection) -> Geography:
    """The geography that the registry's articles show."""
    return Geography(_homes(db), {**_merged(db), **_decreed()}, _unlisted(db))


def _homes(db: sqlite3.Connection) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sql = "SELECT source, province, count(*) FROM article WHERE province || source IS NOT NULL GROUP BY 1, 2"
    for source, province, count in db.execute(sql):
        counts[source][province] = count
    homes = {}
    for source, spoken in counts.items():
        province, count = spoken.most_common(1)[0]
        if count >= _ENOUGH and count >= _CLEAR * spoken.total():
            homes[source] = province
    return homes


def _unlisted(db: sqlite3.Connection) -> frozenset[Area]:
    """Provinces that no table has, but that several articles give offices to."""
    provinces_query = "SELECT province FROM article WHERE province = ? AND NOT instr(context, '\"province\"]') LIMIT ?"
    counts = db.execute("SELECT province, count(*) FROM article WHERE province IS NOT NULL GROUP BY 1").fetchall()
    often = sorted(province for province, count in counts if count >= _BELIEVED and not named(province))
    return frozenset(
        Area(p, PROVINCE) for p in often if len(db.execute(provinces_query, (p, _BELIEVED)).fetchall()) >= _BELIEVED
    )


def _merged(db: sqlite3.Connection) -> dict[str, Merger]:
    """Provinces from whose offices two people or more went to those of another at one time."""
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for old, new, day in db.execute("SELECT old, new, min(day) FROM moved GROUP BY key, old, new ORDER BY 3"):
        days[old, new].append(day)
    found: dict[str, Merger] = {}
    for (old, new), reported in sorted(days.items()):
        first = next((a for a, b in pairwise(reported) if b - a <= _TOGETHER), None)
        if first is not None and old not in found:
            found[old] = Merger(new, first)
    return found


@cache
def _decreed() -> dict[str, Merger]:
    """Mergers of provinces that the table of renamed places has."""
    found = {}
    for name in provinces():
        for became in other_names().get(tuple(syllable.key for syllable in syllables(name)), ()):
            heir = named(" ".join(became.keys).removeprefix("thành phố "))
            if became.first and heir and heir.level == PROVINCE:
                found[name] = Merger(heir.name, day_number(became.first))
    return found


def moves(official: FoundOfficial, areas: Mapping[str, Area]) -> Iterator[tuple[str, str]]:
    """Pairs of provinces: one that the article says the official led before, and one with an office now."""
    if official.foreign or len(official.positions) < 2:
        return
    context = Context(areas)
    held = [(office_of(position, context), position.former) for position in official.positions]
    here = {office.area.name for office, former in held if not former and office.area and office.tier == PROVINCE}
    for office, former in held:
        if former and office.area and office.tier == PROVINCE and office.leading and office.area.name not in here:
            yield from ((office.area.name, new) for new in sorted(here))
