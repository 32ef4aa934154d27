"""Kinship of mentions that share no post: whether two groups of one name fit one person nevertheless."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.officials.posts.areas import COUNTRY, PROVINCE, Area
from index.officials.posts.offices import Office
from index.officials.recognition.names import vietnamese
from index.officials.registry.geography import Merger
from index.officials.registry.profiles import Profile

_TOP = frozenset({"bộ trưởng", "chủ nhiệm", "phó thủ tướng", "thủ tướng", "chủ tịch nước", "tổng bí thư"})
_LATE = 31
"""Days around a merger of provinces in which both old and new names of offices are printed."""
_TOP_BODIES = ("bộ chính trị", "trung ương đảng", "ban bí thư", "ủy ban thường vụ quốc hội")


def kindred(person: Iterable[Profile], other: Iterable[Profile], mergers: Mapping[str, Merger]) -> bool:
    """Whether two groups of one name, that share no post, can be told to be one person."""
    first, second = list(person), list(other)
    if (_leads_state(first) and _leads_state(second)) or (in_assembly(first) and in_assembly(second)):
        return True
    if (_leads_state(first) and _only_sits(second)) or (_leads_state(second) and _only_sits(first)):
        return not (_sits_for_province(first, second) or _sits_for_province(second, first))
    if any(_same_post(a, b) for a in _posts(first) for b in _posts(second)):
        return True
    provinces = _provinces(first) & _provinces(second)
    one_place = bool(provinces) or _inherited(first, second, mergers) or _inherited(second, first, mergers)
    return one_place and not _clash(first, second)


def _inherited(before: Sequence[Profile], after: Sequence[Profile], mergers: Mapping[str, Merger]) -> bool:
    """Whether one group has posts of a province until its merger, and the other posts of its successor from then on."""
    for province in _provinces(before):
        merger = mergers.get(province)
        if merger and merger.province in _provinces(after):
            last = max((day for day in _days(before, province)), default=merger.day)
            first = min((day for day in _days(after, merger.province)), default=merger.day)
            if last <= merger.day + _LATE and first >= merger.day - _LATE:
                return True
    return False


def _days(profiles: Iterable[Profile], province: str) -> Iterator[int]:
    """Days of the articles that give a present post of a province itself."""
    for profile in profiles:
        for office, former in profile.offices:
            if office.area == Area(province, PROVINCE) and not former and profile.day is not None:
                yield profile.day


def _posts(profiles: Iterable[Profile]) -> set[Office]:
    offices = {office for profile in profiles for office, _ in profile.offices if office.body}
    return {office for office in offices if office.specific or office.complete}


def _same_post(post: Office, other: Office) -> bool:
    """Whether two posts are one that is printed in two ways: `Cục Khám chữa bệnh`, `Cục Quản lý Khám chữa bệnh`."""
    if post.head.removesuffix(" thường trực") != other.head.removesuffix(" thường trực"):
        return False
    if post.area != other.area and post.area is not None and other.area is not None:
        return False
    mine, theirs = post.body.split(), other.body.split()
    if mine[0] != theirs[0]:
        return False
    ministry = mine[0] == "bộ"
    while mine and theirs and mine[0] == theirs[0]:
        mine, theirs = mine[1:], theirs[1:]
    letters = ["".join(word[0] for word in words) for words in (mine, theirs)]
    short = [word for word in (*mine, *theirs) if len(word) > 1 and not (ministry and vietnamese(word))]
    if any(initials.startswith(word) for initials in letters for word in short):
        return True  # `Tổng cục TDTT`, `Sở GD`, `Bộ NN`
    if ministry:
        return False  # two ministries may share many words
    same, words = {*post.body.split()} & {*other.body.split()}, {*post.body.split()} | {*other.body.split()}
    return 2 * (len(same) - 1) > len(words) - 1


def _leads_state(profiles: Iterable[Profile]) -> bool:
    return any(
        office.tier == "central" and office.specific and (office.head in _TOP or office.body in _TOP_BODIES)
        for profile in profiles
        for office, _ in profile.offices
    )


def _only_sits(profiles: Iterable[Profile]) -> bool:
    """Whether a group has a seat in the National Assembly and no other office: ministers sit there too."""
    offices = {office for profile in profiles for office, _ in profile.offices}
    return bool(offices) and all(office.head.startswith("đại biểu") and office.tier != COUNTRY for office in offices)


def _sits_for_province(governing: Iterable[Profile], sitting: Iterable[Profile]) -> bool:
    """Whether a minister, or one above, has the name of a deputy: no minister is spoken of as `ĐB A (Lam Khê)`."""
    governs = any(office.tier == "central" and office.head in _GOVERN for p in governing for office, _ in p.offices)
    return governs and any(office.area is not None for p in sitting for office, _ in p.offices)


_GOVERN = frozenset({"bộ trưởng", "phó thủ tướng", "thủ tướng"})


def in_assembly(profiles: Iterable[Profile]) -> bool:
    """Whether a group sits in the National Assembly: two members of one name are rarer than two names for a body."""
    return any(office.assembly for profile in profiles for office, _ in profile.offices)


def _provinces(profiles: Iterable[Profile]) -> set[str]:
    """Provinces in which a group has a post of the province itself."""
    return {
        office.area.name
        for profile in profiles
        for office, _ in profile.offices
        if office.area and office.area.level == PROVINCE and office.specific
    }


def _clash(person: Sequence[Profile], other: Sequence[Profile]) -> bool:
    """Whether the two hold different posts that one person leads, in the same days."""
    mine, theirs = _tenures(person), _tenures(other)
    return any(
        a != b and first <= theirs[b][1] and theirs[b][0] <= last for a, (first, last) in mine.items() for b in theirs
    )


def _tenures(profiles: Iterable[Profile]) -> dict[str, tuple[int, int]]:
    """First and last day of each exclusive post that is not said to be former."""
    found: dict[str, tuple[int, int]] = {}
    for profile in profiles:
        for office, former in profile.offices:
            own = office.exclusive and office.specific and not office.beside
            if own and not former and profile.day is not None:
                first, last = found.get(office.id, (profile.day, profile.day))
                found[office.id] = min(first, profile.day), max(last, profile.day)
    return found
