"""Offices in a query: `Chủ tịch` is another office than `Phó Chủ tịch`, so its head is not met behind `phó`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from index.analysis.normalize import fold, key
from search.plan import AnyOf, Clause, Node, Slot, Spelling, label
from search.results import Understood

SWITCH = "office:deputy"
"""What `off` holds when deputies are to be found too."""
_DEPUTY = "phó"
_OPTIONAL = "(phó) "
_CHAIRS = frozenset({("chu", "tich"), ("pho", "chu", "tich")})
_COMMITTEES = frozenset({("ubnd",), ("uy", "ban", "nhan", "dan")})
_LEVELS = frozenset({"tinh", "huyen", "quan", "phuong", "xa", "thi", "thanh", "tp", "tx"})
_SHORT_WEIGHT = 0.7


@cache
def heads() -> frozenset[tuple[str, ...]]:
    """The heads of titles that have deputies, as syllable keys, with and without marks."""
    rows = (files("index.officials.recognition.lexicon") / "titles.txt").read_text(encoding="utf-8").splitlines()
    titles = (row.split("\t")[0].removeprefix(_OPTIONAL) for row in rows if row.startswith(_OPTIONAL))
    marked = {tuple(map(key, title.split())) for title in titles}
    return frozenset(marked | {tuple(map(fold, keys)) for keys in marked})


def shielded(parts: Sequence[Node], off: frozenset[str]) -> tuple[tuple[Node, ...], tuple[Understood, ...]]:
    """The parts with every head of an office guarded against `phó`, and the chips that say so."""
    if SWITCH in off:
        return tuple(parts), ()
    found: list[Node] = []
    chips: list[Understood] = []
    names = [_keys(part) for part in parts]
    for at, part in enumerate(parts):
        behind_deputy = at > 0 and names[at - 1][-1:] and fold(names[at - 1][-1]) == fold(_DEPUTY)
        if isinstance(part, Clause) and not behind_deputy and _begins_office(names[at : at + 3]):
            form = part.spellings[0].slots[0].keys[0][0]
            deputy = fold(_DEPUTY) if form else _DEPUTY
            found.append(replace(part, shield=(Spelling((Slot(((form, deputy),)),)),)))
            chips.append(Understood("office", part.label, (f"không kể Phó {part.label}",), f"off={SWITCH}"))
        else:
            found.append(part)
    return tuple(found), tuple(chips)


def with_short_names(parts: Sequence[Node], off: frozenset[str]) -> tuple[tuple[Node, ...], tuple[Understood, ...]]:
    """`Chủ tịch UBND tỉnh` is as often printed `Chủ tịch tỉnh`: there the committee goes without saying."""
    found = list(parts)
    chips: list[Understood] = []
    names = [_keys(part) for part in parts]
    for at in range(1, len(parts) - 1):
        head, committee, level = names[at - 1], parts[at], names[at + 1]
        short = f"{label(parts[at - 1])} {level[0]}" if level else ""
        if not isinstance(committee, Clause) or not _is_committee(names[at]) or f"variant:{short}" in off:
            continue
        if head and tuple(map(fold, head)) in _CHAIRS and level[:1] and fold(level[0]) in _LEVELS:
            form = committee.spellings[0].slots[0].keys[0][0]
            slots = tuple(Slot(((form, fold(key) if form else key),)) for key in (*head, level[0]))
            spellings = (*committee.spellings, Spelling(slots, _SHORT_WEIGHT))
            found[at] = replace(committee, spellings=spellings)
            chips.append(
                Understood("variant", f"{label(parts[at - 1])} {committee.label}", (short,), f"off=variant:{short}")
            )
    return tuple(found), tuple(chips)


def _is_committee(name: tuple[str, ...]) -> bool:
    return tuple(map(fold, name)) in _COMMITTEES


def _keys(part: Node) -> tuple[str, ...]:
    """The keys of a clause's first spelling."""
    if isinstance(part, AnyOf) and part.parts:
        return _keys(part.parts[0])
    if not isinstance(part, Clause) or part.slop >= 0:
        return ()
    return tuple(slot.keys[0][1] for slot in part.spellings[0].slots if slot.keys)


def _begins_office(names: Sequence[tuple[str, ...]]) -> bool:
    """Whether these parts in a row begin with the head of an office that has deputies."""
    row = tuple(key for name in names for key in name)
    own = len(names[0])
    return (own > 0 and any(row[:length] in heads() for length in range(max(2, own), min(len(row), 5) + 1))) or (
        own > 1 and any(row[:length] in heads() for length in range(2, own + 1))
    )
