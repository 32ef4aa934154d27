"""What the recognizer finds in one article: officials, their mentions and their offices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names an official: code-point offsets into `Article.text`, end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Position:
    """An office as the article gives it: `Phó Bí thư Thường trực` of `Tỉnh ủy Hà Tĩnh`."""

    title: str
    """The head words, as printed."""
    organisation: str | None = None
    """As printed where it stands with the title, else as the article lets a reader infer it, else None."""
    former: bool = False
    mode: str = ""
    """acting (quyền, phụ trách), new (tân), late (cố), or empty."""
    place: str | None = None
    """The gazetteer's name of the place the organisation belongs to."""
    start: int = -1
    """Where the fullest form of the office stands in `Article.text`; -1 when inferred."""
    end: int = -1


@dataclass(frozen=True, slots=True)
class FoundOfficial:
    """A person whom one article names with a public office."""

    name: str
    """The fullest form in the article, as printed."""
    mentions: tuple[Mention, ...]
    positions: tuple[Position, ...]
    """In order of appearance; the first current one is shown with the name."""
    rank: str | None = None
    """Military or police rank, such as `Thượng tướng`."""
    foreign: bool = False
