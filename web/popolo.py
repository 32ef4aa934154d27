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
    offices = {membership.office.id: membership.office for membership in memberships}
    organisations = {
        slug: name
        for membership in memberships
        if (slug := membership.organisation) and (name := membership.office.organisation)
    }
    posts = {membership.office.id: membership.organisation for membership in memberships}
    yield from _part("{", "persons", (_person(note, address) for note in directory.names()))
    listed = ({"id": id, "name": name} for id, name in organisations.items())
    yield from _part(",", "organizations", listed)
    yield from _part(
        ",",
        "posts",
        (
            {"id": id, "label": office.name, "role": office.title, "organization_id": posts[id] or None}
            | {"links": [{"url": address(f"/office/{id}")}]}
            for id, office in offices.items()
        ),
    )
    yield from _part(",", "memberships", (_membership(membership, address) for membership in memberships))
    yield "}\n"


def _part(before: str, name: str, entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f'{before}"{name}":['
    separator = "\n"
    for some in _batched(entries):
        yield separator + ",\n".join(json.dumps(record, ensure_ascii=False) for record in some)
        separator = ",\n"
    yield "]"


def _batched(entries: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for record in entries:
        held.append(record)
        if len(held) == _BATCH:
            yield held
            held = []
    if held:
        yield held


def _person(note: OfficialNote, address: Callable[[str], str]) -> dict[str, Any]:
    return {"id": note.id, "name": note.name, "links": [{"url": address(f"/official/{note.id}")}]}


def _membership(membership: Membership, address: Callable[[str], str]) -> dict[str, Any]:
    days = {
        "start_date": membership.since,
        "end_date": membership.until,
        "first_held": membership.first,
        "last_held": membership.last,
    }
    return {
        "person_id": membership.official,
        "post_id": membership.office.id,
        "organization_id": membership.organisation or None,
        "role": membership.office.title,
        **{name: day.isoformat() for name, day in days.items() if day},
        "sources": [{"url": address(f"/article/{membership.article}")}] if membership.article else [],
    }
