"""The gold files themselves: readable, each quote in its document, no fact twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.documents.decode import decode
from kg.evaluation.claims import read_gold
from kg.resources import seeds_dir

GOLD = Path(__file__).parent.parent / "gold"
FILES = sorted(GOLD.rglob("*.jsonl"))


def test_there_are_gold_files() -> None:
    assert {p.stem for p in GOLD.glob("*.jsonl")} == {p.stem for p in seeds_dir().glob("*.txt")}


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_quotes_stand_in_the_document_and_no_fact_twice(path: Path) -> None:
    source = path.with_suffix(".txt")
    source = source if source.is_file() else seeds_dir() / source.name
    gold = read_gold(path).placed(decode(source.read_bytes(), name=source.name))
    assert [c.line for c in gold.claims if not c.spans] == []
    facts = [json.dumps([c.type, dict(c.keys)], sort_keys=True, ensure_ascii=False) for c in gold.claims]
    assert sorted({f for f in facts if facts.count(f) > 1}) == []
