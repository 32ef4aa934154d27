"""Intake: articles out of files that people bring: JSON Lines, WARC files, folders of saved pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.article import Article
from crawler.bulk import MOST_TAGS, is_bulky
from crawler.errors import ArticleError
from crawler.jsonlines import BrokenLine, read_lines
from crawler.page import NotArticle, Page
from crawler.sites.reader import read_page
from crawler.sites.site import Site
from crawler.warc import Damage, read_responses

Watch = Callable[[int, int], None]
"""Told, now and then, how many bytes of how many are read."""
JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.xz", ".ndjson", ".ndjson.gz", ".ndjson.xz")
WARC = (".warc", ".warc.gz")
SAVED = (".html", ".htm", ".mhtml.html")
MAX_SAVED = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Given:
    """An article that was read; `captured` when it was read from a capture of its page."""

    article: Article
    captured: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not be read: `where` is `file:line`, `file@offset` or a file."""

    where: str
    reason: str


def read_path(path: Path, sites: Sequence[Site], watch: Watch) -> Iterator[Given | Rejected]:
    """Every article of a file, or of a folder's files and folders in the order of their names; never raises."""
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file() and one.name.lower().endswith((*JSON_LINES, *WARC, *SAVED)):
                yield from read_path(one, sites, watch)
        return
    name = path.name.lower()
    try:
        if name.endswith(JSON_LINES):
            yield from _json_lines(path, watch)
        elif name.endswith(WARC):
            yield from _captures(path, sites, watch)
        elif name.endswith(SAVED):
            yield _saved(path, sites)
        else:
            known = ", ".join((*JSON_LINES[:3], *WARC, *SAVED[:2]))
            yield Rejected(str(path), f"nothing known by this name: {known} and folders of them are read")
    except OSError as error:
        yield Rejected(str(path), f"{error.strerror or error}: check the path and its permissions")


def _json_lines(path: Path, watch: Watch) -> Iterator[Given | Rejected]:
    for line in read_lines(path, watch):
        where = f"{path}:{line.number}"
        if isinstance(line, BrokenLine):
            yield Rejected(where, line.reason)
            continue
        try:
            yield Given(Article.from_json(line.value))
        except ArticleError as error:
            yield Rejected(where, str(error))


def _captures(path: Path, sites: Sequence[Site], watch: Watch) -> Iterator[Given | Rejected]:
    for place, found in read_responses(path, watch):
        if isinstance(found, Damage):
            yield Rejected(f"{path}@{place}", found.reason)
        elif found.status == 200 and _is_html(found):
            yield _reading(found, sites, f"{path}@{place} {found.final_url}", captured=True)


def _saved(path: Path, sites: Sequence[Site]) -> Given | Rejected:
    size = path.stat().st_size
    if size > MAX_SAVED:
        return Rejected(str(path), f"{size} bytes are too many for a page: at most {MAX_SAVED} are read")
    return _reading(Page("", "", path.read_bytes()), sites, str(path), captured=False)


def _reading(page: Page, sites: Sequence[Site], where: str, *, captured: bool) -> Given | Rejected:
    if is_bulky(page.content):
        return Rejected(where, f"more than {MOST_TAGS} tags: no article is")
    site = next((site for site in sites if site.owns(page.final_url)), None)
    reading = read_page(page, site)
    if isinstance(reading.article, NotArticle):
        return Rejected(where, f"no article ({reading.article.kind}): {reading.article.reason}")
    return Given(reading.article, captured)


def _is_html(page: Page) -> bool:
    kind = page.headers.get("content-type", "")
    return "html" in kind or (not kind and b"<html" in page.content[:2048].lower())
