"""Titles that more than one name has a part in: shared, handed over, ended, or completed behind the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.officials.recognition.found_officials import Frame
from index.officials.recognition.lexicon import WORDS
from index.officials.recognition.organisations import organisation
from index.officials.recognition.parting import LONGEST_GAP, gap_between, heads_list
from index.officials.recognition.predicates import Predicate, leaving
from index.officials.recognition.sequence import NameInText
from index.officials.recognition.token_text import TokenText

_BRACKETED = re.compile(r"\( [^()]* \)")
"""What is told of one name of a list: `A (Phó chủ tịch thường trực); B`."""
_BETWEEN_NAMES = frozenset((",", "và", ", và", "cùng", ";"))
_INSTEAD = (
    ("thay",),
    ("thay", "thế"),
    ("thay", "cho"),
    ("thay", "thế", "cho"),
    ("kế", "nhiệm"),
    ("kế", "vị"),
    ("tiếp", "nối"),
)
_LAST_INSTEAD = frozenset(words[-1] for words in _INSTEAD)


def share_plurals(r: TokenText, people: Sequence[NameInText]) -> None:
    """`các Phó Thủ tướng A, B và C`: the title is everybody's."""
    for k, person in enumerate(people):
        plural = [office for office in person.offices if office.plural and office.first < person.first]
        before = person
        headed = [office for office in plural if heads_list(r, office)]
        for other in people[k + 1 :] if plural else ():
            if headed and _next_item(r, person, before, other):
                other.offices.extend(replace(office, frame=Frame.SHARED) for office in headed)
                before = other
                continue
            gap = _BRACKETED.sub("", gap_between(r, before.last, other.lead) or "").strip()
            accused = r.lows[other.lead] == "bị"
            if accused or gap not in _BETWEEN_NAMES or any(title.first < other.first for title in other.offices):
                break
            other.offices.extend(replace(office, frame=Frame.SHARED) for office in plural)
            before = other


def _next_item(r: TokenText, first: NameInText, before: NameInText, other: NameInText) -> bool:
    """`Ủy viên Trung ương Đảng: A, Bí thư Tỉnh ủy; B, …`: an item behind a semicolon, like the first of the list."""
    if r.lows[other.lead - 1] != ";" or other.lead - before.last > _LONGEST_ITEM or other.honoured != first.honoured:
        return False
    return not {".", "\n", ":"}.intersection(r.lows[before.last : other.lead]) and other.begin >= other.lead


_LONGEST_ITEM = 60
"""Tokens from one name of a list to the next, titles between them."""


def share_behind(r: TokenText, people: Sequence[NameInText]) -> None:
    """`Các ông A, B, Phó Chủ tịch UBND tỉnh`: a title behind a list of names is everybody's."""
    for k, person in enumerate(people):
        if not person.honoured or not person.lead or r.lows[person.lead - 1] not in WORDS["plurals"]:
            continue
        group = [person]
        for other in people[k + 1 :]:
            if group[-1].offices or gap_between(r, group[-1].last, other.lead) not in _BETWEEN_NAMES:
                break
            group.append(other)
        shared = [office for office in group[-1].offices if office.frame is Frame.BESIDE]
        if (
            len(group) > 1
            and shared
            and shared[0].first > group[-1].last
            and gap_between(r, group[-1].last, shared[0].lead) == ","
        ):
            for earlier in group[:-1]:
                earlier.offices.extend(replace(office, frame=Frame.SHARED) for office in shared)


def succeed(r: TokenText, people: Sequence[NameInText]) -> None:
    """`A thay B làm Giám đốc`, `A làm Giám đốc thay B`: A holds it, and B did."""
    for k, old in enumerate(people):
        begin = old.begin
        if begin == 0 or r.lows[begin - 1] not in _LAST_INSTEAD:
            continue
        heir = people[k - 1]
        said = tuple(r.lows[max(0, begin - 3) : begin])
        if not any(said[-len(words) :] == words for words in _INSTEAD):
            continue
        given = [office for office in old.offices if office.first > old.last and office.frame is Frame.GIVEN]
        if said[:1] == ("người",):  # `người kế nhiệm A làm Giám đốc` is named elsewhere
            old.offices = [replace(office, former=True, frame=Frame.PAST) for office in old.offices]
            continue
        if k == 0 or gap_between(r, heir.last, begin) is None:
            continue
        behind = [office for office in heir.offices if heir.last <= office.first < begin]
        lost = [office for office in behind if office.frame is Frame.GIVEN] or behind[-1:] or given
        if given:
            old.offices = [office for office in old.offices if office not in given]
            heir.offices.extend(given)
        old.offices.extend(
            replace(office, former=True, mode="", frame=Frame.PAST) for office in lost if not office.former
        )


