"""Occurrences meet as a reader would see them meet: compared with a slow look at every pair."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.occurrences import BITS, Occurrences, either, followed, near, not_after, of_positions, within

Pairs = list[tuple[int, int]]
places = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12)), max_size=14, unique=True).map(sorted)


def made(pairs: Pairs, length: int = 1) -> Occurrences:
    docs, positions = (np.array([p[i] for p in pairs], np.int64) for i in (0, 1))
    return of_positions(docs, positions, length)


def seen(found: Occurrences) -> list[tuple[int, int, int]]:
    mask = (1 << BITS) - 1
    return [(int(b >> BITS), int(b & mask), int(e & mask)) for b, e in zip(found.begins, found.ends, strict=True)]


@given(places, places)
def test_followed_finds_every_pair_that_touches(one: Pairs, other: Pairs) -> None:
    expected = [(d, p, p + 3) for d, p in one if (d, p + 2) in other]
    assert seen(followed(made(one, 2), made(other, 1))) == expected


@given(places, places, st.integers(0, 5))
def test_near_finds_every_occurrence_with_a_neighbour_in_reach(one: Pairs, other: Pairs, slop: int) -> None:
    def reach(a: Pairs, b: Pairs) -> set[tuple[int, int]]:
        return {(d, p) for d, p in a for e, q in b if d == e and 0 <= q - (p + 1) <= slop}

    found = {(d, b) for d, b, _ in seen(near(made(one), made(other), slop))}
    assert found == reach(one, other) | reach(other, one)


@given(places, places)
def test_either_keeps_the_longer_of_two_at_one_place(short: Pairs, long: Pairs) -> None:
    expected = sorted({(d, p, p + (3 if (d, p) in long else 1)) for d, p in short + long})
    assert seen(either([made(short, 1), made(long, 3)])) == expected


@given(places, st.lists(st.integers(0, 5), unique=True).map(sorted))
def test_within_keeps_only_the_given_documents(one: Pairs, docs: list[int]) -> None:
    expected = [(d, p, p + 1) for d, p in one if d in docs]
    assert seen(within(made(one), np.array(docs, np.int64))) == expected


@given(places, places)
def test_a_shielded_occurrence_is_dropped(one: Pairs, shield: Pairs) -> None:
    expected = [(d, p, p + 1) for d, p in one if (d, p - 1) not in shield]
    assert seen(not_after(made(one), made(shield))) == expected
