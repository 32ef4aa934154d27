"""The province an article is about: what `Tỉnh ủy` means where no place stands with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.officials.recognition.gazetteer import Place
from index.officials.recognition.sequence import Element
from index.officials.recognition.titles import PrintedTitle

SHARE = 2 / 3
"""Of the provinces that an article's offices name, the part that one must have to be its home."""


def home(found: Sequence[Element]) -> str | None:
    """The province that most of the article's offices belong to; None when they disagree, or name none."""
    provinces: Counter[str] = Counter()
    for one in found:
        place = one.organisation.place if isinstance(one, PrintedTitle) else None
        if place is not None and (province := _province(place)):
            provinces[province] += 1
    if not provinces:
        return None
    name, count = provinces.most_common(1)[0]
    return name if count >= SHARE * provinces.total() else None


def _province(place: Place) -> str:
    """The province that a place is or lies in; empty when unknown. The cities that are none lie in one."""
    if place.within or place.level == "tỉnh":
        return place.within or place.name
    return place.name if place.level == "thành phố" and place.listed else ""
