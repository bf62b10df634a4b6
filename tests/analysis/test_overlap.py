"""Overlap on the made-up graph (``made_up.py``), each number worked out by hand, and on the shipped documents."""

from __future__ import annotations

import json
from math import isclose, log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.claims import Claim
from kg.analysis.ground import Ground
from kg.analysis.overlap import Overlap, overlaps, survey
from kg.analysis.sharing import joint
from kg.analysis.weights import jaccard, overlap_coefficient, rarity, weighted_jaccard
from kg.graph.store import GraphStore
from kg.model import Evidence
from kg.namespaces import ID

from . import made_up

LN2, FOUR_THIRDS, LN4 = log(2), log(4 / 3), log(4)
"""Rarity among three provinces: named by two ln(4/2), by all three ln(4/3), by one ln(4/1)."""


@pytest.fixture(scope="module")
def ground() -> Ground:
    return Ground.of(made_up.graph())


@pytest.fixture(scope="module")
def seeds(store: Path) -> Ground:
    return Ground.of(GraphStore.open(store))


def by_names(found: tuple[Overlap, ...]) -> dict[tuple[str, str], Overlap]:
    return {(pair.a, pair.b): pair for pair in found}


def fields(pair: Overlap, match: str = "same") -> set[str]:
    return {one.label for one in pair.shared if one.match == match}


def test_what_a_province_a_city_and_a_document_name(ground: Ground) -> None:
    named = {ground.label(s.iri): {ground.label(f) for f in s.fields} for s in ground.sides("province")}
    assert named == {
        "甲省": {"抗体药物", "疫苗", "双抗", "支架", "影像"},
        "乙省": {"疫苗", "医疗器械", "抗体药物", "影像", "双抗", "支架"},
        "丙市": {"疫苗", "支架"},
    }
    cities = {ground.label(s.iri): {ground.label(f) for f in s.fields} for s in ground.sides("city")}
    assert cities == {
        "甲一市": {"双抗", "支架"},
        "甲二市": {"影像", "抗体药物"},  # 影像 by the county in it
        "乙一市": {"医疗器械", "双抗", "支架"},
        "丙市": {"疫苗", "支架"},  # a municipality is a city: its district and its own plan
    }
    documents = {s.iri: {ground.label(f) for f in s.fields} for s in ground.sides("document")}
    assert documents[made_up.iri("yi-old")] == {"疫苗", "医疗器械"}


def test_two_provinces_compared_where_their_years_meet(ground: Ground) -> None:
    """甲 (5 fields) with 乙 of 2022–2024 only (抗体药物, 影像, 双抗, 支架): 4 shared of 5."""
    pair = by_names(overlaps(ground))["甲省", "乙省"]
    assert pair.periods == "2021–2025 / 2022–2024"
    assert (pair.a_documents, pair.b_documents) == (("jia",), ("yi-new",))
    assert fields(pair) == {"抗体药物", "影像", "双抗", "支架"}
    assert (pair.named_a, pair.named_b) == (5, 4)
    assert isclose(pair.jaccard, 4 / 5)
    assert isclose(pair.overlap_coefficient, 4 / 4)
    # shared: 抗体药物, 影像, 双抗 (two provinces each), 支架 (three); 疫苗 (three) is 甲's alone
    assert isclose(pair.weighted, (3 * LN2 + FOUR_THIRDS) / (3 * LN2 + 2 * FOUR_THIRDS))


def test_all_periods_take_in_the_older_plan(ground: Ground) -> None:
    """With yi-old, 乙 names 疫苗 and 医疗器械 too: 5 shared of 6, and 医疗器械 is of one province alone."""
    pair = by_names(overlaps(ground, all_periods=True))["甲省", "乙省"]
    assert pair.periods == "2021–2025 / 2016–2020, 2022–2024"
    assert isclose(pair.jaccard, 5 / 6)
    assert isclose(pair.overlap_coefficient, 5 / 5)
    assert isclose(pair.weighted, (3 * LN2 + 2 * FOUR_THIRDS) / (3 * LN2 + 2 * FOUR_THIRDS + LN4))


