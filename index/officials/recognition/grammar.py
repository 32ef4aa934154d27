"""Who holds which title: decided by what stands between titles and names.

A text is a sequence of names, titles and ranks with words between them. The titles between two names are parted where
the words between them part two people; what is left of each name goes to it by apposition or by a verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from index.officials.recognition.found import Frame
from index.officials.recognition.lexicon import ORGANISATIONS, RANKS, TITLES, WORDS
from index.officials.recognition.organisations import organisation
from index.officials.recognition.predicates import (
    BESIDE,
    DOUBTFUL,
    OVER,
    Said,
    decided,
    is_held,
    leaves,
    looks_back,
    predicate,
    proposes,
)
from index.officials.recognition.reading import Reading
from index.officials.recognition.sequence import Element, Person
from index.officials.recognition.titles import FORMER, Office, Rank

LONGEST_GAP = 26
"""Tokens between a name and the title that a verb gives it."""
_AGE = re.compile(r"\( [^()]{1,60} (?:\)|,)|, (?:sn|sinh năm) \d+|, \d+ tuổi")
_TERM = re.compile(
    r"^(?:(?:các |từ )?(?:khóa|nhiệm kỳ|lần thứ)[\divxlcbảyhai ,–-]*(?:đến khóa [\divx]+)?"
    r"|cầm quyền|phụ trách [^,;]{1,50})\s*(?=[;,]|$)"
)
_FOR = re.compile(r"(?:(?:khóa|nhiệm kỳ)[\divxlc ,–-]* )?(?:đối với|với|của|cho|là)")
"""Between a title and the one it is voted to or taken from."""
_APPOSITIONS = frozenset((",", "-", "–", "—", "(", ", ,", ", -", ", –"))
_LISTING = WORDS["plurals"] | FORMER.keys() | {"và", "cùng", "đồng", "đại", "lãnh", "nhiều", "một", "kiêm", "đ/c"}
"""First words of what a list of people goes on with."""
_WHO = re.compile(
    r"(?:phụ trách [^,;.]{1,60} )?"
    r"(?:(?:hiện nay|hiện tại|hiện|mới|(?P<then>khi đó|lúc đó|lúc bấy giờ|bấy giờ|khi ấy)) )?"
    r"(?:là|gồm|là :|gồm :|gồm có)"
)
_BETWEEN_NAMES = frozenset((",", "và", ", và", "cùng", ";"))
_THEN = frozenset(("lúc đó", "khi đó", "lúc bấy giờ", "bấy giờ", "thời bấy giờ", "tiền nhiệm", "cũ"))
"""Terms between a title and the name of one who holds it no longer."""
_INSTEAD = (
    ("thay",),
    ("thay", "thế"),
    ("thay", "cho"),
    ("thay", "thế", "cho"),
    ("kế", "nhiệm"),
    ("kế", "vị"),
    ("tiếp", "nối"),
)
_REACH = 25
"""Tokens of a clause in front of a name."""
_APEX = frozenset(("tổng bí thư", "chủ tịch nước", "thủ tướng", "tổng thống"))
_EXECUTIVE = frozenset(
    (
        "bộ trưởng",
        "thứ trưởng",
        "chủ tịch",
        "phó chủ tịch",
        "giám đốc",
        "phó giám đốc",
        "cục trưởng",
        "vụ trưởng",
        "chủ nhiệm",
        "trưởng phòng",
        "chánh án",
        "viện trưởng",
        "thống đốc",
        "chánh văn phòng",
        "tổng cục trưởng",
        "phó thủ tướng",
    )
)
"""Titles of which nobody has two, of two bodies."""

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
    _share_behind(r, people)
    _succeed(r, people)
    _end(r, people)
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
    joined = [
        link is not None and (link in WORDS["chain"] or (left is not None and predicate(link) is not None))
        for link in links
    ]
    parted = [_parts(r, link, block[k], block[k + 1]) for k, link in enumerate(links)]
    head_end = joined.index(False) + 1 if False in joined else len(block)
    tail_start = len(joined) - joined[::-1].index(False) if False in joined else 0
    tail_start = max([tail_start] + [k + 1 for k, apart in enumerate(parted) if apart])
    chain = block[: parted.index(True) + 1 if True in parted[: head_end - 1] else head_end]
    to_left = _follows(r, left, chain) if left is not None else None
    to_right = None
    if right is not None:
        to_right = _precedes(r, block[tail_start:], right, after, taken=to_left is not None and all(joined))
    if to_left and to_right and head_end == len(block):
        head_end = tail_start = _division(left, block, parted)
    if left is not None and to_left:
        _give(left, block[:head_end], links, to_left)
    if right is not None and to_right:
        _give(right, block[tail_start:], links[tail_start:], to_right)


def _parts(r: Reading, link: str | None, before: Title, after: Title) -> bool:
    """`Thủ tướng và Chủ tịch Quốc hội A`: the first title is somebody else's."""
    if link == "," and any(isinstance(one, Office) and one.title.kind == "deputy" for one in (before, after)):
        return True
    if link == "," and isinstance(before, Office):
        if isinstance(after, Rank):
            return _governed(r, before.lead) and _apex(r, before)
        return _rivals(r, before, after) or _incompatible(r, before, after)
    return link in ("và", ";", ", và") and isinstance(before, Office)


