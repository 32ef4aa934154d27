"""`officials` and `officials/<id>`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from index.officials.directory.directory import OFFICIAL_ORDERS
from index.officials.directory.pages import OfficialNote, OfficialPage
from web.api.operation import operation
from web.backend import backend
from web.links import beside_offset, here
from web.pages.officials import known
from web.params import Parameter, choice, day, text, whole

OFFSET = Parameter(
    "offset", "Entries to leave out.", {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0}, 0
)
MANY = Parameter("limit", "Entries at most.", {"type": "integer", "minimum": 1, "maximum": 200, "default": 100}, 5)
_ID = Parameter("id", "Official id.", {"type": "string", "minLength": 1})
_WORDS = Parameter(
    "q", "Words of name or office; marks may be left out.", {"type": "string", "maxLength": 200}, "Nguyễn"
)


@dataclass(frozen=True, slots=True)
class Officials:
    """A stretch of the list of officials."""

    officials: tuple[OfficialNote, ...]
    total: int
    """Of everyone; with `q`, of all that it finds."""


_FOREIGN = Parameter(
    "foreign",
    "1: those of other countries alone; 0: those of Viet Nam.",
    {"type": "integer", "minimum": 0, "maximum": 1},
    0,
)


_ORDER = Parameter(
    "sort",
    "Order of the list without `q`.",
    {"type": "string", "enum": list(OFFICIAL_ORDERS), "default": next(iter(OFFICIAL_ORDERS))},
    "articles",
)


@operation("/officials", Officials, parameters=(_WORDS, _FOREIGN, _ORDER, OFFSET, MANY))
def officials() -> Officials:
    """Officials, in Vietnamese alphabetical order of given names.

    With `q`, those whose name or office has every word, the closest names first.
    """
    asked, offset = text(request.args, "q", 200), whole(request.args, "offset", 0, 0, 1_000_000)
    limit = whole(request.args, "limit", 100, 1, 200)
    directory = backend().directory
    abroad = bool(whole(request.args, "foreign", 0, 0, 1)) if request.args.get("foreign") else None
    order = choice(request.args, "sort", tuple(OFFICIAL_ORDERS))
    if not asked:
        found = directory.listed(offset, limit, foreign=abroad, order=order)
        total = directory.count(foreign=abroad)
    else:
        found = directory.find(asked, limit, offset, foreign=abroad)
        total = directory.total(asked, foreign=abroad)
    beside_offset(here(), offset, limit, total)
    return Officials(found, total)


_ON = Parameter(
    "on",
    "The day whose office `title` and `organisation` name; null where none is known then.",
    {"type": "string", "format": "date"},
    "2024-03-15",
)


@operation("/officials/<id>", OfficialPage, parameters=(_ON,), problems=(404,), id=_ID)
def official(id: str) -> OfficialPage:
    """One official with offices, evidence and namesakes; with `on`, headed by the office of that day.

    An id that was merged answers with the official it leads to, and names it in `redirected`.
    """
    return known(id, day(request.args, "on"))
