"""`tratin officials` and `tratin office`: who is known, and who held an office when."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from index.officials.directory.directory import Directory
from index.officials.directory.pages import Holder, OfficeNote, OfficePage, OfficialNote, OfficialPage, Sentence, Tenure
from index.officials.posts.name_keys import name_key
from tratin.cli.console import print_json, say
from tratin.cli.words import t
from tratin.parts import open_directory
from tratin.settings import load

_MOST_SHOWN = 12
_STATUS = {
    "current": "in office (by the news)",
    "former": "former",
    "succeeded": "succeeded by someone else",
    "said": "in a sentence only",
    "unknown": "not named lately",
}


@click.command()
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--foreign/--vietnamese", default=None, help="Those of other countries, or of Viet Nam, alone.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help="The day whose office heads the one shown.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.pass_obj
def officials(
    data: Path, query: tuple[str, ...], limit: int, foreign: bool | None, on: datetime | None, as_json: bool
) -> None:
    """Find officials by name, office or id; without QUERY, the first in alphabetical order.

    One match is shown with every office, its days and the sentences that say so; of several, which one is asked.
    Exit status 1: nobody is found.

    Example: tratin officials "Đức Duy"
    """
    directory = open_directory(load(data))
    text = " ".join(query).strip()
    day = on.date() if on else None
    page = directory.official(text, day) if text else None
    notes = directory.find(text, limit, foreign=foreign) if text else directory.listed(0, limit, foreign=foreign)
    exact = [note for note in notes if name_key(note.name) == name_key(text)] or notes
    if page is None and len(exact) == 1:
        page = directory.official(exact[0].id, day)
    about = directory.note(page.id) if page else None
    if as_json:
        print_json([{**_note(about), **page.as_json()}] if page and about else [_note(note) for note in notes])
    elif page:
        _show_official(page, directory, day)
    else:
        for note in notes:
            click.echo(_line(note))
        total = directory.total(text, foreign=foreign) if text else directory.count(foreign=foreign)
        if total > len(notes):
            say(t("{n} of {total}; --limit shows more", n=len(notes), total=total))
    if page is None and not notes:
        missing = "nobody known is called {name}" if text else "no officials are known: run `tratin reindex` first"
        say(t(missing, name=repr(text)))
        if near := directory.near(text) if text else ():
            say(t("Did you mean:"))
            for note in near:
                say(f"  {note.name}, {note.office}  ({note.id})")
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("title", nargs=-1, required=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help="A day, such as 2017-07-01 or 1/7/2017.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.pass_obj
def office(data: Path, title: tuple[str, ...], on: datetime | None, as_json: bool) -> None:
    """Say who held the office TITLE on a day, with the sentences that say so and those that contradict.

    Without --on, everyone who is known to hold or have held it. The office is the one asked for: of several that the
    words can mean, they are named on stderr, as are near ones. Exit status 1: no such office or several, or nobody is
    known to have held it (on that day).

    Example: tratin office "Chủ tịch UBND tỉnh Yên Bái" --on 2017-07-01
    """
    directory = open_directory(load(data))
    text = " ".join(title).strip()
    day = on.date() if on else None
    asked = directory.asked(text)
    page = directory.office(asked.office.id, day) if asked.office else None
    if as_json:
        print_json([_holder(holder, page) for holder in page.holders] if page else [])
    elif page:
        _show_office(page)
    if len(asked.offices) > 1:
        say(t("{office} can mean several offices; ask for one of them by its id:", office=repr(text)))
        _say_offices(asked.offices)
    elif page is None:
        say(t("not known: no article names who is {office}", office=repr(text)))
    if page is None and asked.near:
        say(t("Did you mean:"))
        _say_offices(asked.near)
    if page is None or not page.holders:
        raise click.exceptions.Exit(1)


def _say_offices(offices: tuple[OfficeNote, ...]) -> None:
    for note in offices:
        say(f"  {note.name}  ({note.id})")


def _line(note: OfficialNote) -> str:
    return f"{note.name}\t{note.office}\t{_articles(note.articles)}\t{_span(note.first, note.last)}\t{note.id}"


def _articles(n: int) -> str:
    return t("{n} article", "{n} articles", n=n)


def _note(note: OfficialNote) -> dict[str, Any]:
    return {**asdict(note), "first": _iso(note.first), "last": _iso(note.last)}


def _holder(holder: Holder, page: OfficePage) -> dict[str, Any]:
    """One holder of an office as JSON: who, since when, how surely, and the sentences for and against."""
    row = holder.as_json()
    official = row.pop("official")
    office = {"id": page.office.id, "name": page.office.name, "exclusive": page.exclusive}
    return {"id": official["id"], "name": official["name"], "office": office, **row, "on": _iso(page.on)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _show_official(page: OfficialPage, directory: Directory, on: date | None) -> None:
    office = f", {page.office}" if page.office else ""
    if on:
        office = ", " + t("on {day}: {office}", day=on, office=page.office or t("not known"))
    click.echo(f"{page.name}{office}  ({page.id})")
    if page.redirected:
        click.echo("  " + t("{id} was merged into this one", id=page.redirected))
    if page.aliases:
        click.echo("  " + t("also written: {names}", names=", ".join(page.aliases[:8])))
    rank = f", {page.rank}" if page.rank else ""
    click.echo(f"  {_articles(page.articles)}, {_span(page.first, page.last)}{rank}")
    for tenure in page.tenures[:_MOST_SHOWN]:
        _show_tenure(tenure)
    if len(page.tenures) > _MOST_SHOWN:
        click.echo("\n… " + t("and {n} more offices (--json gives all)", n=len(page.tenures) - _MOST_SHOWN))
    if page.said:
        click.echo("\n" + t("A sentence says so; the news does not bear it out:"))
        for tenure in page.said[:_MOST_SHOWN]:
            _show_tenure(tenure)
    if page.homonyms:
        click.echo("\n" + t("Others of this name:"))
        for note in page.homonyms:
            click.echo(f"  {_line(note)}")
    company = ", ".join(f"{note.name} ({times})" for note, times in directory.together(page.id, 8))
    if company:
        click.echo("\n" + t("Named together with: {names}", names=company))


def _show_tenure(tenure: Tenure) -> None:
    ended = "; " + t("until {day}", day=tenure.until) if tenure.until else ""
    by = f" {tenure.rival}" if tenure.rival else ""
    why = f" [{tenure.reason}{by}]" if tenure.reason else ""
    past = _past(tenure.former_first)
    click.echo(
        f"\n{tenure.office.name}: {_status(tenure.status)}, {_span(tenure.first, tenure.last)}{ended}{past}{why}"
        f"  ({tenure.office.id})"
    )
    _show_sentences(tenure.evidence)


def _show_office(page: OfficePage) -> None:
    click.echo(f"{page.office.name}  ({page.office.id})")
    for ending in page.endings:
        heir = "; " + t("see {id}", id=ending.successor) if ending.successor else ""
        became = "until {day}: {old} became part of {new}" if ending.new else "until {day}: {old} was abolished"
        click.echo("  " + t(became, day=ending.day, old=ending.old, new=ending.new) + heir)
    if not page.holders:
        nobody = "Nobody is known to have held it on {day}." if page.on else "Nobody is known to have held it."
        click.echo(t(nobody, day=page.on))
    for holder in page.holders[:_MOST_SHOWN]:
        _show_holder(holder, page.on)
    if page.on and page.others:
        click.echo("\n" + t("Also named in this office:"))
        for holder in page.others[:_MOST_SHOWN]:
            click.echo(
                f"  {holder.official.name}: {_status(holder.status)}, "
                f"{_span(holder.first, holder.last)}  ({holder.official.id})"
            )


def _show_holder(holder: Holder, on: date | None) -> None:
    sure = t("confidence {share}", share=f"{holder.confidence:.0%}") + ", " if on else ""
    named = t("named in it {days}", days=_span(holder.first, holder.last))
    click.echo(
        f"\n{holder.official.name}  ({holder.official.id}): {sure}{_status(holder.status)}, {named}, "
        f"{_articles(holder.times)}{_past(holder.former_first)}"
    )
    _show_sentences(holder.evidence)
    if holder.against:
        click.echo("  " + t("against it:"))
        _show_sentences(holder.against)


def _show_sentences(sentences: tuple[Sentence, ...]) -> None:
    for sentence in sentences:
        day = sentence.day.isoformat() if sentence.day else t("no date")
        text = " ".join(sentence.text.split())
        click.echo(f"    {day}  {text[:220]}{'…' if len(text) > 220 else ''}  [{sentence.article}]")


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return t("no day known")
    return f"{first}" if first == last else t("{first} to {last}", first=first, last=last)


def _past(day: date | None) -> str:
    return "; " + t("called past from {day}", day=day) if day else ""


def _status(name: str) -> str:
    """What the news makes of a tenure, in the words of the pages."""
    return t(_STATUS[name])
