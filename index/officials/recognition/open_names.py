"""The rest of a body's name in words that no table has: `Ban Chỉ đạo về phòng, chống hạn`, `Hội Bảo vệ rừng xanh`.

Such a name goes on in lower-case words, and over commas between them. Only what stands behind it tells that the words
are the name's: a person, the next title, the body it belongs to, its place, a verb of speaking.
"""

from __future__ import annotations

from dataclasses import replace

from index.officials.recognition.lexicon import FIELDS, ORGANISATIONS, PLACES, RANKS, TITLES, WORDS
from index.officials.recognition.names import capital, foreign_end, person_end, shouted
from index.officials.recognition.organisation_places import inside, level_words
from index.officials.recognition.organisations import Organisation, organisation, whole_name
from index.officials.recognition.token_text import TokenText


def open_name(r: TokenText, org: Organisation) -> Organisation:
    """The organisation to the end of its name, where that goes on behind the words of the tables."""
    if org.kind == "public" and (longer := _closed_by_name(r, org)) > org.last:
        org = replace(org, last=longer)
        return whole_name(r, org) if r.tokens[longer : longer + 1] == ["("] else org
    rest = _rest(r, org)
    if rest == org.last:
        return org
    if r.lows[rest : rest + 2] in _COUNTRY:
        rest += 2
    further = organisation(r, rest, fielded=False) if _body_or_place(r, rest) else None
    if not further and _owner_behind(r, rest):
        further = organisation(r, rest + 1, fielded=False)
    if not further:
        return replace(org, last=rest)
    return replace(org, last=further.last, place=inside(org.place, further.place))


_LONGEST = 14
"""Tokens of the longest rest of a name."""
_NAMED_BY_FIELD = frozenset(
    ("ban", "cục", "vụ", "phòng", "viện", "ủy", "tổng", "chi", "hội", "trung", "sở", "hội", "tổ", "văn", "bcđ", "thanh")
)
"""First words of bodies that are named by what they look after."""
_NO_REST = frozenset().union(
    *(WORDS[name] for name in ("verbs", "speaking", "predicates", "honorifics", "copulas", "plurals", "past"))
) - {"và", "các", "trẻ"}
_NOUNS = (
    ["trẻ", "em"],
    ["vấn", "đề"],
    ["tổ", "chức"],
    ["thông", "tin"],
    ["xã", "hội"],
    ["thị", "trường"],
    ["thực", "phẩm"],
)
"""Nouns with a syllable that alone goes on with a sentence."""
_NO_ITEM = frozenset(("người", "nhân", "một", "đại", "vốn", "nay", "hiện", "cùng", "kể", "gồm", "tức", "thay", "về"))
"""Words that begin what a sentence says of somebody between commas, and no item of a body's name."""
_COUNTRY = (["quốc", "gia"], ["trung", "ương"])
_FEW = 4
"""Words, at most, that a country or an owner behind them closes without a comma before: `hàng không | dân dụng Lào`."""
_OWNERS = frozenset(("bộ", "tổng", "văn", "ubnd", "công", "sở"))
"""First words of bodies that own others."""
_SPOKEN_OF = 3
"""Words behind a comma, at least, that a verb of speaking may close."""


def _rest(r: TokenText, org: Organisation) -> int:
    """End of the rest of the name behind `org`; its own end where nothing bears such a rest out."""
    begin = org.last
    heads = [
        k
        for k in range(org.first, begin)
        if r.lows[k] in _NAMED_BY_FIELD and ORGANISATIONS.match(r.lows, k) is not None
    ]
    if begin >= len(r) or not heads:
        return begin
    if org.place is not None or r.lows[heads[-1] : heads[-1] + 3] == ["ủy", "ban", "nhân"]:
        return begin
    if begin - org.first > 2 and all(
        r.tokens[k][0].isupper() and not shouted(r.tokens[k]) for k in (begin - 1, begin - 2)
    ):
        return begin  # a place that no table has: `Sở Y tế Nậm Xăng, …`
    about = r.lows[begin] == "về" and _matter(r, begin + 1)
    k, comma = _words_end(r, begin, begin + about)
    if k == begin or r.lows[k - 1] in ("và", "về", "các", ","):
        return begin
    return k if _borne_out(r, begin, k, comma, about=about) else begin


def _matter(r: TokenText, k: int) -> bool:
    """What a body may be about begins at k: `phòng, chống hạn`, `các vấn đề nước`, a field."""
    return r.lows[k : k + 2] in (["phòng", ","], ["các", "vấn"]) or FIELDS.match(r.lows, k) is not None


def _words_end(r: TokenText, begin: int, k: int) -> tuple[int, int]:
    """End of the lower-case words from k on, over commas between them, and where the last of these commas stands."""
    comma = -1
    limit = min(len(r), begin + _LONGEST)
    while k < limit:
        low = r.lows[k]
        if low == ",":
            if k + 1 >= limit or not _item(r, k + 1):
                break
            comma = k
        elif r.lows[k - 1 : k + 1] in _NOUNS or r.lows[k : k + 2] in _NOUNS:
            k += 1
            continue
        elif (
            not (r.tokens[k].islower() and r.tokens[k].isalpha() and r.close(k))
            or low in _NO_REST
            or level_words(r, k)
            or (k > begin and TITLES.match(r.lows, k))
        ):
            break
        k += 1
    return k, comma


