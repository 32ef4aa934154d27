"""The organisation behind a title: where it ends, what kind it is, and which place it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.officials.recognition.boundary import name_begins
from index.officials.recognition.gazetteer import Place
from index.officials.recognition.lexicon import FIELDS, ORGANISATIONS, PLACES, TITLES, WORDS, surname
from index.officials.recognition.names import (
    NEVER_NAMES,
    capital,
    foreign_end,
    person_end,
    plain_end,
    run_end,
    shouted,
    vietnamese,
)
from index.officials.recognition.organisation_places import LEVELS, SEATS, inside, level_words, place_end, unlisted
from index.officials.recognition.token_text import TokenText

LIMIT = 30
"""Tokens of the longest organisation."""
_RULED = frozenset((*LEVELS, "xã", "phường", "thị trấn", "đặc khu"))
"""Levels that stand for their government: `Chủ tịch xã Lê Văn Mẫu`."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What follows a title: tokens first … last-1."""

    first: int
    last: int
    kind: str | None = None
    """public, service, private, or None when only a place or a field stands there."""
    place: Place | None = None

    def __bool__(self) -> bool:
        return self.last > self.first


def _hollow(r: TokenText, begin: int, kind: str | None, unit: _NamePiece) -> bool:
    """`Đảng ủy Trường …`: the organisation is the school's, whatever its head."""
    return (
        kind in ("public", "party") and unit.kind in ("service", "private") and r.lows[begin] in WORDS["hollow_heads"]
    )


def _joint(r: TokenText, k: int) -> int:
    """How many tokens at k only join title and organisation: `người phát ngôn của Bộ`."""
    if r.lows[k : k + 2] == ["phụ", "trách"]:
        return 2
    return int(r.lows[k : k + 1] == ["của"])


@dataclass(frozen=True, slots=True)
class _NamePiece:
    """One piece of an organisation's name."""

    end: int
    kind: str | None = None
    place: Place | None = None
    field: bool = False
    local: bool = False
    """It ends with a place, behind which no field follows."""


def organisation(r: TokenText, first: int, *, fielded: bool, placed: bool = False) -> Organisation:
    """Read the organisation that begins at token `first`; an empty one when none does.

    `fielded`: the title takes a field alone, as in `Bộ trưởng Y tế`; `placed`: a place that no table need have.
    """
    begin = k = first + _joint(r, first)
    if r.lows[k : k + 1] == ["các"] and ORGANISATIONS.match(r.lows, k + 1):
        k += 1
    kind: str | None = None
    place: Place | None = None
    limit = min(len(r), first + LIMIT)
    last = k
    listed = local = False
    while k < limit:
        unit = _unit(r, k, begin, headed=kind is not None, fielded=fielded, local=local)
        if unit is None and placed and k == begin:
            unit = _province(r, k)
        if unit and unit.field and local and r.tokens[k].islower():
            break
        if unit is None and last > begin:
            end, bracketed = _bracket(r, k)
            if end > k:
                k = last = end
                place = inside(place, bracketed)
                if (
                    k < limit
                    and capital(r.tokens[k])
                    and not (PLACES.match(r.lows, k) or ORGANISATIONS.match(r.lows, k))
                ):
                    break  # the next sentence, or a name
                continue
            link = _link(r, k, begin, headed=kind is not None, listed=listed)
            headed = kind is not None
            unit = _unit(r, link, begin, headed=headed, fielded=fielded, local=False) if link > k else None
            if unit is None and link > k and r.lows[k] == "tại":
                unit = _city(r, link)
        if unit is None:
            break
        kind = unit.kind if _hollow(r, begin, kind, unit) else kind or unit.kind
        place = inside(place, unit.place)
        k = last = unit.end
        listed, local = unit.field, unit.local
    if last == begin or (last == begin + 1 and r.lows[begin] == "các"):
        return Organisation(first, first)
    if kind == "centre":
        kind = "public" if "thuộc" in r.lows[begin:last] else "service"
    elif kind == "team":
        kind = "public" if WORDS["forces_of_order"].intersection(r.lows[begin:last]) else "service"
    if last == begin + 1 and r.lows[begin] in WORDS["empty_heads"]:
        kind = None
    return Organisation(begin, last, kind, place)


