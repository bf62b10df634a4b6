"""Passages of made-up texts whose alignment is known, and what the graph adds to them."""

from __future__ import annotations

import time

import pytest
from reuse_plans import PLANS, PRIORITY, THOUGHT, TRADE, reuse_plans

from kg.analysis.reuse import Match, Reuse, reuse, shared
from kg.analysis.reuse_fold import fold
from kg.analysis.reuse_shares import shares
from kg.errors import LookupFailed
from kg.graph.background import background
from kg.graph.build import build_in_memory
from kg.graph.store import GraphStore

# Folded: 37 characters, 31 characters.
ONE, TWO = PRIORITY, TRADE
BEFORE = "本市地处平原交通便利。"
AFTER = "其他事项另行通知办理。"


def found(a: str, b: str, *, min_length: int = 20, min_score: float = 0.7) -> list[Match]:
    texts = [fold("a", a), fold("b", b)]
    return list(shared(texts, min_length=min_length, min_score=min_score))


def quotes(match: Match) -> tuple[str, str]:
    one, two = match.one, match.two
    (a, b), (c, d) = one.raw(*match.passage.a), two.raw(*match.passage.b)
    return one.text[a:b], two.text[c:d]


@pytest.mark.parametrize(
    ("a", "b", "length", "equal"),
    [
        pytest.param(f"{ONE}。", f"{BEFORE}{ONE}。{AFTER}", 37, 37, id="identical"),
        pytest.param(f"{ONE}。", f"{BEFORE}{ONE.replace('加快', '推动')}。", 37, 35, id="one word replaced"),
        # 以及 is put in for 和: two columns for one character, of which none is equal
        pytest.param(f"{ONE}。", ONE.replace("和", "以及") + "。", 37, 36, id="a word put for another"),
        pytest.param(f"{ONE}。{TWO}。", f"{ONE}。办好展会。{TWO}。", 68, 68, id="a sentence inserted"),
        pytest.param(f"{ONE}。{TWO}。", f"{ONE}{TWO}。", 68, 68, id="a mark left out"),
        pytest.param(f"{ONE}。", "\n".join(ONE) + "。", 37, 37, id="a line for each character"),
        pytest.param(f"{ONE}。", f"{ONE[:7]}\n\n12\n\n{ONE[7:]}。", 37, 37, id="a page end with its number"),
        pytest.param(f"{ONE}。", f"**{ONE[:20]}** {ONE[20:]} 。 。", 37, 37, id="bold, blanks, doubled marks"),
        pytest.param("支持ADC药物、CAR-T细胞治疗产品和PD-1抑制剂研发。",
                     "支持ＡＤＣ药物，car－t细胞治疗产品和ＰＤ－１抑制剂研发。", 26, 26, id="width and case"),
    ],
)  # fmt: skip
def test_one_passage(a: str, b: str, length: int, equal: int) -> None:
    (match,) = found(a, b)
    assert (match.passage.length, match.passage.equal) == (length, equal)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(f"{BEFORE}{ONE[:18]}。", f"{ONE[:18]}。{AFTER}", id="too short to count"),
        pytest.param(f"{ONE}。", f"{TWO}。", id="nothing in common"),
        pytest.param(f"{ONE}。{ONE}。", f"{TWO}。{TWO}。", id="twice within one document"),
        pytest.param("", f"{ONE}。", id="an empty document"),
        pytest.param("，。\n  \n！", f"{ONE}。", id="nothing but marks"),
        # every second character another: no six in a row
        pytest.param(f"{ONE}。", "甲".join(ONE) + "。", id="half of it changed"),
    ],
)
def test_no_passage(a: str, b: str) -> None:
    assert found(a, b) == []


def test_clauses_in_another_order_are_passages_of_their_own() -> None:
    a, b = f"{ONE}。{TWO}。", f"{TWO}。{ONE}。"
    assert sorted(quotes(m)[0] for m in found(a, b)) == sorted([f"{ONE}。", f"{TWO}。"])


