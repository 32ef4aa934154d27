"""`tratin segment`: word-segmented text, as pyvi prints it."""

from __future__ import annotations

import sys
from typing import TextIO

import click

from index.analysis.segmenter import segmenter
from tratin.cli.console import say
from tratin.cli.words import t


@click.command()
@click.option("--whole", is_flag=True, help="Take the file as one text; otherwise each line is one.")
@click.option(
    "--self-check", is_flag=True, help="Compare every text with pyvi itself; exit status 1 where one differs."
)
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
def segment(file: TextIO, whole: bool, self_check: bool) -> None:
    """Print FILE (or standard input) word-segmented, as pyvi's ViTokenizer.tokenize prints it.

    Words change with their neighbours, line breaks included: --whole and a line at a time give different words.

    Example: echo 'Ủy ban nhân dân tỉnh Hà Tĩnh họp' | tratin segment
    """
    words = segmenter()
    differing = 0
    for text in [file.read()] if whole else (line.rstrip("\n") for line in file):
        segmented = words.tokenize(text)
        click.echo(segmented)
        if self_check:
            differing += segmented != _pyvi(text)
    if differing:
        say(t("{count} texts differ from the installed pyvi: install pyvi 0.1.1", count=differing))
        sys.exit(1)
    if self_check:
        say(t("every text is as pyvi segments it"))


def _pyvi(text: str) -> str:
    # pyvi costs a second and a hundred megabytes to import: only a check needs it.
    from pyvi.ViTokenizer import ViTokenizer

    tokenized: str = ViTokenizer.tokenize(text)
    return tokenized
