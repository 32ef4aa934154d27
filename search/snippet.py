"""Snippets: pieces of the printed text around the matches, cut at sentence or clause bounds.

Marks come from stored positions and offsets, so exactly what matched is marked, and nothing is analysed again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.engine import Mark
from search.results import Snippet, Spans

LONGEST = 280
"""Characters of a snippet, at most (one clause without a pause may be longer)."""
SHORTEST = 110
"""A shorter sentence takes the next one with it."""
_REACH = 2 * LONGEST
"""Sentences are looked for so many characters before the first mark of a line and after its last."""

# Begins with a set, not with a choice: it is found three times as fast.
_SENTENCE = re.compile(r"[.!?…\n](?:(?<=\n)\s*|[\"”’»)\]]*\s+)")
_PAUSE = re.compile(r"(?<=[,;:])\s+|(?<!\s)\s++(?=[–—-]\s|\()")
_SPACE = re.compile(r"\s+")


class Piece(NamedTuple):
    """A candidate for a snippet: offsets, the clauses of the marks within, and how many characters those cover."""

    start: int
    end: int
    clauses: frozenset[int]
    covered: int

    def worth(self, shown: set[int]) -> Worth:
        """What it is worth beside the clauses shown already."""
        return len(self.clauses - shown), self.covered, -self.start


Worth = tuple[int, int, int]
"""Clauses not shown yet, characters marked, and the earlier the better."""


@dataclass(slots=True)
class _Paragraph:
    """A line of text with marks, and what a piece that begins in it can hold at most: later lines' marks too."""

    start: int
    end: int
    marks: Sequence[Mark]
    clauses: set[int]
    covered: int
    pieces: list[Piece] | None = None
    """Cut when first asked for."""

    def most(self, shown: set[int]) -> Worth:
        """No piece is worth more."""
        return len(self.clauses - shown), self.covered, -self.start


