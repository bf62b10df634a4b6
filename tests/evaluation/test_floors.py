"""Floors and measurements: computed from scores, written as TOML, read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluation import measured
from kg.evaluation.claims import Claim, Gold
from kg.evaluation.floors import as_toml, floors, read_floors
from kg.evaluation.report import Report, compare
from kg.graph.quality import Quality, quality_quads
from kg.graph.store import GraphStore
from kg.graph.validate import validate
from kg.model import FACT_TYPES


def claim(type_: str, **keys: object) -> Claim:
    return Claim(type_, keys, "x")


@pytest.fixture
def report() -> Report:
    gold = [
        claim("document", title="甲规划", status="final"),
        claim("cluster", name="甲谷", region="南京市", fields=["疫苗"]),
        *(claim("cites", policy=p) for p in ("雄鹰行动", "健康中国", "一带一路")),
        claim("target", indicator="产值", value=1),
    ]
    found = [
        claim("document", title="甲规划", status="draft"),
        claim("cluster", name="甲谷", region="南京", fields=["疫苗", "诊断"]),
        *(claim("cites", policy=p) for p in ("雄鹰行动", "健康中国")),
    ]
    return compare([Gold("d", Path("d.jsonl"), tuple(gold))], {"d": found})


def test_floors_stand_a_hundredth_lower(report: Report) -> None:
    assert floors(report) == {
        "d": {
            "cites": 0.79, "cluster": 0.99, "cluster.fields": 0.656, "cluster.region": 0.99, "document": 0.99,
            "document.details": 0.865, "target": 0.0,
        }
    }  # fmt: skip


def test_floors_are_read_as_they_are_written(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(as_toml(floors(report)), "utf-8")
    assert read_floors(path) == floors(report)


@pytest.mark.parametrize(
    "text", ["d = 1", "[d]\nclusters = 0.5", "[d]\ncluster = 1.5", "[d]\ncluster = 'x'", "[d"]
)
def test_what_is_no_floor(text: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"floors\.toml"):
        read_floors(path)


def test_a_measurement_is_read_as_it_is_written(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = measured.as_toml(report, "2026-01-01", unseen=True)
    new = measured.as_toml(report, "2026-02-01", unseen=False)
    path = tmp_path / "measured.toml"
    path.write_text(f"{old}\n{new}", "utf-8")
    monkeypatch.setattr(measured, "_FILE", path)
    monkeypatch.setattr(measured, "measured_quality", measured.measured_quality.__wrapped__)
    assert Quality("cites", 0.667, 1.0, 3, ("d",), "2026-01-01", True) in measured.measured_quality()
    expected = measured.expected("cites")
    assert expected is not None
    assert (expected.unseen, expected.date) == (True, "2026-01-01")  # on unseen documents rather than lately
    assert measured.expected("enterprise") is None


def test_the_shipped_measurement_covers_all_types() -> None:
    assert {q.type for q in measured.measured_quality()} == set(FACT_TYPES)
    assert all(
        0 <= q.recall <= 1 and 0 <= q.precision <= 1 and q.gold > 0 for q in measured.measured_quality()
    )


def test_the_metadata_of_a_graph_can_hold_the_measurement(tiny_graph: GraphStore) -> None:
    quads = [*tiny_graph.store, *quality_quads(measured.measured_quality())]
    graph = GraphStore.in_memory(quads, {doc: tiny_graph.text(doc) for doc in tiny_graph.documents()})
    found = graph.query(
        """PREFIX dqv: <http://www.w3.org/ns/dqv#> SELECT ?recall WHERE {
          ?measured dqv:isMeasurementOf ?metric ; dcterms:subject pp:Cluster ; dqv:value ?recall .
          ?metric rdfs:label "recall"@en
        }"""
    )
    assert len(found.rows) == sum(q.type == "cluster" for q in measured.measured_quality())
    before = {str(f) for f in validate(tiny_graph)}
    assert {str(f) for f in validate(graph)} <= before
