"""The vocabularies as entries: names compared as a reader compares them, homonyms settled by where one is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from strategies import any_text, moderate
from tables import rows

from kg.errors import VocabularyError
from kg.lexicon.vocabulary import ID, Vocabulary, fold, load, parse, vocabulary_files

KINDS = {
    "region",
    "field",
    "enterprise",
    "institution",
    "drug-target",
    "disease",
    "programme",
    "indicator",
    "agency",
}

PLACES = {
    "": None, "江苏": "320000", "南京": "320100", "徐州": "320300", "福建": "350000", "河南": "410000", "北京": "110000",
    "吉林": "220000", "长春": "220100", "辽宁": "210000", "浙江": "330000", "江西": "360000", "山东": "370000",
    "海南": "460000", "青海": "630000", "内蒙古": "150000", "新疆": "650000", "重庆": "500000", "全国": "100000",
}  # fmt: skip

# A name, the place whose document says it, and the code of what it means: empty where it cannot be told.
RESOLVED = """
# homonyms are settled by the document's own region
朝阳区 → 北京 → 110105
朝阳区 → 吉林 → 220104
朝阳区 → 长春 → 220104
朝阳 → 辽宁 → 211300
鼓楼区 → 南京 → 320106
鼓楼区 → 徐州 → 320302
鼓楼区 → 福建 → 350102
鼓楼区 → 河南 → 410204
西湖区 → 浙江 → 330106
西湖区 → 江西 → 360103
海南 → 青海 → 632500
海南 → 内蒙古 → 150303
# a homonym that nothing settles means nothing
朝阳区 → →
鼓楼区 → →
鼓楼区 → 江苏 →
西湖区 → 全国 →
# a county of another province is not meant
鼓楼区 → 浙江 →
朝阳区 → 海南 →
# of a province and its city of one name, the province
吉林 → → 220000
吉林 → 吉林 → 220000
吉林市 → 吉林 → 220200
海南 → → 460000
海南 → 海南 → 460000
# what bears one name only is found from anywhere
南京市 → 浙江 → 320100
南京 → 全国 → 320100
滨海新区 → → 120116
浦东新区 → → 310115
# short names of provinces and prefectures of peoples
广西 → → 450000
内蒙古 → → 150000
恩施 → → 422800
黔东南 → → 522600
伊犁 → 新疆 → 654000
香港 → → 810000
# former names and abolished places
襄樊市 → → 420600
莱芜市 → 山东 → 371200
江北 → 重庆 → 500105
江北 → 浙江 → 330205
# groups have no code but a name
长三角 → 浙江 → chang-san-jiao
京津冀 → → jing-jin-ji
粤港澳大湾区 → 全国 → yue-gang-ao-da-wan-qu
山区26县 → 浙江 → shan-qu-26-xian
长株潭 → → chang-zhu-tan
# new areas that are no county
雄安新区 → → xiong-an-xin-qu
西咸新区 → → xi-xian-xin-qu
江北新区 → 江苏 → jiang-bei-xin-qu
# no region
张江 → →
开发区 → →
"""

# Names that are one to a reader.
SAME = """
# width, case, blanks and marks
ＰＤ－Ｌ１ 抑制剂 → PD-L1抑制剂
car - t → CAR-T
PET/CT → PETCT
植（介）入产品 → 植(介)入产品
“互联网+医药” → 互联网+医药
TNF－α → tnf-α
Ⅱ型糖尿病 → II型糖尿病
"""

OTHER = """
# what tells two names apart is kept
IL-6Rα → IL-6Rβ
互联网+医药 → 互联网医药
抗体 → 抗体药物
Her2 → Her3
"""


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return load()


@pytest.mark.parametrize(("name", "at", "code"), rows(RESOLVED, columns=3))
def test_a_region_is_told_by_where_one_is(
    words: Vocabulary, name: str, at: list[str], code: list[str]
) -> None:
    found = words.resolve_region(name, PLACES[at[0] if at else ""])
    assert ([found.iri.removeprefix(f"{ID}region/")] if found else []) == code


@pytest.mark.parametrize(("one", "other"), rows(SAME))
def test_names_are_compared_as_a_reader_compares_them(one: str, other: list[str]) -> None:
    assert fold(one) == fold(other[0])


@pytest.mark.parametrize(("one", "other"), rows(OTHER))
def test_other_names_stay_others(one: str, other: list[str]) -> None:
    assert fold(one) != fold(other[0])


@given(any_text)
@moderate(150)
def test_a_folded_name_is_folded(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_every_kind_of_thing_has_a_vocabulary(words: Vocabulary) -> None:
    assert {e.kind for e in words.entries.values()} == KINDS
    assert all(next(words.of_kind(kind), None) for kind in KINDS)


def test_every_entry_is_found_by_each_of_its_names(words: Vocabulary) -> None:
    missing = [
        (e.iri, name)
        for e in words.entries.values()
        for name in (e.label, *e.names, *e.context_names)
        if fold(name) and e not in words.find(e.kind, name)
    ]
    assert missing == []


def test_what_nobody_is_called_is_not_found(words: Vocabulary) -> None:
    assert words.find("field", "没有这个领域") == ()
    assert words.find("planet", "南京市") == ()


def test_every_region_but_the_country_and_groups_lies_in_a_province(words: Vocabulary) -> None:
    astray = [
        e.iri
        for e in words.of_kind("region")
        if {"Prefecture", "County"} & e.types and not any("Province" in a.types for a in words.above(e.iri))
    ]
    assert astray == []


def test_what_is_above_comes_nearest_first(words: Vocabulary) -> None:
    assert [e.label for e in words.above(f"{ID}region/330110")] == ["杭州市", "浙江省", "中国"]
    assert words.within(f"{ID}region/330110", f"{ID}region/330000")
    assert words.within(f"{ID}region/330000", f"{ID}region/330000")
    assert not words.within(f"{ID}region/330000", f"{ID}region/330110")
    assert list(words.above("https://example.org/nothing")) == []


def test_the_vocabularies_are_read_once_and_in_order() -> None:
    assert load() is load()
    assert vocabulary_files() == sorted(vocabulary_files())
    assert list(load().entries) == sorted(load().entries)


_HEAD = """
@prefix pp: <https://w3id.org/pharma-policy-kg/ontology#> .
@prefix field: <https://w3id.org/pharma-policy-kg/id/field/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def _parse(folder: Path, turtle: str) -> Vocabulary:
    path = folder / "fields.ttl"
    path.write_text(_HEAD + turtle, encoding="utf-8")
    return parse([path])


