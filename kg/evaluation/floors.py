"""Floors under the marks: ``python -m kg.evaluation.floors GOLD…`` prints the lenient F1 minus a hundredth as TOML."""

from __future__ import annotations

import math
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.report import Report
from kg.model import FACT_TYPES

SLACK = 0.01


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """The floors of a file by document and type; raises `InputError` for what is no floor."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: {error}", hint="mend the TOML") from error
    for doc, floors in content.items():
        for type_, floor in floors.items() if isinstance(floors, Mapping) else [("", None)]:
            if type_ not in FACT_TYPES or not isinstance(floor, int | float) or not 0 <= floor <= 1:
                raise InputError(f"{path}: {doc}: {type_} = {floor}", hint="write type = F1, from 0 to 1")
    return content


def floors(report: Report, slack: float = SLACK) -> dict[str, dict[str, float]]:
    """The lenient F1 of each document and type less the slack, rounded down to a thousandth, at least 0."""
    return {
        doc: {t: max(0.0, math.floor((one.f1 - slack) * 1000 + 1e-9) / 1000) for t, one in types.items()}
        for doc, types in report.by_document.items()
    }


def as_toml(by_document: Mapping[str, Mapping[str, float]]) -> str:
    """Floors as a file.

    >>> print(as_toml({"d": {"cites": 0.5}}), end="")
    [d]
    cites = 0.500
    """
    tables = (
        f"[{doc}]\n" + "".join(f"{t} = {floor:.3f}\n" for t, floor in types.items())
        for doc, types in sorted(by_document.items())
    )
    return "\n".join(tables)


def main(paths: Sequence[str]) -> int:
    """Extracts the annotated documents and prints the floors that would hold now."""
    from kg.evaluation.marks import annotated, measure

    print(as_toml(floors(measure(annotated([Path(p) for p in paths])))), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
