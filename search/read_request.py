"""Reading: a request's text understood with the words and names of one generation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from crawler.ground import clock
from index.engine import Generation
from index.query import About, And, Carrying, Dated, During, InZone, Node, Not, NotAfter, Option, Or, both, clauses
from search.corpus_lexicon import CorpusLexicon
from search.holders import with_holders
from search.naming import Naming
from search.offices import shielded, with_short_names
from search.parser.parse import parse
from search.request import SearchRequest
from search.results import QueryNote

_CACHED = 256
"""Texts whose reading is kept: whoever turns a page, picks a filter or another order sends the same text again."""


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What a request asks for: the query, the request with the range that its text names, and what was understood."""

    query: Node
    request: SearchRequest
    note: QueryNote


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it was understood."""

    query: Node
    note: QueryNote
    since: date | None
    until: date | None


class RequestReader:
    """Reads requests."""

    def __init__(self, generation: Generation, lexicon: CorpusLexicon, naming: Naming) -> None:
        self._generation, self._lexicon, self._naming = generation, lexicon, naming
        self._understood = lru_cache(_CACHED)(self._understand)

    def read(self, request: SearchRequest) -> ReadRequest:
        """Never raises on what a person types."""
        text = self._understood(request.text, request.off, clock.today())
        since = max(filter(None, (request.since, text.since)), default=None)
        until = min(filter(None, (request.until, text.until)), default=None)
        return ReadRequest(text.query, replace(request, since=since, until=until), text.note)

    def _understand(self, text: str, off: frozenset[str], today: date) -> _Text:
        parsed = parse(text, self._lexicon, off, today)
        parts, shorter = with_short_names([self._named(part) for part in clauses(parsed.query)], off)
        parts, chips = shielded(parts, off)
        parts, held = with_holders(parts, parsed.text, self._naming, off)
        parts = tuple(self._of_posts(part, off) for part in parts)
        note = QueryNote(text, parsed.suggestion, (*parsed.understood, *shorter, *chips, *held))
        return _Text(both(*parts), note, parsed.since, parsed.until)

    def _of_posts(self, node: Node, off: frozenset[str]) -> Node:
        """`chức vụ:` finds articles that name the office, or one who holds or held it: the one that the words mean."""
        match node:
            case About(field="post", text=text):
                return self._or_holders(shielded((node,), off)[0][0], text)
            case NotAfter(About(field="post", text=text)):
                return self._or_holders(node, text)
            case Or(options):
                return Or(tuple(Option(self._of_posts(option.node, off), option.weight) for option in options))
            case Not(inner):
                return Not(self._of_posts(inner, off))
        return node

    def _or_holders(self, node: Node, text: str) -> Node:
        holders = self._naming.holders(text)
        return Or((Option(node), Option(Carrying("official", holders)))) if holders else node

    def _named(self, node: Node) -> Node:
        """The same with the officials, topics and newspapers that its fields name."""
        match node:
            case About(node=inner):
                return replace(node, values=self._naming.about(node, self._generation), node=self._named(inner))
            case And(nodes):
                return And(tuple(map(self._named, nodes)))
            case Or(options):
                return Or(tuple(Option(self._named(option.node), option.weight) for option in options))
            case Not(inner):
                return Not(self._named(inner))
            case InZone(zone, inner):
                return InZone(zone, self._named(inner))
            case During(node=inner):
                return replace(node, node=self._named(inner))
            case Dated(named=inner):
                return replace(node, named=self._named(inner))
        return node
