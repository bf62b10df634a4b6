"""Tables as csv for people who work in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kg.views.site.page import File

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(path: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> File:
    """A csv file in UTF-8 with BOM, which Excel asks for; a text that it would take for a formula gets an apostrophe.

    >>> csv_file("a.csv", ["n"], [["=1+1"], [-2]]).content.decode("utf-8-sig").split()
    ['n', "'=1+1", '-2']
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return File(path, text.getvalue().encode("utf-8-sig", "replace"))


def _cell(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
