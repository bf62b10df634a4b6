"""Each kind of thing has one look everywhere, and it can be told from the others without colour vision."""

from __future__ import annotations

import pytest

from kg.namespaces import KINDS
from kg.queries.reading import DRAWN, REGION_KINDS, kind_of
from kg.views.palette import LINES, PHRASES, STYLES, phrase

OKABE_ITO = {
    "#000000",
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#F0E442",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
    "#999999",
}


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_two_kinds_look_alike() -> None:
    looks = [(s.colour, s.shape) for k, s in STYLES.items() if k != "thing"]
    assert len(set(looks)) == len(looks)


def test_the_colours_are_those_of_okabe_and_ito() -> None:
    assert {s.colour for s in STYLES.values()} <= OKABE_ITO


@pytest.mark.parametrize("kind", sorted(STYLES))
def test_an_outline_stands_out_on_white(kind: str) -> None:
    assert 1.05 / (luminance(STYLES[kind].edge) + 0.05) >= 4.0


@pytest.mark.parametrize("kind", sorted(STYLES))
def test_every_kind_has_a_name_in_both_languages(kind: str) -> None:
    assert STYLES[kind].zh
    assert STYLES[kind].en


def test_every_kind_of_the_graph_has_a_look() -> None:
    without = {"fact", "graph", "scheme", "region"}
    assert set(KINDS) - without <= set(STYLES)
    assert set(REGION_KINDS.values()) <= set(STYLES)


def test_every_drawn_property_has_a_line_and_a_phrase() -> None:
    assert set(DRAWN) | {"within"} == set(LINES)
    assert set(LINES) <= set(PHRASES)


def test_an_unknown_property_reads_by_its_name() -> None:
    assert phrase("exports") == ("exports", "exports")
    assert phrase("exports", inverse=True)[0].endswith("exports")


@pytest.mark.parametrize(
    ("iri", "classes", "kind"),
    [
        ("https://w3id.org/pharma-policy-kg/id/cluster/x", ["Park"], "cluster"),
        ("https://w3id.org/pharma-policy-kg/id/region/320000", ["Province"], "province"),
        ("https://w3id.org/pharma-policy-kg/id/region/somewhere-1a2b", ["Region"], "region"),
        ("https://w3id.org/pharma-policy-kg/id/fact/00", [], "thing"),
        ("http://example.org/a", [], "thing"),
    ],
)
def test_kinds_follow_from_iris_and_ranks(iri: str, classes: list[str], kind: str) -> None:
    assert kind_of(iri, classes) == kind
