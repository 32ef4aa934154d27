"""The writing half of the engine wall: how a generation is made, and how the one that answers is checked.

A `Build` makes one generation, from nothing or from the one that answers: articles are deleted, documents are put
through its `sink` by any number of processes, and what these hand back is taken; `publish` makes all of it durable and
lets it answer at once. Until then, and after `abandon`, readers see nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from crawler.ground.fault import Fault
from crawler.store.reading import KeptArticle, Verdict
from index.document import Document


class Stamp(Protocol):
    """What a generation was made of and by which versions."""

    @property
    def generation(self) -> str:
        """Its name."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Of everything that decided its content, the engine's format included."""

    @property
    def change(self) -> int:
        """The store's last change that is indexed."""

    @property
    def documents(self) -> int:
        """Articles that it holds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that a sink has written; handed from one process to another."""

    id: str
    """As the engine calls it."""
    documents: int
    """How many."""


class Sink(Protocol):
    """Takes the documents of one build, in any process that it is handed to."""

    def write(self, documents: Iterable[Document], place: int) -> Batch:
        """Write at least one document, durably; nothing of them answers before the build is published.

        `place` is that of the first of them among all that the build writes: equal scores stand in that order.
        """

    def keep(self, articles: Iterable[KeptArticle]) -> None:
        """Keep what pages show of articles, for readers that do not share the store; withdrawn ones are let go.

        Nothing is done, and no article asked for, where all readers read the store itself.
        """


class Build(Protocol):
    """One generation that is being made."""

    @property
    def sink(self) -> Sink:
        """Where documents go; it can be handed to another process."""

    def delete(self, ids: Iterable[str]) -> set[str]:
        """Leave articles out wherever they stand so far; returns which of them were there."""

    def take(self, batch: Batch) -> None:
        """Take what the sink has written: it will answer. What no build took never does."""

    def attach(self, name: str, database: Path) -> None:
        """Publish a SQLite database with the generation, as it is now, for readers that do not share its folder."""

    def publish(self, versions: Mapping[str, str], change: int) -> Stamp:
        """Make the generation durable and let it answer, whole and at once."""

    def abandon(self) -> None:
        """Leave nothing behind; a generation that already answers stays."""


class Inspection(Protocol):
    """The generation that answers, opened to be checked."""

    @property
    def stamp(self) -> Stamp:
        """What it was made of."""

    def versions_held(self) -> Mapping[str, int]:
        """Id and version of every article that can be found."""

    def answers(self, id: str) -> bool:
        """Whether every word of an article's title leads to it."""


class Indexing(Protocol):
    """Makes the generations of one index, and checks them.

    Raises:
        IndexRoomError: as each method says; the message says what to do.
    """

    def writing(self, command: str) -> AbstractContextManager[None]:
        """Be the only one who writes, and begin by removing what earlier writers left behind.

        Raises:
            IndexLocked: another command writes; the message says which.
        """

    def stamp(self) -> Stamp:
        """What the generation that answers was made of.

        Raises:
            NoIndex: nothing was indexed yet.
            IndexDamaged: it cannot be read.
        """

    def base(self, versions: Mapping[str, str]) -> Stamp | None:
        """The generation to go on from; None when there is none, or when other versions made it.

        Raises:
            IndexDamaged: it cannot be read: index everything.
        """

    def begin(self, *, full: bool) -> Build:
        """Begin a generation, from nothing when `full`, else from the one that answers; for whoever is `writing`."""

    def note_verdicts(self, verdicts: Mapping[str, Verdict], change: int) -> Mapping[str, Verdict]:
        """Tell readers that do not share the store what was decided about articles' being shown, before this returns.

        Of what was noted before and what is told now the later verdict holds, and of two at once the one told now.
        Returns what holds now. `change` is the store's last: readers see a number that counts up. Where all readers
        read the store itself nothing is done, and what is told holds.

        Raises:
            IndexUnreachable: it could not be noted.
        """

    def inspected(self) -> tuple[Inspection | None, list[Fault]]:
        """The generation that answers, if it can be opened, and what is wrong with what was written.

        That there is none yet is no fault.

        Raises:
            IndexMismatch: another version of Tra Tin wrote it.
        """

    def size(self) -> int:
        """Bytes that all generations take."""
