"""Rows as csv for spreadsheets, in which no text is taken for a formula: the one place that knows how."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

BOM = b"\xef\xbb\xbf"
"""The byte order mark, without which Excel misreads Chinese."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FIELD = re.compile(r'"((?:[^"]|"")*)"|[^",\r\n]+')
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def guarded(text: str) -> str:
    """A text with an apostrophe in front where a spreadsheet would take it for a formula.

    >>> guarded("+86"), guarded("泰州")
    ("'+86", '泰州')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def sheet(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, excel: bool = False, line_end: str = "\n"
) -> bytes:
    """Rows as csv in UTF-8, numbers and truths as they are in JSON, nothing for None, texts `guarded`.

    For ``excel`` the file begins with the byte order mark.

    >>> sheet(["field", "n"], [["=1+1", 2], [None, True]]).decode()
    "field,n\\n'=1+1,2\\n,true\\n"
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (BOM if excel else b"") + out.getvalue().encode("utf-8", "surrogatepass")


def disarmed(answer: bytes) -> bytes:
    """The csv of a SPARQL answer as a spreadsheet may open it: byte order mark, texts `guarded`, numbers as they are.

    >>> disarmed(b'x,y\\r\\n-1.5,"=1,1"\\r\\n').decode("utf-8-sig")
    'x,y\\r\\n-1.5,"\\'=1,1"\\r\\n'
    """
    return BOM + _FIELD.sub(_disarmed, answer.decode("utf-8", "surrogatepass")).encode(
        "utf-8", "surrogatepass"
    )


def _disarmed(field: re.Match[str]) -> str:
    if field[1] is not None:
        return f'"{guarded(field[1])}"'
    return field[0] if _NUMBER.fullmatch(field[0]) else guarded(field[0])


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value
