"""The gazetteer: provinces, districts and countries, under every name they are printed by. Loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Place:
    """A province, a district or a country."""

    name: str
    level: str
    """tỉnh, thành phố, huyện, quận, thị xã; for other countries country, city, union."""
    within: str
    """The province of a district, else empty."""
    listed: bool = True
    """In the gazetteer; else only the article tells of it."""

    @property
    def foreign(self) -> bool:
        """Outside Viet Nam."""
        return self.level in ("country", "city", "union") and self.name not in ("Việt Nam", "VN", "CHXHCN Việt Nam")


def table(file: Traversable) -> Iterator[list[str]]:
    """The rows of a table of words: cells parted by tabs; lines with `#` are comments."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def places() -> tuple[tuple[str, Place], ...]:
    """Every printed name with its place: usual names, provinces before districts, then variants, then
    countries; several places may bear one name."""
    lexicon = files("index.officials.recognition.lexicon")
    usual: dict[str, Place] = {}
    found: list[tuple[str, Place]] = []
    for name, level, *within in table(lexicon / "places.tsv"):
        place = Place(name, level, within[0] if within else "")
        usual.setdefault(name, place)
        found.append((name, place))
    variants = [(variant, usual[name]) for variant, name in table(lexicon / "place_variants.tsv")]
    countries = [(name, Place(name, kind, "")) for name, kind in table(lexicon / "countries.tsv")]
    return (*found, *variants, *countries)
