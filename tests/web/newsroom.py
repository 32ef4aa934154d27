"""A small newsroom for the web's tests: a real store, and a searcher that finds words by looking at every article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from crawler.article import Article
from crawler.store.writing import Store
from index.officials.directory.directory import Directory
from search.cursor import decode, following
from search.errors import BadRequest, CursorExpired
from search.marked import MarkedArticle
from search.organisations import OrganisationPage, OrganisationRow
from search.request import SearchRequest
from search.results import (
    AuthorityCount,
    CountryCount,
    DayCount,
    Facets,
    Hit,
    MonthCount,
    OfficialCount,
    OfficialLabel,
    QueryNote,
    Reason,
    ResultPage,
    Snippet,
    SourceCount,
    Spans,
    Summary,
    TopicCount,
    TopicLabel,
    Understood,
)
from search.statements import SaidSentence, StatementPage
from search.suggest import Suggestion

TOPICS = {"y-te": "Y tế", "giao-thong": "Giao thông", "nong-nghiep": "Nông nghiệp"}
OFFICIALS = {
    "le-van-sao": OfficialLabel("le-van-sao", "Lê Văn Sao", "Bộ trưởng", "Bộ Xây dựng"),
    "tran-thi-mai": OfficialLabel("tran-thi-mai", "Trần Thị Mai", "Bộ trưởng", "Bộ Y tế"),
}
DEEDS = (("speech", "Bộ trưởng Bộ Y tế Trần Thị Mai cho biết"),)
SPEAKER = "tran-thi-mai"
"""Says the last paragraph of every article."""
_LATER = "2025-03-04T05:06:07+07:00"
_OPENINGS = ("Khánh thành cầu Bến Mây", "Mở lớp dạy nghề ở Đồng Sen", "Kiểm tra trạm y tế Suối Hoa")


def articles() -> list[Article]:
    """Invented stories about an invented province."""
    return [
        Article(
            id=f"baomau-{number}",
            title=f"{_OPENINGS[number % 3]} đợt {number}",
            url=f"https://baomau.{'example' if number == 1 else 'invalid'}/tin-{number}.html",
            source="baomau.example" if number % 3 else "bao-khac.example",
            lead="Sáng nay, Bộ trưởng Bộ Xây dựng Lê Văn Sao dự lễ và trò chuyện với bà con.",
            paragraphs=(
                "Công trình nối hai bờ sông, rút ngắn đường đến trường của học sinh xã Bến Mây.",
                f"Theo kế hoạch số {number}/KH-UBND, phần việc còn lại xong trước mùa mưa & không phải <vay> thêm.",
                "Bộ trưởng Bộ Y tế Trần Thị Mai cho biết trạm y tế mới sẽ trực cả ngày nghỉ.",
            ),
            captions=("Người dân đi qua cầu Bến Mây.",),
            author="Hồng Hạc" if number % 2 else None,
            section="Đời sống" if number % 2 else "Thời sự",
            published=None
            if number == 7
            else f"{2021 + number % 4}-{number % 12 + 1:02}-{number % 28 + 1:02}T08:30:00+07:00",
            fetched="2025-01-02T03:04:05+07:00",
        )
        for number in range(1, 61)
    ]


def fill(path: Path) -> None:
    """Write the newsroom into a store at `path`: one article edited, one withdrawn."""
    with Store(path) as store:
        for article in articles():
            store.keep(article)
        edited = {"title": "Mở lớp dạy nghề ở Đồng Sen đợt hai", "paragraphs": ["Lớp đã mở."], "fetched": _LATER}
        store.keep(Article.from_json(articles()[1].as_json() | edited))
        store.withdraw("baomau-9", "toà soạn yêu cầu")
        store.commit()


class PlainSearcher:
    """Every word must stand in title, lead or body; marks and case count."""

    generation = "g1"
    change = 0

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._articles = [a for a in articles() if a.id != "baomau-9"]
        self.asked: list[SearchRequest] = []

    @property
    def documents(self) -> int:
        return len(self._articles)

    def search(self, request: SearchRequest) -> ResultPage:
        self.asked.append(request)
        if request.text.count('"') % 2:
            raise BadRequest("q", "a quote is not closed")
        place = decode(request)
        if place and place.generation != self.generation:
            raise CursorExpired("the index was renewed", "expired")
        found = [article for article in self._articles if self._matches(article, request)]
        found.sort(key=lambda article: article.published or "", reverse=request.sort != "oldest")
        start = place.offset if place else 0
        end = start + request.limit
        shown = found[start:end]
        chips = (Understood("abbreviation", "UBND", ("Ủy ban nhân dân",), "off=abbreviation:UBND"),)
        return ResultPage(
            query=QueryNote(request.text, None, chips if "UBND" in request.text else ()),
            total=len(found),
            relaxed=0,
            undated=sum(article.published is None for article in found),
            took_ms=1.25,
            partial=False,
            generation=self.generation,
            hits=tuple(self._hit(article, request) for article in shown),
            facets=self._facets(found),
            next=following(request, self.generation, end).encode() if end < len(found) else None,
        )

    def summary(self, request: SearchRequest) -> Summary:
        found = [article for article in self._articles if self._matches(article, request)]
        days = Counter(article.day for article in found if article.day)
        counts = tuple(DayCount(day, count) for day, count in sorted(days.items()))
        best = self._hit(found[0], request) if found else None
        return Summary(len(found), len(found) - sum(days.values()), counts, best, partial=False)

    def count(self, request: SearchRequest) -> int:
        return self.search(request).total

    def matches(self, request: SearchRequest) -> Iterator[Hit]:
        for article in self._articles:
            if self._matches(article, request):
                yield self._hit(article, request)

    def statements(self, request: SearchRequest, *, counted: bool = False) -> StatementPage:
        place = decode(request)
        if place and place.generation != self.generation:
            raise CursorExpired("the index was renewed", "expired")
        found = [article for article in self._articles if self._matches(article, request)]
        found.sort(key=lambda article: article.published or "", reverse=request.sort != "oldest")
        said = [one for one in map(self._said, found) if one.official.id in (request.wanted("said") or (SPEAKER,))]
        start = place.offset if place else 0
        end = start + request.limit
        onward = following(request, self.generation, end).encode() if end < len(said) else None
        page = StatementPage(tuple(said[start:end]), len(found), self.generation, onward)
        if not counted:
            return page
        speakers = (OfficialCount(SPEAKER, OFFICIALS[SPEAKER].name, None, len(found)),)
        return replace(page, total=len(said), first=start + 1, speakers=speakers)

    def _said(self, a: Article) -> SaidSentence:
        text = a.paragraphs[2]
        start = a.text.index(text)
        about = (a.id, a.version, a.title, a.url, a.source, a.published, OFFICIALS[SPEAKER])
        return SaidSentence(*about, text, start, start + len(text), "cho biết", False, self._topics(a))

    def marked(self, article_id: str, text_query: SearchRequest) -> MarkedArticle | None:
        for a in self._articles:
            if a.id == article_id:
                spans = tuple(_spans(line, text_query.text) for line in (*a.paragraphs, *a.captions))
                title, lead = _spans(a.title, text_query.text), _spans(a.lead or "", text_query.text)
                bodies, captions = spans[: len(a.paragraphs)], spans[len(a.paragraphs) :]
                return MarkedArticle(
                    a, title, lead, bodies, captions, self._topics(a), tuple(OFFICIALS.values()), DEEDS
                )
        return None

    def organisations(
        self, words: str = "", *, tier: str = "", place: str = "", order: str = "articles"
    ) -> tuple[OrganisationRow, ...]:
        notes = self.directory.organisations_held(tier=tier, place=place)
        return tuple(OrganisationRow(note.id, note.name, 1, note.offices, note.officials, note.last) for note in notes)

    def organisation(self, id: str) -> OrganisationPage | None:
        name = self.directory.organisation(id)
        return OrganisationPage(id, name, 1, self.directory.offices_of(id), ()) if name else None

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        named = [Suggestion("official", o.name, o.title, o.id) for o in OFFICIALS.values()]
        named += [Suggestion("topic", name, None, slug) for slug, name in TOPICS.items()]
        return tuple(offer for offer in named if offer.text.lower().startswith(text.lower()))[:limit]

    def related(self, article_id: str, limit: int = 6) -> tuple[Hit, ...]:
        return tuple(self._hit(a, SearchRequest()) for a in self._articles if a.id != article_id)[:limit]

    def topics(self) -> tuple[TopicCount, ...]:
        return self._facets(self._articles).topics

    def topic(self, slug: str) -> TopicCount | None:
        return next((topic for topic in self.topics() if topic.slug == slug), None)

    def _topics(self, article: Article) -> tuple[TopicLabel, ...]:
        slug = list(TOPICS)[int(article.id.split("-")[1]) % 3]
        return (TopicLabel(slug, TOPICS[slug]),)

    def _matches(self, article: Article, request: SearchRequest) -> bool:
        words = re.findall(r"\w+", request.text)
        day, slug = article.day, self._topics(article)[0].slug
        return (
            all(re.search(rf"\b{re.escape(word)}\b", article.text, re.IGNORECASE) for word in words)
            and all((slug == one.value) != one.excluded for one in request.filters if one.facet == "topic")
            and all(one.value in OFFICIALS and not one.excluded for one in request.filters if one.facet == "official")
            and article.source in (request.wanted("source") or (article.source,))
            and (request.since is None or (day is not None and day >= request.since))
            and (request.until is None or (day is not None and day <= request.until))
        )

    def _hit(self, article: Article, request: SearchRequest) -> Hit:
        text = article.paragraphs[0]
        return Hit(
            id=article.id,
            version=article.version,
            url=article.url,
            title=article.title,
            title_spans=_spans(article.title, request.text),
            source=article.source,
            published=article.published,
            snippets=(Snippet("body", text, _spans(text, request.text)),),
            topics=self._topics(article),
            officials=tuple(OFFICIALS.values()),
            score=1.0,
            author=article.author,
            section=article.section,
            reasons=(Reason("part", 1.0, "cầu", (("title", 1),)),) if request.explain else (),
        )

    def _facets(self, found: list[Article]) -> Facets:
        topics = Counter(self._topics(a)[0].slug for a in found)
        months = Counter(a.published[:7] for a in found if a.published)
        return Facets(
            topics=tuple(TopicCount(slug, TOPICS[slug], count) for slug, count in topics.most_common()),
            officials=tuple(OfficialCount(o.id, o.name, o.title, len(found)) for o in OFFICIALS.values() if found),
            sources=tuple(SourceCount(name, count) for name, count in Counter(a.source for a in found).most_common()),
            authorities=(AuthorityCount("co", len(found)),) if found else (),
            countries=(CountryCount("viet-nam", len(found)),) if found else (),
            months=tuple(MonthCount(month, count) for month, count in sorted(months.items())),
        )


def _spans(text: str, query: str) -> Spans:
    words = [re.escape(word) for word in re.findall(r"\w+", query)]
    return tuple(m.span() for m in re.finditer(rf"\b({'|'.join(words)})\b", text, re.IGNORECASE)) if words else ()
