"""Where a place that no table knows ends and a person's name begins, among capitalised syllables side by side.

`tỉnh Lam Khê Hà Thị Mẫu`: every reading of the run (a place of none to four syllables, then a name or nobody) has a
cost, and the cheapest one stands. Costs are rounded `-log2` shares among names and places of the news: three quarters
of names have three syllables, nine places in ten have two, and a rare surname begins more places than people.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from index.officials.recognition.lexicon import WORDS, surname
from index.officials.recognition.names import person_end, run_end, vietnamese
from index.officials.recognition.token_text import TokenText

_NAME = {2: 3.5, 3: 0.5, 4: 2.0, 5: 6.5}
"""Cost of a name by its syllables."""
_SURNAME = {"common": 0.0, "minority": 2.0, "other": 2.5, "sinitic": 5.0}
_MIDDLE = frozenset(("văn", "thị"))
"""Second syllables that hardly anything but a name has."""
_SURE = -3.0
_NOBODY = 2.0
"""Cost of the title's holder not being named behind the place."""
_PLACE = {1: 4.0, 2: 0.0, 3: 3.5, 4: 6.0}
"""Cost of a place by its syllables."""
_UNNAMED = {"province": 1.0, "commune": 5.0}
"""Cost of no place at all: `UBND tỉnh A` is common, `UBND xã A` is not."""
_UNKNOWN = {"province": 1.5, "commune": 0.0}
"""Cost of a place that no table has: provinces and districts are nearly all known."""
_SURNAMED = 2.0
"""Cost of a place that begins with a common surname."""
_LEFT = 4.0
"""Cost of capitalised words behind the name that are no part of it."""
_BYLINE = 3.0
"""Cost of an author without a surname behind the last place of a line: `Chủ tịch UBND xã Lam Khê Quỳnh Mai`."""
_HONORIFICS = WORDS["honorifics"] | {"chí"}
_LEVELS = WORDS["levels"] | {"phố", "thị", "trấn", "ủy"}
_SEEN = -3.0
"""Credit to a name, or a place, that the article has by itself elsewhere."""


def name_begins(r: TokenText, k: int, *, commune: bool = False) -> int:
    """The token of the capitalised run at k where a person's name begins; the end of the place when nobody follows.

    `commune`: the place is of the lowest level, whose names no table has and which hardly ever goes unnamed; no more
    does a project.
    """
    end = run_end(r, k, 9)
    if commune and _lies_in(r, end) and person_end(r, k, titled=True) == end:
        return end  # `phường Nguyễn Văn Mẫu (quận 1)`
    if (foreign := _foreigner(r, end)) > k:
        return foreign
    highlander = _highlander(r, k, end)
    if highlander < end and (not commune or highlander > k + 1):  # `xã Đạ K'Nàng` is a place
        return highlander
    readings = list(_readings(r, k, end, "commune" if commune else "province"))
    if not readings:
        return min(end, k + 2)
    if len(readings) == 1:
        return readings[0][1]
    return min((cost + _elsewhere(r, k, start, last), start) for cost, start, last in readings)[1]


def _lies_in(r: TokenText, k: int) -> bool:
    """Behind a comma, a dash or a bracket at k stands the district or the province in which a commune lies."""
    if r.lows[k : k + 1] not in ([","], ["("], ["-"], ["–"]):
        return False
    return r.lows[k + 1 : k + 2] in (["quận"], ["huyện"], ["tp"], ["tp."], ["q."], ["h."], ["tỉnh"]) or r.lows[
        k + 1 : k + 3
    ] in (["thành", "phố"], ["thị", "xã"])


def _highlander(r: TokenText, k: int, end: int) -> int:
    """Where a name of the highlands with H' or K' begins, surnames before it included; `end` without one."""
    first = next((i for i in range(k, end) if r.lows[i][1:2] == "'" and surname(r.lows[i])), end)
    while first < end and first > k and surname(r.lows[first - 1]) == "minority":
        first -= 1
    return first


def _readings(r: TokenText, k: int, end: int, level: str) -> Iterator[tuple[float, int, int]]:
    """Every way to part tokens k … end-1: cost, where the name begins, and its end."""
    for start in range(k, min(end, k + max(_PLACE)) + 1):
        cost = _place_cost(r, k, start, level)
        if start == end:
            yield cost + _NOBODY, end, end
            continue
        last = person_end(r, start, titled=True)
        if last - start in _NAME:
            cost += _NAME[last - start] + _SURNAME[surname(r.lows[start]) or "other"]
            cost += _LEFT if last < end else 0.0
            yield cost + (_SURE if r.lows[start + 1] in _MIDDLE else 0.0), start, last
        elif level == "commune" and start - k == 2 == end - start and _at_line_end(r, end):
            yield cost + _NAME[2] + _BYLINE, start, end


def _at_line_end(r: TokenText, k: int) -> bool:
    """A line ends in front of token k, and no stop with it: there a caption's author may stand."""
    return k == len(r) or r.lows[k] == "\n"


def _place_cost(r: TokenText, k: int, start: int, level: str) -> float:
    if start == k:
        return _UNNAMED[level]
    surnamed = _SURNAMED if surname(r.lows[k]) == "common" else 0.0
    return _PLACE[start - k] + _UNKNOWN[level] + surnamed


def _elsewhere(r: TokenText, k: int, start: int, last: int) -> float:
    """What the rest of the article says of the place k … start-1 and the name start … last-1."""
    place = start - k > 1 and _alone_elsewhere(r, k, start, _LEVELS, _HONORIFICS)
    name = last > start and _alone_elsewhere(r, start, last, _HONORIFICS, _LEVELS)
    return _SEEN * (place + name)


def _alone_elsewhere(r: TokenText, i: int, k: int, fitting: frozenset[str], unfitting: frozenset[str]) -> bool:
    """The words i … k-1 stand elsewhere too, no capitalised word beside them and none of `unfitting` before them."""
    words = r.text[r.starts[i] : r.ends[k - 1]]
    low, high = r.around(i)
    asked = (words, low, fitting, unfitting)
    if asked not in r.alone:
        r.alone[asked] = tuple(islice(_alone(r.text, words, low, high, fitting, unfitting), 2))
    return any(at != r.starts[i] for at in r.alone[asked])


def _alone(
    text: str, words: str, low: int, high: int, fitting: frozenset[str], unfitting: frozenset[str]
) -> Iterator[int]:
    """Where in low … high the words stand so."""
    at = text.find(words, low, high)
    while at >= 0:
        end = at + len(words)
        before = text[max(0, at - 12) : at]
        last = before.split(" ")[-2] if before.endswith(" ") and before.count(" ") > 1 else ""
        free = not last[:1].isupper() or last.lower() in fitting
        followed = text[end : end + 1].isalnum() or text[end + 1 : end + 2].isupper()
        if free and last.lower() not in unfitting and not (followed or before[-1:].isalnum()):
            yield at
        at = text.find(words, end, high)


def _foreigner(r: TokenText, end: int) -> int:
    """Where a name in hyphens begins at the end of a run: `Nậm Xăng` + `Bun-thoong Phôm-ma-chắc`; -1 without one."""
    if r.tokens[end : end + 1] != ["-"] or not vietnamese(r.lows[end - 1]):
        return -1
    tight = r.starts[end] == r.ends[end - 1] and r.starts[end + 1 : end + 2] == [r.ends[end]]
    further = r.tokens[end + 2 : end + 3]
    return end - 1 if tight and r.tokens[end + 1].islower() and further and further[0][0].isupper() else -1