def _rivals(r: Reading, before: Office, after: Office) -> bool:
    """Two of the State's highest offices, at least one of them foreign, are two people's."""
    highest = before.title.kind == after.title.kind == "state" and r.lows[before.title_end - 1] != "thư"
    return highest and any(one.organisation.place and one.organisation.place.foreign for one in (before, after))


def _incompatible(r: Reading, before: Office, after: Office) -> bool:
    """Nobody holds both: the first one ends a phrase in front of the sentence, `Thay mặt Thủ tướng, Bộ trưởng A`."""
    if after.former or before.former:
        return False
    head, next_head = _head(r, before), _head(r, after)
    if _apex(r, before):
        return not (
            after.title.kind in ("member", "deputy")
            or next_head.startswith(("trưởng ban", "phó trưởng ban", "trưởng đoàn", "tổng tư lệnh", "đại biểu"))
            or (next_head == "chủ tịch" and r.lows[after.organisation.first] == "hội")
            or (
                next_head == "chủ tịch"
                and "quốc gia" in " ".join(r.lows[after.organisation.first : after.organisation.last])
            )
            or (next_head == "bí thư" and r.lows[after.organisation.first] in ("quân", "đảng", "ban", "trung"))
            or (head == "tổng bí thư" and next_head == "chủ tịch nước")
        )
    if not (_governed(r, before.lead) and before.organisation and after.organisation):
        return False
    if head == "bí thư" and next_head == "chủ tịch":
        return (
            r.lows[after.organisation.first] in ("ubnd", "ủy")
            and "mặt" not in r.lows[after.organisation.first : after.organisation.last]
        )
    return head in _EXECUTIVE and next_head in _EXECUTIVE and not _society(r, before) and not _society(r, after)


def _society(r: Reading, office: Office) -> bool:
    """A council or an association, which one leads beside another office."""
    return r.lows[office.organisation.first] in ("hội", "liên", "công", "ban", "đoàn")


def _head(r: Reading, office: Office) -> str:
    return " ".join(r.lows[office.first : office.title_end])


def _apex(r: Reading, office: Office) -> bool:
    """One of Viet Nam's three highest offices, or a president's."""
    abroad = office.organisation.place is not None and office.organisation.place.foreign
    return _head(r, office) in _APEX and not abroad


def _governed(r: Reading, k: int) -> bool:
    """The word before token k makes what begins there another's complement: `báo cáo với`, `theo`."""
    return k > 0 and r.lows[k - 1] in WORDS["governors"]


def _division(left: Person | None, block: list[Title], parted: Sequence[bool]) -> int:
    """How many titles are `left`'s when the chain could be its or the next name's."""
    if True in parted:
        return parted.index(True) + 1
    if left is None or left.offices or left.rank:
        return 0
    cut = len(block) - 1
    while cut > 1 and _leads(block[cut - 1]):
        cut -= 1
    return cut


def _leads(title: Title) -> bool:
    """Titles that come first in a chain: ranks and memberships of the Party's committees."""
    return isinstance(title, Rank) or title.title.kind == "member"


def _give(person: Person, titles: Sequence[Title], links: Sequence[str | None], said: Said) -> None:
    former = said.former
    for k, one in enumerate(titles):
        if isinstance(one, Rank):
            person.rank = person.rank or one
            continue
        link = links[k - 1] if k else None
        if further := predicate(link) if link else None:
            said, former = further, further.former
        former = (one.former or former) and not one.current  # `nguyên` goes on through the list
        office = replace(one, former=former, frame=said.frame)
        joined = links[k] if k < len(links) else None
        following = titles[k + 1] if k + 1 < len(titles) else None
        if joined and isinstance(following, Office) and _one_body(joined, office):
            office = replace(office, organisation=following.organisation)
        person.offices.append(office)


