"""Names that are one name misprinted, reordered or shortened. Only with a shared post does that make one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.officials.posts.name_keys import name_key

_SHARE = 0.25
"""A rare form has at most this part of the usual form's articles (or stands in one or two)."""
_USUAL = 500
"""Holders of one post, the most often named first, of whose names others may be rare forms."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """One person as far as spelling goes."""

    key: int
    name: str
    foreign: bool
    articles: int
    posts: frozenset[str]
    """Ids of specific posts that one person, or a handful, hold."""


def alike(rare: str, usual: str, *, foreign: bool = False) -> str:
    """How `rare` can be `usual`: `order`, `spelling`, `short`, `cut` (its end lost), `familiar`,
    `part`, `joined`, or empty if not."""
    mine, theirs = name_key(rare).split(), name_key(usual).split()
    if not mine or mine == theirs:
        return ""
    if foreign and _familiar(mine, theirs):
        return "familiar"
    if foreign and (how := _transcribed(mine, theirs)):
        return how
    if len(mine) < len(theirs) and len(mine) <= 2:
        if len(mine) == 2 and mine == theirs[:2]:
            return "cut"
        ends = mine == theirs[-len(mine) :]
        return "short" if ends or (foreign and set(mine) <= set(theirs)) else ""
    if sorted(mine) == sorted(theirs) and mine[0] == theirs[0]:
        return "order"
    if len(mine) != len(theirs):
        extra = len(mine) == len(theirs) + 1 and len(theirs) >= 3 and mine[: len(theirs)] == theirs
        return "spelling" if extra else ""
    wrong = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if len(wrong) != 1 or (len(theirs) < 3 and not foreign):
        return ""
    a, b = wrong[0]
    if len(b) >= 3 and a.startswith(b):
        return "spelling"  # the next word is glued to it
    return "spelling" if distance(a, b) <= (1 if min(len(a), len(b)) < 4 else 2) else ""


def may_be_one(name: str, other: str, *, foreign: bool) -> bool:
    """Whether two names may well be one person's, so that neither is said to have followed the other in an office.

    Names that are `alike`; foreign ones of which one is written by its sound, `G.Xô-mát`; and foreign ones with a
    word of four letters or more in common, `El Somad` and `Omar Faruk al-Somad`, that does not begin both: first
    names and the surnames of East Asia are shared by many.
    """
    if alike(name, other, foreign=foreign) or alike(other, name, foreign=foreign):
        return True
    if foreign and bool(_BY_SOUND.search(name)) != bool(_BY_SOUND.search(other)):
        return True
    mine, theirs = name_key(name).split(), name_key(other).split()
    shared = {word for word in mine if word in theirs and len(word) >= _TELLING}
    return foreign and bool(shared - ({mine[0]} & {theirs[0]}))


_BY_SOUND = re.compile(r"-\w*?[ăâđêôơưạ-ỹ]|(?<!\w)(?=\w*?[ăâđêôơưạ-ỹ])\w+-", re.IGNORECASE)
"""Syllables joined by hyphens, with letters that only Vietnamese has: how newspapers write foreign names by sound."""
_TELLING = 4
"""Letters of a word of a foreign name that tells one person from another; `bin`, `van`, `Kim` do not."""


def _transcribed(mine: Sequence[str], theirs: Sequence[str]) -> str:
    """How two foreign names are one written in two ways: `part` (`Sheikh Omar bin Said` of `Omar bin Said`), `joined`
    (`Somchai Prasert-o-cha` and `Somchai Prasert-ocha`), or empty."""
    short, long = sorted((mine, theirs), key=len)
    words = iter(long)
    if len(short) > 1 and len(short) < len(long) and all(word in words for word in short):
        return "part"
    first, other = "".join(mine), "".join(theirs)
    return "joined" if min(len(first), len(other)) >= _LETTERS and distance(first, other) <= 1 else ""


_LETTERS = 10
"""Letters of a foreign name from which one more or less is a spelling, however its parts are joined."""


def _familiar(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """`Jim Nauman`, `James N. Nauman`, `J. Nauman`: one surname, and of the first names one is short for the other."""
    left, other = (_without_initials(name) for name in (mine, theirs))
    if len(left) < 2 or len(other) < 2 or left[-1] != other[-1] or len(left[-1]) < 3:
        return False
    if left == other:
        return True
    first, second = left[0], other[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0] and left[1:] == other[1:]
    return left[1:] == other[1:] and bool(_FULL.get(first, {first}) & _FULL.get(second, {second}))


def _without_initials(name: Sequence[str]) -> list[str]:
    """A name without single letters behind its first word, and without `Jr.`."""
    return [*name[:1], *(word for word in name[1:] if len(word) > 1 and word not in ("jr", "sr"))]


def _full_names() -> dict[str, set[str]]:
    """First names in English, and what they are short for: itself and each in full."""
    found: dict[str, set[str]] = {}
    for line in _SHORT_FOR.split(";"):
        full, *short = line.split()
        for name in (full, *short):
            found.setdefault(name, {name}).add(full)
    return found


_SHORT_FOR = (
    "james jim jimmy;michael mike;william bill will;robert bob rob;richard dick rick;joseph joe;daniel dan;david dave;"
    "steven steve;stephen steve;thomas tom;anthony tony;edward ed ted;jeffrey jeff;kenneth ken;gregory greg;"
    "christopher chris;matthew matt;nicholas nick;andrew andy;benjamin ben;samuel sam;patrick pat;ronald ron;"
    "donald don;charles charlie chuck;john jack johnny;lawrence larry;elizabeth liz;catherine kate cathy;"
    "katherine kate kathy;"
    "susan sue;deborah debbie;jennifer jen;alexander alex;frederick fred;henry harry hank;gerald jerry;walter walt;"
    "nathan nate;timothy tim;philip phil;douglas doug;raymond ray;stanley stan;jonathan jon;joshua josh;mitchell mitch;"
    "francis frank;leonard len;peter pete;vincent vince;theodore ted;reginald reggie;maxwell max;zachary zach"
)
_FULL = _full_names()


def distance(word: str, other: str) -> int:
    """Levenshtein's: letters to put in, take out or change."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(word, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def misprints(bearers: Iterable[Bearer]) -> Mapping[int, tuple[int, str]]:
    """Rare forms to join: key → (key of the usual form, how and at which post)."""
    by_post: dict[str, list[Bearer]] = {}
    for bearer in bearers:
        for post in bearer.posts:
            by_post.setdefault(post, []).append(bearer)
    found: dict[int, tuple[int, str]] = {}
    for post, holders in sorted(by_post.items()):
        if len(holders) < 2:
            continue
        holders.sort(key=lambda b: (-b.articles, b.name))
        for at, rare in enumerate(holders):
            if rare.key in found:
                continue
            fitting = [
                (usual, how)
                for usual in holders[: min(at, _USUAL)]
                if usual.key not in found
                and (usual.articles > rare.articles or (rare.foreign and usual.foreign))
                and (rare.articles <= 2 or rare.articles <= _share(rare, usual) * usual.articles)
                and (
                    how := alike(rare.name, usual.name, foreign=rare.foreign and usual.foreign)
                    or _with_another_surname(rare, usual)
                )
            ]
            if len(fitting) == 1 or (fitting and fitting[0][1] not in ("short", "cut")):
                usual, how = fitting[0]
                found[rare.key] = usual.key, f"{how} {post}"
    return found


def _with_another_surname(rare: Bearer, usual: Bearer) -> str:
    """`surname` where a slip gives somebody well known another one: `Nguyễn Đức Đam` in the post of `Vũ Đức Đam`."""
    mine, theirs = name_key(rare.name).split(), name_key(usual.name).split()
    slip = len(mine) == len(theirs) >= 3 and mine[1:] == theirs[1:] and mine[0] != theirs[0]
    known = usual.articles >= _WELL_KNOWN * rare.articles and not (rare.foreign or usual.foreign)
    return "surname" if slip and known and mine[1] not in ("van", "thi") else ""


_WELL_KNOWN = 10
"""How much oftener than a slip of the pen somebody is named."""


def _share(rare: Bearer, usual: Bearer) -> float:
    """Foreign names are printed in several ways by everyone: none of them needs to be rare."""
    return 1.0 if rare.foreign and usual.foreign else _SHARE
