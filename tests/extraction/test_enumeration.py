"""A list becomes its items, each with the head and the modifier that a careful reader gives back to it.

In the tables an item stands as it is, a class that ``等`` leads to ends in ``*``, and what only says what a class is for
is written ``disease>class``.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import messy, moderate, words
from strategies import sentences as drawn_sentences
from tables import rows

from kg.documents.reading import read
from kg.extraction.enumeration import items
from kg.extraction.text import Slice, clauses, sentences

PLAIN = """
# plain lists
抗体药物、疫苗、血液制品 → 抗体药物 | 疫苗 | 血液制品
抗体药物、疫苗和血液制品 → 抗体药物 | 疫苗 | 血液制品
抗体药物、疫苗以及血液制品 → 抗体药物 | 疫苗 | 血液制品
抗体药物，疫苗，以及血液制品 → 抗体药物 | 疫苗 | 血液制品
呼吸机与监护仪 → 呼吸机 | 监护仪
血液制品 → 血液制品
# an abbreviation in brackets goes, a variant stays
磁共振成像系统（MRI）、合同研究组织（CRO） → 磁共振成像系统 | 合同研究组织
高端植（介）入产品、骨修复（固定）材料 → 高端植（介）入产品 | 骨修复（固定）材料
人工血管（组织、器官）、涂药支架 → 人工血管（组织、器官） | 涂药支架
# quotation marks around a name go
“互联网+医药”、“智慧药房” → 互联网+医药 | 智慧药房
# Latin names
PET-CT和PET-MRI → PET-CT | PET-MRI
CAR-T、TCR-T和CAR-NK → CAR-T | TCR-T | CAR-NK
单克隆抗体、ADC、干细胞治疗 → 单克隆抗体 | ADC | 干细胞治疗
核医学影像设备PET-CT及PET-MRI → 核医学影像设备 | PET-CT | PET-MRI
# words that lead up to a list are none of it
包括双抗、纳米抗体 → 双抗 | 纳米抗体
以及双抗、纳米抗体 → 双抗 | 纳米抗体
一批创新药、改良型新药 → 创新药 | 改良型新药
"""

CLASSES = """
# the class after 等 is a thing of its own
脂质体、微球等高端制剂 → 脂质体 | 微球 | 高端制剂*
多联多价疫苗、核酸疫苗等新型疫苗 → 多联多价疫苗 | 核酸疫苗 | 新型疫苗*
可降解支架、人工关节等生物医用材料 → 可降解支架 | 人工关节 | 生物医用材料*
双特异性抗体等新型抗体 → 双特异性抗体 | 新型抗体*
# a bare 等 leads to none
双抗、纳米抗体等 → 双抗 | 纳米抗体
# 等 inside a word is none
等离子手术设备、高等级防护服 → 等离子手术设备 | 高等级防护服
中等剂量放疗设备、等渗输液 → 中等剂量放疗设备 | 等渗输液
# a class with its example before, by 如 or 包括
新型抗体如抗体偶联药物、双功能抗体等 → 抗体偶联药物 | 双功能抗体 | 新型抗体*
体外诊断产品包括化学发光试剂、分子诊断试剂等 → 化学发光试剂 | 分子诊断试剂 | 体外诊断产品*
# 为代表的 is a 等
生物药、新型疫苗为代表的创新药物 → 生物药 | 新型疫苗 | 创新药物*
PD-1、双抗等为代表的抗体药物 → PD-1 | 双抗 | 抗体药物*
# a list in brackets exemplifies what stands before
抗体药物（单抗、双抗、ADC等） → 单抗 | 双抗 | ADC | 抗体药物* ✗ a list in brackets is left out
# things of nature and of trade
黄芪、党参、当归等大宗药材 → 黄芪 | 党参 | 当归 | 大宗药材*
“浙八味”等道地药材 → 浙八味 | 道地药材*
藏药、苗药、傣药等民族药 → 藏药 | 苗药 | 傣药 | 民族药*
青蒿素、紫杉醇等植物提取物 → 青蒿素 | 紫杉醇 | 植物提取物*
研发外包（CRO）、委托生产（CMO）等生产性服务 → 研发外包 | 委托生产 | 生产性服务*
# one list after another
双抗、纳米抗体等抗体药物，mRNA疫苗等新型疫苗 → 双抗 | 纳米抗体 | 抗体药物* | mRNA疫苗 | 新型疫苗*
"""

HEADS = """
# the head of the last item
基因及细胞治疗 → 基因治疗 | 细胞治疗
细胞与基因治疗 → 细胞治疗 | 基因治疗
监护及治疗设备 → 监护设备 | 治疗设备
甘精、门冬胰岛素 → 甘精胰岛素 | 门冬胰岛素
儿童、老年、罕见病用药 → 儿童用药 | 老年用药 | 罕见病用药
抗肿瘤、抗感染、抗病毒药物 → 抗肿瘤药物 | 抗感染药物 | 抗病毒药物
吸入、透皮、口溶膜制剂 → 吸入制剂 | 透皮制剂 | 口溶膜制剂
头孢类、青霉素类原料药 → 头孢类原料药 | 青霉素类原料药
乙肝、丙肝治疗药物 → 乙肝治疗药物 | 丙肝治疗药物
眼科、耳鼻喉科、口腔科用药 → 眼科用药 | 耳鼻喉科用药 | 口腔科用药
宫颈癌、轮状病毒、带状疱疹疫苗 → 宫颈癌疫苗 | 轮状病毒疫苗 | 带状疱疹疫苗
流感、手足口病疫苗 → 流感疫苗 | 手足口病疫苗
纯化、灌装设备 → 纯化设备 | 灌装设备
经皮和粘膜给药系统 → 经皮给药系统 | 粘膜给药系统
骨科、神经外科手术机器人 → 骨科手术机器人 | 神经外科手术机器人
植入、介入器械 → 植入器械 | 介入器械
# the head of the class
麻醉、牙科、骨科等医用耗材 → 麻醉医用耗材 | 牙科医用耗材 | 骨科医用耗材 | 医用耗材*
口服速释、缓控释、多颗粒系统等口服调释给药系统 → 口服速释系统 | 口服缓控释系统 | 口服多颗粒系统 | 口服调释给药系统*
头孢菌素类、青霉素类等抗生素原料药 → 头孢菌素类抗生素原料药 | 青霉素类抗生素原料药 | 抗生素原料药*
缓控释、靶向、脂质体等新型制剂 → 缓控释制剂 | 靶向制剂 | 脂质体 | 新型制剂* ✗ only the items right before 等 take the class's head
# the modifier of the item before
血液透析设备及耗材 → 血液透析设备 | 血液透析耗材
骨科工具与植入物 → 骨科工具 | 骨科植入物
体外诊断设备及配套试剂 → 体外诊断设备 | 体外诊断配套试剂
医药级聚丙烯、聚乙烯 → 医药级聚丙烯 | 医药级聚乙烯
体外诊断仪器及试剂 → 体外诊断仪器 | 体外诊断试剂
第三方检测、认证 → 第三方检测 | 第三方认证
口服固体制剂、注射剂等连续制造技术 → 口服固体制剂 | 注射剂 | 连续制造技术*
# an item that has a head keeps to itself
高值医用耗材及低值耗材 → 高值医用耗材 | 低值耗材
基因检测和分子诊断试剂 → 基因检测 | 分子诊断试剂
可降解材料及药物涂层支架 → 可降解材料 | 药物涂层支架
药用辅料及药包材 → 药用辅料 | 药包材
疫苗、小分子靶向药物 → 疫苗 | 小分子靶向药物
中药饮片、配方颗粒及中成药 → 中药饮片 | 配方颗粒 | 中成药
"""

ONE = """
# one thing, although it has a conjunction
纤维素及其衍生物 → 纤维素及其衍生物
大规模生物反应器及附属系统 → 大规模生物反应器及附属系统
干细胞与再生医学 → 干细胞与再生医学
维生素E及其中间体 → 维生素E及其中间体
卡式瓶及其组合件 → 卡式瓶及其组合件
原料药和制剂一体化 → 原料药和制剂一体化
大规模表达和纯化技术 → 大规模表达和纯化技术
大规模、高表达抗体生产技术 → 大规模、高表达抗体生产技术
"""

MODIFIERS = """
# evaluative clauses go
具有新靶点、新机制的化学新药 → 化学新药
市场紧缺、附加值高的特色原料药和医药中间体 → 特色原料药 | 医药中间体
有明确临床价值的改良型新药 → 改良型新药
疗效确切、临床价值高的中药创新药 → 中药创新药
具有自主知识产权的创新药、高端仿制药 → 创新药 | 高端仿制药
基于新靶点、新机制的创新药 → 创新药 ✗ 基于 stays behind
# compound attributes stay
新型疫苗、高端制剂、特色原料药 → 新型疫苗 | 高端制剂 | 特色原料药
# diseases say what a thing is for
肿瘤、糖尿病等疾病的抗体药物 → 肿瘤>抗体药物 | 糖尿病>抗体药物 | 抗体药物*
针对肝炎、结核等重大传染病的疫苗 → 肝炎>疫苗 | 结核>疫苗 | 重大传染病>疫苗 | 疫苗*
针对恶性肿瘤、心脑血管疾病等疾病的创新药物 → 恶性肿瘤>创新药物 | 心脑血管疾病>创新药物 | 创新药物*
针对老年性疾病、妇科、儿科等方面的中药新品种 → 老年性疾病>中药新品种 | 妇科>中药新品种 | 儿科>中药新品种 | 中药新品种*
肿瘤、免疫系统、血液疾病的单抗、双抗 → 肿瘤>单抗 | 免疫系统>单抗 | 血液疾病>单抗 | 单抗 | 双抗
乙肝、丙肝等肝病的治疗药物 → 乙肝>治疗药物 | 丙肝>治疗药物 | 肝病>治疗药物 | 治疗药物*
用于心血管疾病的介入器械、植入器械 → 心血管疾病>介入器械 | 介入器械 | 植入器械
治疗肝癌、胃癌的靶向药 → 肝癌>靶向药 | 胃癌>靶向药 | 靶向药
用于肿瘤治疗的抗体药物 → 肿瘤>抗体药物 | 抗体药物 ✗ 肿瘤治疗 is not taken apart
# diseases inside a product's name are no aims
艾滋病疫苗、宫颈癌疫苗 → 艾滋病疫苗 | 宫颈癌疫苗
抗肿瘤药物、降糖药 → 抗肿瘤药物 | 降糖药
"""


def told(text: str, *roles: str) -> list[str]:
    """The items of a list in order of place, all or those of some roles."""
    marks = {"item": "", "class": "*"}
    found = [i for i in items(Slice(text, 0)) if not roles or i.role in roles]
    return [f"{i.name}>{i.of}" if i.role == "modifier" else i.name + marks[i.role] for i in found]


@pytest.mark.parametrize(("text", "expected"), rows(PLAIN))
def test_a_list_becomes_its_items(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), rows(CLASSES))
def test_examples_and_their_class(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), rows(HEADS))
def test_shared_words_are_given_back(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), rows(ONE))
def test_one_thing_stays_one(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "expected"), rows(MODIFIERS))
def test_what_only_modifies(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_kinds_of_one_thing() -> None:
    assert told("心血管类、抗感染类的仿制药", "item") == ["心血管类仿制药", "抗感染类仿制药"]


def test_items_stand_where_the_list_has_them() -> None:
    text = "重点发展甘精和门冬胰岛素等胰岛素类药物"
    found = items(Slice(text, 0).part(4))
    assert [text[i.start : i.end] for i in found] == ["甘精", "门冬胰岛素", "胰岛素类药物"]


def _check(piece: Slice) -> None:
    for item in items(piece):
        assert item.name
        assert piece.start <= item.start < item.end <= piece.end, "an item lies inside its piece"
        assert item.role in ("item", "class", "modifier")
        assert "\x00" not in item.name
        assert item.role == "modifier" or item.of is None
    assert items(piece) == items(piece)


@given(messy())
@moderate(60)
def test_items_of_a_messy_plan_lie_inside_their_pieces(text: str) -> None:
    for sentence in sentences(read(text).text):
        for clause in clauses(sentence):
            _check(clause)


@given(drawn_sentences)
@moderate(200)
def test_items_of_any_sentence_lie_inside_it(text: str) -> None:
    _check(Slice(text, 7))


@given(words)
@moderate(100)
def test_a_single_word_gives_no_more_than_it_says(word: str) -> None:
    _check(Slice(word, 0))