def end_offices(r: TokenText, people: Sequence[NameInText]) -> None:
    """`A, Giám đốc Sở, nghỉ hưu`: what is said behind a name and its titles ends them."""
    for person in people:
        if not person.offices:
            continue
        end = max([person.last, *(office.last for office in person.offices if office.frame is Frame.BESIDE)])
        said = None if _supposed(r, person.begin, end) else leaving(r.lows[end : end + 8])
        if said and end - person.last <= 2 * LONGEST_GAP:
            person.offices = [
                replace(office, former=True, mode=_ending(said) or office.mode) for office in person.offices
            ]


def _supposed(r: TokenText, begin: int, end: int) -> bool:
    """`nếu Tổng thống A bị phế truất`: what is said of somebody between the tokens is only thought of."""
    before = r.lows[max(0, begin - 3) : begin]
    thought = not _SUPPOSED.isdisjoint(before[-2:]) or before == ["trong", "trường", "hợp"]
    return thought and r.lows[end : end + 1] not in (["đã"], ["vừa"], ["mới"])


_SUPPOSED = frozenset(("nếu", "năng", "cơ", "đòi", "muốn"))
"""Words before somebody of whom an end is only thought of: `nếu`, `khả năng`, `nguy cơ`."""


def left_all(r: TokenText, people: Sequence[NameInText]) -> str:
    """`ông A nghỉ hưu`, `bà B qua đời`: how one person's offices all end, as a mode; empty when nothing says so."""
    for person in people:
        supposed = person.begin and r.lows[person.begin - 1] in ("nếu", "khi", "tới", "đến")
        looks_back = person.begin > 1 and r.lows[person.begin - 2] in ("sau", "từ", "trước")
        if person.pronoun or person.offices or (supposed and not looks_back):
            continue
        if (said := leaving(r.lows[person.last : person.last + 8])) and (mode := _ending(said)):
            return mode
    return ""


def _ending(said: Predicate) -> str:
    return "late" if said.late else "retired" if said.retired else ""


def commemorated(r: TokenText, person: NameInText) -> bool:
    """`ngày sinh Tổng Bí thư A`, `tưởng niệm ông A`: the article looks back at one of history."""
    before = " ".join(word for word in r.lows[max(0, person.begin - 4) : person.begin] if word not in _SMALL)
    return before.endswith(_MEMORIALS)


_SMALL = frozenset(("của", "cố", "về", "đồng", "chí", "anh", "hùng"))
_MEMORIALS = (
    "ngày sinh",
    "ngày mất",
    "tưởng niệm",
    "lưu niệm",
    "phần mộ",
    "hương hồn",
    "tượng đài",
    "ngày giỗ",
    "thân thế",
)


def add_what_follows(r: TokenText, people: Sequence[NameInText]) -> None:
    """`ĐB A (Bình Định)`, `Tổng thống B của Nga`: what the title lacks stands behind the name."""
    for person in people:
        k = person.last
        if k + 2 >= len(r) or r.lows[k] not in ("(", "của", "-", ",") or not person.offices:
            continue
        office = person.offices[-1]
        if office.organisation or office.first > person.first:
            continue
        deputy = r.lows[office.first] in ("đại", "đb", "đbqh") and r.lows[k] != "của"
        further = organisation(r, k + 1, fielded=False, placed=deputy and r.lows[k] == "(")
        closed = r.lows[further.last : further.last + 1] in ([")"], [","], ["-"]) or r.lows[k + 1] == "đoàn"
        abroad = bool(r.lows[k] == "của" and further.place and further.place.foreign)
        if further and ((deputy and closed) or abroad):
            person.offices[-1] = replace(office, organisation=further)
