"""Many small changes to a large index: what each costs, and what it does to later queries.

    python -m benchmarks.engine --count 186232 --engines tratin && python -m benchmarks.rounds --count 186232

Replaces 100 articles in each round (bulk writer, merge policy, commit with fsync), on hard links of that index.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.corpus import questions, rows
from benchmarks.engine import spread, timed
from benchmarks.engines import Ours, document
from index.engine.embedded import generations
from index.engine.embedded.snapshot import Snapshot
from index.engine.embedded.stamp import read_stamp
from index.engine.embedded.writer import GenerationWriter, write_segment

SMALL = 8192
"""As `index.reindex` merges in an incremental run."""


def main() -> None:
    """Run the rounds and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=35_529)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    options = parser.parse_args()
    corpus = rows(options.work, options.count, "syllables")
    asks = questions(corpus)
    index = options.work / "rounds"
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(options.work / f"Tra-Tin-syllables-{options.count}", index, copy_function=os.link)
    took = []
    print("| after rounds | commit s, median and most | segments | OR ms | AND ms |\n|---|---|---|---|---|")
    for number in range(options.rounds + 1):
        if number % 25 == 0:
            engine = Ours()
            engine.open(index)
            calls = [
                [lambda w=words, ask=ask: ask(w) for words in asks.words] for ask in (engine.any_of, engine.all_of)
            ]
            cells = [(timed(call, 30), spread(timed(call, 30)))[1] for call in calls]
            spent = f"{statistics.median(took):.2f}, {max(took):.2f}" if took else "–"
            print(f"| {number} | {spent} | {len(engine.snapshot.segments)} | {' | '.join(cells)} |")
        began = time.perf_counter()
        changed = [replace(row, title=[*row.title, f"r{number}"]) for row in corpus[number * 100 :][:100]]
        with generations.writing(index, "benchmark"):
            writer = GenerationWriter(index, read_stamp(index / generations.current(index)))
            writer.delete(str(row.number) for row in changed)
            writer.take(write_segment(writer.folder, map(document, changed)))
            writer.tidy(SMALL)
            writer.commit({}, number)
        took.append(time.perf_counter() - began)
        for retired in list(index.glob("*/retired"))[:-1]:
            shutil.rmtree(retired.parent)
    assert Snapshot.open(index).documents == len(corpus)


if __name__ == "__main__":
    main()
