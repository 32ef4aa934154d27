"""Where a person's name begins and ends among capitalised syllables."""

from __future__ import annotations

import re

from index.officials.recognition.lexicon import ORGANISATIONS, PLACES, RANKS, TITLES, WORDS, surname
from index.officials.recognition.token_text import TokenText

LONGEST = 4
"""Syllables of a Vietnamese name, but for rare ones of five."""
NEVER_NAMES = WORDS["starters"] - WORDS["starters_and_names"]
"""Words that begin sentences and are no given names."""
_GIVEN_NAMES = frozenset(("giao", "nhân", "tiếp", "lên", "chúc", "thúc", "tri", "mong", "tới", "tại", "về", "đi", "từ"))
"""Words of a headline's verbs that are given names too: they end no name of two syllables."""
_POLICY = frozenset(
    (
        *("chính sách", "chính quyền", "quốc gia", "công tác", "dự án", "dự luật", "liên quan", "thực tế", "thời gian"),
        *("cụ thể", "mặc dù", "đặc biệt", "hội nghị", "quan điểm", "kết quả", "nội dung", "đất nước", "ngoài ra"),
    )
)
"""Nouns that begin sentences, of which a name may end with the first syllable."""
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}"
    r"(?:ng|nh|ch|[cmnpt])?"
)


def vietnamese(low: str) -> bool:
    """The lowered word could be one Vietnamese syllable."""
    return _SYLLABLE.fullmatch(low) is not None


def capital(token: str) -> bool:
    """The token begins with a capital letter."""
    return token[0].isupper()


def shouted(token: str) -> bool:
    """The token is an abbreviation, or a word in capitals."""
    return len(token) > 1 and token.isupper()


_MOST_HONOURS = 16
"""Tokens of honorifics and degrees that are read before one name."""


def honours_end(r: TokenText, k: int) -> int:
    """Past honorifics and academic degrees at k: `đồng chí`, `PGS.TS`, `ông`."""
    size = min(len(r), k + _MOST_HONOURS)
    while k < size:
        low = r.lows[k]
        if low in WORDS["honorifics"] or low in WORDS["degrees"]:
            k += 1
        elif k + 1 < size and f"{low} {r.lows[k + 1]}" in WORDS["honorific_pairs"]:
            k += 2
        elif low == "," and k + 1 < size and r.lows[k + 1] in WORDS["degrees"]:
            k += 1
        else:
            break
    return k


def run_end(r: TokenText, i: int, limit: int = 8) -> int:
    """End of the capitalised words that follow one another from i on, cut where a title or an organisation begins."""
    shout = shouted(r.tokens[i])
    size = min(len(r), i + limit)
    k = i
    while k < size:
        token = r.tokens[k]
        if not (token[0].isupper() and token[-1].isalpha()):
            break
        if k > i and (r.starts[k] != r.ends[k - 1] + 1 or _begins_something(r, k, shout=shout)):
            break
        k += 1
    return k


def _begins_something(r: TokenText, k: int, *, shout: bool) -> bool:
    """A title, a rank, an organisation or an honorific begins at k, behind a capitalised word."""
    loud = shouted(r.tokens[k])
    if loud and not shout:
        return True
    for phrases in (TITLES, RANKS, ORGANISATIONS):
        found = phrases.match(r.lows, k)
        if found and (found[0] > 1 or (loud and not shout)):
            return True
    return r.lows[k] in ("ông", "bà") and k + 1 < len(r) and capital(r.tokens[k + 1])


