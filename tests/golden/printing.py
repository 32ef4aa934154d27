"""Values as one line of a golden record: every field that is not its default, floats to four digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np

_TIMES = re.compile(r"⟨(\d+)×([^⟩]*)⟩")
_CONTROL = re.compile(r"[\n\t\u00a0\u200b]")


def written_out(asked: str) -> str:
    """`⟨3×mưa to⟩` stands for the words so many times, a blank between."""
    return _TIMES.sub(lambda match: " ".join([match[2]] * int(match[1])), asked)


def told(value: Any) -> str:
    """The value, whole, whatever it is made of."""
    if isinstance(value, Enum):
        return told(value.value)
    if isinstance(value, bool | type(None)):
        return str(value)
    if isinstance(value, float | np.floating):
        return f"{value:.4g}"
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, str):
        return "“" + _CONTROL.sub(lambda match: repr(match[0])[1:-1], value) + "”"
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return f"{type(value).__name__}({_each(value)})"
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return f"{type(value).__name__}({', '.join(map(told, value))})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{told(name)}: {told(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, frozenset | set):
        return "{" + ", ".join(sorted(map(told, value))) + "}"
    if isinstance(value, Iterable):
        return "(" + ", ".join(map(told, value)) + ")"
    raise TypeError(f"a {type(value).__name__} cannot be put on record")


def _each(value: Any) -> str:
    said = ((one, getattr(value, one.name)) for one in fields(value))
    return ", ".join(f"{one.name}={told(inner)}" for one, inner in said if not _is_default(one, inner))


def _is_default(one: Field[Any], value: Any) -> bool:
    if one.default is not MISSING:
        return bool(value == one.default)
    return one.default_factory is not MISSING and bool(value == one.default_factory())
