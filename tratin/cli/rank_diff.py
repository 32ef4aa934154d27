"""`tratin rank-diff`: what a change of ranking does to a list of queries, before it is served."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from tratin.cli.console import print_json, say
from tratin.cli.words import number, t

if TYPE_CHECKING:
    from search.rank_diff import RankDiff, Ranking
    from tratin.settings import Settings


@click.command("rank-diff")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="Keep this ranking here, compare nothing."
)
@click.option(
    "--run", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What --save kept: the old ranking."
)
@click.option(
    "--other", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Data folder of the new ranking."
)
@click.option("--freshness", type=click.FloatRange(0, 100), help="The new ranking is this one with that setting.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 50), help="Places that are compared.")
@click.option("--all", "everything", is_flag=True, help="Print queries too whose tops are the same.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def rank_diff(
    data: Path,
    file: IO[str],
    save: Path | None,
    run: Path | None,
    other: Path | None,
    freshness: float | None,
    top: int,
    everything: bool,
    as_json: bool,
) -> None:
    """Rank the queries in FILE (one a line, `-` is stdin) twice, and print what moved and why.

    The other ranking is that of another data folder (--other), of another setting (--freshness), or one that was kept
    (--save with the program or index of before, then --run with that of now).

    Example: tratin rank-diff queries.txt --freshness 3
    """
    from index.json_types import as_json as printed
    from search.rank_diff import queries_of, rank_diffs
    from tratin.errors import TratinError
    from tratin.settings import load

    queries = queries_of(file.read())
    if not queries:
        raise TratinError(f"{file.name} has no query: write one a line")
    if sum(given is not None for given in (save, run, other, freshness)) != 1:
        raise TratinError("with what to compare is not clear: give one of --save, --run, --other, --freshness")
    settings = load(data)
    if save is not None:
        content = json.dumps({"rankings": printed(_ranked(settings, queries))}, ensure_ascii=False, indent=1)
        save.write_text(content, encoding="utf-8")
        say(t("{count} queries ranked, kept in {path}", count=len(queries), path=save))
        return
    if run is not None:
        old, new = _saved_rankings(run, queries), _ranked(settings, queries)
    else:
        changed = replace(settings, freshness=freshness) if freshness is not None else load(other or data)
        old, new = _ranked(settings, queries), _ranked(changed, queries)
    diffs = list(rank_diffs(old, new, top))
    if as_json:
        print_json({"top": top, "queries": printed(diffs)})
    else:
        for diff in diffs:
            if everything or not diff.is_same:
                _show(diff, top)
    same = sum(diff.is_same for diff in diffs)
    kept_places = sum(diff.kept for diff in diffs) / max(1, len(diffs))
    counts = {"count": len(diffs), "same": same, "top": top, "kept": number(round(kept_places, 1))}
    say(t("{count} queries, {same} with the same top {top}; {kept} articles of it stay on average", **counts))


def _ranked(settings: Settings, queries: Sequence[str]) -> list[Ranking]:
    from search.rank_diff import rankings
    from tratin.parts import open_searcher

    return list(rankings(queries, open_searcher(settings).search))


def _saved_rankings(run: Path, queries: Sequence[str]) -> list[Ranking]:
    """The rankings of these queries that were kept in a file."""
    from search.rank_diff import ranking_of
    from tratin.errors import TratinError

    try:
        rankings = {
            ranking.query: ranking
            for ranking in map(ranking_of, json.loads(run.read_text(encoding="utf-8"))["rankings"])
        }
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise TratinError(f"{run} is no kept ranking ({error}): make one with --save") from error
    if lacking := [query for query in queries if query not in rankings]:
        raise TratinError(f"{run} has no ranking of {lacking[0]!r}: keep one of the same queries with --save")
    return [rankings[query] for query in queries]


def _show(diff: RankDiff, top: int) -> None:
    """One query: how it is read otherwise, then the places of before and now side by side."""
    click.echo(f"\n{diff.query}   {diff.old_total:,} → {diff.new_total:,} found, {diff.kept} of {top} stay")
    for sign, readings in (("-", diff.read_before), ("+", diff.read_now)):
        for reading in readings:
            click.echo(f"  {sign} read as {reading}")
    for move in diff.moves:
        places = f"{_place(move.old, top):>4} {'=' if move.old == move.new else '→'} {_place(move.new, top):<4}"
        why = f"   ({'; '.join(move.why)})" if move.why else ""
        click.echo(f"  {places} {move.title}{why}")


def _place(place: int | None, top: int) -> str:
    return "–" if place is None else f"({place})" if place > top else str(place)
