"""Organisations that posts belong to: one id for every way to print one, and the name that is shown for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from index.officials.posts.areas import COUNTRY, Area, slug_of
from index.officials.posts.name_keys import marked_key, office_name
from index.officials.posts.offices import ORGANISATIONS, WHOLE_ORGANISATIONS, Office, expand

_AND = re.compile(r"\b(?:và|của) ")
_MINISTRY = "bộ "


def organisation_id(office: Office) -> str | None:
    """The organisation of a post as a slug of body and area, `so-y-te-muong-sa`; None where its name tells of none."""
    if whole := _whole(office):
        return slug_of(whole)
    if not office.complete or not ORGANISATIONS.match(office.body):
        return None
    return slug_of(office.body) + (f"-{office.area.slug}" if office.area else "")


def _whole(office: Office) -> str:
    """The body of the whole State that a head alone names, or that its members represent an area in."""
    if office.area is None:
        return WHOLE_ORGANISATIONS.get(office.head, "")
    return "Quốc hội" if office.body == "quốc hội" and office.area.level != COUNTRY else ""


def organisation_name(office: Office, forms: Mapping[str, int]) -> str:
    """What the organisation of a post is called: the most frequent printed form that names its body whole.

    `forms` are the organisations as printed, and in how many articles. Where none names the body, as in `Ngoại trưởng
    Mường Sa`, body and area are put together.
    """
    if whole := _whole(office):
        return whole
    fits = {form: times for form, times in forms.items() if _names(form, office.body)}
    if fits:
        return min(fits, key=lambda form: (-fits[form], form))
    return office_name(_capital(office.body), office.area.name if office.area else None)


@lru_cache(maxsize=1 << 14)
def _names(form: str, body: str) -> bool:
    said = f" {_AND.sub('', marked_key(expand(form)))} "
    return body == "cấp ủy" or f" {body} " in said


def _capital(body: str) -> str:
    """`bộ ngoại giao` as `Bộ Ngoại giao`."""
    words = body.split()
    many = 2 if body.startswith(_MINISTRY) else 1
    return " ".join([*(word.capitalize() for word in words[:many]), *words[many:]])


def read_back(head: str, body: str, area: str | None, level: str | None, within: str | None, tier: str) -> Office:
    """A post as a table keeps it, as far as its organisation goes."""
    place = Area(area, level or "", within or "") if area else None
    return Office("", head, body, place, tier, exclusive=False, specific=True)
