"""Every pattern that meets a page, an import, a query or a header, on inputs made to slow it down, doubled.

    python -m benchmarks.doubling                         # all patterns of all rooms: half an hour
    python -m benchmarks.doubling --room crawler.sites    # a room or package, or several

A pattern is found by importing every module and looking at what its names hold, so a new one is tried by itself. Each
is tried as its module uses it (a pattern of which only `match` or `fullmatch` is asked at a text's head is not tried
from every place) on texts that repeat one or two of the signs and words that it is made of, alone and behind each of
its words, at a size and at twice that size. Work that is linear doubles; a pattern whose time grows four times as large
is quadratic. Prints what is slower than linear, and on standard error how far it is; the exit status is 1 when there is
any.
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
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("crawler", "index", "search", "web", "tratin")
SMALLEST, LARGEST = 2_000, 16_000
"""Characters of the texts, doubled from the one to the other."""
GROWTH = 3.0
"""How many times as long twice the text may take: 2 is linear, 4 quadratic."""
NOTICEABLE = 0.02
"""Seconds below which no growth is looked at: the clock is not that good, and 16,000 signs would be read in no time."""
ENOUGH = 0.05
"""Seconds after which no larger text is tried."""
ROUNDS = 7
"""Looks at both texts in turn, in each of which the larger must take too long: one may fall beside others' work."""
WALKED = {
    "crawler.sites.byline._TRAILING_DATE": "a byline of more than 400 characters is none",
    "crawler.sites.byline._TRAILING_LABEL": "likewise",
    "index.analysis.segmenter._TOKEN": "pyvi's own; `split_chunk` looks for an address once a run",
    "index.analysis.segmenter._WHOLE_ADDRESS": "likewise",
    "index.officials.registry.evidence._BEFORE_NAME": "matched at the head of at most 300 characters",
    "index.officials.registry.evidence._BEHIND_NAME": "likewise",
    "index.statements.wording.APPOSED": "matched where a name ends, once a name",
    "index.statements.wording.BRACKETED": "likewise",
    "search.parser.lexemes._WITHIN": "tried behind a closing quotation mark; a query has 2,000 characters at most",
    "search.parser.lexemes._FIELD_END": "tried where a word begins; likewise",
}
"""Patterns that are slower than linear, in code that is not; `benchmarks.doubling_loops` reads through it."""
_USES = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
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


def uses(name: str) -> frozenset[str]:
    """Which methods the room calls on the pattern of that name; all of them where it is not called by its name."""
    room, _, last = name.partition(".")[0], *name.rpartition(".")[1:]
    if not last.isidentifier():
        return frozenset(_USES)
    source = _source_of(room)
    found = set()
    for call in re.finditer(rf"\b{last}\.({'|'.join(_USES)})\(", source):
        from_a_place = call[1] in ("match", "fullmatch") and _has_a_comma(source[call.end() : call.end() + 200])
        found.add("finditer" if from_a_place else call[1])
    return frozenset(found or _USES)


def _has_a_comma(arguments: str) -> bool:
    """Whether there is a second argument before the bracket closes."""
    depth = 0
    for sign in arguments:
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0 or (sign == "," and not depth):
            return depth == 0
    return False


@cache
def _source_of(room: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / room).rglob("*.py")))


def units(pattern: re.Pattern[Any]) -> list[str]:
    """What texts repeat to slow this pattern: its own signs and words, and pairs of them."""
    signs = list(dict.fromkeys(re.sub(r"\\[a-zA-Z]|[\\^$*+?|{}\[\]]", "", _source(pattern))))[:6]
    words = _words(pattern)
    own = [*signs, *words, *(f"{word} " for word in words)]
    own += ["".join(pair) for pair in itertools.product(signs[:3], repeat=2) if pair[0] != pair[1]]
    return list(dict.fromkeys((*_ALWAYS, *own)))


def _source(pattern: re.Pattern[Any]) -> str:
    return pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")