def person_end(r: TokenText, i: int, *, titled: bool = False) -> int:
    """End of the Vietnamese name that begins at token i, or i when none does.

    `titled`: a title or an honorific stands before it, so rare surnames count too.
    """
    strength = surname(r.lows[i]) if i < len(r) else None
    if strength is None or not capital(r.tokens[i]):
        return i
    if strength != "common" and not titled and r.lows[i + 1 : i + 2] not in (["văn"], ["thị"]):
        return i
    end = run_end(r, i)
    if shouted(r.tokens[i]) and len(r.tokens[i]) > 1 and end - i > 2:
        end = _shouted_end(r, i, end)
    elif strength != "minority":
        end = _trimmed(r, i, end)
    else:
        end = _verb_begins(r, i + 2, end)
    if _hyphened(r, end) or lunar_year(r, i, end):
        return i
    if strength == "minority" and end - i == 1 and r.lows[i][1:2] == "'":
        return end
    if strength != "common" and (place := PLACES.match(r.lows, i + 1)) and place[0] > 1:
        return i
    if end - i < 2 or (strength != "minority" and not all(vietnamese(low) for low in r.lows[i + 1 : end])):
        return i
    return end


def lunar_year(r: TokenText, i: int, end: int) -> bool:
    """`Đinh Dậu`, `Bính Thân 2016`: two words that name a year."""
    return end - i == 2 and end <= len(r) and r.lows[i] in WORDS["stems"] and r.lows[i + 1] in WORDS["branches"]


def _shouted_end(r: TokenText, i: int, end: int) -> int:
    """End of a name in a headline of capitals, which go on behind it: as the article spells it elsewhere, else before
    a verb, else after three syllables."""
    for length in (5, 4, 3, 2):
        if length <= end - i and _spelt_elsewhere(
            r, i, " ".join(token.capitalize() for token in r.tokens[i : i + length])
        ):
            return i + length
    for k in range(i + 2, min(end, i + LONGEST + 1)):
        word, two = r.lows[k], " ".join(r.lows[k : k + 2])
        if two in WORDS["headline_verbs"] or (
            word in WORDS["headline_verbs"] and (k - i > 2 or word not in _GIVEN_NAMES)
        ):
            return k
    return min(end, i + LONGEST if end - i <= LONGEST else i + 3)


def _spelt_elsewhere(r: TokenText, i: int, name: str) -> bool:
    """The text has the name in small letters, and no other capitalised word behind it."""
    low, high = r.around(i)
    if (name, low) not in r.small:
        at = r.text.find(name, low, high)
        while at >= 0:
            end = at + len(name)
            if not (r.text[end : end + 1].isalpha() or r.text[end + 1 : end + 2].isupper()):
                break
            at = r.text.find(name, end, high)
        r.small[name, low] = at >= 0
    return r.small[name, low]


def _verb_begins(r: TokenText, k: int, end: int) -> int:
    """Where the next sentence is glued behind a name, its first word alone capitalised: `Mẫu Kết luận`; else `end`."""
    last = end - 1
    if last >= k and end < len(r) and r.tokens[end].islower() and r.close(end):
        glued = f"{r.lows[last]} {r.lows[end]}"
        body = last > k and ORGANISATIONS.match(r.lows, last)
        if glued in WORDS["headline_verbs"] or glued in WORDS["deeds"] or glued in _POLICY or (body and body[0] > 1):
            return last
        if last > k and (r.lows[last] in WORDS["openers"] or glued in WORDS["opening_words"]):
            return last
    return end


def _hyphened(r: TokenText, k: int) -> bool:
    """A hyphen and a lower-case syllable at k go on with the word before: `Jong` + `-un`."""
    if k + 1 >= len(r) or r.tokens[k] != "-" or _title_behind(r, k + 1):
        return False
    if r.starts[k] != r.ends[k - 1]:
        return capital(r.tokens[k - 1]) and _korean(r, k)
    return r.starts[k] == r.ends[k - 1] and r.starts[k + 1] == r.ends[k] and r.tokens[k + 1].islower()


def _title_behind(r: TokenText, k: int) -> bool:
    """A title or its marker in small letters at k, glued behind a hyphen: `Trần Anh Mẫu-nguyên Trưởng phòng`."""
    return r.lows[k] in ("nguyên", "cựu") or (r.tokens[k].islower() and TITLES.match(r.lows, k) is not None)


