"""Help pages, laid out here because typer's cut Chinese words that do not fit their column."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from typer.core import TyperCommand

from kg.cli.words import say

_WIDEST = 110


class Command(TyperCommand):
    """A sub-command with a help page of ours."""

    def get_help(self, ctx: Any) -> str:
        """The page that ``--help`` prints."""
        return page(ctx)


@dataclass(frozen=True, slots=True)
class Param:
    """An option or argument as its user sees it; ``default`` and ``env`` are empty where there are none."""

    names: str
    value: str
    help: str
    argument: bool
    required: bool
    default: str
    env: str


def params(command: Any) -> list[Param]:
    """The arguments and options of a command, in order of declaration, without ``--help``."""
    found: list[Param] = []
    for p in command.params:
        argument = p.param_type_name == "argument"
        value = p.metavar or (
            str(p.name).upper() if argument else ""
        )  # an option without a metavar is a flag
        shown = getattr(p, "show_default", True) is not False and value and p.default not in (None, (), [])
        found.append(
            Param(
                value if argument else ", ".join(reversed(p.opts)), "" if argument else value,
                getattr(p, "help", "") or "", argument, bool(p.required),
                _plain(p.default) if shown else "",
                str(getattr(p, "envvar", None) or ""),
            )
        )  # fmt: skip
    return found


def subcommands(command: Any) -> Mapping[str, Any]:
    """The sub-commands of a command, in order; none where it has none."""
    return getattr(command, "commands", {})


def usage(command: Any, path: str) -> str:
    """The line that shows how a command is written."""
    known = params(command)
    arguments = (
        p.names if p.required or p.names.startswith("[") else f"[{p.names}]" for p in known if p.argument
    )
    tail = ["COMMAND …"] if subcommands(command) else list(arguments)
    return " ".join((path, "[OPTIONS]", *tail))


def page(ctx: Any) -> str:
    """The help page of a command as text, as wide as the terminal."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    colour = sys.stdout.isatty()
    text = StringIO()
    width = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
    out = Console(file=text, width=width, force_terminal=colour, highlight=False, markup=False, emoji=False)
    out.print(
        Text.assemble((say("用法", "Usage"), "bold"), ": ", usage(ctx.command, ctx.command_path)),
        overflow="fold",
    )
    out.print()
    for line in _lines(ctx.command.help or ""):
        out.print(Padding(Text(line, overflow="fold"), (0, 2)))
    for title, rows in _blocks(ctx.command):
        out.print(Text(f"\n{title}", style="bold"))
        grid = Table(box=None, show_header=False, padding=(0, 2), pad_edge=True)
        grid.add_column(style="cyan", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, about in rows:
            grid.add_row(Text(name), Text(about))
        out.print(grid)
    return "\n".join(line.rstrip() for line in text.getvalue().rstrip().splitlines())


def _blocks(command: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    known = params(command)
    arguments = [(p.names, _about(p)) for p in known if p.argument]
    options = [(f"{p.names} {p.value}".strip(), _about(p)) for p in known if not p.argument]
    if arguments:
        yield say("参数", "Arguments"), arguments
    yield (
        say("选项", "Options"),
        [*options, ("-h, --help", say("显示帮助。", "Show this help.", between="\n"))],
    )
    if below := subcommands(command):
        yield say("命令", "Commands"), [(name, "\n".join(_lines(c.help or ""))) for name, c in below.items()]


def _about(param: Param) -> str:
    extra = [f"{say('默认', 'default', between=' ')}: {param.default}"] if param.default else []
    extra += [f"{say('环境变量', 'environment', between=' ')}: {param.env}"] if param.env else []
    return "\n".join([*_lines(param.help), *([f"[{'; '.join(extra)}]"] if extra else [])])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(getattr(value, "value", value))