def test_a_passage_ends_with_its_clauses() -> None:
    """The clause of ``a`` has three characters more before and two after; what follows the comma is other text."""
    a = f"{BEFORE}我市要{ONE}示范，另有安排。"
    b = f"{AFTER}{ONE}，同时另行部署。"
    (match,) = found(a, b)
    assert quotes(match) == (f"我市要{ONE}示范", ONE)


def test_figures_that_differ_are_not_equal() -> None:
    """3.5 and 35, 10% and 10, 10-15 and 1015 are other figures, though only a mark is between."""
    text = "全省规模以上医药工业企业研发投入达到{}亿元占营业收入比重提高{}实现{}项重点技术突破。"
    (match,) = found(text.format("3.5", "10%", "10-15"), text.format("35", "10", "1015"))
    assert [op.columns for op in match.passage.ops if not op.equal] == [1, 1, 1]


def test_the_score_asked_for_is_kept() -> None:
    other = (
        ONE.replace("针对", "用于").replace("加快", "推动").replace("研发", "研究")
    )  # 5 of 37 characters differ
    (match,) = found(f"{ONE}。", f"{other}。")
    assert match.passage.score == pytest.approx(32 / 37)
    assert all(m.passage.score >= 0.95 for m in found(f"{ONE}。", f"{other}。", min_score=0.95))
    assert found(f"{ONE}。", f"{other}。", min_score=1) == []


def test_a_passage_that_one_document_has_twice_is_one_pair() -> None:
    """The second place is told with the first: after 37 characters and the 10 of BEFORE."""
    (match,) = found(f"{ONE}。", f"{ONE}。{BEFORE}{ONE}。")
    assert {match.one.doc: match.again_one, match.two.doc: match.again_two} == {"a": (), "b": ((47, 84),)}


def test_passages_of_three_documents_come_for_each_pair() -> None:
    texts = [fold(name, f"{name}。{ONE}。") for name in "甲乙丙"]
    assert sorted({m.one.doc, m.two.doc} == {"甲", "乙"} for m in shared(texts)) == [False, False, True]
    assert [(m.one.doc, m.two.doc) for m in shared(texts, only=["丙", "甲"])] == [("甲", "丙")]
    assert len(list(shared(texts, only=["乙"]))) == 2


@pytest.mark.parametrize(
    ("a", "b", "length"),
    [
        pytest.param("药" * 1_000_000, "药" * 1_000_000, 1_000_000, id="one character"),
        pytest.param("药物" * 300_000, "药物" * 200_000, 400_000, id="two characters"),
        pytest.param(f"{ONE}。" * 5000, f"{ONE}。" * 5000, 37 * 5000, id="one sentence over and over"),
        pytest.param("药" * 1_000_000, f"{ONE}。", None, id="one character against a plan"),
    ],
)
def test_texts_made_to_be_slow_are_not(a: str, b: str, length: int | None) -> None:
    start = time.perf_counter()
    assert [m.passage.length for m in found(a, b)] == ([] if length is None else [length])
    assert time.perf_counter() - start < 20  # two or three seconds on a machine that is free


def test_a_passage_that_every_plan_has_is_found_from_one_to_the_next() -> None:
    """Of 60 plans each has neighbours with the paragraph, though its words are too common to start anything."""
    texts = [fold(f"{n:02}", f"第{chr(0x4E00 + 97 * n) * 7}号。{ONE}。{TWO}。") for n in range(60)]
    matches = list(shared(texts))
    assert {m.n for m in matches} | {m.m for m in matches} == set(range(60))
    assert all(m.passage.length >= 68 for m in matches)


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    near = (q for q in background() if "/id/field/" in str(q.subject))
    return build_in_memory(reuse_plans(), background_quads=list(near))


def test_the_passages_of_three_plans(graph: GraphStore) -> None:
    """What the head of reuse_plans.py counts."""
    assert [
        (r.a.doc, r.b.doc, r.earlier, r.length, round(r.score, 3), r.kind, [f.zh for f in r.shared_fields])
        for r in reuse(graph)
    ] == [
        ("guide", "north", "guide", 37, 1.0, "substance", ["抗体药物", "新型疫苗"]),
        ("guide", "south", "guide", 31, 0.935, "substance", []),
        ("north", "south", None, 36, 1.0, "boilerplate", []),
    ]


