"""The query as data: what the reader meant, knowing nothing of the engine that answers it.

A query is a tree, and every engine compiles it. Its leaves of text are Term, Phrase, Near and Prefix; every one
remembers which part of the typed text it comes from, so that results can say what they miss. Carrying and Published are
leaves that look at no text: filters are made of them. And, Or, Not, InZone, About, Dated, During and NotAfter combine
them. A `weight` says how much a branch counts beside what was typed (1.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from index.schema import Form


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the typed text: code points, end exclusive."""

    start: int
    end: int


class Key(NamedTuple):
    """One way in which a position can be filled."""

    key: str
    form: Form = Form.SYLLABLE


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
    form: Form
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
    values: tuple[str, ...] | None = None
    """Any of these values of the field, once it is known what the text names; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """Articles that carry a value of a keyword field: any of these."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Articles of these days; an undated one is in no range."""

    first: date | None
    last: date | None
    """Inclusive; None is open."""


@dataclass(frozen=True, slots=True)
class InZone:
    """A query that one zone (title, lead or body) must answer alone."""

    zone: str
    node: Node


@dataclass(frozen=True, slots=True)
class NotAfter:
    """A clause of text, but not where a word stands just before it: `Phó` before `Chủ tịch` makes another post."""

    node: Node
    word: Key


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
class Quiet:
    """Holds where its node does, but scores nothing, is not marked, and stands nowhere."""

    node: Node


@dataclass(frozen=True, slots=True)
class Lift:
    """A part of the whole query that no article must hold; those that do rank higher by what it scores."""

    node: Node
    typed: str
    """What results call it."""


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every article: nothing but filters was asked for."""


Leaf = Term | Phrase | Near | Prefix
Node = (
    Leaf | Carrying | Published | Dated | During | About | InZone | NotAfter | And | Or | Not | Quiet | Lift | MatchAll
)


def either(*options: Node | Option) -> Node:
    """An Or of these, or the only one."""
    branches = tuple(branch if isinstance(branch, Option) else Option(branch) for branch in options)
    return branches[0].node if len(branches) == 1 else Or(branches)


def both(*nodes: Node) -> Node:
    """An And of these, nested Ands laid flat; the only one; or MatchAll."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, And) else [node] if not isinstance(node, MatchAll) else []
    return flat[0] if len(flat) == 1 else And(tuple(flat)) if flat else MatchAll()


def is_spelt(node: Node) -> bool:
    """Whether a node is one thing in one or more spellings: terms, phrases and prefixes, in whatever days."""
    match node:
        case Or(options):
            return all(is_spelt(option.node) for option in options)
        case During(node=inner):
            return is_spelt(inner)
        case Term() | Phrase() | Prefix():
            return True
    return False


def clauses(query: Node) -> tuple[Node, ...]:
    """The parts that must each hold."""
    return query.nodes if isinstance(query, And) else () if isinstance(query, MatchAll) else (query,)


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf that can make an article match, in the order of the query; of Not, Quiet and Lift none."""
    match node:
        case And(nodes):
            for child in nodes:
                yield from leaves(child)
        case Or(options):
            for option in options:
                yield from leaves(option.node)
        case InZone(_, inner) | During(node=inner) | About(node=inner) | Dated(named=inner) | NotAfter(inner):
            yield from leaves(inner)
        case Term() | Phrase() | Near() | Prefix():
            yield node


def typed(node: Node) -> str:
    """The words that a clause comes from, as typed."""
    match node:
        case Term() | Phrase() | Near() | Prefix() | Dated() | About() | Lift():
            return node.typed
        case And(nodes):
            return " ".join(typed(child) for child in nodes)
        case Or(options):
            return typed(options[0].node)
        case InZone(_, inner) | Not(inner) | During(node=inner) | NotAfter(inner):
            return typed(inner)
        case MatchAll() | Carrying() | Published() | Quiet():
            return ""


def label(node: Node) -> str:
    """A part of the query as results call it: the words that it comes from, alternatives joined by OR."""
    match node:
        case Or(options):
            spelt = [option for option in options if is_spelt(option.node)]
            apart = [label(option.node) for option in options if option not in spelt]
            return " OR ".join(dict.fromkeys(filter(None, [*([_called(spelt)] if spelt else []), *apart])))
        case And(nodes):
            return " ".join(map(label, nodes))
        case Not(inner):
            return f"-{label(inner)}"
        case InZone(_, inner) | NotAfter(inner) | Dated(named=inner) | About(node=inner, values=None):
            return label(inner)
    return typed(node)


def _called(options: Sequence[Option]) -> str:
    """Spellings of one thing, as far as they were typed."""
    return " OR ".join(
        filter(None, dict.fromkeys(typed(option.node) for option in options if option.weight == 1.0))
    ) or typed(options[0].node)
