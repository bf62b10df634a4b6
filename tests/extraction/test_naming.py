"""What a phrase names: a product field, a disease, something generic, or a modifier that waits for its head."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import any_text, moderate
from tables import rows

from kg.extraction.naming import (
    SECTORS,
    disease_entry,
    field_entry,
    has_head,
    is_disease,
    is_generic,
    is_whole,
    sector_of,
)

# What a name is in the vocabulary of fields, by its sector.
FIELDS = """
# a field, also with a word such as 产品 after it
抗体药物 → 生物药
抗体药物领域 → 生物药
疫苗产品 → 生物药
化学原料药 → 化学药
高端制剂 → 化学药
中药饮片 → 中药
中药饮片产业 → 中药
体外诊断 → 医疗器械
药用辅料 → 药用辅料和包装
制药装备 → 制药设备
# any of its names
ADC → 生物药
单抗 → 生物药
# what no plan means by a field
五年规划 →
龙头企业 →
"""

DISEASES = """
# by the vocabulary
恶性肿瘤 → yes
糖尿病 → yes
心脑血管 → yes
艾滋病 → yes
罕见病 → yes
# by the last word
系统性红斑狼疮性肾炎 → yes
骨与软组织肉瘤 → yes
产后抑郁 → yes
耐药菌感染 → yes
类风湿关节炎 → yes
# with a word of kind after it
心血管类 → yes
免疫系统疾病领域 → yes
# products are none
抗体药物 →
艾滋病疫苗 →
抗肿瘤药物 →
肿瘤放疗设备 →
医用敷料 →
# nor is the industry
生物医药 →
"""

GENERIC = """
# say too little to be a field
关键技术 → yes
优势产品 → yes
重点领域 → yes
前沿技术 → yes
各类产品 → yes
核心零部件 → yes
新型药物 → yes
# say enough
新型疫苗 →
高端医疗器械 →
中药新药 →
关键原料药 →
特色原料药 →
"""

WHOLE = """
# things by themselves
抗体偶联药物 → yes
血液透析设备 → yes
人工关节 → yes
恶性肿瘤 → yes
ADC → yes
# modifiers that wait for their head
麻醉 →
牙科 →
口服速释 →
缓控释 →
儿童 →
植入 →
细胞 →
"""


def yes(found: object) -> list[str]:
    return ["yes"] if found else []


@pytest.mark.parametrize(("name", "sector"), rows(FIELDS))
def test_a_field_is_known_with_its_sector(name: str, sector: list[str]) -> None:
    found = sector_of(field_entry(name))
    assert ([found] if found else []) == sector
    assert not sector or field_entry(name) is not None


@pytest.mark.parametrize(("name", "expected"), rows(DISEASES))
def test_a_disease_is_told_from_a_product(name: str, expected: list[str]) -> None:
    assert yes(is_disease(name)) == expected


@pytest.mark.parametrize(("name", "expected"), rows(GENERIC))
def test_what_says_too_little_is_generic(name: str, expected: list[str]) -> None:
    assert yes(is_generic(name)) == expected


@pytest.mark.parametrize(("name", "expected"), rows(WHOLE))
def test_a_thing_is_told_from_a_modifier(name: str, expected: list[str]) -> None:
    assert yes(is_whole(name)) == expected


def test_in_a_proper_name_even_a_general_word_says_something() -> None:
    assert is_generic("医药")
    assert not is_generic("医药", named=True)
    assert is_generic("园区", named=True)


def test_a_disease_of_the_vocabulary_is_found_by_its_use() -> None:
    for name in ("抗肿瘤", "心血管类", "消化系统"):
        assert disease_entry(name) is not None


@given(any_text)
@moderate(150)
def test_any_text_may_be_asked(text: str) -> None:
    assert sector_of(field_entry(text)) in (*SECTORS, None)
    for question in (is_disease, is_generic, has_head, is_whole):
        assert question(text) in (True, False)
