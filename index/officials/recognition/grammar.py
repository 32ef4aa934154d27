"""Who holds which title: decided by what stands between titles and names.

A text is a sequence of names, titles and ranks with words between them. The titles between two names are parted where
the words between them part two people; what is left of each name goes to it by apposition or by a verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.officials.recognition.found_officials import Frame
from index.officials.recognition.lexicon import ORGANISATIONS, RANKS, TITLES, WORDS, surname
from index.officials.recognition.names import shouted
from index.officials.recognition.parting import (
    REACH,
    Title,
    fronted,
    gap_between,
    governed,
    heads_list,
    is_apex,
    last_clause,
    parts,
)
from index.officials.recognition.predicates import (
    BESIDE,
    DOUBTFUL,
    GIVEN,
    HOLDS,
    OVER,
    Predicate,
    decided,
    dismissed,
    gives_anew,
    is_called,
    is_held,
    looks_back,
    predicate,
    proposes,
)
from index.officials.recognition.sequence import Element, NameInText
from index.officials.recognition.sharing import (
    add_what_follows,
    end_offices,
    share_behind,
    share_plurals,
    succeed,
)
from index.officials.recognition.titles import FORMER, PrintedTitle, Rank
from index.officials.recognition.token_text import TokenText

_AGE = re.compile(
    r"\( (?!ngày |sáng |trưa |chiều |tối |đêm |hôm )[^()]{1,60} (?:\)|,)|, (?:sn|sinh năm) \d+|, \d+ tuổi"
    r"|, (?:nguyên )?(?:quê|thường trú|trú|ngụ|dân tộc|sinh ngày) [^,;()]{1,60}(?= ,)"
)
_COMMAS = re.compile(r",(?: ,){2,}")
_TERM = re.compile(
    r"^(?:(?:các |từ )?(?:khóa|nhiệm kỳ|lần thứ)[\divxlcbảyhai ,–-]*(?:đến khóa [\divx]+)?"
    r"|cầm quyền|phụ trách [^,;]{1,50})\s*(?=[;,]|$)"
)
_FOR = re.compile(r"(?:(?:khóa|nhiệm kỳ)[\divxlc ,–-]* )?(?:đối với|với|của|cho|là)")
"""Between a title and the one it is voted to or taken from."""
_APPOSITIONS = frozenset((",", "-", "–", "—", "(", ", ,", ", -", ", –"))
_WHO_WAS = frozenset((", người", "- người", "– người", ", là người"))
_LISTING = WORDS["plurals"] | FORMER.keys() | {"và", "cùng", "đồng", "đại", "lãnh", "nhiều", "một", "kiêm", "đ/c"}
"""First words of what a list of people goes on with."""
_WHO = re.compile(
    r"(?:phụ trách [^,;.]{1,60} )?"
    r"(?:(?:hiện nay|hiện tại|hiện|mới|(?P<then>khi đó|lúc đó|lúc bấy giờ|bấy giờ|khi ấy)) )?"
    r"(?:là|gồm có|gồm)(?: các (?:ông|bà|ông bà|đồng chí|đ/c))?(?: :)?"
)
_UNLISTED = 7
"""Words of a body's name that may be in no table, with the comma behind them."""
_PHRASE = frozenset().union(
    *(WORDS[name] for name in ("verbs", "speaking", "predicates", "copulas", "governors", "honorifics"))
)
"""Words that no body's name goes on with."""
_BEFORE_THAT = frozenset((("trước", "đó"), ("trước", "đây"), ("trước", "kia"), ("trước", "nay")))
"""Clauses before a title that tell of an earlier time: `Trước đó, Giám đốc Sở là ông A`."""
_THEN = frozenset(
    ("lúc đó", "khi đó", "lúc bấy giờ", "bấy giờ", "thời bấy giờ", "tiền nhiệm", "cũ", "bị phế truất", "bị lật đổ")
)
"""Terms between a title and the name of one who holds it no longer."""


