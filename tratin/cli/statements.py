"""`tratin statements`: who said what."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from tratin.cli.console import print_json, say
from tratin.cli.words import t

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.command()
@click.argument("query", nargs=-1)
@click.option("--official", help="Id or name of the official who speaks.")
@click.option("--topic", "topics", multiple=True, help="Topic slug of the articles; a leading - excludes. Repeatable.")
@click.option("--from", "since", type=_DAY, help="First day of publication.")
@click.option("--to", "until", type=_DAY, help="Last day of publication.")
@click.option(
    "--sort",
    type=click.Choice(["newest", "oldest", "relevance"]),
    default="newest",
    show_default=True,
    help="Order of their articles.",
)
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@click.option("--cursor", help="Go on where the page before ended.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, as /api/v1/statements.")
@click.option("--csv", "as_csv", is_flag=True, help="All of them as CSV, up to 10,000.")
@click.pass_obj
def statements(
    data: Path,
    query: tuple[str, ...],
    official: str | None,
    topics: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    sort: str,
    limit: int,
    cursor: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Who said what: printed sentences with their speaker, of the newest articles first.

    With QUERY, all its words stand in the sentence. Exit status 1: no such statement, or --official names nobody or
    several.

    Example: tratin statements --official "Đức Duy" cao tốc
    """
    from index.json_types import as_json as printed
    from search.request import Filter, SearchRequest, filters
    from search.statements import COLUMNS, every, row
    from tratin.parts import open_searcher
    from tratin.settings import load
    from web.export import table

    searcher = open_searcher(load(data))
    speaker: tuple[Filter, ...] = ()
    if official:
        page = searcher.directory.official(official)
        notes = () if page else searcher.directory.find(official, 10)
        if page is None and len(notes) != 1:
            asked = "{name} names several; give the id of one:" if notes else "{name} names nobody"
            say(t(asked, name=repr(official)))
            for note in notes:
                say(f"  {note.name}, {note.office}  ({note.id})")
            raise click.exceptions.Exit(1)
        speaker = (Filter("said", page.id if page else notes[0].id),)
    request = SearchRequest(
        text=" ".join(query),
        filters=(*speaker, *filters("topic", topics)),
        since=since.date() if since else None,
        until=until.date() if until else None,
        sort=sort,
        limit=limit,
        cursor=cursor,
    )
    if as_csv:
        click.echo(table(COLUMNS, (row(statement) for statement in every(searcher.statements, request))), nl=False)
        return
    found = searcher.statements(request, counted=True)
    if as_json:
        print_json(printed(found))
    else:
        for statement in found.statements:
            who = (
                f"{statement.official.name}, {statement.official.office}"
                if statement.official.office
                else statement.official.name
            )
            click.echo(click.style(who, bold=True) + f" · {statement.way} · {(statement.published or '')[:10]}")
            click.echo("  " + " ".join(statement.text.split()))
            click.echo(f"  {statement.title} ({statement.article})\n")
        if found.total is not None and found.statements:
            say(t("{n} of {total} statements", n=len(found.statements), total=found.total))
    if found.next:
        say(t("next page: --cursor {cursor}", cursor=found.next))
    if not found.statements:
        say(t("no such statement"))
        raise click.exceptions.Exit(1)