def _words(pattern: re.Pattern[Any]) -> list[str]:
    """The first words that it is made of."""
    return list(dict.fromkeys(re.findall(r"[^\W\d_]{2,}|<[a-z]+", _source(pattern))))[:6]


def slowest(name: str, pattern: re.Pattern[Any], *, quick: bool = False) -> Slow | None:
    """The first text on which the pattern is slower than linear, if any; `quick` tries fewer and shorter ones."""
    heads, most, sizes = (0, len(_ALWAYS) + 4, (4_000, 4_000)) if quick else (3, None, (SMALLEST, LARGEST))
    used = uses(name)
    encode = (lambda text: text.encode("utf-8", "replace")) if isinstance(pattern.pattern, bytes) else str
    ways: list[Callable[[Any], object]] = [getattr(pattern, use) for use in sorted(used & {"match", "fullmatch"})]
    if used - {"match", "fullmatch"}:
        ways.append(lambda text: deque(pattern.finditer(text), 0))
    for unit in units(pattern)[:most]:
        for try_it, head in itertools.product(ways, ("", *_words(pattern)[:heads])):
            found = growth(lambda size, ask=try_it, begin=head, of=unit: _time(ask, encode, begin, of, size), *sizes)
            if found is not None:
                return Slow(name, head + unit, *found)
    return None


def growth(time_of: Callable[[int], float], size: int, largest: int) -> tuple[float, float] | None:
    """Seconds on the larger text, and how many times those on the smaller; None where that is linear.

    `time_of` gives the seconds that a text of so many characters takes.
    """
    took = time_of(size)
    if took < ENOUGH * size / largest / 4:  # even were it quadratic, the largest would not keep us long
        size, took = largest, time_of(largest)
    while took < ENOUGH and size < largest:
        size *= 2
        took = time_of(size)
    if took < NOTICEABLE or took < 0.8 * GROWTH * time_of(size // 2):
        return None
    return surely(lambda: time_of(size // 2), lambda: time_of(size))


def surely(smaller: Callable[[], float], larger: Callable[[], float]) -> tuple[float, float] | None:
    """Seconds of the larger text, and how many times those of the smaller; None once they are shown to be linear.

    Both are timed in turn, and the least of each counts: what others do on this machine makes no text look slow unless
    it falls on the larger one in every round and never on the smaller.
    """
    half, whole = smaller(), larger()
    for _ in range(ROUNDS):
        if whole <= max(GROWTH * half, NOTICEABLE):
            return None
        half, whole = min(half, smaller()), min(whole, larger())
    return whole, whole / half


def _time(ask: Callable[[Any], object], encode: Callable[[str], Any], head: str, unit: str, size: int) -> float:
    text = encode(head + (unit * (size // len(unit) + 1))[:size])
    began = time.process_time()
    ask(text)
    return time.process_time() - began


def main() -> None:
    """Try all patterns and print the slow ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--room", action="append", help="a room or package; all unless given")
    rooms = parser.parse_args().room or ROOMS
    tried = 0
    slow = []
    for room in rooms:
        found = patterns(room)
        began = time.process_time()
        for number, (name, pattern) in enumerate(found.items(), 1):
            spent = time.process_time() - began
            far = f"{number} of {len(found)}, {spent:.0f} s of CPU: {name}"
            print(f"\r\x1b[K{far}", end="", file=sys.stderr, flush=True)
            if name not in WALKED and (one := slowest(name, pattern)) is not None:
                slow.append(one)
                print(json.dumps({"slow": name, "on": unit_shown(one), "growth": round(one.growth, 1)}), flush=True)
        print(file=sys.stderr)
        tried += len(found)
    print(json.dumps({"patterns": tried, "slower_than_linear": len(slow)}))
    sys.exit(bool(slow))


def unit_shown(slow: Slow) -> str:
    """What the text repeats, and how long the larger text took."""
    return f"{slow.unit!r}, {slow.seconds:.2f} s"


if __name__ == "__main__":
    main()
