"""Keys: the one form under which every spelling of a syllable is indexed and looked up. Printed text is never changed.

A key is NFC, lower case, with `đ` for every letter that looks like it, the tone on the vowel where the older rule puts
it (`hòa`, `ủy`), nothing invisible inside. `fold` takes the marks away, `variants` names the spellings that mean the
same but are not the same key (`kỹ`, `kĩ`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

INVISIBLE: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
"""Soft hyphen, zero-width spaces and joiners, direction marks, variation selectors: a body of a character class."""

CAPITALS: Final = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper() and len(char.lower()) == 1)
"""The capital letters of Vietnamese and of the names of others, for a set of a pattern."""
_HIDDEN: Final = re.compile(f"[{INVISIBLE}]")
_NOT_KEY: Final = re.compile(r"[\W_]+")
_D_LOOKALIKES: Final = str.maketrans("ðɖ", "đđ")  # Eth and African D stand for đ in older portals

_TONES: Final = "\u0300\u0301\u0309\u0303\u0323"
_QUALITIES: Final = "\u0302\u0306\u031b"

# Tone on the second vowel of an open oa, oe, uy (hoà) moves to the first (hòa). After q the u is no vowel: quý stays.
_NEW_TO_OLD: Final = {
    new + bare: old
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
    for new, bare, old in [
        (first, unicodedata.normalize("NFC", second + tone), unicodedata.normalize("NFC", first + tone) + second)
    ]
}
_NEW_STYLE: Final = re.compile(rf"(?<!q)({'|'.join(_NEW_TO_OLD)})$")

_FOLDED_LETTERS: Final = str.maketrans(
    {"đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t"}
)

_I = "iìíỉĩị"
_Y = "yỳýỷỹỵ"
_SWAP: Final = str.maketrans(_I + _Y, _Y + _I)
_I_OR_Y: Final = re.compile(rf"(?:[hklmstv]|qu)[{_I}{_Y}]")
_TONED_U: Final = "ùúủũụ"
_GLIDE_TONE: Final = {
    f"q{u}{i}": f"qu{other}" for bare in (_I, _Y) for u, other, i in zip(_TONED_U, bare[1:], bare[0] * 5, strict=True)
}


@lru_cache(maxsize=1 << 16)
def key(surface: str) -> str:
    """The key of one printed syllable or number; of a key, itself. Empty when nothing of it can be searched."""
    if surface.isascii():
        return _NOT_KEY.sub("", surface.lower())
    known = surface
    while (again := _key_once(known)) != known:
        known = again
    return known


@lru_cache(maxsize=1 << 16)
def fold(syllable: str) -> str:
    """The accentless form of a key: `đảng` → `dang`."""
    if syllable.isascii():
        return syllable
    letters = unicodedata.normalize("NFD", syllable)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return key(bare.translate(_FOLDED_LETTERS))


def variants(syllable: str) -> tuple[str, ...]:
    """Other keys that some print for the same syllable: i for y (`kĩ`, `kỹ`), the tone on the u of qu (`qúy`)."""
    found = []
    if _I_OR_Y.fullmatch(syllable):
        found.append(syllable[:-1] + syllable[-1].translate(_SWAP))
    if syllable in _GLIDE_TONE:
        found.append(_GLIDE_TONE[syllable])
    return tuple(found)


def is_marked(syllable: str) -> bool:
    """Whether a key has a mark that folding takes away."""
    return not syllable.isascii() and fold(syllable) != syllable


def _key_once(surface: str) -> str:
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", surface)).casefold().translate(_D_LOOKALIKES)
    text = unicodedata.normalize("NFC", text)
    if any(map(unicodedata.combining, text)):
        text = _ordered(text)
    return _NEW_STYLE.sub(lambda match: _NEW_TO_OLD[match[0]], _NOT_KEY.sub("", text))


def _ordered(text: str) -> str:
    """Vietnamese marks typed in an odd order or twice: the quality of the vowel first, then one tone."""
    letters: list[str] = []
    marks: list[str] = []
    for character in [*unicodedata.normalize("NFD", text), ""]:
        if character and unicodedata.combining(character):
            marks.append(character)
            continue
        letters += [mark for mark in marks if mark not in _TONES and mark not in _QUALITIES]
        letters += [mark for mark in marks if mark in _QUALITIES][:1]
        letters += [mark for mark in marks if mark in _TONES][:1]
        marks = []
        letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters))
