"""Bulk: how much one page or article may hold before reading it costs more time and memory than any is worth."""

from __future__ import annotations

from crawler.article import Article

MOST_TEXT = 4_000_000
"""Characters of one article; the longest laws have a million."""
LONGEST_TITLE = 2_000
"""Characters of one title; a headline has a hundred."""
MOST_TAGS = 60_000
"""Opening and closing tags of one page. A parsed element takes two kilobytes; large newspaper pages have 3,000 tags."""


def is_bulky(content: bytes) -> bool:
    """Whether the page holds more markup than is read."""
    return content.count(b"<") > MOST_TAGS


def too_much(article: Article) -> str | None:
    """Why a text is longer than any article is, or None."""
    if len(article.title) > LONGEST_TITLE:
        return f"a title of {len(article.title):,} characters: no title has more than {LONGEST_TITLE:,}"
    size = len(article.lead or "") + sum(map(len, article.paragraphs)) + sum(map(len, article.captions))
    return f"{size:,} characters: no article has more than {MOST_TEXT:,}; split it" if size > MOST_TEXT else None


def trimmed(content: bytes) -> bytes:
    """The page up to where it has as much markup as is read: enough of a list, whose newest links come first."""
    if not is_bulky(content):
        return content
    end = -1
    for _ in range(MOST_TAGS):
        end = content.index(b"<", end + 1)
    return content[:end]
