"""Specialisation and omissions on the made-up graph (``made_up.py``), worked out by hand, and on the seeds."""

from __future__ import annotations

from math import isclose
from pathlib import Path

import pytest

from kg.analysis.comparison import compare
from kg.analysis.ground import Ground
from kg.analysis.omissions import Omission, omissions, recalls
from kg.analysis.specialisation import specialisation
from kg.errors import LookupFailed
from kg.graph.quality import Quality, quality_quads
from kg.graph.store import GraphStore

from . import made_up


@pytest.fixture(scope="module")
def ground() -> Ground:
    return Ground.of(made_up.graph())


def measured(plan: float, region: float, *, unseen: bool = True) -> list[Quality]:
    return [
        Quality("plan_field", plan, 0.9, 100, ("d",), "2026-01-01", unseen),
        Quality("region_field", region, 0.9, 100, ("d",), "2026-01-01", unseen),
    ]


def left_out(found: tuple[Omission, ...]) -> dict[tuple[str, str], str]:
    return {(one.province_label, one.label): one.answer for one in found}


def test_sectors_by_location_quotient(ground: Ground) -> None:
    """13 namings: 甲 5, 乙 6, 丙 2. 生物药: 甲 3 (抗体药物, 疫苗, 双抗), 乙 3, 丙 1 (疫苗): 7; 医疗器械 the other 6."""
    found = {(q.region_label, q.label): q for q in specialisation(ground).sectors}
    assert isclose(found["甲省", "生物药"].quotient, (3 / 5) / (7 / 13))
    assert isclose(found["乙省", "生物药"].quotient, (3 / 6) / (7 / 13))
    assert isclose(found["乙省", "医疗器械"].quotient, (3 / 6) / (6 / 13))
    assert isclose(found["丙市", "医疗器械"].quotient, (1 / 2) / (6 / 13))
    assert found["丙市", "生物药"].few, "two fields are few"
    assert not found["甲省", "生物药"].few


def test_fields_by_location_quotient(ground: Ground) -> None:
    """疫苗 is named by all three: 1/2 of what 丙市 names, 3/13 of all namings."""
    found = {(q.region_label, q.label): q.quotient for q in specialisation(ground).fields}
    assert isclose(found["丙市", "疫苗"], (1 / 2) / (3 / 13))
    assert isclose(found["乙省", "医疗器械"], (1 / 6) / (1 / 13))


def test_a_field_under_two_sectors_counts_half_in_each() -> None:
    graph = made_up.graph(
        [("jia", "jia", "prioritises", "组合"), ("jia", "jia", "prioritises", "疫苗")],
        fields={**made_up.FIELDS, "组合": "生物药"},
        more=made_up.graph([], {}, fields={"组合": "医疗器械"}).store,
    )
    counts = {q.label: q.count for q in specialisation(graph).sectors}
    assert counts == {"生物药": 1.5, "医疗器械": 0.5}


def test_shares_of_a_region_add_up(ground: Ground) -> None:
    for level in ("province", "city"):
        found = specialisation(ground, level).sectors  # type: ignore[arg-type]
        for region in {q.region for q in found}:
            assert isclose(sum(q.share for q in found if q.region == region), 1)


def test_what_only_one_region_names(ground: Ground) -> None:
    """Provinces: 医疗器械 (乙省). Cities: 影像 and 抗体药物 (甲二市), 医疗器械 (乙一市), 疫苗 (丙市)."""
    only = {(o.region_label, o.label) for o in specialisation(ground).only}
    assert only == {("乙省", "医疗器械")}
    cities = {(o.region_label, o.label): o for o in specialisation(ground, "city").only}
    assert set(cities) == {
        ("甲二市", "影像"),
        ("甲二市", "抗体药物"),
        ("乙一市", "医疗器械"),
        ("丙市", "疫苗"),
    }
    assert cities["甲二市", "影像"].national
    assert not cities["丙市", "疫苗"].national
    assert cities["甲二市", "抗体药物"].near == ("甲一市", "乙一市"), "both name 双抗, one below"


def test_one_region_against_all(ground: Ground) -> None:
    one = specialisation(ground, "province", made_up.iri("乙省"))
    assert one.sectors == tuple(q for q in specialisation(ground).sectors if q.region_label == "乙省")
    assert [o.label for o in one.only] == ["医疗器械"]


def test_without_a_measured_recall_nothing_is_said_to_be_missing(ground: Ground) -> None:
    """The guide: 抗体药物, 影像. 甲 and 乙 name both; 丙市 (疫苗, 支架) neither."""
    found = omissions(ground)
    assert left_out(found) == {("丙市", "抗体药物"): "not found", ("丙市", "影像"): "not found"}
    assert {one.recall for one in found} == {None}
    assert [c.evidence.doc for c in found[0].national] == ["guide"]


@pytest.mark.parametrize(
    ("plan", "region", "answer"),
    [
        (0.97, 0.96, "not mentioned"),
        (0.97, 0.95, "not mentioned"),  # the threshold itself
        (0.99, 0.94, "not found"),  # the lower of the two decides
        (0.94, 0.99, "not found"),
    ],
)
def test_not_mentioned_needs_both_recalls(plan: float, region: float, answer: str) -> None:
    graph = made_up.graph(more=quality_quads(measured(plan, region)))
    found = omissions(graph, made_up.iri("丙市"))
    assert {one.answer for one in found} == {answer}
    recall = found[0].recall
    assert recall is not None
    assert (recall.value, recall.unseen) == (min(plan, region), True)
    assert {one.answer for one in omissions(graph, threshold=0.9)} == {"not mentioned"}


