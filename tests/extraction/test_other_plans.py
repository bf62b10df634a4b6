"""Sentences in the manner of other provinces' plans, each with its facts written down before it was first read by a machine."""

from __future__ import annotations

import pytest
from tables import rows

from extraction.reader import of_type
from kg.model import ClusterFact, PlanDiseaseFact, PlanFieldFact, RegionFieldFact

# The title of a plan, what its layout says, and the ties as ``region:field`` in any order.
LAYOUTS = """
# in one place this, in another that
广东省生物医药产业规划 → 在广州开发区布局细胞治疗、抗体药物，在佛山布局医疗器械。 \
→ 广州市:细胞治疗 | 广州市:抗体药物 | 佛山市:医疗器械
# several cities build one belt
广东省生物医药产业规划 → 以广州、深圳为核心，以珠海、中山为支撑，打造粤港澳大湾区生物医药产业带。 \
→ 广州市:生物医药 | 深圳市:生物医药 | 珠海市:生物医药 | 中山市:生物医药 ✗ whose belt it is, is not told
广东省生物医药产业规划 → 以广州、深圳为核心，以珠海、中山为支撑，发展高端医疗器械。 \
→ 广州市:高端医疗器械 | 深圳市:高端医疗器械 | 珠海市:高端医疗器械 | 中山市:高端医疗器械
# on whom a city leans
湖北省生物医药产业规划 → 宜昌市依托人福药业等龙头企业，做强麻醉药、甾体激素。 → 宜昌市:麻醉药 | 宜昌市:甾体激素
# what is led by
湖北省生物医药产业规划 → 襄阳、荆门等市以中药材种植、饮片加工为主导，黄冈市突出蕲艾产业。 \
→ 襄阳市:中药材种植 | 荆门市:中药材种植 | 襄阳市:饮片加工 | 荆门市:饮片加工 | 黄冈市:蕲艾
# a breakthrough in
吉林省医药健康产业规划 → 通化市巩固中成药优势，力争在重组蛋白药物领域取得突破。 → 通化市:中成药 | 通化市:重组蛋白药物
# herbs and what is made of them
甘肃省中医药产业规划 → 以定西、陇南为重点，建设当归、党参规范化种植基地；支持兰州新区、兰州高新区发展生物制品。 \
→ 定西市:当归 | 定西市:党参 | 陇南市:当归 | 陇南市:党参 | 兰州市:生物制品 | 兰州新区:生物制品
新疆维吾尔自治区医药产业规划 → 伊犁州、塔城地区重点发展薰衣草、红花提取物；喀什、和田因地制宜发展维吾尔药。 \
→ 伊犁哈萨克自治州:薰衣草提取物 | 伊犁哈萨克自治州:红花提取物 | 塔城地区:薰衣草提取物 | 塔城地区:红花提取物 \
| 喀什地区:维吾尔药 | 和田地区:维吾尔药
# a city builds a place, and what it develops there
山西省医药产业规划 → 长治市建设振东健康产业园，发展抗肿瘤中药注射剂、功能食品；大同市打造塞上药谷，主攻原料药、高端制剂。 \
→ 长治市:抗肿瘤中药注射剂 | 长治市:功能食品 | 大同市:原料药 | 大同市:高端制剂
# a label, and the place it builds on
福建省生物医药产业规划 → 厦门市：以厦门生物医药港为核心载体，做优体外诊断试剂、疫苗，前瞻布局基因测序。 \
→ 厦门市:体外诊断试剂 | 厦门市:疫苗 | 厦门市:基因测序
重庆市生物医药产业规划 → 巴南区：以重庆国际生物城为核心载体，主导发展疫苗、抗体药物。 → 巴南区:疫苗 | 巴南区:抗体药物
# whose the places are
江西省中医药规划 → 支持抚州、吉安等地建设车前子、枳壳道地药材基地，打造樟树、南城两大中医药产业集聚区。 \
→ 抚州市:车前子 | 抚州市:枳壳 | 抚州市:道地药材 | 吉安市:车前子 | 吉安市:枳壳 | 吉安市:道地药材 | 樟树市:中医药 | 南城县:中医药 \
✗ the herbs before 道地药材 are taken for one name
湖南省医药产业规划 → 长沙县以基因检测为主攻方向，浏阳市聚焦化学制剂和中药制剂，宁乡市发展保健食品、化妆品。 \
→ 长沙县:基因检测 | 浏阳市:化学制剂 | 浏阳市:中药制剂 | 宁乡市:保健食品 | 宁乡市:化妆品
广西壮族自治区医药规划 → 形成以南宁、桂林为双核的壮瑶药产业带，钦州、北海重点发展海洋药物。 → 钦州市:海洋药物 | 北海市:海洋药物
黑龙江省医药规划 → 支持大兴安岭地区、伊春市发展五味子、刺五加、蓝莓花青素提取物。 \
→ 大兴安岭地区:五味子提取物 | 大兴安岭地区:刺五加提取物 | 大兴安岭地区:蓝莓花青素提取物 \
| 伊春市:五味子提取物 | 伊春市:刺五加提取物 | 伊春市:蓝莓花青素提取物
重庆市医药规划 → 涪陵区：重点发展中成药，建设太极医药城；荣昌区：依托荣昌高新区，发展兽用生物制品、药用包装材料。 \
→ 涪陵区:中成药 | 荣昌区:兽用生物制品 | 荣昌区:药用包装材料
# one each, and one of two
江西省生物医药产业规划 → 景德镇、萍乡分别发展医用陶瓷、药用玻璃。 → 景德镇市:医用陶瓷 | 萍乡市:药用玻璃
四川省生物医药产业规划 → 成都、泸州错位发展，前者聚焦细胞治疗，后者主攻化学原料药。 → 成都市:细胞治疗 | 泸州市:化学原料药
"""

