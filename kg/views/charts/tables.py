"""Tables as csv for people who work in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.queries.spreadsheet import sheet
from kg.views.site.page import File


def csv_file(path: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> File:
    """A csv file as Excel asks for it, in which no text is a formula.

    >>> csv_file("a.csv", ["n"], [["=1+1"], [-2]]).content.decode("utf-8-sig").split()
    ['n', "'=1+1", '-2']
    """
    return File(path, sheet(header, rows, excel=True, line_end="\r\n"))
