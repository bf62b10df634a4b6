"""Which city, county or province is tied to which product field, in the wordings of many provinces' plans."""

from __future__ import annotations

import pytest
from tables import rows

from extraction.reader import of_type
from kg.model import RegionFieldFact

# The title, what a layout says, and the ties as ``region:field``.
TIES = """
# one city, its fields
四川省医药健康产业规划 → 成都重点发展生物药、高端医疗器械。 → 成都市:生物药 | 成都市:高端医疗器械
云南省医药规划 → 文山州重点发展三七，昭通市重点发展天麻。 → 文山壮族苗族自治州:三七 | 昭通市:天麻
安徽省医药规划 → 亳州市以中药饮片为重点，打造“世界中医药之都”。 → 亳州市:中药饮片
海南省医药规划 → 海口国家高新区重点发展化学制剂。 → 海口市:化学制剂
江西省医药规划 → 樟树市重点打造中药材种植全产业链。 → 樟树市:中药材种植
# cities in a list: each gets each field
内蒙古自治区医药规划 → 通辽市、兴安盟重点发展蒙药。 → 通辽市:蒙药 | 兴安盟:蒙药
广东省生物医药规划 → 广州、深圳重点布局细胞治疗、基因检测。 \
→ 广州市:细胞治疗 | 深圳市:细胞治疗 | 广州市:基因检测 | 深圳市:基因检测
贵州省医药规划 → 支持黔东南州、黔南州等地发展苗药。 → 黔东南苗族侗族自治州:苗药 | 黔南布依族苗族自治州:苗药
湖南省医药规划 → 以长沙为重点，联动湘潭、衡阳等地，大力发展特色原料药。 \
→ 长沙市:特色原料药 | 湘潭市:特色原料药 | 衡阳市:特色原料药
湖南省医药规划 → 长沙、株洲分别重点发展生物药、中成药。 → 长沙市:生物药 | 株洲市:中成药
# another region begins another tie
重庆市医药规划 → 两江新区重点发展生物药；巴南区重点发展疫苗；长寿区重点发展化学原料药。 \
→ 两江新区:生物药 | 巴南区:疫苗 | 长寿区:化学原料药
广东省生物医药规划 → 深圳布局细胞治疗，珠海、中山发展化学制剂。 → 深圳市:细胞治疗 | 珠海市:化学制剂 | 中山市:化学制剂
吉林省医药健康产业规划 → 长春市重点发展疫苗；吉林市重点发展化学原料药；延边州重点发展保健食品。 \
→ 长春市:疫苗 | 吉林市:化学原料药 | 延边朝鲜族自治州:保健食品
湖南省医药规划 → 支持长沙、株洲发展抗体药物，支持永州发展中药饮片。 → 长沙市:抗体药物 | 株洲市:抗体药物 | 永州市:中药饮片
# a subject holds for the clauses that follow
浙江省医药规划 → 绍兴市依托滨海新区，重点发展化学制剂，加快布局医美材料。 → 绍兴市:化学制剂 | 绍兴市:医美材料
湖北省医药规划 → 宜昌市巩固麻醉药、甾体激素优势，积极培育疫苗。 → 宜昌市:麻醉药 | 宜昌市:甾体激素 | 宜昌市:疫苗
# what the province supports then is nobody's
湖南省医药规划 → 支持怀化、张家界等地发展中药材，鼓励发展健康食品。 → 怀化市:中药材 | 张家界市:中药材
# homonyms are told by whose plan it is
北京市医药健康规划 → 朝阳区重点发展数字医疗。 → 朝阳区:数字医疗
长春市医药健康规划 → 朝阳区重点发展数字医疗。 → 朝阳区:数字医疗
# the head of a list, with its region
上海市生物医药规划 → 浦东新区聚焦创新药、高端医疗器械；闵行区做强细胞治疗。 \
→ 浦东新区:创新药 | 浦东新区:高端医疗器械 | 闵行区:细胞治疗
福建省医药规划 → 厦门海沧重点发展体外诊断、疫苗。三明市发展中间体。 → 海沧区:体外诊断 | 海沧区:疫苗 | 三明市:中间体
苏州市生物医药规划 → 苏州工业园区聚焦抗体药物、核酸药物。 → 苏州市:抗体药物 | 苏州市:核酸药物
# things that grow
山东省医药规划 → 菏泽、临沂加强金银花、丹参种植。 → 菏泽市:金银花 | 临沂市:金银花 | 菏泽市:丹参 | 临沂市:丹参 \
✗ 种植 goes with the last item only
四川省医药规划 → 支持泸州、广元等市推动川贝母、川芎等规范化种植。 → 泸州市:川贝母 | 广元市:川贝母 | 泸州市:川芎 | 广元市:川芎 \
✗ 等规 in 等规范化 is taken for a word of its own
吉林省医药健康产业规划 → 通化市围绕人参、鹿茸等特色资源，发展现代中药。 → 通化市:人参 | 通化市:鹿茸 | 通化市:现代中药 \
✗ 人参 is not in the vocabulary
# nobody's
湖南省医药规划 → 重点发展抗体药物、新型疫苗。 →
湖南省医药规划 → 依托湖南大学、中南大学发展抗体药物。 →
湖南省医药规划 → 支持建设长沙国际会展中心，举办高端论坛。 →
"""

