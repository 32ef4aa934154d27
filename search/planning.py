"""Planning: the parsed query laid out as clauses over index keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from crawler.ground.clock import day_number
from index.schema import ZONES
from search import query as q
from search.lexicon import Lexicon
from search.offices import shielded, with_short_names
from search.plan import AllOf, AnyOf, Clause, Node, NoneOf, Plan, Spelling, Tagged
from search.results import Understood

_MOST_SPELLINGS = 24
"""Spellings of one clause; more are left out, the least like what was typed first."""


About = Callable[[q.About], Tagged | None]
"""The keyword filter that a field names, or None when its text is no known value."""


class Planner:
    """Plans queries for one snapshot."""

    def __init__(self, lexicon: Lexicon, about: About) -> None:
        self._lexicon = lexicon
        self._about = about

    def plan(self, query: q.Node, off: frozenset[str] = frozenset()) -> tuple[Plan, tuple[Understood, ...]]:
        """The plan of a query, and what planning understood; `off` holds the interpretations switched off."""
        parts, shorter = with_short_names([self._part(node, ZONES) for node in q.clauses(query)], off)
        parts, chips = shielded(parts, off)
        return Plan(parts), (*shorter, *chips)

    def _part(self, node: q.Node, zones: tuple[str, ...]) -> Node:
        match node:
            case q.And(nodes):
                return AllOf(tuple(self._part(one, zones) for one in nodes))
            case q.Or(options):
                return self._either(options, zones)
            case q.Not(inner):
                return NoneOf(self._part(inner, zones))
            case q.InZone(zone, inner):
                return self._part(inner, (zone,))
            case q.About():
                return self._about(node) or self._part(node.node, zones)
            case q.During():
                return self._either((q.Option(node),), zones)
            case q.Dated(first, last, named):
                return _dated(self._part(named, zones), first, last)
            case q.MatchAll():
                return AllOf(())
            case q.Near() | q.Term() | q.Phrase() | q.Prefix():
                return self._lexicon.clause(node, zones)

    def _either(self, options: Sequence[q.Option], zones: tuple[str, ...]) -> Node:
        """Branches that are spellings of one thing make one clause; others stay apart."""
        spellings = [spelling for one in options for spelling in self._spellings(one)]
        apart = tuple(self._part(one.node, zones) for one in options if not self._spellings(one))
        if not spellings:
            return AnyOf(apart)
        typed = dict.fromkeys(q.typed(one.node) for one in options if one.weight == 1.0)
        clause = Clause(" OR ".join(typed) or q.typed(options[0].node), tuple(spellings[:_MOST_SPELLINGS]), zones)
        return AnyOf((clause, *apart)) if apart else clause

    def _spellings(self, option: q.Option) -> tuple[Spelling, ...]:
        """The spellings of a branch that is a term, a phrase, a prefix, or several of them; none for another."""
        node, weight = option.node, option.weight
        match node:
            case q.Term() | q.Phrase() | q.Prefix():
                return (self._lexicon.spelling(node, weight),)
            case q.During(first, last, inner):
                days = (day_number(first or date.min), day_number(last or date.max))
                return tuple(replace(one, during=days) for one in self._spellings(q.Option(inner, weight)))
            case q.Or(inner_options):
                inside = [self._spellings(q.Option(one.node, one.weight * weight)) for one in inner_options]
                return tuple(one for several in inside for one in several) if all(inside) else ()
        return ()


def _dated(named: Node, first: date, last: date) -> Node:
    days = (day_number(first), day_number(last))
    if isinstance(named, Clause):
        return replace(named, days=days)
    return named
