"""What an editor changed: two versions of an article compared paragraph by paragraph, then word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from crawler.article import Article

_WORD = re.compile(r"\s+|\w+(?:[.,:/-]\w+)*%?|[^\w\s]")
"""Numbers, times, dates and document numbers are one word: `1.234,5`, `08:30`, `15/2020/NĐ-CP`, `7%`."""
_LONGEST = 4000
"""Words of a changed passage that are compared one by one; a longer passage is shown as replaced."""
_MOST_LINES = 2000
"""Paragraphs that are compared; an article of more is shown as gone and come."""

Edit = Literal["same", "gone", "came"]


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A stretch of text that stayed, went or came."""

    kind: Edit
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the comparison: `part` is title, lead, paragraph or caption."""

    part: str
    pieces: tuple[DiffPiece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it went or came."""
        return any(piece.kind != "same" for piece in self.pieces)


def compare(before: Article, after: Article) -> tuple[Passage, ...]:
    """Every passage of both versions in reading order."""
    passages = [Passage("title", words(before.title, after.title))]
    if before.lead or after.lead:
        passages.append(Passage("lead", words(before.lead or "", after.lead or "")))
    for part, old, new in (
        ("paragraph", before.paragraphs, after.paragraphs),
        ("caption", before.captions, after.captions),
    ):
        passages += [Passage(part, pieces) for pieces in _lines(old, new)]
    return tuple(passages)


def words(old: str, new: str) -> tuple[DiffPiece, ...]:
    """Two texts compared word by word; joined, the pieces that are not `came` give `old`, not `gone` give `new`."""
    if old == new:
        return (DiffPiece("same", old),) if old else ()
    left, right = _WORD.findall(old), _WORD.findall(new)
    if max(len(left), len(right)) > _LONGEST:
        return _whole(old, new)
    pieces: list[DiffPiece] = []
    gone = came = ""
    for change, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        before, after = "".join(left[a:b]), "".join(right[c:d])
        if change == "equal" and not (before.isspace() and (gone or came)):
            pieces += [*_whole(gone, came), DiffPiece("same", before)]
            gone = came = ""
        else:
            # A space between two changed words belongs to the change: one passage reads better than an island a word.
            gone, came = gone + before, came + after
    return (*pieces, *_whole(gone, came))


def _whole(old: str, new: str) -> tuple[DiffPiece, ...]:
    return tuple(piece for piece in (DiffPiece("gone", old), DiffPiece("came", new)) if piece.text)


def _lines(old: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[DiffPiece, ...]]:
    found: list[tuple[DiffPiece, ...]] = []
    if old != new and max(len(old), len(new)) > _MOST_LINES:
        return [*(_whole(line, "") for line in old), *(_whole("", line) for line in new)]
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            found += [(DiffPiece("same", line),) for line in old[a:b]]
            continue
        pairs = min(b - a, d - c)
        found += [words(*pair) for pair in zip(old[a : a + pairs], new[c : c + pairs], strict=True)]
        found += [(DiffPiece("gone", line),) for line in old[a + pairs : b]]
        found += [(DiffPiece("came", line),) for line in new[c + pairs : d]]
    return found