def whole_name(r: TokenText, org: Organisation) -> Organisation:
    """The body with what stands in brackets behind it: `(Sở Giáo dục Lam Khê)`."""
    end, place = _bracket(r, org.last)
    return replace(org, last=end, place=inside(org.place, place)) if end > org.last else org


def _unit(r: TokenText, k: int, begin: int, *, headed: bool, fielded: bool, local: bool) -> _NamePiece | None:
    if k >= len(r) or not r.lows[k][0].isalnum():
        return None
    low, token = r.lows[k], r.tokens[k]
    if r.lows[k : k + 3] == ["phòng", ",", "chống"]:
        return _NamePiece(_against(r, k + 3), "public" if k == begin else None, field=True)
    if headed and low == "miền" and k + 1 < len(r) and capital(r.tokens[k + 1]):
        return _NamePiece(k + 2, local=True)
    if headed and low == "số" and k + 1 < len(r) and r.tokens[k + 1].isdigit():
        return _NamePiece(k + 2)
    head, words = ORGANISATIONS.match(r.lows, k), FIELDS.match(r.lows, k)
    if head and ((low in WORDS["capital_heads"] and not shouted(token)) or _named_like(r, k, head[0])):
        head = None
    reach = max(head[0] if head else 0, words[0] if words else 0)
    title = TITLES.match(r.lows, k)
    if title and k > begin and title[0] >= reach and title[1].kind not in ("leader", "staff", "deputy"):
        return (
            _NamePiece(k + title[0], local=True)
            if title[1].kind == "state" and r.lows[k - 1] in ("phòng", "phủ")
            else None
        )
    if capital(token):
        found = PLACES.match(r.lows, k)
        if found and found[1].within and r.tokens[k + found[0] - 1].islower():
            found = None  # a word, not the district of that name: `Bộ Thống nhất Mường Sa`
        if found and found[0] >= reach and not (k == begin and found[0] > 2 and person_end(r, k) == k + found[0]):
            return _NamePiece(k + found[0], None, found[1], local=True)
    if (
        words
        and token.islower()
        and (not headed or r.lows[k - 1] == "phủ")
        and " ".join(r.lows[k : k + words[0]]) in WORDS["deeds"]
    ):
        words = None
    if words and (headed or fielded) and (not head or words[0] > head[0]):
        return _NamePiece(k + words[0], field=True)
    if head and (capital(token) or headed or head[0] > 1 or low in WORDS["lower_heads"]):
        abroad = " ".join(r.lows[k : k + head[0]]) in WORDS["bodies_abroad"]
        return _NamePiece(k + head[0], head[1], local=abroad)
    if headed and r.lows[k : k + 2] == ["khu", "vực"] and k + 2 < len(r) and _numeral(r.tokens[k + 2]):
        return _circuit(r, k + 3)
    if low == "bang" or r.lows[k : k + 2] == ["tiểu", "bang"]:
        return _state(r, k + 1 + (low == "tiểu"))
    if levels := level_words(r, k):
        return _levelled(r, k, k + levels, headed=headed)
    if capital(token):
        return _name_piece(r, k, headed=headed, fielded=fielded, local=local)
    if headed and low[0].isdigit() and r.lows[k - 1] in WORDS["numbered"]:
        return _NamePiece(k + 1)
    return None


def _city(r: TokenText, k: int) -> _NamePiece | None:
    """A city abroad that no table has, behind an envoy's `tại`: `Tổng Lãnh sự Việt Nam tại Velden`."""
    end = k
    while end < len(r) and end - k < _CITY and r.tokens[end].istitle() and r.tokens[end].isascii() and r.close(end):
        if vietnamese(r.lows[end]) or surname(r.lows[end]):
            break
        end += 1
    named = end - k == _CITY or (end < len(r) and capital(r.tokens[end]) and not vietnamese(r.lows[end]))
    end = k + 1 if named else end
    return _NamePiece(end, local=True) if end > k and WORDS["envoys"].intersection(r.lows[max(0, k - 8) : k]) else None


