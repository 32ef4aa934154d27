"""Cursors: where a list of results goes on. They name the generation whose order they count in."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, replace

from search.errors import BadRequest, CursorUnknown
from search.request import SearchRequest

_STARTS = 40
"""Pages that a cursor leads back over; from further on only the first is reached."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the results of one request in one generation."""

    generation: str
    offset: int
    """Documents already shown or folded."""
    asked: str
    """Digest of the request, so that a cursor is not used with another query."""
    starts: tuple[int, ...] = ()
    """Where the pages before began, the nearest last: folded copies make pages of unequal length."""

    def encode(self) -> str:
        """URL-safe text."""
        plain = json.dumps([self.generation, self.offset, self.asked, *self.starts], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def asked(request: SearchRequest) -> str:
    """A short digest of everything that decides which documents come in which order."""
    filters = sorted((condition.facet, condition.typed) for condition in request.filters)
    parts = (
        request.text,
        filters,
        str(request.since),
        str(request.until),
        request.sort,
        sorted(request.off),
        sorted(request.any),
    )
    return hashlib.blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=6).hexdigest()


def decode(request: SearchRequest) -> Cursor | None:
    """The request's cursor, or None when it starts at the top.

    Raises:
        CursorUnknown: the cursor was never handed out.
        BadRequest: the cursor belongs to another query.
    """
    if not request.cursor:
        return None
    try:
        padded = request.cursor + "=" * (-len(request.cursor) % 4)
        generation, offset, digest, *starts = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        cursor = Cursor(str(generation), int(offset), str(digest), tuple(map(int, starts)))
    except (ValueError, TypeError, OverflowError) as error:
        reason = "this cursor was never handed out: take `next` of a result page as it is"
        raise CursorUnknown("cursor", reason, "cursor-unknown") from error
    if cursor.asked != asked(request) or min(cursor.offset, *cursor.starts, 0) < 0:
        reason = "this cursor belongs to another query or other filters: start again without it"
        raise BadRequest("cursor", reason, "cursor-foreign")
    return cursor


def following(request: SearchRequest, generation: str, offset: int) -> Cursor:
    """The cursor of the page behind this one, which leads back to this one and those before."""
    at = decode(request)
    starts = (*at.starts, at.offset) if at else (0,)
    return Cursor(generation, offset, asked(request), starts[-_STARTS:])


def previous(request: SearchRequest) -> Cursor | None:
    """The cursor of the page before this one; None on the first page, and where the cursor does not lead back."""
    at = decode(request)
    return replace(at, offset=at.starts[-1], starts=at.starts[:-1]) if at and at.starts else None
