"""The words the grammar knows, read from the tables beside this file: titles, organisations, surnames, places."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Generic, TypeVar

from index.officials.reading import Reading

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of lowered tokens, the longest found first."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        self.by_first: dict[str, list[tuple[int, tuple[str, ...], T]]] = {}
        for words, value in entries:
            self.by_first.setdefault(words[0], []).append((len(words), tuple(words), value))
        for found in self.by_first.values():
            found.sort(key=lambda entry: -entry[0])

    def match(self, lows: Sequence[str], i: int) -> tuple[int, T] | None:
        """How many tokens at i make the longest phrase, and its value."""
        for length, words, value in self.by_first.get(lows[i], ()):
            if length == 1 or tuple(lows[i : i + length]) == words:
                return length, value
        return None


def _rows(name: str) -> Iterator[list[str]]:
    for line in files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@dataclass(frozen=True, slots=True)
class Title:
    """A head of the grammar of titles."""

    kind: str
    """state, public, weak, member, deputy, leader or staff: see docs/decisions/officials-grammar.md."""
    shared: int = 0
    """How many of its last words the organisation begins with: `Trưởng ban` + `ban Dân vận Tỉnh ủy`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A province, district or country."""

    name: str
    level: str
    within: str


def _titles() -> Iterator[tuple[list[str], Title]]:
    for words, kind, *rest in _rows("titles.txt"):
        title = Title(kind, int(rest[0]) if rest else 0)
        if words.startswith("(phó) "):
            yield words.removeprefix("(phó) ").split(), title
            yield ["phó", *words.removeprefix("(phó) ").split()], title
        else:
            yield words.split(), title


def _places() -> Iterator[tuple[list[str], Place]]:
    named = {}
    for name, level, *within in _rows("places.tsv"):
        place = Place(name, level, within[0] if within else "")
        if not within or name not in named:
            named[name] = place
        yield Reading(name).lows, place
    for variant, name in _rows("place_variants.tsv"):
        if name in named:
            yield Reading(variant).lows, named[name]
    for name, kind in _rows("countries.tsv"):
        yield Reading(name).lows, Place(name, kind, "")


TITLES: Phrases[Title] = Phrases(_titles())
RANKS: Phrases[bool] = Phrases((row[0].split(), True) for row in _rows("ranks.txt"))
ORGANISATIONS: Phrases[str] = Phrases((name.split(), kind) for kind, name in _rows("organisations.txt"))
FIELDS: Phrases[bool] = Phrases((row[0].split(), True) for row in _rows("fields.txt"))
PLACES: Phrases[Place] = Phrases(_places())
SURNAMES: dict[str, str] = {name.lower(): strength for name, strength in _rows("surnames.tsv")}
WORDS: dict[str, frozenset[str]] = {
    name: frozenset(words)
    for name, words in tomllib.loads(files(__name__).joinpath("words.toml").read_text(encoding="utf-8")).items()
}
