"""`tratin import` and `tratin withdraw`: what goes into the store by hand, and what is taken out of sight."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.sites import catalog
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.cli.console import print_json, progress, say
from tratin.importing import Import, import_paths
from tratin.settings import load


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def import_(data: Path, paths: tuple[Path, ...], as_json: bool) -> None:
    """Bring in articles from .jsonl files (plain, .gz, .xz), WARC files, or folders of saved pages.

    What cannot be read is listed with its file and line, and the rest goes on. Articles are committed every
    thousand, so an interrupted import can simply be run again.

    Exit status: 0 everything came in, 1 something was rejected or there was nothing, 2 misuse or failure.

    Example: tratin import news.jsonl.xz saved-pages/
    """
    settings = load(data)
    with Store(settings.store_path) as store, progress() as bars:
        told = import_paths(paths, store, catalog.load(data), bars)
    if as_json:
        print_json(told.as_json())
    else:
        _tell(told)
    if told.rejected_count or not told.read:
        raise click.exceptions.Exit(1)


def _tell(told: Import) -> None:
    for one in told.rejected:
        say(f"{one.where}: {one.reason}")
    if told.rejected_count > len(told.rejected):
        say(f"… and {told.rejected_count - len(told.rejected)} more were rejected")
    say(
        f"{told.read} read: {told.new} new, {told.changed} changed, {told.unchanged} unchanged, "
        f"{told.rejected_count} rejected"
    )


@click.command()
@click.argument("id", required=False)
@click.option("--reason", help="Why; it is logged. Needed to withdraw or reinstate.")
@click.option("--undo", is_flag=True, help="Show a withdrawn article again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def withdraw(data: Path, id: str | None, reason: str | None, undo: bool, as_json: bool) -> None:
    """Take an article out of search, pages, feeds and exports, and log why. Without an ID, show the log.

    It leaves the index with the next `tratin reindex`, and the web pages at once.

    Example: tratin withdraw baohatinh.vn-221343 --reason "court order 12/2026"
    """
    settings = load(data)
    if id is None:
        _show_log(settings.store_path, as_json)
        return
    if not reason or not reason.strip():
        raise click.UsageError("--reason is needed: it is kept in the log")
    with Store(settings.store_path) as store, store.committing():
        (store.reinstate if undo else store.withdraw)(id, reason.strip())
        state = store.state(id)
    if as_json:
        print_json({"id": id, "state": state, "reason": reason.strip()})
    else:
        say(f"{id} is {state}; run `tratin reindex` to bring the index up to date")


def _show_log(path: Path, as_json: bool) -> None:
    with StoreReader(path) as store:
        log = store.log()
    if as_json:
        print_json([{"at": e.at, "id": e.id, "event": e.event, "reason": e.reason} for e in log])
        return
    for event in log:
        click.echo(f"{event.at}  {event.event:10}  {event.id}  {event.reason or ''}")
