"""`organisations` and `organisations/<id>`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from index.officials.directory.directory import TIERS
from search.organisations import ORDERS, OrganisationPage, OrganisationRow
from web.api.officials import MANY, OFFSET
from web.api.operation import operation
from web.backend import backend
from web.links import beside_offset, here
from web.pages.organisations import known
from web.params import Parameter, choice, text, whole

_ID = Parameter("id", "Organisation id.", {"type": "string", "minLength": 1})
_WORDS = Parameter(
    "q",
    "Words of the name, one after the other; marks may be left out.",
    {"type": "string", "maxLength": 200},
    "Sở Y tế",
)
_ORDER = Parameter("sort", "Order of the list.", {"type": "string", "enum": list(ORDERS), "default": ORDERS[0]}, "name")
_TIER = Parameter("tier", "Whose its offices are.", {"type": "string", "enum": list(TIERS)}, "province")
_PLACE = Parameter("place", "Province or country of its offices.", {"type": "string", "minLength": 1, "maxLength": 80})


@dataclass(frozen=True, slots=True)
class Organisations:
    """A stretch of the list of organisations."""

    organisations: tuple[OrganisationRow, ...]
    total: int


@operation("/organisations", Organisations, parameters=(_WORDS, _TIER, _PLACE, _ORDER, OFFSET, MANY))
def organisations() -> Organisations:
    """Organisations whose office-holders the articles name; with `q`, those called by these words."""
    offset, limit = whole(request.args, "offset", 0, 0, 1_000_000), whole(request.args, "limit", 100, 1, 200)
    tier, place = choice(request.args, "tier", ("", *TIERS)), text(request.args, "place", 80)
    order = choice(request.args, "sort", ORDERS)
    found = backend().searcher.organisations(text(request.args, "q", 200), tier=tier, place=place, order=order)
    beside_offset(here(), offset, limit, len(found))
    return Organisations(found[offset : offset + limit], len(found))


@operation("/organisations/<id>", OrganisationPage, problems=(404,), id=_ID)
def organisation(id: str) -> OrganisationPage:
    """One organisation with its offices, and with who is known to hold or have held them."""
    return known(id)
