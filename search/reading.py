"""Reading: a request's text understood and planned on one snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from search.lexicon import Lexicon
from search.matching import Matcher
from search.naming import Naming
from search.parser.parse import Parsed, parse
from search.plan import Plan
from search.planning import Planner
from search.request import SearchRequest
from search.results import QueryNote

_KEPT = 256
"""Texts whose parse is kept: whoever turns a page, picks a filter or another order sends the same text again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a request asks for: the plan, the request with the range that its text names, and what was understood."""

    plan: Plan
    request: SearchRequest
    note: QueryNote


class Reader:
    """Reads requests with the words of one snapshot."""

    def __init__(self, matcher: Matcher, naming: Naming) -> None:
        self.lexicon = Lexicon(matcher)
        self._planner = Planner(self.lexicon, lambda node: naming.about(node, matcher.snapshot))
        self._parsed = lru_cache(_KEPT)(self._parse)

    def read(self, request: SearchRequest) -> Reading:
        """Never raises on what a person types."""
        parsed = self._parsed(request.text, request.off)
        plan, chips = self._planner.plan(parsed.query, request.off)
        note = QueryNote(request.text, parsed.suggestion, (*parsed.understood, *chips))
        since = max(filter(None, (request.since, parsed.since)), default=None)
        until = min(filter(None, (request.until, parsed.until)), default=None)
        return Reading(plan, replace(request, since=since, until=until), note)

    def _parse(self, text: str, off: frozenset[str]) -> Parsed:
        return parse(text, self.lexicon, off)