def assign(r: TokenText, found: Sequence[Element]) -> list[NameInText]:
    """Give every title to the person who holds it; all people, in the order of the text."""
    people = [person for person in found if isinstance(person, NameInText)]
    left: NameInText | None = None
    block: list[Title] = []
    for k, piece in enumerate(found):
        if isinstance(piece, NameInText):
            after = found[k + 1] if k + 1 < len(found) else None
            _settle(r, left, block, piece, after)
            left, block = left if left and _kin(r, left, piece, after) else piece, []
        else:
            block.append(piece)
    _settle(r, left, block, None, None)
    share_plurals(r, people)
    share_behind(r, people)
    succeed(r, people)
    end_offices(r, people)
    add_what_follows(r, people)
    return people


def _kin(r: TokenText, left: NameInText, person: NameInText, after: Element | None) -> bool:
    """`bà A, chị ông B, khi đó là …`: who is named as somebody's kin only, between commas, is not the subject."""
    k = person.lead
    named = k > 1 and not WORDS["kin"].isdisjoint((r.lows[k - 1], " ".join(r.lows[k - 2 : k])))
    sibling = person.first - k > 1 and r.lows[k] in WORDS["kin"]
    if not (named or sibling) or r.lows[person.last : person.last + 1] not in ([","], [")"], ["-"], ["–"]):
        return False
    gap = gap_between(r, left.last, k)
    beside = isinstance(after, PrintedTitle | Rank) and after.lead == person.last + 1
    return gap is not None and len(gap.split()) <= _KINSHIP and gap[:1] in (",", "(", "-", "–") and not beside


_KINSHIP = 5
"""Tokens between a name and that of the kin behind it: `, con trai của`."""


def _link(r: TokenText, title: Title, other: Title) -> str | None:
    """What joins two titles, terms of office left out: `khóa XII`, `nhiệm kỳ 2010 - 2015`."""
    gap = gap_between(r, title.last, other.lead)
    if not gap:
        return gap
    words = gap.split()
    named = (
        words[-1] == ","
        and 1 < len(words) <= _UNLISTED
        and isinstance(title, PrintedTitle)
        and bool(title.organisation)
    )
    if named and all(word.isalpha() and word not in _PHRASE for word in words[:-1]):
        return ","  # the rest of a body's name that no table has
    return _TERM.sub("", gap).strip()


def _settle(
    r: TokenText, left: NameInText | None, block: list[Title], right: NameInText | None, after: Element | None
) -> None:
    """Divide the titles between two names."""
    if not block:
        return
    links = [_link(r, title, other) for title, other in pairwise(block)]
    listed = right is not None and _heads_list(r, left, block, right)
    theirs = left is not None and right is not None and _another_states(r, left, block[0], right)
    to_left = _follows(r, left, block[:1]) if left is not None and not (listed or theirs) else None
    joined = [
        link is not None
        and (link in WORDS["chain"] or (to_left is not None and predicate(link) is not None))
        and not heads_list(r, following)
        for link, following in zip(links, block[1:], strict=True)
    ]
    parted = [parts(r, link, block[k], block[k + 1]) for k, link in enumerate(links)]
    if right is not None and _both_his(r, block, links, right):
        parted = [False] * len(links)
    head_end = joined.index(False) + 1 if False in joined else len(block)
    tail_start = len(joined) - joined[::-1].index(False) if False in joined else 0
    tail_start = max([tail_start] + [k + 1 for k, apart in enumerate(parted) if apart])
    if left is not None and to_left and head_end > 1:
        to_left = _follows(r, left, block[: parted.index(True) + 1 if True in parted[: head_end - 1] else head_end])
    to_right = None
    if right is not None:
        to_right = _precedes(r, block[tail_start:], right, after, claimed=to_left is not None and all(joined))
    if to_left and to_right is BESIDE and right is not None and to_left.frame is Frame.GIVEN and _begins(r, right):
        to_right = None
    if to_left and to_right and head_end == len(block):
        head_end = tail_start = _division(left, block, parted)
    if left is not None and to_left:
        _give(r, left, block[:head_end], links, to_left)
    if right is not None and to_right:
        _give(r, right, block[tail_start:], links[tail_start:], to_right)
        if listed:
            right.offices = [replace(office, plural=True) for office in right.offices]


def _both_his(r: TokenText, block: Sequence[Title], links: Sequence[str | None], right: NameInText) -> bool:
    """`Cựu Thống đốc và cựu Đại sứ, ông A`: two former titles with a marker each, before one person in apposition."""
    marked = all(isinstance(title, PrintedTitle) and title.former and not title.plural for title in block)
    return marked and links == ["và"] and right.honoured and gap_between(r, block[-1].last, right.lead) == ","