def _item(r: TokenText, k: int) -> bool:
    """A lower-case word at k that may go on with a body's name behind a comma."""
    low = r.lows[k]
    if not (r.tokens[k].islower() and r.tokens[k].isalpha()) or low in _NO_REST or low in _NO_ITEM:
        return False
    return not (TITLES.match(r.lows, k) or RANKS.match(r.lows, k) or level_words(r, k))


def _borne_out(r: TokenText, begin: int, k: int, comma: int, *, about: bool) -> bool:
    """What stands at k tells that the words begin … k-1 are the body's."""
    joined = comma >= 0 or about
    if k >= len(r):
        return False
    if r.lows[k : k + 2] in _COUNTRY or (capital(r.tokens[k]) and r.lows[k : k + 1] == ["vn"]):
        return k - begin > 1
    if not joined and not _plain(r, begin, k):
        return False
    if not joined:
        return (capital(r.tokens[k]) and _body_or_place(r, k)) or _owner_behind(r, k)
    if person_end(r, k, titled=True) - k > 2 or _body_or_place(r, k):
        return True
    if r.lows[k] in (",", "-", "–", ";", "(") and k + 1 < len(r):
        titled = TITLES.match(r.lows, k + 1) or RANKS.match(r.lows, k + 1) or r.lows[k + 1] in ("kiêm", "nguyên")
        if titled or about or "và" in r.lows[comma:k] or _owner_behind(r, k):
            return True
    said = r.lows[k] in WORDS["reporting"] or " ".join(r.lows[k : k + 2]) in WORDS["reporting"]
    return said and (about or k - comma > _SPOKEN_OF)


def _plain(r: TokenText, begin: int, k: int) -> bool:
    """The words begin … k-1 are few and none of them is a sentence's verb."""
    pairs = {" ".join(r.lows[i : i + n]) for i in range(begin, k) for n in (1, 2)}
    return 0 < k - begin < _FEW and pairs.isdisjoint(WORDS["headline_verbs"])


def _owner_behind(r: TokenText, k: int) -> bool:
    """A comma at k and a body large enough to own another: `…, Bộ Công Thương`."""
    return r.lows[k] == "," and k + 1 < len(r) and r.lows[k + 1] in _OWNERS and _body_or_place(r, k + 1)


def _body_or_place(r: TokenText, k: int) -> bool:
    """At k stands the body that another belongs to, or its place."""
    if k >= len(r):
        return False
    if capital(r.tokens[k]) and r.lows[k] != "hội" and (ORGANISATIONS.match(r.lows, k) or PLACES.match(r.lows, k)):
        return True
    level = level_words(r, k)
    if level:
        return k + level < len(r) and capital(r.tokens[k + level])
    return r.lows[k] in ("của", "thuộc") and ORGANISATIONS.match(r.lows, k + 1) is not None


def _closed_by_name(r: TokenText, org: Organisation) -> int:
    """End of a body whose field no table has, where a name follows: `Ủy ban Hòa giải dân sự Lê Văn Mẫu`."""
    if r.lows[org.first] in _UNITS and org.place is None and (end := _unit_field(r, org.last)) > org.last:
        return end
    k = org.last
    while k < len(r) and k - org.last < 5 and r.tokens[k].islower() and r.tokens[k].isalpha() and r.close(k):
        if any(r.lows[k] in WORDS[name] for name in ("verbs", "speaking", "predicates", "links", "honorifics")):
            return org.last
        k += 1
    if not 2 <= k - org.last <= 4 or org.place is not None or k >= len(r) or TITLES.match(r.lows, k - 1):
        return org.last
    return k if person_end(r, k) - k > 2 or (r.lows[k] in WORDS["korean"] and foreign_end(r, k) - k > 2) else org.last


_UNITS = frozenset(("phòng", "vụ", "cục"))
"""Bodies that are named by what they look after, in words that no table has all of."""
_LONGEST_FIELD = 10
_NO_FIELD = frozenset().union(
    *(WORDS[name] for name in ("verbs", "speaking", "predicates", "governors", "honorifics", "copulas", "plurals")),
    (
        "đã",
        "sẽ",
        "đang",
        "bị",
        "được",
        "là",
        "tại",
        "ở",
        "từ",
        "khi",
        "này",
        "đó",
        "vừa",
        "mới",
        "cũng",
        "phải",
        "không",
    ),
) - {"và", "các"}


def _unit_field(r: TokenText, k: int) -> int:
    """End of the rest of a unit's field, closed by a mark: `Phòng Quản lý | thi và kiểm định chất lượng (…`."""
    last = k
    while last < len(r) and last - k < _LONGEST_FIELD and r.tokens[last].isalpha() and r.close(last):
        low = r.lows[last]
        behind_and = r.lows[last - 1] == "và" and last > k
        compound = last > k and r.lows[last - 1 : last + 1] == ["tổ", "chức"]
        if not (behind_and or compound or (r.tokens[last].islower() and low not in _NO_FIELD)):
            break
        last += 1
    if last - k < 2 or last >= len(r) or r.tokens[k - 1] == ")":
        return k
    given = r.lows[last] == "cho" and r.lows[last + 1 : last + 2] in (["bà"], ["ông"])
    return last if given or r.tokens[last] in ("(", ")", ",", "-", "–", ".") else k
