"""What an audit finds: suspicious sentences and why, candidates, doubtful facts, what to expect."""

from __future__ import annotations

from typing import Any

import pytest

from kg.documents.sources import document
from kg.errors import LookupFailed
from kg.evaluation.audit import audit, candidates, coverage
from kg.evaluation.claims import Claim, claims
from kg.evaluation.passages import Passages
from kg.evaluation.signals import part, signals
from kg.evaluation.spans import Coverage
from kg.evaluation.suspects import suspects
from kg.graph.store import GraphStore
from kg.lexicon.gazetteer import shipped
from kg.model import FACT_TYPES

PLAN = """某省医药规划
一、发展基础
2020年实现营业收入500亿元。
二、重点领域
重点发展抗体药物、疫苗和细胞治疗。
南京市重点发展新型疫苗。
三、保障措施
落实《健康中国行动》。（责任单位：省药监局、省经信厅）
各有关单位要高度重视。
"""


def claim(type_: str, quote: str, **keys: Any) -> Claim:
    start = PLAN.index(quote)
    return Claim(type_, keys, quote, ((start, start + len(quote)),), "r")


def signs_of(text: str) -> set[str]:
    mentions = shipped().mentions(text)
    return {s.name for s in signals() for _ in s.find(text, mentions)}


@pytest.mark.parametrize(
    ("text", "expected", "absent"),
    [
        ("（责任单位：省药监局）", {"agencies"}, set()),
        ("由省药监局牵头，（省经信厅负责）", {"agencies"}, set()),
        ("到2025年达到500亿元以上", {"figure"}, set()),
        ("增长15%左右，翻两番", {"figure"}, set()),
        ("2021年6月3日，第3章", set(), {"figure"}),
        ("落实《中国制造2025》", {"title", "programme-name"}, set()),
        ("实施“凤凰”行动", {"programme"}, set()),
        ("支持华海药业、某某医药股份有限公司", {"company"}, set()),
        ("推动仿制药和制药装备升级，培育大型企业集团", set(), {"company"}),
        ("打造国际一流的生物医药产业园", {"place"}, set()),
        ("支持西湖大学建设某某研究院", {"body"}, set()),
        ("加快研发新型疫苗", {"develop", "field-name"}, set()),
        ("抗体药物、新型疫苗、细胞治疗", {"list"}, set()),
        ("加强组织、协调、督促工作", set(), {"list"}),
        ("苏州发展医疗器械", {"region-and-product"}, set()),
        (
            "加强资源共享和医药合作",
            set(),
            {"region-and-product"},
        ),  # names of counties that are everyday words
        ("治疗非小细胞肺癌", {"disease-name"}, set()),
        ("推动医药产业发展", set(), {"field-name"}),
    ],
)
def test_signs(text: str, expected: set[str], absent: set[str]) -> None:
    found = signs_of(text)
    assert expected <= found
    assert not absent & found


def test_signals_are_complete() -> None:
    names = [s.name for s in signals()]
    assert len(set(names)) == len(names)
    assert all(s.zh and s.en and s.answers <= FACT_TYPES.keys() for s in signals())
    assert all(0 < weight < 1 for s in signals() for weight in s.weight.values())


def test_sentences_know_their_part_of_the_plan() -> None:
    parts = {p.text: part(p) for p in Passages.of("d", PLAN).sentences}
    assert parts["2020年实现营业收入500亿元。"] == "past"
    assert parts["南京市重点发展新型疫苗。"] == "wanted"
    assert parts["各有关单位要高度重视。"] == "frame"


def test_sentences_lead_back_to_the_text() -> None:
    text = "一、重点\n重点 发展抗体药物，\n针对肿瘤。支持创新。"
    passage = Passages(document("d", text)).sentences[-2]
    assert passage.text == "重点发展抗体药物，针对肿瘤。"
    assert text[passage.start : passage.end] == "重点 发展抗体药物，\n针对肿瘤。"
    assert Passages.of("d", text).around(passage.start, passage.end) == passage.text
    assert Passages.of("d", text).around(0, 0) == ""


