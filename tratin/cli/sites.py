"""`tratin sites` and `tratin extract`: what the readers know, and what they make of one saved page."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from crawler.frontier import last_successes
from crawler.page import NotArticle, Page, PageReading
from crawler.sites import catalog
from crawler.sites.reader import read_page
from crawler.sites.site import Site
from crawler.store.reading import Lately, StoreReader
from tratin import settings
from tratin.cli.console import print_json, say
from tratin.cli.words import t


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def sites(ctx: click.Context, as_json: bool) -> None:
    """List the configured sites: reader, articles held, and what each reader rests on.

    Your own sites stand in DATA/sites.toml; docs/adding-a-site.md shows an entry.

    Example: tratin sites --json
    """
    if ctx.invoked_subcommand is not None:
        return
    known = catalog.load(ctx.obj)
    held, lately = _held(ctx.obj)
    answered = last_successes(settings.load(ctx.obj).frontier_path)
    if as_json:
        print_json([_entry(site, held, lately, answered) for site in known])
        return
    for site in known:
        click.echo(f"{site.host:32} {site.family:12} {held[site.host]:>8}  {site.evidence}")
    for site in known:
        if found := lately.get(site.host):
            say(f"{site.host}: {lacking(found)}; it last answered {answered.get(site.host, 'never')}")
    say(t("{count} sites; `tratin sites --json` shows their feeds, lists and quirks", count=len(known)))


@sites.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Check every entry, without asking the network; exit status 1 if something is doubtful.

    Example: tratin sites check
    """
    known = catalog.load(ctx.obj)
    doubts = catalog.problems(known)
    if as_json:
        print_json([{"site": site.host, "problems": list(doubts.get(site.host, ()))} for site in known])
    for host, lines in doubts.items() if not as_json else ():
        for line in lines:
            click.echo(f"{host}: {line}")
    say(t("{count} sites checked, {doubts} with something doubtful", count=len(known), doubts=len(doubts)))
    if doubts:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--url", default="", help="The page's address; otherwise the one that the page gives as its own.")
@click.pass_context
def extract(ctx: click.Context, file: Path, url: str) -> None:
    """Read one saved page (- for standard input) and print the article in it as one JSON object.

    A page that is no article prints why, with its links to articles, and exits with status 1.

    Example: tratin extract page.html --url https://baohatinh.vn/ten-bai-post317660.html
    """
    content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    known = catalog.load(ctx.obj)
    reading = _read(content, url, catalog.owner(known, url))
    if not url and not isinstance(reading.article, NotArticle) and reading.article.url:
        own = reading.article.url
        reading = _read(content, own, catalog.owner(known, own))
    for flag in reading.flags:
        say(t("note: {flag}", flag=flag))
    if isinstance(reading.article, NotArticle):
        print_json({"not_article": asdict(reading.article), "links": list(reading.links)})
        sys.exit(1)
    print_json(reading.article.as_json())


def _read(content: bytes, url: str, site: Site | None) -> PageReading:
    return read_page(Page(url=url, final_url=url, content=content), site)


def lacking(lately: Lately) -> str:
    """What the latest articles of a source lack, in words."""
    return (
        f"of its latest {lately.articles} articles {lately.undated} are without a date, "
        f"{lately.without_lead} without a lead, {lately.without_text} without text"
    )


def _held(data: Path) -> tuple[Counter[str], dict[str, Lately]]:
    """How many articles the store holds of each source, and what the latest of them lack."""
    path = settings.load_writing(data).store_path
    held: Counter[str] = Counter()
    if not path.is_file():
        return held, {}
    with StoreReader(path) as store:
        for part in store.coverage():
            held[part.source or ""] += part.count
        return held, {found.source: found for found in store.lately()}


def _entry(site: Site, counts: Counter[str], lately: dict[str, Lately], answered: dict[str, str]) -> dict[str, Any]:
    found = lately.get(site.host)
    return {
        "site": site.host,
        **{field: value for field, value in asdict(site).items() if field != "host"},
        "articles": counts[site.host],
        "lately": asdict(found) if found else None,
        "last_success": answered.get(site.host),
    }
