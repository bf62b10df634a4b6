"""Structure: two groups of cities made up so that weights, modularity and the backbone can be worked out by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.backbone import significance
from kg.analysis.ground import Ground
from kg.analysis.structure import bipartite, structure
from kg.graph.store import GraphStore

from . import made_up

ONES, OTHERS = ("甲一市", "甲二市", "乙一市"), ("丙市", "丁一市", "丁二市")


@pytest.fixture(scope="module")
def groups() -> GraphStore:
    """Three cities name 疫苗, three others 支架, and all six 影像.

    疫苗 and 支架: three cities each, 1/2 for each pair of them; 影像: six cities, 1/5 for each of 15 pairs.
    So pairs within a group weigh 0.7, pairs across 0.2.
    """
    rows = [
        *(("jia", city, "develops", "疫苗") for city in ONES), *(("jia", city, "develops", "支架") for city in OTHERS),
        *(("jia", city, "develops", "影像") for city in (*ONES, *OTHERS)),
        ("jia", "甲一市", "develops", "医疗器械"), ("jia", "丙市", "develops", "医疗器械"),  # a sector ties nobody
    ]  # fmt: skip
    return made_up.graph(rows)


def test_weights_of_the_projection(groups: GraphStore) -> None:
    found = structure(groups)
    assert len(found.edges) == 15
    weights = sorted(round(edge.weight, 9) for edge in found.edges)
    assert weights == [0.2] * 9 + [0.7] * 6


def test_communities_and_modularity(groups: GraphStore) -> None:
    """All weights: 6 × 0.7 + 9 × 0.2 = 6. Within groups 4.2 / 6 = 0.7, by chance 2 × 0.5² = 0.5: modularity 0.2."""
    found = structure(groups)
    label = found.ground.label
    assert {frozenset(map(label, c.members)) for c in found.communities} == {
        frozenset(ONES),
        frozenset(OTHERS),
    }
    assert isclose(found.modularity, 0.2)
    typical = {frozenset(map(label, c.members)): label(c.typical[0]) for c in found.communities}
    assert typical == {frozenset(ONES): "疫苗", frozenset(OTHERS): "支架"}


def test_centralities(groups: GraphStore) -> None:
    """Each city has 5 neighbours, strength 2 × 0.7 + 3 × 0.2 = 2, and lies between no others: all are joined."""
    for node in structure(groups).nodes:
        assert node.degree == 5
        assert isclose(node.strength, 2)
        assert node.betweenness == 0


def test_the_backbone_holds_the_groups(groups: GraphStore) -> None:
    """α = (1 − w/s)⁴: within a group (1 − 0.35)⁴ = 0.17850625, across (1 − 0.1)⁴ = 0.6561."""
    found = structure(groups, level=0.2)
    assert sorted({round(edge.alpha, 8) for edge in found.edges}) == [0.17850625, 0.6561]
    assert {edge.weight for edge in found.backbone} == {edge.weight for edge in found.edges[:6]}
    assert len(found.backbone) == 6
    assert structure(groups, level=0.1).backbone == ()


def test_a_bridge_lies_between(groups: GraphStore) -> None:
    """甲一 –疫苗– 乙一 –支架– 丙: of the one pair that is not joined, the only way leads over 乙一市."""
    rows = [
        ("jia", "甲一市", "develops", "疫苗"), ("jia", "乙一市", "develops", "疫苗"),
        ("jia", "乙一市", "develops", "支架"), ("jia", "丙市", "develops", "支架"), ("jia", "甲二市", "develops", "影像"),
    ]  # fmt: skip
    found = structure(made_up.graph(rows))
    assert {n.label: n.betweenness for n in found.nodes} == {"甲一市": 0, "乙一市": 1, "丙市": 0}
    assert [found.ground.label(iri) for iri in found.alone] == ["甲二市"]


def test_clusters_by_what_they_concentrate_on() -> None:
    rows = [
        ("jia", "甲园", "focusesOn", "疫苗"), ("yi-new", "乙园", "focusesOn", "疫苗"), ("jia", "甲省", "hosts", "甲园"),
        ("yi-old", "旧园", "focusesOn", "疫苗"),
    ]  # fmt: skip
    found = structure(made_up.graph(rows), "clusters")
    # named by three clusters: 1/2; the years of yi-old meet neither of the others'
    assert [(e.weight, {found.ground.label(e.a), found.ground.label(e.b)}) for e in found.edges] == [
        (0.5, {"甲园", "乙园"})
    ]
    assert len(structure(made_up.graph(rows), "clusters", all_periods=True).edges) == 3
    (node,) = [n for n in found.nodes if n.label == "甲园"]
    assert node.province == made_up.iri("甲省")


def test_the_graph_of_two_kinds(groups: GraphStore) -> None:
    made = bipartite(groups)
    kinds = [data["bipartite"] for _, data in made.nodes(data=True)]
    assert (kinds.count(0), kinds.count(1)) == (6, 4), "疫苗, 支架, 影像, 医疗器械"
    assert made.number_of_edges() == 3 + 3 + 6 + 2
    assert {made.nodes[a]["bipartite"] + made.nodes[b]["bipartite"] for a, b in made.edges} == {1}
    hubs = structure(groups).hubs
    assert hubs[0] == (made_up.iri("影像"), 6)


@pytest.mark.parametrize(
    ("weights", "alphas"),
    [
        ({("a", "b"): 5.0}, {("a", "b"): 1.0}),  # one edge: it can be nothing else
        ({("a", "b"): 1.0, ("a", "c"): 1.0}, {("a", "b"): 0.5, ("a", "c"): 0.5}),  # (1 − 1/2)¹ at a
        # a star of 1, 1, 8: at the centre (1 − 0.1)² = 0.81 and (1 − 0.8)² = 0.04
        (
            {("m", "x"): 1.0, ("m", "y"): 1.0, ("m", "z"): 8.0},
            {("m", "x"): 0.81, ("m", "y"): 0.81, ("m", "z"): 0.04},
        ),
    ],
)
def test_significance_by_hand(
    weights: dict[tuple[str, str], float], alphas: dict[tuple[str, str], float]
) -> None:
    assert significance(weights) == pytest.approx(alphas)


edges = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("efgh")), st.floats(0.01, 100), min_size=1, max_size=10
)


@given(edges)
def test_significance_is_a_probability(weights: dict[tuple[str, str], float]) -> None:
    found = significance(weights)
    assert found.keys() == weights.keys()
    assert all(0 <= alpha <= 1 for alpha in found.values())


def test_the_same_whatever_the_order_of_hashes(store: Path) -> None:
    """Two processes with different seeds of the hash print the same bytes."""
    script = (
        "import sys, json; from kg.graph.store import GraphStore; from kg.analysis.ground import Ground\n"
        "from kg.analysis.structure import structure; from kg.analysis.overlap import overlaps\n"
        "from kg.analysis.specialisation import specialisation; g = Ground.of(GraphStore.open(sys.argv[1]))\n"
        "print(json.dumps([structure(g).row(), structure(g, 'clusters').row(), specialisation(g).row()]))\n"
        "print(json.dumps([p.row() for p in overlaps(g, 'city')]))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script, str(store)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_structure_of_the_seeds(store: Path) -> None:
    ground = Ground.of(GraphStore.open(store))
    found = structure(ground)
    assert len(found.backbone) < len(found.edges) / 3, "a backbone, no hairball"
    assert len({n.iri for n in found.nodes}) == len(found.nodes)
    assert {m for c in found.communities for m in c.members} == {n.iri for n in found.nodes}
    names = {frozenset((ground.label(e.a), ground.label(e.b))) for e in found.backbone}
    assert frozenset(("南京市", "苏州市")) in names, "see test_overlap: four rare fields, each named of both"
    json.dumps(found.row())
