"""Popolo: officials, organisations, offices and memberships as other civic software reads them (popoloproject.com).

`start_date` stands only where the news tells when somebody followed another in the office, `end_date` only where it
tells that the office had ended; the first and the last day on which it says that the office is held are `first_held`
and `last_held`, which Popolo does not know. Every membership names an article that says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from index.officials.directory.directory import Directory
from index.officials.directory.pages import Membership, OfficialNote

_BATCH = 200


def popolo(directory: Directory, address: Callable[[str], str]) -> Iterator[str]:
    """The document, a part at a time; `address` makes a path an address of this server."""
    memberships = list(directory.memberships())
    offices = {one.office.id: one.office for one in memberships}
    organisations = {
        slug: name for one in memberships if (slug := one.organisation) and (name := one.office.organisation)
    }
    posts = {one.office.id: one.organisation for one in memberships}
    yield from _part("{", "persons", (_person(note, address) for note in directory.names()))
    listed = ({"id": id, "name": name} for id, name in organisations.items())
    yield from _part(",", "organizations", listed)
    yield from _part(
        ",",
        "posts",
        (
            {"id": id, "label": one.name, "role": one.title, "organization_id": posts[id] or None}
            | {"links": [{"url": address(f"/office/{id}")}]}
            for id, one in offices.items()
        ),
    )
    yield from _part(",", "memberships", (_membership(one, address) for one in memberships))
    yield "}\n"


def _part(before: str, name: str, entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f'{before}"{name}":['
    separator = "\n"
    for some in _batched(entries):
        yield separator + ",\n".join(json.dumps(one, ensure_ascii=False) for one in some)
        separator = ",\n"
    yield "]"


def _batched(entries: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for one in entries:
        held.append(one)
        if len(held) == _BATCH:
            yield held
            held = []
    if held:
        yield held


def _person(note: OfficialNote, address: Callable[[str], str]) -> dict[str, Any]:
    return {"id": note.id, "name": note.name, "links": [{"url": address(f"/official/{note.id}")}]}


def _membership(one: Membership, address: Callable[[str], str]) -> dict[str, Any]:
    days = {"start_date": one.since, "end_date": one.until, "first_held": one.first, "last_held": one.last}
    return {
        "person_id": one.official,
        "post_id": one.office.id,
        "organization_id": one.organisation or None,
        "role": one.office.title,
        **{name: day.isoformat() for name, day in days.items() if day},
        "sources": [{"url": address(f"/article/{one.article}")}] if one.article else [],
    }
