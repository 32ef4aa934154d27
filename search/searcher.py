"""Searcher: what the command line and the web ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from crawler.store.reading import StoreReader
from index.errors import IndexDamaged
from index.officials.directory.directory import Directory
from search.cursor import asked, decode
from search.errors import BadRequest, IndexUnavailable
from search.marked import MarkedArticle, marked
from search.naming import Naming
from search.openings import Opened, Openings
from search.related import related
from search.request import SearchRequest
from search.results import Hit, ResultPage, TopicCount
from search.suggest import Suggestion

_LONGEST_QUERY = 2_000
_SORTS = ("relevance", "newest", "oldest")

T = TypeVar("T")


class Searcher:
    """Answers requests on an index folder; thread-safe, one a process.

    Raises:
        IndexUnavailable: nothing can answer, as the message says; from every method.
    """

    def __init__(self, index: Path, store: StoreReader, naming: Naming, *, budget_ms: int = 800) -> None:
        self._store = store
        self.naming = naming
        self._openings = Openings(index, store, naming, budget_ms)

    @property
    def generation(self) -> str:
        """The generation that answers now."""
        return self._openings.fresh().answering.snapshot.generation

    @property
    def change(self) -> int:
        """The store's change when this was opened; a withdrawal opens it again within a second."""
        return self._openings.fresh().change

    @property
    def documents(self) -> int:
        """Articles that can be found."""
        return self._openings.fresh().answering.snapshot.documents

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

        def page(current: Opened) -> ResultPage:
            reading = current.reader.read(request)
            return current.answering.page(reading.plan, reading.request, reading.note, cursor, asked(request))

        answer = self._answer(page, cursor.generation if cursor else None)
        return replace(answer, took_ms=round((time.perf_counter() - began) * 1000, 2))

    def matches(self, request: SearchRequest) -> Iterator[Hit]:
        """Every match in order, for exports: nothing folded, nothing relaxed."""
        _check(request)
        current = self._openings.fresh()
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
        self._openings.current.answering.warm()

    def forked(self) -> None:
        """To be called once in a process that was forked with this searcher: what was warmed before is shared."""
        self._store.reconnect()

    def _answer(self, ask: Callable[[Opened], T], generation: str | None = None) -> T:
        """What a generation answers, the current one if none is named; where it proves damaged, the one before it."""
        current = self._openings.named(generation) if generation else self._openings.fresh()
        try:
            return ask(current)
        except IndexDamaged as damage:
            self._openings.leave(current, damage)
        try:
            return ask(self._openings.named(generation) if generation else self._openings.current)
        except IndexDamaged as damage:
            raise IndexUnavailable(str(damage)) from damage


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
