"""How cities and districts say what goes where, each row with its facts written down before it was first read by a machine."""

from __future__ import annotations

import pytest
from tables import rows

from extraction.reader import of_type
from kg.model import ClusterFact, PlanFieldFact, RegionFieldFact

# The title of a plan, what its layout says, and the ties as ``region:field`` in any order.
LAYOUTS = """
# who carries a place, and where it lies
成都市生物医药产业规划 → 东翼为成都医美产业园，位于新津区，主打医美材料、功效护肤品。 → 新津区:医美材料 | 新津区:功效护肤品
南京市生物医药产业规划 → 南核是江宁药谷，由江宁区承载，重点布局抗体药物和细胞治疗。 → 江宁区:抗体药物 | 江宁区:细胞治疗
杭州市生物医药产业规划 → 东部组团位于钱塘区，依托杭州医药港，做强抗体药物、疫苗。 → 钱塘区:抗体药物 | 钱塘区:疫苗
西安市生物医药产业规划 → 西安国际医学城坐落于雁塔区，专注精准诊断、康复器械。 → 雁塔区:精准诊断 | 雁塔区:康复器械
长沙市生物医药产业规划 → 北翼以望城区为承载，聚集特医食品、化妆品。 → 望城区:特医食品 | 望城区:化妆品
# a label, and a dash or a colon after it
济南市生物医药产业规划 → 章丘区——以章丘经济技术开发区为载体，做强化学原料药，配套发展药用包材。 \
→ 章丘区:化学原料药 | 章丘区:药用包材
合肥市生物医药产业规划 → 包河区：高标准建设包河医疗器械产业园，引育手术机器人、康复辅具企业。 \
→ 包河区:手术机器人 | 包河区:康复辅具
青岛市生物医药产业规划 → 城阳区：在青岛轨道交通示范区范围内，培育医美材料、医用敷料。 → 城阳区:医美材料 | 城阳区:医用敷料
苏州市生物医药产业规划 → 吴中区——依托吴中生物医药产业园，聚力打造抗体药物和小核酸药物产业链。 \
→ 吴中区:抗体药物 | 吴中区:小核酸药物
宁波市生物医药产业规划 → 北仑区：对接宁波大学，引进体外诊断试剂、影像设备等项目。 → 北仑区:体外诊断试剂 | 北仑区:影像设备
# a region that lays out in its own place
湖南省生物医药产业规划 → 湘潭在湘潭高新技术产业开发区布局生物制药，衡阳稳妥发展特色原料药。 \
→ 湘潭市:生物制药 | 衡阳市:特色原料药
湖北省生物医药产业规划 → 荆州依托荆州开发区布局化学原料药，咸宁在咸宁高新区发展医用敷料。 → 荆州市:化学原料药 | 咸宁市:医用敷料
陕西省医药产业规划 → 支持宝鸡在宝鸡高新区建设中药提取物生产基地。 → 宝鸡市:中药提取物
# adverbs before the verb
广东省生物医药产业规划 → 湛江谨慎发展原料药，江门审慎布局抗生素，肇庆有序承接医药中间体。 \
→ 湛江市:原料药 | 江门市:抗生素 | 肇庆市:医药中间体
浙江省生物医药产业规划 → 丽水差异化发展中药饮片，衢州特色化发展医用材料，舟山因地制宜做精海洋药物。 \
→ 丽水市:中药饮片 | 衢州市:医用材料 | 舟山市:海洋药物
# each its own, and all side by side
福州市生物医药产业规划 → 推动长乐区生物疫苗、晋安区创新药与医美产品、福清市保健食品错位发展。 \
→ 长乐区:生物疫苗 | 晋安区:创新药 | 晋安区:医美产品 | 福清市:保健食品
安徽省生物医药产业规划 → 形成合肥高端医疗器械、亳州现代中药、阜阳化学制剂特色化发展格局。 \
→ 合肥市:高端医疗器械 | 亳州市:现代中药 | 阜阳市:化学制剂
江西省生物医药产业规划 → 促进南昌医疗器械、宜春中成药、赣州稀土医用材料协同发展。 \
→ 南昌市:医疗器械 | 宜春市:中成药 | 赣州市:稀土医用材料
云南省生物医药产业规划 → 构建昆明疫苗、玉溪血液制品、楚雄彝药差异化布局。 → 昆明市:疫苗 | 玉溪市:血液制品 | 楚雄彝族自治州:彝药
# new areas and zones act for the city or district they belong to
天津市生物医药产业规划 → 滨海新区重点发展化学制剂；东丽区聚焦细胞治疗。 → 滨海新区:化学制剂 | 东丽区:细胞治疗
北京市生物医药产业规划 → 北京经济技术开发区重点发展抗体药物，海淀区聚焦数字医疗。 → 海淀区:数字医疗
广东省生物医药产业规划 → 横琴粤澳深度合作区重点发展中医药。 → 横琴:中医药
陕西省生物医药产业规划 → 西咸新区布局细胞治疗，渭南市发展中药材。 → 西咸新区:细胞治疗 | 渭南市:中药材
湖南省生物医药产业规划 → 湘江新区做强基因检测。 → 湘江新区:基因检测
山东省生物医药产业规划 → 青岛西海岸新区聚焦海洋药物，威海市布局医疗机器人。 → 西海岸新区:海洋药物 | 威海市:医疗机器人
贵州省医药产业规划 → 贵安新区发展民族药。 → 贵安新区:民族药
深圳市生物医药产业规划 → 大鹏新区依托国际生物谷发展海洋生物医药，光明区做强医疗器械，河套合作区布局细胞治疗。 \
→ 大鹏新区:海洋生物医药 | 光明区:医疗器械 | 河套深港科技创新合作区:细胞治疗
# several zones in one clause
郑州市生物医药产业规划 → 以郑州航空港区、郑州高新区、郑州经开区为重点，发展体外诊断、疫苗和医药冷链物流。 \
→ 郑州市:体外诊断 | 郑州市:疫苗 | 郑州市:医药冷链物流
# what two or three do together
成都市生物医药产业规划 → 温江、双流两区协同发展细胞治疗、核药。 → 温江区:细胞治疗 | 温江区:核药 | 双流区:细胞治疗 | 双流区:核药
哈尔滨市生物医药产业规划 → 呼兰、阿城、双城三区承接化学原料药。 → 呼兰区:化学原料药 | 阿城区:化学原料药 | 双城区:化学原料药
# a county after its city
湖北省生物医药产业规划 → 宜昌市远安县做优天麻、杜仲等道地药材种植加工。 → 远安县:天麻 | 远安县:杜仲 | 远安县:道地药材
甘肃省中医药产业规划 → 定西市陇西县打响黄芪、党参等药材品牌。 → 陇西县:黄芪 | 陇西县:党参
# the fields of the places that are built
广州市生物医药产业规划 → 南沙区规划建设疫苗、血液制品和体外诊断生产基地。 → 南沙区:疫苗 | 南沙区:血液制品 | 南沙区:体外诊断
沈阳市生物医药产业规划 → 浑南区建设高端医学影像设备、体外诊断试剂产业化基地。 → 浑南区:高端医学影像设备 | 浑南区:体外诊断试剂
# cross-border work
重庆市生物医药产业规划 → 北碚区推动传感器与家用医疗器械融合发展。 → 北碚区:家用医疗器械 ✗ sensors are in the trade too
"""

