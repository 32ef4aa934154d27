"""Abbreviations of Vietnamese public life and what they stand for, in the company that tells which one is meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.analysis.special import abbreviation_key
from index.analysis.tokens import syllables


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One reading of an abbreviation."""

    letters: str
    """As officials print it: `GD&ĐT`."""
    key: str
    """Its key as a special token: `gdđt`."""
    expansion: str
    keys: tuple[str, ...]
    """The expansion's syllable keys."""
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    """Neighbours of which one is needed (`#` a number); both empty: none is needed."""

    @property
    def bare(self) -> tuple[str, ...]:
        """The expansion's keys without `và`, as many print it."""
        return tuple(key for key in self.keys if key != "và")

    def fits(self, previous: str, following: str) -> bool:
        """Whether this reading is meant between these two syllable keys (empty at the text's ends)."""
        if not self.after and not self.before:
            return True
        return _names(self.after, previous) or _names(self.before, following)


@cache
def table() -> tuple[Abbreviation, ...]:
    """All readings, in the order of the file."""
    text = (files("index.analysis") / "abbreviations.tsv").read_text(encoding="utf-8")
    return tuple(_row(line) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def by_key() -> dict[str, tuple[Abbreviation, ...]]:
    """Special-token key → readings."""
    found: dict[str, tuple[Abbreviation, ...]] = {}
    for row in table():
        found[row.key] = (*found.get(row.key, ()), row)
    return found


@cache
def by_expansion() -> dict[tuple[str, ...], tuple[Abbreviation, ...]]:
    """Syllable keys of an expansion → the abbreviations that stand for it."""
    found: dict[tuple[str, ...], tuple[Abbreviation, ...]] = {}
    for row in table():
        found[row.keys] = (*found.get(row.keys, ()), row)
    return found


@cache
def by_wording() -> dict[tuple[str, ...], tuple[Abbreviation, ...]]:
    """The same, and without the `và` of an expansion: `Sở Tài nguyên Môi trường`."""
    found = dict(by_expansion())
    for row in table():
        if row.bare not in by_expansion():
            found[row.bare] = (*found.get(row.bare, ()), row)
    return found


def readings(letters: str, previous: str = "", following: str = "") -> tuple[Abbreviation, ...]:
    """What an abbreviation, in any case and with any separators, can stand for between two syllable keys."""
    rows = by_key().get(abbreviation_key(letters), ())
    return tuple(row for row in rows if row.fits(previous, following))


def _row(line: str) -> Abbreviation:
    letters, expansion, after, before, *_ = [*line.split("\t"), "", ""]
    keys = tuple(syllable.key for syllable in syllables(expansion))
    return Abbreviation(
        letters, abbreviation_key(letters), expansion, keys, frozenset(after.split()), frozenset(before.split())
    )


def _names(company: frozenset[str], neighbour: str) -> bool:
    return neighbour in company or ("#" in company and neighbour.isdecimal())
