"""Manifests: what a generation in the cluster consists of, and which one answers. Notes in one small index.

`current` names the generation that answers and those before it that still serve cursors. A full build writes an index
of its own; an incremental one adds to the index of the generation that answers, where nothing shows before a refresh.
`building` is written before anything else is: who finds one left behind knows what to finish or to undo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from index.engine.opensearch.cluster import ClusterClient
from index.engine.opensearch.mapping import BUILT_WITH
from index.engine.versions import check_shared
from index.errors import IndexDamaged, NoIndex
from index.schema import VERSION

KEEP = "1h"
"""A point in time that nobody asks for so long is let go."""
_READERS = ("schema", "engine", "analyzer", "model")
"""Versions that a searcher must share with the index; the others only tell `reindex` to interpret anew."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation; see `index.engine.writing.Stamp`."""

    generation: str
    number: int
    """Of its build: documents carry it."""
    index: str
    """Where its documents are."""
    point: str
    """The point in time at which the index is this generation; empty before it is published."""
    versions: Mapping[str, str]
    change: int
    made: str
    documents: int
    newest: int
    """The newest day of a document; 0 where none has one."""
    lexicon: tuple[str, ...]
    """Files."""
    attached: Mapping[str, str] = field(default_factory=dict)
    """Name of a database that goes with the generation → its file."""

    @property
    def articles(self) -> str:
        """The index of what pages show of articles."""
        return articles_of(self.index)

    @property
    def files(self) -> set[str]:
        """All its files."""
        return {*self.lexicon, *self.attached.values()}

    def check(self, versions: Mapping[str, str]) -> None:
        """See that a searcher of these versions may read the generation.

        Raises:
            IndexMismatch: naming the first version that differs.
        """
        check_shared(self.versions, engine_versions(versions), _READERS)

    def as_note(self) -> dict[str, Any]:
        """As it is noted."""
        return {**asdict(self), "lexicon": list(self.lexicon)}


def articles_of(index: str) -> str:
    """The index of what pages show of the articles whose documents are in an index."""
    return f"{index}-articles"


def manifest_of(note: Mapping[str, Any]) -> Manifest:
    """Read a note.

    Raises:
        IndexDamaged: it is none of a generation.
    """
    try:
        return Manifest(**{**note, "lexicon": tuple(note["lexicon"])})
    except (KeyError, TypeError) as error:
        raise IndexDamaged(f"a generation's note cannot be read ({error}): run `tratin reindex --full`") from error


def engine_versions(others: Mapping[str, str]) -> dict[str, str]:
    """The versions given, with those of schema and engine."""
    return {"schema": str(VERSION), "engine": f"opensearch {BUILT_WITH}", **others}


def current(cluster: ClusterClient) -> str:
    """The name of the generation that answers.

    Raises:
        NoIndex: nothing was indexed yet.
        IndexUnreachable: the cluster does not say.
    """
    note = cluster.note("current")
    if note is None:
        where = ", ".join(cluster.connection.urls)
        raise NoIndex(f"no index {cluster.connection.prefix!r} in the cluster at {where}: run `tratin reindex` first")
    return str(note["generation"])


def named(cluster: ClusterClient, generation: str) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexDamaged: there is none.
    """
    note = cluster.note(f"generation {generation}")
    if note is None:
        raise IndexDamaged(f"generation {generation} is not in the cluster: run `tratin reindex --full`")
    return manifest_of(note)


def earlier(cluster: ClusterClient) -> list[tuple[str, float]]:
    """Generations that were replaced and are still there, the newest first, with when that was (Unix time)."""
    note = cluster.note("current")
    return [(str(name), float(when)) for name, when in note["earlier"]] if note else []
