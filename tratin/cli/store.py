"""`tratin import` and `tratin withdraw`: what goes into the store by hand, and what is taken out of sight."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import click

from crawler.captures import Captures
from crawler.imports.field_names import FieldNames
from crawler.imports.files import Importer
from crawler.sites import catalog
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.cli.console import print_json, progress, say
from tratin.cli.words import t
from tratin.importing import Import, import_paths
from tratin.settings import load_writing
from tratin.withdrawing import reinstate, take_out

_NAMED = 20
_CAME = "{new} new, {changed} changed, {unchanged} unchanged"


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path, exists=True))
@click.option(
    *("--map", "pairs"), multiple=True, metavar="FIELD=THEIRS", help="Read their field THEIRS as our FIELD; repeatable."
)
@click.option("--dry-run", is_flag=True, help="Show the first articles as they would be stored; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def import_(data: Path, paths: tuple[Path, ...], pairs: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Bring in articles from JSON Lines, CSV, Parquet, WARC and WACZ files, saved pages, MHTML, or folders of them.

    Common names of fields are understood (content, publish_date, headline …: docs/operating.md); --map names others.
    What cannot be read is listed with its file and line, and the rest goes on; articles without a body or a date, and
    fields that nobody read, are counted and named. Articles are committed every thousand, so an interrupted import can
    simply be run again.

    Exit status: 0 everything came in, 1 something was rejected or there was nothing, 2 misuse or failure.

    Example: tratin import news.jsonl.xz crawl.warc.gz saved-pages/ --map lead=mo_dau --dry-run
    """
    settings = load_writing(data)
    try:
        names = FieldNames.parse(pairs)
    except ValueError as error:
        raise click.UsageError(f"--map {error}") from None
    with (
        Captures(settings.warc_dir) as archive,
        Importer(catalog.load(data), names, archive) as importer,
        nullcontext() if dry_run else Store(settings.store_path) as store,
        progress() as bars,
    ):
        report = import_paths(paths, store, importer, bars)
    if as_json:
        print_json(report.as_json())
    elif dry_run:
        for article in report.preview:
            print_json(article.as_json())
    _tell(report, rejected=not as_json)
    if report.rejected_count or not report.read:
        raise click.exceptions.Exit(1)


def _tell(report: Import, *, rejected: bool) -> None:
    """What came of it, on stderr; each rejection where the report does not list them on stdout."""
    for refusal in report.rejected if rejected else ():
        say(f"{refusal.where}: {refusal.reason}")
    if report.rejected_count > len(report.rejected):
        say(t("… and {count} more were rejected", count=report.rejected_count - len(report.rejected)))
    for ours, theirs in sorted(report.names.items()):
        say(t("read as {ours}: {theirs}", ours=ours, theirs=_counted(theirs)))
    for missing, what in (("body", t("a body")), ("published", t("a date"))):
        if count := report.missing[missing]:
            first = next((article.where for article in report.incomplete if missing in article.missing), None)
            came_to = t("without {what}: {n} article", "without {what}: {n} articles", n=count, what=what)
            say(came_to + (", " + t("the first at {place}", place=first) if first else ""))
    if report.unread:
        unread = "fields that nobody read: {fields}; `--map FIELD=THEIRS` reads one"
        say(t(unread, fields=_counted(report.unread)))
    if report.doubts:
        say(t("changed or left out: {doubts}", doubts=_counted(report.doubts)))
    if report.skipped:
        say(t("no articles, passed over: {skipped}", skipped=_counted(report.skipped)))
    counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged}
    came = t("would be kept; nothing was stored") if report.dry_run else t(_CAME, **counts)
    say(t("{read} read: {came}, {rejected} rejected", read=report.read, came=came, rejected=report.rejected_count))


def _counted(counter: Counter[str]) -> str:
    """The most frequent, each with how often."""
    parts = [f"{name} ({count})" for name, count in counter.most_common(_NAMED)]
    if len(counter) > _NAMED:
        return ", ".join(parts) + " " + t("and {count} more", count=len(counter) - _NAMED)
    return ", ".join(parts)


@click.command()
@click.argument("id", required=False)
@click.option("--reason", help="Why; it is logged. Needed to withdraw or reinstate.")
@click.option("--undo", is_flag=True, help="Show a withdrawn article again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def withdraw(data: Path, id: str | None, reason: str | None, undo: bool, as_json: bool) -> None:
    """Take an article out of search, pages, feeds and exports, and log why. Without an ID, show the log.

    It leaves the index with the next `tratin reindex`, and all that anybody is shown within a second: on every front
    end, where the index is in a cluster. Where the cluster does not answer, nothing is withdrawn.

    Example: tratin withdraw baohatinh.vn-221343 --reason "court order 12/2026"
    """
    settings = load_writing(data)
    if id is None:
        _show_log(settings.store_path, as_json)
        return
    if not reason or not reason.strip():
        raise click.UsageError(t("--reason is needed: it is kept in the log"))
    state = (reinstate if undo else take_out)(settings, id, reason.strip())
    if as_json:
        print_json({"id": id, "state": state, "reason": reason.strip()})
    else:
        say(t("{id} is {state}; run `tratin reindex` to bring the index up to date", id=id, state=t(state)))


def _show_log(path: Path, as_json: bool) -> None:
    with StoreReader(path) as store:
        log = store.log()
    if as_json:
        print_json([{"at": e.at, "id": e.id, "event": e.event, "reason": e.reason} for e in log])
        return
    for event in log:
        click.echo(f"{event.at}  {event.event:10}  {event.id}  {event.reason or ''}")
