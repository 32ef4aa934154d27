"""Upkeep: `stats`, `verify`, `backup`, `restore`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tratin.cli.console import print_json, progress, say
from tratin.settings import load_writing

if TYPE_CHECKING:
    from tratin.verifying import Verification

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")


@click.command()
@as_json_option
@click.pass_obj
def stats(data: Path, as_json: bool) -> None:
    """What is held: articles, versions, newspapers, the index, and the disk they take.

    Example: tratin stats --json
    """
    from tratin.holdings import holdings

    held = holdings(load_writing(data))
    if as_json:
        print_json(held.as_json())
        return
    click.echo(f"articles   {held.articles:>10,}   versions {held.versions:,}   withdrawn {held.withdrawn:,}")
    click.echo(f"documents  {held.documents:>10,}   generation {held.generation or 'none'}   behind {held.behind:,}")
    for source, count, first, last in held.sources:
        click.echo(f"  {source or '(no source)':<28} {count:>9,}   {first or 'undated'} – {last or 'undated'}")
    for name, size in held.disk.items():
        click.echo(f"disk {name:<14} {size / 1e6:>10,.1f} MB")


@click.command()
@click.option("--repair", "mend", is_flag=True, help="Mend what can be mended from what is there, then look again.")
@as_json_option
@click.pass_obj
def verify(data: Path, mend: bool, as_json: bool) -> None:
    """Check every byte that is kept, compare store, registry and index, ask real queries. Exit 1 when anything differs.

    For each fault it says what is lost by it, and the one command that mends it.

    Example: tratin verify
    """
    from tratin.cli.index import run_reindex
    from tratin.repairing import repair
    from tratin.verifying import verify as look

    settings = load_writing(data)
    found = look(settings)
    if mend and not found.sound:
        for done in repair(settings, found, lambda: run_reindex(settings, full=True)):
            say(done)
        found = look(settings)
    if as_json:
        print_json(found.as_json())
    else:
        _tell(found)
    sys.exit(0 if found.sound else 1)


def _tell(found: Verification) -> None:
    click.echo(f"{found.articles:,} articles in the store, {found.documents:,} documents in the index")
    if found.behind:
        click.echo(f"{found.behind:,} changes are not indexed yet: run `tratin reindex`")
    for notice in found.notices:
        click.echo(notice)
    for name in ("missing", "extra", "other_version", "unanswered"):
        for article in getattr(found, name):
            click.echo(f"{name.replace('_', ' ')}: {article}")
    for fault in found.faults:
        click.echo(f"{fault.where}: {fault.what}\n  lost: {fault.lost}\n  mend: {fault.mend}")
    if found.sound:
        say("sound")
    elif found.faults:
        say(f"not sound: {len(found.faults)} faults; run {' and '.join(f'`{mend}`' for mend in found.mends)}")
    else:
        say("not sound: run `tratin reindex --full`, then `tratin verify` again")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@as_json_option
@click.pass_obj
def backup(data: Path, file: Path, as_json: bool) -> None:
    """Write one consistent copy of store, officials, WARC files and settings; other commands may run meanwhile.

    Example: tratin backup /srv/backups/tratin-2025-03-01.tar.gz
    """
    from tratin.backup import backup as write

    settings = load_writing(data)
    with progress() as bars:
        task = bars.add_task("backing up", total=None)
        report = write(settings, file, lambda name: bars.update(task, advance=1, description=f"backing up {name}"))
    if as_json:
        print_json(asdict(report))
    say(f"{report.files} files, {report.bytes / 1e6:,.1f} MB, in {report.path}")
    if report.left_out:
        say(f"left out, for Tra Tin's own files are not named so: {', '.join(report.left_out)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json_option
@click.pass_context
def restore(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Bring a backup back into an empty data folder, every checksum checked, and rebuild the index.

    Example: tratin --data new restore /srv/backups/tratin-2025-03-01.tar.gz
    """
    from tratin.backup import restore as read
    from tratin.cli.index import reindex
    from tratin.settings import Settings

    data: Path = ctx.obj
    with progress() as bars:
        task = bars.add_task("restoring", total=None)
        report = read(
            Settings(data=data), file, lambda name: bars.update(task, advance=1, description=f"restoring {name}")
        )
    say(f"{report.files} files, {report.bytes / 1e6:,.1f} MB, restored to {report.path}; now the index is rebuilt")
    ctx.invoke(reindex, full=True, as_json=as_json)