def _one_body(joined: str, office: Office) -> bool:
    """`Tư lệnh kiêm Chính ủy Đoàn 5`, `Phó Chủ tịch - Tổng Thư ký Hội`: both titles are of the body named last."""
    same = joined in ("-", "–", ",", "và", "/") and office.title.kind == "weak"
    return not office.organisation and ("kiêm" in joined or same)


def _follows(r: Reading, person: Person, chain: Sequence[Title]) -> Said | None:
    """How the titles stand behind the name: in apposition, in brackets, or given by a verb."""
    title = chain[0]
    gap = _gap(r, person.last, title.lead)
    if gap is None:
        return None
    gap = _AGE.sub(",", gap).strip()
    if person.pronoun:
        return _in_time(r, person, is_held(gap) or predicate(gap))
    if isinstance(title, Office) and _candidate(r, title):
        return None
    if gap == "," and isinstance(title, Office) and not _apposed(r, person, title):
        return None
    if gap in (",", "-", "–", "—"):
        return _own(r, person, chain[-1])
    if gap in _APPOSITIONS or gap == ":":
        return BESIDE
    if gap == "":
        return BESIDE if person.honoured and not person.offices else None
    said = is_held(gap) or predicate(gap)
    if said is None or _agent(r, person) or proposes(_clause(r.lows[max(0, person.lead - 5) : person.lead])):
        return None
    return _in_time(r, person, said)


def _own(r: Reading, person: Person, last: Title) -> Said | None:
    """Whether titles behind a name and a comma are its own, and not the subject of what follows.

    `Theo đại biểu A, Bí thư Tỉnh ủy phải …`, `Tiếp ông A, Giám đốc Sở hứa …`: the phrase in front ends with the name.
    """
    begin = min([person.lead, *(office.lead for office in person.offices if office.first < person.first)])
    if not _governed(r, begin) or last.last >= len(r):
        return BESIDE
    following = r.lows[last.last]
    if r.lows[begin - 1] == "theo":
        closed = not following[0].isalpha() or following in ("thì", "và", "cùng")
        return BESIDE if closed else DOUBTFUL if following in ("cho", "nói", "khẳng", "chia") else None
    return None if following in WORDS["predicates"] and _fronted(r, begin) else BESIDE


def _fronted(r: Reading, k: int) -> bool:
    """The clause in front of token k has no subject: no other name, nor any word in capitals but its first."""
    clause = _clause(r.lows[max(0, k - _REACH) : k])
    return len(clause) < _REACH and not any(token[0].isupper() for token in r.tokens[k - len(clause) + 1 : k])


def _in_time(r: Reading, person: Person, said: Said | None) -> Said | None:
    """What a verb gives, in the time that the clause before the name tells: `Trước khi được bầu, bà A giữ chức …`."""
    if said is None or said.former:
        return said
    k = person.lead
    if k and r.lows[k - 1] in ("khi", "hồi", "lúc", "thời") and (k < 2 or r.lows[k - 2] not in ("từ", "sau", "trước")):
        return OVER
    if k and r.lows[k - 1] == "," and _clause(r.lows[max(0, k - _REACH) : k - 1])[:2] == ["trước", "khi"]:
        return OVER
    return said


def _candidate(r: Reading, office: Office) -> bool:
    """`ứng cử viên Tổng thống`, `ứng viên chức Chủ tịch`: the title is stood for."""
    before = r.lows[max(0, office.lead - 4) : office.lead]
    return "viên" in before and ("ứng" in before or "cử" in before)


def _apposed(r: Reading, person: Person, office: Office) -> bool:
    """A title behind name and comma is the person's, and not the next one's in a list."""
    if office.plural:
        return False
    if any(one.first < person.first and one.title.kind != "deputy" for one in person.offices):
        return office.former or office.title.kind == "member" or _closed(r, office)
    bare = office.title.kind in ("state", "public") and not office.organisation
    closed = office.last >= len(r) or not r.tokens[office.last][0].isalpha()
    return not bare or closed or (person.honoured and not _apex(r, office))


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


