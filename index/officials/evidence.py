"""Evidence: the printed sentence that gives a person an office, and the day it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from crawler.article import Article
from index.officials.events import dates
from index.officials.found import FoundOfficial, Position

_END = re.compile(r"[.!?…]['\"”’)\]]*\s+(?=[\"“'(\[]?[^\W\d_])|\n+")
_NO_END = re.compile(r"(?:\b(?:TP|Tp|TX|Tx|TT|ThS|TS|PGS|GS|BS|Q|H|P|X|Tr|T\.Ư|[A-ZĐ])|\.\.)\.$")
_LONGEST = 420
_WORD = 40
_EARLIER, _LATER = 45, 7
"""Days around an article's own day in which a day said in a sentence is taken for the day of what it tells."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence: code-point offsets into `Article.text`, end exclusive, and the day it is evidence for."""

    start: int
    end: int
    text: str
    day: date | None
    said: bool
    """Whether the sentence says the day; else it is the article's own day."""


class Sentences:
    """The sentences of one article's text."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._day = article.day
        self._starts = [0]
        for match in _END.finditer(self._text):
            if match[0].isspace() or not _NO_END.search(self._text[max(0, match.start() - 6) : match.start() + 1]):
                self._starts.append(match.end())

    def evidence(self, official: FoundOfficial, position: Position) -> Evidence:
        """The sentence that names the office, or the official where the office is inferred."""
        at = position.start if position.start >= 0 else official.mentions[0].start
        end = position.end if position.start >= 0 else official.mentions[0].end
        named = min(official.mentions, key=lambda mention: abs(mention.start - at))
        first, last = sorted((self._sentence(at), self._sentence(named.start)))
        if last - first > 1:
            first = last = self._sentence(at)
        start, stop = self._starts[first], self._stop(last)
        start, stop = self._cut(start, stop, min(at, named.start), max(end, named.end))
        said = self._said(start, stop)
        return Evidence(start, stop, self._text[start:stop], said or self._day, said is not None)

    def _sentence(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _stop(self, sentence: int) -> int:
        stop = self._starts[sentence + 1] if sentence + 1 < len(self._starts) else len(self._text)
        return len(self._text[:stop].rstrip()) if stop else 0

    def _cut(self, start: int, stop: int, needed: int, needed_end: int) -> tuple[int, int]:
        """A window of at most `_LONGEST` characters around what is needed, cut between words."""
        if stop - start <= _LONGEST:
            return start, stop
        before = max(start, min(needed - 120, stop - _LONGEST))
        after = min(stop, max(before + _LONGEST, min(needed_end, before + 2 * _LONGEST)))
        if before > start:
            before = self._text.find(" ", before, before + _WORD) + 1 or before
        if after < stop:
            space = self._text.rfind(" ", after - _WORD, after)
            after = space if space > 0 else after
        return before, after

    def _said(self, start: int, stop: int) -> date | None:
        if self._day is None:
            return next((said.day for said in dates(self._text[start:stop], None)), None)
        for said in dates(self._text[start:stop], self._day):
            if -_EARLIER <= (said.day - self._day).days <= _LATER:
                return said.day
        return None
