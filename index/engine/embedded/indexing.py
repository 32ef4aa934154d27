"""How generations are made and checked on this disk; see `index.engine.writing`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from crawler.ground.disk import size
from crawler.ground.fault import Fault
from crawler.store.reading import Verdict
from index.engine.embedded import generations
from index.engine.embedded.stamp import EmbeddedStamp, engine_versions, read_stamp
from index.engine.embedded.verifying import SnapshotInspection, inspect
from index.engine.embedded.writer import GenerationWriter
from index.errors import NoIndex


class EmbeddedIndexing:
    """Makes and checks the generations under an index folder."""

    def __init__(self, index: Path) -> None:
        self._index = index

    def writing(self, command: str) -> AbstractContextManager[None]:
        """Hold the folder's writer lock; see `generations.writing`."""
        return generations.writing(self._index, command)

    def stamp(self) -> EmbeddedStamp:
        """The stamp of the generation that answers."""
        return read_stamp(self._index / generations.current(self._index))

    def base(self, versions: Mapping[str, str]) -> EmbeddedStamp | None:
        """The generation to go on from; None when there is none, or when it was made by other versions."""
        try:
            stamp = self.stamp()
        except NoIndex:
            return None
        return stamp if stamp.versions == engine_versions(versions) else None

    def begin(self, *, full: bool) -> GenerationWriter:
        """Begin a generation in a folder of its own."""
        return GenerationWriter(self._index, None if full else self.stamp())

    def note_verdicts(self, verdicts: Mapping[str, Verdict], change: int) -> Mapping[str, Verdict]:
        """Nothing to do: whoever reads this index reads the store."""
        return verdicts

    def inspected(self) -> tuple[SnapshotInspection | None, list[Fault]]:
        """The generation that answers, if it can be opened, and what is wrong with its files."""
        return inspect(self._index)

    def size(self) -> int:
        """Bytes on disk; a segment file linked by several generations counts once."""
        return size(self._index)
