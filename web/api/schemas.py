"""JSON Schemas of what the API answers, read from the dataclasses that it prints."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from crawler.article import Article
from crawler.store.reading import VersionNote
from index.officials.directory.pages import (
    Holder,
    OfficeNote,
    OfficePage,
    OfficialNote,
    OfficialPage,
    Sentence,
    Tenure,
)
from index.officials.posts.post import Ending
from search.results import (
    Facets,
    Hit,
    MonthCount,
    OfficialCount,
    QueryNote,
    ResultPage,
    Snippet,
    SourceCount,
    TopicCount,
    Understood,
)

Schema = dict[str, Any]
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}
_PRINTED = {"from_": "from"}
_NAMES = {OfficialCount: "Official", TopicCount: "Topic"}
_SHAPES: dict[tuple[type, str], str] = {
    (Hit, "topics"): "TopicNamed",
    (Hit, "officials"): "OfficialNamed",
    (Facets, "officials"): "OfficialCounted",
}
_VARIANTS: dict[str, tuple[type, str]] = {
    "TopicNamed": (TopicCount, "count"),
    "OfficialNamed": (OfficialCount, "count"),
    "OfficialCounted": (OfficialCount, "organisation"),
}
"""The same type with one field left out, as `ResultPage.as_json` prints it."""
_PRINTED_TYPES = (
    *(ResultPage, QueryNote, Understood, Hit, Snippet, Facets, TopicCount, OfficialCount, SourceCount, MonthCount),
    *(Article, VersionNote, OfficialNote, OfficialPage, OfficeNote, OfficePage, Tenure, Holder, Sentence, Ending),
)


def ref(name: str) -> Schema:
    """A reference to a schema of `components()`."""
    return {"$ref": f"#/components/schemas/{name}"}


def listing(name: str, item: Schema, **more: Schema) -> Schema:
    """An object with one list of items."""
    properties = {name: {"type": "array", "items": item}, **more}
    return {"type": "object", "properties": properties, "required": list(properties)}


def components() -> dict[str, Schema]:
    """Every named schema."""
    named = {_NAMES.get(kind, kind.__name__): _of_dataclass(kind) for kind in _PRINTED_TYPES}
    named |= {name: _of_dataclass(kind, without=field) for name, (kind, field) in _VARIANTS.items()}
    named["Article"]["properties"]["sha256"] = {"type": "string"}
    named["Problem"] = PROBLEM
    return named


def _of_dataclass(kind: type, without: str = "") -> Schema:
    hints = get_type_hints(kind)
    properties = {}
    for each in dataclasses.fields(kind):
        if each.name != without:
            shape = _SHAPES.get((kind, each.name))
            printed = _PRINTED.get(each.name, each.name)
            properties[printed] = {"type": "array", "items": ref(shape)} if shape else _of(hints[each.name])
    return {"type": "object", "properties": properties, "required": list(properties)}


def _of(hint: Any) -> Schema:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return ref(_NAMES.get(hint, hint.__name__))
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        shapes = [_of(each) for each in inner if each is not type(None)]
        return {"anyOf": [*shapes, {"type": "null"}]}
    if origin is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": _of(inner[0])}
    if origin is tuple:
        items = [_of(each) for each in inner]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    raise TypeError(f"no JSON Schema for {hint}")


PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string", "description": "The parameter that could not be read."},
        "instead": {"type": "string", "format": "uri-reference", "description": "An address that works."},
    },
    "required": ["type", "title", "status", "detail"],
}
