"""The columns of a result that a picture is asked for, or takes where it is not told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.notebook.result import Result


def known(result: Result, *names: str | None) -> None:
    """Raises `QueryError` for the first name that is no column."""
    for name in names:
        if name is not None and name not in result.columns:
            raise QueryError(f"no column {name!r}", hint=f"the columns are {', '.join(result.columns)}")


def two(
    result: Result, asked: tuple[str | None, str | None], fitting: Sequence[str], *, needs: str, hint: str
) -> tuple[str, str]:
    """The two columns that are asked for; in the place of one that is not, the next that fits.

    Raises `QueryError`, which says what the picture ``needs``, where there are not enough.
    """
    known(result, *asked)
    free = iter(column for column in fitting if column not in asked)
    first, second = (name or next(free, None) for name in asked)
    if first is None or second is None:
        raise QueryError(f"{needs}; the columns are {', '.join(result.columns)}", hint=hint)
    return first, second


def numbers(result: Result, column: str) -> list[float]:
    """The numbers of a column, 0 where nothing stands; raises `QueryError` where other things do."""
    known(result, column)
    values = result[column]
    if not all(v is None or isinstance(v, int | float) for v in values):
        raise QueryError(f"{column}: no column of numbers", hint="choose another column")
    return [float(v or 0) for v in values]
