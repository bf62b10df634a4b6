"""Things are found by any name that people type, and nothing is guessed where a name could mean several."""

from __future__ import annotations

import pytest

from kg.graph.lookup import Ambiguous, Lookup
from kg.graph.spelling import key
from kg.graph.store import GraphStore
from kg.namespaces import ID


@pytest.fixture(scope="module")
def lookup(tiny_graph: GraphStore) -> Lookup:
    return Lookup(tiny_graph.store)


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("苏州市", "region/320500"),
        ("苏州", "region/320500"),
        (" 苏 州 ", "region/320500"),
        ("320500", "region/320500"),
        ("id:region/320500", "region/320500"),
        ("region/320500", "region/320500"),
        (f"{ID}region/320500", "region/320500"),
        (f"<{ID}region/320500>", "region/320500"),
        ("Nanjing", "region/320100"),
        ("nan-jing", "region/320100"),
        ("NAN JING", "region/320100"),
        ("nánjīng", "region/320100"),
        ("Sūzhōu", "region/320500"),
        ("sù zhōu", "region/341300"),
        ("nan2jing1", "region/320100"),
        ("xi'an", "region/610100"),
        ("Xian", "region/610100"),
        ("lvliang", "region/141100"),
        ("Lüliang", "region/141100"),
        ("吉林", "region/220000"),
        ("海南", "region/460000"),
        ("长三角", "region/chang-san-jiao"),
        ("Yangtze River Delta", "region/chang-san-jiao"),
        ("抗体药物", "field/kang-ti-yao-wu"),
        ("抗体药", "field/kang-ti-yao-wu"),
        ("kang ti yao wu", "field/kang-ti-yao-wu"),
        ("pd-1", "drug-target/pd-1"),
        ("PD1", "drug-target/pd-1"),
        ("ＰＤ－１", "drug-target/pd-1"),
        ("jiangsu-2021", "document/jiangsu-2021"),
        ("江苏省医药规划", "document/jiangsu-2021"),
    ],
)
def test_one_thing_is_found(lookup: Lookup, name: str, iri: str) -> None:
    assert lookup.one(name).iri == f"{ID}{iri}"


@pytest.mark.parametrize("name", ["苏州生物医药产业园", "一园", "su zhou sheng wu yi yao chan ye yuan"])
def test_things_of_documents_have_pinyin_too(lookup: Lookup, name: str) -> None:
    """Their IRIs end in a hash, so that the IRI alone does not give the pinyin away."""
    assert lookup.one(name).label == "苏州生物医药产业园"


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("suzhou", {"苏州市", "宿州市"}),
        ("taizhou", {"台州市", "泰州市"}),
        ("fuzhou", {"福州市", "抚州市"}),
        ("鼓楼区", {"鼓楼区"}),
    ],
)
def test_a_name_of_several_things_lists_them(lookup: Lookup, name: str, labels: set[str]) -> None:
    with pytest.raises(Ambiguous, match="can mean") as caught:
        lookup.one(name)
    assert {c.label for c in caught.value.candidates} == labels
    assert len({c.iri for c in caught.value.candidates}) == len(caught.value.candidates) > 1
    assert "\n" not in str(caught.value)


def test_those_that_documents_mention_come_first(lookup: Lookup) -> None:
    with pytest.raises(Ambiguous) as caught:
        lookup.one("suzhou")
    assert [c.documents > 0 for c in caught.value.candidates] == [True, False]


def test_a_kind_settles_which_is_meant(lookup: Lookup) -> None:
    assert lookup.one("江苏", ["region"]).iri == f"{ID}region/320000"
    assert lookup.one("jiangsu", ["document"]).iri == f"{ID}document/jiangsu-2021"
    with pytest.raises(Ambiguous, match="no field is named"):
        lookup.one("苏州市", ["field"])


def test_the_start_of_an_id_is_enough_where_it_is_the_only_one(lookup: Lookup) -> None:
    with pytest.raises(Ambiguous) as caught:
        lookup.one("zhejiang", ["document"])
    assert len(caught.value.candidates) == 2


@pytest.mark.parametrize(
    ("name", "near"), [("苏州生物", "苏州生物医药产业园"), ("恒瑞药业", "恒瑞医药"), ("Nanjin", "南京市")]
)
def test_unknown_names_bring_near_ones(lookup: Lookup, name: str, near: str) -> None:
    with pytest.raises(Ambiguous, match="no thing is named") as caught:
        lookup.one(name)
    assert near in [c.label for c in caught.value.candidates]


@pytest.mark.parametrize("name", ["", " ", "…", "{}", "a\nb", "<>", "id:", "http://", "\x00", "'; DROP"])
def test_odd_names_find_nothing_and_break_nothing(lookup: Lookup, name: str) -> None:
    with pytest.raises(Ambiguous):
        lookup.one(name)


def test_candidates_tell_what_they_are(lookup: Lookup) -> None:
    shown = str(lookup.one("苏州"))
    assert all(part in shown for part in ("苏州市", "Prefecture", "江苏省", "Suzhou", "id:region/320500"))


def test_labels_fall_back_to_another_language_then_to_the_iri(lookup: Lookup) -> None:
    assert lookup.label(f"{ID}region/320500", "en") == "Suzhou"
    assert lookup.label(f"{ID}document/jiangsu-2021", "en") == "江苏省医药规划"
    assert lookup.label(f"{ID}region/none") == "id:region/none"


@pytest.mark.parametrize(
    ("a", "b"), [("Sū zhōu", "suzhou"), ("ＰＤ－１", "pd-1"), ("Lüliang", "lvliang"), ("TNF-α", "tnfα")]
)
def test_spellings_that_are_one(a: str, b: str) -> None:
    assert key(a) == key(b)