def test_a_plan_without_years_meets_every_other(ground: Ground) -> None:
    pair = by_names(overlaps(ground))["丙市", "甲省"]  # 310000 before 320000
    assert pair.periods == "? / 2021–2025"
    assert fields(pair) == {"疫苗", "支架"}
    assert isclose(pair.jaccard, 2 / 5)
    assert isclose(pair.weighted, 2 * FOUR_THIRDS / (3 * LN2 + 2 * FOUR_THIRDS))


def test_inherited_is_what_the_guide_names_itself(ground: Ground) -> None:
    """The guide names 抗体药物 and 影像; that 双抗 stands under 抗体药物 does not make it the guide's."""
    pair = by_names(overlaps(ground))["甲省", "乙省"]
    assert {one.label for one in pair.shared if one.inherited} == {"抗体药物", "影像"}
    assert (pair.inherited, pair.beyond) == (2, 2)
    (antibody,) = [one for one in pair.shared if one.label == "抗体药物"]
    assert [c.evidence.doc for c in antibody.national] == ["guide"]


def test_the_rarest_come_first_and_of_equals_the_own_bet(ground: Ground) -> None:
    """ln 2: 双抗 (not of the guide), then 抗体药物 and 影像 (of it), by IRI; ln 4/3: 支架."""
    pair = by_names(overlaps(ground))["甲省", "乙省"]
    assert [one.label for one in pair.shared] == ["双抗", "影像", "抗体药物", "支架"]
    assert [round(one.weight, 4) for one in pair.shared] == [0.6931, 0.6931, 0.6931, 0.2877]


def test_every_shared_field_has_the_places_of_both_sides(ground: Ground) -> None:
    pair = by_names(overlaps(ground))["甲省", "乙省"]
    (antibody,) = [one for one in pair.shared if one.label == "抗体药物"]
    # rows 2 and 7 of CLAIMS (the plan, and 甲二市), at 20 a row; row 10
    assert [(c.evidence.start, c.evidence.quote) for c in antibody.a] == [
        (40, "jia抗体药物"),
        (140, "甲二市抗体药物"),
    ]
    assert [c.evidence.start for c in antibody.b] == [200]


def test_cities_with_related_fields(ground: Ground) -> None:
    """Of four cities: 双抗 in two (ln 5/2), 抗体药物 in one (ln 5); a related pair weighs half of the commoner."""
    found = survey(ground, "city")
    pairs = by_names(found.pairs)
    assert set(pairs) == {
        ("甲一市", "甲二市"), ("甲一市", "乙一市"), ("甲二市", "乙一市"), ("丙市", "甲一市"), ("丙市", "乙一市"),
    }  # fmt: skip
    assert found.empty == 1, "丙市 and 甲二市 share nothing"
    pair = pairs["甲二市", "乙一市"]
    (one,) = pair.shared
    assert (one.match, one.label, one.narrower_label, one.general) == ("related", "抗体药物", "双抗", "a")
    assert isclose(one.weight, log(5 / 2) / 2)
    assert one.inherited, "the guide names the general one"
    assert (pair.jaccard, pair.weighted) == (0, 0), "likeness counts the very same fields only"
    assert [c.object for c in one.a] == [made_up.iri("抗体药物")]
    assert [c.object for c in one.b] == [made_up.iri("双抗")]
    assert pairs["甲一市", "甲二市"].shared[0].general == "b"


def test_a_sector_is_never_the_general_end_of_a_pair(ground: Ground) -> None:
    """In all years 乙一市 names 医疗器械 and 甲二市 影像, which stands under it: left out."""
    pair = by_names(overlaps(ground, "city", all_periods=True))["甲二市", "乙一市"]
    assert {one.name for one in pair.shared} == {"双抗 ⊂ 抗体药物"}


def test_a_pair_is_not_listed_where_one_of_its_fields_is_shared_anyway(ground: Ground) -> None:
    """甲省 and 乙省 both name 抗体药物 and both 双抗; neither is also a relative of the other."""
    pair = by_names(overlaps(ground))["甲省", "乙省"]
    assert fields(pair, "related") == set()


def test_documents_whose_years_do_not_meet_are_apart(ground: Ground) -> None:
    found = survey(ground, "document")
    assert set(by_names(found.pairs)) == {
        ("guide", "yi-old"), ("bing", "guide"), ("jia", "yi-new"), ("bing", "jia"), ("bing", "yi-old"), ("bing", "yi-new"),
    }  # fmt: skip
    assert set(found.apart) == {
        ("guide", "jia"),
        ("guide", "yi-new"),
        ("jia", "yi-old"),
        ("yi-new", "yi-old"),
    }
    assert len(survey(ground, "document", all_periods=True).pairs) == 10, "of five documents"


