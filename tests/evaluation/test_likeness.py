"""How alike two facts are: a table of known cases, each one worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.evaluation.likeness import (
    SAME,
    dice,
    field_name,
    fold,
    likeness,
    near,
    number,
    region_name,
    unit_name,
)
from kg.model import FACT_TYPES


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("PD－1", "pd1"),
        ("（一）生物药", "一生物药"),
        ("Ⅱ型 糖尿病", "ii型糖尿病"),
        ("_A_b", "ab"),
        ("  ", ""),
        ("①", "1"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("抗体药物领域", "抗体药物"),
        ("高端医疗器械等产品", "高端医疗器械"),
        ("疫苗类产品", "疫苗"),
        ("抗体等领域产业", "抗体"),
        ("产品", "产品"),
        ("类产品", "类产品"),
        ("产品研发", "产品研发"),
        (None, ""),
    ],
)
def test_field_names_lose_words_of_class_at_their_end(field: str | None, name: str) -> None:
    assert field_name(field) == name


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("浙江省", "浙江"),
        ("余杭区", "余杭"),
        ("临海市", "临海"),
        ("新疆维吾尔自治区", "新疆"),
        ("内蒙古自治区", "内蒙古"),
        ("延边州", "延边"),
        ("沙市", "沙市"),
        ("长三角", "长三角"),
        (None, ""),
    ],
)
def test_region_names_lose_their_rank(region: str | None, name: str) -> None:
    assert region_name(region) == name


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("%", "％", True),
        ("百分点", "个百分点", True),
        ("件", "种", True),
        ("家", "个", False),
        (None, "", True),
        ("亿元", "亿", False),
    ],
)
def test_units(a: str | None, b: str | None, same: bool) -> None:
    assert (unit_name(a) == unit_name(b)) is same


@pytest.mark.parametrize(
    ("value", "found"), [(3, 3.0), ("3.0", 3.0), (0.1 + 0.2, 0.3), (None, None), ("多", None), ([], None)]
)
def test_numbers(value: Any, found: float | None) -> None:
    assert number(value) == found


@pytest.mark.parametrize(
    ("a", "b", "score"),
    [
        ("", "", 1.0),
        ("药", "药", 1.0),
        ("药", "械", 0.0),
        ("抗体药物", "抗体疫苗", 2 / 6),
        ("营业收入", "主营业务收入", 4 / 8),
        ("", "药", 0.0),
        ("年年年年", "年年", 1.0),  # pairs are a set: a repeated one counts once
    ],
)
def test_dice_counts_pairs_of_neighbours(a: str, b: str, score: float) -> None:
    assert dice(a, b) == pytest.approx(score)
    assert dice(b, a) == pytest.approx(score)


@pytest.mark.parametrize(
    ("a", "b", "score"),
    [
        ("抗体药物", "抗体药物", 1.0),
        ("双功能抗体", "双功能抗体药物", 0.9),  # 5 of 7 characters
        ("抗体", "双功能抗体药物", 0.0),  # 2 of 7
        ("医用材料", "生物医用材料", 0.9),
        ("高端医疗器械产业", "高端医疗器械工业", 0.0),  # 5 of 7 pairs on both sides: 10/14
        ("高性能医学影像诊断设备", "高性能医学影像类诊断设备", 2 * 9 / 21),
        ("", "抗体", 0.0),
        ("", "", 0.0),
    ],
)
def test_near(a: str, b: str, score: float) -> None:
    assert near(a, b) == pytest.approx(score)
    assert near(b, a) == pytest.approx(score)


CLUSTER = {"name": "南京生物医药谷", "aliases": ["一谷"]}
TARGET = {
    "indicator": "主营业务收入", "scope": "全省", "comparator": ">=", "value": 500, "unit": "亿元", "deadline": 2025,
}  # fmt: skip
STATISTIC = {"indicator": "总产值", "scope": "规模以上企业", "value": 1263.4, "unit": "亿元", "year": 2015}
RESPONSIBLE = {"measure": "加强组织领导", "agencies": ["省经信厅", "省药监局", "省医保局", "省商务厅"]}
CASES: list[tuple[str, dict[str, Any], dict[str, Any], float]] = [
    ("document", {"title": "甲"}, {"title": "乙"}, 1.0),
    ("cluster", CLUSTER, {"name": "一谷"}, 1.0),  # by an alias
    ("cluster", CLUSTER, {"name": "南京生物医药谷核心区"}, 0.9),
    ("cluster", {"name": "杭州生物医药产业园"}, {"name": "苏州生物医药产业园"}, 2 * 7 / 16),
    ("cluster", {"name": "杭州医药港"}, {"name": "台州医药港"}, 0.0),
    ("enterprise", {"name": "贝达药业"}, {"name": "贝达药业股份有限公司"}, 0.0),  # 4 of 10 characters
    ("enterprise", {"name": "恒瑞医药"}, {"name": "江苏恒瑞医药"}, 0.9),
    ("institution", {"name": "中国药科大学"}, {"name": "中国药科大学"}, 1.0),
    ("drug_target", {"name": "PD-1"}, {"name": "pd1"}, 1.0),
    ("drug_target", {"name": "PD-1"}, {"name": "PD-L1"}, 0.0),
    ("region_field", {"region": "南京", "field": "疫苗"}, {"region": "南京市", "field": "疫苗产业"}, 1.0),
    ("region_field", {"region": "南京市", "field": "疫苗"}, {"region": "苏州市", "field": "疫苗"}, 0.0),
    ("plan_field", {"field": "新型疫苗"}, {"field": "新型疫苗等领域"}, 1.0),
    ("plan_field", {"field": "细胞治疗"}, {"field": "基因治疗"}, 0.0),
    ("plan_disease", {"disease": "肿瘤", "field": "抗体药物"}, {"disease": "肿瘤", "field": "抗体药"}, 0.9),
    ("plan_disease", {"disease": "肿瘤", "field": None}, {"disease": "肿瘤", "field": None}, 0.0),
    ("target", TARGET, TARGET | {"value": 500.0, "scope": None}, 1.0),
    ("target", TARGET, TARGET | {"indicator": "营业收入"}, 0.5 + (4 / 8) / 2),
    (
        "target",
        TARGET,
        TARGET | {"indicator": "主营业务收入总额"},
        0.5 + 0.9 / 2,
    ),  # inside, with 6 of 8 characters
    (
        "target",
        TARGET,
        TARGET | {"indicator": "业务总收入"},
        0.5 + (6 / 13) / 2,
    ),  # the best of both, with the scope
    ("target", TARGET, TARGET | {"indicator": "利润"}, 0.0),
    ("target", TARGET, TARGET | {"deadline": None}, 0.0),
    ("target", TARGET, TARGET | {"comparator": ">"}, 0.0),
    ("target", TARGET, TARGET | {"unit": "万元"}, 0.0),
    ("statistic", STATISTIC, STATISTIC | {"year": 2014}, 1.0),  # the year is a detail
    ("statistic", STATISTIC, STATISTIC | {"indicator": "产值"}, 0.5 + (12 / 15) / 2),
    ("statistic", STATISTIC, STATISTIC | {"value": 1263}, 0.0),
    ("responsible", RESPONSIBLE, RESPONSIBLE | {"agencies": ["省药监局", "省经信厅", "省医保局"]}, 0.75),
    ("responsible", RESPONSIBLE, RESPONSIBLE | {"agencies": ["省药监局", "省经信厅"]}, 0.0),
    ("responsible", RESPONSIBLE, RESPONSIBLE | {"measure": "培育龙头企业"}, 0.0),
    ("responsible", RESPONSIBLE | {"agencies": []}, RESPONSIBLE, 0.0),
    ("cites", {"policy": "“一带一路”"}, {"policy": "一带一路"}, 1.0),
    ("cites", {"policy": "重大新药创制"}, {"policy": "重大新药创制科技重大专项"}, 0.0),
]


@pytest.mark.parametrize(("type_", "a", "b", "score"), CASES)
def test_known_cases(type_: str, a: dict[str, Any], b: dict[str, Any], score: float) -> None:
    assert likeness(type_, a, b) == pytest.approx(score)
    assert likeness(type_, b, a) == pytest.approx(score)


def test_every_type_has_a_case() -> None:
    assert {type_ for type_, *_ in CASES} == set(FACT_TYPES)


def test_strict_means_the_same_after_folding() -> None:
    assert likeness("plan_field", {"field": "抗体 药物"}, {"field": "抗体药物"}) >= SAME
    assert likeness("plan_field", {"field": "抗体药"}, {"field": "抗体药物"}) < SAME
