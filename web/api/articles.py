"""`articles/<id>` and its versions."""

from __future__ import annotations

from dataclasses import dataclass, fields

from flask import request

from crawler.article import Article
from crawler.store.reading import VersionNote
from search.request import SearchRequest
from search.results import OfficialLabel, TopicLabel
from web.api.operation import operation
from web.backend import backend
from web.pages.article import readable
from web.params import Parameter, whole

_ID = Parameter("id", "Article id.", {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,80}$"})
_VERSION = Parameter(
    "version", "A kept version; the latest without it.", {"type": "integer", "minimum": 1, "maximum": 999999}, 1
)


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article as stored, with its topics and officials."""

    id: str
    title: str
    url: str | None
    source: str | None
    lead: str | None
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    author: str | None
    section: str | None
    tags: tuple[str, ...]
    published: str | None
    updated: str | None
    fetched: str | None
    version: int
    sha256: str
    topics: tuple[TopicLabel, ...]
    officials: tuple[OfficialLabel, ...]
    text_withheld: bool
    """True on a server that shows snippets only: paragraphs and captions are empty."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The kept versions of an article."""

    versions: tuple[VersionNote, ...]


@operation("/articles/<id>", ArticlePage, parameters=(_VERSION,), problems=(404, 410), id=_ID)
def article(id: str) -> ArticlePage:
    """One article with its officials and topics.

    A withdrawn article answers 410. Topics and officials are those of the indexed version.
    """
    version = whole(request.args, "version", 1, 1, 999999) if "version" in request.args else None
    stored = readable(id, version)
    marked = backend().searcher.marked(id, SearchRequest())
    withheld = backend().settings.snippets_only
    printed = {field.name: getattr(stored, field.name) for field in fields(Article)}
    if withheld:
        printed |= {"paragraphs": (), "captions": ()}
    return ArticlePage(
        **printed,
        sha256=stored.sha256,
        topics=marked.topics if marked else (),
        officials=marked.officials if marked else (),
        text_withheld=withheld,
    )


@operation("/articles/<id>/versions", Versions, problems=(404, 410), id=_ID)
def versions(id: str) -> Versions:
    """Every kept version of one article, oldest first."""
    readable(id)
    return Versions(backend().articles.versions(id))
