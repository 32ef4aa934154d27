"""Who holds which title: decided by what stands between titles and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from index.officials.recognition.lexicon import ORGANISATIONS, RANKS, TITLES, WORDS
from index.officials.recognition.organisations import organisation
from index.officials.recognition.reading import Reading
from index.officials.recognition.sequence import Element, Person
from index.officials.recognition.titles import FORMER, Office, Rank

LONGEST_GAP = 26
"""Tokens between a name and the title that a verb gives it."""
_GIVEN = re.compile(rf"(?:^|.* )(?:{'|'.join(sorted(WORDS['copulas'], key=len, reverse=True))})(?: :)?")
_IS = re.compile(
    r"(?:(?:hiện|hiện nay|đang|cũng|vốn|nguyên|từng|đã từng|trước đây|vẫn|chính) )*(?:là(?: một trong(?: \w+)?)?|làm)"
)
_AGE = re.compile(r"\( [^()]{1,60} (?:\)|,)|, (?:sn|sinh năm) \d+|, \d+ tuổi")
_TERM = re.compile(
    r"^(?:(?:các |từ )?(?:khóa|nhiệm kỳ|lần thứ)[\divxlcbảyhai ,–-]*(?:đến khóa [\divx]+)?"
    r"|cầm quyền|phụ trách [^,;]{1,50})\s*(?=[;,]|$)"
)
_APPOSITIONS = frozenset((",", "-", "–", "—", "(", ", ,", ", -", ", –"))
_LISTING = WORDS["plurals"] | FORMER.keys() | {"và", "cùng", "đồng", "đại", "lãnh", "nhiều", "một", "kiêm", "đ/c"}
"""First words of what a list of people goes on with."""
_WHO = re.compile(r"(?:phụ trách [^,;.]{1,60} )?(?:là|gồm|là :|gồm :|gồm có)")

Title: TypeAlias = Office | Rank


def assign(r: Reading, found: Sequence[Element]) -> list[Person]:
    """Give every title to the person who holds it; all people, in the order of the text."""
    people = [one for one in found if isinstance(one, Person)]
    left: Person | None = None
    block: list[Title] = []
    for k, one in enumerate(found):
        if isinstance(one, Person):
            _settle(r, left, block, one, found[k + 1] if k + 1 < len(found) else None)
            left, block = one, []
        else:
            block.append(one)
    _settle(r, left, block, None, None)
    _share_plurals(r, people)
    _add_what_follows(r, people)
    return people


def _gap(r: Reading, a: int, b: int) -> str | None:
    """The lowered tokens a … b-1 in one string; None when they are many or a sentence ends among them."""
    if b - a > LONGEST_GAP:
        return None
    words = " ".join(r.lows[a:b])
    return None if "\n" in words or " . " in f" {words} " else words


def _link(r: Reading, one: Title, other: Title) -> str | None:
    """What joins two titles, terms of office left out: `khóa XII`, `nhiệm kỳ 2010 - 2015`."""
    gap = _gap(r, one.last, other.lead)
    return _TERM.sub("", gap).strip() if gap else gap


def _settle(r: Reading, left: Person | None, block: list[Title], right: Person | None, after: Element | None) -> None:
    """Divide the titles between two names."""
    if not block:
        return
    links = [_link(r, one, other) for one, other in pairwise(block)]
    chained = [link is not None and (link in WORDS["chain"] or (left is not None and _given(link))) for link in links]
    to_left = left is not None and _follows(r, left, block[0])
    to_right = right is not None and _precedes(r, block[-1], right, after, taken=to_left and all(chained))
    head_end = chained.index(False) + 1 if False in chained else len(block)
    tail_start = len(chained) - chained[::-1].index(False) if False in chained else 0
    tail_start = max([tail_start] + [k + 1 for k, link in enumerate(links) if _parts(r, link, block[k], block[k + 1])])
    if to_left and to_right and head_end == len(block):
        head_end = tail_start = _division(r, left, block, links)
    if left is not None and to_left:
        _give(left, block[:head_end], links, former=_past(r, left, block[0]))
    if right is not None and to_right:
        _give(right, block[tail_start:], links[tail_start:])


def _parts(r: Reading, link: str | None, before: Title, after: Title) -> bool:
    """`Thủ tướng và Chủ tịch Quốc hội A`: the first title is somebody else's."""
    if link == "," and any(isinstance(one, Office) and one.title.kind == "deputy" for one in (before, after)):
        return True
    if link == "," and isinstance(before, Office) and isinstance(after, Office) and _rivals(r, before, after):
        return True
    return link in ("và", ";", ", và") and isinstance(before, Office)


def _rivals(r: Reading, before: Office, after: Office) -> bool:
    """Two of the State's highest offices, at least one of them foreign, are two people's."""
    highest = before.title.kind == after.title.kind == "state" and r.lows[before.title_end - 1] != "thư"
    return highest and any(one.organisation.place and one.organisation.place.foreign for one in (before, after))


def _division(r: Reading, left: Person | None, block: list[Title], links: list[str | None]) -> int:
    """How many titles are `left`'s when the chain could be its or the next name's."""
    for k, link in enumerate(links):
        if _parts(r, link, block[k], block[k + 1]):
            return k + 1
    if left is None or left.offices or left.rank:
        return 0
    cut = len(block) - 1
    while cut > 1 and _leads(block[cut - 1]):
        cut -= 1
    return cut


def _leads(title: Title) -> bool:
    """Titles that come first in a chain: ranks and memberships of the Party's committees."""
    return isinstance(title, Rank) or title.title.kind == "member"


