"""Positions in twelve bits: the low eight in a byte each, the upper four two to a byte; the few beyond 4,095 apart.

Arrays of a field F: `F.positions` (low bytes), `F.upper` (the even one of two in the low half) and, where there are
any, `F.far_at` (their places among all positions, ascending) and `F.far` (the whole positions).
"""

from __future__ import annotations

import numpy as np

from index.engine.kernel.array_file import Array, ArrayFile

_NEAR = 1 << 12
_AT_ONCE = 1 << 22
"""Positions packed at a time."""


def packed(positions: Array) -> dict[str, Array]:
    """The arrays of a field's positions, by the last part of their names."""
    low, upper = np.empty(positions.size, np.uint8), np.zeros((positions.size + 1) // 2, np.uint8)
    for first in range(0, positions.size, _AT_ONCE):
        part = positions[first : first + _AT_ONCE]
        low[first : first + part.size] = part & 0xFF
        high = (part >> 8 & 0xF).astype(np.uint8)
        odd = high[1::2]
        into = upper[first // 2 : (first + part.size + 1) // 2]
        into[:] = high[::2]
        into[: odd.size] |= odd << 4
    arrays = {"positions": low, "upper": upper}
    far = np.flatnonzero(positions >= _NEAR)
    if far.size:
        arrays |= {"far_at": far.astype(np.int64), "far": positions[far].astype(np.uint32)}
    return arrays


class Positions:
    """A field's positions of all postings, in their order; unpacked where they are asked for."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._low, self._upper = file.array(f"{name}.positions"), file.array(f"{name}.upper")
        self._far_at: Array | None = None
        if f"{name}.far" in file:
            self._far_at, self._far = file.array(f"{name}.far_at"), file.array(f"{name}.far")

    def __len__(self) -> int:
        return int(self._low.size)

    def between(self, start: int, stop: int) -> Array:
        """Some of them, as numbers of two bytes, of four where one needs it."""
        pairs = self._upper[start // 2 : (stop + 1) // 2]
        upper = np.empty((pairs.size, 2), np.uint16)
        np.bitwise_and(pairs, 0xF, out=upper[:, 0], casting="unsafe")
        np.right_shift(pairs, 4, out=upper[:, 1], casting="unsafe")
        upper <<= 8
        found: Array = upper.reshape(-1)[start % 2 : start % 2 + stop - start]
        found |= self._low[start:stop]
        if self._far_at is not None:
            first, last = self._far_at.searchsorted((start, stop)).tolist()
            if first < last:
                found = found.astype(np.uint32)
                found[self._far_at[first:last] - start] = self._far[first:last]
        return found
