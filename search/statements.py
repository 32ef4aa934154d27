"""Statements: who said what, sentence by sentence, in the order of their articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.document import IndexedOfficial, Statement, Stored
from index.engine import Ask, Mark, Row, Shown
from search.answering import Answering
from search.cursor import Cursor, following
from search.filters import filter_nodes
from search.request import SearchRequest
from search.results import OfficialCount, OfficialLabel, TopicLabel

_BATCH = 50
_LOOKED_AT = 2_000
"""Articles that one page looks at: where the words stand in few statements, the next page goes on."""
_COUNTED = 600
"""So many articles are read to count what is said in them; what stands in more is counted where the registry tells."""
_PLACES = 1_000
"""A cursor counts articles in so many, and the statements of the last one that were given already."""
COLUMNS = (
    *("published", "official", "name", "office", "way", "direct", "text"),
    *("article", "title", "source", "url", "topics"),
)
MOST = 10_000
"""Statements of one table."""
_PAGE = 100
_SPEAKERS = 30


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """One sentence of an article that says what an official says."""

    article: str
    version: int
    title: str
    """The article's title."""
    url: str | None
    source: str | None
    published: str | None
    official: OfficialLabel
    text: str
    """As printed."""
    start: int
    end: int
    """Code-point offsets into title, lead and body of the article, a line each."""
    way: str
    """How it is said, lowered: `cho biết`, `theo`."""
    direct: bool
    """Whether the official's own words stand there in quotation marks."""
    topics: tuple[TopicLabel, ...]
    """Of the article."""


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A stretch of the statements."""

    statements: tuple[SaidSentence, ...]
    articles: int
    """That meet the filters and answer the query, whether or not a statement does."""
    generation: str
    next: str | None
    """Cursor of the next page."""
    total: int | None = None
    """Statements in all; None where they were not to be counted, or too many articles would have to be read."""
    first: int | None = None
    """Place of this page's first statement among all, from 1 on; None where that is not known, and on an empty page."""
    speakers: tuple[OfficialCount, ...] = ()
    """Who says something in these articles, whoever is asked for, and in how many: at most thirty, the most first."""


def statements(
    current: Answering, request: SearchRequest, cursor: Cursor | None, *, counted: bool = False
) -> StatementPage:
    """The statements in the articles that answer a request, in its order of them; of the `said` officials alone,
    where it names any.

    Where the request has words, all of them stand in every statement. Total, place and speakers where `counted`.
    """
    page = _stretch(current, request, cursor)
    if not counted:
        return page
    before = _before(cursor, request.limit) if page.statements else None
    first = None if before is None else before + 1
    return replace(
        page, total=_total(current, request, page.articles), first=first, speakers=_speakers(current, request)
    )


