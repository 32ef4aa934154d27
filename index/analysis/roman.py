"""Roman numerals, as terms and grades are printed: `khóa XIV`."""

from __future__ import annotations

from typing import Final

_ONES: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
MOST: Final = 39
"""The largest number that is written here."""


def roman(number: int) -> str:
    """1 to MOST in Roman numerals."""
    tens, ones = divmod(number, 10)
    return "X" * tens + _ONES[ones]