def test_quotes_stand_where_they_are_said_to_stand(graph: GraphStore) -> None:
    for one in reuse(graph):
        for place in (one.a, one.b, *one.a_again, *one.b_again):
            assert PLANS[place.doc][0][place.start : place.end] == place.quote


def test_the_second_copy_within_a_plan_is_told_with_the_first(graph: GraphStore) -> None:
    (one,) = reuse(graph, docs=["guide", "south"])
    text = PLANS["south"][0]
    copy = one.b.quote
    assert text.count(copy) == 2
    assert {one.b.start, *(e.start for e in one.b_again)} == {text.index(copy), text.rindex(copy)}


def test_facts_are_those_within_either_side(graph: GraphStore) -> None:
    """Guide and north: two priorities in each, and as many mentions."""
    first = next(r for r in reuse(graph) if r.b.doc == "north")
    rows = graph.query(
        "SELECT ?a ?doc ?start ?end ?p { ?a rdf:predicate ?p ; pp:start ?start ; pp:end ?end ;"
        " prov:wasDerivedFrom/dcterms:identifier ?doc }"
    )
    inside = {
        row["a"].value
        for row in rows
        for place in (first.a, first.b)
        if row["doc"].value == place.doc
        and int(row["start"].value) >= place.start
        and int(row["end"].value) <= place.end
    }  # type: ignore[union-attr]
    assert set(first.facts) == inside
    assert len(inside) >= 4


def test_differences_cover_both_quotes(graph: GraphStore) -> None:
    one = next(r for r in reuse(graph) if r.b.doc == "south" and r.a.doc == "guide")
    assert [(d.op, one.a.quote[d.a0 : d.a1], one.b.quote[d.b0 : d.b1]) for d in one.differences] == [
        ("replace", "促进", "推动"),
        ("equal", f"{TRADE[2:]}。", f"{TRADE[2:]}。"),
    ]


def test_a_formula_is_boilerplate_and_a_priority_is_not(graph: GraphStore) -> None:
    kinds = {r.kind: r.a.quote for r in reuse(graph) if r.a.doc != "guide"}
    assert THOUGHT in kinds["boilerplate"]


def test_how_much_of_a_plan_stands_in_another(graph: GraphStore) -> None:
    """South has TRADE twice, 33 characters with its two marks: 66 of all its characters without blanks."""
    sums = {(s.a, s.b): s for s in shares(graph, reuse(graph))}
    size = len("".join(PLANS["south"][0].split()))
    assert sums["guide", "south"].share_b == pytest.approx(2 * (len(TRADE) + 1) / size)
    assert sums["north", "south"].substance_b == 0
    assert (sums["guide", "north"].passages, sums["guide", "north"].shared_fields) == (1, 2)


def test_only_the_documents_asked_for(graph: GraphStore) -> None:
    def pairs(*docs: str) -> list[tuple[str, str]]:
        return [(r.a.doc, r.b.doc) for r in reuse(graph, docs=docs)]

    assert pairs("south") == [("guide", "south"), ("north", "south")]
    assert pairs("south", "guide") == pairs("guide", "south") == [("guide", "south")]
    with pytest.raises(LookupFailed, match="no document 'west'"):
        reuse(graph, docs=["west"])


@pytest.mark.parametrize("limits", [{"min_length": 0}, {"min_score": 0.2}, {"min_score": 1.1}])
def test_limits_out_of_range(graph: GraphStore, limits: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"score of 0\.5 to 1"):
        reuse(graph, **limits)  # type: ignore[arg-type]


def test_rows_have_the_public_shape(graph: GraphStore) -> None:
    for row in map(Reuse.row, reuse(graph)):
        assert {"a", "b", "score", "kind", "earlier", "facts"} <= row.keys()
        assert {"doc", "start", "end", "quote"} <= row["a"].keys() & row["b"].keys()
        assert row["earlier"] in (row["a"]["doc"], None)
