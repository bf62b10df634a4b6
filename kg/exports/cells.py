"""Values as cells of a csv file, so that a spreadsheet runs nothing and nothing is lost: `write` and `read`."""

from __future__ import annotations

import re
from typing import Any, Literal

from kg.queries.spreadsheet import guarded

Form = Literal["text", "integer", "number", "list"]

SEPARATOR = "；"
_PIECE = re.compile(r"\\.|.", re.DOTALL)


def write(value: Any) -> str:
    """The cell of a value: empty for None, lists joined by ``；``.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; so does one that begins with an
    apostrophe, so that `read` knows which is whose.

    >>> write("=cmd|' /C calc'!A0"), write(["抗体药物", "细胞治疗"]), write(1133.6), write(None)
    ("'=cmd|' /C calc'!A0", '抗体药物；细胞治疗', '1133.6', '')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return _marked(SEPARATOR.join(_escaped(str(v)) for v in value))
    return _marked(value) if isinstance(value, str) else str(value)


def read(cell: str, form: Form) -> Any:
    """The value of a cell that `write` made; an empty cell is None, or an empty list.

    >>> read("'=1+1", "text"), read("抗体药物；细胞治疗", "list"), read("10", "number"), read("", "text")
    ('=1+1', ['抗体药物', '细胞治疗'], 10, None)
    """
    if form == "list":
        return _parts(cell.removeprefix("'"))
    if cell == "":
        return None
    if form == "integer":
        return int(cell)
    if form == "number":
        return float(cell) if re.search(r"[.eEn]", cell) else int(cell)
    return cell.removeprefix("'")


def _marked(text: str) -> str:
    return f"'{text}" if text.startswith("'") else guarded(text)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}")


def _parts(cell: str) -> list[str]:
    """The values of a list: a separator parts them unless a backslash stands before it."""
    if not cell:
        return []
    parts = [""]
    for piece in _PIECE.findall(cell):
        if piece == SEPARATOR:
            parts.append("")
        else:
            parts[-1] += piece[-1]  # without the backslash that protects it
    return parts
