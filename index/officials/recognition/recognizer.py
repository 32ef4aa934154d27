"""Officials of one article, from its text alone."""

from __future__ import annotations

from dataclasses import replace

from crawler.article import Article
from index.officials.recognition.anaphora import complete, whole
from index.officials.recognition.careers import add_careers, look_back
from index.officials.recognition.found_officials import FoundOfficial, Frame, Mention
from index.officials.recognition.gazetteer import Place
from index.officials.recognition.grammar import assign
from index.officials.recognition.held_positions import positions
from index.officials.recognition.home import country, home
from index.officials.recognition.lexicon import surname
from index.officials.recognition.names import vietnamese
from index.officials.recognition.people import NamedPerson, gathered, likely, spans
from index.officials.recognition.sequence import elements
from index.officials.recognition.sharing import commemorated, left_all
from index.officials.recognition.titles import PrintedTitle
from index.officials.recognition.token_text import TokenText

VERSION = "14"
"""Changes whenever the same text may give other officials."""


def recognize(article: Article) -> tuple[FoundOfficial, ...]:
    """Every person whom the article names with a public office, in order of appearance."""
    return recognize_text(article.text)


def recognize_text(text: str) -> tuple[FoundOfficial, ...]:
    """As `recognize`, for a text alone; offsets point into it."""
    r = TokenText(text)
    found = elements(r)
    people = assign(r, found)
    add_careers(r, found)
    province = home(found)
    nation = None if province else country(r, found)
    known = gathered(r, people)
    for person in known:
        look_back(r, person.mentions)
    complete(r, found, known)
    whole(r, found, known)
    officials = (_official(r, text, person, province, nation) for person in known)
    return tuple(
        sorted((official for official in officials if official), key=lambda official: official.mentions[0].start)
    )


_SINITIC = frozenset(
    ("Trung Quốc", "TQ", "Đài Loan", "Hồng Kông", "Hong Kong", "Ma Cao", "Singapore", "Hàn Quốc", "Triều Tiên")
)
"""Countries whose people bear names of Vietnamese syllables; in news of others they are guests."""


def _is_president(r: TokenText, office: PrintedTitle) -> bool:
    """`Chủ tịch nước` alone is this country's, wherever the article takes place."""
    return r.lows[office.title_end - 3 : office.title_end] == ["chủ", "tịch", "nước"] and not office.organisation


def _official(
    r: TokenText, text: str, known: NamedPerson, province: str | None, nation: Place | None
) -> FoundOfficial | None:
    offices = [office for person in known.mentions for office in person.offices]
    theirs = nation if nation and known.could_be_foreign and not any(o.organisation.place for o in offices) else None
    if theirs and surname(known.words[0]) == "common" and any(_is_president(r, office) for office in offices):
        theirs = None
    foreign = known.foreign or theirs is not None
    held = positions(r, text, offices, foreign=foreign, stately=known.eponym or known.sinitic, home=province)
    if not held or not likely(r, known):
        return None
    if theirs and (theirs.name in _SINITIC or not (surname(known.words[0]) and all(map(vietnamese, known.words)))):
        held = tuple(replace(position, place=position.place or theirs.name) for position in held)
    if any(commemorated(r, person) for person in known.mentions):
        held = tuple(replace(position, frame=Frame.PAST) for position in held)
    if mode := left_all(r, known.mentions):
        held = tuple(replace(position, mode=position.mode or mode) for position in held)
    mentions = []
    for span in spans(r, known):
        start, end = r.printed(*span)
        mentions.append(Mention(start, end, text[start:end]))
    rank = next(
        (text[slice(*r.span(mention.rank.first, mention.rank.end))] for mention in known.mentions if mention.rank), None
    )
    name = max(mentions, key=lambda mention: len(mention.text.split())).text
    return FoundOfficial(name, tuple(mentions), held, rank, foreign)
