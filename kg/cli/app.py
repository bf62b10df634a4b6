"""The ``kg`` command: its sub-commands, and what happens when something goes wrong.

Modules of sub-commands import what they need when they run, so that ``kg --help`` stays fast.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from kg.cli import (
    ask,
    audit,
    build,
    check,
    compare,
    diff,
    evaluate,
    export,
    mcp,
    picture,
    read,
    reuse,
    serve,
    show,
    site,
    specialisation,
    structure,
    targets,
)
from kg.cli.help import Command, page
from kg.cli.words import helping
from kg.errors import KgError

UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # typer brings click along, or not, by version
MISUSE = 2


class Commands(TyperGroup):
    """The group of sub-commands: a mistake of the user is one line on standard error and exit status 2."""

    def main(self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any) -> Any:  # type: ignore[override]
        """Runs the command line; returns its status where ``standalone_mode`` is off."""
        _prepare_streams()
        status = self._status(args, **extra)
        if not standalone_mode:
            return status
        _leave(status)

    def _status(self, args: Sequence[str] | None, **extra: Any) -> int:
        try:
            status = super().main(args, standalone_mode=False, **{"prog_name": "kg", **extra})
            sys.stdout.flush()
            return status if isinstance(status, int) else 0
        except BrokenPipeError:
            _close_quietly()
            return 0
        except UsageError as error:
            _usage(error)
        except KgError as error:
            _complain(error)
        except (KeyboardInterrupt, typer.Abort):
            return 130
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _print_error(f"{where}{error.strerror or error}", "")
        return MISUSE

    def get_help(self, ctx: Any) -> str:
        """The page that ``--help`` prints."""
        return page(ctx)

    def invoke(self, ctx: Any) -> Any:
        """Runs a sub-command; a reader that has gone away ends it quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _close_quietly()
            raise typer.Exit(0) from None


app = typer.Typer(
    name="kg",
    cls=Commands,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(
    invoke_without_command=True,
    help=helping(
        "把医药产业政策文件变成可追溯原文的知识图谱。",
        "Chinese pharma-industry policy as a knowledge graph in which every statement keeps its sentence.",
    ),
)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help=helping("显示版本。", "Show the version."))
    ] = False,
) -> None:
    if version:
        from importlib.metadata import PackageNotFoundError
        from importlib.metadata import version as of

        try:
            print(f"pharma-policy-kg {of('pharma-policy-kg')}")
        except PackageNotFoundError:
            print("pharma-policy-kg (not installed)")
    elif context.invoked_subcommand is None:
        print(context.get_help())


app.command("build", cls=Command, help=build.HELP)(build.build)
app.command("query", cls=Command, help=ask.QUERY_HELP)(ask.query)
app.command("queries", cls=Command, help=ask.QUERIES_HELP)(ask.queries)
app.command("show", cls=Command, help=show.HELP)(show.show)
app.command("facts", cls=Command, help=read.FACTS_HELP)(read.facts)
app.command("stats", cls=Command, help=read.STATS_HELP)(read.stats)
app.command("validate", cls=Command, help=check.HELP)(check.validate)
app.command("eval", cls=Command, help=evaluate.HELP)(evaluate.evaluate)
app.command("audit", cls=Command, help=audit.HELP)(audit.audit)
app.command("overlaps", cls=Command, help=compare.OVERLAPS_HELP)(compare.overlaps)
app.command("compare", cls=Command, help=compare.COMPARE_HELP)(compare.compare)
app.command("specialisation", cls=Command, help=specialisation.HELP)(specialisation.specialisation)
app.command("structure", cls=Command, help=structure.HELP)(structure.structure)
app.command("diff", cls=Command, help=diff.HELP)(diff.diff)
app.command("targets", cls=Command, help=targets.HELP)(targets.targets)
app.command("reuse", cls=Command, help=reuse.HELP)(reuse.reuse)
app.command("viz", cls=Command, help=picture.HELP)(picture.viz)
app.command("export", cls=Command, help=export.HELP)(export.export)
app.command("site", cls=Command, help=site.HELP)(site.site)
app.command("mcp", cls=Command, help=mcp.HELP)(mcp.mcp)
app.command("serve", cls=Command, help=serve.HELP)(serve.serve)


def main() -> NoReturn:
    """The entry point of the ``kg`` command."""
    app()
    raise SystemExit(0)


def _complain(error: KgError) -> None:
    from kg.graph.lookup import Ambiguous

    _print_error(error.problem, error.hint)
    for line in getattr(error, "__notes__", ()):
        print(line, file=sys.stderr)
    if isinstance(error, Ambiguous):
        sys.stderr.write(show.candidates(error))


def _usage(error: Any) -> None:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "kg"
    _print_error(
        error.format_message().replace("Value error, ", "").rstrip("."), f"{command} --help", command
    )


def _print_error(problem: str, hint: str, command: str = "kg") -> None:
    from kg.cli.messages import lines

    first, *rest = (" ".join(line.split()) for line in lines(problem, hint))
    print(f"{command}: {first}", *(f"  {line}" for line in rest), sep="\n", file=sys.stderr)


def _prepare_streams() -> None:
    """Pipes and files get UTF-8 whatever the locale; a terminal keeps its encoding, and nothing fails on it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and stream.isatty():
            reconfigure(errors="replace")
        elif reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _close_quietly() -> None:
    """Sends what is still to be printed nowhere, so that the end of the program does not complain, either."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = None


def _leave(status: int) -> NoReturn:
    if any(t.name == "kg-query" and t.is_alive() for t in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # a query past its time limit cannot be stopped, and would keep the program
    gc.freeze()  # else the interpreter looks through all that a build made for cycles: a second for nothing
    sys.exit(status)
