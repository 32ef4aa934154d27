"""Marking: printed text with spans becomes HTML with <mark>; offsets are code points, the text is never changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from search.results import Spans

_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class OfficialLink:
    """A stretch of text that names an official: it links to that page."""

    start: int
    end: int
    href: str
    title: str
    """Who this is in this article: name and office."""
    first: bool
    """Whether the article names this official here for the first time: only then a stop for the Tab key."""


def mark(text: str, spans: Spans) -> Markup:
    """The text with each span in a <mark>."""
    written = str if len(escape(text)) == len(text) else escape  # most text has nothing to escape
    pieces: list[str] = []
    place = 0
    for start, end in spans:
        pieces += (written(text[place:start]), "<mark>", written(text[start:end]), "</mark>")
        place = end
    return Markup("".join([*pieces, written(text[place:])]))


def code_words(text: str) -> Markup:
    """The text with what stands between backticks as <code>."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


@dataclass
class HitMarker:
    """Marks the texts of one article one after another, numbering the hits so that they can be walked."""

    count: int = 0

    def mark(self, text: str, spans: Spans, mentions: Iterable[OfficialLink] = ()) -> Markup:
        """The text with numbered hits (`id="hit-1"`…) and with mentions as links.

        A hit within a mention is a <mark> within its <a>; one that crosses its edge is two marks of one number.
        Mentions are in order and do not overlap; neither do hits.
        """
        return Markup("").join(self._pieces(text, spans, mentions))

    def _pieces(self, text: str, spans: Spans, mentions: Iterable[OfficialLink]) -> Iterator[Markup]:
        place = 0
        for mention in mentions:
            yield self._marked(text, place, mention.start, spans)
            inside = self._marked(text, mention.start, mention.end, spans)
            aside = "" if mention.first else Markup(' tabindex="-1"')
            yield Markup('<a class="named" href="{}" title="{}"{}>{}</a>').format(
                mention.href, mention.title, aside, inside
            )
            place = mention.end
        yield self._marked(text, place, len(text), spans)

    def _marked(self, text: str, start: int, end: int, spans: Spans) -> Markup:
        """The text from `start` to `end`, with the parts of the spans that lie in it marked."""
        pieces, place = [], start
        for begin, stop in spans:
            left, right = max(begin, start), min(stop, end)
            if left < right:
                pieces.append(escape(text[place:left]) + self._hit(text[left:right], whole=begin == left))
                place = right
        return Markup("").join([*pieces, escape(text[place:end])])

    def _hit(self, piece: str, *, whole: bool) -> Markup:
        if not whole:
            return Markup("<mark>{}</mark>").format(piece)
        self.count += 1
        return Markup('<mark id="hit-{}">{}</mark>').format(self.count, piece)
