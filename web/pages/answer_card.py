"""The answer card: what a query that is an official, an office or a document number asks for, above the results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.officials.directory.pages import Holder, OfficeNote, OfficialNote, Sentence
from index.officials.posts.name_keys import name_key
from search.parser.questions import office_asked
from search.request import SearchRequest
from search.results import ResultPage
from web.backend import backend

_LONGEST = 120
_NAMESAKES = 4
_LONGEST_NAME = 6
"""Syllables."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number: how many articles name it, and in which months."""

    number: str
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """What stands in the card; everything empty when there is nothing to say."""

    officials: tuple[OfficialNote, ...] = ()
    """More than one are people of one name."""
    office: OfficeNote | None = None
    holder: Holder | None = None
    """Who holds the office, as far as the articles tell."""
    on: date | None = None
    """The day that the question names."""
    document: DocumentNumber | None = None

    @property
    def evidence(self) -> tuple[Sentence, ...]:
        """The latest sentence that says so of the holder; none without a holder."""
        return tuple(sentence for sentence in (self.holder.evidence if self.holder else ()) if not sentence.former)[-1:]

    def __bool__(self) -> bool:
        return bool(self.officials or self.office or self.document)


def _named(typed: str, key: str) -> tuple[OfficialNote, ...]:
    """The officials whose whole name the typed words are."""
    directory = backend().directory
    # Whether there is any such name is told much sooner than who is meant by words that may be offices as well.
    if len(key.split()) > _LONGEST_NAME or not directory.named(typed):
        return ()
    return tuple(note for note in directory.find(typed, _NAMESAKES) if name_key(note.name) == key)


def _titled(typed: str, found: ResultPage) -> tuple[OfficialNote, ...]:
    """The official whose name the typed words end with, behind an office: `Bộ trưởng Bộ Y tế Trần Thị Mai`.

    Of several people of that name the one who is named in that office; all of them when that tells nobody.
    """
    directory = backend().directory
    keys = dict.fromkeys(name_key(official.name) for official in found.facets.officials)
    key = next((name for name in keys if " " in name and typed.endswith(f" {name}")), "")
    asked = directory.asked(typed.removesuffix(f" {key}")) if key else None
    if asked is None or not (asked.offices or asked.near):
        return ()
    named = [official.id for official in found.facets.officials if name_key(official.name) == key][:_NAMESAKES]
    notes = tuple(note for id in named if (note := directory.note(id)))
    if len(notes) < 2:
        return notes
    holders = [note for note in notes if any(_has_held(note.id, office.id) for office in asked.offices)]
    return tuple(holders) or notes


def _spoken_of(typed: str) -> tuple[OfficialNote, ...]:
    """Whom a given name and a place or work mean: `ông Sao Bộ Xây dựng`; several are asked about."""
    directory = backend().directory
    notes = (directory.note(id) for id in directory.spoken_of(typed, _NAMESAKES))
    return tuple(note for note in notes if note)


def _has_held(official: str, office: str) -> bool:
    page = backend().directory.official(official)
    return page is not None and any(tenure.office.id == office for tenure in page.tenures)


def answer_card(wanted: SearchRequest, found: ResultPage) -> AnswerCard:
    """The card for a query; nothing for the later pages of a list."""
    typed = wanted.text.strip().strip('"“”')
    if not typed or wanted.cursor or len(typed) > _LONGEST:
        return AnswerCard()
    directory = backend().directory
    key = name_key(typed)
    if officials := _named(typed, key) or _titled(key, found) or _spoken_of(typed):
        return AnswerCard(officials=officials)
    if number := next((chip for chip in found.query.understood if chip.kind == "number"), None):
        months = [month.month for month in found.facets.months]
        span = (min(months, default=None), max(months, default=None))
        return AnswerCard(document=DocumentNumber(number.from_, found.total, *span))
    asked, on = office_asked(typed)
    office = directory.asked(asked, 0).office if asked else None
    held = directory.office(office.id, on) if office else None
    if office is None or held is None:
        return AnswerCard()
    holders = held.holders if on else [holder for holder in held.holders if holder.status == "current"]
    return AnswerCard(office=office, holder=next(iter(holders), None), on=on)