def test_a_field_is_shared_only_by_plans_that_meet() -> None:
    """甲 names 疫苗 in its old plan, 乙 in its new one: the plans meet crosswise, the claims do not.

    Both old plans name 影像, both new ones 支架. Shared 2 of 3: 疫苗 counts in the union only.
    """
    documents = {
        "jia-old": ("甲省", "Provincial", 2016, 2020), "jia-new": ("甲省", "Provincial", 2021, 2025),
        "yi-old": ("乙省", "Provincial", 2016, 2020), "yi-new": ("乙省", "Provincial", 2022, 2024),
    }  # fmt: skip
    rows = [
        ("jia-old", "疫苗"), ("yi-new", "疫苗"), ("jia-old", "影像"), ("yi-old", "影像"), ("jia-new", "支架"), ("yi-new", "支架"),
    ]  # fmt: skip
    graph = made_up.graph([(d, d, "prioritises", f) for d, f in rows], documents)
    (pair,) = overlaps(graph)
    assert fields(pair) == {"影像", "支架"}
    assert isclose(pair.jaccard, 2 / 3)
    (all_pair,) = overlaps(graph, all_periods=True)
    assert isclose(all_pair.jaccard, 1)


def test_what_one_passage_says_of_both_is_joint() -> None:
    """「甲一市、乙一市发展疫苗」 is one passage (places overlap); 支架 is said of each in a place of its own."""
    both = [("jia", "甲一市", "develops", "疫苗"), ("jia", "乙一市", "develops", "疫苗")]
    each = [("jia", "甲一市", "develops", "支架"), ("jia", "乙一市", "develops", "支架")]
    graph = made_up.graph([*both, *each], places={both[0]: (500, 520), both[1]: (510, 520)})
    (pair,) = overlaps(graph, "city")
    assert {one.label: one.joint for one in pair.shared} == {"疫苗": True, "支架": False}
    assert pair.row()["counts"]["joint"] == 1


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [
        ([(0, 10)], [(5, 20)], True),
        ([(0, 10)], [(10, 20)], False),  # next to each other: no character in common
        ([(0, 10), (50, 60)], [(5, 20)], False),  # one place of a its own
        ([(0, 10), (50, 60)], [(5, 20), (55, 58)], True),
    ],
)
def test_joint_by_places(a: list[tuple[int, int]], b: list[tuple[int, int]], together: bool) -> None:
    def claims(places: list[tuple[int, int]]) -> list[Claim]:
        return [
            Claim("s", "develops", "f", Evidence("d", s, e, "字" * (e - s), None), "r", 1.0)
            for s, e in places
        ]

    assert joint(claims(a), claims(b)) is together


def test_machine_output_has_the_published_keys(ground: Ground) -> None:
    for level in ("province", "city", "document"):
        for row in (pair.row() for pair in overlaps(ground, level)):
            assert {"a", "b", "a_iri", "b_iri", "periods", "jaccard", "weighted", "shared"} <= row.keys()
            for one in row["shared"]:
                assert {"field", "iri", "match", "inherited", "a", "b"} <= one.keys()
                assert one["match"] in ("same", "related")
                assert one["a"]
                assert one["b"]
                assert all({"doc", "start", "end", "quote"} <= e.keys() for e in (*one["a"], *one["b"]))
            assert row["counts"]["shared"] == row["counts"]["inherited"] + row["counts"]["beyond"]
            json.dumps(row)


def test_the_same_graph_gives_the_same_bytes(ground: Ground) -> None:
    at = {row: (20 * n, 20 * n + len(row[1] + row[3])) for n, row in enumerate(made_up.CLAIMS)}
    again = made_up.graph(reversed(made_up.CLAIMS), places=at)
    for level in ("province", "city", "document"):
        one, other = ([p.row() for p in overlaps(g, level)] for g in (ground, again))
        assert json.dumps(one) == json.dumps(other)


def test_other_levels_are_refused(ground: Ground) -> None:
    with pytest.raises(ValueError, match="village"):
        overlaps(ground, "village")  # type: ignore[arg-type]


sets = st.sets(st.sampled_from("abcdefgh"))


