"""What the recognizer finds in one article: officials, their mentions and their offices."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Frame(StrEnum):
    """How a sentence says that somebody holds an office, the plainest first."""

    BESIDE = "beside"
    """Title and name in one noun phrase: `Bí thư Tỉnh ủy A`, `ông A, Bí thư Tỉnh ủy`."""
    GIVEN = "given"
    """By a verb: `được bầu giữ chức`, `hiện là`."""
    SHARED = "shared"
    """By a title in the plural, or one behind a list of names."""
    CAREER = "career"
    """In a life told in periods."""
    INFERRED = "inferred"
    """Where the article names the title alone, or completes it from elsewhere."""
    PAST = "past"
    """By a sentence that looks back or ends it: `khi còn làm`, `thôi giữ chức`, `thay ông A`."""
    DOUBTFUL = "doubtful"
    """Where the sentence may mean somebody else."""


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
    """acting (quyền, phụ trách), new (tân), late (cố), retired (nghỉ hưu), or empty."""
    place: str | None = None
    """The gazetteer's name of the place the organisation belongs to."""
    start: int = -1
    """Where the fullest form of the office stands in `Article.text`; -1 when inferred."""
    end: int = -1
    frame: Frame = Frame.BESIDE
    """How plainly the article says it: the plainest of its sentences."""


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
