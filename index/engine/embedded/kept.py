"""Kept: a bounded memory of what was decoded; the least recently used goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


_OVERHEAD = 800
"""Bytes that a key, the heads of a few arrays and the places in the dictionary take beside the values."""


class Kept(Generic[K, V]):
    """Values by key, up to a number of bytes; may be shared by threads."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._bytes = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value, now the most recently used; None when it is not kept."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value of `size` bytes; one larger than a quarter of the budget is not kept at all."""
        size += _OVERHEAD
        if size > self._budget // 4:
            return
        with self._lock:
            if key in self._values:
                self._bytes -= self._values.pop(key)[1]
            self._values[key] = (value, size)
            self._bytes += size
            while self._bytes > self._budget:
                _, (_, freed) = self._values.popitem(last=False)
                self._bytes -= freed
