"""Named places of agglomeration: where each name begins and ends, of what kind it is, and the region in it.

In the tables a place is written ``name:kind:region``, the region empty where the name has none.
"""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from strategies import messy, moderate
from tables import rows

from extraction.reader import read
from kg.extraction.cluster_names import clusters_of, fields_in_name
from kg.model import ClusterKind

# The title of the plan, a sentence, and the places that it names.
NAMED = """
# parks, bases, zones, hubs, towns, clusters, belts
江苏省医药规划 → 支持苏州工业园区、泰州医药高新区发展。 → 苏州工业园区:park:苏州市 | 泰州医药高新区:zone:泰州市
云南省医药规划 → 加快昆明国家生物产业基地建设。 → 昆明国家生物产业基地:base:昆明市
四川省医药规划 → 提升成都天府国际生物城能级。 → 成都天府国际生物城:hub:成都市
河南省医药规划 → 建设新乡生物医药产业集群、驻马店中国药谷。 → 新乡生物医药产业集群:cluster:新乡市 | 驻马店中国药谷:hub:驻马店市
浙江省医药规划 → 建设杭州医药港小镇。 → 杭州医药港小镇:town:杭州市
浙江省医药规划 → 打造环杭州湾生物医药产业带。 → 环杭州湾生物医药产业带:belt:环杭州湾
天津市医药规划 → 依托天津滨海高新技术产业开发区。 → 天津滨海高新技术产业开发区:zone:天津市
甘肃省医药规划 → 建设陇西中国药都。 → 陇西中国药都:hub:陇西县
安徽省医药规划 → 建设亳州现代中药产业集聚发展基地。 → 亳州现代中药产业集聚发展基地:base:亳州市
# counties by their short names
湖南省医药规划 → 支持浏阳经开区、望城经开区发展。 → 浏阳经开区:zone:浏阳市 | 望城经开区:zone:望城区
湖南省医药规划 → 提升浏阳生物医药园。 → 浏阳生物医药园:park:浏阳市
北京市医药规划 → 建设大兴生物医药产业基地。 → 大兴生物医药产业基地:base:大兴区
云南省医药规划 → 建设文山三七产业园。 → 文山三七产业园:park:文山壮族苗族自治州
# the most specific region of a name
广东省医药规划 → 建设深圳坪山国家生物产业基地。 → 深圳坪山国家生物产业基地:base:坪山区
内蒙古自治区医药规划 → 建设通辽科尔沁蒙医药产业园。 → 通辽科尔沁蒙医药产业园:park:科尔沁区
重庆市医药规划 → 建设两江新区水土生物医药产业园。 → 两江新区水土生物医药产业园:park:两江新区
# quotation marks and brackets
江苏省医药规划 → 形成“一谷”（南京生物医药谷）、“一城”（泰州中国医药城）格局。 \
→ 南京生物医药谷:hub:南京市 | 泰州中国医药城:hub:泰州市
浙江省医药规划 → 建设磐安“江南药镇”、“富阳药谷”。 → 磐安江南药镇:town:磐安县 | 富阳药谷:hub:富阳区
湖南省医药规划 → 建设中国（湖南）自由贸易试验区。 → 中国（湖南）自由贸易试验区:zone:湖南省
湖南省医药规划 → 用好中国（湖南）自由贸易试验区。 → 中国（湖南）自由贸易试验区:zone:湖南省
湖北省医药规划 → 提升武汉国家生物产业基地（光谷生物城）。 → 武汉国家生物产业基地:base:武汉市 | 光谷生物城:hub:
# names that open with 国家 or with a group
湖南省医药规划 → 推进国家中药现代化科技产业基地建设。 → 国家中药现代化科技产业基地:base:
浙江省医药规划 → 建设长三角G60科创走廊。 → 长三角G60科创走廊:belt:长三角
# names that open with a proper name
上海市医药规划 → 依托张江药谷、东方美谷。 → 张江药谷:hub: | 东方美谷:hub:
北京市医药规划 → 提升中关村生命科学园。 → 中关村生命科学园:park:
上海市医药规划 → 建设北上海生物医药产业园。 → 北上海生物医药产业园:park:上海市 ✗ 北 is left out
广东省医药规划 → 建设中新广州知识城。 → 中新广州知识城:hub:广州市 ✗ the region inside the name is not told
四川省医药规划 → 提升成都医学城。 → 成都医学城:hub:成都市
# parts of a free-trade zone
湖南省医药规划 → 发挥长沙片区、岳阳片区作用。 → 长沙片区:zone:长沙市 | 岳阳片区:zone:岳阳市
# places that share their noun
山东省医药规划 → 建设济南生物医药、青岛海洋生物等产业集群。 \
→ 济南生物医药产业集群:cluster:济南市 | 青岛海洋生物产业集群:cluster:青岛市
浙江省医药规划 → 金华天然药物、湖州生物医药等产业基地初步形成。 \
→ 金华天然药物产业基地:base:金华市 | 湖州生物医药产业基地:base:湖州市
湖南省医药规划 → 形成了长沙生物药、常德化学药等特色产业集群。 \
→ 长沙生物药产业集群:cluster:长沙市 | 常德化学药产业集群:cluster:常德市 \
✗ after 形成了 the first of the list is lost
# verbs before a name are none of it
江苏省医药规划 → 泰州进一步推进国家新型疫苗产业集聚发展试点。 → 国家新型疫苗产业集聚发展试点:zone:泰州市
湖南省医药规划 → 推动长沙高新区提质，做大做强株洲高新区。 → 长沙高新区:zone:长沙市 | 株洲高新区:zone:株洲市
江西省医药规划 → 打造“中国药都”。 → 中国药都:hub: ✗ China is told as its region
"""

