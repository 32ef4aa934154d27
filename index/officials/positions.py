"""The offices of one person: public ones only, each once, in its fullest form."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.officials.found import Position
from index.officials.reading import Reading
from index.officials.titles import Office


def public(office: Office, *, foreign: bool, eponym: bool) -> bool:
    """The office belongs to Party, State, courts, army, Front or a foreign state.

    `eponym`: a province bears the person's name, whom no article needs to introduce (`Chủ tịch Hồ Chí Minh`).
    """
    organisation, kind = office.organisation, office.title.kind
    if organisation.kind in ("private", "service"):
        return False
    if kind in ("state", "public", "deputy", "legislator"):
        return True
    if kind == "leader":
        return foreign and bool(organisation) and (organisation.kind == "party" or organisation.place is not None)
    return organisation.kind in ("public", "party") or organisation.place is not None or (eponym and not organisation)


def positions(
    r: Reading, printed: str, offices: Iterable[Office], *, foreign: bool, eponym: bool
) -> tuple[Position, ...]:
    """What `offices` say, in order of appearance; the same office in other words is told once."""
    told: list[Position] = []
    for office in sorted(offices, key=lambda one: (one.career, one.first)):
        if not public(office, foreign=foreign, eponym=eponym):
            continue
        new = _position(r, printed, office)
        for k, old in enumerate(told):
            if _same(old, new):
                told[k] = _fuller(old, new) if not office.career else old
                break
        else:
            told.append(new)
    return tuple(told)


def _position(r: Reading, printed: str, office: Office) -> Position:
    start, end = r.span(office.first, office.title_end)
    title, organisation = printed[start:end], None
    if office.organisation:
        begin, last = r.span(office.organisation.first, office.organisation.last)
        organisation = printed[begin:last]
        end = max(end, last) if begin <= end + 12 else end
    place = office.organisation.place
    return Position(title, organisation, office.former, office.mode, place.name if place else None, start, end)


def _same(old: Position, new: Position) -> bool:
    a, b = old.title.lower(), new.title.lower()
    if a == b:
        return _within(old.organisation, new.organisation) or _within(new.organisation, old.organisation)
    shorter, longer = (old, new) if len(a) < len(b) else (new, old)
    return longer.title.lower().startswith(shorter.title.lower() + " ") and shorter.organisation is None


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w&]+", text.lower()))


def _within(part: str | None, whole: str | None) -> bool:
    return part is None or (whole is not None and _words(part) <= _words(whole))


def _fuller(old: Position, new: Position) -> Position:
    """The one that says more, in the state that either tells."""
    best, other = (new, old) if _length(new) > _length(old) else (old, new)
    return Position(
        best.title,
        best.organisation,
        old.former or new.former,
        best.mode or other.mode,
        best.place or other.place,
        best.start,
        best.end,
    )


def _length(position: Position) -> int:
    return len(position.title) + len(position.organisation or "")
