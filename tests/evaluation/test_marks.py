"""The marks of extraction on the annotated documents do not fall under their floors (``tests/gold/floors.toml``).

After an improvement: ``python -m kg.evaluation.floors tests/gold > tests/gold/floors.toml`` (keep the head of the file).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluation.floors import read_floors, scores
from kg.evaluation.marks import annotated, measure
from kg.evaluation.report import Report

GOLD = Path(__file__).parent.parent / "gold"
FLOORS = read_floors(GOLD / "floors.toml")


@pytest.fixture(scope="session")
def report() -> Report:
    """The five documents, extracted once."""
    return measure(annotated([GOLD]))


def test_every_score_has_a_floor(report: Report) -> None:
    assert {doc: sorted(floors) for doc, floors in FLOORS.items()} == {
        doc: sorted(scores(types)) for doc, types in report.by_document.items()
    }


@pytest.mark.parametrize("doc", sorted(FLOORS))
def test_no_score_falls(report: Report, doc: str) -> None:
    reached = scores(report.by_document[doc])
    fallen = {
        name: f"{reached.get(name, 0):.3f} < {floor}"
        for name, floor in FLOORS[doc].items()
        if reached.get(name, 0) < floor
    }
    assert fallen == {}, f"see: kg eval tests/gold --doc {doc} --errors TYPE"
