"""Stamp: what a generation was made of and by which versions. Readable without Whoosh and without pickle."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index import schema
from index.engine.kernel import array_file
from index.engine.versions import check_shared
from index.errors import IndexDamaged

FILE = "stamp.json"
_READERS = ("schema", "codec", "analyzer", "model")
"""Versions that a searcher must share with the index; the others only tell `reindex` to interpret anew."""


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """One segment of a generation."""

    id: str
    documents: int
    """Deleted ones too."""
    deleted: tuple[int, ...] = ()
    """Document numbers, ascending."""

    @property
    def live(self) -> int:
        """Documents that are not deleted."""
        return self.documents - len(self.deleted)


@dataclass(frozen=True, slots=True)
class EmbeddedStamp:
    """A generation's table of contents and the versions of everything that decided its content."""

    generation: str
    versions: Mapping[str, str]
    """Of schema and codec, and as the caller gave them of analyzer, model, recognizer, taxonomy."""
    change: int
    """The store's last change that is indexed."""
    made: str
    """ISO 8601."""
    segments: tuple[SegmentEntry, ...]
    toc: int | None = None
    """CRC-32 of Whoosh's table of contents; None in a generation of before it was noted."""

    @property
    def documents(self) -> int:
        """Documents that are not deleted."""
        return sum(segment.live for segment in self.segments)

    def check(self, versions: Mapping[str, str]) -> None:
        """See that a searcher of these versions may read the generation.

        Raises:
            IndexMismatch: naming the first version that differs.
        """
        check_shared(self.versions, engine_versions(versions), _READERS)

    def write(self, directory: Path) -> Path:
        """Write the stamp into a generation's folder; returns its path. The caller makes it durable."""
        content = json.dumps({**asdict(self), "documents": self.documents}, ensure_ascii=False)
        path = directory / FILE
        path.write_text(f"{content}\n{zlib.crc32(content.encode())}\n", encoding="utf-8")
        return path


def engine_versions(others: Mapping[str, str]) -> dict[str, str]:
    """The versions given, with those of schema and codec."""
    return {"schema": str(schema.VERSION), "codec": str(array_file.FORMAT), **others}


def read_stamp(directory: Path) -> EmbeddedStamp:
    """The stamp of the generation in a folder.

    Raises:
        IndexDamaged: it is missing or its checksum is wrong.
    """
    path = directory / FILE
    try:
        written = path.read_text(encoding="utf-8")
        content = written.partition("\n")[0]
        if written != f"{content}\n{zlib.crc32(content.encode())}\n":
            raise ValueError("its checksum is wrong")
        given: dict[str, Any] = json.loads(content)
        del given["documents"]
        segments = tuple(
            SegmentEntry(segment["id"], segment["documents"], tuple(segment["deleted"]))
            for segment in given["segments"]
        )
        return EmbeddedStamp(**{**given, "segments": segments})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}): run `tratin reindex --full`") from error
