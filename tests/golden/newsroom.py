"""The bundled newsroom indexed in two goes, and what is answered from it. Today is 1 December 2025.

A case of `search` is a query and, behind ` | `, options as parameters write them: `limit=3 sort=newest off=exact
topic=-giao-duc from=2024-01-01 page=2 explain`. What matched is printed between ⟦ and ⟧.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

from crawler.article import Article
from crawler.ground import clock
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from search.checking import check, row
from search.request import Filter, SearchRequest
from search.results import Hit, ResultPage, Spans
from search.searcher import Searcher
from tests.golden.printing import told
from tests.golden.registers import official
from tratin.indexing import reindex
from tratin.newsroom.paper import papers, stories
from tratin.parts import open_searcher
from tratin.settings import Settings

TODAY = date(2025, 12, 1)
_FACETS = ("topic", "official", "organisation", "source", "section", "authority", "country")


@cache
def articles() -> dict[str, Article]:
    """The newsroom's stories that a crawler can read, the newest edition of each, by slug."""
    hosts = {paper.key: paper.host for paper in papers()}
    return {
        story.slug: Article(
            id=story.slug,
            title=story.title,
            lead=story.lead,
            paragraphs=story.paragraphs,
            captions=story.captions,
            published=story.published.isoformat(),
            source=hosts[story.paper],
            section=story.section,
            author=story.author,
        )
        for story in stories()
        if not story.traps & {"challenge", "broken", "hidden"}
    }


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="golden-")


