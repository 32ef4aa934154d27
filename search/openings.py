"""Openings: the generation that answers, those that still answer cursors, and how a new one takes their place."""

from __future__ import annotations

import threading
import time

from crawler.store.reading import StoreReader
from index.engine import Engine, Generation
from index.errors import IndexDamaged, IndexRoomError
from index.officials.directory.directory import Directory
from index.topics.taxonomy import Taxonomy
from search.answering import Answering
from search.errors import CursorExpired, IndexUnavailable
from search.naming import Naming

KEPT_SECONDS = 15 * 60
"""How long a replaced generation goes on answering the cursors that name it."""
_LOOK_EVERY = 1.0


class Openings:
    """The opened generations of an index folder; thread-safe.

    Raises:
        IndexUnavailable: nothing can answer, as the message says.
    """

    def __init__(
        self,
        engine: Engine,
        store: StoreReader,
        taxonomy: Taxonomy,
        directory: Directory,
        seconds: float,
        freshness: float,
    ) -> None:
        self._engine = engine
        self._store = store
        self._taxonomy = taxonomy
        self._directory = directory
        self._seconds, self._freshness = seconds, freshness
        self._lock = threading.Lock()
        self._looked = 0.0
        self._renewal: threading.Thread | None = None
        self._damage: tuple[str, IndexDamaged] | None = None
        self._tried = ""
        """The generation that was the newest when one was opened last, whole or not."""
        self._earlier: dict[str, tuple[Answering, float]] = {}
        self.current = self._open()
        """The generation that answers, as last looked."""

    def fresh(self) -> Answering:
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

    def named(self, generation: str) -> Answering:
        """The generation that a cursor names; opened now if this process never did, as another worker handed it out.

        Raises:
            CursorExpired: it is gone.
        """
        current = self.fresh()
        if current.generation.name == generation:
            return current
        with self._lock:
            if generation not in self._earlier and generation != self.current.generation.name:
                try:
                    again = self._engine.again(generation, current.withdrawn)
                except (IndexRoomError, OSError) as error:
                    reason = "the index was renewed since this list began: start again from its first page"
                    raise CursorExpired(reason, "expired") from error
                opened = self._answering(again, current.change, current.withdrawn)
                self._earlier[generation] = (opened, time.monotonic())
            kept = self._earlier.get(generation)
        return kept[0] if kept else self.current

    def leave(self, damaged: Answering, damage: IndexDamaged) -> None:
        """Answer with another generation from now on than the one in which a checksum is wrong."""
        name = damaged.generation.name
        with self._lock:
            self._earlier.pop(name, None)
            if self.current is damaged:
                self._damage = (name, damage)
                self.current = self._open()

    def _open(self) -> Answering:
        change, withdrawn = self._store.last_change(), self._store.withdrawn()
        try:
            newest = self._engine.current()
            generation = self._engine.open(withdrawn, but=self._damage)
        except IndexRoomError as error:
            raise IndexUnavailable(str(error)) from error
        self._tried = newest
        return self._answering(generation, change, withdrawn)

    def _answering(self, generation: Generation, change: int, withdrawn: frozenset[str]) -> Answering:
        """Names are asked anew: officials may be called otherwise, and what was withdrawn may not be quoted."""
        naming = Naming(self._taxonomy, self._directory.hiding(withdrawn))
        return Answering(generation, naming, change, withdrawn, self._seconds, self._freshness)

    def _open_all_again(self, now: float) -> None:
        """An article was withdrawn or reinstated: what is open may not answer any more, not even behind a cursor."""
        opened = self._open()
        before = {**self._earlier, self.current.generation.name: (self.current, now)}
        before.pop(opened.generation.name, None)
        self.current, self._earlier = opened, {}
        for name, (_, left) in before.items():
            try:
                again = self._engine.again(name, opened.withdrawn)
            except (IndexRoomError, OSError):
                continue  # its files are gone: its cursors have expired
            self._earlier[name] = (self._answering(again, opened.change, opened.withdrawn), left)

    def _renew(self) -> None:
        """Open and warm the new generation beside the one that answers, then let it answer."""
        try:
            opened = self._open()
            opened.generation.warm()
        except (IndexUnavailable, IndexDamaged):
            return  # the generation that runs is whole; the next look may find a better one
        with self._lock:
            before = self.current
            same = opened.generation.name == before.generation.name
            if same or opened.change < before.change:
                return  # an article was withdrawn meanwhile, and all was opened again
            self.current = opened
            self._earlier[before.generation.name] = (before, time.monotonic())

    def _withdrawal(self) -> bool:
        """Whether an article was withdrawn or reinstated since the last look."""
        current = self.current
        return self._store.last_change() != current.change and self._store.withdrawn() != current.withdrawn

    def _replaced(self) -> bool:
        try:
            return self._engine.current() != self._tried
        except IndexRoomError:
            return False
