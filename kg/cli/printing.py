"""Printing: machine output as it is, tables for people, errors as one line."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from kg.cli.words import main_language
from kg.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 120
_SHORT, _LONG = 18, 44


def put(text: str) -> None:
    """Writes text to standard output as it is."""
    sys.stdout.write(text)


def put_bytes(data: bytes) -> None:
    """Writes UTF-8 bytes to standard output unchanged, line ends included."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def put_json(value: Any) -> None:
    """Prints a value as readable JSON with Chinese as it is."""
    put(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def put_line(value: Any) -> None:
    """Prints a value as one line of JSON."""
    put(json.dumps(value, ensure_ascii=False) + "\n")


def note(text: str) -> None:
    """Prints a remark for a person to standard error."""
    print(text, file=sys.stderr)


def write_file(path: Path, data: bytes) -> None:
    """Writes a file; raises `InputError` where it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="choose another place") from error


def console(to: TextIO | None = None) -> Console:
    """A rich console that is as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    out = to or sys.stdout
    width = None if out.isatty() else shutil.get_terminal_size((PIPE_WIDTH, 40)).columns
    return Console(file=out, width=width, highlight=False, soft_wrap=False, emoji=False, markup=False)


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *,
    caption: str = "", title: str = "", right: Sequence[int] = (), to: TextIO | None = None,
) -> None:  # fmt: skip
    """Prints a table whose cells wrap; ``right`` are the columns that hold numbers."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    body = [list(map(Text, row)) for row in rows]
    long = sum(any(cell.cell_len > _LONG for cell in row) for row in body)
    lines = long * 4 > len(body)  # rows of several lines need something between them
    drawn = Table(
        box=box.HORIZONTALS, caption=caption or None, title=title or None, show_lines=lines,
        padding=(0, 1, 0, 0), show_edge=False,
    )  # fmt: skip
    for n, name in enumerate(columns):
        # numbers and short words stay whole; what is long shares the rest of the width
        widest = max((row[n].cell_len for row in body), default=0)
        kept = widest if n in right or widest <= _SHORT else None
        drawn.add_column(
            Text(name), justify="right" if n in right else "left", overflow="fold", min_width=kept
        )
    for row in body:
        drawn.add_row(*row)
    console(to).print(drawn)


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table.

    >>> markdown(["a"], [["x|y"]])
    '| a |\\n| --- |\\n| x\\\\|y |\\n'
    """
    lines = [list(columns), ["---"] * len(columns), *map(list, rows)]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def headings(columns: Iterable[str]) -> list[str]:
    """The titles of columns in the language that is asked for; a column without a translation keeps its name."""
    from kg.queries import columns as known

    return known.headings(columns, main_language())


def _cell(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
