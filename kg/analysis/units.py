"""Units of figures made comparable: 万元, 亿元 and 万亿元 become 亿元; what cannot be converted stays as it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Amount:
    """A value after conversion; ``dimension`` is what must be equal before two amounts are compared."""

    value: float
    value_max: float | None
    unit: str | None
    dimension: str

    def __str__(self) -> str:
        upper = "" if self.value_max is None else f"–{number(self.value_max)}"
        return f"{number(self.value)}{upper}{space(self.unit)}"


def amount(value: float, value_max: float | None, unit: str | None, *, money: bool = False) -> Amount:
    """A figure in the common unit of its dimension; ``money`` says what a bare 亿 or 万 counts.

    >>> print(amount(1.2, None, "万亿元"), amount(3000, 5000, "万元"), amount(100, None, "亿", money=True), sep=", ")
    12000 亿元, 0.3–0.5 亿元, 100 亿元
    """
    if unit is None:
        return Amount(value, value_max, None, "none")
    bare = words()["bare"]
    if unit in bare:
        factor, to, dimension = (bare[unit] * 1e-8, "亿元", "money") if money else (bare[unit], None, "count")
    else:
        factor, to, dimension = words()["units"].get(unit, (1, unit, unit))
    upper = None if value_max is None else _exact(value_max * factor)
    return Amount(_exact(value * factor), upper, to, dimension)


def dimension_name(dimension: str, language: str = "zh") -> str:
    """What a dimension is called; one that no table has is a unit, and is its own name.

    >>> dimension_name("points", "en"), dimension_name("吨/万元")
    ('percentage points', '吨/万元')
    """
    found = words()["dimensions"]["names"].get(dimension)
    return str(found[language == "en"]) if found else dimension


def number(value: float) -> str:
    """A number as people write it, without a needless end.

    >>> number(4500.0), number(0.8), number(1133.6)
    ('4500', '0.8', '1133.6')
    """
    return f"{value:.12g}"


def space(unit: str | None) -> str:
    """A unit as it stands after a number: after a space, but for signs.

    >>> space("亿元"), space("%"), space(None)
    (' 亿元', '%', '')
    """
    return "" if unit is None else unit if not unit[:1].isalnum() else f" {unit}"


@cache
def words() -> Mapping[str, Any]:
    """The table of units and wordings, ``data/figures.toml``."""
    return tomllib.loads(Path(__file__).with_name("data").joinpath("figures.toml").read_text("utf-8"))


def _exact(value: float) -> float:
    return float(f"{value:.12g}")  # 0.3 rather than 0.30000000000000004
