"""Looking officials and offices up, and suggestions: CPU milliseconds of one thread, p50 and p95.

    python -m benchmarks.lookups DATA [--count 50]

DATA is the data folder of a reindexed collection. Asked are the most often named officials, the offices with the most
holders, and others drawn at random. Every question is asked once unmeasured, then in `--rounds` rounds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from index.officials.directory.directory import Directory
from index.officials.directory.pages import OfficeNote, OfficialNote
from search.searcher import Searcher
from tratin.parts import open_searcher
from tratin.settings import load

Question = Callable[[], object]


def main() -> None:
    """Ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    settings = load(options.data)
    directory = Directory(settings.registry_path)
    print(f"| {options.count} each | p50 ms | p95 ms | most |\n|---|---|---|---|")
    for name, asked in questions(directory, open_searcher(settings), options.count):
        took = sorted(measured(asked, options.rounds))
        cuts = statistics.quantiles(took, n=20)
        print(f"| {name} | {cuts[9]:.2f} | {cuts[18]:.2f} | {took[-1]:.2f} |")


def measured(asked: Sequence[Question], rounds: int) -> Iterator[float]:
    """CPU milliseconds of every question in every round."""
    for question in asked:
        question()
    for _ in range(rounds):
        for question in asked:
            began = time.thread_time()
            question()
            yield 1000 * (time.thread_time() - began)


def questions(directory: Directory, searcher: Searcher, count: int) -> Iterator[tuple[str, Sequence[Question]]]:
    """Kinds of look-ups, with what is asked of each."""
    chance = random.Random(7)
    people = list(directory.names())
    offices = directory.offices_listed(0, 1_000_000)
    for which, officials, posts in (
        ("most named", people[:count], offices[:count]),
        ("random", chance.sample(people, count), chance.sample(offices, count)),
    ):
        yield from _of_officials(directory, which, officials)
        yield from _of_offices(directory, which, posts)
        typed = [note.name for note in officials]
        yield f"suggestions, {which}: a given name", [_call(searcher.suggest, name.split()[-1]) for name in typed]
        yield f"suggestions, {which}: half a name", [_call(searcher.suggest, name[: len(name) // 2]) for name in typed]


def _of_officials(
    directory: Directory, which: str, notes: Sequence[OfficialNote]
) -> Iterator[tuple[str, Sequence[Question]]]:
    yield f"official by id, {which}", [_call(directory.official, note.id) for note in notes]
    yield f"official by name, {which}", [_call(directory.find, note.name) for note in notes]
    yield f"official by given name, {which}", [_call(directory.find, note.name.split()[-1]) for note in notes]
    yield f"named together, {which}", [_call(directory.together, note.id) for note in notes]


def _of_offices(
    directory: Directory, which: str, notes: Sequence[OfficeNote]
) -> Iterator[tuple[str, Sequence[Question]]]:
    last = directory.as_of()
    assert last, "no article is dated: nobody can be asked for on a day"
    on = last - timedelta(days=60)
    which = "most held" if which == "most named" else which
    yield f"office by id, {which}", [_call(directory.office, note.id) for note in notes]
    yield f"office by name, {which}", [_call(directory.find_offices, note.name) for note in notes]
    yield f"holders on a day, {which}", [_call(directory.office, note.id, on) for note in notes]


def _call(function: Callable[..., object], *values: object) -> Question:
    return lambda: function(*values)


if __name__ == "__main__":
    main()