_CITY = 3
"""Words of a run that is a city and a name: `tại Velden John Marsch`."""


def _state(r: TokenText, k: int) -> _NamePiece | None:
    """A state of another country, behind `bang`: `New Mexico`; in front of a name of two words at least, one word."""
    end = run_end(r, k) if k < len(r) and capital(r.tokens[k]) else k
    if end == k:
        return None
    length = next((n for n in (3, 2) if " ".join(r.lows[k : k + n]) in WORDS["states"]), 0)
    if length:
        end = k + length
    elif end - k > 2:
        end = k + 1
    while r.tokens[end : end + 1] == ["-"] and r.starts[end] == r.ends[end - 1] and end + 1 < len(r):
        end += 2  # `Velden-Marsch`
    return _NamePiece(end, "public", Place(r.text[r.starts[k] : r.ends[end - 1]], "city", "", listed=False), local=True)


def _against(r: TokenText, k: int) -> int:
    """End of what is fought against, behind `phòng, chống`: `HIV/AIDS`, `tệ nạn xã hội`."""
    if k < len(r) and (shouted(r.tokens[k]) or "/" in r.tokens[k]):
        return min(k + 3, len(r)) if r.tokens[k + 1 : k + 2] == ["/"] else k + 1
    if words := FIELDS.match(r.lows, k):
        return k + words[0]
    end = k
    while end < len(r) and end - k < _EVILS and r.tokens[end].isalpha() and r.tokens[end].islower():
        if any(r.lows[end] in WORDS[name] for name in ("verbs", "speaking", "predicates", "links", "copulas")):
            break
        end += 1
    return end


_EVILS = 4
"""Words of the longest of them."""


def _numeral(token: str) -> bool:
    """`3`, `XIV`."""
    return token.isdigit() or not set(token) - set("IVX")


def _circuit(r: TokenText, k: int) -> _NamePiece:
    """A court's or an office's circuit, behind its number at k-1: `khu vực 2 - Lam Khê`."""
    if k + 1 < len(r) and r.tokens[k] in ("-", "–") and capital(r.tokens[k + 1]):
        end, place = place_end(r, k + 1, "tỉnh")
        if end > k + 1:
            return _NamePiece(end, None, place, local=True)
    return _NamePiece(k, None, local=True)


def _named_like(r: TokenText, k: int, length: int) -> bool:
    """The last of `length` words of an organisation is rather a surname: `Chủ tịch UBND tỉnh Đoàn Văn Mẫu`."""
    first = k + length - 1
    if surname(r.lows[first]) is None or not capital(r.tokens[first]) or FIELDS.match(r.lows, first + 1):
        return False
    return (length == 1 or r.tokens[k].islower()) and person_end(r, first, titled=True) - first > 2