def spans_of(marks: Sequence[Mark]) -> Spans:
    """The marks as disjoint spans in order; what overlaps is joined."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in sorted(marks):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return tuple(spans)


def cut(text: str, marks: Sequence[Mark], field: str, most: int = 2) -> tuple[Snippet, ...]:
    """Up to `most` snippets of `text` that show the most clauses, in text order; none without marks."""
    if not marks or most < 1:
        return ()
    ordered = sorted(marks)
    paragraphs = _paragraphs(text, ordered)
    chosen: list[Piece] = []
    shown: set[int] = set()
    while len(chosen) < most and (best := _best(text, ordered, paragraphs, shown, chosen)):
        chosen.append(best)
        shown |= best.clauses
    return tuple(_snippet(text, piece.start, piece.end, ordered, field) for piece in sorted(chosen))


def _paragraphs(text: str, marks: Sequence[Mark]) -> list[_Paragraph]:
    """The lines that have marks, in order; bounded by the next one too, and by all that their marks reach."""
    found: list[_Paragraph] = []
    first = 0
    while first < len(marks):
        start = text.rfind("\n", 0, marks[first].start) + 1
        end = text.find("\n", marks[first].start)
        end = len(text) if end < 0 else end
        last = bisect_left(marks, (end,), lo=first + 1)
        own = marks[first:last]
        clauses, covered = {mark.clause for mark in own}, sum(mark.end - mark.start for mark in own)
        found.append(_Paragraph(start, end, own, clauses, covered))
        first = last
    for at, paragraph in enumerate(found, 1):
        reached = max(mark.end for mark in paragraph.marks)
        while at < len(found):
            paragraph.clauses = paragraph.clauses | {mark.clause for mark in found[at].marks}
            paragraph.covered += sum(mark.end - mark.start for mark in found[at].marks)
            if found[at].start > reached:
                break
            at += 1
    return found


def _best(
    text: str, marks: Sequence[Mark], paragraphs: Sequence[_Paragraph], shown: set[int], chosen: Sequence[Piece]
) -> Piece | None:
    """The piece of the most worth beside those chosen; lines that cannot hold a better one are not cut."""
    best, worth = None, (-1, 0, 0)
    for paragraph in sorted(paragraphs, key=lambda line: line.most(shown), reverse=True):
        if paragraph.most(shown) <= worth:
            break
        if paragraph.pieces is None:
            paragraph.pieces = list(_pieces(text, paragraph, marks))
        for piece in paragraph.pieces:
            its = piece.worth(shown)
            if its > worth and all(piece.end <= other.start or piece.start >= other.end for other in chosen):
                best, worth = piece, its
    return best


def opening(text: str, field: str) -> Snippet:
    """The first sentences of a text without marks."""
    end = len(text) if len(text) <= LONGEST else _last_pause(text, 0, LONGEST)
    return Snippet(field, text[:end].rstrip() + ("" if end == len(text) else " …"), ())


def _pieces(text: str, paragraph: _Paragraph, marks: Sequence[Mark]) -> Iterator[Piece]:
    """One candidate for every sentence with a mark: the sentence, narrowed or widened to a readable length."""
    low = max(paragraph.start, paragraph.marks[0].start - _REACH)
    high = min(len(text), max(mark.end for mark in paragraph.marks) + _REACH)
    gaps = list(_SENTENCE.finditer(text, low, high))
    begins, ends = [gap.start() for gap in gaps], [gap.end() for gap in gaps]
    reached = -1
    for mark in paragraph.marks:
        if mark.end <= reached:
            continue
        before = bisect_right(ends, mark.start)
        after = bisect_left(begins, mark.end - 1, lo=before)  # a mark may end with the stop
        start = gaps[before - 1].end() if before else low
        end = _stop(gaps[after]) if after < len(gaps) else high
        if end - start < SHORTEST and after < len(gaps) and "\n" not in gaps[after].group():
            longer = _stop(gaps[after + 1]) if after + 1 < len(gaps) else high
            end = longer if longer - start <= LONGEST else end
        if end - start > LONGEST:
            start, end = _narrowed(text, start, end, mark)
        clauses, covered = set(), 0
        for opens, closes, clause in _within(marks, start, end):
            clauses.add(clause)
            covered += closes - opens
        yield Piece(start, end, frozenset(clauses), covered)
        reached = end


def _stop(gap: re.Match[str]) -> int:
    """Where a sentence ends, its stop and closing signs included."""
    return gap.start() + len(gap.group().rstrip())


def _narrowed(text: str, start: int, end: int, mark: Mark) -> tuple[int, int]:
    """A part of a long sentence around `mark`, from a pause to a pause (or a space) where there is one."""
    low = max(start, mark.start - LONGEST // 3)
    if low > start:
        pause = _PAUSE.search(text, low, mark.start) or _SPACE.search(text, low, mark.start)
        low = pause.end() if pause else mark.start
    high = min(end, max(low + LONGEST, mark.end))
    if high < end:
        high = max(_last_pause(text, low, high), mark.end)
    return low, high


def _last_pause(text: str, low: int, high: int) -> int:
    """The last clause bound before `high`, in the second half of the stretch; else the last space."""
    middle = (low + high) // 2
    found = [gap.start() for gap in _PAUSE.finditer(text, middle, high)]
    found = found or [gap.start() for gap in _SPACE.finditer(text, middle, high)]
    return found[-1] if found else high


def _within(marks: Sequence[Mark], start: int, end: int) -> Sequence[Mark]:
    first = bisect_left(marks, (start,))  # of tuples, faster than with a key
    last = bisect_left(marks, (end,), lo=first)
    return [mark for mark in marks[first:last] if mark.end <= end]


def _snippet(text: str, start: int, end: int, marks: Sequence[Mark], field: str) -> Snippet:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    before = "… " if start > 0 and text[start - 1] != "\n" and not _starts_sentence(text, start) else ""
    after = " …" if end < len(text) and text[end - 1] not in ".!?…" and text[end] != "\n" else ""
    shift = len(before) - start
    inside = _within(marks, start, end)
    spans = spans_of([Mark(mark.start + shift, mark.end + shift, mark.clause) for mark in inside])
    return Snippet(field, f"{before}{text[start:end]}{after}", spans)


def _starts_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in {".", "!", "?", "…", '"', "”", ""}