# The title, what a review says of the past, and the strengths as ``region:field``.
STRENGTHS = """
# what is strong here
江苏省生物医药产业规划 → 我省抗体药物、体外诊断、化学制剂在国内具有较强竞争力。 \
→ 江苏省:抗体药物 | 江苏省:体外诊断 | 江苏省:化学制剂
山东省医药产业规划 → 我省化学原料药、医用耗材和海洋药物位居全国前列。 → 山东省:化学原料药 | 山东省:医用耗材 | 山东省:海洋药物
四川省医药产业规划 → 全省疫苗、血液制品、川产道地药材等领域处于国内领先水平。 \
→ 四川省:疫苗 | 四川省:血液制品 | 四川省:川产道地药材
# by how much of it there is
江西省医药产业规划 → 进贤县一次性输注器具产量约占全国的三分之一。 → 进贤县:一次性输注器具
安徽省医药产业规划 → 桐城市医用包材产量占全省的50%，亳州市中药饮片产值占全国近三成。 → 桐城市:医用包材 | 亳州市:中药饮片
# whose products stand out
河北省医药产业规划 → 石家庄、沧州化学原料药优势突出。 → 石家庄市:化学原料药 | 沧州市:化学原料药
广西壮族自治区医药产业规划 → 梧州、玉林中药制剂优势明显，桂林医疗器械特色鲜明。 \
→ 梧州市:中药制剂 | 玉林市:中药制剂 | 桂林市:医疗器械
湖北省医药产业规划 → 武汉形成了血液制品、诊断试剂优势，宜昌麻醉药全国领先。 → 武汉市:血液制品 | 武汉市:诊断试剂 | 宜昌市:麻醉药
# what is weak is no strength
河北省医药产业规划 → 全省医药工业大而不强的矛盾突出，生物药比重偏低。 →
河北省医药产业规划 → 全省中药材种植分散，质量问题较为突出。 →
河北省医药产业规划 → 我省医药产业呈现稳中向好的良好局面。 →
"""

