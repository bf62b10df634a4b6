"""Tables as csv: UTF-8 with the mark that Excel asks for, line ends of RFC 4180, formulas disarmed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.exports.cells import write
from kg.exports.source import Source
from kg.exports.tables import tables


def write_csv(source: Source, folder: Path) -> None:
    """Writes one file a type of fact, such as ``cluster.csv``; the first line has the keys of the columns."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables(source):
        rows = ([write(value) for value in row] for row in table.rows)
        put(folder / f"{table.name}.csv", [c.key for c in table.columns], rows, mark=True)


def put(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], *, mark: bool) -> None:
    """Writes one file; ``mark`` puts the byte order mark in front, which spreadsheets want and databases do not."""
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as to:
        writer = csv.writer(to, lineterminator="\r\n" if mark else "\n")
        writer.writerow(header)
        writer.writerows(rows)
