"""Upkeep: `stats`, `verify`, `backup`, `restore`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tratin.cli.console import print_json, progress, say
from tratin.cli.words import number, t
from tratin.settings import load_writing

if TYPE_CHECKING:
    from tratin.verifying import Verification

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")


_DIFFERENT = {
    "missing": "missing",
    "extra": "extra",
    "other_version": "other version",
    "unanswered": "unanswered",
}
_INDEXED = "generation {generation}   behind {behind}"


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
    more = {"versions": held.versions, "withdrawn": held.withdrawn, "behind": held.behind}
    said = {name: number(count) for name, count in more.items()} | {"generation": held.generation or t("none")}
    stored, indexed = t("versions {versions}   withdrawn {withdrawn}", **said), t(_INDEXED, **said)
    click.echo(f"{t('articles'):<10} {number(held.articles):>10}   {stored}")
    click.echo(f"{t('documents'):<10} {number(held.documents):>10}   {indexed}")
    for source, count, first, last in held.sources:
        days = f"{first or t('undated')} – {last or t('undated')}"
        click.echo(f"  {source or t('(no source)'):<28} {number(count):>9}   {days}")
    for name, size in held.disk.items():
        click.echo(f"{t('disk')} {name:<14} {number(round(size / 1e6, 1)):>10} MB")


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
    counts = {"articles": number(found.articles), "documents": number(found.documents)}
    click.echo(t("{articles} articles in the store, {documents} documents in the index", **counts))
    if found.behind:
        click.echo(t("{count} changes are not indexed yet: run `tratin reindex`", count=number(found.behind)))
    for notice in found.notices:
        click.echo(notice)
    for name, kind in _DIFFERENT.items():
        for article in getattr(found, name):
            click.echo(f"{t(kind)}: {article}")
    for fault in found.faults:
        click.echo(f"{fault.where}: {fault.what}\n  {t('lost')}: {fault.lost}\n  {t('mend')}: {fault.mend}")
    if found.sound:
        say(t("sound"))
    elif found.faults:
        mends = f" {t('and')} ".join(f"`{mend}`" for mend in found.mends)
        say(t("not sound: {count} faults; run {mends}", count=len(found.faults), mends=mends))
    else:
        say(t("not sound: run `tratin reindex --full`, then `tratin verify` again"))


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
    say(t("{files} files, {size} MB, in {path}", files=report.files, size=_megabytes(report.bytes), path=report.path))
    if report.left_out:
        names = ", ".join(report.left_out)
        say(t("left out, for Tra Tin's own files are not named so: {names}", names=names))


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
    counts = {"files": report.files, "size": _megabytes(report.bytes), "path": report.path}
    say(t("{files} files, {size} MB, restored to {path}; now the index is rebuilt", **counts))
    ctx.invoke(reindex, full=True, as_json=as_json)


def _megabytes(size: int) -> str:
    return number(round(size / 1e6, 1))
