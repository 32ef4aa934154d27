"""Searcher: what the command line and the web ask. It answers with the current generation, and picks up new ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from crawler.store.reading import StoreReader
from index import generations
from index.analysis import analyzer
from index.errors import IndexDamaged, IndexRoomError
from index.officials.directory import Directory
from index.snapshot import Snapshot
from search.answering import Answering
from search.cursor import decode
from search.errors import BadRequest, CursorExpired, IndexUnavailable
from search.marked import MarkedArticle, marked
from search.naming import Naming
from search.reading import Reader
from search.related import related
from search.request import SearchRequest
from search.results import Hit, ResultPage, TopicCount
from search.suggest import Suggester, Suggestion

KEPT_SECONDS = 15 * 60
"""How long a replaced generation goes on answering the cursors that name it."""
_LOOK_EVERY = 1.0
_LONGEST_QUERY = 2_000
_VERSIONS = {"analyzer": analyzer.VERSION}

_SORTS = ("relevance", "newest", "oldest")

T = TypeVar("T")


@dataclass(frozen=True)
class _Open:
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


class Searcher:
    """Answers requests on an index folder; thread-safe, one a process.

    Raises:
        IndexUnavailable: nothing can answer, as the message says; from every method.
    """

    def __init__(self, index: Path, store: StoreReader, naming: Naming, *, budget_ms: int = 800) -> None:
        self._index = index
        self._store = store
        self.naming = naming
        self._budget = budget_ms
        self._lock = threading.Lock()
        self._looked = 0.0
        self._renewal: threading.Thread | None = None
        self._damage: tuple[str, IndexDamaged] | None = None
        self._earlier: dict[str, tuple[_Open, float]] = {}
        self._current = self._open()
        self._told()

    @property
    def generation(self) -> str:
        """The generation that answers now."""
        return self._fresh().answering.snapshot.generation

    @property
    def change(self) -> int:
        """The store's change when this was opened; a withdrawal opens it again within a second."""
        return self._fresh().change

    @property
    def documents(self) -> int:
        """Articles that can be found."""
        return self._fresh().answering.snapshot.documents

    @property
    def directory(self) -> Directory:
        """Who is who, and who held which office when."""
        return self.naming.directory

    def search(self, request: SearchRequest) -> ResultPage:
        """One page of results.

        Raises:
            BadRequest: a parameter cannot be understood.
            CursorExpired: the cursor's generation is gone.
        """
        began = time.perf_counter()
        _check(request)
        cursor = decode(request)

        def page(current: _Open) -> ResultPage:
            reading = current.reader.read(request)
            return current.answering.page(reading.plan, reading.request, reading.note, cursor)

        answer = self._answer(page, cursor.generation if cursor else None)
        return replace(answer, took_ms=round((time.perf_counter() - began) * 1000, 2))

    def matches(self, request: SearchRequest) -> Iterator[Hit]:
        """Every match in order, for exports: nothing folded, nothing relaxed."""
        _check(request)
        current = self._fresh()
        try:
            reading = current.reader.read(request)
            yield from current.answering.all_hits(reading.plan, reading.request)
        except IndexDamaged as damage:  # what was given out already cannot be taken back
            raise IndexUnavailable(str(damage)) from damage

    def marked(self, article_id: str, request: SearchRequest) -> MarkedArticle | None:
        """An article with every hit of the query marked; None when it is not in the index."""
        _check(request)
        return self._answer(
            lambda current: marked(
                current.answering, self._store, self.naming, article_id, current.reader.read(request).plan
            )
        )

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """What could be meant by the beginning of a query."""
        return self._answer(lambda current: current.suggester.suggest(text[:200], limit))

    def related(self, article_id: str, limit: int = 6) -> tuple[Hit, ...]:
        """Articles about the same, by the rarest words of title and lead."""
        return self._answer(lambda current: related(current.answering, article_id, limit))

    def topics(self) -> tuple[TopicCount, ...]:
        """All topics of the taxonomy in its order, with how many articles carry each."""
        counts = self._answer(
            lambda current: dict(
                current.answering.snapshot.keywords("topic").counted(current.answering.matcher.all_of([]))
            )
        )
        return tuple(TopicCount(slug, name, counts.get(slug, 0)) for slug, name in self.naming.topics())

    def topic(self, slug: str) -> TopicCount | None:
        """One topic; None when the taxonomy has no such slug."""
        return next((topic for topic in self.topics() if topic.slug == slug), None)

    def warm(self) -> None:
        """Read ahead what most queries need; takes a fifth of a second, longer for more than 40,000 articles."""
        self._current.answering.warm()

    def forked(self) -> None:
        """To be called once in a process that was forked with this searcher: what was warmed before is shared."""
        self._store.reconnect()

    def _open(self) -> _Open:
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
        return _Open(answering, Reader(answering.matcher, self.naming), self.naming, change, withdrawn)

    def _ready(self, snapshot: Snapshot, withdrawn: frozenset[str]) -> Answering:
        snapshot.hide(withdrawn)
        return Answering(snapshot, self.naming, self._budget)

    def _snapshot(self) -> Snapshot:
        if self._damage and generations.current(self._index) == self._damage[0]:
            return Snapshot.open_earlier(self._index, *self._damage, _VERSIONS)
        return Snapshot.open(self._index, _VERSIONS)

    def _answer(self, ask: Callable[[_Open], T], generation: str | None = None) -> T:
        """What a generation answers, the current one if none is named; where it proves damaged, the one before it."""
        current = self._named(generation) if generation else self._fresh()
        try:
            return ask(current)
        except IndexDamaged as damage:
            self._leave(current, damage)
        try:
            return ask(self._named(generation) if generation else self._current)
        except IndexDamaged as damage:
            raise IndexUnavailable(str(damage)) from damage

    def _leave(self, damaged: _Open, damage: IndexDamaged) -> None:
        """Answer with another generation from now on than the one in which a checksum is wrong."""
        name = damaged.answering.snapshot.generation
        with self._lock:
            self._earlier.pop(name, None)
            if self._current is damaged:
                self._damage = (name, damage)
                self._current = self._open()
                self._told()

    def _fresh(self) -> _Open:
        """The newest generation; looks for another one at most once a second, opens it beside the running answers."""
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY or not self._lock.acquire(blocking=False):
            return self._current
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
        return self._current

    def _open_all_again(self, now: float) -> None:
        """An article was withdrawn or reinstated: what is open may not answer any more, not even behind a cursor."""
        opened = self._open()
        before = {**self._earlier, self._current.answering.snapshot.generation: (self._current, now)}
        before.pop(opened.answering.snapshot.generation, None)
        self._current, self._earlier = opened, {}
        self._told()
        for name, (one, left) in before.items():
            try:
                answering = self._ready(Snapshot(one.answering.snapshot.folder, _VERSIONS), opened.withdrawn)
            except (IndexRoomError, OSError):
                continue  # its files are gone: its cursors have expired
            again = replace(one, answering=answering, reader=Reader(answering.matcher, self.naming))
            self._earlier[name] = (replace(again, change=opened.change, withdrawn=opened.withdrawn), left)

    def _told(self) -> None:
        """Another generation answers: what officials are called, and what may be quoted, is asked anew."""
        self.naming.refresh()
        self.naming.directory.hidden = self._current.withdrawn

    def _renew(self) -> None:
        """Open and warm the new generation beside the one that answers, then let it answer."""
        try:
            opened = self._open()
            opened.answering.warm()
        except (IndexUnavailable, IndexDamaged):
            return  # the generation that runs is whole; the next look may find a better one
        with self._lock:
            before = self._current
            same = opened.answering.snapshot.generation == before.answering.snapshot.generation
            if same or opened.change < before.change:
                return  # an article was withdrawn meanwhile, and all was opened again
            self._current = opened
            self._told()
            self._earlier[before.answering.snapshot.generation] = (before, time.monotonic())

    def _withdrawal(self) -> bool:
        """Whether an article was withdrawn or reinstated since the last look."""
        current = self._current
        return self._store.last_change() != current.change and self._store.withdrawn() != current.withdrawn

    def _replaced(self) -> bool:
        try:
            name = generations.current(self._index)
            left = self._damage[0] if self._damage else None
            return name not in (left, self._current.answering.snapshot.generation)
        except IndexRoomError:
            return False

    def _named(self, generation: str) -> _Open:
        current = self._fresh()
        if current.answering.snapshot.generation == generation:
            return current
        if kept := self._earlier.get(generation):
            return kept[0]
        raise CursorExpired("the index was renewed since this list began: start again from its first page", "expired")


def _check(request: SearchRequest) -> None:
    if len(request.text) > _LONGEST_QUERY:
        length, told = len(request.text), f"the query has {len(request.text)} characters, {_LONGEST_QUERY} is the most"
        raise BadRequest("q", told, "too-long", name="q", length=length, longest=_LONGEST_QUERY)
    if request.sort not in _SORTS:
        raise BadRequest("sort", f"sort is {request.sort!r}: one of {', '.join(_SORTS)}")
    if not 1 <= request.limit <= 100:
        raise BadRequest("limit", f"limit is {request.limit}: 1 to 100")
    if request.since and request.until and request.since > request.until:
        raise BadRequest("from", f"from {request.since} is after to {request.until}")
