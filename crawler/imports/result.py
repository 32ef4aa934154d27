"""What an import gives: articles, what was rejected and why, and what was passed over."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.article import Article


@dataclass(frozen=True, slots=True)
class Imported:
    """An article that was read, and what it was read from."""

    article: Article
    where: str
    """`file:line`, `file@offset`, `file#row` or a file."""
    captured: bool = False
    """Whether it was read from a capture of its page."""
    names: tuple[tuple[str, str], ...] = ()
    """Our fields and the names that they had there, where those differ."""
    unread: tuple[str, ...] = ()
    """Names of fields that hold something and that nobody reads."""
    doubts: tuple[str, ...] = ()
    """What was changed or left out, in words."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """What should be an article and could not be read."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """What is there and is no article: pictures, requests, redirects; counted by kind."""

    kind: str


Result = Imported | Rejected | Skipped
