"""Snippets: pieces of the printed text around the matches, cut at sentence or clause bounds.

Marks come from stored positions and offsets, so exactly what matched is marked, and nothing is analysed again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from search.results import Snippet, Spans

LONGEST = 280
"""Characters of a snippet, at most (one clause without a pause may be longer)."""
SHORTEST = 110
"""A shorter sentence takes the next one with it."""
_REACH = 2 * LONGEST
"""A sentence is looked for so many characters around a mark."""
_MOST_PIECES = 40
"""So many sentences with marks are weighed, from the beginning of the text."""

_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]*\s+|\n+")
_PAUSE = re.compile(r"(?<=[,;:])\s+|\s+(?=[–—-]\s)|\s+(?=\()")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One match: offsets into a zone's text, end exclusive, and the number of the clause that matched."""

    start: int
    end: int
    clause: int = 0


_place, _start = attrgetter("start", "end"), attrgetter("start")
_end = itemgetter(1)


def spans_of(marks: Sequence[Mark]) -> Spans:
    """The marks as disjoint spans in order; what overlaps is joined."""
    spans: list[tuple[int, int]] = []
    for mark in sorted(marks, key=_place):
        if spans and mark.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end))
        else:
            spans.append((mark.start, mark.end))
    return tuple(spans)


def cut(text: str, marks: Sequence[Mark], field: str, most: int = 2) -> tuple[Snippet, ...]:
    """Up to `most` snippets of `text` that show the most clauses, in text order; none without marks."""
    if not marks or most < 1:
        return ()
    ordered = sorted(marks, key=_place)
    pieces = _pieces(text, ordered)
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    while pieces and len(chosen) < most:
        best = max(pieces, key=lambda piece: _worth(piece, ordered, shown))
        fresh = {mark.clause for mark in _within(ordered, best)} - shown
        chosen.append(best)
        shown |= fresh
        pieces = [piece for piece in pieces if piece[1] <= best[0] or piece[0] >= best[1]]
    return tuple(_snippet(text, piece, ordered, field) for piece in sorted(chosen))


def opening(text: str, field: str) -> Snippet:
    """The first sentences of a text without marks."""
    end = len(text) if len(text) <= LONGEST else _last_pause(text, 0, LONGEST)
    return Snippet(field, text[:end].rstrip() + ("" if end == len(text) else " …"), ())


def _pieces(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """One candidate for every sentence with a mark: the sentence, narrowed or widened to a readable length."""
    pieces: list[tuple[int, int]] = []
    gaps = [gap.span() for gap in _SENTENCE.finditer(text)]
    for mark in marks:
        if pieces and mark.end <= pieces[-1][1]:
            continue
        start, end = _sentence_start(text, mark.start, gaps), _sentence_end(text, mark.end)
        if end - start < SHORTEST:
            longer = _sentence_end(text, min(end + 1, len(text)))
            end = longer if longer - start <= LONGEST else end
        if end - start > LONGEST:
            start, end = _narrowed(text, start, end, mark)
        pieces.append((start, end))
        if len(pieces) == _MOST_PIECES:
            break
    return pieces


def _sentence_start(text: str, at: int, gaps: Sequence[tuple[int, int]]) -> int:
    """Where the sentence around `at` begins, or the start of the stretch that is looked at."""
    low = max(0, at - _REACH)
    last = bisect_right(gaps, at, key=_end) - 1
    return gaps[last][1] if last >= 0 and gaps[last][0] >= low else low


def _sentence_end(text: str, at: int) -> int:
    """Where the sentence around `at` ends, its stop included, or the end of the stretch that is looked at."""
    high = min(len(text), at + _REACH)
    gap = _SENTENCE.search(text, max(0, at - 1), high)
    return gap.start() + len(gap.group().rstrip()) if gap else high


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


def _within(marks: Sequence[Mark], piece: tuple[int, int]) -> Sequence[Mark]:
    low = bisect_left(marks, piece[0], key=_start)
    high = bisect_left(marks, piece[1], key=_start)
    return [mark for mark in marks[low:high] if mark.end <= piece[1]]


def _worth(piece: tuple[int, int], marks: Sequence[Mark], shown: set[int]) -> tuple[int, int, int]:
    inside = _within(marks, piece)
    clauses = {mark.clause for mark in inside}
    covered = sum(mark.end - mark.start for mark in inside)
    return len(clauses - shown), covered, -piece[0]


def _snippet(text: str, piece: tuple[int, int], marks: Sequence[Mark], field: str) -> Snippet:
    start, end = piece
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    before = "… " if start > 0 and text[start - 1] != "\n" and not _starts_sentence(text, start) else ""
    after = " …" if end < len(text) and text[end - 1] not in ".!?…" and text[end] != "\n" else ""
    shift = len(before) - start
    inside = _within(marks, (start, end))
    spans = spans_of([Mark(mark.start + shift, mark.end + shift, mark.clause) for mark in inside])
    return Snippet(field, f"{before}{text[start:end]}{after}", spans)


def _starts_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in {".", "!", "?", "…", '"', "”", ""}