def _heads_list(r: TokenText, left: NameInText | None, block: Sequence[Title], right: NameInText) -> bool:
    """`Tổng Bí thư A, nguyên Tổng Bí thư: B, C`: the title that A holds now is B's and C's who held it before."""
    if left is None or len(block) > 1 or not isinstance(block[0], PrintedTitle) or not block[0].former:
        return False
    words = r.lows[block[0].first : block[0].title_end]
    again = any(r.lows[office.first : office.title_end] == words and not office.former for office in left.offices)
    return again and gap_between(r, block[0].last, right.lead) == ":"


def _begins(r: TokenText, person: NameInText) -> bool:
    """A sentence begins, without a stop before it, with the person: `A làm Giám đốc Sở Ông B sau đó …`."""
    return person.lead < person.first and person.lead > 0 and r.tokens[person.lead] in ("Ông", "Bà", "Đồng")


def _another_states(r: TokenText, left: NameInText, title: Title, right: NameInText) -> bool:
    """`lời mời của Đại tướng A, Bộ trưởng Quốc phòng Ấn Độ, bà B, …`: A of this country holds no office of another."""
    if left.foreign or left.pronoun or surname(r.lows[left.first]) != "common" or not isinstance(title, PrintedTitle):
        return False
    abroad = title.organisation.place is not None and title.organisation.place.foreign
    body = r.lows[title.organisation.first : title.organisation.last]
    if not abroad or "việt" in body or "tại" in body or r.lows[title.first] in ("đại", "tổng", "lãnh", "tùy"):
        return False
    return gap_between(r, left.last, title.lead) == "," and gap_between(r, title.last, right.lead) in (",", "")


def _division(left: NameInText | None, block: list[Title], parted: Sequence[bool]) -> int:
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


def _give(
    r: TokenText, person: NameInText, titles: Sequence[Title], links: Sequence[str | None], said: Predicate
) -> None:
    former = said.former
    for k, title in enumerate(titles):
        if isinstance(title, Rank):
            person.rank = person.rank or title
            continue
        link = links[k - 1] if k else None
        if link and link not in WORDS["chain"] and (further := predicate(link)):
            said, former = further, further.former
        former = (title.former or former) and not title.current  # `nguyên` goes on through the list
        frame = Frame.GIVEN if title.current and said.frame is Frame.PAST else said.frame
        office = replace(title, former=former, frame=frame)
        joined = links[k] if k < len(links) else None
        following = titles[k + 1] if k + 1 < len(titles) else None
        if joined and isinstance(following, PrintedTitle) and _one_body(r, joined, office, following):
            office = replace(office, organisation=following.organisation)
        person.offices.append(office)


def _one_body(r: TokenText, joined: str, office: PrintedTitle, following: PrintedTitle) -> bool:
    """`Tư lệnh kiêm Chính ủy Đoàn 5`, `Phó Chủ tịch - Tổng Thư ký Hội`: both titles are of the body named last."""
    same = joined in ("-", "–", ",", "và", "/") and office.title.kind == "weak"
    behind = r.lows[following.title_end : following.title_end + 1]
    if r.lows[office.first : office.title_end][-2:] == ["bí", "thư"] and not _ELECTED.isdisjoint(behind):
        return False  # `Bí thư kiêm Chủ tịch UBND xã`: of the Party's committee, whose name is not said
    if r.lows[following.first : following.title_end][-2:] == ["thủ", "trưởng"]:
        return False  # `Phó Giám đốc, Thủ trưởng Cơ quan điều tra`: the police's deputy director heads its detectives
    return not office.organisation and ("kiêm" in joined or same)


_ELECTED = frozenset(("ubnd", "hđnd", "ủy", "uỷ", "hội"))
"""First words of bodies that have no secretary: committees and councils of the people."""


