"""What was typed while no input method was listening: Telex (`nguyeenx`) and VNI (`nguye6n4`), decoded by their rules.

A word is decoded only where that makes a syllable which the corpus prints, and what was typed is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from index.analysis.normalize import fold, key
from search.parser.letters import is_syllable
from search.parser.lexicon import Lexicon

_TELEX_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES: Final = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_LETTERS: Final = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_DOUBLED: Final = {"a": "â", "e": "ê", "o": "ô", "d": "đ"}
_HOOKED: Final = {"a": "ă", "o": "ơ", "u": "ư"}
_VOWELS: Final = "aăâeêioôơuưy"
_TYPED: Final = re.compile(r"[a-z]{1,8}\d?[a-z\d]{0,8}")
_FEW: Final = 2
"""So many articles hold any run of letters by accident."""


def decoded(words: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """Keys as typed → the syllable that their keys on a Vietnamese keyboard make."""
    found = {}
    for typed in dict.fromkeys(words):
        if not typed.isascii() or not typed.islower() or not _TYPED.fullmatch(typed):
            continue
        syllable = _vni(typed) if any(map(str.isdigit, typed)) else _telex(typed)
        if syllable is None or syllable == typed or not is_syllable(fold(syllable)):
            continue
        if (
            dict(lexicon.spellings(typed)).get(typed, 0)
            <= _FEW
            < dict(lexicon.spellings(fold(syllable))).get(syllable, 0)
        ):
            found[typed] = syllable
    return found


def _telex(typed: str) -> str | None:
    """A syllable typed in Telex; None where the rules do not hold."""
    letters: list[str] = []
    tone = ""
    for letter in typed:
        if letter in _TELEX_TONES and any(char in _VOWELS for char in letters):
            if tone:
                return None
            tone = _TELEX_TONES[letter]
        elif letter in _DOUBLED and letter in letters and _marks(letters, {letter: _DOUBLED[letter]}):
            continue
        elif letter == "w":
            if not _marks(letters, _HOOKED):
                letters.append("ư")
        else:
            letters.append(letter)
    return _toned(letters, tone)


def _vni(typed: str) -> str | None:
    letters: list[str] = []
    tone = ""
    for letter in typed:
        if letter in _VNI_TONES:
            if tone:
                return None
            tone = _VNI_TONES[letter]
        elif letter.isdigit():
            if letter not in _VNI_LETTERS or not _marks(letters, _VNI_LETTERS[letter]):
                return None
        else:
            letters.append(letter)
    return _toned(letters, tone)


def _marks(letters: list[str], marks: dict[str, str]) -> bool:
    """Put a mark on the last letter that takes it, on both of `uo`; whether there was one."""
    for at in reversed(range(len(letters))):
        if letters[at] in marks:
            letters[at] = marks[letters[at]]
            if letters[at] == "ơ" and at and letters[at - 1] == "u" and letters[at - 2 : at - 1] != ["q"]:
                letters[at - 1] = "ư"
            return True
    return False


def _toned(letters: list[str], tone: str) -> str | None:
    """The syllable with its tone on the vowel that bears it."""
    plain = "".join(letters)
    if not tone:
        return key(plain)
    vowels = [at for at, letter in enumerate(letters) if letter in _VOWELS]
    if plain.startswith(("gi", "qu")) and len(vowels) > 1:
        vowels = vowels[1:]
    if not vowels:
        return None
    marked = [at for at in vowels if letters[at] in "ăâêôơư"]
    if marked:
        at = marked[-1]
    elif len(vowels) > 2 or (len(vowels) == 2 and vowels[-1] + 1 < len(letters)):
        at = vowels[1]
    else:
        at = vowels[0]
    return key(unicodedata.normalize("NFC", plain[: at + 1] + tone + plain[at + 1 :]))
