"""`tratin crawl` and `tratin update`: fetch what is new; update also brings the index up to it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from rich.progress import Progress, TaskID

from crawler.crawl import crawl as walk
from crawler.report import OUTCOMES, CrawlReport, SiteReport
from crawler.sites import catalog
from crawler.sites.site import Site
from tratin.cli.console import print_json, progress, say
from tratin.cli.sites import lacking
from tratin.cli.words import t
from tratin.crawling import crawler_parts
from tratin.settings import Settings, load_writing

_since = click.option(
    "--since", type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DATE", help="Only articles published since."
)
_limit = click.option("--limit", type=click.IntRange(1), help="At most so many articles from each site.")
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE…]")
@_since
@_limit
@click.option("--dry-run", is_flag=True, help="Fetch robots.txt, feeds, sitemaps and lists; say what would be fetched.")
@_json
@click.pass_obj
def crawl(
    data: Path, sites: tuple[str, ...], since: datetime | None, limit: int | None, dry_run: bool, as_json: bool
) -> None:
    """Crawl the configured sites (all, or those named), going on where the last run stopped or was killed.

    Known articles are looked at again, ever more rarely, to notice edits. `tratin sites` lists the sites.

    Exit status: 0 all went well, 1 a site needs attention, 2 misuse or failure.

    Example: tratin crawl baohatinh.vn --since 2026-11-01 --limit 50
    """
    settings = load_writing(data)
    report = run_crawl(settings, sites, since.date() if since else None, limit, dry_run)
    if as_json:
        print_json(report.as_json())
    else:
        tell(report)
    if report.needs_attention:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE…]")
@_since
@_limit
@_json
@click.pass_obj
def update(data: Path, sites: tuple[str, ...], since: datetime | None, limit: int | None, as_json: bool) -> None:
    """Crawl, then bring the index up to the store: what a timer runs (see docs/operating.md).

    Exit status: 0 all went well, 1 a site needs attention, 2 misuse or failure.

    Example: tratin update
    """
    from tratin.cli.index import run_reindex  # the index room is slow to import, and `crawl` needs none of it

    settings = load_writing(data)
    report = run_crawl(settings, sites, since.date() if since else None, limit, dry_run=False)
    tell(report)
    indexed = run_reindex(settings)
    if as_json:
        print_json({**report.as_json(), "index": indexed})
    if report.needs_attention:
        raise click.exceptions.Exit(1)


def run_crawl(
    settings: Settings, names: tuple[str, ...], since: date | None, limit: int | None, dry_run: bool
) -> CrawlReport:
    """Crawl the sites of these names, or all, with progress on stderr.

    Raises:
        SiteError: no site of a name is configured.
    """
    if not settings.contact and not settings.hosts:
        path = settings.data / "tratin.toml"
        say(t("no contact is set: put one into {path}, so that newspapers can reach you", path=path))
    known = catalog.load(settings.data)
    wanted: tuple[Site, ...] = tuple(dict.fromkeys(catalog.find(known, name) for name in names)) or known
    return crawl_sites(settings, wanted, since, limit, dry_run)


def crawl_sites(
    settings: Settings,
    sites: tuple[Site, ...],
    since: date | None = None,
    limit: int | None = None,
    dry_run: bool = False,
) -> CrawlReport:
    """Crawl these sites, with progress on stderr."""
    with crawler_parts(settings) as parts, progress() as bars:
        tasks: dict[str, TaskID] = {}

        def watch(report: SiteReport, url: str) -> None:
            _watch(bars, tasks, report, url)

        return walk(
            sites,
            parts.store,
            parts.frontier,
            parts.archive,
            parts.fetcher,
            since=since,
            limit=limit,
            dry_run=dry_run,
            progress=watch,
            revisit_days=settings.revisit_days,
        )


def _watch(bars: Progress, tasks: dict[str, TaskID], report: SiteReport, url: str) -> None:
    if report.site not in tasks:
        tasks[report.site] = bars.add_task(report.site, total=None)
    bars.update(tasks[report.site], completed=report.fetched, description=f"{report.site} {url[-50:]}")


def tell(report: CrawlReport) -> None:
    """The report in words, on stderr; URLs that a dry run found, on stdout."""
    for site in report.sites:
        counts = ", ".join(f"{site.counts[outcome]} {t(outcome)}" for outcome in OUTCOMES if site.counts[outcome])
        day = site.last_success or t("never")
        say(t("{site}: {counts}; last success {day}", site=site.site, counts=counts or t("nothing fetched"), day=day))
        for reason, count in sorted(site.reasons.items(), key=lambda pair: -pair[1])[:5]:
            say(f"  {count} × {reason}")
        for flag, count in sorted(site.flags.items()):
            say("  " + t("{flag}: {count} of {pages} pages", flag=flag, count=count, pages=site.pages))
        if lately := site.lately:
            say(f"  {lacking(lately)}")
        for need in site.needs:
            say("  " + t("needs attention: {need}", need=need))
        for url in site.would_fetch:
            click.echo(url)
