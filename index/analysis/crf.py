"""The numbers of pyvi's word-segmentation model, read from the installed package without importing or unpickling it.

The model is a linear-chain CRF with two labels, B_W (a syllable begins a word) and I_W (it continues one). pyvi keeps
it as CRFsuite's binary file inside a pickle. The file's layout (`crf1d_model.c` and `cqdb.c` of CRFsuite 0.12):

    header  magic, size, type, version, features, labels, attributes, then the offsets of the five tables
    FEAT    per feature: type (0 attribute → label, 1 label → label), source, target (uint32), weight (float64)
    CQDB    label names, then a second one with attribute names: name strings with their numbers
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

import numpy as np

from index.errors import ModelError

KNOWN_SHA256: Final = {
    "pyvi/models/pyvi3.pkl": "6cdd73aee04b6a4ad7320ca85d27d931a7ef870cfdd41beb148e86bdb8aca134",
    "pyvi/models/words.txt": "517743d27e71d43343e4b8e9e89015cdc68d84ebe1d48106449e501d918ece4a",
}
"""The files of pyvi 0.1.1, on which every index rests."""

MODEL_VERSION: Final = "pyvi-0.1.1-" + KNOWN_SHA256["pyvi/models/pyvi3.pkl"][:8]

_FEATURE = np.dtype([("type", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_LABELS = ("B_W", "I_W")


@dataclass(frozen=True, slots=True)
class CrfWeights:
    """What decides between B_W and I_W."""

    states: dict[str, list[float]]
    """Attribute → its weights for B_W and for I_W."""
    transitions: tuple[tuple[float, float], tuple[float, float]]
    """`transitions[from][to]`, B_W first."""


def read_weights() -> CrfWeights:
    """The weights of the installed pyvi's model.

    Raises:
        ModelError: pyvi is not installed, or is not the version whose model is known.
    """
    model = _crfsuite_bytes(_known_file("pyvi/models/pyvi3.pkl"))
    *_, feature_at, label_at, attribute_at, _, _ = struct.unpack_from("<4sI4s9I", model)
    (count,) = struct.unpack_from("<I", model, feature_at + 8)
    features = np.frombuffer(model, _FEATURE, count, feature_at + 12)
    labels, attributes = _names(model, label_at), _names(model, attribute_at)
    if tuple(labels) != _LABELS:
        raise ModelError(f"pyvi's model has the labels {labels}, not {_LABELS}: install pyvi 0.1.1")
    states = {attribute: [0.0, 0.0] for attribute in attributes}
    transitions = [[0.0, 0.0], [0.0, 0.0]]
    for kind, source, target, weight in features.tolist():
        if kind == 1:
            transitions[source][target] = weight
        else:
            states[attributes[source]][target] = weight
    (bb, bi), (ib, ii) = transitions
    return CrfWeights(states, ((bb, bi), (ib, ii)))


def read_dictionary() -> list[str]:
    """pyvi's dictionary: words of one syllable and more, syllables parted by spaces.

    Raises:
        ModelError: as `read_weights`.
    """
    return _known_file("pyvi/models/words.txt").decode().split("\n")


def read_compounds() -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """The words of two and of three syllables in pyvi's dictionary, as its features can see them (lower case).

    Raises:
        ModelError: as `read_weights`.
    """
    twos: set[tuple[str, str]] = set()
    threes: set[tuple[str, str, str]] = set()
    for word in read_dictionary():
        match word.split(" "):
            case [first, second] if word == word.lower():
                twos.add((first, second))
            case [first, second, third] if word == word.lower():
                threes.add((first, second, third))
    return sorted(twos), sorted(threes)


def _known_file(name: str) -> bytes:
    try:
        path = Path(str(distribution("pyvi").locate_file(name)))
        content = path.read_bytes()
    except (PackageNotFoundError, FileNotFoundError) as error:
        raise ModelError(f"{name} is missing: install pyvi 0.1.1 (pip install pyvi==0.1.1)") from error
    if hashlib.sha256(content).hexdigest() != KNOWN_SHA256[name]:
        raise ModelError(f"{path} is not the file of pyvi 0.1.1: install that version, or index anew with its words")
    return content


def _crfsuite_bytes(pickled: bytes) -> bytes:
    # Protocol 2 keeps bytes as a text of Latin-1 characters in UTF-8, after its length.
    start = pickled.index(b"lCRF")
    (length,) = struct.unpack_from("<I", pickled, start - 4)
    return pickled[start : start + length].decode("utf-8").encode("latin-1")


def _names(model: bytes, at: int) -> list[str]:
    count, table = struct.unpack_from("<II", model, at + 16)
    names = []
    for record in struct.unpack_from(f"<{count}I", model, at + table):
        _, length = struct.unpack_from("<II", model, at + record)
        start = at + record + 8
        names.append(model[start : start + length - 1].decode("utf-8"))
    return names
