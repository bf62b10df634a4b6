"""Which product fields, products and technologies a plan sets as priorities, as worded, under what heading and sector."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import messy, moderate
from tables import rows

from extraction.reader import of_type, read
from kg.documents.sources import document
from kg.extraction.field_names import clean, heading_fields, parent_field
from kg.extraction.field_use import field_uses_of
from kg.extraction.text import Slice
from kg.model import PlanFieldFact

# A passage of the priorities under （一）生物药, and its fields.
PRIORITIES = """
# verbs of developing
重点发展双特异性抗体、抗体偶联药物（ADC）、纳米抗体等新型抗体。 → 双特异性抗体 | 抗体偶联药物 | 纳米抗体 | 新型抗体
做强血液制品，做优疫苗，做大抗体药物。 → 血液制品 | 疫苗 | 抗体药物
突破细胞培养、蛋白质纯化等关键技术。 → 细胞培养 | 蛋白质纯化
布局合成生物学、类器官、脑机接口。 → 合成生物学 | 类器官 | 脑机接口
# verbs of support: what is done is none of the name
加快多联多价疫苗、mRNA疫苗研发，推动新型佐剂国产化。 → 多联多价疫苗 | mRNA疫苗 | 新型佐剂
推进生物类似药、生物改良药的开发及产业化。 → 生物类似药 | 生物改良药
支持酶制剂、氨基酸等发酵产品升级。 → 酶制剂 | 氨基酸 | 发酵产品
提高血浆综合利用率，发展凝血因子、免疫球蛋白等产品。 → 凝血因子 | 免疫球蛋白
# those who are pushed are none of the names
支持龙头企业开发长效胰岛素。 → 长效胰岛素
# a list that goes on
重点发展抗体药物，核酸药物，以及重组蛋白药物。 → 抗体药物 | 核酸药物 | 重组蛋白药物
重点发展抗体药物；核酸药物；重组蛋白药物。 → 抗体药物 | 核酸药物 | 重组蛋白药物
# what an action is about
围绕细胞治疗、基因治疗等前沿领域，建设公共服务平台。 → 细胞治疗 | 基因治疗
以抗体药物为重点，完善产业链。 → 抗体药物
# examples and classes
重点发展以CAR-T为代表的免疫细胞治疗产品。 → CAR-T | 免疫细胞治疗产品
# evaluative words go, compound attributes stay
开发具有自主知识产权的创新药、高端仿制药。 → 创新药 | 高端仿制药
突破大规模细胞培养、高密度发酵等技术。 → 大规模细胞培养 | 高密度发酵 ✗ 大规模 is left out
# the purpose of a product is none
支持开发单克隆抗体，用于强直性脊柱炎的治疗。 → 单克隆抗体
# what is no field
鼓励企业加大研发投入，提升创新能力，加强知识产权保护。 →
加强与高校合作，建设重点实验室。 →
培育龙头企业10家，年销售收入超10亿元品种5个。 →
完善产业链，优化营商环境，强化要素保障。 →
支持企业开展临床研究，加快成果转化。 →
布局合成生物学、脑机接口等未来产业。 → 合成生物学 | 脑机接口
"""

# The heading over a passage, the passage, and the fields.
SECTORS = """
# the fields of every sector
（二）中药 → 推进中药材规范化种植，发展中药配方颗粒、经典名方制剂。 → 中药材规范化种植 | 中药配方颗粒 | 经典名方制剂
（三）医疗器械 → 重点发展高端影像设备、可降解支架等植介入器械，以及高端医用敷料。 \
→ 高端影像设备 | 可降解支架 | 植介入器械 | 高端医用敷料
（四）化学药 → 发展缓控释制剂、吸入制剂、复杂注射剂等高端制剂。 → 缓控释制剂 | 吸入制剂 | 复杂注射剂 | 高端制剂
（五）药用辅料 → 重点发展纤维素及其衍生物、注射用磷脂、预灌封注射器。 → 纤维素及其衍生物 | 注射用磷脂 | 预灌封注射器
（六）制药装备 → 发展冻干机、生物反应器、连续制造设备。 → 冻干机 | 生物反应器 | 连续制造设备
（七）新业态 → 发展合同研发、定制生产等服务，培育数字疗法。 → 合同研发 | 定制生产 | 数字疗法
"""

# Other parts of a plan: the heading, a sentence, and its fields.
ELSEWHERE = """
# tasks name fields too
四、重点任务 → 开展新型佐剂、无血清培养基等关键材料攻关。 → 新型佐剂 | 无血清培养基
四、重点任务 → 支持企业做大做强，打造知名品牌。 →
# what was reached is no priority
一、发展基础 → 抗体药物、疫苗等产品快速发展。 →
一、发展基础 → 重点发展了抗体药物、疫苗等产品。 →
# nor is what is paid for
五、保障措施 → 支持创新药、高端医疗器械优先纳入医保。 →
# nor what one region does in a layout
三、空间布局 → 支持长沙发展抗体药物。 →
"""

# A heading and the fields in it.
HEADINGS = """
# verbs and what is done go
推进高端医疗器械规模化发展 → 高端医疗器械
做强现代中药产业 → 现代中药
加快化学原料药绿色转型 → 化学原料药 ✗ 绿色转型 is not among what is done
抗体药物领域 → 抗体药物
# two things are two
中药材和中药饮片 → 中药材 | 中药饮片
化学原料药及制剂 → 化学原料药 | 化学制剂
# one is one
产业化技术 → 产业化技术
# none
总体要求 →
重点领域 →
加强人才队伍建设 →
"""

# A phrase and the bare name in it.
CLEANED = """
开发中药新药研发 → 中药新药
抗体药物领域 → 抗体药物
一批创新药 → 创新药
国产医疗器械产业化 → 医疗器械
推动疫苗 → 疫苗
10个以上创新药 → 创新药
中药二次开发 → 中药二次开发
抗体药物 → 抗体药物
"""


def fields(text: str) -> list[str]:
    """The fields of a plan in order, those of its headings left out."""
    return [
        f.field for f in of_type("plan_field", text) if isinstance(f, PlanFieldFact) and f.rule != "heading"
    ]


@pytest.mark.parametrize(("text", "expected"), rows(PRIORITIES))
def test_the_fields_of_a_priority(text: str, expected: list[str]) -> None:
    assert fields(f"三、重点领域\n（一）生物药\n{text}") == expected


@pytest.mark.parametrize(("heading", "text", "expected"), rows(SECTORS, columns=3))
def test_the_fields_of_each_sector(heading: str, text: list[str], expected: list[str]) -> None:
    assert fields(f"三、重点领域\n{heading}\n{text[0]}") == expected


@pytest.mark.parametrize(("heading", "text", "expected"), rows(ELSEWHERE, columns=3))
def test_the_fields_of_other_parts(heading: str, text: list[str], expected: list[str]) -> None:
    assert fields(f"{heading}\n{text[0]}") == expected


@pytest.mark.parametrize(("title", "expected"), rows(HEADINGS))
def test_the_fields_of_a_heading(title: str, expected: list[str]) -> None:
    assert [name for name, *_ in heading_fields(Slice(title, 0))] == expected


@pytest.mark.parametrize(("name", "expected"), rows(CLEANED))
def test_a_name_without_what_is_done(name: str, expected: list[str]) -> None:
    assert clean(name) == expected[0]


PLAN = """三、重点领域
（一）生物药
1.抗体药物。重点发展双特异性抗体、纳米抗体。
2.疫苗。加快多联多价疫苗研发。
（二）中药材和中药饮片
发展中药配方颗粒。
"""


def test_headings_are_fields_without_a_parent_and_items_have_the_nearest() -> None:
    found = [
        (f.field, f.parent, f.category) for f in of_type("plan_field", PLAN) if isinstance(f, PlanFieldFact)
    ]
    assert found == [
        ("生物药", None, "生物药"),
        ("抗体药物", None, "生物药"),
        ("双特异性抗体", "抗体药物", "生物药"),
        ("纳米抗体", "抗体药物", "生物药"),
        ("疫苗", None, "生物药"),
        ("多联多价疫苗", "疫苗", "生物药"),
        ("中药材", None, "中药"),
        ("中药饮片", None, "中药"),
        ("中药配方颗粒", "中药材和中药饮片", "中药"),
    ]


def test_labels_inside_a_paragraph_are_parents() -> None:
    text = (
        "三、重点领域\n1.生物药。支持创新。抗体药物领域：重点研发单抗、双抗；新型疫苗领域：重点开发核酸疫苗。"
    )
    found = [(f.field, f.parent) for f in of_type("plan_field", text) if isinstance(f, PlanFieldFact)]
    assert found == [
        ("生物药", None),
        ("抗体药物", None),
        ("单抗", "抗体药物"),
        ("双抗", "抗体药物"),
        ("新型疫苗", None),
        ("核酸疫苗", "新型疫苗"),
    ]


def test_the_parent_is_the_nearest_heading_that_names_a_field() -> None:
    plan = document("plan", PLAN)

    def parent(words: str) -> str | None:
        return parent_field(plan.path(plan.section_at(plan.reading.text.index(words))))

    assert [parent(w) for w in ("纳米", "加快", "配方")] == ["抗体药物", "疫苗", "中药材和中药饮片"]
    assert parent_field(()) is None


def test_a_field_said_twice_under_one_heading_is_one_fact() -> None:
    assert fields("三、重点领域\n（一）生物药\n支持企业创新，重点发展疫苗。加快疫苗研发。") == ["疫苗"]


def test_the_evidence_of_a_field_is_the_words_that_set_it() -> None:
    text = "三、重点领域\n（一）生物药\n鼓励创新。重点 发展双抗、纳米 抗体。"
    found = [
        f.evidence.quote
        for f in of_type("plan_field", text)
        if isinstance(f, PlanFieldFact) and f.rule != "heading"
    ]
    assert found == ["重点 发展双抗", "重点 发展双抗、纳米 抗体"]


@given(messy())
@moderate(40)
def test_uses_of_fields_in_a_messy_plan(text: str) -> None:
    doc = read.__wrapped__(text, upto="product_fields")
    found = field_uses_of(doc)
    assert list(found) == sorted(found, key=lambda u: (u.start, u.end, u.name))
    for use in found:
        assert 0 <= use.start < use.end <= len(doc.text)
        assert use.opens <= use.end
        assert len(use.name) >= 2
        assert 0 < use.confidence <= 1
        assert use.role in ("item", "class", "heading", "disease", "tie")
