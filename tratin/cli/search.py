"""`tratin search`: one page of results at the terminal or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from index.facets import FACETS
from tratin.cli.console import print_json, say
from tratin.cli.words import number, t

_EVERY = [facet.name for facet in FACETS if facet.every]


def _facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for every facet."""
    for facet in reversed(FACETS):
        how = f"{facet.what}; a leading - excludes; repeatable, {'all must' if facet.every else 'any may'} hold."
        command = click.option(f"--{facet.name}", multiple=True, help=how)(command)
    return command


@click.command()
@click.argument("query", default="")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100), help="Hits on a page.")
@click.option("--cursor", default=None, help="`next` of the page before.")
@_facet_options
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="First day, YYYY-MM-DD.")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Last day, YYYY-MM-DD.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--off", multiple=True, help="An interpretation to switch off, as `understood` names it; repeatable.")
@click.option("--any", "of_any", multiple=True, type=click.Choice(_EVERY), help="Any value of that filter may hold.")
@click.option("--why", "explain", is_flag=True, help="Say for every hit why it is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the ResultPage as JSON.")
@click.pass_obj
def search(
    data: Path,
    /,
    query: str,
    limit: int,
    cursor: str | None,
    since: datetime | None,
    until: datetime | None,
    sort: str,
    off: tuple[str, ...],
    of_any: tuple[str, ...],
    explain: bool,
    as_json: bool,
    **typed: tuple[str, ...],
) -> None:
    """Search the index; words with marks find those marks, words without find every spelling.

    Example: tratin search '"dân vận khéo" Hà Tĩnh' --topic dan-van-mat-tran --from 2023-01-01 --json
    """
    from index.json_types import as_json as printed
    from search.request import SearchRequest, filters
    from tratin.parts import open_searcher
    from tratin.settings import load

    request = SearchRequest(
        text=query,
        filters=tuple(condition for facet, values in typed.items() for condition in filters(facet, values)),
        since=_day(since),
        until=_day(until),
        sort=sort,
        limit=limit,
        cursor=cursor,
        off=frozenset(off),
        any=frozenset(of_any),
        explain=explain,
    )
    page = open_searcher(load(data)).search(request)
    if as_json:
        print_json(printed(page))
    else:
        _show(page, explain)
    sys.exit(0 if page.hits else 1)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _show(page: object, explain: bool) -> None:
    from search.results import ResultPage

    assert isinstance(page, ResultPage)
    for chip in page.query.understood:
        say(
            f"({t(chip.kind)}) {chip.from_} → {' · '.join(chip.to)}"
            + (f"   [--off '{chip.off.removeprefix('off=')}']" if chip.off else "")
        )
    if page.query.suggestion:
        say(t("Did you mean: {words}?", words=page.query.suggestion))
    for hit in page.hits:
        click.secho(_marked(hit.title, hit.title_spans), bold=True)
        click.echo("  " + " · ".join(filter(None, (hit.published, hit.source, hit.id))))
        who = [
            f"{official.name} ({official.office})" if official.office else official.name for official in hit.officials
        ]
        for label, values in (
            (t("missing"), hit.missing),
            (t("topics"), [topic.name for topic in hit.topics]),
            (t("office holders"), who[:4]),
        ):
            if values:
                click.echo(f"  {label}: {', '.join(values)}")
        for snippet in hit.snippets:
            click.echo("  " + _marked(snippet.text, snippet.spans))
        if explain:
            click.echo("  " + "; ".join(hit.why))
        if hit.similar:
            click.echo("  + " + t("{n} nearly the same", n=hit.similar))
        click.echo()
    counted = [t("{count} article", "{count} articles", n=page.total, count=number(page.total))]
    if page.relaxed:
        counted.append(t("{n} more miss one clause", n=page.relaxed))
    unfinished = " · " + t("not complete: the time ran out") if page.partial else ""
    say(f"{', '.join(counted)} · {page.took_ms:.1f} ms{unfinished}")
    if page.next:
        say(t("next page: --cursor {cursor}", cursor=page.next))


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with its matches marked, for a terminal."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], click.style(text[start:end], fg="yellow", underline=True)]
        at = end
    return "".join([*pieces, text[at:]])
