"""`officials` and `officials/<id>`."""

from __future__ import annotations

from dataclasses import asdict

from flask import request

from index.officials.directory.pages import OfficialNote
from web.api.operation import Json, operation
from web.api.schemas import listing, ref
from web.pages.officials import known
from web.params import Parameter, text, whole
from web.parts import parts

OFFSET = Parameter(
    "offset", "Entries to leave out.", {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0}, 0
)
MANY = Parameter("limit", "Entries at most.", {"type": "integer", "minimum": 1, "maximum": 200, "default": 100}, 5)
_ID = Parameter("id", "Official id.", {"type": "string", "minLength": 1})
_WORDS = Parameter(
    "q", "Words of name or office; marks may be left out.", {"type": "string", "maxLength": 200}, "Nguyễn"
)


@operation(
    "/officials",
    listing("officials", ref("OfficialNote"), total={"type": "integer"}),
    parameters=(_WORDS, OFFSET, MANY),
)
def officials() -> Json:
    """Officials, in Vietnamese alphabetical order of given names.

    With `q`, those whose name or office has every word, the closest names first; `total` counts what is listed then.
    """
    asked, offset = text(request.args, "q", 200), whole(request.args, "offset", 0, 0, 1_000_000)
    limit = whole(request.args, "limit", 100, 1, 200)
    directory = parts().directory
    notes = directory.find(asked, offset + limit)[offset:] if asked else directory.listed(offset, limit)
    return {"officials": [noted(note) for note in notes], "total": len(notes) if asked else directory.count()}


@operation("/officials/<id>", ref("OfficialPage"), problems=(404,), id=_ID)
def official(id: str) -> Json:
    """One official with offices, evidence and namesakes.

    An id that was merged answers with the official it leads to, and names it in `redirected`.
    """
    return known(id).as_json()


def noted(note: OfficialNote) -> Json:
    """A line about an official as JSON."""
    days = {name: day.isoformat() if day else None for name, day in (("first", note.first), ("last", note.last))}
    return asdict(note) | days
