"""Tables as csv: UTF-8 with the mark that Excel asks for, line ends of RFC 4180, formulas disarmed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kg.exports.cells import write
from kg.exports.source import Source
from kg.exports.tables import columns, rows
from kg.model import FACT_TYPES


def write_csv(source: Source, folder: Path) -> None:
    """Writes one file a type of fact, such as ``cluster.csv``; the first line has the keys of the columns.

    One document is in memory at a time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        writers = {}
        for type_ in FACT_TYPES:
            to = files.enter_context((folder / f"{type_}.csv").open("w", encoding="utf-8-sig", newline=""))
            writers[type_] = csv.writer(to, lineterminator="\r\n")
            writers[type_].writerow([column.key for column in columns(type_)])
        for type_, row in rows(source):
            writers[type_].writerow([write(value) for value in row])


def put(path: Path, header: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """Writes one file for a database: no byte order mark, texts as they are."""
    with path.open("w", encoding="utf-8", newline="") as to:
        writer = csv.writer(to, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
