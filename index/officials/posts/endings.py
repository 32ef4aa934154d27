"""Posts that ended with their area or body: provinces and ministries merged, districts abolished, and what followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from index.analysis.renamed import OtherName, other_names
from index.analysis.tokens import syllables
from index.officials.posts.areas import DISTRICT
from index.officials.posts.offices import Office, read_office
from index.officials.posts.post import Ending

NO_DISTRICTS = date(2025, 7, 1)
"""From this day Viet Nam has two tiers, provinces and communes; districts, and the bodies that ran them, are gone."""


@cache
def _merged_bodies() -> tuple[tuple[str, OtherName], ...]:
    """Bodies that became part of others: the old name, and what it became."""
    return tuple(
        (" ".join(keys), became)
        for keys, others in other_names().items()
        for became in others
        if became.kind == "merged" and became.first
    )


def endings(office: Office) -> Iterator[Ending]:
    """How this post ended, if it did: with its area, or with its body."""
    area = office.area
    if area is not None and area.level == DISTRICT:
        yield Ending(NO_DISTRICTS, "district", area.name, "", None)
    elif area is not None:
        for became in other_names().get(tuple(syllable.key for syllable in syllables(area.name)), ()):
            if became.first and became.kind in ("place", "renamed"):
                heir = read_office(f"{office.head} {office.body} {became.name}").id
                yield Ending(became.first, became.kind, area.name, became.name, heir)
    if office.body == read_office(office.head).body:
        return  # the head alone says whose it is, as of a prime minister: no body's merger ends the post
    for old, became in _merged_bodies():
        before = read_office(f"{office.head} {old}")
        if before.body == office.body and became.first:
            place = f" {area.name}" if area else ""
            heir = read_office(f"{office.head} {became.name}{place}").id
            yield Ending(became.first, "merged", old.capitalize(), became.name, heir)
