"""Tra Tin's engine beside its peers: the same tokens and questions, one process, rounds in turn.

    python -m benchmarks.engine --count 35529
    python -m benchmarks.engine --count 186232 --engines tratin,tantivy,fts5 --rounds 5

Prints a table of milliseconds (p50/p95) for every kind of query, first pass after opening and warm, and how each index
was built. Quote ratios of one run: the machine moves, the engines move with it.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import Questions, questions, rows
from benchmarks.engines import ENGINES, Engine

KINDS = ("OR", "AND", "phrase", "date filter", "OR+facets")


def asked(engine: Engine, asks: Questions) -> dict[str, list[Callable[[], object]]]:
    """Every question of every kind, ready to be called."""
    return {
        "OR": [lambda w=words: engine.any_of(w) for words in asks.words],
        "AND": [lambda w=words: engine.all_of(w) for words in asks.words],
        "phrase": [lambda w=words: engine.phrase(w) for words in asks.phrases],
        "date filter": [
            lambda w=words, s=span: engine.dated(w, *s) for words, span in zip(asks.words, asks.windows, strict=True)
        ],
        "OR+facets": [lambda w=words: engine.counted(w) for words in asks.words],
    }


def timed(calls: list[Callable[[], object]], limit: float) -> list[float]:
    """Milliseconds of each call; stops after `limit` seconds."""
    took, until = [], time.perf_counter() + limit
    for call in calls:
        began = time.perf_counter()
        call()
        ended = time.perf_counter()
        took.append((ended - began) * 1000)
        if ended > until:
            break
    return took


def spread(took: list[float]) -> str:
    """p50/p95."""
    cuts = statistics.quantiles(took, n=20) if len(took) > 1 else [took[0]] * 19
    return f"{statistics.median(took):.3f}/{cuts[18]:.3f}"


def folder_mb(folder: Path) -> float:
    """Megabytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Build what is missing, ask everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=35_529, help="articles")
    parser.add_argument("--unit", choices=["syllables", "words"], default="syllables")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds an engine may take for one kind and round")
    options = parser.parse_args()
    corpus = rows(options.work, options.count, options.unit)
    asks = questions(corpus)
    engines: list[Engine] = [ENGINES[name]() for name in options.engines.split(",")]
    print(f"{len(corpus)} articles, {options.unit}, load {os.getloadavg()[0]:.1f}\n")
    print("| engine | build docs/s | index MB | open ms |\n|---|---|---|---|")
    for engine in engines:
        folder = options.work / f"{engine.name.replace(' ', '-')}-{options.unit}-{options.count}"
        speed = "kept"
        if options.rebuild or not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            for one in (folder, unfinished):
                shutil.rmtree(one, ignore_errors=True)
            began = time.perf_counter()
            engine.build(unfinished, corpus)
            speed = f"{len(corpus) / (time.perf_counter() - began):,.0f}"
            unfinished.rename(folder)  # an index half built is not kept
        began = time.perf_counter()
        engine.open(folder)
        print(f"| {engine.name} | {speed} | {folder_mb(folder):.0f} | {(time.perf_counter() - began) * 1000:.0f} |")
    del corpus
    gc.collect()
    calls = {engine.name: asked(engine, asks) for engine in engines}
    cold = {engine.name: spread(timed(calls[engine.name]["OR"], options.limit)) for engine in engines}
    for kind in KINDS:  # not measured: what follows is warm for everybody
        for engine in engines:
            timed(calls[engine.name][kind], options.limit)
    warm: dict[tuple[str, str], list[float]] = {}
    for _ in range(options.rounds):
        for kind in KINDS:
            for engine in engines:
                warm.setdefault((engine.name, kind), []).extend(timed(calls[engine.name][kind], options.limit))
    print(f"\n| p50/p95 ms | first OR | {' | '.join(KINDS)} |\n|---|---|{'---|' * len(KINDS)}")
    for engine in engines:
        cells = [spread(warm[engine.name, kind]) for kind in KINDS]
        print(f"| {engine.name} | {cold[engine.name]} | {' | '.join(cells)} |")
    print(f"\npeak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
