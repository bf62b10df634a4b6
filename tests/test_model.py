"""What a fact is: typed, frozen, with its evidence; and how it stands in the public table."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from kg.model import FACT_TYPES, ClusterFact, Evidence, Fact, PlanDiseaseFact, RegionFieldFact, fact_row

HERE = Evidence("yunnan", 10, 14, "三七产业", "2.1")

# The keys of each type, in the order of the public table.
KEYS = {
    "document": "title issuer region level issued period_start period_end status",
    "cluster": "name kind region province fields aliases status",
    "region_field": "region field category stance",
    "plan_field": "field category parent",
    "plan_disease": "disease field",
    "drug_target": "name field",
    "enterprise": "name region products",
    "institution": "name kind region",
    "target": "indicator scope comparator value value_max unit deadline baseline direction",
    "statistic": "indicator scope value unit year period",
    "responsible": "measure agencies",
    "cites": "policy",
}


def test_the_types_are_those_of_the_table() -> None:
    assert list(FACT_TYPES) == list(KEYS)


@pytest.mark.parametrize("name", KEYS)
def test_each_type_has_its_keys_in_order(name: str) -> None:
    kind = FACT_TYPES[name]
    assert kind.type == name
    assert kind.__doc__
    own: dict[str, Any] = dict.fromkeys(KEYS[name].split())
    fact = kind(**own, evidence=HERE, rule="by-hand")
    assert list(fact.keys()) == KEYS[name].split()
    assert list(fact_row(fact)) == [
        "type",
        *fact.keys(),
        "doc",
        "quote",
        "start",
        "end",
        "section",
        "rule",
        "confidence",
    ]


def test_a_row_is_flat() -> None:
    fact = ClusterFact(
        name="文山三七产业园",
        kind="park",
        region="文山市",
        province="云南省",
        fields=("三七",),
        evidence=HERE,
        rule="by-hand",
        confidence=0.8,
    )
    assert fact_row(fact) == {
        "type": "cluster", "name": "文山三七产业园", "kind": "park", "region": "文山市", "province": "云南省", "fields": ["三七"],
        "aliases": [], "status": "existing", "doc": "yunnan", "quote": "三七产业", "start": 10, "end": 14, "section": "2.1",
        "rule": "by-hand", "confidence": 0.8,
    }  # fmt: skip


def test_what_a_fact_says_is_apart_from_where_it_stands() -> None:
    a = PlanDiseaseFact(disease="肝病", field="中成药", evidence=HERE, rule="a")
    b = PlanDiseaseFact(disease="肝病", field="中成药", evidence=Evidence("yunnan", 0, 2, "肝病"), rule="b")
    assert a.keys() == b.keys() == {"disease": "肝病", "field": "中成药"}
    assert a != b


def test_facts_and_evidence_do_not_change() -> None:
    fact = RegionFieldFact(
        region="文山市", field="三七", category="中药", stance="develop", evidence=HERE, rule="by-hand"
    )
    with pytest.raises(dataclasses.FrozenInstanceError):
        fact.region = "昆明市"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        HERE.start = 0  # type: ignore[misc]
    assert hash(fact) == hash(dataclasses.replace(fact))


def test_facts_are_made_by_name_only() -> None:
    with pytest.raises(TypeError):
        PlanDiseaseFact("肝病", "中成药", HERE, "a")  # type: ignore[call-arg, arg-type]


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        pytest.param(5, 5, "", id="empty"),
        pytest.param(5, 3, "肝病", id="reversed"),
        pytest.param(-1, 1, "肝病", id="before the text"),
        pytest.param(0, 3, "肝病", id="a quote of another length"),
    ],
)
def test_evidence_is_a_span_with_its_quote(start: int, end: int, quote: str) -> None:
    with pytest.raises(ValueError, match="yunnan"):
        Evidence("yunnan", start, end, quote)


def test_evidence_knows_its_span() -> None:
    assert HERE.span == (10, 14)
    assert Evidence("yunnan", 0, 2, "肝病").section is None


def test_every_fact_is_as_sure_as_it_says() -> None:
    assert Fact(evidence=HERE, rule="a").confidence == 0.9
