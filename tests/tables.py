"""Tables of examples as plain text: a line for each, ``text → what is expected | more of it``.

A line that begins with ``#`` says what the rows under it specify, and gives them their names in a report. ``⏎`` is a line
end inside a text. A row that ends in ``✗ why`` is one that fails by now: it is expected to, and a pass is reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet


def rows(table: str, *, columns: int = 2) -> list[ParameterSet]:
    """The rows as parameters: the text, then a list for each further column; an empty column is an empty list.

    >>> [p.values for p in rows("# plain lists\\n甲、乙 → 甲 | 乙\\n丙 →")]
    [('甲、乙', ['甲', '乙']), ('丙', [])]
    """
    found: list[ParameterSet] = []
    title, n = "row", 0
    for line in filter(None, map(str.strip, table.splitlines())):
        if line.startswith("#"):
            title, n = line.strip("# "), 0
            continue
        n += 1
        said, _, why = (part.strip() for part in line.partition("✗"))
        text, *cells = (cell.strip() for cell in said.split("→"))
        assert len(cells) == columns - 1, f"{line}: {len(cells) + 1} columns"
        listed = ([part.strip() for part in cell.split("|") if part.strip()] for cell in cells)
        marks = pytest.mark.xfail(strict=True, reason=why) if why else ()
        found.append(pytest.param(text.replace("⏎", "\n"), *listed, id=f"{title} {n}", marks=marks))
    return found
