"""Tokens: what of a document goes to the cluster, as text to look up and as bytes to rank and mark by.

A zone is one string; a blank parts positions, `|` the keys that stand at one position. The first letter of a key says
its form: `s` syllable, `f` without marks, `w` word, `x` special. The cluster's analyzer does nothing but part them.

What a query is ranked by comes back as three binary values of a document, little-endian: `syllables` (its vocabulary as
pairs of hashes, with and without marks, and for every token of title, lead and body its place in that), `words`
(positions and hashes of words, then of special tokens) and `tags` (hashes of its keywords). Hashes have 64 bits: among
a million keys two are equal once in forty million collections.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from index.document import Document
from index.errors import IndexDamaged
from index.schema import ZONES, Form

LETTERS = {Form.SYLLABLE: "s", Form.FOLDED: "f", Form.WORD: "w", Form.SPECIAL: "x"}
_ESCAPED = str.maketrans({" ": "␣", "|": "¦", "\t": "␣", "\n": "␣", "\r": "␣"})
_HEAD = struct.Struct("<IIII")
_WORDS = struct.Struct("<II")
Hashes = npt.NDArray[np.uint64]


def token(key: str, form: Form) -> str:
    """A key as it stands in the cluster's index."""
    return LETTERS[form] + key.translate(_ESCAPED)


@lru_cache(maxsize=1 << 17)
def hashed(key: str) -> int:
    """64 bits of a key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def tag(field: str, value: str) -> int:
    """64 bits of a value of a keyword field."""
    return hashed(f"{field}\0{value}")


def zone_text(document: Document, zone: str) -> str:
    """All keys of a zone, position by position."""
    streams = document.streams
    slots = [[token(key, Form.SYLLABLE)] for key in streams[zone][0]]
    for form in (Form.FOLDED, Form.WORD, Form.SPECIAL):
        for at, key in _placed(streams, zone + form):
            slots[at].append(token(key, form))
    return " ".join(map("|".join, slots))


def _placed(streams: Mapping[str, tuple[Sequence[str], Sequence[int] | None]], name: str) -> Iterator[tuple[int, str]]:
    keys, places = streams[name]
    return zip(range(len(keys)) if places is None else places, keys, strict=True)


def packed(document: Document) -> dict[str, bytes]:
    """The binary values of a document."""
    streams = document.streams
    places: dict[tuple[str, str], int] = {}
    tokens = [
        places.setdefault(pair, len(places))
        for zone in ZONES
        for pair in zip(streams[zone][0], streams[zone + Form.FOLDED][0], strict=True)
    ]
    lengths = [len(streams[zone][0]) for zone in ZONES]
    begins = dict(zip(ZONES, np.cumsum([0, *lengths]).tolist(), strict=False))
    vocabulary = np.array([[hashed(printed), hashed(bare)] for printed, bare in places], np.uint64).reshape(-1, 2)
    kind = np.uint16 if len(places) <= 1 << 16 else np.uint32
    words = [
        [(begins[zone] + at, hashed(key)) for zone in ZONES for at, key in _placed(streams, zone + form)]
        for form in (Form.WORD, Form.SPECIAL)
    ]
    both = [pair for several in words for pair in several]
    return {
        "syllables": _HEAD.pack(len(places), *lengths)
        + vocabulary.T.astype("<u8").tobytes()
        + np.array(tokens, kind).astype(np.dtype(kind).newbyteorder("<")).tobytes(),
        "words": _WORDS.pack(*map(len, words))
        + np.array([at for at, _ in both], "<u4").tobytes()
        + np.array([key for _, key in both], "<u8").tobytes(),
        "tags": np.array(
            [tag(field, value) for field, values in document.keywords.items() for value in values], "<u8"
        ).tobytes(),
    }


@dataclass(frozen=True, slots=True)
class DocumentTokens:
    """The tokens of one document."""

    lengths: tuple[int, ...]
    """Tokens of each zone."""
    syllables: Hashes
    """Its vocabulary."""
    folded: Hashes
    """The same without marks."""
    tokens: npt.NDArray[np.int64]
    """Places in the vocabulary of all tokens, one zone after the other."""
    placed: Mapping[Form, tuple[npt.NDArray[np.int64], Hashes]]
    """Of words and of special tokens: places among all tokens, and hashes."""
    tags: Hashes


def unpacked(syllables: bytes, words: bytes, tags: bytes) -> DocumentTokens:
    """Read what `packed` wrote.

    Raises:
        IndexDamaged: it is not what was written.
    """
    try:
        size, *lengths = _HEAD.unpack_from(syllables)
        vocabulary = np.frombuffer(syllables, "<u8", 2 * size, _HEAD.size)
        kind = "<u2" if size <= 1 << 16 else "<u4"
        tokens = np.frombuffer(syllables, kind, sum(lengths), _HEAD.size + 16 * size).astype(np.int64)
        many, special = _WORDS.unpack_from(words)
        at = np.frombuffer(words, "<u4", many + special, _WORDS.size).astype(np.int64)
        keys = np.frombuffer(words, "<u8", many + special, _WORDS.size + 4 * (many + special))
        return DocumentTokens(
            lengths=tuple(lengths),
            syllables=vocabulary[:size],
            folded=vocabulary[size:],
            tokens=tokens,
            placed={Form.WORD: (at[:many], keys[:many]), Form.SPECIAL: (at[many:], keys[many:])},
            tags=np.frombuffer(tags, "<u8"),
        )
    except (struct.error, ValueError) as error:
        raise IndexDamaged(f"the tokens of an article are damaged ({error}): run `tratin reindex --full`") from error
