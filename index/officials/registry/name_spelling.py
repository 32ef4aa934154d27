"""Names that are one name misprinted, reordered or shortened. Only with a shared post does that make one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.officials.posts.name_keys import name_key

_SHARE = 0.25
"""A rare form has at most this part of the usual form's articles (or stands in one or two)."""


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
    """How `rare` can be `usual`: `order`, `spelling`, `short`, `cut` (its end lost), or empty when it cannot."""
    mine, theirs = name_key(rare).split(), name_key(usual).split()
    if not mine or mine == theirs:
        return ""
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


def distance(one: str, other: str) -> int:
    """Levenshtein's: letters to put in, take out or change."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
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
                for usual in holders[:at]
                if usual.key not in found
                and usual.articles > rare.articles
                and (rare.articles <= 2 or rare.articles <= _share(rare, usual) * usual.articles)
                and (how := alike(rare.name, usual.name, foreign=rare.foreign and usual.foreign))
            ]
            if len(fitting) == 1 or (fitting and fitting[0][1] not in ("short", "cut")):
                usual, how = fitting[0]
                found[rare.key] = usual.key, f"{how} {post}"
    return found


def _share(rare: Bearer, usual: Bearer) -> float:
    """Foreign names are printed in several ways by everyone: none of them needs to be rare."""
    return 1.0 if rare.foreign and usual.foreign else _SHARE
