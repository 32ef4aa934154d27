"""`tratin organisations`: which bodies the news names office-holders of, and who these are."""

from __future__ import annotations

from pathlib import Path

import click

from index.officials.directory.directory import TIERS
from tratin.cli.console import print_json, say
from tratin.cli.words import t

_MOST_SHOWN = 20


@click.command()
@click.argument("query", nargs=-1)
@click.option("--tier", type=click.Choice(TIERS), help="Those of offices of this level alone.")
@click.option("--place", default="", help="Those of offices of this province or country alone.")
@click.option(
    "--sort",
    type=click.Choice(["articles", "name", "offices", "last"]),
    default="articles",
    show_default=True,
    help="Order of the list.",
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.pass_obj
def organisations(
    data: Path, query: tuple[str, ...], tier: str | None, place: str, sort: str, limit: int, as_json: bool
) -> None:
    """List the organisations whose office-holders the articles name, or find them by words of the name or by id.

    One match is shown with its offices and with who holds or held them. Exit status 1: no such organisation.

    Example: tratin organisations "Sở Y tế" --place "Hà Tĩnh"
    """
    from index.json_types import as_json as printed
    from tratin.parts import open_searcher
    from tratin.settings import load

    searcher = open_searcher(load(data))
    words = " ".join(query).strip()
    about = searcher.organisation(words) if words else None
    found = () if about else searcher.organisations(words, tier=tier or "", place=place, order=sort)
    if about is None and words and len(found) == 1:
        about = searcher.organisation(found[0].id)
    if as_json:
        print_json(printed(about) if about else {"organisations": printed(found[:limit]), "total": len(found)})
    elif about:
        click.echo(f"{about.name}  ({about.id}): {_articles(about.articles)}")
        click.echo("\n" + t("offices:"))
        for office in about.offices[:_MOST_SHOWN]:
            click.echo(f"  {office.name}\t{_articles(office.articles)}\t{office.id}")
        click.echo("\n" + t("who holds or held them:"))
        for member in about.officials[:_MOST_SHOWN]:
            official = member.official
            click.echo(f"  {official.name}\t{official.office}\t{_articles(member.articles)}\t{official.id}")
    else:
        for row in found[:limit]:
            click.echo(f"{row.name}\t{_articles(row.articles)}\t{row.last or ''}\t{row.id}")
        if len(found) > limit:
            say(t("{n} of {total}; --limit shows more", n=limit, total=len(found)))
    if about is None and not found:
        say(t("no organisation is called {name}", name=repr(words)) if words else t("no organisation is known"))
        raise click.exceptions.Exit(1)


def _articles(n: int) -> str:
    return t("{n} article", "{n} articles", n=n)
