"""A generation on this disk, and the engine that opens it: every question of the wall answered from mapped arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np

from index.engine import Reference
from index.engine.clauses import Compiler
from index.engine.embedded import generations
from index.engine.embedded.neighbours import Neighbours
from index.engine.embedded.phrases import StreamPhrases
from index.engine.embedded.snapshot import Snapshot
from index.engine.kernel.generation import PLANS, ArrayGeneration
from index.engine.kernel.matches import Docs
from index.engine.kernel.matching import Matcher
from index.engine.kernel.ranking import Ranker
from index.engine.kernel.scoring import Deadline, Scorer
from index.errors import IndexDamaged, NoIndex
from index.schema import ZONES, Form

_PREFIXED = 2_000
"""Of the keys that begin in one way so many of a zone are counted at most."""
_WARM = 1_000
"""So many words are scored ahead."""
_WARM_SECONDS, _WARM_SECONDS_EACH = 0.2, 5e-6
"""At least, and for each article: nine tenths of a second for 186,000."""


class EmbeddedEngine:
    """The generations under an index folder, as long as they were written with the same `versions`."""

    def __init__(self, index: Path, versions: Mapping[str, str]) -> None:
        self._index, self._versions = index, versions

    def current(self) -> str:
        """The name of the generation that answers."""
        return generations.current(self._index)

    def open(self, withdrawn: frozenset[str], *, but: tuple[str, IndexDamaged] | None = None) -> EmbeddedGeneration:
        """Open the generation that answers, or the newest whole one before it; see `index.engine.Engine`."""
        if not but or self.current() != but[0]:
            snapshot = Snapshot.open(self._index, self._versions, withdrawn)
            try:
                return EmbeddedGeneration(snapshot)
            except IndexDamaged as damage:  # found by what is read first
                but = snapshot.generation, damage
        return EmbeddedGeneration(Snapshot.open_earlier(self._index, *but, self._versions, withdrawn))

    def again(self, name: str, withdrawn: frozenset[str]) -> EmbeddedGeneration:
        """Open a generation that may have been replaced, as long as its files are there."""
        if name not in (generations.current(self._index), *generations.earlier(self._index, None)):
            raise NoIndex(f"no generation {name!r} at {self._index}")
        return EmbeddedGeneration(Snapshot(self._index / name, self._versions, withdrawn))


class EmbeddedTerms:
    """The terms of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        neighbours = Neighbours(snapshot)
        self.beside = neighbours.beside
        self.pairs = neighbours.pairs
        self.continued = neighbours.continued

    def frequencies(self, form: Form, keys: Sequence[str], zones: Sequence[str] = ZONES) -> list[int]:
        """Beside every key, how many articles hold it in that one of the zones where most do."""
        df = self._snapshot.df
        return [max(df(zone + form, key) for zone in zones) for key in keys]

    def beginning(self, form: Form, prefix: str, most: int) -> list[tuple[str, int]]:
        """Keys that begin so, the most frequent first, added up over the zones."""
        counts: Counter[str] = Counter()
        for zone in ZONES:
            for key, df in islice(self._snapshot.terms(zone + form, prefix), _PREFIXED):
                counts[key] += df
        return counts.most_common(most)


class EmbeddedGeneration(ArrayGeneration):
    """One snapshot with everything that is remembered of it; see `index.engine.Generation`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        terms = EmbeddedTerms(snapshot)
        ranker = Ranker(Scorer(Matcher(snapshot, StreamPhrases(snapshot))))
        super().__init__(snapshot, terms=terms, ranker=ranker, plan=lru_cache(PLANS)(Compiler(terms).plan))

    def warm(self, deadline: Deadline | None = None) -> None:
        """Load columns and facets, then score the most frequent words, until the time is over."""
        deadline = deadline or Deadline(max(_WARM_SECONDS, self.snapshot.size * _WARM_SECONDS_EACH))
        for field in ("topic", "official", "source", "month"):
            self.snapshot.keywords(field)
        self._ranker.scorer.warm(self.snapshot.frequent("body", _WARM), deadline)

    def attached(self, name: str) -> Path:
        """Beside the index's folder: readers share it with what writes there."""
        return self.snapshot.folder.parent.parent / name

    def reference(self, id: str) -> Reference | None:
        """The article of an id; None when it is not here."""
        doc = self.snapshot.number(id)
        return None if doc is None else Reference(doc)

    def values(self, field: str) -> list[tuple[str, int]]:
        """All values of a keyword field, the most frequent first, with how many articles carry each."""
        return self.snapshot.keywords(field).counted(np.flatnonzero(self.snapshot.live))

    def _facets(self, fields: Mapping[str, int | None], docs: Docs) -> Mapping[str, list[tuple[str, int]]]:
        """Of each keyword field, as many values as asked for that these documents carry, the most frequent first."""
        return {field: self.snapshot.keywords(field).counted(docs)[:most] for field, most in fields.items()}