def test_one_recall_alone_does_not_do() -> None:
    graph = made_up.graph(more=quality_quads(measured(0.99, 0.99)[:1]))
    assert {one.answer for one in omissions(graph)} == {"not found"}


def test_recall_on_unseen_texts_goes_before_seen() -> None:
    both = [*measured(0.99, 0.99, unseen=False), *measured(0.8, 0.7)]
    graph = made_up.graph(more=quality_quads(both))
    assert {type_: r.value for type_, r in recalls(graph).items()} == {"plan_field": 0.8, "region_field": 0.7}


def test_a_name_in_the_text_is_mentioned_even_across_a_line_break() -> None:
    graph = made_up.graph(texts={"bing": "疫苗和医学影\n像。"}, more=quality_quads(measured(0.99, 0.99)))
    found = {one.label: one for one in omissions(graph)}
    assert (found["影像"].answer, found["影像"].texts) == ("mentioned", ("bing",))
    assert found["抗体药物"].answer == "not mentioned"


def test_what_is_under_a_field_covers_it_and_what_is_above_is_wider() -> None:
    """甲 names 双抗 (under the guide's 抗体药物: covered); 乙 names 抗体药物, above the guide's 双抗."""
    rows = [
        ("guide", "guide", "prioritises", "抗体药物"), ("jia", "jia", "prioritises", "双抗"),
    ]  # fmt: skip
    assert omissions(made_up.graph(rows)) == ()
    rows = [
        ("guide", "guide", "prioritises", "双抗"), ("yi-new", "yi-new", "prioritises", "抗体药物"),
        ("jia", "jia", "prioritises", "生物药"),
    ]  # fmt: skip
    found = {one.province_label: one for one in omissions(made_up.graph(rows))}
    assert (found["乙省"].answer, found["乙省"].above) == ("wider", ("抗体药物",))
    assert (found["甲省"].answer, found["甲省"].above) == ("not found", ()), "a sector says next to nothing"


def test_two_sides_in_detail(ground: Ground) -> None:
    """甲省 and 乙省: 疫苗 is 甲's alone, as 乙 names it in the plan of 2016–2020 only; 乙 has nothing of its own."""
    found = compare(ground, made_up.iri("甲省"), made_up.iri("乙省"))
    assert [one.label for one in found.only_a] == ["疫苗"]
    assert found.only_b == ()
    assert isclose(found.overlap.jaccard, 4 / 5)
    cities = compare(ground, made_up.iri("甲二市"), made_up.iri("乙一市"))
    assert {one.label: one.related for one in cities.only_a} == {"抗体药物": True, "影像": False}
    assert {one.label: one.related for one in cities.only_b} == {"双抗": True, "支架": False}
    county = compare(ground, made_up.iri("甲二县"), made_up.iri("乙省"))
    assert [one.label for one in county.overlap.shared] == ["影像"]


def test_clusters_of_both_sides_with_the_same_focus() -> None:
    rows = [
        *made_up.CLAIMS, ("jia", "甲一市", "hosts", "甲园"), ("jia", "甲园", "focusesOn", "疫苗"),
        ("yi-new", "乙一市", "hosts", "乙园"), ("yi-new", "乙园", "focusesOn", "疫苗"), ("yi-new", "乙园", "focusesOn", "影像"),
    ]  # fmt: skip
    (one,) = compare(made_up.graph(rows), made_up.iri("甲省"), made_up.iri("乙省")).clusters
    assert (one.label, [n for n, _ in one.a], [n for n, _ in one.b]) == ("疫苗", ["甲园"], ["乙园"])


@pytest.mark.parametrize(
    ("a", "b", "problem"),
    [("甲省", "甲省", "itself"), ("中国", "甲省", "no years"), ("guide", "jia", "no years")],
)
def test_what_cannot_be_compared_is_said(ground: Ground, a: str, b: str, problem: str) -> None:
    with pytest.raises(LookupFailed, match=problem):
        compare(ground, made_up.iri(a), made_up.iri(b))


def test_seeds_shandong_alone_has_the_sea(store: Path) -> None:
    """shandong-2021-2025 has a section on 海洋药物; no other plan of the seeds makes one of it.

    The guide names 人工耳蜗 (「植入式心脏起搏器…人工耳蜗」), which does not stand in Jiangsu's text at all.
    """
    ground = Ground.of(GraphStore.open(store))
    found = specialisation(ground)
    sea = [q for q in found.sectors if q.label == "海洋药"]
    assert [q.region_label for q in sea] == ["山东省"]
    assert sea[0].quotient > 2
    jiangsu = {one.label: one for one in omissions(ground) if one.province_label == "江苏省"}
    assert "人工耳蜗" not in ground.graph.text("jiangsu-2021-2025")
    assert "人工耳蜗" in ground.graph.text("national-2016-2020")
    # the store of the tests is built without the measured recall
    assert jiangsu["人工耳蜗"].answer == "not found"
    for one in jiangsu.values():
        if one.answer == "mentioned":
            assert one.texts == ("jiangsu-2021-2025",)
