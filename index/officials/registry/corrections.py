"""The archivist's `officials.toml`: merge, split, rename, alias and tenure. What it says outweighs every inference."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from index.errors import RegistryError
from index.officials.posts.name_keys import name_key

_KINDS = ("merge", "split", "rename", "alias", "tenure")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Merge:
    """Several ids are one person: the first stays, the others redirect."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """In these articles, `id` is another person, who gets the id `new`."""

    id: str
    articles: frozenset[str]
    new: str


@dataclass(frozen=True, slots=True)
class Rename:
    """The name to show."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Names that mean `id`, wherever `organisation` (if given) stands in an office of the mention."""

    id: str
    keys: frozenset[str]
    organisation: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an official held an office, and on which days: `until` is the first day on which it was past."""

    id: str
    office: str
    held: bool
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All entries of the file, and a digest that changes with it."""

    digest: str = ""
    merges: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()
    renames: tuple[Rename, ...] = ()
    aliases: tuple[Alias, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Every id that an entry says is there."""
        merged = (id for merge in self.merges for id in merge.ids)
        return frozenset(
            (
                *merged,
                *(s.id for s in self.splits),
                *(r.id for r in self.renames),
                *(a.id for a in self.aliases),
                *(t.id for t in self.rulings),
            )
        )


def load(path: Path) -> Corrections:
    """The corrections in `path`; none when there is no such file.

    Raises:
        RegistryError: naming the file, the entry and what it lacks.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Corrections()
    except OSError as error:
        raise RegistryError(f"{path} cannot be read: {error.strerror}") from error
    try:
        given = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RegistryError(f"{path} is not valid TOML: {error}") from error
    unknown = set(given) - set(_KINDS)
    if unknown:
        raise RegistryError(f"{path}: unknown entry [[{min(unknown)}]]; known are {', '.join(_KINDS)}")

    def read(kind: str, fields: set[str], build: Callable[[Mapping[str, Any]], Any]) -> tuple[Any, ...]:
        entries = given.get(kind, [])
        if not isinstance(entries, list):
            raise RegistryError(f"{path}: write [[{kind}]] with two brackets")
        built = []
        for number, entry in enumerate(entries, 1):
            odd = set(entry) - fields
            if odd:
                raise RegistryError(
                    f"{path}: [[{kind}]] number {number}: unknown {min(odd)!r}; known: {sorted(fields)}"
                )
            try:
                built.append(build(entry))
            except ValueError as error:
                raise RegistryError(f"{path}: [[{kind}]] number {number}: {error}") from error
        return tuple(built)

    return Corrections(
        hashlib.sha256(content).hexdigest(),
        read("merge", {"ids", "because"}, _merge),
        read("split", {"id", "articles", "new", "because"}, _split),
        read("rename", {"id", "name", "because"}, lambda e: Rename(_id(e, "id"), _text(e, "name"))),
        read("alias", {"id", "names", "organisation", "because"}, _alias),
        read("tenure", {"id", "office", "held", "from", "until", "because"}, _ruling),
    )


def _merge(entry: Mapping[str, Any]) -> Merge:
    ids = _texts(entry, "ids")
    if len(set(ids)) < 2:
        raise ValueError("ids needs two or more different ids, the one to keep first")
    for id in ids:
        _check(id, "ids")
    return Merge(ids)


def _split(entry: Mapping[str, Any]) -> Split:
    split = Split(_id(entry, "id"), frozenset(_texts(entry, "articles")), _id(entry, "new"))
    if split.id == split.new:
        raise ValueError("new must be another id")
    return split


def _alias(entry: Mapping[str, Any]) -> Alias:
    keys = frozenset(name_key(name) for name in _texts(entry, "names"))
    organisation = entry.get("organisation", "")
    if not isinstance(organisation, str):
        raise ValueError("organisation must be a text")
    return Alias(_id(entry, "id"), keys, name_key(organisation))


def _ruling(entry: Mapping[str, Any]) -> Ruling:
    held = entry.get("held", True)
    if not isinstance(held, bool):
        raise ValueError("held must be true or false")
    ruling = Ruling(_id(entry, "id"), _id(entry, "office"), held, _day(entry, "from"), _day(entry, "until"))
    if ruling.since and ruling.until and ruling.since >= ruling.until:
        raise ValueError("from must be before until, the first day on which the office was past")
    return ruling


def _day(entry: Mapping[str, Any], field: str) -> date | None:
    value = entry.get(field)
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            value = object()
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise ValueError(f"{field} must be a day, such as 2017-05-10")
    return value


def _text(entry: Mapping[str, Any], field: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field} is missing")
    return value.strip()


def _texts(entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
    values = entry.get(field)
    if not isinstance(values, list) or not values or not all(isinstance(v, str) and v.strip() for v in values):
        raise ValueError(f"{field} must be a list of texts")
    return tuple(values)


def _id(entry: Mapping[str, Any], field: str) -> str:
    return _check(_text(entry, field), field)


def _check(id: str, field: str) -> str:
    if not _ID.fullmatch(id):
        raise ValueError(f"{field} {id!r}: an id has lower-case letters a-z, digits and single hyphens")
    return id
