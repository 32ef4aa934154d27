"""ResultPage: one page of results, the type that leaves this room; HTML, JSON and command line all show it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from index.officials.posts.naming import office_name

Spans = tuple[tuple[int, int], ...]
"""Code-point offsets into the text beside them, end exclusive."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One interpretation made of the query, which the reader can switch off."""

    kind: str
    """marks, spelling, tone, variant, abbreviation, number, date, place, office, official, phrase, field or ignored."""
    from_: str
    """What was typed."""
    to: tuple[str, ...]
    """What was searched besides or instead."""
    off: str | None = None
    """Name and value of the parameter that switches it off, such as `exact=tinh`; None when it cannot be."""

    filter: str | None = None
    """Of a date that is a clause, the parameters that make a filter of it: `from=2017-07-01&to=2017-07-31`."""

    def as_json(self) -> dict[str, Any]:
        """The chip as the contract prints it."""
        chip = {"kind": self.kind, "from": self.from_, "to": list(self.to), "off": self.off}
        return chip | {"filter": self.filter} if self.filter else chip


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
class TopicCount:
    """A topic, and in facets how many matches carry it."""

    slug: str
    name: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class OfficialCount:
    """An official with the office that the article (in facets: the latest one) gives."""

    id: str
    name: str
    title: str | None = None
    organisation: str | None = None
    count: int | None = None

    @property
    def office(self) -> str:
        """Title and organisation as one, words that they share said once; empty when none is known."""
        return office_name(self.title, self.organisation)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A newspaper and how many matches it printed."""

    source: str | None
    count: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month, `2024-01`, and how many matches it holds."""

    month: str
    count: int


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
    topics: tuple[TopicCount, ...]
    officials: tuple[OfficialCount, ...]
    score: float
    similar: int = 0
    """Near-duplicates folded under this hit."""
    missing: tuple[str, ...] = ()
    """Clauses that this article misses (a relaxed hit)."""
    why: tuple[str, ...] = ()
    """Matched clauses, fields and weights, in words."""


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over all matches."""

    topics: tuple[TopicCount, ...] = ()
    officials: tuple[OfficialCount, ...] = ()
    sources: tuple[SourceCount, ...] = ()
    months: tuple[MonthCount, ...] = ()


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

    def as_json(self) -> dict[str, Any]:
        """The page as the contract prints it."""
        page = _row(self)
        page["query"] = _row(self.query) | {"understood": [chip.as_json() for chip in self.query.understood]}
        page["hits"] = [_hit(hit) for hit in self.hits]
        page["facets"] = {
            "topics": [_row(topic) for topic in self.facets.topics],
            "officials": [_row(official, "organisation") for official in self.facets.officials],
            "sources": [_row(source) for source in self.facets.sources],
            "months": [_row(month) for month in self.facets.months],
        }
        return page


def _hit(hit: Hit) -> dict[str, Any]:
    return _row(hit) | {
        "snippets": [_row(snippet) for snippet in hit.snippets],
        "topics": [_row(topic, "count") for topic in hit.topics],
        "officials": [_row(official, "count") for official in hit.officials],
    }


def _row(one: Any, *left_out: str) -> dict[str, Any]:
    """The fields of one dataclass; `dataclasses.asdict` copies every leaf and takes ten times as long."""
    return {name: getattr(one, name) for name in _names(type(one)) if name not in left_out}  # type: ignore[arg-type]  # classes are hashable


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
