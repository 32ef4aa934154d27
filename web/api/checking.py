"""`POST check`: a list of names or queries, a row each."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import request
from werkzeug.exceptions import BadRequest as Unreadable

from search.checking import LONGEST_ENTRY, CheckedEntry, check, entries_of
from web.api.operation import operation
from web.backend import backend
from web.i18n import t
from web.params import plain
from web.problems import BadParameter

MOST_ENTRIES = 1000
SECONDS = 10
"""How long one list may take."""


@dataclass(frozen=True, slots=True)
class List:
    """What to check."""

    entries: tuple[str, ...] = field(
        metadata={"schema": {"minItems": 1, "maxItems": MOST_ENTRIES, "items": {"type": "string", "maxLength": 200}}}
    )
    """Names or queries."""


@dataclass(frozen=True, slots=True)
class CheckedList:
    """The entries in the order given, and how many articles they were checked against."""

    entries: tuple[CheckedEntry, ...]
    documents: int
    generation: str


@operation("/check", CheckedList, body=List, problems=(413, 415))
def checked() -> CheckedList:
    """A row for every name or query of a list.

    Who bears exactly that name, how many articles match it (a name as a phrase), first and last day, and the best
    article. Send JSON, or a line an entry as text/plain; at most 1,000 entries. What does not get its turn within ten
    seconds is `unchecked`.
    """
    return checked_list(_entries())


def checked_list(entries: list[str]) -> CheckedList:
    """Check these entries.

    Raises:
        BadParameter: there are none, or too many.
    """
    if not entries:
        raise BadParameter("entries", t("problem.no-entries"))
    if len(entries) > MOST_ENTRIES:
        raise BadParameter("entries", t("problem.many-entries", n=len(entries), most=MOST_ENTRIES))
    searcher = backend().searcher
    rows = check(map(plain, entries), searcher.summary, backend().directory, seconds=SECONDS)
    return CheckedList(tuple(rows), searcher.documents, searcher.generation)


def _entries() -> list[str]:
    if request.mimetype == "text/plain":
        return entries_of(request.get_data(as_text=True))
    try:
        given = request.get_json()
    except Unreadable:  # a 415 for another type passes
        raise BadParameter("entries", t("problem.no-json")) from None
    listed = given.get("entries") if isinstance(given, dict) else None
    if not isinstance(listed, list) or not all(isinstance(line, str) and len(line) <= LONGEST_ENTRY for line in listed):
        raise BadParameter("entries", t("problem.no-json"))
    return listed
