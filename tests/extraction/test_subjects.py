"""Who does it: the regions or the places of agglomeration that lead a clause, or that a heading sets for all under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import messy, moderate
from tables import rows

from extraction.reader import TITLE, read
from kg.extraction.cluster_names import clusters_of
from kg.extraction.state import document_of, regions_of
from kg.extraction.subjects import Led, leading_subject, subject_of_path
from kg.extraction.text import clauses, sentences

# A clause, who leads it, and what is left of it.
LED = """
# one region
长沙重点发展基因检测 → 长沙市 → 重点发展基因检测
邵阳要做大药材 → 邵阳市 → 做大药材
我省重点发展疫苗 → 湖南省 → 重点发展疫苗
长沙市岳麓区聚焦医疗器械 → 岳麓区 → 聚焦医疗器械
长株潭地区重点发展生物药 → 长株潭 → 重点发展生物药
# lists of regions
湘西州、张家界市重点发展杜仲 → 湘西土家族苗族自治州 | 张家界市 → 重点发展杜仲
支持衡阳市、永州市及郴州市发展饮片 → 衡阳市 | 永州市 | 郴州市 → 发展饮片
支持长沙、株洲等地发展抗体药物 → 长沙市 | 株洲市 → 发展抗体药物
推动怀化、邵阳两市共同发展中药材 → 怀化市 | 邵阳市 → 发展中药材
长沙、株洲、湘潭三市要协同发展生物药 → 长沙市 | 株洲市 | 湘潭市 → 发展生物药
# what stands before and after them
重点支持长沙建设平台 → 长沙市 → 建设平台
在长沙布局建设细胞中心 → 长沙市 → 布局建设细胞中心
引导益阳、娄底错位发展中医康养 → 益阳市 | 娄底市 → 错位发展中医康养
以长沙、岳阳为重点 → 长沙市 | 岳阳市 →
以长沙为中心 → 长沙市 →
联动湘潭、衡阳等地 → 湘潭市 | 衡阳市 →
# a region with what it builds on
岳阳依托绿色化工园区做强原料药 → 岳阳市 → 做强原料药
永州利用道地药材优势发展饮片 → 永州市 → 发展饮片
# places of agglomeration, with the regions in their names
浏阳生物医药产业园重点发展化学药 → 浏阳生物医药产业园 | 浏阳市 → 重点发展化学药
支持浏阳生物医药产业园、望城经开区发展器械 → 浏阳生物医药产业园 | 望城经开区 | 浏阳市 | 望城区 → 发展器械
支持长沙经开区打造医药高地 → 长沙经开区 | 长沙市 → 打造医药高地
# a region and a place in it
株洲依托株洲高新区发展器械 → 株洲高新区 | 株洲市 → 发展器械
"""

# Clauses that nobody leads.
UNLED = """
# no region
重点发展原料药 →
鼓励有条件的地区发展中药 →
# a region that is no subject: part of a name, or what is built on
支持湖南大学发展疫苗 →
依托长沙、株洲等医药产业密集区 →
巩固浏阳原料药优势 →
# a region that comes later
加快承接长沙产业转移 →
"""

# Headings, and whose passage it is.
HEADED = """
# a heading that is a region or little more
（一）长沙市 → 长沙市
1.长沙片区 → 长沙片区 | 长沙市
株洲市：做强器械。 → 株洲市
# a place of agglomeration
（一）浏阳生物医药产业园 → 浏阳生物医药产业园 | 浏阳市
# none
（一）生物药 →
（一）创新平台 →
"""


def led(text: str, title: str = TITLE) -> Led | None:
    """What leads the only clause of a text."""
    doc = read(text + "。", title=title, upto="cluster_names")
    (clause,) = [c for s in sentences(doc.text) for c in clauses(s)]
    return leading_subject(clause, regions_of(doc), clusters_of(doc))


@pytest.mark.parametrize(("text", "names", "rest"), rows(LED, columns=3))
def test_a_clause_is_led_by_those_who_act(text: str, names: list[str], rest: list[str]) -> None:
    found = led(text)
    assert found is not None
    subject = found.subject
    assert [*(c.name for c in subject.clusters), *(r.name for r in subject.regions)] == names
    assert found.rest.text == "".join(rest)


@pytest.mark.parametrize(("text", "_"), rows(UNLED))
def test_a_clause_that_nobody_leads(text: str, _: list[str]) -> None:
    assert led(text) is None


@pytest.mark.parametrize(
    ("text", "ground", "joins", "supported"),
    [
        pytest.param("长沙重点发展疫苗", False, False, False, id="acts"),
        pytest.param("支持长沙发展疫苗", False, False, True, id="is supported"),
        pytest.param("联动长沙、株洲等地", False, True, False, id="joins those before"),
        pytest.param("依托长沙高新区", True, False, False, id="is built on"),
        pytest.param("充分发挥衡阳、郴州区位优势", True, False, False, id="whose advantages are built on"),
    ],
)
def test_in_what_part_they_lead(text: str, ground: bool, joins: bool, supported: bool) -> None:
    found = led(text)
    assert found is not None
    assert (found.ground, found.joins, found.supported) == (ground, joins, supported)


def test_who_is_below_the_province() -> None:
    for text, local in (
        ("我省发展疫苗", False),
        ("长沙发展疫苗", True),
        ("长沙高新区发展疫苗", True),
        ("长株潭发展疫苗", False),
    ):
        found = led(text)
        assert found is not None
        assert found.subject.local is local


@pytest.mark.parametrize(("heading", "names"), rows(HEADED))
def test_a_heading_sets_who_acts(heading: str, names: list[str]) -> None:
    doc = read(f"三、产业布局\n{heading}\n重点发展基因检测，建设平台。", upto="cluster_names")
    document = document_of(doc)
    at = doc.text.index("重点发展")
    found = subject_of_path(document.path(document.section_at(at)), regions_of(doc), clusters_of(doc))
    assert ([*(c.name for c in found.clusters), *(r.name for r in found.regions)] if found else []) == names


@given(messy())
@moderate(40)
def test_subjects_of_a_messy_plan_stand_in_their_clauses(text: str) -> None:
    doc = read.__wrapped__(text, upto="cluster_names")
    for sentence in sentences(doc.text):
        for clause in clauses(sentence):
            found = leading_subject(clause, regions_of(doc), clusters_of(doc))
            if found is not None:
                assert found.subject.regions or found.subject.clusters
                assert clause.start <= found.subject.start <= found.subject.end <= clause.end
                assert found.subject.end <= found.rest.start <= found.rest.end <= clause.end
