"""The organisation behind a title: where it ends, what kind it is, and which place it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from index.officials.lexicon import FIELDS, ORGANISATIONS, PLACES, SURNAMES, TITLES, WORDS, Place
from index.officials.names import capital, foreign_end, person_end, run_end, vietnamese
from index.officials.reading import Reading

LEVELS = WORDS["levels"]
LEVEL_PAIRS = WORDS["level_pairs"]
LINKS = WORDS["links"]
LIMIT = 28


@dataclass(frozen=True, slots=True)
class Organisation:
    """What follows a title: tokens first … last-1."""

    first: int
    last: int
    kind: str | None
    """public, service, private, or None when only a place or a field stands there."""
    place: Place | None


def level_words(r: Reading, k: int) -> int:
    """How many tokens at k say the level of a place (`thành phố`: 2)."""
    if k + 1 < len(r) and f"{r.lows[k]} {r.lows[k + 1]}" in LEVEL_PAIRS:
        return 2
    return 1 if r.lows[k] in LEVELS else 0


def place_end(r: Reading, k: int) -> tuple[int, Place | None]:
    """End of the place name that follows a level word at k; k when there is none."""
    if k >= len(r):
        return k, None
    if r.tokens[k][0].isdigit():
        return k + 1, None
    if not capital(r.tokens[k]):
        return k, None
    found = PLACES.match(r.lows, k)
    if found:
        return k + found[0], found[1]
    end = run_end(r, k)
    size = end - k
    if size == 0:
        return k, None
    for length in (2, 3, 1, 4):
        if length > size:
            continue
        rest = size - length
        if rest == 0 or (rest >= 2 and r.lows[k + length] in SURNAMES):
            return k + length, None
    return k + min(size, 2), None


def organisation(r: Reading, first: int, *, fielded: bool) -> Organisation:
    """Read the organisation that begins at token `first`; empty when none does.

    `fielded`: the title takes a field alone, as in `Bộ trưởng Y tế`.
    """
    k = first
    if k < len(r) and r.lows[k] == "của":
        k += 1
    begin = k
    if k < len(r) and r.lows[k] == "các" and k + 1 < len(r) and ORGANISATIONS.match(r.lows, k + 1):
        k += 1
    kind: str | None = None
    place: Place | None = None
    limit = min(len(r), first + LIMIT)
    while k < limit:
        step, found_kind, found_place = _unit(r, k, begin, headed=kind is not None, fielded=fielded)
        if step == k:
            link = _link(r, k, headed=kind is not None) if k > begin else k
            if link == k:
                break
            step, found_kind, found_place = _unit(r, link, begin, headed=kind is not None, fielded=fielded)
            if step == link:
                break
        kind = kind or found_kind
        if found_place and (place is None or found_place.level in ("tỉnh", "thành phố")):
            place = found_place
        k = step
    k = _bracket(r, k, begin)
    if k == begin or (kind is None and r.lows[k - 1] == "các"):
        return Organisation(first, first, None, None)
    return Organisation(begin, k, kind, place)


def _unit(r: Reading, k: int, begin: int, *, headed: bool, fielded: bool) -> tuple[int, str | None, Place | None]:
    """One piece of an organisation's name at k: its end, and what it tells."""
    if k >= len(r):
        return k, None, None
    low = r.lows[k]
    if not (low[0].isalnum()):
        return k, None, None
    token = r.tokens[k]
    head = ORGANISATIONS.match(r.lows, k)
    field = FIELDS.match(r.lows, k)
    title = TITLES.match(r.lows, k)
    if (
        title
        and k > begin
        and title[0] >= (head[0] if head else 0)
        and title[1].kind not in ("leader", "staff", "deputy", "member")
    ):
        return k, None, None
    upper = capital(token)
    if upper:
        found = PLACES.match(r.lows, k)
        if found and (not head or found[0] >= head[0]):
            return k + found[0], None, found[1]
        if field and (not head or field[0] > head[0]) and (headed or fielded):
            return k + field[0], None, None
        if head:
            return k + head[0], head[1], None
    levels = level_words(r, k)
    if levels:
        end, place = place_end(r, k + levels)
        if end > k + levels or headed:
            return end, None, place
    if upper:
        if person_end(r, k, titled=True) > k:
            return k, None, None
        if headed and (vietnamese(low) or token.isupper()):
            return k + 1, None, None
        if headed and foreign_end(r, k) - k >= 2:
            return k, None, None
        return k, None, None
    if head and (
        headed
        or head[0] > 1
        or low
        in (
            "bộ",
            "sở",
            "ban",
            "phòng",
            "cục",
            "vụ",
            "đảng",
            "nước",
            "ubnd",
            "công",
            "thôn",
            "đoàn",
            "hội",
            "trung",
            "đội",
        )
    ):
        return k + head[0], head[1], None
    if field and (headed or fielded):
        return k + field[0], None, None
    if (
        headed
        and low[0].isdigit()
        and r.lows[k - 1]
        in ("vùng", "khu", "đoàn", "số", "phường", "quận", "thôn", "ấp", "xóm", "cục", "phòng", "viện")
    ):
        return k + 1, None, None
    return k, None, None


def _link(r: Reading, k: int, *, headed: bool) -> int:
    """Past the word or mark that joins the next piece; k when nothing joins."""
    low = r.lows[k]
    if low in LINKS and k + 1 < len(r):
        following = k + 1
        if low in "-–" and r.starts[k] > r.ends[k - 1]:
            if FIELDS.match(r.lows, following) or PLACES.match(r.lows, following):
                return following
            return k
        if low == "và" and not FIELDS.match(r.lows, following):
            return k
        return following
    if low == "," and headed and k + 1 < len(r):
        following = k + 1
        if TITLES.match(r.lows, following) and not ORGANISATIONS.match(r.lows, following):
            return k
        if level_words(r, following) or FIELDS.match(r.lows, following):
            return following
        head = ORGANISATIONS.match(r.lows, following)
        if head and head[1] == "public" and capital(r.tokens[following]):
            return following
    return k


def _bracket(r: Reading, k: int, begin: int) -> int:
    """Past a bracketed abbreviation or place: `(PAP)`, `(Nghệ An)`."""
    if k > begin and k + 2 < len(r) and r.tokens[k] == "(":
        if r.tokens[k + 2] == ")" and r.tokens[k + 1].isupper() and len(r.tokens[k + 1]) > 1:
            return k + 3
        found = PLACES.match(r.lows, k + 1)
        if found and k + 1 + found[0] < len(r) and r.tokens[k + 1 + found[0]] == ")":
            return k + 2 + found[0]
    return k
