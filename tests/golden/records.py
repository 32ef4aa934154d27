"""Golden records: what we wrote, and below each case what the code answers, kept as text that a person can read.

A record is a text file named after its room. A case is one or more lines that begin at the margin; the lines below it
that are indented by four blanks are its answer; an empty line ends it. Lines that begin with `#` are remarks.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Case:
    """One question of a record with the answer that was looked at."""

    line: int
    """Where it begins in the file, from 1."""
    remarks: tuple[str, ...]
    asked: str
    """Its lines, joined by line ends."""
    answer: tuple[str, ...]


def cases(room: str) -> list[Case]:
    """The cases of a room, in the order of the file."""
    return list(_read((FOLDER / f"{room}.txt").read_text(encoding="utf-8").split("\n")))


def _read(lines: Sequence[str]) -> Iterator[Case]:
    remarks: list[str] = []
    asked: list[str] = []
    answer: list[str] = []
    first = 0
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith(_INDENT):
            answer.append(line.removeprefix(_INDENT))
        elif line.startswith("#"):
            remarks.append(line)
        elif line:
            first = first if asked else number
            asked.append(line)
        elif asked:
            yield Case(first, tuple(remarks), "\n".join(asked), tuple(answer))
            remarks, asked, answer = [], [], []
        elif remarks:
            remarks.append("")


def write(room: str, answered: Iterable[tuple[Case, Sequence[str]]]) -> None:
    """Put the answers below their cases."""
    blocks = (
        [*case.remarks, case.asked, *(f"{_INDENT}{line}" for line in _printed(answer))] for case, answer in answered
    )
    text = "\n\n".join("\n".join(block) for block in blocks)
    (FOLDER / f"{room}.txt").write_text(f"{text}\n", encoding="utf-8")


def difference(case: Case, answer: Sequence[str]) -> str:
    """What changed, as `diff` prints it; empty when nothing did."""
    return "\n".join(difflib.unified_diff(case.answer, _printed(answer), "on record", "now", lineterm="", n=1))


def _printed(answer: Sequence[str]) -> list[str]:
    """No blanks at the ends of lines, and no line without anything."""
    return [line.rstrip() or "–" for line in answer]
