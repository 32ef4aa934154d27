"""Paper: one invented newspaper, its addresses, and the stories that stand in it on a given day of the crawl."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from crawler.sites.site import Site
from tratin.newsroom.story import Story, read_story

_ROOM = files("tratin.newsroom")


@dataclass(frozen=True, slots=True)
class Paper:
    """One newspaper of the newsroom, as `papers.toml` describes it."""

    key: str
    host: str
    name: str
    owner: str
    family: str
    article: str
    """Regular expression of the paths of its articles."""
    robots: str
    """Its robots.txt, the Sitemap line apart."""
    sections: Mapping[str, str]
    """Slug → name."""

    @property
    def root(self) -> str:
        """The address of the front page, without a final slash."""
        return f"https://{self.host}"

    @property
    def feed_path(self) -> str:
        """Where the newest stories stand as RSS."""
        return {"mcms": "/rss/home.rss", "vccorp": "/home.rss", "ttxvn": "/tin-moi-nhat.rss"}[self.family]

    @property
    def site(self) -> Site:
        """The newspaper as the crawler's catalogue would describe it."""
        return Site(
            host=self.host,
            name=self.name,
            family=self.family,
            feeds=(self.root + self.feed_path,),
            sitemaps=(f"{self.root}/sitemap.xml",),
            lists=(f"{self.root}/", *(self.root + self.section_path(slug) for slug in self.sections)),
            article=self.article,
            delay=0.0,
            evidence="page: the bundled newsroom",
        )

    def section_path(self, slug: str, page: int = 1) -> str:
        """Path of a section's list, as the family numbers its pages."""
        if self.family == "mcms":
            return f"/{slug}/" if page == 1 else f"/{slug}/?page={page}"
        if page == 1:
            return f"/{slug}.htm"
        if self.family == "vccorp":
            return f"/timelinelist/{2010 + list(self.sections).index(slug)}/{page}.htm"
        return f"/{slug}/trang-{page}.htm"

    def tag_path(self, tag_slug: str) -> str:
        """Path of a tag's list."""
        number = zlib.crc32(tag_slug.encode()) % 90_000 + 10_000
        forms = {"mcms": "/tu-khoa/{0}-tag{1}.html", "vccorp": "/{0}.html", "ttxvn": "/{0}-tag{1}.htm"}
        return forms[self.family].format(tag_slug, number)

    def story_path(self, story: Story) -> str:
        """Path of a story: the slug and the number that this family would give it."""
        when = story.published
        milliseconds = zlib.crc32(story.slug.encode()) % 1000
        if self.family == "mcms":
            number = int(when.timestamp()) // 600 - 2_700_000 + 40_000
            return f"/{story.slug}-post{number}.html"
        if self.family == "vccorp":
            return f"/{story.slug}-131{when:%y%m%d%H%M%S}{milliseconds:03}.htm"
        return f"/{story.section}/{story.slug}-{when:%Y%m%d%H%M%S}{milliseconds:03}.htm"


@cache
def papers() -> tuple[Paper, ...]:
    """The newspapers of the bundled newsroom."""
    given = tomllib.loads((_ROOM / "papers.toml").read_text(encoding="utf-8"))
    return tuple(Paper(key=key, **entry) for key, entry in given.items())


@cache
def stories(edition: int = 1) -> tuple[Story, ...]:
    """Every story as it stands in that edition, newest first: the latest text that is not later than `edition`."""
    standing: dict[tuple[str, str], Story] = {}
    with as_file(_ROOM / "stories") as folder:
        for path in sorted(folder.glob("*/*.md")):
            story = read_story(path)
            held = standing.get((story.paper, story.slug))
            if story.edition <= edition and (held is None or held.edition < story.edition):
                standing[story.paper, story.slug] = story
    return tuple(sorted(standing.values(), key=lambda story: story.published, reverse=True))
