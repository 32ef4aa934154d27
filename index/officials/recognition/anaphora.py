"""Titles without a name that say more of an office held: `Bí thư A … Bí thư Thành ủy TP.HCM nhấn mạnh`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.officials.recognition.people import Known
from index.officials.recognition.reading import Reading
from index.officials.recognition.sequence import Element
from index.officials.recognition.titles import Office


def _single(r: Reading, office: Office) -> bool:
    """One person at a time holds it, more or less: no deputies, no plain officers."""
    return office.title.kind in ("state", "public", "weak", "member") and r.lows[office.first] not in ("đại", "đbqh")


def complete(r: Reading, found: Sequence[Element], people: Sequence[Known]) -> None:
    """Add to each person the organisation that the article gives to his or her title elsewhere, if it gives one only.

    Nothing is added to a title that two people hold, nor to one of the State's highest (`Thủ tướng`), whose
    organisation is left out on purpose, but for foreign ones.
    """
    held: dict[str, list[tuple[Known, Office]]] = defaultdict(list)
    given: set[int] = set()
    for known in people:
        for person in known.mentions:
            for office in person.offices:
                given.add(office.first)
                held[_title(r, office)].append((known, office))
    alone: dict[str, list[Office]] = defaultdict(list)
    for one in found:
        if isinstance(one, Office) and one.organisation and one.first not in given and _single(r, one):
            alone[_title(r, one)].append(one)
    for title, offices in alone.items():
        holders = held.get(title, [])
        if holders and all(known is holders[0][0] for known, _ in holders):
            _add(r, *max(holders, key=lambda holder: len(_words(r, holder[1]))), offices)


def _add(r: Reading, known: Known, office: Office, others: Sequence[Office]) -> None:
    """The fullest of `others` that goes on with what `office` says, when the rest say no other."""
    fullest = max(others, key=lambda one: len(_words(r, one)))
    words = _words(r, fullest)
    if not all(_words(r, one) <= words for one in others) or not _words(r, office) < words:
        return
    abroad = bool(fullest.organisation.place and fullest.organisation.place.foreign)
    if fullest.former != office.former or (office.title.kind == "state" and not abroad) or abroad != known.foreign:
        return
    known.mentions[0].offices.append(replace(fullest, mode=office.mode))


def _title(r: Reading, office: Office) -> str:
    return " ".join(r.lows[office.first : office.title_end])


def _words(r: Reading, office: Office) -> set[str]:
    return r.words(office.organisation.first, office.organisation.last)
