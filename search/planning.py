"""Planning: the parsed query laid out as clauses, plain neighbouring words grouped by what the corpus knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from index.document import day_number
from index.schema import ZONES
from search import query as q
from search.clauses import Grouper, Word, clause_of
from search.lexicon import Lexicon, slot_of
from search.plan import AllOf, AnyOf, Clause, Key, Node, NoneOf, Plan, Slot, Spelling, Tagged

_MOST_SPELLINGS = 24
"""Spellings of one clause; more are left out, the least like what was typed first."""


About = Callable[[q.About], Tagged | None]
"""The keyword filter that a field names, or None when its text is no known value."""


class Planner:
    """Plans queries for one snapshot."""

    def __init__(self, grouper: Grouper, heads: frozenset[tuple[str, ...]], lexicon: Lexicon, about: About) -> None:
        self._grouper = grouper
        self._heads = heads
        self._lexicon = lexicon
        self._about = about

    def plan(self, query: q.Node, off: frozenset[str] = frozenset()) -> Plan:
        """The plan of a query; `off` holds the interpretations switched off."""
        parts = self._parts(q.clauses(query), ZONES)
        return Plan(tuple(self._shielded(parts, off)))

    def _parts(self, nodes: Sequence[q.Node], zones: tuple[str, ...]) -> list[Node]:
        parts: list[Node] = []
        run: list[Word] = []
        for node in nodes:
            words = _words(node)
            if words:
                run += words
                continue
            parts += self._grouped(run, zones)
            run = []
            parts.append(self._part(node, zones))
        return parts + self._grouped(run, zones)

    def _grouped(self, words: Sequence[Word], zones: tuple[str, ...]) -> list[Node]:
        spans = self._grouper.group(words) if words else []
        return [replace(clause_of(words[first:last]), zones=zones) for first, last in spans]

    def _part(self, node: q.Node, zones: tuple[str, ...]) -> Node:
        match node:
            case q.And(nodes):
                return AllOf(tuple(self._parts(nodes, zones)))
            case q.Or(options):
                return self._either(options, zones)
            case q.Not(inner):
                return NoneOf(self._part(inner, zones))
            case q.InZone(zone, inner):
                return self._part(inner, (zone,))
            case q.About():
                return self._about(node) or self._part(node.node, zones)
            case q.Dated(first, last, named):
                inner = self._part(named, zones)
                return _dated(inner, first, last, node.typed)
            case q.MatchAll():
                return AllOf(())
            case q.Near() | q.Term() | q.Phrase() | q.Prefix():
                return self._lexicon.clause(node, zones)

    def _either(self, options: Sequence[q.Option], zones: tuple[str, ...]) -> Node:
        """Branches that are spellings of one thing make one clause; others stay apart."""
        plain = [one for one in options if isinstance(one.node, q.Term | q.Phrase | q.Prefix)]
        if len(plain) == len(options):
            spellings = (self._lexicon.spelling(one.node, one.weight) for one in plain)  # type: ignore[arg-type]
            typed = next((one.node for one in options if one.weight == 1.0), options[0].node)
            return Clause(q.typed(typed), tuple(spellings)[:_MOST_SPELLINGS], zones)
        return AnyOf(tuple(self._part(one.node, zones) for one in options))

    def _shielded(self, parts: list[Node], off: frozenset[str]) -> Iterable[Node]:
        """`Chủ tịch` is another office than `Phó Chủ tịch`: the first word of an office is not met behind `phó`."""
        behind_deputy = False
        for part in parts:
            if isinstance(part, Clause) and not behind_deputy and "office:deputy" not in off:
                yield replace(part, shield=_DEPUTY[_folded(part)]) if self._is_head(part) else part
            else:
                yield part
            behind_deputy = isinstance(part, Clause) and _first_keys(part)[-1:] in (("phó",), ("pho",))

    def _is_head(self, clause: Clause) -> bool:
        keys = _first_keys(clause)
        return clause.slop < 0 and any(keys[:length] in self._heads for length in range(1, len(keys) + 1))


def _words(node: q.Node) -> list[Word]:
    """The plain words of a term or of words that the parser only took for a phrase; none for anything demanded."""
    if isinstance(node, q.Term) and _is_syllable(node.slot):
        return [_word(node.slot, node.typed)]
    if isinstance(node, q.Phrase) and not node.quoted and all(map(_is_syllable, node.slots)):
        typed = node.typed.split()
        if len(typed) == len(node.slots):
            return [_word(slot, surface) for slot, surface in zip(node.slots, typed, strict=True)]
    return []


def _is_syllable(slot: q.Slot) -> bool:
    return all(key.stream in (q.Stream.SYLLABLE, q.Stream.FOLDED) for key in slot)


def _word(slot: q.Slot, surface: str) -> Word:
    return Word(slot[0].key, slot[0].stream is q.Stream.FOLDED, surface, slot_of(slot))


def _dated(named: Node, first: date, last: date, typed: str) -> Node:
    days = (day_number(first), day_number(last))
    if isinstance(named, Clause):
        return replace(named, days=days)
    return named


def _first_keys(clause: Clause) -> tuple[str, ...]:
    return tuple(slot.keys[0][1] for slot in clause.spellings[0].slots if slot.keys)


def _folded(clause: Clause) -> bool:
    keys: tuple[Key, ...] = clause.spellings[0].slots[0].keys
    return keys[0][0] == "_fold"


_DEPUTY = {folded: (Spelling((Slot((("_fold", "pho") if folded else ("", "phó"),)),)),) for folded in (False, True)}