def test_without_facts_every_sentence_that_says_something_is_suspicious() -> None:
    found = suspects("d", PLAN, [])
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    sentences = {s.sentence: s for s in found}
    assert "各有关单位要高度重视。" not in sentences
    assert {
        "2020年实现营业收入500亿元。",
        "重点发展抗体药物、疫苗和细胞治疗。",
        "南京市重点发展新型疫苗。",
    } <= sentences.keys()
    first = sentences["2020年实现营业收入500亿元。"]
    assert [(s.name, s.words) for s in first.signs] == [("figure", ("500亿元",))]
    assert first.score == first.signs[0].weight
    assert PLAN[first.start : first.end] == first.quote
    assert (first.section, first.part, first.found) == ("发展基础", "past", ())


def test_a_score_grows_with_the_signs() -> None:
    sentence = next(s for s in suspects("d", PLAN, []) if s.sentence.startswith("南京市"))
    chance = 1.0
    for sign in sentence.signs:
        chance *= 1 - sign.weight
    assert sentence.score == pytest.approx(1 - chance, abs=1e-3)
    assert len(sentence.signs) >= 2


def test_evidence_explains_a_sign_only_by_a_fact_that_answers_it() -> None:
    figure = claim("statistic", "2020年实现营业收入500亿元", indicator="营业收入")
    assert all("500亿元" not in s.sentence for s in suspects("d", PLAN, [figure]))
    wrong = claim("cites", "2020年实现营业收入500亿元", policy="x")
    found = next(s for s in suspects("d", PLAN, [wrong]) if "500亿元" in s.sentence)
    assert found.found == ("cites",)


def test_what_the_graph_holds_once_is_not_asked_for_again() -> None:
    once = claim("plan_field", "抗体药物、疫苗和细胞治疗", field="新型疫苗")
    signs = {s.sentence: {x.name for x in s.signs} for s in suspects("d", PLAN, [once])}
    assert signs["南京市重点发展新型疫苗。"] == {"region-and-product"}


def test_coverage_of_texts() -> None:
    covered = Coverage(6, [("cites", (0, 2)), ("target", (1, 3))])
    assert covered.types([1]) == ["cites", "target"]
    assert covered.types([5]) == []


def test_an_audit_reads_the_store_alone(tiny_graph: GraphStore) -> None:
    found = audit(tiny_graph)
    assert found.documents == tiny_graph.documents()
    assert {s.doc for s in found.suspects} <= set(found.documents)
    for suspect in found.suspects:
        assert tiny_graph.text(suspect.doc)[suspect.start : suspect.end] == suspect.quote
    row = found.row(1)
    assert len(row["candidates"]) <= 1
    assert row["totals"]["candidates"] == len(found.candidates)
    assert audit(tiny_graph).row() == audit(tiny_graph).row()


def test_an_audit_of_one_document(tiny_graph: GraphStore) -> None:
    doc = tiny_graph.documents()[0]
    found = audit(tiny_graph, [doc], below=1.0)
    assert found.documents == [doc]
    assert {s.doc for s in found.suspects} <= {doc}
    assert found.doubtful
    assert all(f.evidence.doc == doc and f.confidence < 1 for f in found.doubtful)
    assert [f.confidence for f in found.doubtful] == sorted(f.confidence for f in found.doubtful)
    assert all(not s.found for s in audit(tiny_graph, [doc], silent=True).suspects)
    with pytest.raises(LookupFailed, match="nothing"):
        audit(tiny_graph, ["nothing"])


def test_candidates_say_where_they_stand(tiny_graph: GraphStore) -> None:
    found = candidates(tiny_graph, tiny_graph.documents())
    assert found
    assert len({c.iri for c in found}) == len(found)
    assert [(-len(c.documents), -c.mentions) for c in found] == sorted(
        (-len(c.documents), -c.mentions) for c in found
    )
    for one in found:
        e = one.evidence
        assert tiny_graph.text(e["doc"])[e["start"] : e["end"]] == e["quote"]
        assert e["doc"] in one.documents
        assert one.mentions >= 1
    assert candidates(tiny_graph, []) == []


def test_what_to_expect_of_each_type(tiny_graph: GraphStore) -> None:
    doc = tiny_graph.documents()[0]
    facts = list(tiny_graph.facts(doc))
    found = {c.type: c for c in coverage(doc, facts)}
    assert found.keys() == FACT_TYPES.keys() - {"document"}
    assert sum(c.facts for c in found.values()) == len([f for f in facts if f.type != "document"])
    one = found["plan_field"]
    assert one.measured is not None
    right = one.facts * one.measured.precision
    assert one.missed == pytest.approx(right / one.measured.recall - right, abs=0.05)
    assert one.wrong == pytest.approx(one.facts - right, abs=0.05)
    assert claims(facts)
