"""The province an article is about: what `Tỉnh ủy` means where no place stands with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.officials.recognition.gazetteer import Place
from index.officials.recognition.sequence import Element
from index.officials.recognition.titles import PrintedTitle
from index.officials.recognition.token_text import TokenText

SHARE = 2 / 3
"""Of the provinces that an article's offices name, the part that one must have to be its home."""


def home(found: Sequence[Element]) -> str | None:
    """The province that most of the article's offices belong to; None when they disagree, or name none."""
    provinces: Counter[str] = Counter()
    for title in found:
        place = title.organisation.place if isinstance(title, PrintedTitle) else None
        if place is not None and (province := _province(place)):
            provinces[province] += 1
    if not provinces:
        return None
    name, count = provinces.most_common(1)[0]
    return name if count >= SHARE * provinces.total() else None


def country(r: TokenText, found: Sequence[Element]) -> Place | None:
    """The other country that an article is about: what a bare `Ủy viên Trung ương` means there.

    It must be that of all its offices that say a place, and no word in it be of Viet Nam.
    """
    places = [
        title.organisation.place for title in found if isinstance(title, PrintedTitle) and title.organisation.place
    ]
    if len(places) < _PLACED or not all(place.foreign for place in places) or _OURS.search(r.text):
        return None
    countries = {place.name: place for place in places if place.level == "country"}
    return next(iter(countries.values())) if len(countries) == 1 else None


_PLACED = 2
"""Offices that must name the country."""
_OURS = re.compile(r"Việt Nam|(?<!\w)VN(?!\w)|TP\.? ?HCM|Hà Nội|UBND|HĐND")


def _province(place: Place) -> str:
    """The province that a place is or lies in; empty when unknown. The cities that are none lie in one."""
    if place.within or place.level == "tỉnh":
        return place.within or place.name
    return place.name if place.level == "thành phố" and place.listed else ""
