"""Space: documents numbered from 0, as the kernel asks for them: a snapshot of files, or a sample of a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.document import Stored

UNDATED: int = np.iinfo(np.int32).min
"""The day of an undated document."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands: live documents only, ascending."""

    docs: npt.NDArray[np.intp]
    tfs: npt.NDArray[Any]
    starts: npt.NDArray[np.int64] | None = None
    """Where each document's positions begin in `positions`, and one end; None when not asked for."""
    positions: npt.NDArray[Any] | None = None
    """Positions of all documents, ascending within each."""


class Space(Protocol):
    """Numbered documents. Nothing in it changes, so threads may share it."""

    generation: str
    """The name of the generation that they are of."""
    size: int
    """Document numbers go from 0 up to this."""
    documents: int
    """How many can be found: of a sample, in the whole index."""
    live: npt.NDArray[np.bool_]
    """Which numbers are those of documents that can be found."""

    @property
    def days(self) -> npt.NDArray[np.int32]:
        """Each document's day since 1970-01-01, `UNDATED` where unknown."""

    @property
    def dated(self) -> npt.NDArray[np.bool_]:
        """Which documents have a day."""

    @property
    def newest(self) -> int:
        """The newest day of a document of the index; 0 where none has one."""

    def postings(self, field: str, term: str) -> Postings | None:
        """The documents that carry a keyword, or hold a key of a zone, with how often; None when none does."""

    def df(self, field: str, term: str) -> int:
        """How many documents of the index hold a term, those deleted since it was written too (as BM25 counts)."""

    def lengths(self, field: str) -> npt.NDArray[np.float64]:
        """Tokens of a zone in each document, as `weighting.rounded` has them."""

    def average_length(self, field: str) -> float:
        """Tokens of a zone over all documents of the index."""

    def stored(self, doc: int) -> Stored:
        """What is kept of a document for hits, snippets and pages."""

    def signature(self, doc: int) -> bytes:
        """What finds a document's near-duplicates: see `index.duplicates`."""
