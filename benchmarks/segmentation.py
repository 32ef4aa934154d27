"""Words per second: the evaluator against pyvi itself, in turns, and whether their output is the same.

    python benchmarks/segmentation.py ../shared/data/news.jsonl.xz --articles 2000
    python benchmarks/segmentation.py ../shared/data/news.jsonl.xz --all --identity-only

Each round both segment the same batch of articles (title, lead and body, a line each), on one core; the order changes
from round to round. The evaluator keeps what it remembers from batch to batch, as in a reindex.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.analysis.segmenter import segmenter


def texts(path: Path) -> Iterator[str]:
    """The articles of a `.jsonl.xz` file as the texts that are segmented."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            yield f"{article['title']}\n{article.get('lead') or ''}\n{article.get('body') or ''}"


def timed(tokenize: Callable[[str], str], batch: list[str]) -> tuple[float, list[str]]:
    """Seconds of processor time for a batch, and what came of it."""
    before = time.process_time()
    segmented = [tokenize(text) for text in batch]
    return time.process_time() - before, segmented


def main() -> int:
    """Run the rounds; exit status 1 when one text differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--all", action="store_true", help="every article of the corpus")
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--identity-only", action="store_true", help="count identical texts, print no times")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from pyvi.ViTokenizer import ViTokenizer

    ours, theirs = segmenter().tokenize, ViTokenizer.tokenize
    source = texts(given.corpus) if given.all else islice(texts(given.corpus), given.articles)
    articles = identical = 0
    seconds = {"evaluator": 0.0, "pyvi": 0.0}
    ratios = []
    while batch := list(islice(source, given.batch)):
        turns = [("evaluator", ours), ("pyvi", theirs)]
        results = {}
        for name, tokenize in turns if (articles // given.batch) % 2 else reversed(turns):
            results[name] = timed(tokenize, batch)
            seconds[name] += results[name][0]
        identical += sum(map(str.__eq__, results["evaluator"][1], results["pyvi"][1]))
        articles += len(batch)
        ratios.append(results["pyvi"][0] / results["evaluator"][0])
    print(f"identical: {identical} of {articles}")
    if not given.identity_only:
        for name, spent in seconds.items():
            print(f"{name}: {articles / spent:.0f} articles/s")
        print(f"ratio: {seconds['pyvi'] / seconds['evaluator']:.1f} (median round {statistics.median(ratios):.1f})")
    return 0 if identical == articles else 1


if __name__ == "__main__":
    sys.exit(main())
