"""`tratin`: the group of all commands. A command's module is imported when it is called, so starting costs little."""

from __future__ import annotations

import importlib
import sys
import traceback
from contextlib import nullcontext
from pathlib import Path

import click

import tratin
from tratin.cli import help_format, words

UNFORESEEN = "this went wrong in a way that Tra Tin does not foresee"

COMMANDS = {
    "demo": "tratin.cli.demo:demo",
    "crawl": "tratin.cli.crawl:crawl",
    "update": "tratin.cli.crawl:update",
    "sites": "tratin.cli.sites:sites",
    "extract": "tratin.cli.sites:extract",
    "import": "tratin.cli.store:import_",
    "withdraw": "tratin.cli.store:withdraw",
    "stats": "tratin.cli.upkeep:stats",
    "verify": "tratin.cli.upkeep:verify",
    "backup": "tratin.cli.upkeep:backup",
    "restore": "tratin.cli.upkeep:restore",
    "reindex": "tratin.cli.index:reindex",
    "segment": "tratin.cli.segment:segment",
    "annotate": "tratin.cli.annotate:annotate",
    "search": "tratin.cli.search:search",
    "rank-diff": "tratin.cli.rank_diff:rank_diff",
    "check": "tratin.cli.check:check",
    "statements": "tratin.cli.statements:statements",
    "officials": "tratin.cli.officials:officials",
    "office": "tratin.cli.officials:office",
    "organisations": "tratin.cli.organisations:organisations",
    "alert": "tratin.cli.alert:alert",
    "serve": "tratin.cli.serve:serve",
}


class CommandTable(click.Group):
    """A click group whose commands are looked up in COMMANDS and imported late."""

    context_class = help_format.Call

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return help_format.worded(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with what it does, in the language of the call."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, about(command)) for name, command in found if command])


@click.group(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var"),
    envvar="TRATIN_DATA",
    show_default=True,
    show_envvar=True,
    help="The folder that holds everything Tra Tin keeps.",
)
@click.option(
    "--lang",
    type=click.Choice(words.LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, value: words.choose(context, value),
    help="Language of results and messages; the locale's unless given (TRATIN_LANG, LC_ALL, LC_MESSAGES, LANG).",
)
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.version_option(tratin.__version__, prog_name="tratin")
@click.pass_context
def cli(ctx: click.Context, data: Path, debug: bool) -> None:
    """Tra Tin: look up Vietnamese government news, by topic and by official.

    Exit status: 0 done, 1 nothing found or incomplete, 2 misuse or failure.

    Example: tratin search '"dân vận khéo" Hà Tĩnh' --from 2023-01-01
    """
    ctx.obj = data


def main() -> None:
    """Run the command line; turn every error into one line on stderr and exit status 2."""
    debug = "--debug" in sys.argv
    try:
        left = cli.main(standalone_mode=False)
        sys.exit(left if isinstance(left, int) else 0)
    except click.UsageError as error:
        with error.ctx.scope(cleanup=False) if error.ctx else nullcontext():
            click.echo(help_format.misuse(error), err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        stopped = words.t("interrupted; everything kept so far is usable, run the command again to go on")
        click.echo(f"tratin: {stopped}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the front door is where a traceback stops
        if debug:
            traceback.print_exc()
        click.echo(f"tratin: {sentence(error)}", err=True)
        sys.exit(2)


def about(command: click.Command) -> str:
    """The first sentence of a command's help, in English."""
    return " ".join((command.help or "").partition("\n\n")[0].split())


def sentence(error: Exception) -> str:
    if isinstance(error, click.ClickException):
        return error.format_message()
    reason = " ".join(str(error).split())
    if type(error).__module__.split(".")[0] in {"tratin", "crawler", "index", "search", "web"} and reason:
        return reason
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror}; {words.t('check the path, its permissions and the free space')}"
    report = words.t("run it again with --debug, and report what it says")
    return f"{words.t(UNFORESEEN)} ({reason or type(error).__name__}): {report}"