# Passages whose region stands in a heading or a label.
HEADED = """
# a heading, a label, the box of a city
三、空间布局⏎（一）长沙市⏎重点发展疫苗、血液制品，培育细胞治疗。 → 长沙市:疫苗 | 长沙市:血液制品 | 长沙市:细胞治疗
三、空间布局⏎长沙：重点发展疫苗；株洲：重点发展中成药。 → 长沙市:疫苗 | 株洲市:中成药
三、空间布局⏎长沙市。重点发展疫苗、血液制品。 → 长沙市:疫苗 | 长沙市:血液制品
三、空间布局⏎长沙市⏎重点发展疫苗、血液制品。⏎株洲市⏎重点发展中成药。 → 长沙市:疫苗 | 长沙市:血液制品 | 株洲市:中成药
专栏1 区域布局⏎生物药：长沙发展疫苗；岳阳发展血液制品。⏎中药：怀化发展中药饮片。 → 长沙市:疫苗 | 岳阳市:血液制品 | 怀化市:中药饮片
"""


def ties(text: str, title: str) -> list[str]:
    found = of_type("region_field", text, title=title)
    return sorted(f"{f.region}:{f.field}" for f in found if isinstance(f, RegionFieldFact))


@pytest.mark.parametrize(("title", "text", "expected"), rows(TIES, columns=3))
def test_regions_and_their_fields(title: str, text: list[str], expected: list[str]) -> None:
    assert ties(f"三、空间布局\n{text[0]}", title) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), rows(HEADED))
def test_regions_in_headings(text: str, expected: list[str]) -> None:
    assert ties(text, "湖南省生物医药产业发展规划") == sorted(expected)


def test_the_evidence_of_a_tie_holds_both_ends() -> None:
    text = "三、空间布局\n支持长沙、株洲等地 重点发展 抗体 药物。"
    for fact in of_type("region_field", text):
        assert isinstance(fact, RegionFieldFact)
        assert fact.region.removesuffix("市") in fact.evidence.quote
        assert fact.evidence.quote.endswith("抗体 药物")


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        pytest.param("（一）中药", "中药", id="by the heading"),
        pytest.param("（一）推进高端医疗器械规模化发展", "医疗器械", id="by the sector in the heading"),
        pytest.param("（一）创新", "生物药", id="by the field itself"),
    ],
)
def test_the_category_is_the_sector_it_stands_under(heading: str, category: str) -> None:
    found = of_type("region_field", f"三、重点领域\n{heading}\n支持长沙、株洲重点发展抗体药物。")
    assert {f.category for f in found if isinstance(f, RegionFieldFact)} == {category}


def test_a_tie_said_twice_is_one_fact() -> None:
    text = "三、空间布局\n长沙重点发展抗体药物。支持长沙发展抗体药物。"
    assert ties(text, "湖南省医药规划") == ["长沙市:抗体药物"]
