"""Titles in a text: the head, what stands before it (former, acting, new) and the organisation behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.officials.recognition.found_officials import Frame
from index.officials.recognition.lexicon import FIELDS, FORCES, ORGANISATIONS, RANKS, TITLES, WORDS, Title
from index.officials.recognition.names import capital, person_end
from index.officials.recognition.open_names import open_name
from index.officials.recognition.organisations import Organisation, organisation
from index.officials.recognition.token_text import TokenText

_MANY = 20
"""More deputies than that are no list of names."""
FORMER = {"nguyên": "", "cựu": "", "cố": "late", "từng": ""}
MODES = {"quyền": "acting", "tân": "new"}


@dataclass(frozen=True, slots=True)
class PrintedTitle:
    """A title with its organisation, as tokens."""

    lead: int
    """Where its markers begin."""
    first: int
    title_end: int
    title: Title
    organisation: Organisation
    former: bool = False
    mode: str = ""
    current: bool = False
    """Said to be held now: `hiện là`."""
    plural: bool = False
    frame: Frame = Frame.BESIDE

    @property
    def last(self) -> int:
        """End of title and organisation."""
        return max(self.title_end, self.organisation.last)


@dataclass(frozen=True, slots=True)
class Rank:
    """A military or police rank: tokens first … end-1, with its force to last-1 (`Thiếu tướng Quân đội nhân dân`)."""

    first: int
    end: int
    last: int

    @property
    def lead(self) -> int:
        """Where it begins: a rank has no markers."""
        return self.first


def office_at(r: TokenText, i: int) -> PrintedTitle | None:
    """The title that begins at token i with its organisation, or None."""
    found = TITLES.match(r.lows, i)
    if found is None:
        return None
    length, title = found
    if length == 1 and r.lows[i] in WORDS["capital_titles"] and not r.tokens[i].isupper():
        return None
    if i and (r.lows[i - 1] in ("cúp", "phó") or (r.lows[i] == "vụ" and r.lows[i - 1] in ("chức", "nhiệm"))):
        return None
    if title.kind == "staff" and i and r.lows[i - 1] in WORDS["of_staff"] and r.close(i):
        return None
    end = start = i + length - title.ahead
    if title.kind == "staff":
        end = start = _duties_end(r, end)
    elif (added := _suffix(r, end)) and not title.ahead and title.kind != "member":
        end = start = end + added
    elif title.shared and r.lows[end : end + 2] == ["phụ", "trách"] and ORGANISATIONS.match(r.lows, end + 2):
        start = end + 2
    elif title.shared and r.lows[end : end + 1] != r.lows[end - 1 : end]:
        start = end - title.shared
    org = organisation(r, start, fielded=title.fielded, placed=title.placed)
    if org.kind is not None:
        org = open_name(r, org)
    org = _without_scene(r, title, i, org)
    aide = r.lows[end - 1] in WORDS["aides"] or r.lows[end - 2 : end] == ["văn", "phòng"]
    if not org and aide and title.kind in ("public", "weak"):
        org = _served(r, end)
    if _foreign_to(title, org):
        org = Organisation(end, end)
    if org.last <= end:
        org = Organisation(end, end)
    org = _set_up(r, i, org)
    return _with_markers(r, PrintedTitle(i, i, end, title, org))


def _suffix(r: TokenText, k: int) -> int:
    """How many tokens at k say which of several deputies: `thường trực`, `không chuyên trách`."""
    unpaid = int(r.lows[k : k + 1] == ["không"])
    return unpaid + 2 if " ".join(r.lows[k + unpaid : k + unpaid + 2]) in WORDS["suffixes"] else 0


def _without_scene(r: TokenText, title: Title, first: int, org: Organisation) -> Organisation:
    """The organisation without where the sentence takes place: `gặp Chủ tịch Trung Quốc tại Điện Bạch Dương`."""
    scene = next((k for k in range(org.first + 1, org.last) if r.lows[k] == "tại"), org.last)
    if scene == org.last or WORDS["envoys"].intersection(r.lows[first:scene]):
        return org
    country = org.place is not None and org.place.foreign and not ORGANISATIONS.match(r.lows, org.first)
    kind = org.kind if org.kind in ("private", "service") else None
    return replace(org, last=scene, kind=kind) if title.fielded or title.kind == "state" or country else org


def _served(r: TokenText, end: int) -> Organisation:
    """The office that an aide serves: `người phát ngôn Tổng thống Pháp`, `Chánh văn phòng Tổng thống Pháp`."""
    k = end + (r.lows[end : end + 1] == ["của"])
    found = TITLES.match(r.lows, k)
    if found is None or found[1].kind != "state":
        return Organisation(end, end)
    if r.lows[k - 2 : k] == ["lý", "của"] and person_end(r, k + found[0], titled=True) > k + found[0]:
        return Organisation(end, end)  # the name is his whom the aide serves
    state = organisation(r, k + found[0], fielded=False)
    return Organisation(k, max(k + found[0], state.last), "public", state.place)


def _set_up(r: TokenText, first: int, org: Organisation) -> Organisation:
    """With who has set the unit up that the title heads: `Tổ trưởng Tổ công tác của Thủ tướng Chính phủ A`.

    The name behind is the head's: who is named with the higher office is not named by his unit's head.
    """
    if not org or r.lows[org.last : org.last + 1] != ["của"] or tuple(r.lows[first : first + 2]) not in _UNIT_HEADS:
        return org
    above = office_at(r, org.last + 1)
    if above is None or above.title.kind in _NO_HEADS or (above.title.kind == "weak" and not above.organisation):
        return org
    return replace(org, last=above.last)


_NO_HEADS = frozenset(("staff", "other", "member", "royal"))
"""Kinds of titles whose holders set up no unit."""


_UNIT_HEADS = frozenset(
    (
        *(("tổ", "trưởng"), ("tổ", "phó"), ("phó", "tổ"), ("trưởng", "ban"), ("phó", "ban"), ("phó", "trưởng")),
        *(("trưởng", "nhóm"), ("phó", "nhóm")),
    )
)


def _foreign_to(title: Title, org: Organisation) -> bool:
    """What follows the title only looks like its organisation."""
    if title.kind == "legislator":
        return org.place is None
    return title.kind == "state" and org.kind in ("service", "private")


def _duties_end(r: TokenText, k: int) -> int:
    """A plain officer's duties belong to the title: `cán bộ địa chính - xây dựng`."""
    while k < len(r):
        field = FIELDS.match(r.lows, k)
        if field and not capital(r.tokens[k]):
            k += field[0]
        elif r.lows[k] in ("-", "–") and FIELDS.match(r.lows, k + 1):
            k += 1
        else:
            break
    return k