def _before(cursor: Cursor | None, limit: int) -> int | None:
    """Statements on the pages before: full ones, unless one of them had looked at as many articles as it may."""
    if cursor is None:
        return 0
    starts = [at // _PLACES for at in (*cursor.starts, cursor.offset)]
    short = any(after - start >= _LOOKED_AT for start, after in pairwise(starts))
    return None if short or starts[0] else len(cursor.starts) * limit


def _total(current: Answering, request: SearchRequest, articles: int) -> int | None:
    """How many statements there are, whatever the page."""
    if not request.text and {condition.facet for condition in request.filters} <= {"said"}:
        days = (request.since, request.until)
        return current.naming.directory.statements(request.wanted("said"), *days)
    if articles > _COUNTED:
        return None
    reading = current.reader.read(request)
    ask = Ask(query=reading.query, filters=filter_nodes(reading.request), sort=request.sort, most=_COUNTED)
    rows = [row for row in current.generation.find(ask).rows if not row.missing]
    shown = current.generation.shown([row.reference for row in rows], reading.query)
    return sum(1 for document in shown for _ in _answering(document, request))


def _speakers(current: Answering, request: SearchRequest) -> tuple[OfficialCount, ...]:
    """Who says something in the articles that the request would find without its speakers."""
    anyone = replace(request, filters=tuple(held for held in request.filters if held.facet != "said"))
    reading = current.reader.read(anyone)
    ask = Ask(query=reading.query, filters=filter_nodes(reading.request), sort="newest", most=0)
    found = current.generation.find(replace(ask, facets={"said": _SPEAKERS}, seconds=current.seconds))
    named = (current.naming.counted("official", id, count) for id, count in found.facets["said"])
    return tuple(count for count in named if isinstance(count, OfficialCount))


def _stretch(current: Answering, request: SearchRequest, cursor: Cursor | None) -> StatementPage:
    """One page of them, as yet without a total."""
    reading = current.reader.read(request)
    first, given = divmod(cursor.offset if cursor else 0, _PLACES)
    ask = Ask(query=reading.query, filters=filter_nodes(reading.request), sort=request.sort, seconds=current.seconds)
    found: list[SaidSentence] = []
    place, articles = first, 0
    batch = request.limit if request.wanted("said") and not request.text else _BATCH  # a statement an article at least
    while place - first < _LOOKED_AT:
        answer = current.generation.find(replace(ask, first=place, most=batch))
        articles = answer.total
        shown = current.generation.shown([row.reference for row in answer.rows], reading.query)
        for row, document in zip(answer.rows, shown, strict=True):
            said = list(_statements_of(current, row, document, request))
            fresh = said[given:]
            room = request.limit - len(found)
            found.extend(fresh[:room])
            if len(fresh) > room:
                return _page(current, request, found, articles, place * _PLACES + given + room)
            place, given = place + 1, 0
        if len(answer.rows) < batch:
            return _page(current, request, found, articles, None)
    return _page(current, request, found, articles, place * _PLACES)


def _page(
    current: Answering, request: SearchRequest, found: Sequence[SaidSentence], articles: int, offset: int | None
) -> StatementPage:
    name = current.generation.name
    onward = None if offset is None else following(request, name, offset).encode()
    return StatementPage(tuple(found), articles, name, onward)


def _statements_of(current: Answering, row: Row, shown: Shown, request: SearchRequest) -> Iterator[SaidSentence]:
    """The statements of one article, in the order of the text."""
    if not row.missing:
        for official, statement in _answering(shown, request):
            yield _sentence(current, shown.stored, official, statement)


def _answering(shown: Shown, request: SearchRequest) -> Iterator[tuple[IndexedOfficial, Statement]]:
    """What is said in one article, by those asked for and in all the words asked for, in the order of the text."""
    stored, wanted = shown.stored, request.wanted("said")
    places = _clauses(stored, shown.marks)
    needed = {clause for _, clause in places}
    said = [(statement, official) for official in stored.officials for statement in official.said]
    for statement, official in sorted(said, key=lambda pair: pair[0]):
        standing = {clause for at, clause in places if statement.start <= at < statement.end}
        if (not wanted or official.id in wanted) and standing == needed:
            yield official, statement


def _clauses(stored: Stored, marks: Mapping[str, Sequence[Mark]]) -> list[tuple[int, int]]:
    """Where matches stand in the whole text, and of which clause."""
    lead = len(stored.title) + 1
    begins = {"title": 0, "lead": lead, "body": lead + len(stored.lead or "") + 1}
    return [(begins[zone] + mark.start, mark.clause) for zone, found in marks.items() for mark in found]


def _sentence(current: Answering, stored: Stored, official: IndexedOfficial, statement: Statement) -> SaidSentence:
    return SaidSentence(
        article=stored.id,
        version=stored.version,
        title=stored.title,
        url=stored.url,
        source=stored.source,
        published=stored.published,
        official=current.naming.official(official, stored.published),
        text=stored.text[statement.start : statement.end],
        start=statement.start,
        end=statement.end,
        way=statement.way,
        direct=statement.direct,
        topics=tuple(TopicLabel(slug, current.naming.topic(slug)) for slug in stored.topics),
    )


def every(ask: Callable[[SearchRequest], StatementPage], request: SearchRequest) -> Iterator[SaidSentence]:
    """All statements that are asked for, up to MOST."""
    given = 0
    wanted = replace(request, limit=_PAGE)
    while given < MOST:
        found = ask(wanted)
        yield from found.statements[: MOST - given]
        given += len(found.statements)
        if found.next is None:
            return
        wanted = replace(wanted, cursor=found.next)


def row(sentence: SaidSentence) -> tuple[str, ...]:
    """The statement in the order of COLUMNS."""
    official = (sentence.official.id, sentence.official.name, sentence.official.office)
    article = (sentence.article, sentence.title, sentence.source or "", sentence.url or "")
    topics = "; ".join(topic.name for topic in sentence.topics)
    return (
        sentence.published or "",
        *official,
        sentence.way,
        str(int(sentence.direct)),
        sentence.text,
        *article,
        topics,
    )