def test_a_users_own_file_is_read_like_the_shipped_ones(tmp_path: Path) -> None:
    own = _parse(
        tmp_path,
        """
        field:he-yao a pp:ProductField ;
        skos:prefLabel "核药"@zh , "Radiopharmaceuticals"@en ;
        skos:altLabel "放射性药物"@zh ; skos:hiddenLabel "合药"@zh ; skos:notation "B12" ; pp:contextLabel "放药"@zh ;
        skos:broader field:yao ; pp:notBefore "材" .""",
    )
    (entry,) = own.entries.values()
    assert (entry.kind, entry.label, entry.label_en, entry.notation) == (
        "field",
        "核药",
        "Radiopharmaceuticals",
        "B12",
    )
    assert set(entry.names) == {"核药", "Radiopharmaceuticals", "放射性药物", "合药"}
    assert entry.context_names == ("放药",)
    assert entry.extra["notBefore"] == "材"
    assert own.find("field", "放药") == (entry,)
    assert list(own.above(entry.iri)) == [], "what is above may be in another file"


def test_what_is_no_thing_of_ours_is_left_out(tmp_path: Path) -> None:
    own = _parse(
        tmp_path,
        """<https://w3id.org/pharma-policy-kg/id/scheme/fields> skos:prefLabel "领域"@zh .
        <https://example.org/field/x> skos:prefLabel "别处"@zh .
        field:x skos:altLabel "没有正名"@zh .
        [] skos:prefLabel "无名"@zh .""",
    )
    assert own.entries == {}


def test_things_that_stand_above_each_other_do_not_loop(tmp_path: Path) -> None:
    own = _parse(
        tmp_path,
        """field:a skos:prefLabel "甲药"@zh ; skos:broader field:b .
        field:b skos:prefLabel "乙药"@zh ; skos:broader field:a .""",
    )
    assert [e.label for e in own.above(f"{ID}field/a")] == ["乙药"]


@pytest.mark.parametrize(
    "turtle", ["field:x skos:prefLabel 核药 .", '<x skos:prefLabel "核药" .', "nonsense"]
)
def test_a_mistake_in_a_file_is_named_with_its_place(tmp_path: Path, turtle: str) -> None:
    with pytest.raises(VocabularyError, match=r"fields\.ttl") as wrong:
        _parse(tmp_path, turtle)
    assert wrong.value.hint


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"gone\.ttl"):
        parse([tmp_path / "gone.ttl"])
