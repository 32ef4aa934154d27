"""The place in an organisation's name: its level, where its name ends, and the province it lies in."""

from __future__ import annotations

from dataclasses import replace

from index.officials.recognition.boundary import name_begins
from index.officials.recognition.gazetteer import Place
from index.officials.recognition.lexicon import PLACES, WORDS
from index.officials.recognition.names import NEVER_NAMES, capital
from index.officials.recognition.token_text import TokenText

LEVELS = {
    "tỉnh": "tỉnh",
    "tp": "thành phố",
    "tp.": "thành phố",
    "thành phố": "thành phố",
    "huyện": "huyện",
    "h.": "huyện",
    "quận": "quận",
    "q.": "quận",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "tx.": "thị xã",
}
"""Levels above the commune: their places are a province's or a district's, in the gazetteer or not."""
SEATS = {
    f"{word} {body}": level
    for word, level in (
        ("tỉnh", "tỉnh"),
        ("thành", "thành phố"),
        ("thị", "thị xã"),
        ("huyện", "huyện"),
        ("quận", "quận"),
    )
    for body in ("ủy", "đoàn")
}
"""Bodies whose name tells the level of the place behind it: `Huyện ủy Thượng Khê`."""


_CAPTIONS = frozenset(("ảnh", "video", "clip", "nguồn", "pv"))
"""Words that begin a caption and no place: `UBND TP. Ảnh: …`."""


def level_words(r: TokenText, k: int) -> int:
    """How many tokens at k say the level of a place (`thành phố`: 2)."""
    if k + 1 < len(r) and f"{r.lows[k]} {r.lows[k + 1]}" in WORDS["level_pairs"]:
        return 2
    return int(k < len(r) and r.lows[k] in WORDS["levels"])


def place_end(r: TokenText, k: int, level: str | None) -> tuple[int, Place | None]:
    """End of the place's name that begins at k, and the place; k when there is none. `level`: above the commune."""
    if k >= len(r) or not (r.tokens[k][0].isdigit() or capital(r.tokens[k])):
        return k, None
    if r.tokens[k][0].isdigit():
        return k + 1, None
    if found := PLACES.match(r.lows, k):
        return k + found[0], found[1]
    if r.lows[k] in _CAPTIONS:
        return k, None
    end = name_begins(r, k, commune=level is None)
    if end == k + 1 and r.lows[k] in NEVER_NAMES:
        return k, None
    return end, unlisted(r, k, end, level) if level and end > k else None


def unlisted(r: TokenText, k: int, end: int, level: str) -> Place:
    """The place k … end-1, which no table has."""
    return Place(r.text[r.starts[k] : r.ends[end - 1]], level, "", listed=False)


def inside(place: Place | None, further: Place | None) -> Place | None:
    """The first place named; one that no table has lies in the province named behind it."""
    if place is None or further is None:
        return place or further
    if place.listed or place.within:
        return place
    if further.foreign:
        return further
    return place if place.level == "tỉnh" else replace(place, within=further.within or further.name)
