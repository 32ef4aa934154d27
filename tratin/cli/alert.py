"""`tratin alert`: saved queries told of new articles by e-mail, webhook and feed."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tratin.cli.console import print_json, say

if TYPE_CHECKING:
    from tratin.alerts.running import Estimate


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def alert(ctx: click.Context, as_json: bool) -> None:
    """Tell the alerts of DATA/alerts.toml what the index gained since the last time; run it after `tratin update`.

    A new alert is told of what comes from then on. docs/alerts.md shows the file, the mail settings, and what a kill
    at any moment leaves behind. A new alert that is too broad (alerts_a_day in tratin.toml) is refused and not begun.
    Exit status 1: one was refused, or a message was not taken; the next run tries again.

    Example: tratin update; tratin alert
    """
    if ctx.invoked_subcommand is not None:
        return
    from tratin.alerts.running import run
    from tratin.settings import load_writing

    settings = load_writing(ctx.obj)
    report = run(settings, say)
    if as_json:
        print_json(asdict(report))
    for name in report.begun:
        say(f"{name}: begun; told of what comes from now on")
    for one in report.refused:
        say(f"{one.name}: refused: {_too_broad(one, settings.alerts_a_day)}")
    for problem in report.problems:
        say(f"not sent: {problem}")
    say(f"{report.alerts:,} alerts on, {report.articles:,} articles, {report.matched:,} matched, {report.sent:,} sent")
    if report.problems or report.refused:
        sys.exit(1)


def _too_broad(one: Estimate, most: int) -> str:
    return (
        f"{one.a_day:.1f} articles a day over the last {one.days}, at most {most} are told; "
        "narrow its query, or set alerts_a_day in tratin.toml"
    )


@alert.command()
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3660), help="Days to look back.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def estimate(data: Path, days: int, as_json: bool) -> None:
    """Say what every alert would have told in the last days of the collection, before it tells anybody.

    Example: tratin alert estimate --days 90
    """
    from tratin.alerts.definitions import read
    from tratin.alerts.running import estimate as estimated
    from tratin.parts import open_searcher
    from tratin.settings import load_writing

    settings = load_writing(data)
    found = list(estimated(read(settings.alerts_path), open_searcher(settings), days))
    if as_json:
        print_json([{**asdict(one), "a_day": round(one.a_day, 3)} for one in found])
        return
    for one in found:
        line = f"{one.name}: {one.articles:,} articles in {days} days, {one.a_day:.1f} a day, at most {one.most:,}"
        broad = 0 < settings.alerts_a_day < one.a_day
        click.echo(f"{line}; too broad: {_too_broad(one, settings.alerts_a_day)}" if broad else line)


@alert.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def list_(data: Path, as_json: bool) -> None:
    """List the alerts that were begun: whether they are on, what they told, what waits to be sent.

    Example: tratin alert list
    """
    from tratin.alerts.ledger import Ledger
    from tratin.settings import load_writing

    with Ledger(load_writing(data).ledger_path) as ledger:
        states = list(ledger.states().values())
    if as_json:
        print_json([asdict(one) for one in states])
        return
    for one in states:
        state = f"off since {one.off}" if one.off else "on"
        counts = f"{one.told:,} articles, {one.sent:,} messages sent, {one.waiting:,} waiting, {one.refused:,} refused"
        click.echo(f"{one.name}: {state}; {counts}; {one.off_key}")


@alert.command()
@click.argument("alert")
@click.pass_obj
def off(data: Path, alert: str) -> None:
    """Switch an alert off, by its name or by the key that its messages carry.

    Example: tratin alert off 'Cầu Bến Mây'
    """
    _switch(data, alert, off=True)


@alert.command()
@click.argument("alert")
@click.pass_obj
def on(data: Path, alert: str) -> None:
    """Switch an alert on again; it is told of what comes from then on.

    Example: tratin alert on 'Cầu Bến Mây'
    """
    _switch(data, alert, off=False)


def _switch(data: Path, alert: str, *, off: bool) -> None:
    from tratin.alerts.ledger import Ledger
    from tratin.errors import AlertError
    from tratin.settings import load_writing

    with Ledger(load_writing(data).ledger_path) as ledger:
        states = ledger.states()
        names = [one.name for one in states.values() if alert in (one.name, one.off_key)]
        if not names:
            raise AlertError(f"no alert is named {alert!r} or has that key: `tratin alert list` names them")
        ledger.switch(names[0], off=off)
    say(f"{names[0]}: {'off' if off else 'on'}")
