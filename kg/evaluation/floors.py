"""Floors under the marks: ``python -m kg.evaluation.floors GOLD…`` prints the scores less a hundredth as TOML.

A floor is one of the lenient F1 of a type (``cluster``), or of how well its matched facts agree on what has a mark of its
own: ``"cluster.region"``, ``"cluster.fields"``, ``"document.details"``.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping, Sequence
from math import floor
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.report import Report
from kg.evaluation.tally import Tally
from kg.model import FACT_TYPES

SLACK = 0.01


def scores(types: Mapping[str, Tally]) -> dict[str, float]:
    """The scores that have floors, of one document: the F1 of each type, and the agreement on some details."""
    found = {t: one.f1 for t, one in types.items()}
    clusters, about = (types.get(t, Tally()).agreement() for t in ("cluster", "document"))
    if clusters:
        found["cluster.region"], found["cluster.fields"] = clusters["region"], clusters["fields_f1"]
    if about:
        found["document.details"] = sum(about.values()) / len(about)
    return dict(sorted(found.items()))


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """The floors of a file by document and score; raises `InputError` for what is no floor."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: {error}", hint="mend the TOML") from error
    for doc, listed in content.items():
        for name, least in listed.items() if isinstance(listed, Mapping) else [("", None)]:
            known = name.partition(".")[0] in FACT_TYPES
            if not known or not isinstance(least, int | float) or not 0 <= least <= 1:
                raise InputError(f"{path}: {doc}: {name} = {least}", hint="write type = F1, from 0 to 1")
    return content


def floors(report: Report, slack: float = SLACK) -> dict[str, dict[str, float]]:
    """The scores of each document less the slack, rounded down to a thousandth, at least 0."""
    return {
        doc: {
            name: max(0.0, floor((value - slack) * 1000 + 1e-9) / 1000)
            for name, value in scores(types).items()
        }
        for doc, types in report.by_document.items()
    }


def as_toml(by_document: Mapping[str, Mapping[str, float]]) -> str:
    """Floors as a file.

    >>> print(as_toml({"d": {"cites": 0.5}}), end="")
    [d]
    cites = 0.500
    """
    tables = (
        f"[{doc}]\n" + "".join(f"{_key(name)} = {value:.3f}\n" for name, value in listed.items())
        for doc, listed in sorted(by_document.items())
    )
    return "\n".join(tables)


def _key(name: str) -> str:
    return f'"{name}"' if "." in name else name


def main(paths: Sequence[str]) -> int:
    """Extracts the annotated documents and prints the floors that would hold now."""
    from kg.evaluation.marks import annotated, measure

    print(as_toml(floors(measure(annotated([Path(p) for p in paths])))), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