def _follows(r: TokenText, person: NameInText, chain: Sequence[Title]) -> Predicate | None:
    """How the titles stand behind the name: in apposition, in brackets, or given by a verb."""
    title = chain[0]
    gap = gap_between(r, person.last, title.lead)
    if gap is None:
        return None
    gap = _COMMAS.sub(", ,", _AGE.sub(",", gap)).strip()
    if person.pronoun:
        if _agent(r, person):
            return None
        return _in_time(r, person, is_held(gap) or predicate(gap), gap)
    if isinstance(title, PrintedTitle) and _candidate(r, title):
        return None
    if gap == "," and isinstance(title, PrintedTitle) and not _apposed(r, person, title):
        return None
    if gap == "," and isinstance(title, PrintedTitle) and title.current and governed(r, person.begin):
        return None  # `Theo ông A, hiện Chánh Văn phòng là ông B`
    if gap in (",", "-", "–", "—", "("):
        if _dismissed(r, person.begin):
            return OVER
        if gap != "(":
            return _own(r, person, chain[-1])
    if gap in _APPOSITIONS or gap == ":":
        return BESIDE
    if gap in _WHO_WAS and title.lead < title.first:
        return BESIDE  # `ông A, người từng là Giám đốc Sở`
    if gap == "":
        return BESIDE if person.honoured and not person.offices else None
    undergone = r.lows[max(0, person.lead - 1)] == "với"
    said = is_held(gap) or predicate(gap, undergone=undergone)
    words = last_clause(r.lows[max(0, person.lead - 5) : person.lead])
    if said is HOLDS and gap.endswith("là"):
        if is_called(words):
            return None
        words = [
            word for word in words if word not in ("ứng", "cử", "viên")
        ]  # who stands for one office may hold another
    if said is None or _agent(r, person) or proposes(words):
        return None
    return _in_time(r, person, said, gap)


def _dismissed(r: TokenText, k: int) -> bool:
    """The clause in front of token k puts out of office whom it names next: `cách chức đối với ông A`."""
    k = _before_list(r, k)
    if k == 0 or r.lows[k - 1] not in _DISMISSING:
        return False  # told at once of most
    return dismissed(last_clause(r.lows[max(0, k - REACH) : k]))


def _before_list(r: TokenText, k: int) -> int:
    """Where the list begins that token k is an item of: `các` of `cách chức các ông: A, chức; B, chức`; else k."""
    head = k
    if k and r.lows[k - 1] == ";":
        while head > max(0, k - _LIST) and r.lows[head - 1] not in (":", "."):
            head -= 1
    if head < 3 or r.lows[head - 1] != ":":
        return k
    comrades = r.lows[head - 3 : head - 1] == ["đồng", "chí"]
    honoured = comrades or r.lows[head - 2] in WORDS["honorifics"]
    plural = head - (4 if comrades else 3)
    return plural if honoured and r.lows[plural] in WORDS["plurals"] else k


_LIST = 80
"""Tokens in front of an item in which its list begins."""
_DISMISSING = frozenset(("nhiệm", "miễn", "chức", "vụ", "danh", "việc", "với", "thải", "truất", "đổ"))
"""Last words of such a clause."""


def _own(r: TokenText, person: NameInText, last: Title) -> Predicate | None:
    """Whether titles behind a name and a comma are its own, and not the subject of what follows.

    `Theo đại biểu A, Bí thư Tỉnh ủy phải …`, `Tiếp ông A, Giám đốc Sở hứa …`: the phrase in front ends with the name.
    """
    begin = person.begin
    if not governed(r, begin) or last.last >= len(r):
        return BESIDE
    following = r.lows[last.last]
    if following not in WORDS["predicates"]:
        theirs = (
            r.lows[begin - 1] == "theo" and person.foreign and isinstance(last, PrintedTitle) and _subject_ends(r, last)
        )
        return None if theirs else BESIDE  # `Theo ông A, cựu Giám đốc FBI giống với …`
    if r.lows[begin - 1] == "theo":
        return DOUBTFUL if following in ("cho", "nói", "khẳng", "chia") else None
    return None if fronted(r, begin) else BESIDE


def _subject_ends(r: TokenText, office: PrintedTitle) -> bool:
    """The office's name is whole and a word in small letters goes on with the sentence."""
    body, behind = office.organisation, office.last
    whole = not body or body.place is not None or " ".join(r.lows[body.first : body.last]) in WORDS["bodies_abroad"]
    return whole and r.tokens[behind].islower() and r.tokens[behind].isalpha() and r.lows[behind] not in ("kiêm", "thì")


