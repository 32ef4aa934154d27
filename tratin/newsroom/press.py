"""The press: prints every page of the newsroom once, as bytes with their headers, keyed by host and path."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html.entities import codepoint2name

import jinja2
from markupsafe import Markup, escape

from tratin.newsroom.paper import Paper, papers, stories
from tratin.newsroom.story import Story

_ON_A_PAGE = 8
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_HTML, _XML = "text/html; charset=utf-8", "text/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class NewsroomAnswer:
    """One answer of the newsroom."""

    content: bytes
    type: str = _HTML
    status: int = 200
    modified: datetime | None = None
    location: str | None = None
    """Where a moved page went."""
    cookie: str | None = None
    """The challenge page: `behind` answers a request that sends this cookie."""
    behind: NewsroomAnswer | None = None
    etag: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "etag", f'"{hashlib.sha256(self.content).hexdigest()[:20]}"')

    @property
    def last_modified(self) -> str | None:
        """The HTTP date of the last change, where one is known."""
        return format_datetime(self.modified.astimezone(UTC), usegmt=True) if self.modified else None


def print_all(edition: int) -> dict[tuple[str, str], NewsroomAnswer]:
    """Every page of every paper as it stands in that edition: (host, path with query) → answer."""
    return {(paper.host, path): page for paper in papers() for path, page in _Press(paper, edition).pages()}


def slug_of(words: str) -> str:
    """Words as they stand in an address: without marks, in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    letters = "".join(c if c.isascii() else "" if unicodedata.combining(c) else " " for c in plain)
    return "-".join("".join(c if c.isalnum() else " " for c in letters).split())


class _Press:
    """Prints one paper."""

    def __init__(self, paper: Paper, edition: int) -> None:
        self._paper = paper
        everywhere = {story.slug: story for story in stories(edition)}
        self._own = [story for story in everywhere.values() if story.paper == paper.key]
        self._listed = [story for story in self._own if "hidden" not in story.traps]
        self._environment = jinja2.Environment(
            loader=jinja2.PackageLoader("tratin.newsroom"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self._environment.filters |= {"entities": _entities, "slug": slug_of, "weekday": _weekday, "us": _us_order}
        self._environment.globals |= {
            "paper": paper,
            "path": paper.story_path,
            "find": {story.slug: story for story in self._own}.get,
            "newest": self._listed[:6],
            "rfc822": format_datetime,
        }

    def pages(self) -> Iterator[tuple[str, NewsroomAnswer]]:
        """Path with query → answer, for all of this paper."""
        paper, newest = self._paper, max(story.updated for story in self._own)
        yield "/", self._list("/", paper.name, self._listed, 1, newest)
        for slug, name in paper.sections.items():
            held = [story for story in self._own if story.section == slug]
            yield from self._pages_of(slug, name, held, newest)
        for tag in sorted({tag for story in self._listed for tag in story.tags}):
            path = paper.tag_path(slug_of(tag))
            yield path, self._list(path, tag, [story for story in self._listed if tag in story.tags], 1, newest)
        for story in self._own:
            yield from self._story(story)
        yield from self._for_machines(newest)

    def _pages_of(
        self, slug: str, name: str, held: Sequence[Story], newest: datetime
    ) -> Iterator[tuple[str, NewsroomAnswer]]:
        for number in range(1, max(1, -(-len(held) // _ON_A_PAGE)) + 1):
            path = self._paper.section_path(slug, number)
            shown = held[(number - 1) * _ON_A_PAGE :]
            following = self._paper.section_path(slug, number + 1) if len(shown) > _ON_A_PAGE else ""
            yield path, self._list(path, name, shown[:_ON_A_PAGE], number, newest, following)

    def _list(
        self, path: str, heading: str, held: Sequence[Story], number: int, newest: datetime, following: str = ""
    ) -> NewsroomAnswer:
        text = self._print("list.html", path=path, heading=heading, held=held, number=number, following=following)
        return NewsroomAnswer(text.encode(), modified=newest)

    def _story(self, story: Story) -> Iterator[tuple[str, NewsroomAnswer]]:
        path = self._paper.story_path(story)
        text = self._print("article.html", story=story)
        if "nfd" in story.traps:
            text = unicodedata.normalize("NFD", text)
        content = text.encode()
        if "broken" in story.traps:
            content = content[: content.index(story.lead.encode()) + 40]
        page = NewsroomAnswer(content, modified=story.updated)
        if "challenge" in story.traps:
            value = hashlib.md5(story.slug.encode(), usedforsecurity=False).hexdigest()
            script = self._environment.get_template("challenge.html").render(value=value)
            page = NewsroomAnswer(script.encode(), cookie=f"D1N={value}", behind=page)
        yield path, page
        if story.old_path:
            yield story.old_path, NewsroomAnswer(b"", status=301, location=self._paper.root + path)

    def _for_machines(self, newest: datetime) -> Iterator[tuple[str, NewsroomAnswer]]:
        paper = self._paper
        robots = f"{paper.robots}Sitemap: {paper.root}/sitemap.xml\n"
        yield "/robots.txt", NewsroomAnswer(robots.encode(), type="text/plain; charset=utf-8")
        months: dict[str, list[Story]] = {}
        for story in self._listed:
            months.setdefault(f"{story.published:%Y-%-m}", []).append(story)
        yield "/sitemap.xml", self._machine("sitemap-index.xml", newest, months=months)
        for month, held in months.items():
            page = self._machine("sitemap-month.xml", max(story.updated for story in held), held=held)
            yield f"/sitemaps/news-{month}.xml", page
        dated = [story for story in self._listed if "undated" not in story.traps][:20]
        yield paper.feed_path, self._machine(f"{paper.family}/feed.xml", newest, held=dated)

    def _machine(self, template: str, modified: datetime, **given: object) -> NewsroomAnswer:
        text = self._environment.get_template(template).render(**given)
        return NewsroomAnswer(text.encode(), type=_XML, modified=modified)

    def _print(self, template: str, **given: object) -> str:
        return self._environment.get_template(f"{self._paper.family}/{template}").render(**given)


def _entities(words: str) -> Markup:
    """Latin-1 letters as named entities, as old editors wrote them."""
    named = (f"&{codepoint2name[ord(c)]};" if 160 <= ord(c) < 256 else c for c in str(escape(words)))
    return Markup("".join(named))


def _weekday(moment: datetime) -> str:
    return _WEEKDAYS[moment.weekday()]


def _us_order(moment: datetime) -> str:
    """`9/5/2026 1:30:00 PM`: month first, no zone, as one platform's feeds print it."""
    return f"{moment.month}/{moment.day}/{moment:%Y} {moment.hour % 12 or 12}:{moment:%M:%S} {moment:%p}"
