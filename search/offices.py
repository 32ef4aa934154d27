"""Offices in a query: `Chủ tịch` is another office than `Phó Chủ tịch`, so its head is not met behind `phó`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from index.analysis.normalize import fold, key
from search.plan import Clause, Node, Slot, Spelling
from search.results import Understood

SWITCH = "office:deputy"
"""What `off` holds when deputies are to be found too."""
_DEPUTY = "phó"
_OPTIONAL = "(phó) "


@cache
def heads() -> frozenset[tuple[str, ...]]:
    """The heads of titles that have deputies, as syllable keys, with and without marks."""
    rows = (files("index.officials.lexicon") / "titles.txt").read_text(encoding="utf-8").splitlines()
    titles = (row.split("\t")[0].removeprefix(_OPTIONAL) for row in rows if row.startswith(_OPTIONAL))
    marked = {tuple(map(key, title.split())) for title in titles}
    return frozenset(marked | {tuple(map(fold, keys)) for keys in marked})


def shielded(parts: Sequence[Node], off: frozenset[str]) -> tuple[tuple[Node, ...], tuple[Understood, ...]]:
    """The parts with every head of an office guarded against `phó`, and the chips that say so."""
    if SWITCH in off:
        return tuple(parts), ()
    found: list[Node] = []
    chips: list[Understood] = []
    before = ""
    for part in parts:
        name = _keys(part)
        if isinstance(part, Clause) and name and fold(before) != fold(_DEPUTY) and _begins_office(name):
            form = part.spellings[0].slots[0].keys[0][0]
            deputy = fold(_DEPUTY) if form else _DEPUTY
            found.append(replace(part, shield=(Spelling((Slot(((form, deputy),)),)),)))
            chips.append(Understood("office", part.label, (f"không kể Phó {part.label}",), f"off={SWITCH}"))
        else:
            found.append(part)
        before = name[-1] if name else ""
    return tuple(found), tuple(chips)


def _keys(part: Node) -> tuple[str, ...]:
    """The keys of a clause's first spelling."""
    if not isinstance(part, Clause) or part.slop >= 0:
        return ()
    return tuple(slot.keys[0][1] for slot in part.spellings[0].slots if slot.keys)


def _begins_office(name: tuple[str, ...]) -> bool:
    return len(name) > 1 and any(name[:length] in heads() for length in range(2, len(name) + 1))