def _in_time(r: TokenText, person: NameInText, said: Predicate | None, gap: str) -> Predicate | None:
    """What a verb gives, in the time that the clause before the name tells: `Trước khi được bầu, bà A giữ chức …`."""
    if said is None or said.former:
        return said
    k = person.lead
    if k and r.lows[k - 1] in ("khi", "hồi", "lúc", "thời") and (k < 2 or r.lows[k - 2] not in ("từ", "sau", "trước")):
        return OVER
    words = last_clause(r.lows[max(0, k - REACH) : k - (k > 0 and r.lows[k - 1] == ",")])
    if tuple(words) in _BEFORE_THAT and gives_anew(gap) is None:
        return OVER  # `Trước đó, ông A là …`
    if words[:2] == ["trước", "khi"] or (words[:1] in (["từ"], ["trong"]) and _period(words)):
        return OVER
    dated = "năm" in words and any(len(word) == 4 and word.isdigit() for word in words)
    return OVER if dated and said is HOLDS else said


def _period(words: Sequence[str]) -> bool:
    """`từ tháng 3/2015 đến tháng 3/2016`, `trong 5 năm`: a time that is over."""
    return ("đến" in words and "nay" not in words) or words[-1:] == ["năm"]


def _candidate(r: TokenText, office: PrintedTitle) -> bool:
    """`ứng cử viên Tổng thống`, `ứng viên chức Chủ tịch`: the title is stood for."""
    before = r.lows[max(0, office.lead - 4) : office.lead]
    return "viên" in before and ("ứng" in before or "cử" in before)


def _played(r: TokenText, k: int) -> bool:
    """The title at k is pretended or acted: `Giả danh Thứ trưởng, A …`, `tự xưng là`, `vào vai Chủ tịch A`."""
    k -= k > 0 and r.lows[k - 1] == "là"
    return tuple(r.lows[max(0, k - 2) : k]) in _PLAYED


_PLAYED = frozenset(
    tuple(words.split())
    for words in (
        *("giả danh", "mạo danh", "giả mạo", "mạo nhận", "mạo xưng", "tự xưng", "tự nhận", "đóng giả", "giả làm"),
        *("vào vai", "đóng vai", "thủ vai", "sắm vai", "vai diễn", "nhân vật"),
    )
)


def _kin_of(r: TokenText, k: int) -> bool:
    """The title at k is that of somebody's kin: `Con trai Chủ tịch UBND tỉnh, anh A`."""
    k -= k > 0 and r.lows[k - 1] == "của"
    pair = " ".join(r.lows[max(0, k - 2) : k])
    return pair in WORDS["kin"] or (k > 0 and r.lows[k - 1] in _KIN_WORDS)


_KIN_WORDS = frozenset(("vợ", "chồng", "cha", "bố", "mẹ", "cháu"))
"""Words of kin that nothing else is meant by; `anh`, `con` and the like are said of others too."""


def _apposed(r: TokenText, person: NameInText, office: PrintedTitle) -> bool:
    """A title behind name and comma is the person's, and not the next one's in a list."""
    if office.plural:
        return False
    in_front = (title for title in person.offices if title.first < person.first)
    if any(title.title.kind != "deputy" and not heads_list(r, title) for title in in_front):
        return office.former or office.title.kind == "member" or _closed(r, office)
    bare = office.title.kind in ("state", "public") and not office.organisation
    closed = office.last >= len(r) or not r.tokens[office.last][0].isalpha()
    return not bare or closed or (person.honoured and not is_apex(r, office))


def _closed(r: TokenText, office: PrintedTitle) -> bool:
    """The sentence ends behind the office, or goes on behind a comma: `…, Trưởng ban Chỉ đạo, đề nghị`."""
    k = office.last
    if not office.organisation:
        return False
    ended = r.lows[k : k + 1] in ([], ["."], [")"], ["\n"]) and r.lows[k : k + 2] != [".", "."]
    return ended or (r.lows[k] == "," and _goes_on(r, k + 1))


def _goes_on(r: TokenText, k: int) -> bool:
    """A word in lower case at k, no title, no organisation and no marker of either."""
    if k >= len(r) or not r.tokens[k].islower() or r.lows[k] in _LISTING or r.lows[k] in WORDS["honorifics"]:
        return False
    return not any(phrases.match(r.lows, k) for phrases in (TITLES, RANKS, ORGANISATIONS))


