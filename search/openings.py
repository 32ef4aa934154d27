"""Openings: the generation that answers, those that still answer cursors, and how a new one takes their place."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from crawler.store.reading import StoreReader
from index import generations
from index.analysis import analyzer
from index.errors import IndexDamaged, IndexRoomError
from index.snapshot import Snapshot
from search.answering import Answering
from search.errors import CursorExpired, IndexUnavailable
from search.naming import Naming
from search.reading import Reader
from search.suggest import Suggester

KEPT_SECONDS = 15 * 60
"""How long a replaced generation goes on answering the cursors that name it."""
_LOOK_EVERY = 1.0
_VERSIONS = {"analyzer": analyzer.VERSION}


@dataclass(frozen=True)
class Opened:
    """One generation, ready to answer."""

    answering: Answering
    reader: Reader
    naming: Naming
    change: int
    """The store's last change when this was opened."""
    withdrawn: frozenset[str]
    """Articles that may not be shown."""

    @cached_property
    def suggester(self) -> Suggester:
        """Made when first asked: a command that searches once does without."""
        return Suggester(self.naming.entries(self.answering.snapshot), self.reader.lexicon)


class Openings:
    """The opened generations of an index folder; thread-safe.

    Raises:
        IndexUnavailable: nothing can answer, as the message says.
    """

    def __init__(self, index: Path, store: StoreReader, naming: Naming, budget_ms: int) -> None:
        self._index = index
        self._store = store
        self._naming = naming
        self._budget = budget_ms
        self._lock = threading.Lock()
        self._looked = 0.0
        self._renewal: threading.Thread | None = None
        self._damage: tuple[str, IndexDamaged] | None = None
        self._earlier: dict[str, tuple[Opened, float]] = {}
        self.current = self._open()
        """The generation that answers, as last looked."""
        self._told()

    def fresh(self) -> Opened:
        """The newest generation; looks for another one at most once a second, opens it beside the running answers."""
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY or not self._lock.acquire(blocking=False):
            return self.current
        try:
            self._looked = now
            if self._withdrawal():
                self._open_all_again(now)
            elif self._replaced() and not (self._renewal and self._renewal.is_alive()):
                self._renewal = threading.Thread(target=self._renew, name="renewal", daemon=True)
                self._renewal.start()
            self._earlier = {name: one for name, one in self._earlier.items() if now - one[1] <= KEPT_SECONDS}
        except IndexUnavailable:
            pass  # the generation that runs is whole; the next look may find a better one
        finally:
            self._lock.release()
        return self.current

    def named(self, generation: str) -> Opened:
        """The generation that a cursor names.

        Raises:
            CursorExpired: it is gone.
        """
        current = self.fresh()
        if current.answering.snapshot.generation == generation:
            return current
        if kept := self._earlier.get(generation):
            return kept[0]
        raise CursorExpired("the index was renewed since this list began: start again from its first page", "expired")

    def leave(self, damaged: Opened, damage: IndexDamaged) -> None:
        """Answer with another generation from now on than the one in which a checksum is wrong."""
        name = damaged.answering.snapshot.generation
        with self._lock:
            self._earlier.pop(name, None)
            if self.current is damaged:
                self._damage = (name, damage)
                self.current = self._open()
                self._told()

    def _open(self) -> Opened:
        change, withdrawn = self._store.last_change(), self._store.withdrawn()
        try:
            snapshot = self._snapshot()
            try:
                answering = self._ready(snapshot, withdrawn)
            except IndexDamaged as damage:  # found by what answering reads first
                self._damage = (snapshot.generation, damage)
                answering = self._ready(self._snapshot(), withdrawn)
        except IndexRoomError as error:
            raise IndexUnavailable(str(error)) from error
        return self._opened(answering, change, withdrawn)

    def _opened(self, answering: Answering, change: int, withdrawn: frozenset[str]) -> Opened:
        return Opened(answering, Reader(answering.matcher, self._naming), self._naming, change, withdrawn)

    def _ready(self, snapshot: Snapshot, withdrawn: frozenset[str]) -> Answering:
        snapshot.hide(withdrawn)
        return Answering(snapshot, self._naming, self._budget)

    def _snapshot(self) -> Snapshot:
        if self._damage and generations.current(self._index) == self._damage[0]:
            return Snapshot.open_earlier(self._index, *self._damage, _VERSIONS)
        return Snapshot.open(self._index, _VERSIONS)

    def _open_all_again(self, now: float) -> None:
        """An article was withdrawn or reinstated: what is open may not answer any more, not even behind a cursor."""
        opened = self._open()
        before = {**self._earlier, self.current.answering.snapshot.generation: (self.current, now)}
        before.pop(opened.answering.snapshot.generation, None)
        self.current, self._earlier = opened, {}
        self._told()
        for name, (one, left) in before.items():
            try:
                answering = self._ready(Snapshot(one.answering.snapshot.folder, _VERSIONS), opened.withdrawn)
            except (IndexRoomError, OSError):
                continue  # its files are gone: its cursors have expired
            self._earlier[name] = (self._opened(answering, opened.change, opened.withdrawn), left)

    def _told(self) -> None:
        """Another generation answers: what officials are called, and what may be quoted, is asked anew."""
        self._naming.refresh()
        self._naming.directory.hidden = self.current.withdrawn

    def _renew(self) -> None:
        """Open and warm the new generation beside the one that answers, then let it answer."""
        try:
            opened = self._open()
            opened.answering.warm()
        except (IndexUnavailable, IndexDamaged):
            return  # the generation that runs is whole; the next look may find a better one
        with self._lock:
            before = self.current
            same = opened.answering.snapshot.generation == before.answering.snapshot.generation
            if same or opened.change < before.change:
                return  # an article was withdrawn meanwhile, and all was opened again
            self.current = opened
            self._told()
            self._earlier[before.answering.snapshot.generation] = (before, time.monotonic())

    def _withdrawal(self) -> bool:
        """Whether an article was withdrawn or reinstated since the last look."""
        current = self.current
        return self._store.last_change() != current.change and self._store.withdrawn() != current.withdrawn

    def _replaced(self) -> bool:
        try:
            name = generations.current(self._index)
            left = self._damage[0] if self._damage else None
            return name not in (left, self.current.answering.snapshot.generation)
        except IndexRoomError:
            return False
