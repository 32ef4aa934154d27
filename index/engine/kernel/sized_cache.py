"""A cache bounded by the bytes of what it holds, shared by threads; the least recently used goes first."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_OVERHEAD = 800
"""Bytes that a key, the heads of a few arrays and the places in the dictionary take beside the values."""


class SizedCache(Generic[K, V]):
    """Values by key, up to a number of bytes. A value of more than a quarter of them is not kept at all."""

    def __init__(self, budget: int) -> None:
        self._largest = budget // 4
        self._values: LRUCache[K, tuple[V, int]] = LRUCache(budget, getsizeof=lambda sized: sized[1])
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value, now the most recently used; None when it is not kept."""
        with self._lock:
            found = self._values.get(key)
        return found[0] if found else None

    def put(self, key: K, value: V, size: int) -> None:
        """Keep a value of `size` bytes."""
        size += _OVERHEAD
        if size <= self._largest:
            with self._lock:
                self._values[key] = (value, size)
