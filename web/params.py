"""Parameters: what an address may say, read once and described once (the OpenAPI document prints the same table)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from index.facets import FACETS, LONGEST, Facet
from search.request import Filter, SearchRequest, filters
from web.i18n import LANGUAGES, t
from web.problems import BadParameter

MAX_QUERY = 1000
MAX_REPEATED = 20
MAX_LIMIT = 100
SORTS = ("relevance", "newest", "oldest")
_FILTER = re.compile(r"-?[^\x00-\x20-]")
_CURSOR = re.compile(r"[A-Za-z0-9_-]{24,600}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address, as JSON Schema and in words."""

    name: str
    description: str
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"})
    example: Any = None
    repeated: bool = False
    required: bool = False


def _filter(facet: Facet) -> Parameter:
    item = {"type": "string", "pattern": r"^-?[^\u0000-\u0020-]", "maxLength": LONGEST}
    schema = {"type": "array", "maxItems": MAX_REPEATED, "items": item}
    how = f"{facet.what}; {'all must' if facet.every else 'any may'} hold; a leading `-` excludes."
    return Parameter(facet.name, how, schema, [facet.example], repeated=True)


_DATE = {"type": "string", "format": "date"}
LANG = Parameter("lang", "Language of messages.", {"type": "string", "enum": list(LANGUAGES), "default": "vi"}, "en")
QUERY = Parameter(
    "q", "The query, in the query language.", {"type": "string", "maxLength": MAX_QUERY}, '"dân vận khéo" tỉnh'
)
LIMIT = Parameter(
    "limit", "Hits on one page.", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, 5
)
CURSOR = Parameter(
    "cursor",
    "Place in the list: `next` of the page before, as it is. One that was never handed out answers 404.",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]{24,600}$"},
)
FILTERS = (
    QUERY,
    *map(_filter, FACETS),
    Parameter(
        "from", "First day of publication; where it is later than `to`, the two change places.", _DATE, "2023-01-01"
    ),
    Parameter("to", "Last day of publication.", _DATE, "2030-12-31"),
    Parameter(
        "off",
        "Interpretations switched off, as `understood[].off` names them.",
        {"type": "array", "maxItems": MAX_REPEATED, "items": {"type": "string", "minLength": 1, "maxLength": 200}},
        repeated=True,
    ),
)
EVERY = tuple(facet.name for facet in FACETS if facet.every)
ANY = Parameter(
    "any",
    "Filters of whose repeated values any may hold, where otherwise all must.",
    {"type": "array", "maxItems": MAX_REPEATED, "items": {"type": "string", "enum": list(EVERY)}},
    [EVERY[0]],
    repeated=True,
)
ORDER = Parameter(
    "sort", "Order of the hits.", {"type": "string", "enum": list(SORTS), "default": "relevance"}, "newest"
)
EXPLAIN = Parameter("explain", "1 fills `hits[].why`.", {"type": "string", "enum": ["0", "1"], "default": "0"}, "1")
SEARCH = (*FILTERS, ANY, ORDER, LIMIT, CURSOR, EXPLAIN, LANG)

Arguments = MultiDict[str, str]


def search_request(arguments: Arguments, *within: Filter) -> SearchRequest:
    """The search that an address asks for, within these filters.

    Raises:
        BadParameter: naming the parameter that cannot be read.
    """
    since, until = day(arguments, "from"), day(arguments, "to")
    if since and until and since > until:
        since, until = until, since
    return SearchRequest(
        text=text(arguments, "q", MAX_QUERY),
        filters=(
            *within,
            *(condition for facet in FACETS for condition in filters(facet.name, _values(arguments, facet.name))),
        ),
        since=since,
        until=until,
        sort=choice(arguments, "sort", SORTS),
        limit=whole(arguments, "limit", 20, 1, MAX_LIMIT),
        cursor=cursor(arguments),
        off=frozenset(repeated(arguments, "off", longest=200)),
        any=frozenset(_facets(arguments, "any")),
        explain=choice(arguments, "explain", ("0", "1")) == "1",
    )


def only_known(arguments: Arguments, known: tuple[Parameter, ...]) -> None:
    """Refuse a parameter that an operation does not have, and one given twice that may stand once."""
    names = {parameter.name: parameter for parameter in known}
    for name in arguments:
        if name not in names:
            raise BadParameter(name[:60], t("problem.unknown-parameter", name=name[:60], known=", ".join(names) or "–"))
        if not names[name].repeated and len(arguments.getlist(name)) > 1:
            raise BadParameter(name, t("problem.repeated", name=name))
        if not arguments[name] and name != "q":
            raise BadParameter(name, t("problem.empty", name=name))
    choice(arguments, "lang", LANGUAGES)


def text(arguments: Arguments, name: str, longest: int) -> str:
    """A line of text, trimmed; control characters, which a paste may bring along, are spaces."""
    return _line(_first(arguments, name), name, longest)


def _line(value: str, name: str, longest: int) -> str:
    if len(value) > longest:
        raise BadParameter(name, t("problem.too-long", name=name, length=len(value), longest=longest))
    return plain(value)


def plain(typed: str) -> str:
    """A typed line without what a paste may bring along; control characters are spaces."""
    return _CONTROL.sub(" ", typed).strip()


def _first(arguments: Arguments, name: str) -> str:
    # `MultiDict.get` makes an HTTP error of every name that is not there, which most are not.
    return next(iter(arguments.getlist(name)), "")


def repeated(arguments: Arguments, name: str, longest: int = LONGEST) -> tuple[str, ...]:
    """Every value of a parameter that may stand several times, each once."""
    values = arguments.getlist(name)
    if len(values) > MAX_REPEATED:
        raise BadParameter(name, t("problem.too-many", name=name, most=MAX_REPEATED))
    return tuple(_line(value, name, longest) for value in dict.fromkeys(map(str.strip, values)) if value)


def _facets(arguments: Arguments, name: str) -> tuple[str, ...]:
    for value in (values := repeated(arguments, name)):
        if value not in EVERY:
            raise BadParameter(name, t("problem.choice", name=name, value=value[:40], choices=", ".join(EVERY)))
    return values


def _values(arguments: Arguments, name: str) -> tuple[str, ...]:
    for value in arguments.getlist(name):
        if value and not _FILTER.match(value):
            raise BadParameter(name, t("problem.filter-form", name=name, value=value[:40]))
    return repeated(arguments, name)


def cursor(arguments: Arguments) -> str | None:
    """Where a list goes on: `next` of the page before, as it is."""
    value = _first(arguments, "cursor") or None
    if value and not _CURSOR.fullmatch(value):
        raise BadParameter("cursor", t("problem.cursor-form", name="cursor"))
    return value


def day(arguments: Arguments, name: str) -> date | None:
    """A day, `2024-03-15`."""
    value = _first(arguments, name).strip()
    if not value:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise BadParameter(name, t("problem.date", name=name, value=value[:40]))


def choice(arguments: Arguments, name: str, choices: tuple[str, ...]) -> str:
    """One of the choices; the first where the address says nothing."""
    value = _first(arguments, name) or choices[0]
    if value not in choices:
        raise BadParameter(name, t("problem.choice", name=name, value=value[:40], choices=", ".join(choices)))
    return value


def whole(arguments: Arguments, name: str, default: int, least: int, most: int) -> int:
    """A whole number within bounds."""
    value = _first(arguments, name).strip() or str(default)
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or not least <= int(value) <= most:
        raise BadParameter(name, t("problem.whole", name=name, value=value[:40], least=least, most=most))
    return int(value)