@given(st.lists(sets, min_size=2, max_size=6))
def test_measures_lie_between_0_and_1_and_are_1_for_equals(given_sets: list[set[str]]) -> None:
    a, b = given_sets[:2]
    weights = rarity(given_sets)
    assert all(weight > 0 for weight in weights.values()), "even what everybody names counts a little"
    same, union = len(a & b), len(a | b)
    for value in (
        jaccard(same, union),
        overlap_coefficient(same, len(a), len(b)),
        weighted_jaccard(a & b, a | b, weights),
    ):
        assert 0 <= value <= 1 + 1e-12
        if a == b and a:
            assert isclose(value, 1)
    assert jaccard(same, union) <= overlap_coefficient(same, len(a), len(b)) + 1e-12


def test_nanjing_and_suzhou_in_the_plan_of_jiangsu(seeds: Ground) -> None:
    """Counted in jiangsu-2021-2025, 生物药 and 医疗器械 of 重点区域: named of both, each in a place of its own.

    细胞治疗, 基因治疗 (「南京围绕细胞治疗与基因治疗」, 「苏州…基因与细胞治疗研发」), 高通量基因测序
    (「提升核酸检测、高通量基因测序仪」, 「高通量基因测序设备」), 可穿戴 (「可穿戴移动设备」, 「智能可穿戴设备」).
    """
    pair = by_names(overlaps(seeds, "city"))["南京市", "苏州市"]
    assert {"细胞治疗", "基因治疗", "基因测序仪", "可穿戴医疗设备"} <= fields(pair)
    assert pair.joint == 0
    assert pair.periods == "2021–2025 / 2021–2025"
    text = seeds.graph.text("jiangsu-2021-2025")
    for one in pair.shared:
        for claim in (*one.a, *one.b):
            at = claim.evidence
            assert text[at.start : at.end] == at.quote
    # 口腔医疗器械 is said of 无锡 alone
    assert "口腔医疗器械" not in fields(pair)


def test_hangzhou_and_jiaxing_in_the_plan_of_zhejiang(seeds: Ground) -> None:
    """zhejiang-2022-2024: 「支持杭州、宁波、湖州、嘉兴等地加快布局发展新冠病毒疫苗等新型疫苗」 names both at once."""
    pair = by_names(overlaps(seeds, "city"))["杭州市", "嘉兴市"]
    (vaccine,) = [one for one in pair.shared if one.label == "新冠病毒疫苗"]
    assert vaccine.joint
    assert not vaccine.inherited, "the guide of 2016 cannot know it"
    # 「支持杭州、温州等地发展抗体药物」: not 嘉兴
    assert "抗体药物" not in fields(pair)


def test_provinces_of_the_seeds_are_compared_by_plans_of_the_same_years(seeds: Ground) -> None:
    pairs = by_names(overlaps(seeds))
    assert set(pairs) == {("江苏省", "浙江省"), ("江苏省", "山东省"), ("浙江省", "山东省")}
    assert pairs["江苏省", "浙江省"].periods == "2021–2025 / 2022–2024"
    assert pairs["江苏省", "浙江省"].b_documents == ("zhejiang-2022-2024",)
    found = survey(seeds, "document")
    assert len(found.pairs) == 4, (
        "2016–2020: guide and Zhejiang; 2021–2025 and 2022–2024: three among each other"
    )
    assert len(found.apart) == 6


def test_the_guide_and_zhejiang_2016_share_what_both_print(seeds: Ground) -> None:
    """Both print 「13价肺炎结合疫苗」 and 「CT球管」, so they are shared and inherited."""
    pairs = {(p.a_documents, p.b_documents): p for p in overlaps(seeds, "document")}
    pair = pairs[("national-2016-2020",), ("zhejiang-2016-2020",)]
    shared = {one.label: one for one in pair.shared}
    for name in ("13价肺炎结合疫苗", "CT球管"):
        assert shared[name].inherited
        assert shared[name].match == "same"
    assert pair.inherited > pair.beyond


def test_the_iris_of_the_seeds_are_of_regions_and_documents(seeds: Ground) -> None:
    for level, kind in (("province", "region"), ("city", "region"), ("document", "document")):
        assert all(p.a_iri.startswith(f"{ID}{kind}/") for p in overlaps(seeds, level))