def _agent(r: TokenText, person: NameInText) -> bool:
    """`được Tổng thống A bổ nhiệm làm…`: the title goes to another."""
    begin = person.begin
    return not {"được", "bị"}.isdisjoint(r.lows[max(0, begin - 2) : begin])


def _precedes(
    r: TokenText, chain: Sequence[Title], person: NameInText, after: Element | None, *, claimed: bool
) -> Predicate | None:
    """How the titles stand before the name."""
    first, title = chain[0], chain[-1]
    if person.pronoun:
        return None
    gap = gap_between(r, title.last, person.lead)
    if gap is None or (isinstance(first, PrintedTitle) and (_candidate(r, first) or _played(r, first.lead))):
        return None
    hers = not person.foreign and r.lows[max(0, first.lead - 2) : first.lead] == ["phu", "nhân"]
    if _kin_of(r, first.lead) and (gap or hers):
        return None  # `Phu nhân Thủ tướng A` may name her, `vợ Chủ tịch huyện A` names him
    if gap == "":
        if _served_then(r, first.lead):
            return DOUBTFUL
        ended = " ".join(r.lows[person.lead : person.first]) in _THEN or _reign(r, first.lead)
        return OVER if ended or _dismissed(r, first.lead) else BESIDE
    if gap == ")" and r.tokens[title.lead - 1] == "(" and all(map(shouted, r.tokens[title.lead : title.last])):
        return BESIDE  # `Đại biểu Quốc hội (ĐBQH) A`
    in_front = r.lows[max(0, first.lead - 8) : first.lead]
    gap = gap.removeprefix(") ")  # `nhiệm vụ đại biểu Quốc hội (ĐBQH) đối với ông A`
    if _FOR.fullmatch(gap) and gap != "là":
        return decided(in_front)
    if gap == "," and (said := looks_back(last_clause(in_front))):
        return said
    if gap == "do":
        return BESIDE if r.lows[person.last : person.last + 1] in (["làm"], ["giữ"], ["đảm"], ["kiêm"]) else None
    who = _WHO.fullmatch(gap)
    if isinstance(title, PrintedTitle) and title.plural and (who or gap == ":") and not claimed:
        return OVER if who and who["then"] else GIVEN  # `có 6 phó chủ tịch gồm: A (…); B; C`
    if claimed or (isinstance(after, PrintedTitle) and gap_between(r, person.last, after.lead) in _APPOSITIONS):
        return None
    if isinstance(title, PrintedTitle) and (title.title.kind == "deputy" or (gap == "," and _bare(title))):
        return None
    if gap in (",", "-", "–", "- ,"):
        if not (person.honoured or not person.short or (gap == "," and person.titled and person.foreign)):
            return None
        if gap == "," and _dismissed(r, first.lead):
            return None  # `quyết định sa thải Giám đốc FBI, ông A có thể …`
        if gap == "," and governed(r, first.lead):
            return DOUBTFUL if r.lows[person.last : person.last + 1] == [","] else None
        return BESIDE
    if who:
        words = tuple(last_clause(r.lows[max(0, first.lead - REACH) : first.lead - (r.lows[first.lead - 1] == ",")]))
        return OVER if who["then"] or words in _BEFORE_THAT else GIVEN
    return BESIDE if gap == ":" else None


def _served_then(r: TokenText, k: int) -> bool:
    """`từng là thư ký cho Bí thư Tỉnh ủy A`: that A still holds it is not said where another's past is told."""
    words = last_clause(r.lows[max(0, k - REACH) : k])
    if words[-1:] not in (["cho"], ["của"], ["giúp"]):
        return False
    if WORDS["servants"].isdisjoint(" ".join(pair) for pair in pairwise(words)):
        return False
    return looks_back([*words[:-1], "là"]) is OVER or "từng" in words


def _reign(r: TokenText, k: int) -> bool:
    """`dưới thời Tổng thống A`: the time of the title that begins at k."""
    return k > 0 and r.lows[k - 1] == "thời" and r.lows[max(0, k - 2)] not in ("đồng", "tạm", "nhất", "lâm")


def _bare(office: PrintedTitle) -> bool:
    """`Báo cáo với Thủ tướng, ông A nói`: a high title alone before a comma is not the next name's."""
    return office.title.kind in ("state", "public") and not office.organisation
