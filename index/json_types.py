"""JSON of frozen dataclasses and its JSON Schema, read from the same types: what is described is what is printed.

An object has the fields in their order, under the name that a field's metadata gives as `json` if it gives one (None:
not at all), then the properties that the class names in `JSON_ALSO`. Days are ISO 8601, tuples are lists.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}


@dataclass(frozen=True, slots=True)
class _JsonMember:
    """One member of an object."""

    attribute: str
    name: str
    hint: Any
    also: Schema
    """What the schema says besides the type: bounds."""
    as_it_is: bool
    """Whether its values are JSON already: a page of results has some thousand of them."""


def as_json(value: Any) -> Any:
    """A dataclass, or a tuple, list or dictionary of them, as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            member.name: getattr(value, member.attribute)
            if member.as_it_is
            else as_json(getattr(value, member.attribute))
            for member in _printed(type(value))
        }
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    if isinstance(value, dict):
        return {name: as_json(part) for name, part in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def schema(hint: Any) -> Schema:
    """The JSON Schema of a type; a dataclass is a reference to one of `components`."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if is_dataclass(hint) and isinstance(hint, type):
        return ref(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin in (Union, types.UnionType):
        shapes = [schema(kind) for kind in inner if kind is not type(None)]
        return {"anyOf": [*shapes, {"type": "null"}]}
    if origin is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": schema(inner[0])}
    if origin is tuple:
        items = [schema(kind) for kind in inner]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    raise TypeError(f"no JSON Schema for {hint}")


def ref(kind: type) -> Schema:
    """A reference to the schema of a dataclass."""
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def components(kinds: Iterable[type]) -> dict[str, Schema]:
    """The schemas of these dataclasses and of all that stand in them, by name."""
    found: dict[type, Schema] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop(0)
        if kind not in found:
            members = {member.name: schema(member.hint) | member.also for member in _printed(kind)}
            found[kind] = {"type": "object", "properties": members, "required": list(members)}
            waiting += [inner for member in _printed(kind) for inner in _dataclasses(member.hint)]
    return {kind.__name__: found[kind] for kind in sorted(found, key=lambda kind: kind.__name__)}


@cache
def _printed(kind: type) -> tuple[_JsonMember, ...]:
    hints = get_type_hints(kind)
    members: list[tuple[str, str, Any, Schema]] = []
    for field in fields(kind):
        said = field.metadata
        if said.get("json", "") is None:
            continue
        members.append((field.name, said.get("json", field.name), hints[field.name], said.get("schema", {})))
    also = getattr(kind, "JSON_ALSO", ())
    members += [(name, name, get_type_hints(getattr(kind, name).fget)["return"], {}) for name in also]
    return tuple(_JsonMember(*member, as_it_is=_is_json(member[2])) for member in members)


def _is_json(hint: Any) -> bool:
    if hint in (str, int, float, bool, type(None), Ellipsis) or get_origin(hint) is Literal:
        return True
    return bool(get_args(hint)) and all(map(_is_json, get_args(hint)))


def _dataclasses(hint: Any) -> Iterator[type]:
    if is_dataclass(hint) and isinstance(hint, type):
        yield hint
    for inner in get_args(hint):
        yield from _dataclasses(inner)
