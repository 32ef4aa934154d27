"""`tratin alert`: saved queries told of new articles by e-mail, webhook and feed."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tratin.cli.console import print_json, say
from tratin.cli.words import number, t

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
        say(t("{name}: begun; told of what comes from now on", name=name))
    for refused in report.refused:
        say(t("{name}: refused: {why}", name=refused.name, why=_too_broad(refused, settings.alerts_a_day)))
    for problem in report.problems:
        say(t("not sent: {problem}", problem=problem))
    say(
        t(
            "{alerts} alerts on, {articles} articles, {matched} matched, {sent} sent",
            alerts=number(report.alerts),
            articles=number(report.articles),
            matched=number(report.matched),
            sent=number(report.sent),
        )
    )
    if report.problems or report.refused:
        sys.exit(1)


def _too_broad(expected: Estimate, most: int) -> str:
    return t(
        "{a_day} articles a day over the last {days}, at most {most} are told; "
        "narrow its query, or set alerts_a_day in tratin.toml",
        a_day=number(round(expected.a_day, 1)),
        days=expected.days,
        most=most,
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
        print_json([{**asdict(row), "a_day": round(row.a_day, 3)} for row in found])
        return
    for expected in found:
        line = t(
            "{name}: {articles} articles in {days} days, {a_day} a day, at most {most}",
            name=expected.name,
            articles=number(expected.articles),
            days=days,
            a_day=number(round(expected.a_day, 1)),
            most=number(expected.most),
        )
        if 0 < settings.alerts_a_day < expected.a_day:
            line += "; " + t("too broad: {why}", why=_too_broad(expected, settings.alerts_a_day))
        click.echo(line)


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
        print_json([asdict(row) for row in states])
        return
    for begun in states:
        state = t("off since {when}", when=begun.off) if begun.off else t("on")
        counts = t(
            "{told} articles, {sent} messages sent, {waiting} waiting, {refused} refused",
            told=number(begun.told),
            sent=number(begun.sent),
            waiting=number(begun.waiting),
            refused=number(begun.refused),
        )
        click.echo(f"{begun.name}: {state}; {counts}; {begun.off_key}")


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
        names = [state.name for state in states.values() if alert in (state.name, state.off_key)]
        if not names:
            raise AlertError(f"no alert is named {alert!r} or has that key: `tratin alert list` names them")
        ledger.switch(names[0], off=off)
    say(f"{names[0]}: {t('off') if off else t('on')}")
