"""Organisations: the bodies whose office-holders the articles name, listed, found by name, and one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index.officials.directory.pages import OfficeNote, OfficialNote
from index.officials.posts.offices import expand
from index.officials.registry.alphabet import sort_key
from search.answering import Answering
from search.naming import printed_with

ORDERS = ("articles", "name", "offices", "last")
"""By how many articles name an office-holder of theirs, by name, by their offices, by the last day of one of these."""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation of the list."""

    id: str
    name: str
    articles: int
    """That name an office-holder of it."""
    offices: int
    officials: int
    """Who hold or held one of its offices, as far as the news bears it out."""
    last: date | None
    """The last day on which an office of it is said to be held."""


@dataclass(frozen=True, slots=True)
class OrganisationMember:
    """An official of an organisation, and how many articles say of an office there that he or she holds it."""

    official: OfficialNote
    articles: int


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """One organisation with its offices and with who is known to hold or have held them, the most often told first."""

    id: str
    name: str
    articles: int
    """That name an office-holder of it."""
    offices: tuple[OfficeNote, ...]
    officials: tuple[OrganisationMember, ...]


def organisations(
    current: Answering, words: str = "", *, tier: str = "", place: str = "", order: str = ORDERS[0]
) -> tuple[OrganisationRow, ...]:
    """Every organisation, those whose name has the words, or those of offices of one tier, province or country.

    Marks may be left out, names abbreviated.
    """
    counts = _counts(current)
    notes = current.naming.directory.organisations_held(tier=tier, place=place)
    found = [
        OrganisationRow(note.id, note.name, counts.get(note.id, 0), note.offices, note.officials, note.last)
        for note in notes
    ]
    if words.strip():
        meant = frozenset(printed_with(expand(words), [expand(row.name) for row in found]))
        found = [row for row in found if expand(row.name) in meant]
    found.sort(key=lambda row: (sort_key(row.name), row.id))
    if order == "articles":
        found.sort(key=lambda row: -row.articles)
    elif order == "offices":
        found.sort(key=lambda row: (-row.offices, -row.articles))
    elif order == "last":
        found.sort(key=lambda row: row.last or date.min, reverse=True)
    return tuple(found)


def organisation(current: Answering, id: str) -> OrganisationPage | None:
    """The organisation of that id; None where no post belongs to it."""
    directory = current.naming.directory
    name = directory.organisation(id)
    if name is None:
        return None
    members = tuple(OrganisationMember(official, articles) for official, articles in directory.officials_of(id))
    return OrganisationPage(id, name, _counts(current).get(id, 0), directory.offices_of(id), members)


def _counts(current: Answering) -> Mapping[str, int]:
    return dict(current.generation.values("organisation"))
