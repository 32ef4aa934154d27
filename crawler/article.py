"""Article: what a newspaper printed on one page, the type that leaves this room. Standard library only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from crawler.errors import ArticleError
from crawler.ground.clock import in_vietnam

_ID = re.compile(r"[A-Za-z0-9._-]{1,80}")
_NOT_ID = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article, every text as printed. Missing is None or empty, never guessed."""

    id: str
    """URL-safe, `[A-Za-z0-9._-]{1,80}`, stable over versions."""
    title: str
    url: str | None = None
    """Canonical URL."""
    source: str | None = None
    """The newspaper's host name, such as `baohatinh.vn`."""
    lead: str | None = None
    """The sapo."""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    author: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601: a date-time with offset, or a date when no time is known."""
    updated: str | None = None
    fetched: str | None = None
    version: int = 1
    """1 for the first text kept under this id; the store counts on."""

    @property
    def sha256(self) -> str:
        """Hex digest of title, lead and paragraphs joined by newlines, as printed."""
        return hashlib.sha256("\n".join((self.title, self.lead or "", *self.paragraphs)).encode()).hexdigest()

    @property
    def body(self) -> str:
        """Paragraphs, then captions, a line each: the text of the body zone."""
        return "\n".join((*self.paragraphs, *self.captions))

    @property
    def text(self) -> str:
        """Title, lead and body, a line each. Offsets of officials' mentions point into this."""
        return f"{self.title}\n{self.lead or ''}\n{self.body}"

    @property
    def day(self) -> date | None:
        """The day of publication, or None when undated."""
        return date.fromisoformat(self.published[:10]) if self.published else None

    def as_json(self) -> dict[str, Any]:
        """The article as stored and exchanged, `sha256` included."""
        return {**{name: getattr(self, name) for name in _FIELDS}, "sha256": self.sha256}

    def with_version(self, version: int) -> Article:
        """The same article counted as another version."""
        return self if version == self.version else replace(self, version=version)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Article:
        """Read an exchanged object: `title` and an `id` or a `url` are needed, `body` is read as paragraphs.

        Raises:
            ArticleError: naming the field that cannot be read.
        """
        title = _text(given, "title")
        if not title:
            raise ArticleError("no title: an article needs `title` and an `id` or a `url`")
        url, source = _text(given, "url"), _text(given, "source")
        paragraphs = _lines(given, "paragraphs")
        if not paragraphs and (body := _text(given, "body")):
            paragraphs = tuple(line.strip() for line in body.split("\n") if line.strip())
        version = given.get("version") or 1
        if not isinstance(version, int) or version < 1:
            raise ArticleError(f"version is {version!r}: it counts from 1")
        return cls(
            id=_id(given, url, source),
            title=title,
            url=url,
            source=source,
            lead=_text(given, "lead"),
            paragraphs=paragraphs,
            captions=_lines(given, "captions"),
            author=_text(given, "author"),
            section=_text(given, "section"),
            tags=_lines(given, "tags"),
            published=_moment(given, "published"),
            updated=_moment(given, "updated"),
            fetched=_moment(given, "fetched"),
            version=version,
        )


_FIELDS = tuple(field.name for field in fields(Article))


def url_id(url: str, source: str | None) -> str:
    """The id of an article whose site gives no number: source and 12 hex digits of the canonical URL's hash."""
    digest = hashlib.sha256(url.encode()).hexdigest()[:12]
    return f"{_NOT_ID.sub('-', source)[:60]}-{digest}" if source else digest


def _id(given: Mapping[str, Any], url: str | None, source: str | None) -> str:
    value = given.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and value:
        if _ID.fullmatch(value):
            return value
        raise ArticleError(f"id {value[:90]!r}: only A-Z a-z 0-9 . _ - and at most 80 of them")
    if url:
        return url_id(url, source)
    raise ArticleError("neither `id` nor `url`: one of them is needed")


def _text(given: Mapping[str, Any], field: str) -> str | None:
    value = given.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ArticleError(f"{field} is a {type(value).__name__}: text is needed")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ArticleError(f"{field} holds half of a surrogate pair: the file is damaged there") from None
    return value.strip() or None


def _lines(given: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = given.get(field)
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise ArticleError(f"{field} is a {type(value).__name__}: a list of texts is needed")
    texts = (_text({field: line}, field) for line in value)
    return tuple(text for text in texts if text)


def _moment(given: Mapping[str, Any], field: str) -> str | None:
    value = _text(given, field)
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    try:
        return in_vietnam(value).isoformat()
    except (ValueError, OverflowError):
        raise ArticleError(f"{field} is {value[:40]!r}: an ISO 8601 date or date-time is needed") from None
