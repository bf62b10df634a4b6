"""Ties of regions to fields without a verb of developing: what a place is built into, is strong in, or is listed with.

In the tables a tie is written ``region:field``, the region by its full name.
"""

from __future__ import annotations

import pytest
from tables import rows

from extraction.reader import of_type
from kg.model import RegionFieldFact

# What a plan's review of the past says of existing advantages.
STRONG = """
# fields named with an advantage
长沙在基因检测、细胞治疗等领域优势突出。 → 长沙市:基因检测 | 长沙市:细胞治疗
我省在中药饮片、医用敷料等细分领域处于全国领先地位。 → 湖南省:中药饮片 | 湖南省:医用敷料
永州在植物提取物方面具有一定优势。 → 永州市:植物提取物
长沙体外诊断试剂产业规模居全国前列。 → 长沙市:体外诊断试剂
长沙医疗器械产业基础雄厚。 → 长沙市:医疗器械
湖南中药饮片产业特色鲜明。 → 湖南省:中药饮片
# a list whose parts name their own region
长沙生物药、岳阳原料药、常德制剂等产业特色鲜明。 → 长沙市:生物药 | 岳阳市:原料药 | 常德市:制剂
形成了长沙生物药、常德化学药等特色产业集群。 → 长沙市:生物药 | 常德市:化学药
涌现出浏阳化学药、望城医疗器械等优势产业板块。 → 浏阳市:化学药 | 望城区:医疗器械 \
✗ 优势产业板块 after the list is not taken as a strength
# no advantage is stated
长沙新引进项目12个，总投资30亿元。 →
我省医药工业稳步增长，规模不断扩大。 →
"""

# What a layout makes of a place.
BUILT = """
# the field of what a place is to become
支持长沙打造国际知名的生物药创新高地。 → 长沙市:生物药
将怀化建设成为全国重要的中药材基地。 → 怀化市:中药材
推动株洲、湘潭等医疗器械产业集聚区建设。 → 株洲市:医疗器械 | 湘潭市:医疗器械
支持长沙、株洲等地建设疫苗、医疗器械产业基地。 → 长沙市:疫苗 | 长沙市:医疗器械 | 株洲市:疫苗 | 株洲市:医疗器械 \
✗ the verb 建设 is taken for a part of the first field
# regions listed with their fields before a kind of place
支持建设长沙生物药、株洲中药、常德化学药等产业集群。 → 长沙市:生物药 | 株洲市:中药 | 常德市:化学药
# a kind of place that tells no field
以长沙为核心，打造株洲、湘潭等创新集聚区。 →
支持长沙建设国家级产业基地。 →
"""

# An advantage that a plan builds on.
LEANED = """
巩固我省原料药竞争优势。 → 湖南省:原料药
依托湘西杜仲资源优势，打造康养品牌。 → 湘西土家族苗族自治州:杜仲
发挥长沙医疗器械产业优势，提升服务水平。 → 长沙市:医疗器械
发挥区位优势，承接产业转移。 →
"""


def ties(heading: str, text: str, stance: str) -> list[str]:
    found = of_type("region_field", f"{heading}\n{text}")
    return sorted(
        f"{f.region}:{f.field}" for f in found if isinstance(f, RegionFieldFact) and f.stance == stance
    )


@pytest.mark.parametrize(("text", "expected"), rows(STRONG))
def test_existing_advantages(text: str, expected: list[str]) -> None:
    assert ties("一、发展基础", text, "strength") == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), rows(BUILT))
def test_what_a_place_is_built_into(text: str, expected: list[str]) -> None:
    assert ties("三、空间布局", text, "develop") == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), rows(LEANED))
def test_what_a_plan_builds_on(text: str, expected: list[str]) -> None:
    assert ties("四、重点任务", text, "strength") == sorted(expected)


def test_a_review_states_advantages_and_no_directions() -> None:
    text = "一、发展基础\n长沙在基因检测、细胞治疗等领域优势突出。"
    assert {f.stance for f in of_type("region_field", text) if isinstance(f, RegionFieldFact)} == {"strength"}
    assert of_type("plan_field", text) == []