def _past(r: Reading, person: Person, title: Title) -> bool:
    """The words between name and title tell of the past."""
    return bool(WORDS["past"].intersection(r.lows[person.last : title.lead]))


def _give(person: Person, titles: Sequence[Title], links: Sequence[str | None], *, former: bool = False) -> None:
    for k, one in enumerate(titles):
        if isinstance(one, Rank):
            person.rank = person.rank or one
            continue
        office = one
        before = links[k - 1] if k else None
        given = before is not None and _given(before) and "thời gian" not in before
        former = (office.former or (former and not given)) and not office.current
        joined = links[k] if k < len(links) else None
        following = titles[k + 1] if k + 1 < len(titles) else None
        if joined and isinstance(following, Office) and _one_body(joined, office):
            office = replace(office, organisation=following.organisation)
        person.offices.append(office.as_former() if former else office)


def _one_body(joined: str, office: Office) -> bool:
    """`Tư lệnh kiêm Chính ủy Đoàn 5`, `Phó Chủ tịch - Tổng Thư ký Hội`: both titles are of the body named last."""
    return not office.organisation and ("kiêm" in joined or (joined in ("-", "–") and office.title.kind == "weak"))


def _follows(r: Reading, person: Person, title: Title) -> bool:
    """The title stands behind the name: in apposition, in brackets, or given by a verb."""
    gap = _gap(r, person.last, title.lead)
    if gap is None:
        return False
    gap = _AGE.sub(",", gap).strip()
    if person.pronoun:
        return bool(_IS.fullmatch(gap)) or _given(gap)
    if gap == "," and isinstance(title, Office) and not _apposed(r, person, title):
        return False
    if gap in _APPOSITIONS or gap == ":":
        return True
    if gap == "":
        return person.honoured and not person.offices
    return bool(_IS.fullmatch(gap)) or (_given(gap) and not _agent(r, person))


def _apposed(r: Reading, person: Person, office: Office) -> bool:
    """A title behind name and comma is the person's, and not the next one's in a list."""
    if office.plural:
        return False
    if any(one.first < person.first and one.title.kind != "deputy" for one in person.offices):
        return office.former or office.title.kind == "member" or _closed(r, office)
    bare = office.title.kind in ("state", "public") and not office.organisation
    closed = office.last >= len(r) or not r.tokens[office.last][0].isalpha()
    return not bare or closed or person.honoured


def _closed(r: Reading, office: Office) -> bool:
    """A comma and a word that goes on with the sentence stand behind the office: `…, Trưởng ban Chỉ đạo, đề nghị`."""
    k = office.last
    return bool(office.organisation) and r.lows[k : k + 1] == [","] and _goes_on(r, k + 1)


def _goes_on(r: Reading, k: int) -> bool:
    """A word in lower case at k, no title, no organisation and no marker of either."""
    if k >= len(r) or not r.tokens[k].islower() or r.lows[k] in _LISTING or r.lows[k] in WORDS["honorifics"]:
        return False
    return not any(phrases.match(r.lows, k) for phrases in (TITLES, RANKS, ORGANISATIONS))


def _agent(r: Reading, person: Person) -> bool:
    """`được Tổng thống A bổ nhiệm làm…`: the title goes to another."""
    k = person.lead
    while k > 0 and person.lead - k < 16 and r.tokens[k - 1][0].isalnum():
        k -= 1
    return bool({"được", "bị"}.intersection(r.lows[k : person.lead]))


def _given(gap: str) -> bool:
    """A verb gives the title: `được bầu giữ chức`, `về làm`."""
    if not _GIVEN.fullmatch(gap) or ";" in gap:
        return False
    words = gap.split()
    return not WORDS["speaking"].intersection(words) and (len(words) > 1 or words[0] != "chức")


def _precedes(r: Reading, title: Title, person: Person, after: Element | None, *, taken: bool) -> bool:
    """The title stands before the name."""
    if person.pronoun:
        return False
    gap = _gap(r, title.last, person.lead)
    if gap is None:
        return False
    if gap == "":
        return True
    if gap == "do":
        return r.lows[person.last : person.last + 1] in (["làm"], ["giữ"], ["đảm"], ["kiêm"])
    if taken or (isinstance(after, Office) and _gap(r, person.last, after.lead) in _APPOSITIONS):
        return False
    if isinstance(title, Office) and (title.title.kind == "deputy" or (gap == "," and _bare(title))):
        return False
    if gap in (",", "-", "–", "- ,"):
        return person.honoured or (gap == "," and (not person.short or (person.titled and person.foreign)))
    return gap == ":" or bool(_WHO.fullmatch(gap))


def _bare(office: Office) -> bool:
    """`Báo cáo với Thủ tướng, ông A nói`: a high title alone before a comma is not the next name's."""
    return office.title.kind in ("state", "public") and not office.organisation


def _share_plurals(r: Reading, people: Sequence[Person]) -> None:
    """`các Phó Thủ tướng A, B và C`: the title is everybody's."""
    for k, person in enumerate(people):
        plural = [office for office in person.offices if office.plural and office.first < person.first]
        before = person
        for other in people[k + 1 :] if plural else ():
            gap = _gap(r, before.last, other.lead)
            accused = r.lows[other.lead] == "bị"
            if (
                accused
                or gap not in (",", "và", ", và", "cùng", ";")
                or any(one.first < other.first for one in other.offices)
            ):
                break
            other.offices.extend(plural)
            before = other


def _add_what_follows(r: Reading, people: Sequence[Person]) -> None:
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
        abroad = bool(r.lows[k] == "của" and person.foreign and further.place and further.place.foreign)
        if further and ((deputy and closed) or abroad):
            person.offices[-1] = replace(office, organisation=further)