def _name_piece(r: TokenText, k: int, *, headed: bool, fielded: bool, local: bool) -> _NamePiece | None:
    """A capitalised word of the organisation's own name, or a place, unless a person's name begins with it."""
    token = r.tokens[k]
    if token[-1] == "." and r.tokens[k + 2 : k + 3] == ["-"] and r.starts[k + 2] == r.ends[k + 1]:
        return None  # the initial of a name: `Nga X.La-vrốp`
    if shouted(token) and (headed or fielded) and not (k + 1 < len(r) and shouted(r.tokens[k + 1])):
        return _NamePiece(k + 1)
    alone = person_end(r, k, titled=True)
    if any(" ".join(r.lows[k - length : k]) in WORDS["bodies_abroad"] for length in (1, 2, 3)):
        return None  # `giám đốc CIA Velden`
    if not headed or (local and (alone > k or r.lows[k] in NEVER_NAMES or _signs(r, k))):
        return None
    if r.lows[k] in _SENTENCE and k + 1 < len(r) and not r.tokens[k + 1][0].isupper() and r.close(k + 1):
        return None  # glued behind the name: `… của Quốc hội Theo ông`
    if r.lows[k - 2 : k] == ["việt", "nam"] and plain_end(r, k) > k:
        return None  # the country closes the body's name: `Hội Nhà báo Việt Nam Thuần Mẫu`
    loud = shouted(token) and not (k + 1 < len(r) and shouted(r.tokens[k + 1]))
    named = k + 1 if loud and alone == k else name_begins(r, k, commune=r.lows[k - 1] in ("án", "khẩu"))
    if named == k:
        return None
    if level := SEATS.get(" ".join(r.lows[k - 2 : k])):
        return _NamePiece(named, None, unlisted(r, k, named, level), local=True)
    if alone > k or person_end(r, named, titled=True) > named:
        listed = (i for i in range(k + 1, named) if (place := PLACES.match(r.lows, i)) and place[0] > 1)
        return _NamePiece(next(listed, named))
    foreign = foreign_end(r, k)
    if foreign - k >= 2 and not all(vietnamese(low) for low in r.lows[k:foreign]):
        return None
    return _NamePiece(k + 2 if _half_capital(r, k) else k + 1)


_SENTENCE = frozenset(
    (
        *(
            "theo",
            "ngày",
            "trong",
            "sau",
            "khi",
            "tuy",
            "nhưng",
            "đây",
            "cũng",
            "như",
            "hôm",
            "ông",
            "bà",
            "do",
            "vì",
            "tôi",
        ),
        *("chúng", "trước", "để", "nếu", "với", "tại", "những", "một", "từ", "đến"),
    )
)
"""First words of sentences that no body's name goes on with."""


def _signs(r: TokenText, k: int) -> bool:
    """Two capitalised words at k close a line behind a place: the author of a caption, `UBND xã Lam Khê Quỳnh Mai`."""
    end = run_end(r, k)
    return end - k == 2 and (end == len(r) or r.lows[end] == "\n") and all(map(vietnamese, r.lows[k:end]))


def _half_capital(r: TokenText, k: int) -> bool:
    """A word of two syllables inside a name, only the first capitalised: `Đảng Hành động Nhân dân`."""
    if k + 1 >= len(r) or not r.tokens[k + 1].islower() or not r.close(k + 1):
        return False
    low = r.lows[k + 1]
    return vietnamese(low) and not any(low in WORDS[name] for name in ("links", "speaking", "verbs", "honorifics"))


def _levelled(r: TokenText, k: int, first: int, *, headed: bool) -> _NamePiece | None:
    """A place behind the words k … first-1 that say its level, or its government where only they stand."""
    level = " ".join(r.lows[k:first])
    end, place = place_end(r, first, LEVELS.get(level))
    if end > first:
        return _NamePiece(end, "public", place, local=True)
    if headed:
        return _NamePiece(end, None, local=True)
    if level in _RULED:
        return _NamePiece(end, "public", local=True)
    return None


def _province(r: TokenText, k: int) -> _NamePiece | None:
    """A province that no table has, where nothing says its level: `Tỉnh trưởng Nậm Xăng`, `(Lam Khê)`."""
    if not capital(r.tokens[k]) or TITLES.match(r.lows, k):
        return None
    end = name_begins(r, k)
    if end == k or shouted(r.tokens[k]) or not all(vietnamese(low) for low in r.lows[k:end]):
        return None
    return _NamePiece(end, None, unlisted(r, k, end, "tỉnh"), local=True)


