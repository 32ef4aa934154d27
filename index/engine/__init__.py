"""The engine wall: the questions that search asks of whatever holds the index, and nothing else.

A query goes in as a tree (`index.query`); references, counts, scores and stored texts come out, many at a time. How an
engine writes postings, numbers documents or keeps caches never shows, so that one beside files on this machine's disk
(`index.engine.embedded`) and one over a cluster can answer the same. An `Engine` opens generations; a `Generation`
never changes once it is open: what was withdrawn is given to it then, and is in none of its answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, NewType, Protocol

from index.document import Stored
from index.errors import IndexDamaged
from index.query import MatchAll, Node
from index.schema import ZONES, Form

RETIRED_SECONDS = 15 * 60
"""How long a generation outlives its replacement, so that cursors and slow readers end in peace."""
Reference = NewType("Reference", int)
"""Names an article in one generation; only the generation that gave it out can say more about it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is looked for, and which stretch of the answer is wanted."""

    query: Node = field(default_factory=MatchAll)
    filters: tuple[Node, ...] = ()
    """All must hold too; they score nothing, and no article may miss one."""
    sort: str = "relevance"
    """relevance, newest or oldest; a query that ranks nothing is answered newest first."""
    fresh: float = 1.0
    """How much newer articles gain by relevance: 1 a little, as every engine does it alike; 0 nothing."""
    first: int = 0
    """Place of the first row that is wanted."""
    most: int = 20
    """So many rows at most."""
    facets: Mapping[str, int | None] = field(default_factory=dict)
    """Keyword field → how many of its values are counted at most; None for all."""
    days: int = 0
    """Matches are counted by day of publication where they span at most so many days."""
    explain: bool = False
    """Whether rows say what their scores are made of."""
    seconds: float = 60.0
    """After this the answer may be partial: all that match, but not ranked in full."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one part of the query adds to a score."""

    label: str
    """The part as typed."""
    clauses: range
    """The numbers of its clauses, as marks have them."""
    worth: float


@dataclass(frozen=True, slots=True)
class Account:
    """What a score is made of, recorded where it was made."""

    shares: tuple[Share, ...]
    """Of every part of the query, in the order typed."""
    near: float
    """What parts that stand side by side add."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article in its place in the order."""

    reference: Reference
    score: float
    """0 where articles are not in the order of their scores."""
    missing: tuple[str, ...] = ()
    """The parts of the query that it lacks, as typed."""
    account: Account | None = None
    """Where the ask was to explain."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to an Ask: those that match and, where they are few, those that miss a part, in order."""

    total: int
    """Articles that match."""
    relaxed: int
    """Articles that miss a part and are among the rows: by score among those that match, otherwise behind them.

    None are looked for where no rows are asked for.
    """
    undated: int
    """Of those that match."""
    partial: bool
    """Whether the time was over before everything was looked at."""
    rows: tuple[Row, ...]
    signatures: tuple[bytes, ...]
    """Beside the rows: finds near-duplicates (`index.duplicates`)."""
    facets: Mapping[str, Sequence[tuple[str, int]]]
    """Keyword field → values of those that match and how many carry each, the most frequent first."""
    days: Sequence[tuple[date, int]] = ()
    """Days on which matches were published, in order, and how many; where they span no more than was asked for."""


class Mark(NamedTuple):
    """One match: offsets into a zone's text, end exclusive, and the number of the clause that matched."""

    start: int
    end: int
    clause: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What is stored of an article, and by zone where the query stands in its text."""

    stored: Stored
    marks: Mapping[str, Sequence[Mark]]


class Terms(Protocol):
    """The terms of a generation. Asked many times a query, so it is near at hand, whatever else is not."""

    def frequencies(self, form: Form, keys: Sequence[str], zones: Sequence[str] = ZONES) -> list[int]:
        """Beside every key, how many articles hold it in that one of the zones where most do; 0 for none.

        Articles withdrawn or replaced since their part of the index was written may still count.
        """

    def beside(self, key: str, *, after: bool) -> Mapping[str, int]:
        """The syllables that stand right after (or before) a syllable in the bodies, and about how often."""

    def pairs(self, first: str, second: str) -> Mapping[tuple[str, str], int]:
        """How two syllables without marks are printed side by side in the bodies, and about how often each way."""

    def continued(self, typed: Sequence[str], more: int) -> Mapping[tuple[str, ...], int]:
        """Runs of syllables in titles that begin with these without marks, the last of which may be a beginning.

        With up to `more` syllables after them, and how often each run stands.
        """

    def beginning(self, form: Form, prefix: str, most: int) -> list[tuple[str, int]]:
        """Keys that begin so, the most frequent first, with how often articles hold them, added up over the zones."""


class Generation(Protocol):
    """One complete state of the index, open; it may be shared by threads.

    Raises:
        IndexDamaged: something that was written cannot be read; from every question.
    """

    @property
    def name(self) -> str:
        """Names are in the order in which generations were made."""

    @property
    def documents(self) -> int:
        """Articles that can be found."""

    @property
    def terms(self) -> Terms:
        """Its terms."""

    def counts(self, queries: Sequence[Node]) -> list[int]:
        """How many articles match each query."""

    def find(self, ask: Ask) -> Found:
        """A stretch of the articles that match and, where those are few, of those that nearly do; with counts."""

    def every(self, ask: Ask) -> Iterator[Row]:
        """All articles that match, in order; what `ask` says of a stretch, of facets and of time counts for nothing."""

    def any_of(self, queries: Sequence[Node], most: int) -> tuple[list[Row], list[bytes]]:
        """The best articles that hold any of the queries, scores added up; with their signatures."""

    def shown(self, references: Sequence[Reference], query: Node) -> list[Shown]:
        """What is stored of these articles, with the query marked; beside the references."""

    def reference(self, id: str) -> Reference | None:
        """The article of an id; None when it is not here."""

    def values(self, field: str) -> list[tuple[str, int]]:
        """All values of a keyword field, the most frequent first, with how many articles carry each."""

    def warm(self) -> None:
        """Read ahead what most questions need."""

    def attached(self, name: str) -> Path:
        """Where the database of this name that goes with the generation lies on this machine; there may be none."""


class Engine(Protocol):
    """Opens the generations of one index.

    Raises:
        IndexRoomError: there is none, or none that can be read; the message says what to do.
    """

    def current(self) -> str:
        """The name of the generation that answers."""

    def open(self, withdrawn: frozenset[str], *, but: tuple[str, IndexDamaged] | None = None) -> Generation:
        """Open the generation that answers, or the newest whole one before it where that is damaged.

        `but` names one that was found to be damaged, and how: it is passed over.
        """

    def again(self, name: str, withdrawn: frozenset[str]) -> Generation:
        """Open a generation that may have been replaced, without what was withdrawn since.

        Raises:
            NoIndex: it is gone, or there never was one of this name.
        """
