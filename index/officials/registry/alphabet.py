"""Vietnamese alphabetical order: letters a ă â b … d đ e ê …; of equal letters, the tones in dictionary order."""

from __future__ import annotations

import unicodedata

_LETTERS = {letter: chr(0x100 + n) for n, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}


def sort_key(text: str) -> str:
    """A key that sorts as a Vietnamese dictionary does: by letters, tones only between words of the same letters."""
    letters: list[str] = []
    tones: list[str] = []
    for word in text.lower().split():
        tone = "1"
        for character in unicodedata.normalize("NFC", word):
            base = ""
            for part in unicodedata.normalize("NFD", character):
                if part in _TONES:
                    tone = _TONES[part]
                else:
                    base += part
            whole = unicodedata.normalize("NFC", base)
            letters.append(_LETTERS.get(whole, whole))
        letters.append("\x01")
        tones.append(tone)
    return "".join(letters) + "\x00" + "".join(tones)


def name_sort_key(name: str, *, foreign: bool = False) -> str:
    """By given name, then the whole name, as Vietnamese lists of people are ordered; foreign names as printed."""
    words = name.split()
    return sort_key(name) if foreign or not words else f"{sort_key(words[-1])}\x00{sort_key(name)}"
