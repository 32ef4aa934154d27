"""`tratin reindex`: the index brought up to the store."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from tratin.cli.console import print_json, progress, say
from tratin.cli.words import number, t
from tratin.settings import Settings, load_writing

_STEPS = {"officials": "recognising officials", "index": "analysing and indexing"}


@click.command()
@click.option("--full", is_flag=True, help="Build a new generation from nothing, then swap.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, help="Worker processes; the setting `jobs` if absent."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def reindex(data: Path, full: bool = False, jobs: int | None = None, as_json: bool = False) -> None:
    """Bring the index up to the store; searches go on meanwhile on the old generation.

    Example: tratin reindex --full --jobs 2
    """
    report = run_reindex(load_writing(data), full, jobs)
    if as_json:
        print_json(report)
    for fault in report["faults"]:
        say(t("{id}: indexed without its officials: {reason}", id=fault["id"], reason=fault["reason"]))
    for id in report["withdrawn_elsewhere"]:
        say(
            t(
                "{id}: withdrawn by another store and not by this one, it stays out of sight; "
                "`tratin withdraw {id} --reason …` notes it here, and --undo after that shows it again",
                id=id,
            )
        )
    counts = {name: number(report[name]) for name in ("documents", "added", "changed", "removed")}
    said = (
        "{documents} documents: {added} added, {changed} changed, {removed} removed in {seconds} s; generation {name}"
    )
    say(t(said, **counts, seconds=number(round(report["seconds"], 1)), name=report["generation"]))


def run_reindex(settings: Settings, full: bool = False, jobs: int | None = None) -> dict[str, Any]:
    """Bring the index up to the store, with progress on stderr; gives the contract's report."""
    from tratin.indexing import reindex as bring_up

    with progress() as bars:
        tasks = {step: bars.add_task(words, total=None, visible=False) for step, words in _STEPS.items()}

        def tell(step: str, done: int, total: int) -> None:
            bars.update(tasks[step], completed=done, total=total, visible=True)

        report = bring_up(settings, full=full, jobs=jobs or settings.jobs, progress=tell)
    return {**asdict(report), "seconds": round(report.seconds, 3)}
