"""Scores of small made-up facts, every number counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.evaluation.claims import Claim, Gold
from kg.evaluation.matching import match
from kg.evaluation.report import Report, all_mistakes, compare
from kg.evaluation.spans import shared
from kg.evaluation.tally import Tally, f1, precision, recall, tally

#       0         10        20        30        40
PLAN = "重点发展抗体药物、疫苗和细胞治疗。建设南京生物医药谷，发展疫苗。再建苏州园。"


def gold(type_: str, quote: str, **keys: Any) -> Claim:
    spans = tuple((i, i + len(quote)) for i in range(len(PLAN)) if PLAN.startswith(quote, i))
    return Claim(type_, keys, quote, spans, line=1)


def found(type_: str, start: int, end: int, rule: str = "r", **keys: Any) -> Claim:
    return Claim(type_, keys, PLAN[start:end], ((start, end),), rule, 0.8)


GOLD = [
    gold("plan_field", "重点发展抗体药物", field="抗体药物", category="生物药", parent=None),
    gold("plan_field", "疫苗", field="疫苗", category="生物药", parent="生物药"),
    gold("plan_field", "细胞治疗", field="细胞治疗技术", category="生物药", parent=None),
    gold("plan_field", "再建", field="再建"),
    gold("cluster", "建设南京生物医药谷，发展疫苗", name="南京生物医药谷", kind="hub", region="南京市", fields=["疫苗", "诊断"]),
]  # fmt: skip
FOUND = [
    found("plan_field", 0, 8, "list", field="抗体药物", category="生物药", parent=None),  # the same words
    found(
        "plan_field", 0, 11, "list", field="疫苗", category=None, parent="生物药领域"
    ),  # 2 of 11 characters shared
    found(
        "plan_field", 12, 16, "head", field="细胞治疗", category="生物药", parent="药"
    ),  # near, the same words
    found("plan_field", 35, 38, "head", field="苏州园"),  # spurious
    found("cluster", 18, 26, "name", name="南京生物医药谷", kind="park", region="南京", fields=["疫苗产业"]),
    found("cites", 0, 2, "mark", policy="重点"),  # the gold has no policies
]


@pytest.fixture
def report() -> Report:
    return compare([Gold("d", Path("d.jsonl"), tuple(GOLD))], {"d": FOUND})


def test_spans_share() -> None:
    assert shared((0, 10), (5, 15)) == pytest.approx(5 / 15)
    assert shared((0, 10), (2, 4)) == pytest.approx(2 / 10)
    assert shared((0, 3), (3, 5)) == 0


def test_empty_scores() -> None:
    assert (precision(0, 0), recall(0, 0), f1(0, 0, 0), f1(3, 0, 0)) == (0.0, 1.0, 1.0, 0.0)
    assert Tally().row()["evidence"]["exact"] == {"matched": 0, "share": None, "f1": 1.0}


def test_counts_by_type(report: Report) -> None:
    fields = report.by_type["plan_field"]
    assert (fields.gold, fields.predicted, fields.matched, fields.strict) == (4, 4, 3, 2)
    assert (fields.precision, fields.recall, fields.f1, fields.f1_strict) == (0.75, 0.75, 0.75, 0.5)
    assert list(report.by_type) == ["cluster", "plan_field"]
    assert report.unjudged == {"d": {"cites": 1}}


def test_evidence_at_each_threshold(report: Report) -> None:
    fields = report.by_type["plan_field"]
    assert fields.evidence == {"any": 3, "0.25": 2, "0.5": 2, "0.75": 2, "exact": 2}
    assert fields.overlap == pytest.approx(1 + 2 / 11 + 1)
    cluster = report.by_type["cluster"].evidence  # 8 of 15 characters
    assert (cluster["any"], cluster["0.5"], cluster["0.75"], cluster["exact"]) == (1, 1, 0, 0)
    row = fields.row()["evidence"]
    assert row["exact"] == {"matched": 2, "share": 2 / 3, "f1": 0.5}
    assert row["placed"] == 3


def test_the_best_place_of_a_repeated_quote_counts() -> None:
    twice = gold("plan_field", "疫苗", field="疫苗")
    assert twice.spans == ((9, 11), (29, 31))
    matched = match("plan_field", "d", [found("plan_field", 29, 31, field="疫苗")], [twice])
    assert matched.pairs[0].overlap == 1.0


def test_a_quote_without_a_place_is_not_compared() -> None:
    lost = gold("plan_field", "没有的话", field="疫苗")
    one = tally(match("plan_field", "d", [found("plan_field", 9, 11, field="疫苗")], [lost]))
    assert (one.matched, one.placed, one.evidence["any"]) == (1, 0, 0)
    assert one.row()["evidence"]["any"]["share"] is None


def test_details(report: Report) -> None:
    fields = report.by_type["plan_field"].agreement()
    assert fields["category"] == pytest.approx(2 / 3)  # one has none
    assert fields["parent"] == pytest.approx(2 / 3)  # 生物药领域 is 生物药, 药 is not null
    cluster = report.by_type["cluster"].agreement()
    assert (cluster["region"], cluster["kind"]) == (1.0, 0.0)
    assert cluster["fields_f1"] == pytest.approx(2 / 3)  # one of two, nothing wrong
    assert cluster["aliases_f1"] == 1.0


def test_rules(report: Report) -> None:
    rules = report.by_rule
    assert list(rules) == [("cluster", "name"), ("plan_field", "head"), ("plan_field", "list")]
    head = rules["plan_field", "head"]
    assert (head.gold, head.predicted, head.matched, head.strict) == (4, 2, 1, 0)
    assert (head.precision, head.recall) == (0.5, 0.25)
    assert rules["plan_field", "list"].precision == 1.0


def test_micro_and_macro() -> None:
    second = Gold("e", Path("e.jsonl"), (gold("plan_field", "疫苗", field="疫苗"),))
    both = compare([Gold("d", Path("d.jsonl"), tuple(GOLD)), second], {"d": FOUND})
    fields = both.by_type["plan_field"]
    assert (fields.gold, fields.predicted, fields.matched) == (5, 4, 3)
    assert both.by_document["e"]["plan_field"].f1 == 0.0
    assert both.macro("plan_field")["f1"] == pytest.approx((0.75 + 0) / 2)
    assert both.macro("cluster")["f1"] == 1.0  # only the first document has any
    assert both.overall.f1 == pytest.approx(2 * 4 / (6 + 5))
    assert both.macro()["f1"] == pytest.approx((6 / 9 + 1) / 2)
    row = both.row(rules=True)
    assert row["overall"]["micro"]["matched"] == 4
    assert row["by_document"]["e"]["types"]["plan_field"]["recall"] == 0.0
    assert {"type", "rule", "precision"} <= row["by_rule"][0].keys()


def test_matching_takes_the_most_alike_first_and_each_claim_once() -> None:
    predicted = [found("cites", 0, 1, policy=p) for p in ("健康中国", "健康中国", "健康中国行动")]
    wanted = [gold("cites", "x", policy=p) for p in ("健康中国行动", "健康中国")]
    matched = match("cites", "d", predicted, wanted)
    assert [(p.predicted.keys["policy"], p.gold.keys["policy"], p.strict) for p in matched.pairs] == [
        ("健康中国行动", "健康中国行动", True),
        ("健康中国", "健康中国", True),
    ]
    assert matched.missed == ()
    assert [c.keys["policy"] for c in matched.spurious] == ["健康中国"]


def test_of_equals_the_later_are_matched() -> None:
    predicted = [found("cites", n, n + 1, policy="健康中国") for n in (0, 5)]
    matched = match("cites", "d", predicted, [gold("cites", "x", policy="健康中国")])
    assert matched.spurious[0].spans == ((0, 1),)


def test_mistakes_are_readable(report: Report) -> None:
    listed = all_mistakes(report, ["plan_field", "cluster"], {"d": FOUND}, {"d": PLAN})
    wrong = {(m.kind, m.keys.get("field") or m.keys["name"]): m for m in listed}
    assert {kind for kind, _ in wrong} == {"missed", "spurious", "inexact"}
    missed = wrong["missed", "再建"]
    assert missed.sentence == "再建苏州园。"
    assert missed.read_as == ()
    spurious = wrong["spurious", "苏州园"]
    assert (spurious.rule, spurious.confidence, spurious.start) == ("head", 0.8, 35)
    assert wrong["inexact", "疫苗"].differs == ("category",)
    near = wrong["inexact", "细胞治疗"]
    assert near.differs == ("field", "parent")
    assert near.instead is not None
    assert near.instead["field"] == "细胞治疗技术"
    assert wrong["inexact", "南京生物医药谷"].differs == ("kind",)
    assert near.row()["sentence"] == "重点发展抗体药物、疫苗和细胞治疗。"


def test_a_missed_fact_names_what_was_found_instead() -> None:
    fields = gold("plan_field", "细胞治疗", field="免疫细胞治疗产品和服务")
    wanted = Gold("d", Path("d"), (fields, gold("cites", "疫苗和", policy="疫苗")))
    claims = [
        found("plan_field", 12, 16, field="细胞治疗"),
        found("region_field", 0, 16, region="南京市", field="疫苗"),
    ]
    report = compare([wanted], {"d": claims})
    missed = [
        m
        for m in all_mistakes(report, ["plan_field", "cites"], {"d": claims}, {"d": PLAN})
        if m.kind == "missed"
    ]
    assert [(m.type, m.instead, m.read_as) for m in missed] == [
        ("plan_field", {"field": "细胞治疗"}, ("plan_field", "region_field")),
        ("cites", None, ("region_field",)),
    ]
