"""The plan: a parsed query laid out as clauses over index keys, ready to be matched. It knows no engine."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.schema import ZONES

Key = tuple[str, str]
"""Form of the field ("", "_fold", "_special") and the key looked up in it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a spelling: any of these keys may stand there."""

    keys: tuple[Key, ...]


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

    label: str = field(compare=False)
    """As the reader typed it."""
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

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part must not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Tagged:
    """The article must carry this value of a facet."""

    label: str
    field: str
    values: tuple[str, ...]
    """Any of these."""


Node = Clause | AllOf | AnyOf | NoneOf | Tagged


@dataclass(frozen=True, slots=True)
class Plan:
    """A query ready to be matched: all of `parts`, in the order typed."""

    parts: tuple[Node, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that an article is ranked and marked by, in the order typed; nothing excluded."""
        return tuple(clause for part in self.parts for clause in clauses_of(part))

    @property
    def wanted(self) -> tuple[Node, ...]:
        """The parts that an article may miss, in the order typed: all but what is excluded."""
        return tuple(part for part in self.parts if not isinstance(part, NoneOf))


def clauses_of(node: Node) -> tuple[Clause, ...]:
    """The clauses of a part, in the order typed; none of what is excluded."""
    if isinstance(node, Clause):
        return (node,)
    if isinstance(node, AllOf | AnyOf):
        return tuple(clause for part in node.parts for clause in clauses_of(part))
    return ()


def label(node: Node) -> str:
    """A part as the reader typed it."""
    if isinstance(node, Clause | Tagged):
        return node.label
    if isinstance(node, NoneOf):
        return f"-{label(node.part)}"
    return (" " if isinstance(node, AllOf) else " OR ").join(label(part) for part in node.parts)