def _trimmed(r: TokenText, i: int, end: int) -> int:
    """The end without words of the next sentence or caption that are glued behind the name."""
    end = _verb_begins(r, i + 2, end)
    for k in range(i + 2, end):
        low = r.lows[k]
        if low not in WORDS["starters"] or (k == end - 1 and k - i < LONGEST and _stopped(r, end)):
            continue
        if low not in WORDS["starters_and_names"] or k - i >= LONGEST or (k - i == 3 and _more_often(r, i, k)):
            end = k
            break
    if end - i == LONGEST and _more_often(r, i, i + 3):
        return i + 3
    if end - i <= LONGEST or (end - i == LONGEST + 1 and _of_five(r, i, end)):
        return end
    for length in (4, 3):
        if _more_often(r, i, i + length):
            return i + length
    double = r.lows[i + 1] == "thị" or surname(r.lows[i + 1]) == "common"
    return i + LONGEST if double and surname(r.lows[i + 3]) != "common" else i + 3


def _stopped(r: TokenText, k: int) -> bool:
    """A comma, a dash or a bracket at k: the word before it begins no sentence (`Nguyễn Đức Tuy, …`)."""
    return k < len(r) and r.tokens[k] in (",", "-", "–", "—", "(", ")")


def _of_five(r: TokenText, i: int, end: int) -> bool:
    """Five syllables are one name: a double surname, or a double one before `Thị`, and no capital behind it."""
    if surname(r.lows[i + 3]) == "common" or (end < len(r) and capital(r.tokens[end]) and r.close(end)):
        return False
    return " ".join(r.lows[i : i + 2]) in WORDS["double_surnames"] or r.lows[i + 2] == "thị"


def _more_often(r: TokenText, i: int, k: int) -> bool:
    """The article has the words i … k-1 without a capital behind them more often than with the word at k."""
    low, high = r.around(i)
    short, long = r.text[r.starts[i] : r.ends[k - 1]], r.text[r.starts[i] : r.ends[k]]
    if (short, long, low) not in r.more_often:
        alone, at = 0, r.text.find(short, low, high)
        while at >= 0:
            end = at + len(short)
            alone += not (r.text[end : end + 1].isalpha() or r.text[end + 1 : end + 2].isupper())
            at = r.text.find(short, end, high)
        r.more_often[short, long, low] = alone > r.text.count(long, low, high)
    return r.more_often[short, long, low]


def plain_end(r: TokenText, i: int) -> int:
    """End of a Vietnamese name without a known surname, behind a title that needs one; i when there is none."""
    if not capital(r.tokens[i]) or shouted(r.tokens[i]) or PLACES.match(r.lows, i) or r.lows[i] in WORDS["starters"]:
        return i
    if TITLES.match(r.lows, i) or RANKS.match(r.lows, i) or r.lows[i] in WORDS["never_first"]:
        return i
    end = run_end(r, i)
    for k in range(i + 1, end):
        if r.lows[k] in WORDS["starters"] and (k - i > 2 or r.lows[k] not in WORDS["starters_and_names"]):
            end = k
            break
    if (end < len(r) and r.tokens[end] == "-" and _goes_on(r, end)) or lunar_year(r, i, end):
        return i
    if end < len(r) and r.tokens[end].isdigit() and r.close(end):
        return i  # a place: `làng Mường Sa 2`
    if not 2 <= end - i <= LONGEST or not all(vietnamese(low) for low in r.lows[i:end]):
        return i
    return end


