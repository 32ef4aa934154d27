"""Clauses: the query tree compiled to what is looked up, the same for every engine.

A branch that is one thing in several spellings becomes one clause; all else keeps its shape. Prefixes are replaced by
the most frequent keys that begin so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from crawler.ground.clock import day_number
from index import query as q
from index.engine import Terms
from index.query import Key, Slot
from index.schema import ZONES

_MOST_SPELLINGS = 24
"""Spellings of one clause; more are left out, the least like what was typed first."""
_MOST_PREFIXED = 64
"""Keys that stand for a prefix."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to print a clause: slots that follow one another."""

    slots: tuple[Slot, ...]
    weight: float = 1.0
    """How much an occurrence in this spelling counts; 1 for the spelling typed."""
    during: tuple[int, int] | None = None
    """Counts only in articles of these days (since 1970-01-01, inclusive): a name that changed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What an article must hold: one of the spellings, in one of the zones."""

    spellings: tuple[Spelling, ...]
    zones: tuple[str, ...] = ZONES
    slop: int = -1
    """For a proximity clause, syllables that may stand between its spellings' slots; -1 for a plain one."""
    shield: tuple[Spelling, ...] = ()
    """What must not stand just before: `Phó` before `Chủ tịch` makes another office."""
    days: tuple[int, int] | None = None
    """For a date: also met by articles published on these days (since 1970-01-01, inclusive)."""
    _hash: int = field(init=False, repr=False, compare=False)
    """Made once: clauses are looked up many times for every query."""

    def __post_init__(self) -> None:
        meant = (self.spellings, self.zones, self.slop, self.shield, self.days)
        object.__setattr__(self, "_hash", hash(meant))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must hold."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part must not hold."""

    part: Part


@dataclass(frozen=True, slots=True)
class Unscored:
    """The part must hold, and scores nothing."""

    part: Part


@dataclass(frozen=True, slots=True)
class Tagged:
    """The article must carry one of these values of a keyword field."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The article must be of these days (since 1970-01-01, inclusive)."""

    first: int | None
    last: int | None


Part = Clause | AllOf | AnyOf | NoneOf | Unscored | Tagged | Within


@dataclass(frozen=True, slots=True)
class Plan:
    """A query ready to be matched: all of `parts`, in the order typed."""

    parts: tuple[Part, ...]
    labels: tuple[str, ...] = field(compare=False)
    """Beside them, what results call them."""
    lifts: tuple[Part, ...] = ()
    """What no article must hold; what they score is added to those that match and to those that nearly do."""
    lift_labels: tuple[str, ...] = field(default=(), compare=False)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that an article is ranked and marked by: in the order typed, then of lifts; nothing excluded."""
        return tuple(clause for part in (*self.parts, *self.lifts) for clause in clauses_of(part))

    @property
    def wanted(self) -> tuple[Part, ...]:
        """The parts that an article may miss, in the order typed: all but what is excluded."""
        return tuple(part for part in self.parts if not isinstance(part, NoneOf))

    @property
    def wanted_labels(self) -> list[str]:
        """Beside `wanted`, what results call them."""
        both = zip(self.parts, self.labels, strict=True)
        return [label for part, label in both if not isinstance(part, NoneOf)]


def clauses_of(part: Part) -> tuple[Clause, ...]:
    """The clauses of a part, in the order typed; none of what is excluded."""
    if isinstance(part, Clause):
        return (part,)
    if isinstance(part, AllOf | AnyOf):
        return tuple(clause for child in part.parts for clause in clauses_of(child))
    return ()


class Compiler:
    """Compiles query trees with the words of one generation."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def plan(self, query: q.Node) -> Plan:
        """A whole query."""
        nodes = [node for node in q.clauses(query) if not isinstance(node, q.Lift)]
        lifts = [node for node in q.clauses(query) if isinstance(node, q.Lift)]
        return Plan(
            tuple(map(self.part, nodes)),
            tuple(map(q.label, nodes)),
            tuple(self.part(lift.node) for lift in lifts),
            tuple(map(q.label, lifts)),
        )

    def part(self, node: q.Node, zones: tuple[str, ...] = ZONES) -> Part:
        """One node of the tree, to be met in these zones."""
        match node:
            case q.And(nodes):
                return AllOf(tuple(self.part(child, zones) for child in nodes))
            case q.Or(options):
                return self._either(options, zones)
            case q.Not(inner):
                return NoneOf(self.part(inner, zones))
            case q.Quiet(inner):
                return Unscored(self.part(inner, zones))
            case q.InZone(zone, inner):
                return self.part(inner, (zone,))
            case q.NotAfter(inner, word):
                return _shielded(self.part(inner, zones), word)
            case q.About():
                return self.part(node.node, zones) if node.values is None else Tagged(node.field, node.values)
            case q.During():
                return self._either((q.Option(node),), zones)
            case q.Dated(first, last, named):
                return _dated(self.part(named, zones), first, last)
            case q.Carrying(field, values):
                return Tagged(field, values)
            case q.Published(since, until):
                return Within(day_number(since) if since else None, day_number(until) if until else None)
            case q.MatchAll() | q.Lift():
                return AllOf(())
            case q.Near(slots, within):
                return Clause(tuple(Spelling((slot,)) for slot in slots), zones, slop=within)
            case q.Term() | q.Phrase() | q.Prefix():
                return Clause((self._spelling(node),), zones)

    def _either(self, options: Sequence[q.Option], zones: tuple[str, ...]) -> Part:
        """Branches that are spellings of one thing make one clause; others stay apart."""
        found = [tuple(self._spellings(option)) for option in options]
        spellings = [spelling for several in found for spelling in several]
        apart = tuple(self.part(option.node, zones) for option, own in zip(options, found, strict=True) if not own)
        if not spellings:
            return AnyOf(apart)
        clause = Clause(tuple(spellings[:_MOST_SPELLINGS]), zones)
        return AnyOf((clause, *apart)) if apart else clause

    def _spellings(self, option: q.Option) -> Iterator[Spelling]:
        """The spellings of a branch that is a term, a phrase, a prefix, or several of them; none for another."""
        node, weight = option.node, option.weight
        match node:
            case q.Term() | q.Phrase() | q.Prefix():
                yield self._spelling(node, weight)
            case q.During(first, last, inner):
                days = (day_number(first or date.min), day_number(last or date.max))
                yield from (replace(spelling, during=days) for spelling in self._spellings(q.Option(inner, weight)))
            case q.Or(options) if q.is_spelt(node):
                for branch in options:
                    yield from self._spellings(q.Option(branch.node, branch.weight * weight))

    def _spelling(self, leaf: q.Term | q.Phrase | q.Prefix, weight: float = 1.0) -> Spelling:
        match leaf:
            case q.Prefix(prefix, form):
                keys = self._terms.beginning(form, prefix, _MOST_PREFIXED)
                return Spelling((tuple(Key(key, form) for key, _ in keys),), weight)
            case q.Term(slot):
                return Spelling((slot,), weight)
            case q.Phrase(slots):
                return Spelling(slots, weight)


def _dated(named: Part, first: date, last: date) -> Part:
    days = (day_number(first), day_number(last))
    return replace(named, days=days) if isinstance(named, Clause) else named


def _shielded(part: Part, word: Key) -> Part:
    return replace(part, shield=(*part.shield, Spelling(((word,),)))) if isinstance(part, Clause) else part
