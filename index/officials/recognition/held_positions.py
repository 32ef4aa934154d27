"""The offices of one person: public ones only, each once, in its fullest form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.officials.recognition.found_officials import Frame, Position
from index.officials.recognition.titles import PrintedTitle
from index.officials.recognition.token_text import TokenText

_PLAINEST = tuple(Frame)
_COUNTERPART = "người đồng cấp"
"""Stands for another's title, and is none itself."""
_ALWAYS = frozenset(("state", "public", "deputy", "legislator"))


def public(office: PrintedTitle, *, foreign: bool, stately: bool) -> bool:
    """The office belongs to Party, State, courts, army, Front or a foreign state.

    `stately`: no article needs to say of which state the person is (`Chủ tịch Hồ Chí Minh`, `Chủ tịch Tập Cận Bình`).
    """
    organisation, kind = office.organisation, office.title.kind
    if kind == "other" or organisation.kind in ("private", "service"):
        return False
    if kind in _ALWAYS:
        return True
    placed = organisation.place is not None
    if kind == "royal":
        return foreign or (organisation.place is not None and organisation.place.foreign)
    if kind == "leader":
        return foreign and (organisation.kind == "party" or placed)
    return organisation.kind in ("public", "party") or placed or (stately and not organisation)


@dataclass(frozen=True, slots=True)
class _ReadPosition:
    """A position with its title and organisation as read, to compare it by."""

    title: str
    words: frozenset[str]
    """Of the organisation; empty when it is not named."""
    position: Position

    @property
    def length(self) -> int:
        return len(self.title) + len(self.position.organisation or "")


def positions(
    r: TokenText, printed: str, offices: Iterable[PrintedTitle], *, foreign: bool, stately: bool, home: str | None
) -> tuple[Position, ...]:
    """What `offices` say, in order of appearance; the same office in other words is told once.

    `home`: the province the article is about, for organisations that name only their level (`Tỉnh ủy`).
    """
    read: list[_ReadPosition] = []
    for office in sorted(offices, key=lambda title: (title.frame is Frame.CAREER, title.first)):
        if not public(office, foreign=foreign, stately=stately):
            continue
        new = _read_position(r, printed, office, None if foreign else home)
        for k, old in enumerate(read):
            if _same(old, new):
                read[k] = old if office.frame is Frame.CAREER else _fuller(old, new)
                break
        else:
            read.append(new)
    real = [reading for reading in read if reading.title != _COUNTERPART] or read
    return tuple(reading.position for reading in real)


def _read_position(r: TokenText, printed: str, office: PrintedTitle, home: str | None) -> _ReadPosition:
    start, end = r.span(office.first, office.title_end)
    title, name = printed[start:end], None
    organisation = office.organisation
    words: frozenset[str] = frozenset()
    place = organisation.place.name if organisation.place else None
    if organisation:
        begin, last = r.span(organisation.first, organisation.last)
        name = printed[begin:last]
        if organisation.first <= office.title_end <= organisation.last:
            end = max(end, last)  # else the article names it elsewhere
        words = frozenset(r.words(organisation.first, organisation.last))
        if place is None and _local(r.lows[organisation.first : organisation.last]):
            place = home
    position = Position(title, name, office.former, office.mode, place, start, end, office.frame)
    return _ReadPosition(" ".join(r.lows[office.first : office.title_end]), words, position)


_LOCAL = frozenset(("tỉnh", "sở", "hđnd", "ubnd"))
"""Words of organisations that belong to a province when they name no other place."""


def _local(words: Sequence[str]) -> bool:
    """One of these words stands there, and not in `cơ sở`, `trụ sở`."""
    return any(
        word in _LOCAL and (word != "sở" or k == 0 or words[k - 1] not in ("cơ", "trụ")) for k, word in enumerate(words)
    )


def _same(old: _ReadPosition, new: _ReadPosition) -> bool:
    if old.title == new.title:
        return (old.words <= new.words or new.words <= old.words) and not _succeeding(old, new)
    shorter, longer = (old, new) if len(old.title) < len(new.title) else (new, old)
    if not longer.title.startswith(f"{shorter.title} "):
        return False
    return not shorter.words or (shorter.title == _ADVISER and shorter.words <= longer.words)


_ADVISER = "cố vấn"
"""A title that says less than `cố vấn an ninh quốc gia`, though the same country stands behind both."""


def _succeeding(old: _ReadPosition, new: _ReadPosition) -> bool:
    """One body came of the other: `nguyên Trưởng Ban Dân vận, giữ chức Trưởng Ban Tuyên giáo và Dân vận`."""
    gained = old.words ^ new.words
    return old.position.former != new.position.former and "và" in gained and len(gained) > 1


def _fuller(old: _ReadPosition, new: _ReadPosition) -> _ReadPosition:
    """The one that says more, in the state that either tells."""
    best, other = (new, old) if new.length > old.length else (old, new)
    position = replace(
        best.position,
        former=old.position.former or new.position.former,
        mode=best.position.mode or other.position.mode,
        place=best.position.place or other.position.place,
        frame=min(old.position.frame, new.position.frame, key=_PLAINEST.index),
    )
    return replace(best, position=position)
