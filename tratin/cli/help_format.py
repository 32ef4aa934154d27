"""Help and misuse in the language of the call: what click prints, in the words of the catalogue `cli`.

Commands are declared in English; what stands in their help, and what click says of its own accord, is looked up here
where it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from tratin.cli import words

_EXAMPLE = "Example: "
_EXTRA = re.compile(r"(?P<help>.*?)(?:\s*\[(?P<extra>[^\]]*)\])?", re.DOTALL)
"""The help of an option, and behind it what click adds: `[env var: X; default: 20; 1<=x<=100]`."""
_ADDED = {"env var: ": "environment variable: ", "default: ": "default: ", "required": "required"}
_MISUSE = (
    (re.compile(r"No such command '(?P<name>.*)'\."), "no such command: {name}"),
    (re.compile(r"Option '(?P<name>.*)' requires an argument\."), "option {name} needs a value"),
    (re.compile(r"Got unexpected extra arguments? \((?P<name>.*)\)"), "too many words: {name}"),
    (re.compile(r"(?P<value>'.*') is not one of (?P<choices>.*)\."), "{value} is none of {choices}"),
    (re.compile(r"(?P<value>'.*') is not a valid integer(?: range)?\."), "{value} is no whole number"),
    (re.compile(r"(?P<value>'.*') is not a valid float(?: range)?\."), "{value} is no number"),
    (re.compile(r"(?P<value>.*) is not in the range (?P<range>.*)\."), "{value} is not in the range {range}"),
    (re.compile(r"(?P<value>'.*') does not match the formats? (?P<formats>.*)\."), "{value} is no day as in {formats}"),
    (re.compile(r"\w+ (?P<value>'.*') does not exist\."), "{value} does not exist"),
    (re.compile(r"\w+ (?P<value>'.*') is a directory\."), "{value} is a folder"),
    (re.compile(r"\w+ (?P<value>'.*') is a file\."), "{value} is a file"),
    (re.compile(r"\w+ (?P<value>'.*') is not readable\."), "{value} cannot be read"),
)
"""What click says of a value that does not fit, and what we say; English stands in the catalogue's keys."""


class HelpFormatter(click.HelpFormatter):
    """Writes help in the language of the call."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of how a command is called."""
        super().write_usage(prog, args.replace("[OPTIONS]", words.t("[OPTIONS]")), f"{words.t('Usage')}: ")

    def write_heading(self, heading: str) -> None:
        """`Options` and `Commands`."""
        super().write_heading(words.t(heading))

    def write_text(self, text: str) -> None:
        """What a command does, paragraph by paragraph."""
        super().write_text("\n\n".join(map(_paragraph, text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options and commands, each with what it does."""
        super().write_dl([(name, _option(help)) for name, help in rows], col_max, col_spacing)


class Call(click.Context):
    """A call whose help is written by our formatter."""

    formatter_class = HelpFormatter


def worded(command: click.Command) -> click.Command:
    """The same command, and those inside it, with help in the language of the call."""
    command.context_class = Call
    for inside in command.commands.values() if isinstance(command, click.Group) else ():
        worded(inside)
    return command


def misuse(error: click.UsageError) -> str:
    """What was wrong with a call and what to do next, in its language."""
    lines = []
    if error.ctx is not None:
        usage = HelpFormatter()
        usage.write_usage(error.ctx.command_path, " ".join(error.ctx.command.collect_usage_pieces(error.ctx)))
        lines += [usage.getvalue().rstrip(), words.t("`{command} --help` says more", command=error.ctx.command_path)]
    return "\n".join([*lines, f"{words.t('Error')}: {_wrong(error)}"])


def _wrong(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f" ({words.t('perhaps {names}', names=', '.join(error.possibilities))})" if error.possibilities else ""
        return words.t("no such option: {name}", name=error.option_name) + near
    if isinstance(error, click.MissingParameter):
        return words.t("{name} is missing", name=_named(error))
    said = _translated(error.message)
    return f"{_named(error)}: {said}" if isinstance(error, click.BadParameter) else said


def _named(error: click.BadParameter) -> str:
    if error.param is not None:
        return error.param.get_error_hint(error.ctx) if error.ctx else str(error.param.name)
    return " ".join([error.param_hint] if isinstance(error.param_hint, str) else error.param_hint or ())


def _translated(message: str) -> str:
    for pattern, ours in _MISUSE:
        if found := pattern.fullmatch(message):
            return words.t(ours, **found.groupdict())
    return words.t(message)


def _paragraph(text: str) -> str:
    text = " ".join(text.split())
    if text.startswith(_EXAMPLE):
        return f"{words.t('Example')}: {text.removeprefix(_EXAMPLE)}"
    return words.t(text) if text else ""


def _option(text: str) -> str:
    found = _EXTRA.fullmatch(text)
    if found is None or not found["extra"]:
        return words.t(" ".join(text.split())) if text else text
    extra = found["extra"]
    for theirs, ours in _ADDED.items():
        extra = extra.replace(theirs, words.t(ours))
    help = words.t(" ".join(found["help"].split())) if found["help"] else ""
    return f"{help}  [{extra}]".strip()