def _precedes(r: Reading, chain: Sequence[Title], person: Person, after: Element | None, *, taken: bool) -> Said | None:
    """How the titles stand before the name."""
    first, title = chain[0], chain[-1]
    if person.pronoun:
        return None
    gap = _gap(r, title.last, person.lead)
    if gap is None or (isinstance(first, Office) and _candidate(r, first)):
        return None
    if gap == "":
        return OVER if " ".join(r.lows[person.lead : person.first]) in _THEN else BESIDE
    in_front = r.lows[max(0, first.lead - 8) : first.lead]
    if _FOR.fullmatch(gap) and gap != "là":
        return decided(in_front)
    if gap == "," and (said := looks_back(_clause(in_front))):
        return said
    if gap == "do":
        return BESIDE if r.lows[person.last : person.last + 1] in (["làm"], ["giữ"], ["đảm"], ["kiêm"]) else None
    if taken or (isinstance(after, Office) and _gap(r, person.last, after.lead) in _APPOSITIONS):
        return None
    if isinstance(title, Office) and (title.title.kind == "deputy" or (gap == "," and _bare(title))):
        return None
    if gap in (",", "-", "–", "- ,"):
        if not (person.honoured or (gap == "," and (not person.short or (person.titled and person.foreign)))):
            return None
        if gap == "," and _governed(r, first.lead):
            return DOUBTFUL if r.lows[person.last : person.last + 1] == [","] else None
        return BESIDE
    who = _WHO.fullmatch(gap)
    if who:
        return OVER if who["then"] else Said(Frame.GIVEN)
    return BESIDE if gap == ":" else None


def _clause(words: list[str]) -> list[str]:
    """The words behind the last stop, comma or line break."""
    for k in range(len(words) - 1, -1, -1):
        if words[k] in (".", ",", "\n", ";", ":", '"', "“"):
            return words[k + 1 :]
    return words


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
            if accused or gap not in _BETWEEN_NAMES or any(one.first < other.first for one in other.offices):
                break
            other.offices.extend(replace(office, frame=Frame.SHARED) for office in plural)
            before = other


def _share_behind(r: Reading, people: Sequence[Person]) -> None:
    """`Các ông A, B, Phó Chủ tịch UBND tỉnh`: a title behind a list of names is everybody's."""
    for k, person in enumerate(people):
        if not person.honoured or not person.lead or r.lows[person.lead - 1] not in WORDS["plurals"]:
            continue
        group = [person]
        for other in people[k + 1 :]:
            if group[-1].offices or _gap(r, group[-1].last, other.lead) not in _BETWEEN_NAMES:
                break
            group.append(other)
        shared = [office for office in group[-1].offices if office.frame is Frame.BESIDE]
        if (
            len(group) > 1
            and shared
            and shared[0].first > group[-1].last
            and _gap(r, group[-1].last, shared[0].lead) == ","
        ):
            for one in group[:-1]:
                one.offices.extend(replace(office, frame=Frame.SHARED) for office in shared)


def _succeed(r: Reading, people: Sequence[Person]) -> None:
    """`A thay B làm Giám đốc`, `A làm Giám đốc thay B`: A holds it, and B did."""
    for heir, old in pairwise(people):
        begin = min([old.lead, *(office.lead for office in old.offices if office.first < old.first)])
        if old.rank and old.rank.first < begin:
            begin = old.rank.first
        said = tuple(r.lows[max(0, begin - 3) : begin])
        if not any(said[-len(words) :] == words for words in _INSTEAD) or _gap(r, heir.last, begin) is None:
            continue
        given = [office for office in old.offices if office.first > old.last and office.frame is Frame.GIVEN]
        taken = [office for office in heir.offices if heir.last <= office.first < begin] or given
        if given:
            old.offices = [office for office in old.offices if office not in given]
            heir.offices.extend(given)
        old.offices.extend(
            replace(office, former=True, mode="", frame=Frame.PAST) for office in taken if not office.former
        )


def _end(r: Reading, people: Sequence[Person]) -> None:
    """`A, Giám đốc Sở, nghỉ hưu`: what is said behind a name and its titles ends them."""
    for person in people:
        if not person.offices:
            continue
        end = max([person.last, *(office.last for office in person.offices if office.frame is Frame.BESIDE)])
        said = leaves(r.lows[end : end + 8])
        if said and end - person.last <= 2 * LONGEST_GAP:
            person.offices = [
                replace(office, former=True, mode="late" if said.late else office.mode) for office in person.offices
            ]


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
