"""What every constant of ranking earns: nDCG@10 on judged queries without it, halved, and doubled, in one run.

    python -m benchmarks.ablation DATA QUERIES.jsonl [MORE.jsonl …]

A constant whose row is not below the first one, whatever is done to it, is not worth having.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.peers import MOST, scores
from index.engine.embedded import ranking, relaxing
from search.request import SearchRequest
from search.searcher import Searcher
from tratin.parts import open_searcher
from tratin.settings import load

CONSTANTS = (
    (ranking, "PAIR"),
    (ranking, "WHOLE"),
    (ranking, "GAP"),
    (ranking, "LOOSE"),
    (ranking, "FRESH"),
    (relaxing, "RESPELLED"),
    (relaxing, "SAMENESS"),
)
ALMOST_NOTHING = 1e-9
"""In place of 0 for what is divided by."""


@contextmanager
def changed(module: Any, name: str, value: float) -> Iterator[None]:
    """With another value of a constant."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


def measured(searcher: Searcher, files: list[list[dict[str, Any]]]) -> str:
    """Mean nDCG@10 of every file."""
    means = []
    for rows in files:
        each = [
            scores(row, [hit.id for hit in searcher.search(SearchRequest(text=row["q"], limit=MOST)).hits])[0]
            for row in rows
        ]
        means.append(sum(each) / len(each))
    return "  ".join(f"{mean:.3f}" for mean in means)


def main(data: str, *paths: str) -> None:
    """Print a row for the constants as they are, then one for each without it, with half of it and twice as much."""
    searcher = open_searcher(load(Path(data)))
    files = [[json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()] for path in paths]
    print(f"{'as it is':22}{measured(searcher, files)}", flush=True)
    for module, name in CONSTANTS:
        value = getattr(module, name)
        for label, other in (("without", ALMOST_NOTHING), ("half", value / 2), ("double", value * 2)):
            with changed(module, name, other):
                print(f"{name + ', ' + label:22}{measured(searcher, files)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
