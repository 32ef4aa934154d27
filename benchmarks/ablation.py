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
from index.engine.kernel import ranking
from index.engine.kernel.weighting import NEWS
from search import holders
from search.request import SearchRequest
from search.searcher import Searcher
from tratin.parts import open_searcher
from tratin.settings import load

CONSTANTS: tuple[tuple[Any, str], ...] = (
    (ranking, "PAIR"),
    (ranking, "WHOLE"),
    (ranking, "GAP"),
    (ranking, "LOOSE"),
    (ranking, "FRESH"),
    (holders, "FORM"),
    (holders, "NAME"),
    (holders, "SPOKEN"),
    (NEWS.weights, "title"),
    (NEWS.weights, "lead"),
    (NEWS.lengths, "title"),
    (NEWS.lengths, "lead"),
    (NEWS.lengths, "body"),
)
"""Where a constant stands, a module or the weights and the length penalties of the zones, and its name there."""
ALMOST_NOTHING = 1e-9
"""In place of 0 for what is divided by."""


@contextmanager
def changed(place: Any, name: str, value: float) -> Iterator[None]:
    """With another value of a constant."""
    names = place if isinstance(place, dict) else vars(place)
    before = names[name]
    names[name] = value
    try:
        yield
    finally:
        names[name] = before


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
    """Print a row for the constants as they are, then one for each without it, with half of it and twice as much.

    For every row the searcher is opened again: it keeps what it read and scored.
    """
    settings = load(Path(data))
    files = [[json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()] for path in paths]
    print(f"{'as it is':26}{measured(open_searcher(settings), files)}", flush=True)
    for place, name in CONSTANTS:
        value = place[name] if isinstance(place, dict) else getattr(place, name)
        called = f"{'weight' if place is NEWS.weights else 'length'} of {name}" if isinstance(place, dict) else name
        for label, other in (("without", ALMOST_NOTHING), ("half", value / 2), ("double", value * 2)):
            with changed(place, name, other):
                print(f"{called + ', ' + label:26}{measured(open_searcher(settings), files)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
