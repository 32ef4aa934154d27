"""The front page: what to try here, who and what is in the news, changes of office, edited articles, coverage.

Everything on it is worked out from what this installation holds, once a state of index and store, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from crawler.ground.clock import today
from crawler.store.reading import Articles
from index.authority import ACTING
from index.officials.directory.pages import Appointment, OfficialNote
from index.officials.posts.name_keys import name_key
from search.request import Filter, SearchRequest
from search.results import Hit, ResultPage, TopicCount
from web.backend import Searching, backend
from web.charts import Collected, Histogram, histogram
from web.i18n import language
from web.links import Address
from web.rendering import render
from web.view_links import ViewLinks

EXAMPLES = 3
_LENGTHS = (7, 31, 366)
"""Days that the news of late may span: the first length in which enough articles lie."""
_ENOUGH = 50
_BEFORE = 4
"""So many times as long is the stretch before, with which a topic is compared."""
_OFFICIALS, _TOPICS, _APPOINTED, _EVENTS = 8, 8, 5, 6
_EXCERPT = 150
_FEW = 5
"""Added to counts that are compared, so that one article more is no rise."""
_RISEN = 1.15
_ACTING = (Filter("authority", ACTING),)
"""News in which an authority speaks or acts: what stands at the front of government news, crime stories do not."""
_NUMBER = re.compile(r"(?<![\w/])\d{1,4}/20\d\d/[A-ZĐ]{2,}(?:-[A-ZĐ]{2,})*(?!\w)")


@dataclass(frozen=True, slots=True)
class Example:
    """A query that finds something here."""

    kind: str
    """number, office, unmarked or since: what it shows."""
    query: str
    total: int


@dataclass(frozen=True, slots=True)
class InTheNews:
    """An official of this country whom many articles named of late."""

    official: OfficialNote
    count: int
    newest: Hit | None


@dataclass(frozen=True, slots=True)
class TopicOfLate:
    """A topic, its articles of late, and how many times its share of before that is."""

    topic: TopicCount
    rise: float | None
    """None where nothing was collected before."""


@dataclass(frozen=True, slots=True)
class StoreEvent:
    """An article that was edited, taken from the newspaper's site, or withdrawn here."""

    kind: str
    """edited, removed or withdrawn."""
    at: str
    id: str
    title: str
    """Empty for a withdrawn one."""
    version: int


@dataclass(frozen=True, slots=True)
class FrontPage:
    """All that the page says."""

    first: date | None
    since: date | None
    until: date | None
    """The first day with an article, and the days that count as of late; None where no article has a day."""
    acting: bool
    """Whether people and topics are those of news in which an authority speaks or acts; there may be none."""
    examples: tuple[Example, ...]
    officials: tuple[InTheNews, ...]
    topics: tuple[TopicOfLate, ...]
    appointed: tuple[Appointment, ...]
    events: tuple[StoreEvent, ...]
    sources: int
    chart: Histogram | None
    """What was collected over time."""


def home() -> str:
    """The front page in the reader's language."""
    held = backend()
    state = (held.searcher.generation, held.searcher.change, held.articles.last_change(), today())
    searcher: Any = held.searcher
    articles: Any = held.articles
    front = _front_page(searcher, articles, state)
    address = Address("/", (("lang", "en"),) if language() == "en" else ())
    views = ViewLinks(address)
    within = address.set("from", str(front.since)).set("to", str(front.until)) if front.since else address
    if front.acting:
        within = within.set("authority", ACTING)
    return render(
        "home.html", excerpt=_excerpt, front=front, chart=front.chart, views=views, address=address, within=within
    )


@lru_cache(2)
def _front_page(searcher: Searching, articles: Articles, state: tuple[object, ...]) -> FrontPage:
    """What the page says in this state of index and articles."""
    everything = searcher.search(SearchRequest(sort="newest", limit=1))
    collected = backend().collected()
    since, until = _of_late(collected)
    of_late = SearchRequest(filters=_ACTING, since=since, until=until, sort="newest", limit=1)
    lately = searcher.search(of_late)
    if not lately.total:
        of_late = replace(of_late, filters=())
        lately = searcher.search(of_late)
    officials = tuple(_in_the_news(searcher, lately, of_late))
    return FrontPage(
        date.fromisoformat(collected.first) if since else None,
        since,
        until,
        bool(of_late.filters),
        tuple(_examples(searcher, [official.official for official in officials], since, until)),
        officials,
        tuple(_topics(searcher, collected, lately, of_late)),
        searcher.directory.appointed(_APPOINTED),
        tuple(_events(articles)),
        len(everything.facets.sources),
        histogram(everything.facets.months, everything.facets.days, collected),
    )


