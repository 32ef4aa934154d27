"""Every pattern that meets a page, an import, a query or a header, on inputs made to slow it down, doubled.

    python -m benchmarks.doubling                         # all patterns of all rooms
    python -m benchmarks.doubling --room crawler.sites

A pattern is found by importing every module and looking at what its names hold. Each is searched through texts that
repeat one or two of the signs that it is made of (those that a backtracking matcher tries from every place), at a size
and at twice that size. Work that is linear doubles; a pattern whose time grows four times as large is quadratic. Prints
what is slower than linear, the worst first; the exit status is 1 when there is any.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

ROOMS = ("crawler", "index", "search", "web", "tratin")
SMALLEST, LARGEST = 2_000, 16_000
"""Characters of the texts, doubled from the one to the other."""
GROWTH = 3.0
"""How many times as long twice the text may take: 2 is linear, 4 quadratic."""
NOTICEABLE = 0.01
"""Seconds below which no growth is looked at: the clock is not that good, and 16,000 signs would be read in no time."""
ENOUGH = 0.05
"""Seconds after which no larger text is tried."""
ANCHORED = frozenset(
    {
        "crawler.sites.boilerplate._DEBRIS",  # fullmatch of a line
        "search.parser.stretches._LETTERS_AND_FIGURES",  # fullmatch of a word of a query of at most 2,000 characters
        "search.parser.lexemes._WITHIN",  # match behind a closing quotation mark
        "search.parser.lexemes._FIELD_END",  # match where a word begins
    }
)
"""Patterns that are only ever tried at one place of a text, each try linear, and not from every place of it."""
_ALWAYS = (
    " ",
    "\n",
    "a",
    "A",
    "1",
    "-",
    ".",
    ",",
    "<",
    ">",
    "/",
    "(",
    "A-",
    "a ",
    "A ",
    "1.",
    "1/",
    "<a ",
    "<!--",
    "à",
)


@dataclass(frozen=True, slots=True)
class Slow:
    """A pattern and a text on which it is slower than linear."""

    name: str
    unit: str
    """What the text repeats."""
    seconds: float
    """On the larger text."""
    growth: float


def modules(room: str) -> Iterator[ModuleType]:
    """Every module of a room or package."""
    package = importlib.import_module(room)
    yield package
    for found in pkgutil.walk_packages(getattr(package, "__path__", []), f"{room}."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns(room: str) -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that a module's names hold, however deep, by where it was found first."""
    found: dict[str, re.Pattern[Any]] = {}
    seen: set[int] = set()
    for module in modules(room):
        for name, value in vars(module).items():
            for path, pattern in _held(value, f"{module.__name__}.{name}", seen, 0):
                found.setdefault(path, pattern)
    return found


def _held(value: object, path: str, seen: set[int], depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if id(value) in seen or depth > 4:
        return
    if isinstance(value, re.Pattern):
        seen.add(id(value))
        yield path, value
    elif isinstance(value, dict | list | tuple | set | frozenset):
        seen.add(id(value))
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in itertools.islice(items, 2_000):
            yield from _held(item, f"{path}[{key!r:.30}]", seen, depth + 1)
    elif type(value).__module__.split(".")[0] in ROOMS:
        seen.add(id(value))
        fields = getattr(type(value), "__slots__", None) or getattr(value, "__dict__", {})
        for field in fields if not isinstance(fields, str) else (fields,):
            yield from _held(getattr(value, field, None), f"{path}.{field}", seen, depth + 1)
    elif isinstance(value, type) and value.__module__.split(".")[0] in ROOMS:
        seen.add(id(value))
        for field, item in vars(value).items():
            yield from _held(item, f"{path}.{field}", seen, depth + 1)


def units(pattern: re.Pattern[Any]) -> list[str]:
    """What texts repeat to slow this pattern: its own signs and words, and pairs of them."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    signs = list(dict.fromkeys(sign for sign in re.sub(r"\\[a-zA-Z]|[\\^$*+?|{}\[\]]", "", source)))[:6]
    words = list(dict.fromkeys(re.findall(r"[^\W\d_]{2,}|<[a-z]+", source)))[:6]
    own = [*signs, *words, *(f"{word} " for word in words)]
    own += ["".join(pair) for pair in itertools.product(signs[:3], repeat=2) if pair[0] != pair[1]]
    return list(dict.fromkeys((*_ALWAYS, *own)))


def slowest(name: str, pattern: re.Pattern[Any]) -> Slow | None:
    """The first text on which the pattern is slower than linear, if any."""
    for unit in units(pattern):
        found = _growth(name, pattern, unit)
        if found is not None:
            return found
    return None


def _growth(name: str, pattern: re.Pattern[Any], unit: str) -> Slow | None:
    size = SMALLEST
    while (took := _time(pattern, unit, size)) < ENOUGH and size < LARGEST:
        size *= 2
    if took < NOTICEABLE:
        return None
    took = min(took, _time(pattern, unit, size))
    before = min(_time(pattern, unit, size // 2) for _ in range(3))
    growth = took / max(before, 1e-6)
    return Slow(name, unit, took, growth) if took > NOTICEABLE and growth > GROWTH else None


def _time(pattern: re.Pattern[Any], unit: str, size: int) -> float:
    text: Any = (unit * (size // len(unit) + 1))[:size]
    if isinstance(pattern.pattern, bytes):
        text = text.encode("utf-8", "replace")
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - began


def main() -> None:
    """Try all patterns and print the slow ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--room", action="append", help="a room or package; all unless given")
    rooms = parser.parse_args().room or ROOMS
    tried = 0
    slow = []
    for room in rooms:
        for name, pattern in patterns(room).items():
            tried += 1
            if name not in ANCHORED and (found := slowest(name, pattern)) is not None:
                slow.append(found)
                print(json.dumps({"slow": name, "on": unit_shown(found), "growth": round(found.growth, 1)}), flush=True)
    print(json.dumps({"patterns": tried, "slower_than_linear": len(slow)}))
    sys.exit(bool(slow))


def unit_shown(slow: Slow) -> str:
    """What the text repeats, and how long the larger text took."""
    return f"{slow.unit!r}, {slow.seconds:.2f} s"


if __name__ == "__main__":
    main()
