"""What the registry keeps of one article, worked out from that article alone: so it runs in any process."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from crawler.article import Article
from crawler.ground.clock import day_number
from index.officials.posts.areas import COMMUNE, COUNTRY, DISTRICT, PROVINCE, named
from index.officials.posts.article_areas import Areas
from index.officials.posts.name_keys import name_key
from index.officials.posts.offices import country_named, office_of
from index.officials.recognition.found_officials import FoundOfficial, Position
from index.officials.recognition.gazetteer import places
from index.officials.registry.evidence import Sentences
from index.officials.registry.geography import moves
from index.statements.finding import statements

HeldColumns = tuple[int, str, str | None, str | None, bool, str, str, int, int, int | None, bool, bool]
"""Columns of the registry's `held`, from `place_in` to `plain`: an office with its evidence."""


SaidColumns = tuple[int, int, str, bool]
"""Columns of the registry's `said`, from `start` to `direct`: a statement."""


@dataclass(frozen=True, slots=True)
class Person:
    """One official of the article."""

    name: str
    key: str
    """The name without marks and case."""
    mentions: int
    rank: str | None
    foreign: bool
    held: tuple[HeldColumns, ...]
    said: tuple[SaidColumns, ...] = ()
    """In the order of the text."""


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """One article: where and when it speaks, and whom it names."""

    id: str
    version: int
    digest: str
    """See `digest_of`."""
    title: str
    source: str | None
    day: int | None
    """Days since 1970-01-01."""
    context: str
    """JSON: see `Areas.as_json`."""
    province: str | None
    """That it speaks of."""
    people: tuple[Person, ...]
    """In order of appearance."""
    moves: tuple[tuple[str, str, str], ...]
    """Keys of the names of those who led one province and now another, and both provinces."""


def digest_of(article: Article) -> str:
    """Changes with everything of an article that the registry reads: its text, day, source and version."""
    read = (article.text, str(article.day), article.source or "", str(article.version))
    return hashlib.sha256("\0".join(read).encode()).hexdigest()[:32]


def entry_of(article: Article, found: Sequence[FoundOfficial]) -> RegistryEntry:
    """Lay out what was found in an article."""
    areas = Areas(article, found)
    day = day_number(article.day) if article.day else None
    moved = (
        ((name_key(official.name), *way) for official in found for way in moves(official, areas.main))
        if day is not None
        else ()
    )
    return RegistryEntry(
        id=article.id,
        version=article.version,
        digest=digest_of(article),
        title=article.title,
        source=article.source,
        day=day,
        context=areas.as_json(),
        province=areas.main[PROVINCE].name if PROVINCE in areas.main else None,
        people=tuple(_people(article, found, areas)) if found else (),
        moves=tuple(moved),
    )


def bare_entry(article: Article) -> RegistryEntry:
    """An article of which nothing could be recognised."""
    day = day_number(article.day) if article.day else None
    nothing = '{"areas": {}, "spoken": []}'
    digest = digest_of(article)
    return RegistryEntry(article.id, article.version, digest, article.title, article.source, day, nothing, None, (), ())


def _people(article: Article, found: Sequence[FoundOfficial], areas: Areas) -> Iterator[Person]:
    sentences = Sentences(article)
    said: dict[int, list[SaidColumns]] = defaultdict(list)
    for statement in statements(article.text, found):
        said[statement.speaker].append((statement.start, statement.end, statement.way, statement.direct))
    for number, official in enumerate(found):
        key = name_key(official.name)
        if len(key) > 1 and official.mentions and not _delegation(official.name):
            held = tuple(_held_columns(official, sentences, areas))
            yield Person(
                official.name, key, len(official.mentions), official.rank, official.foreign, held, tuple(said[number])
            )


def _delegation(name: str) -> bool:
    """Whether a name is that of a province's delegation, which begins as a surname does: `Đoàn Nậm Xăng`."""
    first, _, rest = name.partition(" ")
    area = named(rest) if first == "Đoàn" else None
    return area is not None and area.level == PROVINCE


def _held_columns(official: FoundOfficial, sentences: Sentences, areas: Areas) -> Iterator[HeldColumns]:
    for order, position in enumerate(official.positions):
        said = sentences.evidence(official, position)
        day = day_number(said.day) if said.day else None
        before = said.text[: max(0, position.start - said.start)]
        where = position.title, position.organisation, _place(position, areas, before, foreign=official.foreign)
        plain = said.plain and (said.past or not official.foreign or _tells_country(position, said.text))
        yield order, *where, said.past, position.mode, said.text, said.start, said.end, day, said.said, plain


def _place(position: Position, areas: Areas, before: str, *, foreign: bool) -> str | None:
    """The recognizer's place, or one that stands nearer: of a bare `UBND huyện` the district that the text has just
    named, of a bare `Sở Y tế` the province that its sentence begins with."""
    office = office_of(replace(position, place=None), foreign=foreign)
    if foreign:
        return position.place
    if office.area is None and office.tier in (DISTRICT, COMMUNE):
        near = areas.before(position.start, office.tier)
        return near.printed if near else position.place
    if office.area is None and office.tier in ("", PROVINCE) and office.local and (at := _AT.match(before)):
        area = named(at[1])
        return area.name if area and area.level == PROVINCE else position.place
    return position.place


_AT = re.compile(r"(?:Tại|Ở)\s+(?:tỉnh\s+|TP\.?\s?|thành\s+phố\s+)?([A-ZĐ]\w*(?:[ -]+[A-ZĐ]\w*){0,3}),")
"""The place that a sentence begins with: `Tại Mường Sa, Phó Giám đốc Sở Y tế …`."""


_ONE_STATE_S = re.compile(
    r"(?i)^(?:nhà trắng|lầu năm góc|nhà xanh|fbi|cia|nsa|fed|điện kremlin|kremlin|điện elysee|duma)\b"
)
"""Bodies that one State has, so that it need not be said."""


def _tells_country(position: Position, sentence: str) -> bool:
    """Whether a sentence names the country of an office, where its name leaves that to the text: else nothing says so
    outright."""
    there = named(position.place or "")
    if there is None or there.level != COUNTRY or office_of(replace(position, place=None), foreign=True).area:
        return True
    own, countries = country_named(position.place or ""), _countries().findall(sentence)
    return bool(_ONE_STATE_S.match(position.organisation or "")) or own in map(country_named, countries)


@cache
def _countries() -> re.Pattern[str]:
    names = sorted((name for name, place in places() if place.level in ("country", "union")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
