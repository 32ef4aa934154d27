"""SearchRequest: what a reader asks for, before the query is parsed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Filter:
    """A value that articles must, or may not, have in a facet."""

    facet: str
    """The name of one of `index.facets.FACETS`."""
    value: str
    excluded: bool = False

    @classmethod
    def read(cls, facet: str, typed: str) -> Filter:
        """As parameters and options write it: a leading `-` excludes."""
        return cls(facet, typed.removeprefix("-"), typed.startswith("-"))

    @property
    def typed(self) -> str:
        """As a parameter writes it."""
        return f"-{self.value}" if self.excluded else self.value


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with its filters, order and place in the list."""

    text: str = ""
    filters: tuple[Filter, ...] = ()
    """All must hold; of several values of a facet that is not `every`, one."""
    since: date | None = None
    until: date | None = None
    """Inclusive."""
    sort: str = "relevance"
    """relevance, newest or oldest."""
    limit: int = 20
    """1 to 100."""
    cursor: str | None = None
    off: frozenset[str] = frozenset()
    """Interpretations switched off, as `Understood.off` names them."""
    any: frozenset[str] = frozenset()
    """Facets that are `every`, of whose wanted values any may hold all the same."""
    explain: bool = False
    """Fill `Hit.reasons`."""

    def wanted(self, facet: str) -> tuple[str, ...]:
        """The values of a facet that articles must have."""
        return tuple(
            condition.value for condition in self.filters if condition.facet == facet and not condition.excluded
        )


def filters(facet: str, typed: Iterable[str]) -> tuple[Filter, ...]:
    """The filters of one facet as parameters and options write them."""
    return tuple(Filter.read(facet, value) for value in typed)
