"""The query as data: what the reader meant, knowing nothing of the engine that answers it.

A query is a tree. Its leaves are Term, Phrase, Near and Prefix; every leaf remembers which part of the typed text it
comes from, so that results can say what they miss. And, Or, Not, InZone, About and Dated combine them. A `weight` says
how much a branch or a spelling counts beside what was typed (1.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stream(StrEnum):
    """The index stream in which a key is looked up."""

    SYLLABLE = "syllable"
    """Keys with marks."""
    FOLDED = "folded"
    """Keys without marks: every spelling."""
    WORD = "word"
    """pyvi's words, keys joined by `_`."""
    SPECIAL = "special"
    """Document numbers, dates, amounts, percentages, abbreviations."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the typed text: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Key:
    """One way in which a position can be filled."""

    key: str
    stream: Stream = Stream.SYLLABLE
    weight: float = 1.0


Slot = tuple[Key, ...]
"""The ways in which one position can be filled, as typed first."""


@dataclass(frozen=True, slots=True)
class Term:
    """One token, in any of its spellings."""

    slot: Slot
    span: Span
    typed: str
    """What the reader wrote for it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables one after the other."""

    slots: tuple[Slot, ...]
    span: Span
    typed: str
    word: str | None = None
    """The key of the word that these syllables are, where they are one: what lifts rank in the word stream."""
    quoted: bool = False
    """The reader demanded the phrase; otherwise it was understood to be one."""


@dataclass(frozen=True, slots=True)
class Near:
    """Syllables within so many positions of each other, in any order."""

    slots: tuple[Slot, ...]
    within: int
    """Largest number of other syllables between the first and the last of them."""
    span: Span
    typed: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every token that begins so."""

    prefix: str
    stream: Stream
    span: Span
    typed: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A day or a month named among other words: the text names it, or the article is of those days."""

    first: date
    last: date
    """Inclusive."""
    named: Node
    span: Span
    typed: str


@dataclass(frozen=True, slots=True)
class During:
    """A query that holds for articles of these days only: a name before or after it changed."""

    first: date | None
    last: date | None
    """Inclusive; None is open."""
    node: Node


@dataclass(frozen=True, slots=True)
class About:
    """A field that is no text: the official, post, topic or other facet that the reader named."""

    field: str
    """post, or the name of a facet."""
    text: str
    """What stood after the colon."""
    node: Node
    """The same words as a query of the text, for what is not known by that name."""
    span: Span
    typed: str


@dataclass(frozen=True, slots=True)
class InZone:
    """A query that one zone (title, lead or body) must answer alone."""

    zone: str
    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """Every clause."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A branch of an Or and what it is worth beside the typed one (1.0)."""

    node: Node
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the branches."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of these."""

    node: Node


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every article: nothing but filters was asked for."""


Leaf = Term | Phrase | Near | Prefix
Node = Leaf | Dated | During | About | InZone | And | Or | Not | MatchAll


def either(*options: Node | Option) -> Node:
    """An Or of these, or the only one."""
    branches = tuple(one if isinstance(one, Option) else Option(one) for one in options)
    return branches[0].node if len(branches) == 1 else Or(branches)


def both(*nodes: Node) -> Node:
    """An And of these, nested Ands laid flat; the only one; or MatchAll."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, And) else [node] if not isinstance(node, MatchAll) else []
    return flat[0] if len(flat) == 1 else And(tuple(flat)) if flat else MatchAll()


def clauses(query: Node) -> tuple[Node, ...]:
    """The parts that must each hold."""
    return query.nodes if isinstance(query, And) else () if isinstance(query, MatchAll) else (query,)


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf that can make an article match, in the order of the query; what Not excludes is left out."""
    match node:
        case And(nodes):
            for one in nodes:
                yield from leaves(one)
        case Or(options):
            for option in options:
                yield from leaves(option.node)
        case InZone(_, inner) | During(node=inner) | About(node=inner) | Dated(named=inner):
            yield from leaves(inner)
        case Term() | Phrase() | Near() | Prefix():
            yield node


def typed(node: Node) -> str:
    """The words that a clause comes from, as typed."""
    match node:
        case Term() | Phrase() | Near() | Prefix() | Dated() | About():
            return node.typed
        case And(nodes):
            return " ".join(typed(one) for one in nodes)
        case Or(options):
            return typed(options[0].node)
        case InZone(_, inner) | Not(inner) | During(node=inner):
            return typed(inner)
        case MatchAll():
            return ""
