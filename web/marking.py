"""Marking: printed text with spans becomes HTML with <mark>; offsets are code points, the text is never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from search.results import Spans


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A stretch of text that names an official: it links to that page."""

    start: int
    end: int
    href: str


def mark(text: str, spans: Spans) -> Markup:
    """The text with each span in a <mark>."""
    pieces, place = [], 0
    for start, end in spans:
        pieces.append(Markup("{}<mark>{}</mark>").format(text[place:start], text[start:end]))
        place = end
    return Markup("").join([*pieces, escape(text[place:])])


@dataclass
class Walk:
    """Marks the texts of one article one after another, numbering the hits so that they can be walked."""

    count: int = 0

    def mark(self, text: str, spans: Spans, mentions: Iterable[Mentioned] = ()) -> Markup:
        """The text with numbered hits (`id="hit-1"`…) and with mentions as links; the two may cross."""
        links = tuple(mentions)
        edges = {0, len(text), *(edge for span in spans for edge in span)}
        cuts = sorted(edges | {edge for link in links for edge in (link.start, link.end) if 0 <= edge <= len(text)})
        return Markup("").join(self._piece(text[start:end], start, end, spans, links) for start, end in pairwise(cuts))

    def _piece(self, piece: str, start: int, end: int, spans: Spans, links: tuple[Mentioned, ...]) -> Markup:
        html = escape(piece)
        hit = next((span for span in spans if span[0] <= start and end <= span[1]), None)
        if hit is not None:
            number = ""
            if hit[0] == start:
                self.count += 1
                number = Markup(' id="hit-{}"').format(self.count)
            html = Markup("<mark{}>{}</mark>").format(number, html)
        mention = next((link for link in links if link.start <= start and end <= link.end), None)
        return Markup('<a class="named" href="{}">{}</a>').format(mention.href, html) if mention else html
