"""Story: one article of the bundled newsroom, read from a Markdown file whose front matter tells what is true of it.

The file: TOML between two lines of `+++`, then `# title`, the lead as the first paragraph, and blocks parted by empty
lines: a paragraph, `## subhead`, `![caption](picture)`, or lines that begin with `- ` (printed as a list).
`[words](slug)` inside a paragraph links to another story of the paper, `[words](/path)` to a path on its host. Offices
are written `Title | Organisation`, with `(nguyên) ` before a former one and nothing after the title where the text
gives no organisation.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_PICTURE = re.compile(r"!\[(.*)\]\((\S+)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StoryBlock:
    """One block of a story's body: `kind` is paragraph, subhead, item or picture."""

    kind: str
    text: str
    """As printed, links reduced to their words; a picture's caption."""
    source: str
    """As written, links included; a picture's file name."""

    @property
    def pieces(self) -> tuple[tuple[str, str], ...]:
        """The text in pieces of (words, slug or path linked to, or empty)."""
        parts = _LINK.split(self.source)
        plain = [(words, "") for words in parts[0::3]]
        linked = list(zip(parts[1::3], parts[2::3], strict=True))
        woven = [piece for pair in zip(plain, linked, strict=False) for piece in pair]
        return tuple(piece for piece in (*woven, plain[-1]) if piece[0])


@dataclass(frozen=True, slots=True)
class StoryOffice:
    """An office that the story gives to an official, in the story's own words."""

    title: str
    organisation: str | None
    former: bool


@dataclass(frozen=True, slots=True)
class Story:
    """One edition of one article, and what a reader should find in it."""

    paper: str
    """Key of the newspaper in `papers.toml`."""
    slug: str
    edition: int
    title: str
    lead: str
    blocks: tuple[StoryBlock, ...]
    published: datetime
    updated: datetime
    section: str
    author: str
    tags: tuple[str, ...]
    related: tuple[str, ...]
    topics: tuple[str, ...]
    """Primary first."""
    officials: tuple[tuple[str, tuple[StoryOffice, ...]], ...]
    """Name and offices, in order of appearance."""
    traps: frozenset[str]
    """What is odd about the page: undated, challenge, broken, nfd, hidden (in a disallowed section)."""
    old_path: str
    """An earlier address on the same host that redirects here, or empty."""

    @property
    def running(self) -> tuple[StoryBlock, ...]:
        """The running text: paragraphs, subheads and list items in order."""
        return tuple(block for block in self.blocks if block.kind != "picture")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The running text as written, links reduced to their words."""
        return tuple(block.text for block in self.running)

    @property
    def captions(self) -> tuple[str, ...]:
        """Picture captions in order."""
        return tuple(block.text for block in self.blocks if block.kind == "picture")

    @property
    def text(self) -> str:
        """Title, lead, paragraphs and captions, a line each."""
        return "\n".join((self.title, self.lead, *self.paragraphs, *self.captions))


def read_story(path: Path) -> Story:
    """The story in the file `<paper>/<slug>.md`, or `<slug>.edition2.md` for a later edition.

    Raises:
        ValueError: naming the file and what is wrong with it.
    """
    slug, _, edition = path.stem.partition(".edition")
    try:
        _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        given = tomllib.loads(front)
        title, lead, *rest = [block.strip() for block in body.split("\n\n") if block.strip()]
        return Story(
            paper=path.parent.name,
            slug=slug,
            edition=int(edition or 1),
            title=title.removeprefix("# "),
            lead=" ".join(lead.split()),
            blocks=tuple(block for written in rest for block in _blocks(written)),
            published=given["published"],
            updated=given.get("updated", given["published"]),
            section=given["section"],
            author=given["author"],
            tags=tuple(given["tags"]),
            related=tuple(given.get("related", ())),
            topics=tuple(given["topics"]),
            officials=_officials(given.get("officials", {})),
            traps=frozenset(given.get("traps", ())),
            old_path=given.get("old_path", ""),
        )
    except (ValueError, KeyError) as error:
        raise ValueError(f"{path}: {error}") from error


def _blocks(written: str) -> tuple[StoryBlock, ...]:
    if picture := _PICTURE.fullmatch(written):
        return (StoryBlock("picture", " ".join(picture[1].split()), picture[2]),)
    if written.startswith("## "):
        return (StoryBlock("subhead", written[3:], written[3:]),)
    if written.startswith("- "):
        return tuple(_block("item", line[2:]) for line in written.split("\n"))
    return (_block("paragraph", " ".join(written.split())),)


def _block(kind: str, source: str) -> StoryBlock:
    return StoryBlock(kind, _LINK.sub(r"\1", source), source)


def _officials(given: dict[str, Any]) -> tuple[tuple[str, tuple[StoryOffice, ...]], ...]:
    return tuple((name, tuple(_office(written) for written in offices)) for name, offices in given.items())


def _office(written: str) -> StoryOffice:
    title, _, organisation = written.removeprefix("(nguyên) ").partition(" | ")
    return StoryOffice(title, organisation or None, written.startswith("(nguyên) "))
