"""One scan finds the names of all vocabularies: the longest of each kind, Latin names as whole words in any case."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import any_text, messy, moderate
from tables import rows

from kg.lexicon.gazetteer import Gazetteer, Mention, matchable, shipped
from kg.lexicon.vocabulary import Entry, Vocabulary, load

# A text and the names in it, as ``kind:name``.
FOUND = """
# Latin names are whole words, in any case
靶向HER2和PD-1/PD-L1的药物 → drug-target:HER2 | drug-target:PD-1 | drug-target:PD-L1
以pd-l1为靶点 → drug-target:pd-l1
VEGF、EGFR等靶点 → drug-target:VEGF | drug-target:EGFR
PD-10、CD200、ADCC效应 →
# the longest name wins
重组人血清白蛋白 → field:重组人血清白蛋白
江苏省常州市 → region:江苏省 | region:常州市
非小细胞肺癌 → disease:非小细胞肺癌
新型抗体偶联药物 → field:新型抗体偶联药物
# things of different kinds may stand in one another
中山大学 → institution:中山大学 | region:中山
CD20单抗 → field:CD20单抗 | drug-target:CD20
# agencies, firms and programmes of the whole country
国家药监局会同工业和信息化部 → agency:国家药监局 | agency:工业和信息化部
支持恒瑞医药、齐鲁制药 → enterprise:恒瑞医药 | enterprise:齐鲁制药
# regions by their Chinese names only
Shanghai Beijing →
沪杭沿线的上海与杭州 → region:上海 | region:杭州
# nothing
推动高质量发展。 →
"""


@pytest.mark.parametrize(("text", "names"), rows(FOUND))
def test_names_are_found(text: str, names: list[str]) -> None:
    found = [f"{m.kind}:{m.text}" for m in shipped().mentions(text)]
    wanted = {n.split(":")[0] for n in names} or {"drug-target", "region", "field"}
    assert sorted(f for f in found if f.split(":")[0] in wanted) == sorted(names)


def test_a_mention_tells_every_entry_that_bears_the_name() -> None:
    (mention,) = shipped().mentions("鼓楼区")
    assert len(mention.iris) == 4
    assert all(load().entries[iri].label == "鼓楼区" for iri in mention.iris)


def _made(*names: str, not_before: str = "") -> Gazetteer:
    entries = {
        name: Entry(
            name,
            "field",
            frozenset(),
            name,
            "",
            (name,),
            extra={"notBefore": not_before} if not_before else {},
        )
        for name in names
    }
    return Gazetteer(Vocabulary(entries, {}))


def _texts(found: tuple[Mention, ...]) -> list[str]:
    return [m.text for m in found]


def test_a_name_of_one_character_is_not_looked_for() -> None:
    assert _texts(_made("药", "中药").mentions("药和中药")) == ["中药"]


def test_a_following_character_may_veto_a_name() -> None:
    assert _texts(_made("原料", not_before="药").mentions("原料药和原料")) == ["原料"]


def test_of_names_that_overlap_the_first_is_read() -> None:
    assert _texts(_made("抗体药", "药物").mentions("抗体药物")) == ["抗体药"]


def test_a_latin_name_stands_beside_chinese_but_not_in_a_word() -> None:
    assert _texts(_made("CAR").mentions("研发CAR细胞、CARE和car-t")) == ["CAR", "car"]


def test_an_english_name_of_a_region_is_not_looked_for() -> None:
    entry = Entry("x", "region", frozenset(), "西藏自治区", "Tibet", ("西藏自治区", "Xizang", "Xīzàng"))
    assert list(matchable(entry)) == ["西藏自治区"]


def _check(text: str) -> None:
    found = shipped().mentions(text)
    assert list(found) == sorted(found, key=lambda m: (m.start, -m.end, m.kind))
    reached: dict[str, int] = {}
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= reached.get(mention.kind, 0), "names of one kind do not overlap"
        reached[mention.kind] = mention.end
        assert mention.iris
        assert all(load().entries[iri].kind == mention.kind for iri in mention.iris)


@given(messy())
@moderate(80)
def test_a_mention_is_a_slice_of_a_messy_text(text: str) -> None:
    _check(text)


@given(any_text)
@moderate(100)
def test_a_mention_is_a_slice_of_any_text(text: str) -> None:
    _check("İﬁ" + text)