# The title, a passage of the priorities with its heading, and the fields in any order, headings included.
PRIORITIES = """
# where a thing is to go, is no part of its name
安徽省生物医药产业规划 → （一）做大做强化学药。力争在小核酸药物、多肽药物领域取得突破，加快原料药向制剂转型升级。 \
→ 化学药 | 小核酸药物 | 多肽药物 | 原料药
# what is done to a whole class
四川省医药健康产业规划 → （一）现代中药。推进川芎、川贝母、麦冬等川产道地药材规范化种植和产地加工，发展中药配方颗粒。 \
→ 现代中药 | 川芎 | 川贝母 | 麦冬 | 川产道地药材 | 中药配方颗粒
# those who are supported
云南省生物医药产业规划 → （二）疫苗。支持昆明生物所、沃森生物研发多联多价疫苗、mRNA疫苗，开展新型疫苗攻关。 \
→ 疫苗 | 多联多价疫苗 | mRNA疫苗 | 新型疫苗
上海市奉贤区生物医药产业规划 → 1.医美化妆品。重点发展重组胶原蛋白、透明质酸填充剂、肉毒毒素，推动功效型护肤品、注射类产品创新。 \
→ 医美化妆品 | 重组胶原蛋白 | 透明质酸填充剂 | 肉毒毒素 | 功效型护肤品
江苏省生物医药产业规划 → （一）生物药。聚力攻坚多特异性抗体、ADC、小核酸，推动胰岛素、生长激素等优势品种迭代升级。 \
→ 生物药 | 多特异性抗体 | ADC | 小核酸 | 胰岛素 | 生长激素
河北省医药规划 → （二）中药。依托安国药材市场，做精酸枣仁、祁紫菀、祁菊等道地药材，推动参芪扶正等中药大品种二次开发。 \
→ 中药 | 酸枣仁 | 祁紫菀 | 祁菊 | 道地药材 | 参芪扶正 | 中药大品种
内蒙古自治区医药规划 → （三）蒙药。提升珍宝丸、扎冲十三味丸等经典蒙成药质量标准，开发蒙药新制剂。 \
→ 蒙药 | 珍宝丸 | 扎冲十三味丸 | 经典蒙成药 | 蒙药新制剂
天津市医药规划 → （三）智慧医疗。加快可穿戴设备、手术机器人等产品研发，探索“互联网+药店”、线上问诊等新模式。 \
→ 智慧医疗 | 可穿戴设备 | 手术机器人 | 互联网+药店 | 线上问诊 ✗ services of shops are not in the vocabulary
# a head for each, and the grade too
辽宁省医药产业规划 → （三）医疗器械。突破CT球管、平板探测器等核心部件，发展PET/CT、磁共振等高端影像和治疗设备。 \
→ 医疗器械 | CT球管 | 平板探测器 | PET/CT | 磁共振 | 高端影像设备 | 高端治疗设备 ✗ 高端 stays with the first
浙江省生物医药产业规划 → （一）制药装备。推动纯化、灌装设备和一次性生物反应器国产化，开发智能化包装生产线。 \
→ 制药装备 | 纯化设备 | 灌装设备 | 一次性生物反应器 | 智能化包装生产线
浙江省生物医药产业规划 → （一）制药装备。发展复杂制剂的生产和检测设备。 → 制药装备 | 复杂制剂的生产设备 | 复杂制剂的检测设备
陕西省医药产业规划 → （四）疫苗。开发流感、手足口病疫苗，研制带状疱疹疫苗和HPV疫苗。 \
→ 疫苗 | 流感疫苗 | 手足口病疫苗 | 带状疱疹疫苗 | HPV疫苗
陕西省医药产业规划 → （四）化学制剂。支持EGFR、ALK、PARP抑制剂等创新药物研发。 \
→ 化学制剂 | EGFR抑制剂 | ALK抑制剂 | PARP抑制剂 | 创新药物
# who takes the lead, and what is made the aim
贵州省医药产业规划 → （一）苗药。由龙头企业牵头研发治疗风湿骨痛、咽喉疾病的苗药新药，将小儿用药作为主攻方向。 \
→ 苗药 | 苗药新药 | 小儿用药
# stages and needs are no fields
河南省医药产业规划 → （一）医疗器械。在药理、药效、安全评价等环节应用数字工具，围绕保健、养老需求，发展康复机器人。 \
→ 医疗器械 | 康复机器人
河南省医药产业规划 → （一）医疗器械。推进健康管理、远程医疗等优势领域的应用，发展康复机器人。 → 医疗器械 | 康复机器人
"""

