"""`tratin check`: a list of names or queries, a row each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click

from tratin.cli.console import print_json, say
from tratin.cli.words import t


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--table/--lines", default=None, help="How FILE is read; as its name says unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of CSV.")
@click.pass_obj
def check(data: Path, file: IO[bytes], table: bool | None, as_json: bool) -> None:
    """Check every name or query in FILE (`-` is stdin): who it is, how many articles, first, last and best.

    FILE has an entry a line, or is a table (.csv, .tsv) whose first column is read. CSV goes to stdout. Exit status 1:
    no entry was found in any article.

    Example: tratin check names.txt > checked.csv
    """
    from index.json_types import as_json as printed
    from search.checking import COLUMNS, check, entries_of, rows
    from tratin.errors import TratinError
    from tratin.parts import open_searcher
    from tratin.settings import load
    from web.export import table as csv_table

    name = getattr(file, "name", "stdin")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TratinError(f"{name} is not UTF-8 ({error.reason}): save it as UTF-8 and try again") from error
    as_table = name.lower().endswith((".csv", ".tsv")) if table is None else table
    entries = entries_of(text, table=as_table)
    if not entries:
        raise TratinError(f"{name} has no entry: write a name or a query a line")
    searcher = open_searcher(load(data))
    checked = list(check(entries, searcher.summary, searcher.directory))
    if as_json:
        print_json({"entries": printed(checked), "documents": searcher.documents, "generation": searcher.generation})
    else:
        sys.stdout.write(csv_table(COLUMNS, rows(checked)))
    found = sum(1 for line in checked if line.count)
    say(t("{n} entry, {found} in the news", "{n} entries, {found} in the news", n=len(checked), found=found))
    sys.exit(0 if found else 1)
