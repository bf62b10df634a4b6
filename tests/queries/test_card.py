"""Cards gather what a thing is and what is said of it, with the quotes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kg.graph.lookup import Lookup
from kg.graph.store import GraphStore
from kg.queries.card import Card, card
from kg.queries.counts import counts

Show = Callable[..., Card]


@pytest.fixture
def show(tiny_graph: GraphStore) -> Show:
    lookup = Lookup(tiny_graph.store)
    return lambda name, language="zh": card(tiny_graph, lookup.one(name), lookup=lookup, language=language)


def said(made: Card) -> set[tuple[str, str, str]]:
    return {(s.predicate_label, s.role, s.label) for s in made.said}


def test_a_city_has_its_place_its_names_and_what_is_said_of_it(show: Show) -> None:
    made = show("苏州")
    assert (made.thing.label, made.thing.label_en, made.type_label) == ("苏州市", "Suzhou", "地级行政区")
    assert [label for _, label in made.above] == ["江苏省", "中国"]
    assert made.names == ("苏州",)
    assert made.properties["代码"] == ("320500",)
    (hosts,) = [s for s in made.said if s.label == "苏州生物医药产业园"]
    assert hosts.predicate_label == "拥有集聚地"
    (source,) = hosts.evidence
    assert source.quote == "苏州生物医药产业园聚焦抗体药物和细胞治疗"
    assert source.doc == "jiangsu-2021"
    assert source.section


def test_evidence_of_several_documents_stands_under_one_statement(show: Show) -> None:
    made = show("杭州医药港")
    (focus,) = [s for s in made.said if s.label == "抗体药物"]
    assert [e.doc for e in focus.evidence] == ["zhejiang-2016", "zhejiang-2022"]
    assert [m.doc for m in made.mentions] == ["zhejiang-2016", "zhejiang-2022"]


def test_a_field_has_what_lies_under_it_and_who_names_it(show: Show) -> None:
    made = show("抗体药物")
    assert "双特异性抗体" in [label for _, label in made.below]
    assert ("列为重点", "object", "江苏省医药规划") in said(made)


def test_a_document_counts_what_it_mentions(show: Show) -> None:
    made = show("jiangsu-2021")
    assert made.mentioned_things["cluster"] == 2
    assert ("列为重点", "subject", "双特异性抗体") in said(made)


def test_labels_come_in_the_language_that_is_asked_for(show: Show) -> None:
    assert [label for _, label in show("苏州", "en").above] == ["Jiangsu", "China"]


def test_a_thing_of_which_nothing_is_said(show: Show) -> None:
    assert show("无锡").said == ()


@pytest.mark.parametrize("name", ["苏州", "抗体药物", "jiangsu-2021", "恒瑞医药", "无锡"])
def test_cards_are_json(show: Show, name: str) -> None:
    row = json.loads(json.dumps(show(name).row(), ensure_ascii=False))
    assert {"iri", "label", "kind", "above", "said", "mentions"} <= row.keys()
    assert all(e["quote"] and e["end"] > e["start"] for s in row["said"] for e in s["evidence"])


def test_counts_agree_with_the_fact_table(tiny_graph: GraphStore) -> None:
    rows = list(tiny_graph.rows())
    found = counts(tiny_graph)
    assert found.facts == len(rows)
    assert {d: sum(n.values()) for d, n in found.by_document.items()} == {
        d: sum(row["doc"] == d for row in rows) for d in tiny_graph.documents()
    }
    assert sum(found.by_rule.values()) == found.facts
    assert found.things["Park"] == 1
    assert found.quads == len(tiny_graph)
