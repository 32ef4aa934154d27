"""What every command shares: JSON on stdout, words and progress bars on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

_stderr = Console(stderr=True)


def say(words: str) -> None:
    """A line for the person at the terminal, on stderr."""
    click.echo(words, err=True)


def print_json(value: Any) -> None:
    """One JSON document on stdout, UTF-8, as the contract prints it."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress() -> Iterator[Progress]:
    """Progress bars on stderr; quiet where stderr is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=_stderr, transient=False, disable=not _stderr.is_terminal) as bars:
        yield bars
