"""Occurrences meet as a reader would see them meet: compared with a slow look at every pair."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.engine.kernel.occurrences import BITS, Occurrences, counted, either, followed, not_after

Pairs = list[tuple[int, int]]
places = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12)), max_size=14, unique=True).map(sorted)


def made(pairs: Pairs, length: int = 1) -> Occurrences:
    docs, positions = (np.array([p[i] for p in pairs], np.int64) for i in (0, 1))
    begins = (docs << BITS) + positions
    return Occurrences(begins, begins + length)


def seen(found: Occurrences) -> list[tuple[int, int, int]]:
    mask = (1 << BITS) - 1
    return [(int(b >> BITS), int(b & mask), int(e & mask)) for b, e in zip(found.begins, found.ends, strict=True)]


@given(places, places)
def test_followed_finds_every_pair_that_touches(one: Pairs, other: Pairs) -> None:
    expected = [(d, p, p + 3) for d, p in one if (d, p + 2) in other]
    assert seen(followed(made(one, 2), made(other, 1))) == expected


@given(places, places)
def test_either_keeps_the_longer_of_two_at_one_place(short: Pairs, long: Pairs) -> None:
    expected = sorted({(d, p, p + (3 if (d, p) in long else 1)) for d, p in short + long})
    assert seen(either([made(short, 1), made(long, 3)])) == expected


@given(places, places)
def test_a_shielded_occurrence_is_dropped(one: Pairs, shield: Pairs) -> None:
    expected = [(d, p, p + 1) for d, p in one if (d, p - 1) not in shield]
    assert seen(not_after(made(one), made(shield))) == expected


@given(places)
def test_counted_tells_how_many_each_document_has(one: Pairs) -> None:
    docs, counts = counted(made(one))
    expected = {d: float(sum(e == d for e, _ in one)) for d, _ in one}
    assert dict(zip(docs.tolist(), counts.tolist(), strict=True)) == expected