def foreign_end(r: TokenText, i: int) -> int:
    """End of a foreign name that begins at token i, or i. To be asked only behind a title or an honorific."""
    size = min(len(r), i + 9)
    k = i
    while k < size:
        token = r.tokens[k]
        if k > i and token in ("-", "–") and _goes_on(r, k):
            k += 2
            continue
        if k > i and r.starts[k] - r.ends[k - 1] > 1:
            break
        following = r.tokens[k + 1] if k + 1 < size else ""
        if following == "-" and k + 2 < size:
            following = r.tokens[k + 2]
        particle = r.lows[k] in WORDS["particles"] and following != ""
        particle = particle and (capital(following) or following in WORDS["particles"])
        if (
            k > i
            and not token.isascii()
            and vietnamese(r.lows[k])
            and not (k + 2 < size and r.tokens[k + 1] == "-" and r.tokens[k + 2].islower())
            and not (vietnamese(r.lows[k - 1]) or r.tokens[k - 1][-1] == ".")
        ):
            break
        if not (particle or _part(r, k, first=k == i)):
            break
        k += 1
    if k == i + 1 and (shouted(r.tokens[i]) or not r.tokens[i][-1].isalpha()):
        return i
    if 0 < k < len(r) and r.starts[k] == r.ends[k - 1] and r.tokens[k][0].isdigit():
        return i  # `G20`
    return k


def _goes_on(r: TokenText, k: int) -> bool:
    """The hyphen at k stands inside a name: `Jae-in`, `Xi-xu-lít`, but not `Trump-một`."""
    if k + 1 >= len(r) or not r.tokens[k + 1][0].isalpha() or _title_behind(r, k + 1):
        return False
    if not r.starts[k] == r.ends[k - 1] == r.starts[k + 1] - 1:
        return _korean(r, k)
    inside = k > 1 and r.tokens[k - 2] == "-" and r.starts[k - 1] == r.ends[k - 2]  # `Kít-xli-ắc`
    inside = inside or (r.tokens[k + 2 : k + 3] == ["-"] and r.starts[k + 2] == r.ends[k + 1])  # `Vla-đi-mia`
    return inside or r.tokens[k + 1].isascii() or vietnamese(r.lows[k - 1])


def _korean(r: TokenText, k: int) -> bool:
    """The hyphen at k stands, with blanks, in a Korean name: `Ri Yong - ho`."""
    spaced = r.starts[k] == r.ends[k - 1] + 1 == r.starts[k + 1] - 2
    return (
        spaced
        and k > 1
        and r.lows[k - 2] in WORDS["korean"]
        and r.tokens[k + 1].isascii()
        and (r.tokens[k + 1].islower() or _second_half(r, k + 1))
    )


def _second_half(r: TokenText, k: int) -> bool:
    """A short capitalised word ends a Korean name behind a hyphen with blanks: `Moon Sang - Gyun`."""
    alone = k + 1 >= len(r) or not capital(r.tokens[k + 1])
    return alone and len(r.tokens[k]) < _SYLLABLE_LETTERS and not shouted(r.tokens[k]) and not PLACES.match(r.lows, k)


_SYLLABLE_LETTERS = 6


def _initials(r: TokenText, k: int, *, first: bool) -> bool:
    """Two capitals inside a foreign name, or a ruler's number at its end: `Retna LP Velden`, `Velden IV`."""
    token, behind = r.tokens[k], r.tokens[k + 1] if k + 1 < len(r) else ""
    if first or not r.tokens[k - 1].isascii():
        return False
    if not set(token) - set("IVX"):
        return True
    inside = len(token) == 2 and behind[:1].isupper() and not shouted(behind) and behind.isascii() and r.close(k + 1)
    return inside and ORGANISATIONS.match(r.lows, k) is None and not vietnamese(behind.lower())


def _part(r: TokenText, k: int, *, first: bool) -> bool:
    """The token can be part of a foreign name: a capitalised word or an initial, no place, no title."""
    token = r.tokens[k]
    if not token[0].isupper():
        return False
    if token[-1] == "." and (len(token) == 2 or token[1] == "."):
        return True
    if not token[-1].isalpha() or PLACES.match(r.lows, k):
        return False
    if shouted(token):
        beside = r.tokens[k + 1 if first else k - 1] if k + 1 < len(r) or not first else token
        if not shouted(beside) and beside[0].isupper() and not _initials(r, k, first=first):
            return False
    if r.lows[k] in (NEVER_NAMES if first else WORDS["starters"]):
        return False
    return not any(phrases.match(r.lows, k) for phrases in (TITLES, RANKS, ORGANISATIONS))
