"""`tratin demo`: crawl the bundled newsroom over real HTTP on loopback, index it, and serve it."""

from __future__ import annotations

import importlib
import tomllib
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click

from crawler.report import OUTCOMES, CrawlReport
from crawler.store.reading import StoreReader
from tratin.cli.console import print_json, say
from tratin.cli.crawl import crawl_sites, tell
from tratin.cli.index import run_reindex
from tratin.cli.words import t
from tratin.errors import DemoRefused
from tratin.newsroom.server import Newsroom
from tratin.settings import Settings, load


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to click."""

    query: str
    look: str
    """What there is to see."""
    topic: str = ""

    @property
    def path(self) -> str:
        """Path and query string of the page."""
        if self.topic and not self.query:
            return f"/topic/{self.topic}"
        return f"/?{urlencode({'q': self.query})}"


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where to serve.")
@click.option("--no-serve", is_flag=True, help="Stop when everything is indexed.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts of every step as one JSON document.")
@click.pass_context
def demo(context: click.Context, port: int, no_serve: bool, as_json: bool) -> None:
    """Crawl the bundled newsroom (three invented papers), index it, and serve it on this machine.

    Nothing leaves the machine: the papers are served on loopback. Run it again and it takes seconds, and finds
    that one paper has corrected an article.

    Exit status: 0 done, 2 misuse or failure.

    Example: tratin --data var/demo demo --port 8080
    """
    settings = load(context.obj)
    refuse_to_mix(settings)
    report = crawl_newsroom(settings)
    say(t("The newsroom is read:"))
    tell(report)
    say(t("(A challenge page, a page cut off, a dead link and a forbidden section are there on purpose.)"))
    indexed = run_reindex(settings)
    counts = {name: indexed[name] for name in ("documents", "added", "changed")}
    say(t("The index holds {documents} articles, {added} new and {changed} changed.", **counts))
    stops = tour()
    if as_json:
        print_json(
            {
                **report.as_json(),
                "crawl": totals(report),
                "index": indexed,
                "tour": [_stop_as_json(visit) for visit in stops],
            }
        )
    if no_serve:
        command = f"tratin --data {settings.data} search '{stops[0].query}'"
        say(t("To search it: {command}", command=command))
        return
    say("\n" + t("Open {address} (Ctrl-C ends it), or try:", address=f"http://127.0.0.1:{port}"))
    for stop in stops:
        say(f"  http://127.0.0.1:{port}{stop.path}\n    {stop.query or stop.topic}: {stop.look}")
    context.invoke(importlib.import_module("tratin.cli.serve").serve, port=port)


def crawl_newsroom(settings: Settings) -> CrawlReport:
    """Crawl the bundled papers through the real fetcher: their first edition into an empty store, else the next one.

    The papers' hosts are mapped to loopback for this crawl only.
    """
    edition = 2 if _holds_articles(settings.store_path) else 1
    with Newsroom(edition=edition) as newsroom:
        mapped = replace(settings, hosts={**settings.hosts, **newsroom.hosts}, delay=0.0)
        return crawl_sites(mapped, newsroom.sites)


def totals(report: CrawlReport) -> dict[str, int]:
    """Articles by outcome, over all papers."""
    return {outcome: sum(site.counts[outcome] for site in report.sites) for outcome in OUTCOMES}


def tour() -> tuple[Stop, ...]:
    """What to click first."""
    given = tomllib.loads((files("tratin.newsroom") / "tour.toml").read_text(encoding="utf-8"))
    return tuple(Stop(**stop) for stop in given["stop"])


def _stop_as_json(stop: Stop) -> dict[str, Any]:
    return {**asdict(stop), "path": stop.path}


def _holds_articles(store: Path) -> bool:
    if not store.is_file():
        return False
    with StoreReader(store) as reader:
        return reader.count() > 0


def refuse_to_mix(settings: Settings) -> None:
    """Invented news must not stand among real news.

    Raises:
        DemoRefused: the store holds articles of other sources.
    """
    if not settings.store_path.is_file():
        return
    with StoreReader(settings.store_path) as reader:
        others = {held.source for held in reader.coverage() if not (held.source or "").endswith(".example")}
    if others:
        raise DemoRefused(
            f"{settings.data} holds real articles, and the demo's are invented: give the demo a folder of its own, "
            "such as tratin --data var/demo demo"
        )