def _with_markers(r: TokenText, office: PrintedTitle) -> PrintedTitle:
    """The office with the markers that stand before its title."""
    former = current = plural = False
    mode = ""
    k = office.first
    while k > 0 and office.first - k < 6:
        low = r.lows[k - 1]
        if low in FORMER and not _glued(r, k - 1):
            former, mode = True, mode or FORMER[low]
        elif low in MODES and not _glued(r, k - 1) and not (k > 1 and r.lows[k - 2] in WORDS["rights"]):
            mode = MODES[low]
        elif _heads_list(r, office, k):
            plural, k = True, k - _comrades(r, k)
        elif low in WORDS["plurals"] or (low.isdigit() and 1 < int(low) < _MANY):
            plural = True
        elif low in ("hiện", "đang", "nay"):
            current = True
        elif low == "là" and k > 1 and r.lows[k - 2] in ("hiện", "đang", "nay", "nguyên", "từng"):
            pass
        else:
            break
        k -= 1
    return replace(office, lead=k, former=former, mode=mode, current=current and not former, plural=plural)


def _heads_list(r: TokenText, office: PrintedTitle, k: int) -> bool:
    """`các đồng chí Ủy viên Trung ương Đảng: A, B`: the title, behind `các đồng chí` in front of k, heads a list."""
    return r.lows[office.last : office.last + 1] == [":"] and _comrades(r, k) > 0


def _comrades(r: TokenText, k: int) -> int:
    """How many tokens in front of k are `đồng chí` or an honorific behind a plural: `các đồng chí` is 2; else 0."""
    for length, said in ((2, r.lows[max(0, k - 2) : k] == ["đồng", "chí"]), (1, r.lows[k - 1] in WORDS["honorifics"])):
        if said and k > length and r.lows[k - length - 1] in WORDS["plurals"]:
            return length
    return 0


def _glued(r: TokenText, k: int) -> bool:
    """A capitalised marker behind a capitalised word ends a byline: `Ảnh: Trung Nguyên Phó Thủ tướng…`."""
    return capital(r.tokens[k]) and k > 0 and capital(r.tokens[k - 1]) and r.tokens[k - 1][-1] != "." and r.close(k)


def rank_at(r: TokenText, i: int) -> Rank | None:
    """The rank that begins at token i."""
    found = RANKS.match(r.lows, i)
    if found is None:
        return None
    force = FORCES.match(r.lows, i + found[0])
    return Rank(i, i + found[0], i + found[0] + (force[0] if force else 0))
