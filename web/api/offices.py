"""`offices` and `offices/<id>?on=`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from index.officials.directory.directory import OFFICE_ORDERS, TIERS
from index.officials.directory.pages import OfficeNote, OfficePage
from web.api.officials import MANY, OFFSET
from web.api.operation import operation
from web.backend import backend
from web.links import beside_offset, here
from web.pages.offices import known
from web.params import Parameter, choice, day, text, whole

_ID = Parameter("id", "Office id.", {"type": "string", "minLength": 1})
_WORDS = Parameter(
    "q", "A title, as `Chủ tịch UBND tỉnh X`; marks may be left out.", {"type": "string", "maxLength": 200}, "Chủ tịch"
)
_ORDER = Parameter(
    "sort",
    "Order of the list without `q`.",
    {"type": "string", "enum": list(OFFICE_ORDERS), "default": next(iter(OFFICE_ORDERS))},
    "articles",
)
_TIER = Parameter("tier", "Whose the offices of the list are.", {"type": "string", "enum": list(TIERS)}, "province")
_PLACE = Parameter(
    "place", "Province or country of the offices of the list.", {"type": "string", "minLength": 1, "maxLength": 80}
)
_ON = Parameter("on", "Who held it on this day.", {"type": "string", "format": "date"}, "2024-03-15")


@dataclass(frozen=True, slots=True)
class Offices:
    """A stretch of the list of offices."""

    offices: tuple[OfficeNote, ...]
    """With `q`, those that the words mean, of the level, place and rank that they say; none where nobody is named."""
    near: tuple[OfficeNote, ...] = ()
    """With `q`, others that the words are near to."""


@operation("/offices", Offices, parameters=(_WORDS, _TIER, _PLACE, _ORDER, OFFSET, MANY))
def offices() -> Offices:
    """Offices, those of Viet Nam that one person holds first; with `q`, those that the words mean, near ones apart."""
    asked, offset = text(request.args, "q", 200), whole(request.args, "offset", 0, 0, 1_000_000)
    limit = whole(request.args, "limit", 100, 1, 200)
    tier, place = choice(request.args, "tier", ("", *TIERS)), text(request.args, "place", 80)
    order, directory = choice(request.args, "sort", tuple(OFFICE_ORDERS)), backend().directory
    if not asked:
        beside_offset(here(), offset, limit, directory.offices_total(tier=tier, place=place))
        return Offices(directory.offices_listed(offset, limit, tier=tier, place=place, order=order))
    found = directory.asked(asked, offset + limit)
    return Offices(found.offices[offset : offset + limit], found.near[offset : offset + limit])


@operation("/offices/<id>", OfficePage, parameters=(_ON,), problems=(404,), id=_ID)
def office(id: str) -> OfficePage:
    """One office with its holders and the sentences that say so.

    With `on`, `holders` are those who held it that day, the likeliest first, and `others` everyone else named in it.
    """
    return known(id, day(request.args, "on"))