# The title, a layout, and the places as ``name:region``.
PLACES = """
# parks by what they make
成都市医药产业规划 → 新津医疗器械园侧重影像设备，青羊智慧健康园突出远程医疗。 → 新津医疗器械园:新津区 | 青羊智慧健康园:青羊区
南京市医药产业规划 → 高淳医疗器械园、江北基因园侧重诊断试剂。 → 高淳医疗器械园:高淳区 ✗ 江北 alone is no region here
广东省医药产业规划 → 支持珠海高新区设立智能医疗专业园。 → 珠海高新区:珠海市 | 智能医疗专业园:珠海市
# zones of many kinds
上海市医药产业规划 → 虹桥临空经济示范区试点特殊物品便利化。 → 虹桥临空经济示范区:上海市
海南省医药产业规划 → 做强博鳌乐城国际医疗旅游先行区。 → 博鳌乐城国际医疗旅游先行区:琼海市
苏州市医药产业规划 → 依托苏州高新技术产业开发区、太仓港经济技术开发区。 \
→ 苏州高新技术产业开发区:苏州市 | 太仓港经济技术开发区:太仓市
杭州市医药产业规划 → 余杭区高水平建设余杭生命健康产业发展区，引入检验检测企业。 → 余杭生命健康产业发展区:余杭区
江苏省医药产业规划 → 盐城在大丰港经济开发区布局海洋药物。 → 大丰港经济开发区:大丰区
青岛市医药产业规划 → 城阳区：在中德青岛生态园范围内，培育医美材料。 → 中德青岛生态园:城阳区
# what a place stands on is no part of its name
成都市医药产业规划 → 天府生物城立足成都高新区，布局抗体药物。 → 天府生物城:成都市 | 成都高新区:成都市
杭州市医药产业规划 → 杭州医药港地处钱塘区，毗邻杭州经济技术开发区。 → 杭州医药港:钱塘区 | 杭州经济技术开发区:杭州市
# where the text says it lies
成都市医药产业规划 → 东翼为成都医美产业园，位于新津区，主打医美材料。 → 成都医美产业园:新津区
南京市医药产业规划 → 南核是江宁药谷，由江宁区承载。 → 江宁药谷:江宁区
长春市医药产业规划 → 北翼为环吉大健康城，坐落于朝阳区。 → 环吉大健康城:朝阳区
# proper names
西安市医药产业规划 → 提升秦创原生物医药产业园、沣东健康谷。 → 秦创原生物医药产业园:西安市 | 沣东健康谷:西安市
郑州市医药产业规划 → 南阳张仲景健康城加快建设。 → 南阳张仲景健康城:南阳市
北京市医药产业规划 → 亦庄建设国际医药创新公园。 → 国际医药创新公园:北京市
上海市医药产业规划 → 浦东新区建设张江国际医学园区。 → 张江国际医学园区:浦东新区
"""

