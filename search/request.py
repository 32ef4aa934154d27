"""SearchRequest: what a reader asks for, before the query is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query with its filters, order and place in the list.

    A leading `-` on a topic, official or source excludes it. Repeated topics and officials must all hold;
    any of repeated sources may.
    """

    text: str = ""
    topics: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
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
    explain: bool = False
    """Fill `Hit.why`."""
    language: str = "vi"
    """vi or en: of `Hit.why`."""
