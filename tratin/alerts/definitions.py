"""What is asked for: `<data>/alerts.toml`, a table an alert."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from werkzeug.datastructures import MultiDict

from index.facets import FACETS
from search.request import SearchRequest
from tratin.errors import AlertError
from web.i18n import LANGUAGES
from web.params import search_request
from web.problems import BadParameter

MOST = 20
"""Articles that one message lists, unless the alert says otherwise."""
_LONGEST_LIST = 200
_FILTERS = (*(facet.name for facet in FACETS), "off", "any")
_KNOWN = frozenset({"name", "query", "address", "email", "webhook", "feed", "most", "every_hours", "lang", *_FILTERS})
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved query, and whom to tell."""

    name: str
    """Unique in the file; what messages, commands and the ledger call it."""
    request: SearchRequest
    view: str
    """The parameters of its page of results: `q=…&topic=…`."""
    email: tuple[str, ...] = ()
    webhook: str = ""
    feed: bool = False
    most: int = MOST
    """Articles that one message lists; it counts the rest and leads to them."""
    every_hours: int = 0
    """Hours at least between two messages; 0 tells after every update."""
    language: str = "vi"

    @property
    def channels(self) -> tuple[tuple[str, str], ...]:
        """Where messages go: the kind (email or webhook) and the address."""
        return (
            *(("email", address) for address in self.email),
            *((("webhook", self.webhook),) if self.webhook else ()),
        )


def read(path: Path) -> tuple[Alert, ...]:
    """The alerts of a file, in its order.

    Raises:
        AlertError: naming the file, the alert, and what cannot be read.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise AlertError(f"no {path}: write your queries there, as docs/alerts.md shows") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AlertError(f"{path} cannot be read: {error}") from error
    tables = given.pop("alert", [])
    if given or not isinstance(tables, list) or not all(isinstance(listed, dict) for listed in tables):
        raise AlertError(f"{path}: only [[alert]] tables are known here")
    alerts: dict[str, Alert] = {}
    for number, table in enumerate(tables, 1):
        alert = _alert(table, f"{path}, alert {number}")
        if alert.name in alerts:
            raise AlertError(f"{path}: two alerts are named {alert.name!r}")
        alerts[alert.name] = alert
    return tuple(alerts.values())


def _alert(table: Mapping[str, Any], where: str) -> Alert:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 120 or not name.isprintable():
        raise AlertError(f"{where}: name is needed, a line of at most 120 characters")
    where = f"{where} ({name})"
    if unknown := sorted(set(table) - _KNOWN):
        raise AlertError(f"{where}: unknown field {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}")
    pairs = _pairs(table, where)
    try:
        request = search_request(MultiDict(pairs))
    except BadParameter as error:
        raise AlertError(f"{where}: {error}") from error
    if not request.text and not request.filters:
        raise AlertError(f"{where}: it asks for every article; give it a query or a filter")
    emails, webhook = _lines(table, "email", where), _line(table, "webhook", where)
    if bad := [email for email in emails if not _EMAIL.fullmatch(email)]:
        raise AlertError(f"{where}: {bad[0]!r} is no e-mail address")
    if webhook and (urlsplit(webhook).scheme not in ("http", "https") or not urlsplit(webhook).hostname):
        raise AlertError(f"{where}: webhook is {webhook!r}: http or https and a host are needed")
    feed = table.get("feed", False)
    if not isinstance(feed, bool):
        raise AlertError(f"{where}: feed is true or false")
    if not emails and not webhook and not feed:
        raise AlertError(f"{where}: nobody is told; give it an email, a webhook, or feed = true")
    language = _line(table, "lang", where) or "vi"
    if language not in LANGUAGES:
        raise AlertError(f"{where}: lang is one of {', '.join(LANGUAGES)}")
    most, every = (
        _whole(table, "most", MOST, 1, _LONGEST_LIST, where),
        _whole(table, "every_hours", 0, 0, 24 * 31, where),
    )
    return Alert(name.strip(), request, urlencode(pairs), emails, webhook, feed, most, every, language)


def _pairs(table: Mapping[str, Any], where: str) -> list[tuple[str, str]]:
    """The parameters of the view: an address as a browser shows it, or a query and filters."""
    address = _line(table, "address", where)
    if address:
        if "query" in table or any(name in table for name in _FILTERS):
            raise AlertError(f"{where}: an address says query and filters; give one or the other")
        known = (*_FILTERS, "q")
        return [pair for pair in parse_qsl(urlsplit(address).query) if pair[0] in known]
    query = _line(table, "query", where)
    filters = [(name, value) for name in _FILTERS for value in _lines(table, name, where)]
    return [*([("q", query)] if query else []), *filters]


def _line(table: Mapping[str, Any], name: str, where: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise AlertError(f"{where}: {name} is a text")
    return value.strip()


def _lines(table: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = table.get(name, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(line, str) and line for line in values):
        raise AlertError(f"{where}: {name} is a text or a list of texts")
    return tuple(values)


def _whole(table: Mapping[str, Any], name: str, default: int, least: int, most: int, where: str) -> int:
    value = table.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise AlertError(f"{where}: {name} is a whole number from {least} to {most}")
    return value
