"""Mentions: where an article names officials, as links from its printed text to their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.article import Article
from index.officials.posts.naming import office_name
from index.officials.recognition.found import FoundOfficial, Position
from index.officials.recognition.recognizer import recognize
from web.i18n import t
from web.links import link
from web.marking import Mentioned
from web.parts import parts

Line = tuple[Mentioned, ...]


def mentions(article: Article) -> tuple[Line, ...]:
    """The mentions in each printed text of an article: title, lead (empty if there is none), paragraphs, captions.

    The article is read again, which takes milliseconds; the registry says which official a name of it stands for.
    """
    known = parts().directory.named_in(article.id)
    lines = (article.title, article.lead or "", *article.paragraphs, *article.captions)
    if not known:
        return ((),) * len(lines)
    told = [
        Mentioned(mention.start, mention.end, link("officials.official", id=known[one.name]), _who(one), place == 0)
        for one in recognize(article)
        if one.name in known
        for place, mention in enumerate(one.mentions)
    ]
    return _by_line(lines, sorted(told, key=lambda one: (one.start, -one.end)))


def _who(official: FoundOfficial) -> str:
    office = next((position for position in official.positions if not position.former), official.positions[0])
    return f"{official.name} – {_office(office)}"


def _office(position: Position) -> str:
    name = office_name(position.title, position.organisation)
    return f"{t('officials.former')} {name}" if position.former else name


def _by_line(lines: Iterable[str], told: Sequence[Mentioned]) -> tuple[Line, ...]:
    """Mentions by the line that they stand in, with offsets into it; of two that overlap, the first."""
    shared: list[Line] = []
    begin = 0
    for line in lines:
        end, last, inside = begin + len(line), 0, []
        for one in told:
            if begin <= one.start and one.end <= end and one.start - begin >= last:
                last = one.end - begin
                inside.append(Mentioned(one.start - begin, last, one.href, one.title, one.first))
        shared.append(tuple(inside))
        begin = end + 1
    return tuple(shared)
