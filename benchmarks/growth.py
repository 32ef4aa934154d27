"""How cost grows with the collection: build, size, memory and query times at 10,000 to 186,232 articles.

    python -m benchmarks.growth --counts 10000,35529,95000,186232 --plot docs/images/growth.svg

Every size is built by one process and asked by another; rows and questions are those of `benchmarks.engine`, analysed
before. Memory is what the asking process takes for itself by opening, and by all questions; mapped files not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks.corpus import Questions, questions, rows
from benchmarks.engine import KINDS, asked, folder_mb, timed
from benchmarks.engines import Ours

ROUNDS = 5


def main() -> None:
    """Measure every size, print the table, draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", default="10000,35529,95000,186232")
    parser.add_argument("--work", type=Path, default=Path("var/benchmarks"))
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--step", choices=["built", "queried"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    counts = [int(count) for count in options.counts.split(",")]
    if options.step:
        print(json.dumps({"built": built, "queried": queried}[options.step](options.work, counts[0])))
        return
    found = [_apart("built", options.work, count) | _apart("queried", options.work, count) for count in counts]
    print(f"load {os.getloadavg()[0]:.1f}\n")
    print(f"| articles | build s | docs/s | MB | open and warm ms | own memory MB | {' | '.join(KINDS)} |")
    print(f"|---|---|---|---|---|---|{'---|' * len(KINDS)}")
    for one in found:
        cells = [f"{p50:.3f}/{p95:.3f}" for p50, p95 in one["queries"].values()]
        print(
            f"| {one['articles']:,} | {one['build']:.1f} | {one['articles'] / one['build']:,.0f} | {one['mb']:.0f} | "
            f"{one['open']:.0f} | {one['opened']:.0f}, then {one['asked']:.0f} | {' | '.join(cells)} |"
        )
    if options.plot:
        draw(found, options.plot)


def _apart(step: str, work: Path, count: int) -> dict:
    """What one step measures in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.growth", "--work", work, "--counts", str(count), "--step", step]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def built(work: Path, count: int) -> dict:
    """Build one size; leave the questions beside it."""
    corpus, folder = rows(work, count, "syllables"), work / f"growth-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    began = time.perf_counter()
    Ours().build(folder, corpus)
    took = time.perf_counter() - began
    folder.with_suffix(".json").write_text(json.dumps(asdict(questions(corpus))), encoding="utf-8")
    return {"articles": count, "build": took, "mb": folder_mb(folder)}


def queried(work: Path, count: int) -> dict:
    """Open one size and ask everything."""
    folder, engine = work / f"growth-{count}", Ours()
    asks = Questions(**json.loads(folder.with_suffix(".json").read_text(encoding="utf-8")))
    before, began = own_mb(), time.perf_counter()
    engine.open(folder)
    opened, after_open = time.perf_counter() - began, own_mb() - before
    calls = asked(engine, asks)
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(ROUNDS + 1):
        for kind in KINDS:
            times = timed(calls[kind], 60)
            took[kind] += times if number else []
    cuts = {kind: (statistics.median(times), statistics.quantiles(times, n=20)[18]) for kind, times in took.items()}
    return {"open": opened * 1000, "opened": after_open, "asked": own_mb() - before, "queries": cuts}


def own_mb() -> float:
    """Megabytes that are this process's alone."""
    found = re.search(r"^Private_Dirty:\s+(\d+)", Path("/proc/self/smaps_rollup").read_text(), re.M)
    return int(found[1]) / 1024 if found else 0.0


def draw(found: list[dict], path: Path) -> None:
    """Four small plots over the number of articles."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    pyplot.rcParams |= {"svg.fonttype": "none", "font.size": 9, "svg.hashsalt": "tratin"}
    figure, plots = pyplot.subplots(1, 4, figsize=(11, 2.8), layout="constrained")
    articles = [one["articles"] / 1000 for one in found]
    for plot, title, values in (
        (plots[0], "build, s", [one["build"] for one in found]),
        (plots[1], "index, MB", [one["mb"] for one in found]),
        (plots[2], "own memory, MB", [one["asked"] for one in found]),
    ):
        plot.plot(articles, values, marker="o")
        plot.set_title(title)
    for kind in KINDS:
        plots[3].plot(articles, [one["queries"][kind][1] for one in found], marker="o", label=kind)
    plots[3].set_title("p95 of queries, ms")
    plots[3].legend(frameon=False, fontsize=8)
    for plot in plots:
        plot.set_ylim(bottom=0)
        plot.set_xlabel("thousand articles")
    figure.savefig(path, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
