"""Where a person's name begins and ends among capitalised syllables."""

from __future__ import annotations

import re

from index.officials.lexicon import ORGANISATIONS, PLACES, RANKS, SURNAMES, TITLES, WORDS
from index.officials.reading import Reading

HONORIFICS = WORDS["honorifics"]
STARTERS = WORDS["starters"]
PARTICLES = WORDS["particles"]
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}"
    r"(?:ng|nh|ch|[cmnpt])?"
)


def vietnamese(low: str) -> bool:
    """The lowered word could be one Vietnamese syllable."""
    return _SYLLABLE.fullmatch(low) is not None


def capital(token: str) -> bool:
    """The token is a word that begins with a capital letter."""
    return token[0].isupper()


def _word(token: str) -> bool:
    return token[0].isupper() and token[-1].isalpha()


def run_end(r: Reading, i: int, limit: int = 7) -> int:
    """End of the capitalised words that follow one another from i on, cut where a title or an organisation begins."""
    k = i
    size = min(len(r), i + limit)
    shout = r.tokens[i].isupper() and len(r.tokens[i]) > 1
    while k < size and _word(r.tokens[k]):
        token = r.tokens[k]
        if k > i:
            if r.starts[k] != r.ends[k - 1] + 1:
                break
            if not shout and len(token) > 1 and token.isupper() and len(r.tokens[k - 1]) > 1:
                break
            if r.lows[k] in HONORIFICS and r.lows[k] in ("ông", "bà") and k - i >= 2:
                break
            found = TITLES.match(r.lows, k) or RANKS.match(r.lows, k)
            if found and (found[0] > 1 or token.isupper()):
                break
            organisation = ORGANISATIONS.match(r.lows, k)
            if organisation and (organisation[0] > 1 or (len(token) > 2 and token.isupper() and not shout)):
                break
        k += 1
    return k


def person_end(r: Reading, i: int, *, titled: bool = False) -> int:
    """End of the Vietnamese name that begins at token i, or i when none does.

    `titled`: a title or an honorific stands before it, so rare surnames count too.
    """
    strength = SURNAMES.get(r.lows[i])
    if strength is None or not capital(r.tokens[i]) or (strength != "common" and not titled):
        return i
    end = run_end(r, i)
    while (
        end - i > 2
        and r.lows[end - 1] in STARTERS
        and (end - i > 3 or r.lows[end - 1] not in WORDS["starters_and_names"])
    ):
        end -= 1
    if end - i > 4:
        end = i + _usual_length(r, i, end)
    return end if end - i >= 2 else i


def _usual_length(r: Reading, i: int, end: int) -> int:
    """Of a run of five and more, how many are the name: what the article repeats, else four or three."""
    for length in (4, 3):
        name = r.text[r.starts[i] : r.ends[i + length - 1]]
        if r.text.count(name) > 1:
            return length
    return 4 if end - i == 5 and r.lows[i + 4] in STARTERS else 3


def foreign_end(r: Reading, i: int) -> int:
    """End of a foreign name that begins at token i, or i. Only where a title or an honorific stands before it."""
    if i >= len(r) or not _name_part(r, i):
        return i
    k = i
    while k < min(len(r), i + 8):
        if (
            k > i
            and r.tokens[k] in "-–"
            and r.starts[k] == r.ends[k - 1]
            and k + 1 < len(r)
            and r.starts[k + 1] == r.ends[k]
        ):
            k += 2
            continue
        if k > i and r.starts[k] != r.ends[k - 1] + 1 and not r.tokens[k - 1].endswith("."):
            break
        if (
            r.lows[k] in PARTICLES
            and k + 1 < len(r)
            and r.tokens[k + 1][0].isupper()
            and (k > i or r.tokens[k][0].isupper())
        ):
            k += 1
            continue
        if not _name_part(r, k):
            break
        if k > i and (r.lows[k] in STARTERS or TITLES.match(r.lows, k) or r.lows[k] in ("ông", "bà")):
            break
        k += 1
    if k - i == 1 and r.tokens[i].isupper() and len(r.tokens[i]) > 1:
        return i
    return k


def _name_part(r: Reading, k: int) -> bool:
    token = r.tokens[k]
    if not token[0].isupper():
        return False
    if len(token) == 2 and token[1] == ".":
        return True
    return token[-1].isalpha() and (PLACES.match(r.lows, k) is None or (vietnamese(r.lows[k]) is False and False))
