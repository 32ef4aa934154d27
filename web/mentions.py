"""Mentions: where an article names officials, as links from its printed text to their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.article import Article
from index.officials.posts.name_keys import office_name
from index.officials.recognition.found_officials import FoundOfficial, Position
from index.officials.recognition.recognizer import recognize
from web.backend import backend
from web.i18n import t
from web.links import link
from web.marking import OfficialLink


def mentions(article: Article) -> tuple[tuple[OfficialLink, ...], ...]:
    """The mentions in each printed text of an article: title, lead (empty if there is none), paragraphs, captions.

    The article is read again, which takes milliseconds; the registry says which official a name of it stands for.
    """
    known = backend().directory.named_in(article.id)
    lines = (article.title, article.lead or "", *article.paragraphs, *article.captions)
    if not known:
        return ((),) * len(lines)
    links = [
        OfficialLink(
            mention.start, mention.end, link("officials.official", id=known[official.name]), _who(official), place == 0
        )
        for official in recognize(article)
        if official.name in known
        for place, mention in enumerate(official.mentions)
    ]
    return _by_line(lines, sorted(links, key=lambda anchor: (anchor.start, -anchor.end)))


def _who(official: FoundOfficial) -> str:
    office = next((position for position in official.positions if not position.former), official.positions[0])
    return f"{official.name} – {_office(office)}"


def _office(position: Position) -> str:
    name = office_name(position.title, position.organisation)
    return f"{t('officials.former')} {name}" if position.former else name


def _by_line(lines: Iterable[str], links: Sequence[OfficialLink]) -> tuple[tuple[OfficialLink, ...], ...]:
    """Mentions by the line that they stand in, with offsets into it; of two that overlap, the first."""
    shared: list[tuple[OfficialLink, ...]] = []
    begin = 0
    for line in lines:
        end, last, inside = begin + len(line), 0, []
        for anchor in links:
            if begin <= anchor.start and anchor.end <= end and anchor.start - begin >= last:
                last = anchor.end - begin
                inside.append(OfficialLink(anchor.start - begin, last, anchor.href, anchor.title, anchor.first))
        shared.append(tuple(inside))
        begin = end + 1
    return tuple(shared)
