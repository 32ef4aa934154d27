"""A sorted list of terms as arrays: look one up, find the range of a prefix, read them back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.engine.kernel.array_file import Array

_HEAD = 8


class TermList:
    """UTF-8 terms in byte order. `heads` holds the first eight bytes of each as a big-endian number."""

    def __init__(self, blob: Array, ends: Array, heads: Array) -> None:
        self._blob, self._ends, self._heads = blob, ends, heads

    def __len__(self) -> int:
        return int(self._heads.size)

    def __getitem__(self, ordinal: int) -> bytes:
        start = int(self._ends[ordinal - 1]) if ordinal else 0
        return self._blob[start : int(self._ends[ordinal])].tobytes()

    def lower_bound(self, term: bytes) -> int:
        """The ordinal of the first term that is not less than `term`."""
        head = np.uint64(int.from_bytes(term[:_HEAD].ljust(_HEAD, b"\0"), "big"))
        low = int(self._heads.searchsorted(head))
        high = int(self._heads.searchsorted(head, side="right"))
        while low < high:
            middle = (low + high) // 2
            if self[middle] < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int:
        """The ordinal of `term`, or -1."""
        at = self.lower_bound(term)
        return at if at < len(self) and self[at] == term else -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """First ordinal and one past the last of the terms that begin with `prefix`."""
        if not prefix:
            return 0, len(self)
        return self.lower_bound(prefix), self.lower_bound(_after(prefix)) if _after(prefix) else len(self)

    def slice(self, start: int, stop: int) -> list[bytes]:
        """The terms from one ordinal up to another."""
        if start >= stop:
            return []
        base = int(self._ends[start - 1]) if start else 0
        blob = self._blob[base : int(self._ends[stop - 1])].tobytes()
        ends = (self._ends[start:stop].astype(np.int64) - base).tolist()
        return [blob[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self), 4096):
            yield from self.slice(start, min(start + 4096, len(self)))


def _after(prefix: bytes) -> bytes:
    """The least bytes greater than everything that begins with `prefix`; empty when nothing is."""
    stem = prefix.rstrip(b"\xff")
    return stem[:-1] + bytes([stem[-1] + 1]) if stem else b""


def term_arrays(terms: Sequence[bytes]) -> dict[str, Array]:
    """The arrays of a TermList (`blob`, `ends`, `heads`) for terms already in byte order."""
    blob = np.frombuffer(b"".join(terms), np.uint8)
    ends = np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms)))
    padded = b"".join([term[:_HEAD].ljust(_HEAD, b"\0") for term in terms])
    heads = np.frombuffer(padded, ">u8").astype(np.uint64)
    return {"blob": blob, "ends": ends.astype(np.uint32), "heads": heads}
