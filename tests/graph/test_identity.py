"""Names become things: known ones by the vocabulary, unknown ones each on their own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.graph.identity import Linker
from kg.graph.pinyin import syllables
from kg.graph.slugs import document_iri, own_iri, section_iri, slug, tidy
from kg.namespaces import PP, thing

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
chinese = st.text(st.sampled_from("台泰太州洲周医药港城一二三，（）PD-1 α"), min_size=1, max_size=30)


@settings(deadline=None)  # rare characters load pypinyin's dictionaries once
@given(names)
def test_every_name_makes_a_valid_iri(name):
    for iri in (own_iri("cluster", name), document_iri(name), section_iri(name, name)):
        assert NamedNode(iri).value == iri
        assert iri.isascii()


@settings(deadline=None)
@given(names | chinese, names | chinese)
def test_different_names_have_different_iris(a, b):
    assert (own_iri("field", a) == own_iri("field", b)) == (tidy(a) == tidy(b))
    assert (document_iri(a) == document_iri(b)) == (a == b)


@given(chinese)
def test_tidying_twice_changes_nothing_more(name):
    assert tidy(tidy(name)) == tidy(name)


@given(chinese)
def test_one_name_in_two_provinces_is_two_things(name):
    assert own_iri("institution", name, "330000") != own_iri("institution", name, "320000")


def test_slugs_stay_short():
    assert len(own_iri("measure", "推动生物医药产业高质量发展" * 20).rpartition("/")[2]) <= 70


@pytest.mark.parametrize(
    ("a", "b"), [("台州医药港", "泰州医药港"), ("纳米抗体", "钠米抗体"), ("PD-1抗体", "PD-L1抗体")]
)
def test_homophones_and_near_names_never_merge(a, b):
    assert own_iri("cluster", a) != own_iri("cluster", b)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("抗体药物", "kang-ti-yao-wu"), ("PCSK9抑制剂", "pcsk9-yi-zhi-ji"), ("PD-1", "pd-1"), ("（）", "")],
)
def test_slugs_are_readable(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize(
    "wording", ["抗体药物", "抗体 药物", "抗体药物产品", "抗体药物领域", "抗体药物等", "抗体类药物"]
)
def test_wordings_of_a_known_field_link_to_it(vocabulary, wording):
    assert Linker(vocabulary).field(wording).iri == thing("field", "kang-ti-yao-wu")


@pytest.mark.parametrize(
    ("wording", "parent", "category", "above"),
    [
        ("纳米抗体", "疫苗", "生物药", "yi-miao"),
        ("双功能抗体药物", None, "生物药", "kang-ti-yao-wu"),
        ("血液制品", None, "生物药", "sheng-wu-yao"),
        ("血液制品", "没有的标题", None, "yi-yao"),
    ],
)
def test_an_unknown_field_stands_under_heading_head_noun_sector_or_root(
    vocabulary, wording, parent, category, above
):
    found = Linker(vocabulary).field(wording, parent=parent, category=category)
    assert found.origin == "candidate"
    assert found.broader == (thing("field", above),)
    assert PP.ProductField in found.types


def test_an_unknown_disease_stands_under_the_disease_that_it_ends_in(vocabulary):
    assert Linker(vocabulary).concept("disease", "晚期肿瘤").broader == (thing("disease", "zhong-liu"),)


def test_an_unknown_indicator_stands_under_the_one_inside_it(vocabulary):
    above = Linker(vocabulary).concept("indicator", "规上企业营业收入年均增速").broader
    assert above == (thing("indicator", "ying-ye-shou-ru"),)


@pytest.mark.parametrize(("home", "code"), [("320000", "320106"), ("330000", "330106")])
def test_homonymous_districts_are_settled_by_the_jurisdiction(vocabulary, home, code):
    assert Linker(vocabulary, home=home).region("鼓楼区").iri == thing("region", code)


def test_a_homonym_without_a_jurisdiction_stays_open(vocabulary):
    assert Linker(vocabulary).region("鼓楼区").origin == "candidate"


@pytest.mark.parametrize(
    ("home", "wording", "tail", "label"),
    [
        ("330000", "省药监局", "330000-yao-pin-jian-du-guan-li-ju", "浙江省药监局"),
        ("331000", "省药监局", "330000-yao-pin-jian-du-guan-li-ju", "浙江省药监局"),
        ("320000", "省药监局", "320000-yao-pin-jian-du-guan-li-ju", "江苏省药监局"),
        ("330000", "浙江省药品监督管理局", "330000-yao-pin-jian-du-guan-li-ju", "浙江省药品监督管理局"),
        ("330000", "台州市药监局", "331000-yao-pin-jian-du-guan-li-ju", "台州市药监局"),
    ],
)
def test_a_local_body_is_that_of_its_region(vocabulary, home, wording, tail, label):
    found = Linker(vocabulary, home=home).agency(wording)
    assert found.iri == thing("agency", tail)
    assert found.label == label
    assert found.kind_of == thing("agency", "yao-pin-jian-du-guan-li-ju")


def test_bodies_that_the_vocabulary_lacks_differ_by_region(vocabulary):
    here, there = (Linker(vocabulary, home=h).agency("省经信厅").iri for h in ("330000", "320000"))
    assert here != there
    assert here.startswith(thing("agency", "330000-jing-xin-ting-"))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("重庆", "chong qing"),
        ("重组蛋白", "chong zu dan bai"),
        ("银行行长", "yin hang hang zhang"),
        ("中科院长春应化所", "zhong ke yuan chang chun ying hua suo"),
        ("药品审查查验中心", "yao pin shen cha cha yan zhong xin"),
        ("绿色 PD-L1抗体", "lv se  PD-L1 kang ti"),
        ("㛃", "jie"),
        ("", ""),
    ],
)
def test_readings(name, read):
    assert " ".join(syllables(name)) == read
