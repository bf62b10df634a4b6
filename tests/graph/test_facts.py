"""The fact table that is read from the graph is the one that was put in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.documents.sources import document
from kg.errors import LookupFailed
from kg.model import FACT_TYPES, fact_row

from .conftest import ROWS, facts_of


def test_the_tiny_plan_has_every_type_of_fact(facts):
    assert {f.type for f in facts} == set(FACT_TYPES)


@pytest.mark.parametrize("n", range(len(ROWS)), ids=lambda n: f"{ROWS[n][0]}-{n}")
def test_a_fact_alone_comes_back_equal(make, plan, facts, n):
    assert list(make((plan, [facts[n]])).facts()) == [facts[n]]


def test_all_facts_together_come_back_equal(graph, facts):
    assert set(graph.facts()) == set(facts)
    assert len(list(graph.facts())) == len(facts)


def test_rows_are_sorted_by_document_and_place(make, plan, facts):
    other = document("another", plan.text)
    moved = [replace(f, evidence=replace(f.evidence, doc="another")) for f in facts]
    rows = list(make((plan, facts), (other, moved)).rows())
    places = [(r["doc"], r["start"], r["end"], r["type"]) for r in rows]
    assert places == sorted(places)
    assert {r["doc"] for r in rows} == {"another", "tiny"}


def test_whole_numbers_read_back_without_a_fraction(graph):
    values = [r["value"] for r in graph.rows() if r["type"] in ("target", "statistic")]
    assert "8000.0" not in json.dumps(values)


def test_a_row_has_the_public_keys(graph):
    row = next(r for r in graph.rows() if r["type"] == "plan_field")
    assert list(row) == [
        "type",
        "field",
        "category",
        "parent",
        "doc",
        "quote",
        "start",
        "end",
        "section",
        "rule",
        "confidence",
    ]


def test_one_document_can_be_asked_for(make, plan, facts):
    graph = make((plan, facts), (document("empty", "无。"), []))
    assert list(graph.facts("empty")) == []
    assert [fact_row(f) for f in graph.facts("tiny")] == list(graph.rows("tiny"))


def test_an_unknown_document_is_said_to_be_unknown(graph):
    with pytest.raises(LookupFailed, match="tiny"):
        list(graph.facts("nowhere"))


def test_ids_may_be_chinese(make):
    doc = document("浙江 规划", "发展疫苗。")
    facts = facts_of(doc, [("plan_field", "疫苗", {"field": "疫苗", "category": None, "parent": None})])
    graph = make((doc, facts))
    assert graph.documents() == ["浙江 规划"]
    assert list(graph.facts("浙江 规划")) == facts


def test_the_same_said_of_the_same_place_is_one_fact_the_surest(make, plan, facts):
    doubtful = [replace(f, rule="guess", confidence=0.1) for f in facts]
    assert set(make((plan, doubtful + facts)).facts()) == set(facts)


def test_facts_of_another_document_are_refused(make, plan, facts):
    with pytest.raises(ValueError, match="given a fact of tiny"):
        make((document("other", plan.text), facts))


def test_quotes_that_are_not_in_the_text_are_refused(make, facts):
    with pytest.raises(ValueError, match="does not read"):
        make((document("tiny", "别的文字。" * 80), facts))
