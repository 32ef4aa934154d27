"""Titles in a text: the head, what stands before it (former, acting, new) and the organisation behind it."""

from __future__ import annotations

from dataclasses import dataclass

from index.officials.lexicon import RANKS, TITLES, Title
from index.officials.names import capital
from index.officials.organisations import Organisation, organisation
from index.officials.reading import Reading

SUFFIXES = (("thường", "trực"), ("chuyên", "trách"), ("phụ", "trách"), ("thứ", "nhất"), ("thứ", "hai"), ("danh", "dự"))
FORMER = {"nguyên": "", "cựu": "", "cố": "late", "từng": ""}
MODES = {"quyền": "acting", "tân": "new"}


@dataclass(slots=True)
class Office:
    """A title with its organisation, as tokens; `lead` is where its markers begin."""

    lead: int
    first: int
    title_end: int
    last: int
    title: Title
    organisation: Organisation
    former: bool
    mode: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Rank:
    """A military or police rank: tokens first … last-1."""

    first: int
    last: int


def office_at(r: Reading, i: int) -> Office | None:
    """The title that begins at token i with its organisation, or None."""
    found = TITLES.match(r.lows, i)
    if found is None:
        return None
    length, title = found
    end = i + length
    if tuple(r.lows[end : end + 2]) in SUFFIXES and title.kind in ("public", "weak", "state"):
        end += 2
    head = " ".join(r.lows[i:end])
    fielded = title.shared > 0 or "bộ trưởng" in head or "thứ trưởng" in head or head in ("phó ban",)
    start = end - title.shared if end == i + length else end
    org = organisation(r, start, fielded=fielded)
    if org.last <= end and title.shared:
        org = Organisation(end, end, None, None)
    last = max(end, org.last)
    lead, former, mode, plural = _markers(r, i)
    return Office(lead, i, end, last, title, org, former, mode, plural)


def _markers(r: Reading, i: int) -> tuple[int, bool, str, bool]:
    former, mode, plural = False, "", False
    k = i
    while k > 0 and i - k < 6:
        low = r.lows[k - 1]
        if low in FORMER and not (
            low == "nguyên" and capital(r.tokens[k - 1]) and k > 1 and r.tokens[k - 2][0].isalnum()
        ):
            former, mode = True, mode or FORMER[low]
        elif low in MODES:
            mode = MODES[low]
        elif low in ("các", "hai", "ba", "2", "3", "4", "những"):
            plural = True
        elif low in ("hiện", "đang", "nay") or (
            low == "là" and r.lows[k - 2] in ("hiện", "đang", "từng", "nay", "nguyên")
        ):
            pass
        else:
            break
        k -= 1
    return k, former, mode, plural


def rank_at(r: Reading, i: int) -> Rank | None:
    """The rank that begins at token i."""
    found = RANKS.match(r.lows, i)
    return Rank(i, i + found[0]) if found else None
