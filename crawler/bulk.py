"""Bulk: how much markup one page may hold before reading it costs more memory than a crawl may take."""

from __future__ import annotations

MOST_TAGS = 60_000
"""Opening and closing tags of one page. A parsed element takes two kilobytes; large newspaper pages have 3,000 tags."""


def is_bulky(content: bytes) -> bool:
    """Whether the page holds more markup than is read."""
    return content.count(b"<") > MOST_TAGS


def trimmed(content: bytes) -> bytes:
    """The page up to where it has as much markup as is read: enough of a list, whose newest links come first."""
    if not is_bulky(content):
        return content
    end = -1
    for _ in range(MOST_TAGS):
        end = content.index(b"<", end + 1)
    return content[:end]
