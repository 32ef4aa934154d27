"""ResultPage: one page of results, the type that leaves this room; HTML, JSON and command line all show it.

`index.json_types` prints these types as JSON: their fields are the contract's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Protocol, get_args, get_type_hints

from index.facets import COUNTED, Facet
from index.officials.posts.name_keys import office_name

Spans = tuple[tuple[int, int], ...]
"""Code-point offsets into the text beside them, end exclusive."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One interpretation made of the query, which the reader can switch off."""

    kind: str
    """marks, spelling, tone, variant, abbreviation, number, date, place, office, official, phrase, field or ignored."""
    from_: str = field(metadata={"json": "from"})
    """What was typed."""
    to: tuple[str, ...]
    """What was searched besides or instead."""
    off: str | None = None
    """Name and value of the parameter that switches it off, such as `exact=tinh`; None when it cannot be."""


@dataclass(frozen=True, slots=True)
class QueryNote:
    """The query as typed, and what was understood."""

    text: str
    suggestion: str | None = None
    understood: tuple[Understood, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of printed text with exactly the matched words marked."""

    field: str
    """lead, body or caption."""
    text: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class TopicLabel:
    """A topic and what it is called."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class OfficialLabel:
    """An official with the office held on the day of one article, as far as the news bears it out."""

    id: str
    name: str
    title: str | None = None
    organisation: str | None = None

    @property
    def office(self) -> str:
        """Title and organisation as one, words that they share said once; empty when none is known."""
        return office_name(self.title, self.organisation)


class FacetCount(Protocol):
    """How many matches carry one value of a facet."""

    @property
    def count(self) -> int: ...
    @property
    def value(self) -> str:
        """As a filter names it."""

    @property
    def label(self) -> str:
        """As a reader knows it."""

    @property
    def detail(self) -> str:
        """What tells it from others of the same label; may be empty."""


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic and how many articles carry it."""

    slug: str
    name: str
    count: int
    value = property(lambda self: self.slug)
    label = property(lambda self: self.name)
    detail = ""


@dataclass(frozen=True, slots=True)
class OfficialCount:
    """An official, and how many matches name him or her."""

    id: str
    name: str
    title: str | None
    """The latest office, whole: `Bí thư Thành ủy TP.HCM`."""
    count: int
    value = property(lambda self: self.id)
    label = property(lambda self: self.name)
    detail = property(lambda self: self.title or "")


@dataclass(frozen=True, slots=True)
class OrganisationCount:
    """An organisation, and how many matches name an office-holder of it."""

    id: str
    name: str
    count: int
    value = property(lambda self: self.id)
    label = property(lambda self: self.name)
    detail = ""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A newspaper and how many matches it printed."""

    source: str
    count: int
    value = label = property(lambda self: self.source)
    detail = ""


@dataclass(frozen=True, slots=True)
class SectionCount:
    """A section of newspapers and how many matches stood in it."""

    section: str
    count: int
    value = label = property(lambda self: self.section)
    detail = ""


@dataclass(frozen=True, slots=True)
class CountryCount:
    """Whose office-holders, Viet Nam's (`viet-nam`) or another country's (`nuoc-ngoai`), how many matches name."""

    country: str
    count: int
    value = label = property(lambda self: self.country)
    detail = ""


@dataclass(frozen=True, slots=True)
class AuthorityCount:
    """Whether an authority acts (`co`) or only works on a case (`vu-an`), and in how many matches."""

    authority: str
    count: int
    value = label = property(lambda self: self.authority)
    detail = ""


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month, `2024-01`, and how many matches it holds."""

    month: str
    count: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day and how many matches were published on it."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a hit, and what it adds to the score; as text in the notation of the API."""

    kind: str
    """part (of the query), near (parts that stand side by side), or rest (freshness, and what is missing)."""
    worth: float
    part: str = ""
    """As typed."""
    zones: tuple[tuple[str, int], ...] = ()
    """Where the part stands (title, lead, body) and how often; empty where it does not."""

    def __str__(self) -> str:
        if self.kind != "part":
            return f"{self.kind} ({self.worth:+.2f})"
        where = ", ".join(f"{zone} ×{count}" for zone, count in self.zones) or "nowhere"
        return f"“{self.part}”: {where} ({self.worth:+.2f})"


@dataclass(frozen=True, slots=True)
class Hit:
    """One article on a result page."""

    id: str
    version: int
    url: str | None
    title: str
    title_spans: Spans
    source: str | None
    published: str | None
    snippets: tuple[Snippet, ...]
    topics: tuple[TopicLabel, ...]
    officials: tuple[OfficialLabel, ...]
    score: float
    similar: int = 0
    """Near-duplicates folded under this hit."""
    author: str | None = None
    section: str | None = None
    """As printed."""
    missing: tuple[str, ...] = ()
    """Clauses that this article misses (a relaxed hit)."""
    reasons: tuple[Reason, ...] = field(default=(), metadata={"json": None})
    """Where the request was to explain."""
    JSON_ALSO: ClassVar = ("why",)

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons as text."""
        return tuple(map(str, self.reasons))


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over all matches: a field for every facet that is counted, and the months."""

    topics: tuple[TopicCount, ...] = ()
    officials: tuple[OfficialCount, ...] = ()
    organisations: tuple[OrganisationCount, ...] = ()
    sources: tuple[SourceCount, ...] = ()
    sections: tuple[SectionCount, ...] = ()
    authorities: tuple[AuthorityCount, ...] = ()
    countries: tuple[CountryCount, ...] = ()
    months: tuple[MonthCount, ...] = ()
    days: tuple[DayCount, ...] = field(default=(), metadata={"json": None})
    """Where the matches span less than a year; for charts, and not printed."""

    def of(self, facet: Facet) -> tuple[FacetCount, ...]:
        """The counts of one facet, the most frequent value first."""
        counts: tuple[FacetCount, ...] = getattr(self, facet.plural)
        return counts


@dataclass(frozen=True, slots=True)
class Summary:
    """What matches a request, without a page of it: how many, on which days, and the best of them."""

    total: int
    undated: int
    days: tuple[DayCount, ...]
    """In order; only days with matches."""
    best: Hit | None
    partial: bool
    """Whether the time for one search ran out."""

    def lately(self, last: date | None, days: int) -> tuple[int, int]:
        """How many of these many days up to the last one of the collection, and the most of one day."""
        recent = [day.count for day in self.days if last and 0 <= (last - day.day).days < days]
        return sum(recent), max(recent, default=0)


_HINTS = get_type_hints(Facets)
COUNT_TYPES = {facet.name: get_args(_HINTS[facet.plural])[0] for facet in COUNTED}
"""Facet → the type of its counts."""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of hits, with the counts of all matches."""

    query: QueryNote
    total: int
    relaxed: int
    undated: int
    took_ms: float
    partial: bool
    generation: str
    hits: tuple[Hit, ...]
    facets: Facets = field(default_factory=Facets)
    next: str | None = None
    """Cursor of the next page."""