def _excerpt(text: str, name: str) -> str:
    """So much of a long sentence as stands around a name."""
    if len(text) <= _EXCERPT:
        return text
    at = max(text.find(name), 0)
    start = text.rfind(" ", 0, max(at - _EXCERPT // 3, 0)) + 1
    stop = text.find(" ", min(start + _EXCERPT, len(text)))
    return ("… " if start else "") + (text[start:stop] + " …" if stop > 0 else text[start:])


def _of_late(collected: Collected) -> tuple[date | None, date | None]:
    """The days up to the last with an article: a week, or as much more as it takes to have something to tell of."""
    if not collected.last:
        return None, None
    until = date.fromisoformat(collected.last)
    first = date.fromisoformat(collected.first)
    for length in _LENGTHS:
        since = max(until - timedelta(days=length - 1), first)
        if collected.within(since.isoformat(), collected.last) >= _ENOUGH:
            return since, until
    return first, until


def _in_the_news(searcher: Searching, lately: ResultPage, of_late: SearchRequest) -> Iterator[InTheNews]:
    counted = ((searcher.directory.note(official.id), official.count) for official in lately.facets.officials)
    ours = [(note, count) for note, count in counted if note and note.office and not note.foreign]
    for note, count in ours[:_OFFICIALS]:
        named = replace(of_late, filters=(*of_late.filters, Filter("official", note.id)))
        yield InTheNews(note, count, next(iter(searcher.search(named).hits), None))


def _topics(searcher: Searching, collected: Collected, lately: ResultPage, of_late: SearchRequest) -> list[TopicOfLate]:
    """Topics of which there is more than before come first, by how much more; then the others by their articles."""
    topics, since = lately.facets.topics, of_late.since
    if since is None or not topics:
        return []
    length = (date.fromisoformat(collected.last) - since).days + 1
    before = since - timedelta(days=_BEFORE * length), since - timedelta(days=1)
    earlier = searcher.search(replace(of_late, since=before[0], until=before[1]))
    if earlier.total < _ENOUGH:
        return [TopicOfLate(topic, None) for topic in topics[:_TOPICS]]
    counts = {topic.slug: topic.count for topic in earlier.facets.topics}
    share = lately.total / earlier.total
    risen = [TopicOfLate(topic, (topic.count + _FEW) / (counts.get(topic.slug, 0) * share + _FEW)) for topic in topics]
    risen.sort(key=lambda row: (-row.rise if row.rise and row.rise >= _RISEN else 0, -row.topic.count))
    return risen[:_TOPICS]


def _examples(
    searcher: Searching, officials: Sequence[OfficialNote], since: date | None, until: date | None
) -> Iterator[Example]:
    """Queries of different kinds that find something here."""
    given = 0
    kinds = set()
    for kind, query in _candidates(searcher, officials, since, until):
        if kind in kinds or given == EXAMPLES:
            continue
        if total := searcher.count(SearchRequest(text=query)):
            kinds.add(kind)
            given += 1
            yield Example(kind, query, total)


def _candidates(
    searcher: Searching, officials: Sequence[OfficialNote], since: date | None, until: date | None
) -> Iterator[tuple[str, str]]:
    directory = searcher.directory
    yield from (("unmarked", name_key(official.name)) for official in officials[:2])
    yield from (("office", f"ai là {office.name}") for office in directory.offices_listed(0, 12) if office.organisation)
    for paper in ("nghị định", "nghị quyết", "quyết định"):
        named = searcher.search(SearchRequest(text=paper, sort="newest", limit=50))
        numbers = (_NUMBER.search(snippet.text) for hit in named.hits for snippet in hit.snippets)
        yield from (("number", found.group()) for found in numbers if found)
    if since and until:
        span = f"từ {since.month}/{since.year} đến {until.month}/{until.year}"
        yield from (("since", f'"{official.name}" {span}') for official in officials[:4][::-1])


def _events(articles: Articles) -> Iterable[StoreEvent]:
    """The latest edits, removals and withdrawals, the latest first."""
    found = []
    for id, version in articles.revised(_EVENTS):
        notes = articles.versions(id)
        found.append(StoreEvent("edited", notes[-1].kept, id, notes[-1].title, version))
    for gone in articles.departed(_EVENTS):
        article = articles.get(gone.id) if gone.state == "removed" else None
        found.append(StoreEvent(gone.state, gone.at, gone.id, article.title if article else "", 0))
    return sorted(found, key=lambda change: change.at, reverse=True)[:_EVENTS]
