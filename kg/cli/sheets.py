"""Sheets: rows as csv, for other programs on standard output and for Excel in a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.printing import put_bytes, put_json, write_file
from kg.cli.words import helping, main_language
from kg.errors import QueryError
from kg.queries.spreadsheet import sheet

if TYPE_CHECKING:
    from kg.analysis.claims import Claim

CsvOption = Annotated[bool, typer.Option("--csv", help=helping("输出 CSV。", "Print csv."))]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=1,
        show_default=False,
        help=helping(
            "最多列出多少对（表格默认 20，数据默认全部）。",
            "At most so many pairs (20 in the table, all in data).",
        ),
    ),
]
RowsOption = Annotated[
    int,
    typer.Option(
        "--limit",
        metavar="N",
        min=1,
        help=helping("每张表最多列出多少行；数据总是全部。", "At most so many rows a table; data have all."),
    ),
]


def check_formats(output: object, as_json: bool, as_csv: bool) -> None:
    """Raises `QueryError` where two formats are asked for at once, or a file without a format."""
    if as_json and as_csv:
        raise QueryError("--json and --csv", hint="ask for one of them")
    if output is not None and not (as_json or as_csv):
        raise QueryError("--output writes data", hint="add --csv or --json")


def put_sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]], to: Path | None) -> None:
    """Prints rows as csv, or writes them to a file for Excel."""
    data = sheet(columns, rows, excel=to is not None)
    if to is None:
        put_bytes(data)
    else:
        write_file(to, data)


def put_data(value: Any, to: Path | None) -> None:
    """Prints a value as JSON, or writes it to a file."""
    if to is None:
        put_json(value)
        return
    import json

    write_file(to, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass"))


def title(zh: str, en: str) -> str:
    """The title of a column: Chinese, English where it is asked for."""
    return en if main_language() == "en" else zh


def short(text: str, longest: int = 60) -> str:
    """A quote on one line, its middle left out where it is long.

    >>> short("重点发展抗体药物、细胞治疗和新型疫苗", 12)
    '重点发展抗 … 和新型疫苗'
    """
    flat = " ".join(text.split())
    half = (longest - 2) // 2
    return flat if len(flat) <= longest else f"{flat[:half]} … {flat[-half:]}"


def ending(text: str, longest: int) -> str:
    """A quote on one line, its beginning left out where it is long: of a target the amount stands last.

    >>> ending("到2025年，产值达到5000亿元", 8)
    '…达到5000亿元'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"…{flat[-longest:]}"


def quoted(claims: Sequence[Claim]) -> str:
    """The first quote of claims, `short`; nothing where there are none."""
    return f"「{short(claims[0].evidence.quote)}」" if claims else ""


def place(claims: Sequence[Claim]) -> list[Any]:
    """The first place of claims as cells: document, start, end and quote."""
    at = claims[0].evidence
    return [at.doc, at.start, at.end, at.quote]
