"""Openings: the generation that answers, those that still answer cursors, and how a new one takes their place."""

from __future__ import annotations

import threading
import time
from functools import lru_cache

from crawler.errors import StoreError
from crawler.store.reading import Articles
from index.engine import RETIRED_SECONDS, Engine, Generation
from index.errors import IndexDamaged, IndexRoomError
from index.officials.directory.directory import Directory
from index.officials.registry.rows import FILE
from index.topics.taxonomy import Taxonomy
from search.answering import Answering
from search.errors import CursorExpired, IndexUnavailable
from search.naming import Naming

_LOOK_EVERY = 0.4
"""Seconds for which an answer may not know of a withdrawal: with what it takes to look and open again, within one."""
_DIRECTORIES = 16


class Openings:
    """The opened generations of an index folder; thread-safe.

    Raises:
        IndexUnavailable: nothing can answer, as the message says.
    """

    def __init__(
        self,
        engine: Engine,
        articles: Articles,
        taxonomy: Taxonomy,
        seconds: float,
        freshness: float,
    ) -> None:
        self._engine = engine
        self._articles = articles
        self._taxonomy = taxonomy
        self._directory = lru_cache(_DIRECTORIES)(Directory)
        self._seconds, self._freshness = seconds, freshness
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._looked = 0.0
        self._blind = ""
        """Why the last look did not find out what is withdrawn; nothing may answer then."""
        self._renewal: threading.Thread | None = None
        self._damage: tuple[str, IndexDamaged] | None = None
        self._tried = ""
        """The generation that was the newest when one was opened last, whole or not."""
        self._earlier: dict[str, tuple[Answering, float]] = {}
        self.current = self._open()
        """The generation that answers, as last looked."""

    def fresh(self) -> Answering:
        """The newest generation, without what is withdrawn; another one is opened beside the running answers."""
        if time.monotonic() - self._looked >= _LOOK_EVERY:
            with self._looking:
                if (now := time.monotonic()) - self._looked >= _LOOK_EVERY:
                    self._look(now)
                    self._looked = now
        if self._blind:
            raise IndexUnavailable(self._blind)
        return self.current

    def _look(self, now: float) -> None:
        try:
            if self._withdrawal():
                self._open_again()
            elif self._replaced() and not (self._renewal and self._renewal.is_alive()):
                self._renewal = threading.Thread(target=self._renew, name="renewal", daemon=True)
                self._renewal.start()
        except (IndexUnavailable, IndexRoomError, StoreError) as error:
            self._blind = str(error)
            return
        self._blind = ""
        with self._lock:
            self._earlier = {
                name: opening for name, opening in self._earlier.items() if now - opening[1] <= RETIRED_SECONDS
            }

    def named(self, generation: str) -> Answering:
        """The generation that a cursor names; opened now if this process never did, as another worker handed it out.

        Raises:
            CursorExpired: it is gone.
        """
        current = self.fresh()
        if current.generation.name == generation:
            return current
        with self._lock:
            earlier = self._earlier.get(generation)
        if earlier is None or earlier[0].withdrawn != current.withdrawn:
            try:
                again = self._engine.again(generation, current.withdrawn)
            except (IndexRoomError, OSError) as error:
                reason = "the index was renewed since this list began: start again from its first page"
                raise CursorExpired(reason, "expired") from error
            earlier = self._answering(again, current.change, current.withdrawn), time.monotonic()
            with self._lock:
                self._earlier[generation] = earlier
        return earlier[0]

    def leave(self, damaged: Answering, damage: IndexDamaged) -> None:
        """Answer with another generation from now on than the one in which a checksum is wrong."""
        name = damaged.generation.name
        with self._lock:
            self._earlier.pop(name, None)
            if self.current is damaged:
                self._damage = (name, damage)
                self.current = self._open()

    def _open(self) -> Answering:
        change, withdrawn = self._articles.last_change(), self._articles.withdrawn()
        try:
            newest = self._engine.current()
            generation = self._engine.open(withdrawn, but=self._damage)
        except IndexRoomError as error:
            raise IndexUnavailable(str(error)) from error
        self._tried = newest
        return self._answering(generation, change, withdrawn)

    def _answering(self, generation: Generation, change: int, withdrawn: frozenset[str]) -> Answering:
        """Names are asked anew: officials may be called otherwise, and what was withdrawn may not be quoted."""
        directory = self._directory(generation.attached(FILE)).hiding(withdrawn)
        naming = Naming(self._taxonomy, directory)
        return Answering(generation, naming, change, withdrawn, self._seconds, self._freshness)

    def _open_again(self) -> None:
        """An article was withdrawn or reinstated: what is open may not answer any more, not even behind a cursor."""
        opened = self._open()
        with self._lock:
            self.current, self._earlier = opened, {}

    def _renew(self) -> None:
        """Open and warm the new generation beside the one that answers, then let it answer."""
        try:
            opened = self._open()
            opened.generation.warm()
        except (IndexUnavailable, IndexRoomError, StoreError):
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
        return self._articles.last_change() != current.change and self._articles.withdrawn() != current.withdrawn

    def _replaced(self) -> bool:
        try:
            return self._engine.current() != self._tried
        except IndexRoomError:
            return False
