"""Offices in a query: `Chủ tịch` is another office than `Phó Chủ tịch`, so its head is not met behind `phó`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from index.analysis.normalize import fold, key
from index.query import (
    About,
    Dated,
    During,
    InZone,
    Key,
    Node,
    NotAfter,
    Option,
    Or,
    Phrase,
    Prefix,
    Slot,
    Term,
    is_spelt,
    label,
    leaves,
)
from index.schema import Form
from search.results import Understood

SWITCH = "office:deputy"
"""What `off` holds when deputies are to be found too."""
DEPUTY = "phó"
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
        behind_deputy = at > 0 and names[at - 1][-1:] and fold(names[at - 1][-1]) == fold(DEPUTY)
        if _is_clause(part) and not behind_deputy and _begins_office(names[at : at + 3]):
            form = _slots(part)[0][0].form
            called = label(part)
            found.append(NotAfter(part, Key(DEPUTY if form is Form.SYLLABLE else fold(DEPUTY), form)))
            chips.append(Understood("office", called, (f"không kể Phó {called}",), f"off={SWITCH}"))
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
        if not _is_clause(committee) or not _is_committee(names[at]) or f"variant:{short}" in off:
            continue
        if head and tuple(map(fold, head)) in _CHAIRS and level[:1] and fold(level[0]) in _LEVELS:
            form = _slots(committee)[0][0].form
            keys = [key if form is Form.SYLLABLE else fold(key) for key in (*head, level[0])]
            span = next(leaves(committee)).span
            found[at] = _or(committee, Phrase(tuple((Key(key, form),) for key in keys), span, short))
            switch = f"off=variant:{short}"
            chips.append(Understood("variant", f"{label(parts[at - 1])} {label(committee)}", (short,), switch))
    return tuple(found), tuple(chips)


def _or(node: Node, short: Phrase) -> Node:
    """A clause, or its short name."""
    match node:
        case Or(options):
            return Or((*options, Option(short, _SHORT_WEIGHT)))
        case InZone(zone, inner):
            return InZone(zone, _or(inner, short))
        case Dated(named=inner):
            return replace(node, named=_or(inner, short))
        case About(node=inner):
            return replace(node, node=_or(inner, short))
    return Or((Option(node), Option(short, _SHORT_WEIGHT)))


def _is_clause(node: Node) -> bool:
    """Whether a part is one thing, in one or more spellings."""
    match node:
        case InZone(_, inner) | Dated(named=inner) | About(node=inner, values=None):
            return _is_clause(inner)
    return is_spelt(node)


def _slots(node: Node) -> tuple[Slot, ...]:
    """The positions of a part as it was typed; none of a part that is no row of words."""
    match node:
        case Term(slot):
            return (slot,)
        case Phrase(slots):
            return slots
        case Prefix(prefix, form):
            return ((Key(f"{prefix}*", form),),)
        case Or(options) if options:
            spelt = [option.node for option in options if is_spelt(option.node)]
            return _slots((spelt or [options[0].node])[0])
        case During(node=inner) | Dated(named=inner) | InZone(_, inner) | NotAfter(inner):
            return _slots(inner)
        case About(node=inner, values=None):
            return _slots(inner)
    return ()


def _is_committee(name: tuple[str, ...]) -> bool:
    return tuple(map(fold, name)) in _COMMITTEES


def _keys(part: Node) -> tuple[str, ...]:
    """The keys of a part as it was typed."""
    return tuple(slot[0].key for slot in _slots(part) if slot)


def _begins_office(names: Sequence[tuple[str, ...]]) -> bool:
    """Whether these parts in a row begin with the head of an office that has deputies."""
    row = tuple(key for name in names for key in name)
    own = len(names[0])
    return (own > 0 and any(row[:length] in heads() for length in range(max(2, own), min(len(row), 5) + 1))) or (
        own > 1 and any(row[:length] in heads() for length in range(2, own + 1))
    )