# Sentences without a named place.
UNNAMED = """
# places that are only counted or described
打造3-5个特色产业园区，建设一批中药材种植基地。
形成千亿级产业集群，打造世界级先进制造业集群。
推动园区建设，完善孵化器，培育医药产业集群。
建设国家级产业基地和绿色园区。
支持建设小品种药品集中生产基地。
推进企业入驻园区，提升开发区能级。
该园区集聚了一批企业。
改造提升现有医药工业集聚区。
增强园区服务能力，推进医药工业园区试点。
# slogans
打造国际一流的创新策源地和产业高地。
构建一核两带两圈的发展格局。
# in the names of other things
印发《长沙高新区医药产业园管理办法》。
成立长沙高新区管委会。
长沙国家高新区医院发挥作用。
# regions are none
支持浦东新区、滨海新区、两江新区发展。
"""

# The fields that a name itself tells.
TOLD = """
提升昆明三七产业园。 → 三七
建设长沙生物医药产业园。 → 生物医药
建设常德现代中药产业基地。 → 现代中药
建设株洲医疗器械特色产业园区。 → 医疗器械
支持长沙高新区、浏阳经开区。 →
建设岳阳绿色化工园区。 →
建设长沙综合保税区。 →
"""


def places(text: str, title: str) -> list[str]:
    found = clusters_of(read(text, title=title, upto="cluster_names"))
    return [f"{c.name}:{c.kind}:{c.region.name if c.region else ''}" for c in found]


@pytest.mark.parametrize(("title", "text", "expected"), rows(NAMED, columns=3))
def test_a_place_has_its_name_kind_and_region(title: str, text: list[str], expected: list[str]) -> None:
    assert places(text[0], title) == expected


@pytest.mark.parametrize("text", [line for line in UNNAMED.strip().splitlines() if not line.startswith("#")])
def test_what_names_no_one_place(text: str) -> None:
    assert places(text, "湖南省生物医药产业发展规划") == []


def test_belts_that_share_their_noun() -> None:
    found = clusters_of(
        read("做强沂蒙山区、胶东半岛中药材产业带。", title="山东省医药规划", upto="cluster_names")
    )
    assert [(c.name, c.kind) for c in found] == [
        ("沂蒙山区中药材产业带", "belt"),
        ("胶东半岛中药材产业带", "belt"),
    ]


@pytest.mark.parametrize(("text", "fields"), rows(TOLD))
def test_a_name_tells_its_fields(text: str, fields: list[str]) -> None:
    found = clusters_of(read(text, upto="cluster_names"))
    assert [name for c in found for name in fields_in_name(c)] == fields


@given(messy())
@moderate(40)
def test_places_of_a_messy_plan_stand_in_order(text: str) -> None:
    doc = read.__wrapped__(text, upto="cluster_names")
    found = clusters_of(doc)
    assert [p.start for p in found] == sorted(p.start for p in found)
    assert [p.end for p in found] == sorted({p.end for p in found}), "none stands inside another"
    for place in found:
        assert doc.text[place.start : place.end]
        assert place.kind in get_args(ClusterKind)
        assert len(place.name) >= 3
        assert not set(place.name) & set("，。；：！？\n“”")