@cache
def settings() -> Settings:
    """Indexed in two goes: most of the stories, then the rest, with one of the first printed anew and one withdrawn."""
    made = Settings(data=Path(_folder().name), query_budget_ms=600_000)
    every = list(articles().values())
    first, rest = every[: len(every) * 3 // 4], every[len(every) * 3 // 4 :]
    for batch in (
        [*first, replace(every[-1], id="withdrawn"), UNDATED],
        [*rest, replace(first[0], title=f"{first[0].title} (cập nhật)"), *_copies(first[1])],
    ):
        with Store(made.store_path) as store:
            for article in batch:
                store.keep(article)
            if batch[0] is not first[0]:
                store.withdraw("withdrawn", "golden")
            store.commit()
        reindex(made, full=False, jobs=1, progress=lambda step, done, total: None)
    return made


UNDATED = Article(
    "undated",
    "Cầu Bến Lội nhìn từ trên cao",
    source="tinvung.example",
    paragraphs=(
        "Ảnh chụp không rõ ngày. Chủ tịch UBND xã Nậm Sa Lò Văn Mẫu cho biết cầu dài 612 m.",
        "(Tin Vùng) - Bà con gọi đây là cầu Mới.",
    ),
)


def _copies(article: Article) -> tuple[Article, Article]:
    """A copy under another title in another paper, which is folded, and half of one, which is not."""
    copy = replace(article, id="copy", source="tinvung.example", title=f"{article.title}: thêm một tin")
    return copy, replace(copy, id="half", title="Trợ lý ảo ở xã", paragraphs=article.paragraphs[:-2])


@cache
def searcher() -> Searcher:
    """Over that index."""
    return open_searcher(settings())


def newsroom(asked: str) -> Iterator[str]:
    """What is indexed: `everything`, in a line for every article, or an official's id."""
    directory = searcher().directory
    if asked != "everything":
        note = directory.note(asked)
        assert note, asked
        yield from official(directory, note)
        return
    with StoreReader(settings().store_path) as store:
        for id in sorted([*articles(), "copy", "half", "undated"]):
            article = store.get(id)
            marked = searcher().marked(id, SearchRequest())
            assert article
            assert marked
            named = "; ".join(f"{who.id}: {who.office}" for who in marked.officials)
            yield f"{id} v{article.version}"
            yield f"  topics {', '.join(topic.slug for topic in marked.topics)}; authority {told(marked.deeds)}"
            yield f"  {named}"


def people(asked: str) -> Iterator[str]:
    """What the directory tells of everyone: `officials`, `offices`, `organisations`, `appointed`, or a search in it."""
    directory = searcher().directory
    verb, _, words = asked.partition(" ")
    if verb == "officials":
        for note in directory.listed(order=words or "name"):
            yield f"{note.id} {note.articles} {note.first}…{note.last} {note.office}"
    elif verb == "offices":
        for office in directory.offices_listed(0, 400, order=words or "rank"):
            yield f"{office.id} {office.tier} {office.holders} {office.articles}"
    elif verb == "organisations":
        yield from (f"{id}: {name}" for id, name in sorted(directory.organisations().items()))
    elif verb == "appointed":
        yield from (told(appointment) for appointment in directory.appointed(20))
    elif verb == "memberships":
        yield from map(told, directory.memberships())
    elif verb == "asked":
        match = directory.asked(words)
        yield f"is {', '.join(office.id for office in match.offices)}; near {', '.join(one.id for one in match.near)}"
    elif verb == "seat":
        yield told(directory.seat(words))
    elif verb == "spoken":
        yield ", ".join(directory.spoken_of(words))
    elif verb == "check":
        (checked,) = check([words], searcher().summary, directory)
        yield " | ".join(row(checked))
    else:
        yield ", ".join(note.id for note in directory.find(words))
        yield f"{directory.total(words)} in all; named {', '.join(directory.named(words))}"
        yield f"near {', '.join(note.id for note in directory.near(words))}"


def _request(asked: str) -> tuple[SearchRequest, set[str], int]:
    text, _, options = asked.partition(" | ")
    request, page, flags = SearchRequest(text=text, limit=5), 1, set()
    for option in options.split():
        name, _, value = option.partition("=")
        if name in _FACETS or name == "said":
            request = replace(request, filters=(*request.filters, Filter.read(name, value)))
        elif name == "off":
            request = replace(request, off=frozenset(value.split("+")))
        elif name == "any":
            request = replace(request, any=frozenset(value.split("+")))
        elif name == "limit":
            request = replace(request, limit=int(value))
        elif name == "sort":
            request = replace(request, sort=value)
        elif name == "from":
            request = replace(request, since=date.fromisoformat(value))
        elif name == "to":
            request = replace(request, until=date.fromisoformat(value))
        elif name == "page":
            page = int(value)
        else:
            flags.add(name)
    return replace(request, explain="explain" in flags), flags, page


def search(asked: str) -> Iterator[str]:
    """A page of results with all that is printed of it."""
    request, flags, number = _request(asked)
    with patch.object(clock, "today", lambda: TODAY):
        page = searcher().search(request)
        for _ in range(number - 1):
            page = searcher().search(replace(request, cursor=page.next))
    yield from _page(page, flags)


def _page(page: ResultPage, flags: set[str]) -> Iterator[str]:
    more = "more" if page.next else "end"
    yield f"{page.total} and {page.relaxed} relaxed, {page.undated} undated, {more}{' partial' if page.partial else ''}"
    if page.query.suggestion:
        yield f"suggestion {page.query.suggestion}"
    for chip in page.query.understood:
        yield f"{chip.kind} “{chip.from_}” → {', '.join(chip.to)} ({chip.off})"
    for hit in page.hits:
        yield from _hit(hit, brief="brief" in flags)
    if "facets" in flags:
        for name in ("topics", "officials", "organisations", "sources", "sections", "authorities", "countries"):
            yield f"{name} " + ", ".join(
                f"{count.value} {count.count}{f' ({count.detail})' if count.detail else ''}"
                for count in getattr(page.facets, name)
            )
        yield "months " + ", ".join(f"{month.month} {month.count}" for month in page.facets.months)
        yield "days " + ", ".join(f"{day.day} {day.count}" for day in page.facets.days)


def _hit(hit: Hit, *, brief: bool) -> Iterator[str]:
    missing = f" misses {', '.join(hit.missing)}" if hit.missing else ""
    similar = f" and {hit.similar} copies" if hit.similar else ""
    yield f"{hit.id} {hit.score:.3f}{similar}{missing} {hit.published and hit.published[:10]}"
    yield from (f"  why {reason}" for reason in hit.why)
    if brief:
        return
    yield f"  title: {_marked(hit.title, hit.title_spans)}"
    yield from (f"  {piece.field}: {_marked(piece.text, piece.spans)}" for piece in hit.snippets)


def _marked(text: str, spans: Spans) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text.replace("\n", "\\n")


def said(asked: str) -> Iterator[str]:
    """Statements that answer a request."""
    request, _, number = _request(asked)
    with patch.object(clock, "today", lambda: TODAY):
        page = searcher().statements(request)
        for _ in range(number - 1):
            page = searcher().statements(replace(request, cursor=page.next))
    yield f"{page.articles} articles, {'more' if page.next else 'end'}"
    for sentence in page.statements:
        direct = " direct" if sentence.direct else ""
        yield f"{sentence.article} {sentence.official.id} ({sentence.way}){direct} {sentence.text}"


def suggest(asked: str) -> Iterator[str]:
    """What is offered below the box while this is typed."""
    text, _, limit = asked.partition(" | ")
    for one in searcher().suggest(text, int(limit or 10)):
        yield f"{one.kind} {one.text}{f' – {one.detail}' if one.detail else ''}{f' ({one.id})' if one.id else ''}"


def related(asked: str) -> Iterator[str]:
    """Articles about the same as one."""
    for hit in searcher().related(asked):
        yield f"{hit.id} {hit.score:.3f}"
