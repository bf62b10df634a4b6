"""The measured quality of extraction that ships with the package: ``measured.toml``, and the command that writes it.

``python -m kg.evaluation.measured GOLD… [--texts DIR] [--unseen] --date YYYY-MM-DD`` prints one ``[[measurement]]``.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import VocabularyError
from kg.evaluation.report import Report
from kg.graph.quality import Quality
from kg.model import FACT_TYPES

_FILE = Path(__file__).with_name("measured.toml")


@cache
def measured_quality() -> tuple[Quality, ...]:
    """The quality of extraction by type of fact, in order of the file; raises `VocabularyError` for a broken file.

    >>> all(0 <= q.recall <= 1 for q in measured_quality())
    True
    """
    try:
        content = tomllib.loads(_FILE.read_text("utf-8"))
        return tuple(
            Quality(
                type_, float(scores["recall"]), float(scores["precision"]), int(scores["gold"]),
                tuple(one["documents"]), str(one["date"]), bool(one["unseen"]),
            )
            for one in content.get("measurement", [])
            for type_, scores in one["types"].items()
        )  # fmt: skip
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise VocabularyError(f"{_FILE.name}: {error!r}", hint="mend the file") from error


def expected(type_: str) -> Quality | None:
    """The quality to expect on a new document: on unseen documents where it was measured, the latest; none if never."""
    found = [q for q in measured_quality() if q.type == type_ and q.gold]
    return max(found, key=lambda q: (q.unseen, q.date), default=None)


def as_toml(report: Report, date: str, *, unseen: bool) -> str:
    """A measurement as it stands in the file; types without gold facts are left out."""
    docs = ", ".join(f'"{doc}"' for doc in report.documents)
    lines = [
        "[[measurement]]", f'date = "{date}"', f"unseen = {str(unseen).lower()}", f"documents = [{docs}]",
        "[measurement.types]",
    ]  # fmt: skip
    width = max(map(len, FACT_TYPES))
    for type_, one in report.by_type.items():
        scores = f"recall = {one.recall:.3f}, precision = {one.precision:.3f}, gold = {one.gold}"
        lines.append(f"{type_:{width}} = {{ {scores} }}")
    return "\n".join(lines) + "\n"


def main(given: Sequence[str]) -> int:
    """Measures extraction on gold files and folders and prints the measurement."""
    from kg.evaluation.marks import annotated, measure

    parser = argparse.ArgumentParser(prog="python -m kg.evaluation.measured", description=main.__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="gold files and folders")
    parser.add_argument(
        "--texts", type=Path, help="folder of the documents; that of the shipped ones by default"
    )
    parser.add_argument(
        "--unseen", action="store_true", help="nobody who wrote rules consulted the documents"
    )
    parser.add_argument("--date", required=True, help="YYYY-MM-DD")
    asked: Any = parser.parse_args(given)
    print(as_toml(measure(annotated(asked.gold, asked.texts)), asked.date, unseen=asked.unseen), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
