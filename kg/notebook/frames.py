"""Rows as frames and files: pandas and Polars are imported only here, when asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, MissingExtra
from kg.notebook.cells import text
from kg.queries.spreadsheet import guarded

if TYPE_CHECKING:
    import pandas
    import polars


def pandas_frame(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> pandas.DataFrame:
    """A pandas DataFrame: texts as strings, numbers as Int64 or float64, truth as boolean, dates as objects.

    Raises `MissingExtra` where pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtra("pandas", extra="notebook") from error
    made = {name: pd.Series(values, dtype=_dtype(values)) for name, values in _columns(columns, rows)}
    return pd.DataFrame(made, columns=list(columns))


def polars_frame(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> polars.DataFrame:
    """A Polars DataFrame with the types of the values; raises `MissingExtra` where Polars is not installed."""
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtra("polars", extra="polars") from error
    return pl.DataFrame(
        {
            name: pl.Series(name, values, strict=False, dtype=None if any(v is not None for v in values) else pl.String)
            for name, values in _columns(columns, rows)
        }
    )  # fmt: skip


def write_csv(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], path: str | Path, *, excel: bool = False
) -> Path:
    """Writes rows as CSV in UTF-8 and says where; raises `InputError` where the file cannot be written.

    For ``excel`` the file begins with a byte-order mark, and a text that a spreadsheet would take for a formula
    gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(cell) if excel else text(cell) for cell in row])
    target = Path(path)
    try:
        target.write_bytes(out.getvalue().encode("utf-8-sig" if excel else "utf-8", "surrogatepass"))
    except OSError as error:
        raise InputError(f"{target}: {error.strerror}", hint="choose another place") from error
    return target


def _columns(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[tuple[str, list[Any]]]:
    found = [list(row) for row in rows]
    for n, name in enumerate(columns):
        yield name, _even([_plain(row[n]) for row in found])


def _even(values: list[Any]) -> list[Any]:
    """Values of one type, as a frame wants them: numbers beside each other as floats, else all as texts."""
    types = {type(v) for v in values if v is not None}
    if len(types) < 2:
        return values
    if types == {int, float}:
        return [None if v is None else float(v) for v in values]
    return [None if v is None else text(v) for v in values]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _dtype(values: list[Any]) -> str:
    types = {type(v) for v in values if v is not None}
    known = {str: "string", int: "Int64", float: "float64", bool: "boolean"}
    return known.get(next(iter(types)), "object") if len(types) == 1 else "object" if types else "string"


def _safe(value: Any) -> str:
    shown = text(value)
    return guarded(shown) if isinstance(value, str) else shown
