"""Links: a path and its parameters as a value, so that a page can say "this, but without that filter"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote_plus

from flask import g, request, url_for

from search.cursor import previous
from search.request import SearchRequest
from web.backend import backend
from web.i18n import language

_PLACE = "cursor"


@dataclass(frozen=True, slots=True)
class Address:
    """An address on this server. Changing a filter drops the place in the list (the cursor)."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of one parameter."""
        return tuple(value for key, value in self.pairs if key == name)

    def add(self, name: str, value: str) -> Address:
        """With one value more."""
        return Address(self.path, (*self._without(name, value), (name, value)))

    def set(self, name: str, value: str) -> Address:
        """With this value instead of any other."""
        return Address(self.path, (*self._without(name), (name, value)))

    def drop(self, name: str, value: str | None = None) -> Address:
        """Without a parameter, or without one of its values."""
        return Address(self.path, tuple(self._without(name, value)))

    def only(self, *names: str) -> Address:
        """With these parameters and no others."""
        return Address(self.path, tuple(pair for pair in self.pairs if pair[0] in names))

    def to(self, path: str) -> Address:
        """The same parameters at another path."""
        return Address(path, self.pairs)

    def _without(self, name: str, value: str | None = None) -> list[tuple[str, str]]:
        return [
            pair
            for pair in self.pairs
            if pair[0] != _PLACE and (pair[0] != name or (value is not None and pair[1] != value))
        ]

    @property
    def query(self) -> str:
        """The parameters as they stand behind the path, with the `?`; empty where there are none."""
        return f"?{'&'.join(map(encoded, self.pairs))}" if self.pairs else ""

    def __str__(self) -> str:
        return f"{self.path}{self.query}"


@lru_cache(512)
def encoded(pair: tuple[str, str]) -> str:
    """One parameter as an address has it."""
    name, value = pair
    return f"{quote_plus(name)}={quote_plus(value)}"


def here() -> Address:
    """The address of this request; empty parameters are left out."""
    return Address(request.path, tuple((name, value) for name, value in request.args.items(multi=True) if value))


def link(endpoint: str, **values: str | int | None) -> str:
    """The address of a view, in the reader's language."""
    return _built(request.root_path, language(), endpoint, **values)


def plain_link(endpoint: str, **values: str) -> str:
    """The address of what has no language: a shipped file, the target of a form."""
    return _built(request.root_path, "", endpoint, **values)


def linking() -> Callable[..., str]:
    """`link` for the rest of this request, which need not ask again for its language: a page has some fifty links."""
    return partial(_built, request.root_path, language())


@lru_cache(16_384)
def _built(root: str, lang: str, endpoint: str, /, **values: str | int | None) -> str:
    """Within one `root` (the prefix that a proxy puts before every path) an address is always built the same."""
    given: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    return url_for(endpoint, **(given | {"lang": "en"} if lang == "en" else given))


_LONGEST_HEADER = 2000
"""Bytes of an address in a header; servers in between take a few thousand."""


def beside(previous: Address | None, following: Address | None) -> None:
    """Name the pages before and after this one in the answer's Link header (RFC 8288)."""
    turns = (("prev", previous), ("next", following))
    g.turns = [f'<{at}>; rel="{name}"' for name, at in turns if at and len(str(at)) <= _LONGEST_HEADER]


def beside_cursor(
    address: Address, wanted: SearchRequest, following: str | None
) -> tuple[Address | None, Address | None]:
    """The same of a list that is turned by `cursor`; the addresses themselves, for the page to print."""
    before = previous(wanted)
    back = None
    if before:
        back = address.set("cursor", before.encode()) if before.offset else address.drop("cursor")
    onward = address.set("cursor", following) if following else None
    beside(back, onward)
    return back, onward


def beside_number(address: Address, number: int, pages: int) -> None:
    """The same of a list that is turned by `page`."""
    beside(
        address.set("page", str(number - 1)) if number > 1 else None,
        address.set("page", str(number + 1)) if number < pages else None,
    )


def beside_offset(address: Address, offset: int, limit: int, total: int) -> None:
    """The same of a stretch of a list in the API."""
    beside(
        address.set("offset", str(max(0, offset - limit))) if offset else None,
        address.set("offset", str(offset + limit)) if offset + limit < total else None,
    )


def absolute(address: str | Address) -> str:
    """The address with scheme and host, for feeds and citations: the configured one, never what a client claims.

    Where none is configured, this machine's word for itself has to do.
    """
    return (backend().settings.address or request.url_root.rstrip("/")) + str(address)


def leads_out(url: str | None) -> bool:
    """Whether an article's URL may be a link: an older store, or a backup, may hold what no import takes any more."""
    return bool(url) and str(url).lower().startswith(("http://", "https://"))