def _link(r: TokenText, k: int, begin: int, *, headed: bool, listed: bool) -> int:
    """Past the word or mark at k that joins the next piece of the name begun at `begin`; k when nothing joins.

    `listed`: a field stands before it, so that another may follow a comma.
    """
    low, following = r.lows[k], k + 1
    if following >= len(r):
        return k
    field = FIELDS.match(r.lows, following)
    if low == "về" and r.lows[following : following + 3] == ["phòng", ",", "chống"]:
        return following
    if low in ("-", "–"):
        tight = r.starts[k] == r.ends[k - 1]
        owner = ORGANISATIONS.match(r.lows, following)
        if owner and owner[1] in ("private", "service") and headed:
            return following
        initials = shouted(r.tokens[k - 1]) and shouted(r.tokens[following]) and owner is None  # `Sở TN - MT`
        return following if field or tight or initials or (PLACES.match(r.lows, following) and headed) else k
    if low in ("và", "&"):
        shared = "văn phòng" in " ".join(r.lows[max(0, k - 12) : k]) and shouted(r.tokens[k - 1])  # `HĐND và UBND`
        initials = shouted(r.tokens[following]) and (shared or (listed and not ORGANISATIONS.match(r.lows, following)))
        return following if (field or initials) and not TITLES.match(r.lows, following) else k
    if low in ("về", "các"):
        return following if field else k
    if low in WORDS["links"]:
        return following
    owner = ORGANISATIONS.match(r.lows, following) if low == "," and not headed and not listed else None
    if owner and owner[1] == "private" and capital(r.tokens[following]):
        return following  # `Tổng giám đốc phụ trách ASEAN, Tập đoàn …`
    if low == "," and (headed or (listed and field)):
        another = PLACES.match(r.lows, following)
        beyond = r.lows[following + another[0] :][:1] if another else []
        if PLACES.match(r.lows, k - 2) and beyond in ([","], [";"], ["và"]):
            return following
        title = TITLES.match(r.lows, following)
        if title and title[0] > 1:
            return k
        if field and listed:
            return following
        if (level := level_words(r, following)) and following + level < len(r):
            return k if r.tokens[following + level].islower() else following
        head = ORGANISATIONS.match(r.lows, following)
        if head and head[1] in ("public", "party", "centre") and capital(r.tokens[following]):
            return following if _may_own(r, following, begin) else k
    return k


def _may_own(r: TokenText, owner: int, begin: int) -> bool:
    """The body at token `owner`, behind a comma, may be the one that what begins at `begin` belongs to.

    A body that leads its area belongs to none, and departments and offices of the State to no committee: what follows
    the comma in `Chủ tịch UBND tỉnh, Tỉnh ủy đã …` is the subject.
    """
    if ["văn", "phòng"] in (r.lows[begin : begin + 2], r.lows[max(0, begin - 2) : begin]):
        return True  # `Văn phòng Đoàn đại biểu Quốc hội, HĐND và UBND`
    leads = [_leads_area(r, k) for k in (begin, owner)]
    return not leads[0] and not (leads[1] and r.lows[begin] in WORDS["of_the_state"])


def _leads_area(r: TokenText, k: int) -> bool:
    """A people's committee or council, a Party committee, a delegation or a ministry begins at k."""
    words = r.lows[k : k + 3]
    if words[0] in WORDS["leading_bodies"] or words[1:2] == ["ủy"]:
        return True
    return words in (["ủy", "ban", "nhân"], ["hội", "đồng", "nhân"], ["đoàn", "đại", "biểu"])


def _bracket(r: TokenText, k: int) -> tuple[int, Place | None]:
    """Past a bracketed abbreviation or place at k: `(PAP)`, `(Nghệ An)`."""
    if k + 2 >= len(r) or r.tokens[k] != "(":
        return k, None
    for end in range(k + 2, min(len(r), k + 5)):
        if r.tokens[end] == ")" and all(token.isupper() or token.isdigit() for token in r.tokens[k + 1 : end]):
            return end + 1, None
    found = PLACES.match(r.lows, k + 1)
    if found and r.tokens[k + 1 + found[0] : k + 2 + found[0]] == [")"]:
        return k + 2 + found[0], found[1]
    inner = organisation(r, k + 1, fielded=False)
    last, place = inner.last, inner.place
    if inner.kind and r.tokens[last : last + 1] == [","] and (found := PLACES.match(r.lows, last + 1)):
        last, place = last + 1 + found[0], inside(place, found[1])  # `(H.Nậm Sa, Phú Thọ)`
    if inner.kind and r.tokens[last : last + 1] == [")"]:
        return last + 1, place
    return k, None
