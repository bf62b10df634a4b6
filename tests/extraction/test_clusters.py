"""Clusters as facts: the region and province of a place, the fields said of it, its other names and whether it is there yet."""

from __future__ import annotations

import pytest
from tables import rows

from extraction.reader import TITLE, of_type
from kg.model import ClusterFact

# What a layout says, and for each place ``name:`` with its fields.
FIELDS = """
# fields said of a place, and those in its name
支持浏阳经开区重点发展化学制剂、中药饮片。 → 浏阳经开区: 化学制剂 中药饮片
长沙高新区聚焦基因检测、体外诊断，培育细胞治疗。 → 长沙高新区: 基因检测 体外诊断 细胞治疗
长沙生物医药产业园重点发展抗体药物。 → 长沙生物医药产业园: 生物医药 抗体药物
依托中国（湖南）自由贸易试验区，探索发展细胞治疗。 → 中国（湖南）自由贸易试验区: 细胞治疗
依托株洲高新区发展医疗器械。 → 株洲高新区: 医疗器械
浏阳经济技术开发区（简称浏阳经开区）重点发展化学药。 → 浏阳经济技术开发区: 化学药 ✗ the bracket hides who acts
# two places in one sentence each get each field
支持长沙高新区、株洲高新区发展疫苗。 → 长沙高新区: 疫苗 | 株洲高新区: 疫苗
# the fields of one are not those of the next
长沙高新区发展疫苗；株洲高新区发展医疗器械。 → 长沙高新区: 疫苗 | 株洲高新区: 医疗器械
# no fields are said
规划建设岳阳绿色化工产业园。 → 岳阳绿色化工产业园:
"""

# Passages under a heading that is a place.
HEADED = """
（一）浏阳生物医药园⏎重点发展化学药、中成药。⏎（二）长沙高新区⏎聚焦基因检测。 \
→ 浏阳生物医药园: 生物医药 化学药 中成药 | 长沙高新区: 基因检测
长沙片区。重点发展基因治疗、合成生物学。⏎岳阳片区。重点发展化学药。 → 长沙片区: 基因治疗 合成生物学 | 岳阳片区: 化学药
长沙生物医药产业集群。打造抗体药物、疫苗等产业集群。⏎常德制剂产业集群。打造中成药等产业集群。 \
→ 长沙生物医药产业集群: 生物医药 抗体药物 疫苗 | 常德制剂产业集群: 制剂 中成药
长沙生物医药产业集群。以长沙高新区为依托，打造抗体药物、疫苗产业集群。 \
→ 长沙生物医药产业集群: 生物医药 抗体药物 疫苗 | 长沙高新区: \
✗ what is built on gets the fields of the cluster
"""

# Where a place lies: region and province.
PLACED = """
# by its name
湖南省医药规划 → 支持浏阳经开区发展疫苗。 → 浏阳经开区 浏阳市 湖南省
# by the clause that names it
湖南省医药规划 → 支持长沙建设湘江生物城。 → 湘江生物城 长沙市 湖南省
湖南省医药规划 → 常德市规划建设德山药谷。 → 德山药谷 常德市 湖南省
# the city of the plan where nothing tells the region
上海市医药规划 → 提升张江药谷能级。 → 张江药谷 上海市 上海市
# a place of another province
湖南省医药规划 → 对接苏州生物医药产业园。 → 苏州生物医药产业园 苏州市 江苏省
医药工业发展规划指南 → 支持苏州生物医药产业园建设。 → 苏州生物医药产业园 苏州市 江苏省
# what stands before in a list does not tell where the next lies
上海市医药规划 → 对接苏州生物医药产业园、张江药谷。 → 苏州生物医药产业园 苏州市 江苏省 | 张江药谷 上海市 上海市
医药工业发展规划指南 → 支持苏州生物医药产业园、张江药谷建设。 → 苏州生物医药产业园 苏州市 江苏省 | 张江药谷 上海市 上海市 \
✗ the region of the first of the list is given to the next
"""

