"""Searcher: what the command line and the web ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from crawler.store.reading import Articles
from index.engine import Engine, Generation
from index.errors import IndexDamaged
from index.officials.directory.directory import Directory
from index.topics.taxonomy import Taxonomy
from search.answering import Answering
from search.cursor import decode
from search.errors import BadRequest, IndexUnavailable
from search.marked import MarkedArticle, marked
from search.openings import Openings
from search.organisations import OrganisationPage, OrganisationRow, organisation, organisations
from search.percolating import Percolated, percolate
from search.related import related
from search.request import SearchRequest
from search.results import Hit, ResultPage, Summary, TopicCount
from search.statements import StatementPage, statements
from search.suggest import Suggestion

_LONGEST_QUERY = 2_000
_SORTS = ("relevance", "newest", "oldest")

T = TypeVar("T")


class Searcher:
    """Answers requests on an index folder; thread-safe, one a process.

    Raises:
        IndexUnavailable: nothing can answer, as the message says; from every method.
    """

    def __init__(
        self,
        engine: Engine,
        articles: Articles,
        taxonomy: Taxonomy,
        *,
        budget_ms: int = 800,
        freshness: float = 1.0,
    ) -> None:
        self._articles = articles
        self._openings = Openings(engine, articles, taxonomy, budget_ms / 1000, freshness)

    @property
    def generation(self) -> str:
        """The generation that answers now."""
        return self._openings.fresh().generation.name

    @property
    def change(self) -> int:
        """The articles' change when this was opened; a withdrawal opens it again within a second."""
        return self._openings.fresh().change

    @property
    def documents(self) -> int:
        """Articles that can be found."""
        return self._openings.fresh().generation.documents

    @property
    def directory(self) -> Directory:
        """Who is who, and who held which office when."""
        return self._openings.fresh().naming.directory

    def search(self, request: SearchRequest) -> ResultPage:
        """One page of results.

        Raises:
            BadRequest: a parameter cannot be understood.
            CursorExpired: the cursor's generation is gone.
        """
        began = time.perf_counter()
        _check(request)
        cursor = decode(request)
        answer = self._answer(lambda current: current.page(request, cursor), cursor.generation if cursor else None)
        return replace(answer, took_ms=round((time.perf_counter() - began) * 1000, 2))

    def summary(self, request: SearchRequest) -> Summary:
        """How many match, on which days, and the best of them.

        Raises:
            BadRequest: a parameter cannot be understood.
        """
        _check(request)
        return self._answer(lambda current: current.summary(request))

    def count(self, request: SearchRequest) -> int:
        """How many match.

        Raises:
            BadRequest: a parameter cannot be understood.
        """
        _check(request)
        return self._answer(lambda current: current.count(request))

    def percolate(self, news: Generation, requests: Sequence[SearchRequest], most: int) -> Iterator[Percolated]:
        """Which of the requests match articles that stand in an index of their own; see `search.percolating`."""
        yield from percolate(self._openings.fresh(), news, requests, most)

    def statements(self, request: SearchRequest, *, counted: bool = False) -> StatementPage:
        """Who said what in the articles that answer a request; of its `said` officials alone, where it names any.

        Only where they are `counted` it says how many there are and who speaks.

        Raises:
            BadRequest: a parameter cannot be understood.
            CursorExpired: the cursor's generation is gone.
        """
        _check(request)
        cursor = decode(request)
        return self._answer(
            lambda current: statements(current, request, cursor, counted=counted),
            cursor.generation if cursor else None,
        )

    def matches(self, request: SearchRequest) -> Iterator[Hit]:
        """Every match in order, for exports: nothing folded, nothing relaxed."""
        _check(request)
        current = self._openings.fresh()
        try:
            for hit in current.every(request):
                if hit.id not in self._openings.fresh().withdrawn:  # since this began
                    yield hit
        except IndexDamaged as damage:  # what was given out already cannot be taken back
            raise IndexUnavailable(str(damage)) from damage

    def marked(self, article_id: str, request: SearchRequest) -> MarkedArticle | None:
        """An article with every hit of the query marked; None when it is not in the index."""
        _check(request)
        return self._answer(lambda current: marked(current, self._articles, article_id, request))

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """What could be meant by the beginning of a query."""
        return self._answer(lambda current: current.suggester.suggest(text[:200], limit))

    def related(self, article_id: str, limit: int = 6) -> tuple[Hit, ...]:
        """Articles about the same, by the rarest words of title and lead."""
        return self._answer(lambda current: related(current, article_id, limit))

    def topics(self) -> tuple[TopicCount, ...]:
        """All topics of the taxonomy in its order, with how many articles carry each."""

        def counted(current: Answering) -> tuple[TopicCount, ...]:
            counts = dict(current.generation.values("topic"))
            return tuple(TopicCount(slug, name, counts.get(slug, 0)) for slug, name in current.naming.topics())

        return self._answer(counted)

    def topic(self, slug: str) -> TopicCount | None:
        """One topic; None when the taxonomy has no such slug."""
        return next((topic for topic in self.topics() if topic.slug == slug), None)

    def organisations(
        self, words: str = "", *, tier: str = "", place: str = "", order: str = "articles"
    ) -> tuple[OrganisationRow, ...]:
        """The bodies whose office-holders are named: all, those called by these words, of one tier, or of a place."""
        return self._answer(lambda current: organisations(current, words, tier=tier, place=place, order=order))

    def organisation(self, id: str) -> OrganisationPage | None:
        """One of them with its offices and officials; None for an unknown id."""
        return self._answer(lambda current: organisation(current, id))

    def warm(self) -> None:
        """Read ahead what most queries need; takes a fifth of a second, longer for more than 40,000 articles."""
        self._openings.current.generation.warm()

    def forked(self) -> None:
        """To be called once in a process that was forked with this searcher: what was warmed before is shared."""
        self._articles.reconnect()

    def _answer(self, ask: Callable[[Answering], T], generation: str | None = None) -> T:
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
        length, reason = (
            len(request.text),
            f"the query has {len(request.text)} characters, {_LONGEST_QUERY} is the most",
        )
        raise BadRequest("q", reason, "too-long", name="q", length=length, longest=_LONGEST_QUERY)
    if request.sort not in _SORTS:
        raise BadRequest("sort", f"sort is {request.sort!r}: one of {', '.join(_SORTS)}")
    if not 1 <= request.limit <= 100:
        raise BadRequest("limit", f"limit is {request.limit}: 1 to 100")
    if request.since and request.until and request.since > request.until:
        raise BadRequest("from", f"from {request.since} is after to {request.until}")
