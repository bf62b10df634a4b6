"""Long tables as data, from which assets/table.js makes the rows: a third of the bytes of the same in HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.views.site.tables import Table, Value

MOST = 60
"""Tables with more rows are packed."""


def packed(table: Table, href: Callable[[Value], str]) -> dict[str, Any]:
    """The rows of a table: each cell a list of numbers of ``values``, each of these ``[zh, en, href, quote]``.

    What is empty at the end of a value is left out; ``quote`` is 1 for the words of a document.

    >>> from kg.views.site.tables import Column, text
    >>> packed(Table("k", "", "", (Column("a", "", ""),), ((text("甲", "A"),), (text("甲", "A"),))), lambda v: "")
    {'values': [['甲', 'A']], 'rows': [[[0]], [[0]]]}
    """
    values: dict[tuple[Any, ...], int] = {}

    def number(value: Value) -> int:
        entry = [value.zh, "" if value.en == value.zh else value.en, href(value), 1 if value.place else ""]
        while len(entry) > 1 and entry[-1] == "":
            entry.pop()
        return values.setdefault(tuple(entry), len(values))

    rows = [[[number(value) for value in cell] for cell in row] for row in table.rows]
    return {"values": [list(entry) for entry in values], "rows": rows}