# Whether a place is there, is to be built, or is supported.
STATUS = """
# there
一、发展基础⏎浏阳经开区集聚企业200家，产值突破500亿元。 → existing
三、空间布局⏎依托株洲高新区，做强医疗器械。 → existing
一、发展基础⏎规划建设的长沙生物城初具规模。 → existing
# supported
三、空间布局⏎重点支持长沙生物医药产业园建设。 → supported
三、空间布局⏎打造常德现代中药产业园。 → supported
三、空间布局⏎支持浏阳经开区发展疫苗。 → supported
三、空间布局⏎做大做强浏阳经开区。 → supported
# to be built
三、空间布局⏎规划建设岳阳绿色化工产业园。 → planned
三、空间布局⏎谋划布局怀化国际中药港。 → planned
三、空间布局⏎建设湘江生物医药产业带。 → planned
"""

# Other names that the text itself introduces.
ALIASES = """
形成“一谷”（长沙基因谷）的格局。 → 一谷
依托中国（湖南）自由贸易试验区（以下简称湖南自贸区）。 → 湖南自贸区
浏阳经济技术开发区（以下简称“浏阳经开区”）发展良好。 → 浏阳经开区
支持长沙高新区发展。 →
"""


def found(text: str, title: str = TITLE) -> list[ClusterFact]:
    return [f for f in of_type("cluster", text, title=title) if isinstance(f, ClusterFact)]


def told(text: str) -> list[str]:
    return sorted(" ".join([f"{f.name}:", *f.fields]) for f in found(text))


@pytest.mark.parametrize(("text", "expected"), rows(FIELDS))
def test_the_fields_of_a_place(text: str, expected: list[str]) -> None:
    assert told(f"三、空间布局\n{text}") == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), rows(HEADED))
def test_the_fields_of_a_place_in_a_heading(text: str, expected: list[str]) -> None:
    assert told(f"三、空间布局\n{text}") == sorted(expected)


@pytest.mark.parametrize(("title", "text", "expected"), rows(PLACED, columns=3))
def test_where_a_place_lies(title: str, text: list[str], expected: list[str]) -> None:
    rows_found = [
        f"{f.name} {f.region or '-'} {f.province or '-'}" for f in found(f"三、空间布局\n{text[0]}", title)
    ]
    assert sorted(rows_found) == sorted(expected)


@pytest.mark.parametrize(("text", "status"), rows(STATUS))
def test_whether_a_place_is_there(text: str, status: list[str]) -> None:
    assert [f.status for f in found(text)] == status


@pytest.mark.parametrize(("text", "aliases"), rows(ALIASES))
def test_other_names_of_a_place(text: str, aliases: list[str]) -> None:
    (fact,) = found(f"三、空间布局\n{text}")
    assert list(fact.aliases) == aliases


def test_a_place_is_one_fact_however_often_it_is_named() -> None:
    text = "一、发展基础\n浏阳经开区产业基础雄厚。\n三、空间布局\n支持浏阳经开区发展疫苗。浏阳经开区培育细胞治疗。"
    (fact,) = found(text)
    assert fact.name == "浏阳经开区"
    assert set(fact.fields) >= {"疫苗", "细胞治疗"}


def test_a_verb_in_the_middle_parts_two_places() -> None:
    names = {f.name for f in found("一、发展基础\n浏阳经开区引进项目20个，常德高新区新增企业30家。")}
    assert names == {"浏阳经开区", "常德高新区"}


@pytest.mark.xfail(strict=True, reason="建成了 between a zone and a park is read into one name")
def test_a_zone_that_built_a_park_is_not_part_of_its_name() -> None:
    names = {f.name for f in found("一、发展基础\n浏阳经开区建成了生物医药产业园，集聚企业200家。")}
    assert "浏阳经开区建成了生物医药产业园" not in names