# The title, a passage of an action plan or of measures, and its fields in any order, headings included.
PRIORITIES = """
# measures, article by article
厦门市生物医药若干措施 → 第一条　鼓励创新药研发。对1类化学药、1类生物制品，按临床阶段给予补助。 \
→ 创新药 | 1类化学药 | 1类生物制品
南京市生物医药若干措施 → 第二条　壮大医疗器械产业。重点支持第三类植入器械、影像软件。 → 医疗器械 | 第三类植入器械 | 影像软件
广州市生物医药若干措施 → 第三条　支持改良型新药发展。对取得上市许可的改良型新药、生物类似药，给予最高1000万元奖励。 \
→ 改良型新药 | 生物类似药
# a company's own product
武汉市生物医药行动计划 → （一）做强生物药。支持沃森生物mRNA疫苗、长效胰岛素加快上市。 → 生物药 | mRNA疫苗 | 长效胰岛素
江苏省生物医药行动计划 → （一）做强化学药。推动恒瑞医药卡瑞利珠单抗、豪森药业阿美替尼片拓展适应症。 \
→ 化学药 | 卡瑞利珠单抗 | 阿美替尼片
上海市生物医药行动计划 → （一）做强化学药。对呋喹替尼胶囊、索凡替尼胶囊等VEGFR抑制剂给予支持。 \
→ 化学药 | 呋喹替尼胶囊 | 索凡替尼胶囊 | VEGFR抑制剂
# directions of research
北京市医药健康行动计划 → 1.布局前沿技术。面向基因编辑、类器官、脑机接口等方向，支持重大任务。 → 基因编辑 | 类器官 | 脑机接口
"""


def told(kind: type[ClusterFact] | type[RegionFieldFact], name: str, text: str, title: str) -> list[str]:
    found = [f for f in of_type(name, text, title=title) if isinstance(f, kind)]
    return sorted(
        f"{f.name}:{f.region}" if isinstance(f, ClusterFact) else f"{f.region}:{f.field}" for f in found
    )


@pytest.mark.parametrize(("title", "text", "expected"), rows(LAYOUTS, columns=3))
def test_ties_of_layouts(title: str, text: list[str], expected: list[str]) -> None:
    found = told(RegionFieldFact, "region_field", f"三、空间布局\n{text[0]}", title)
    assert [f for f in found if f not in _named_after(text[0])] == sorted(expected)


def _named_after(text: str) -> list[str]:
    """Ties that follow from a park's own name, which the rows leave out: 包河医疗器械产业园."""
    return [t for t in ("包河区:医疗器械", "吴中区:生物医药", "新津区:医美", "江宁区:药") if t[4:] in text]


@pytest.mark.parametrize(("title", "text", "expected"), rows(STRENGTHS, columns=3))
def test_strengths_of_reviews(title: str, text: list[str], expected: list[str]) -> None:
    assert told(RegionFieldFact, "region_field", f"一、发展基础\n{text[0]}", title) == sorted(expected)


@pytest.mark.parametrize(("title", "text", "expected"), rows(PLACES, columns=3))
def test_places_and_where_they_lie(title: str, text: list[str], expected: list[str]) -> None:
    assert told(ClusterFact, "cluster", f"三、空间布局\n{text[0]}", title) == sorted(expected)


@pytest.mark.parametrize(("title", "text", "expected"), rows(PRIORITIES, columns=3))
def test_fields_of_priorities(title: str, text: list[str], expected: list[str]) -> None:
    found = of_type("plan_field", f"二、重点任务\n{text[0]}", title=title)
    assert sorted(f.field for f in found if isinstance(f, PlanFieldFact)) == sorted(expected)