# The title, a passage, and the diseases as ``disease:field`` in any order.
DISEASES = """
云南省生物医药产业规划 → （二）疫苗。针对疟疾、登革热、艾滋病等传染病开展新型疫苗攻关。 \
→ 疟疾:新型疫苗 | 登革热:新型疫苗 | 艾滋病:新型疫苗 | 传染病:新型疫苗
江西省生物医药产业规划 → （一）化学药。面向高血压、高血脂、痛风患者开发缓控释制剂。 \
→ 高血压:缓控释制剂 | 高血脂:缓控释制剂 | 痛风:缓控释制剂
辽宁省医药规划 → （一）化学药。重点研发用于治疗肝癌、肺癌、胃癌的小分子靶向药，加快高血压用药的首仿。 \
→ 肝癌:小分子靶向药 | 肺癌:小分子靶向药 | 胃癌:小分子靶向药
江西省生物医药产业规划 → （一）化学药。聚焦类风湿关节炎、银屑病等自身免疫性疾病，布局JAK抑制剂、IL-17抑制剂。 \
→ 类风湿关节炎:化学药 | 银屑病:化学药 | 自身免疫性疾病:化学药
"""

# The title, a layout, and the places as ``name:region``.
PLACES = """
山西省医药产业规划 → 长治市建设振东健康产业园，发展功能食品；大同市打造塞上药谷，主攻原料药。 \
→ 振东健康产业园:长治市 | 塞上药谷:大同市
四川省医药产业规划 → 资阳以“中国牙谷”为主阵地发展口腔耗材。 → 中国牙谷:资阳市
河北省医药产业规划 → 栾城区依托石家庄装备制造基地培育制药机械。 → 石家庄装备制造基地:栾城区
上海市医药产业规划 → 宝山、金山两区分别建设北上海生物医药产业园和湾区生物医药港。 \
→ 北上海生物医药产业园:宝山区 | 湾区生物医药港:金山区 ✗ 北 is left out of the first name, and the second begins with no region
海南省医药规划 → 三亚崖州湾科技城布局海洋药物。 → 三亚崖州湾科技城:崖州区
武汉市医药产业规划 → 做强光谷生物城。 → 光谷生物城:武汉市
"""


@pytest.mark.parametrize(("title", "text", "expected"), rows(LAYOUTS, columns=3))
def test_ties_of_layouts(title: str, text: list[str], expected: list[str]) -> None:
    found = of_type("region_field", f"三、空间布局\n{text[0]}", title=title)
    told = {f"{f.region}:{f.field}" for f in found if isinstance(f, RegionFieldFact)}
    assert sorted(told) == sorted(expected)


@pytest.mark.parametrize(("title", "text", "expected"), rows(PRIORITIES, columns=3))
def test_fields_of_priorities(title: str, text: list[str], expected: list[str]) -> None:
    found = of_type("plan_field", f"二、重点领域\n{text[0]}", title=title)
    assert sorted(f.field for f in found if isinstance(f, PlanFieldFact)) == sorted(expected)


@pytest.mark.parametrize(("title", "text", "expected"), rows(DISEASES, columns=3))
def test_diseases_of_priorities(title: str, text: list[str], expected: list[str]) -> None:
    found = of_type("plan_disease", f"二、重点领域\n{text[0]}", title=title)
    told = [f"{f.disease}:{f.field}" for f in found if isinstance(f, PlanDiseaseFact)]
    assert sorted(told) == sorted(expected)


@pytest.mark.parametrize(("title", "text", "expected"), rows(PLACES, columns=3))
def test_places_and_where_they_lie(title: str, text: list[str], expected: list[str]) -> None:
    found = of_type("cluster", f"三、空间布局\n{text[0]}", title=title)
    assert sorted(f"{f.name}:{f.region}" for f in found if isinstance(f, ClusterFact)) == sorted(expected)
