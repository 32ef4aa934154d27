"""Names of places and agencies that changed, or are spelt in two ways; when each holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from index.analysis.tokens import syllables


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name of the same thing, or of what it was merged into or from."""

    kind: str
    """spelling, renamed, merged, place or english."""
    name: str
    keys: tuple[str, ...]
    first: date | None = None
    """Articles since this day use the name; None: since ever."""
    last: date | None = None
    """Articles until this day used it; None: they still do."""


@cache
def other_names() -> dict[tuple[str, ...], tuple[OtherName, ...]]:
    """A name's syllable keys → its other names, each with the days in which articles use it.

    What was merged into something that was there before is found from its old name only, and English names find the
    Vietnamese ones, not these them.
    """
    found: dict[tuple[str, ...], tuple[OtherName, ...]] = {}
    text = (files("index.analysis") / "renamed.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        kind, name, other, since, *_ = [*line.split("\t"), ""]
        day = date.fromisoformat(since) if since else None
        before, after = _keys(name), _keys(other)
        found[before] = (*found.get(before, ()), OtherName(kind, other, after, first=day))
        if kind in {"spelling", "renamed"}:
            found[after] = (*found.get(after, ()), OtherName(kind, name, before, last=day))
    return found


def _keys(name: str) -> tuple[str, ...]:
    return tuple(syllable.key for syllable in syllables(name))
