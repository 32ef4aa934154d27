"""What a function makes of a short text, worked out once: the same words come back in every article."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Remembered(dict[str, V]):
    """Text → what `make` makes of it, looked up as in a dict; the first `most` texts met are remembered."""

    def __init__(self, make: Callable[[str], V], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, text: str) -> V:
        value = self._make(text)
        if len(self) < self._most:
            self[text] = value
        return value
