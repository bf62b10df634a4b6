"""What a document says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from kg.documents.sources import document
from kg.extraction.document_card import level_of
from kg.extraction.pipeline import extract
from kg.model import DocumentFact

BODY = "\n一、总体要求\n加快发展生物医药产业。\n二、重点任务\n建设平台。\n"

# text before the body, title given from outside, then what is expected of it
ROWS: list[tuple[str, str | None, dict[str, Any]]] = [
    (
        "湖北省医药产业“十四五”发展规划",
        None,
        {
            "title": "湖北省医药产业“十四五”发展规划",
            "region": "湖北省",
            "level": "provincial",
            "period_start": 2021,
            "period_end": 2025,
            "status": "final",
            "issued": None,
            "issuer": None,
        },
    ),
    (
        "安徽省人民政府办公厅关于印发安徽省生物医药产业发展行动方案（2022—2025年）的通知\n各市、县人民政府：\n2022年3月8日",
        None,
        {
            "title": "安徽省生物医药产业发展行动方案（2022—2025年）",
            "issuer": "安徽省人民政府办公厅",
            "issued": "2022-03-08",
            "region": "安徽省",
            "level": "provincial",
            "period_start": 2022,
            "period_end": 2025,
        },
    ),
    (
        "成都市促进生物医药产业发展若干政策措施\n（征求意见稿）",
        None,
        {
            "title": "成都市促进生物医药产业发展若干政策措施（征求意见稿）",
            "status": "draft",
            "region": "成都市",
            "level": "municipal",
        },
    ),
    (
        "河南省医药工业高质量发展规划\n河南省工业和信息化厅\n2021年12月",
        None,
        {"issuer": "河南省工业和信息化厅", "issued": "2021-12", "region": "河南省"},
    ),
    (
        "广东省科学技术厅关于印发《广东省培育未来生命健康产业集群行动计划》的通知\n2024年2月7日",
        None,
        {
            "title": "广东省培育未来生命健康产业集群行动计划",
            "issuer": "广东省科学技术厅",
            "issued": "2024-02-07",
            "region": "广东省",
        },
    ),
    (
        "国务院办公厅关于印发“十四五”国民健康规划的通知\n发布日期：2022-05-20",
        None,
        {
            "title": "“十四五”国民健康规划",
            "issuer": "国务院办公厅",
            "level": "national",
            "region": "中国",
            "issued": "2022-05-20",
            "period_start": 2021,
            "period_end": 2025,
        },
    ),
    (
        "苏州市人民政府印发关于加快推进苏州市生物医药产业高质量发展的若干措施的通知",
        "关于加快推进苏州市生物医药产业高质量发展的若干措施",
        {
            "title": "关于加快推进苏州市生物医药产业高质量发展的若干措施",
            "region": "苏州市",
            "level": "municipal",
        },
    ),
    (
        "四川省人民政府办公厅关于促进医药产业健康发展的实施意见\n成文日期：2016年9月20日",
        None,
        {
            "title": "四川省人民政府办公厅关于促进医药产业健康发展的实施意见",
            "issuer": "四川省人民政府办公厅",
            "issued": "2016-09-20",
            "region": "四川省",
        },
    ),
    (
        "北京市医药健康协同创新行动计划（2021—2023年）",
        None,
        {"region": "北京市", "level": "provincial", "period_start": 2021, "period_end": 2023},
    ),
    (
        "余杭区生物医药产业发展规划（2019-2025年）",
        None,
        {"region": "余杭区", "level": "county", "period_start": 2019, "period_end": 2025},
    ),
    (
        "# 福建省“十三五”生物与新医药产业发展专项规划",
        None,
        {
            "title": "福建省“十三五”生物与新医药产业发展专项规划",
            "period_start": 2016,
            "period_end": 2020,
            "region": "福建省",
        },
    ),
    (
        "天津市生物医药产业发展三年行动计划\n（2018—2020年）",
        None,
        {"region": "天津市", "level": "provincial", "period_start": 2018},
    ),
    (
        "发文机关：辽宁省人民政府办公厅\n成文日期：2018年06月01日\n辽宁省医药产业发展规划",
        None,
        {
            "issuer": "辽宁省人民政府办公厅",
            "issued": "2018-06-01",
            "title": "辽宁省医药产业发展规划",
            "region": "辽宁省",
        },
    ),
    (
        "吉林省人民政府办公厅关于印发吉林省医药健康产业“十四五”发展规划的通知\n吉政办发〔2021〕60号\n2021年12月15日",
        None,
        {
            "title": "吉林省医药健康产业“十四五”发展规划",
            "issuer": "吉林省人民政府办公厅",
            "issued": "2021-12-15",
            "period_start": 2021,
            "period_end": 2025,
            "level": "provincial",
        },
    ),
    (
        "陕西省人民政府办公厅印发关于支持生物医药产业发展若干措施的通知",
        None,
        {"title": "关于支持生物医药产业发展若干措施", "issuer": "陕西省人民政府办公厅", "region": "陕西省"},
    ),
    (
        "宁波市生物医药产业发展规划（2021—2025年）（草案）",
        None,
        {"status": "draft", "region": "宁波市", "level": "municipal"},
    ),
    (
        "深圳市促进生物医药产业集群高质量发展的若干措施",
        None,
        {"region": "深圳市", "level": "municipal", "status": "final"},
    ),
    (
        "内蒙古自治区蒙医药中医药产业发展规划\n内蒙古自治区人民政府办公厅\n2020年6月",
        None,
        {
            "region": "内蒙古自治区",
            "level": "provincial",
            "issuer": "内蒙古自治区人民政府办公厅",
            "issued": "2020-06",
        },
    ),
    (
        "重庆市人民政府关于印发重庆市生物医药产业发展规划的通知",
        None,
        {
            "issuer": "重庆市人民政府",
            "region": "重庆市",
            "level": "provincial",
            "title": "重庆市生物医药产业发展规划",
        },
    ),
    (
        "工业和信息化部关于印发医药工业发展规划的通知\n2022年1月30日",
        None,
        {"issuer": "工业和信息化部", "region": "中国", "level": "national", "issued": "2022-01-30"},
    ),
    (
        "发布机构：甘肃省工业和信息化厅\n甘肃省中医药产业发展行动方案\n发布日期：2021-07-01",
        None,
        {"issuer": "甘肃省工业和信息化厅", "issued": "2021-07-01", "title": "甘肃省中医药产业发展行动方案"},
    ),
    (
        "贵州省中医药产业“十四五”发展规划（摘录）\n贵州省工业和信息化厅\n二〇二一年十二月",
        None,
        {"title": "贵州省中医药产业“十四五”发展规划", "issuer": "贵州省工业和信息化厅", "issued": "2021-12"},
    ),
    (
        "山西省工业和信息化厅 山西省药品监督管理局关于印发《山西省现代医药产业行动计划（2022—2025年）》的通知\n2022年5月16日",
        None,
        {
            "title": "山西省现代医药产业行动计划（2022—2025年）",
            "issuer": "山西省工业和信息化厅、山西省药品监督管理局",
            "issued": "2022-05-16",
        },
    ),
    (
        "福建省工业和信息化厅等8部门关于印发福建省生物医药产业提升行动方案的通知\n闽工信规〔2023〕5号\n（2023年3月2日）",
        None,
        {
            "title": "福建省生物医药产业提升行动方案",
            "issuer": "福建省工业和信息化厅等8部门",
            "issued": "2023-03-02",
        },
    ),
    (
        "海南省生物医药产业发展三年行动方案（2023—2025年）\n（海南省人民政府办公厅2023年6月12日印发）",
        None,
        {"issuer": "海南省人民政府办公厅", "issued": "2023-06-12"},
    ),
    (
        "青海省藏医药产业发展行动方案\n青工信〔2024〕6号 青海省工业和信息化厅 青海省药品监督管理局\n2024年4月2日",
        None,
        {"issuer": "青海省工业和信息化厅、青海省药品监督管理局", "issued": "2024-04-02"},
    ),
    (
        "关于印发《深圳市促进生物医药产业发展若干措施》的通知\n深圳市发展和改革委员会 深圳市科技创新委员会\n2022年7月5日",
        None,
        {
            "issuer": "深圳市发展和改革委员会、深圳市科技创新委员会",
            "title": "深圳市促进生物医药产业发展若干措施",
        },
    ),
    (
        "山东省医药产业发展规划发布日期：2021-10-18来源：山东省工业和信息化厅“十三五”期间，产业发展较快。",
        None,
        {"title": "山东省医药产业发展规划", "issuer": "山东省工业和信息化厅", "issued": "2021-10-18"},
    ),
    (
        "（上接第二版）“十四五”期间，浙江要做优结构，力争走在前列。",
        None,
        {"title": None, "period_start": 2021, "period_end": 2025},
    ),
    ("贵州省大健康医药产业发展规划（公开征求意见稿）", None, {"status": "draft", "region": "贵州省"}),
]


def card(text: str, title: str | None = None) -> DocumentFact:
    plan = document("demo", text, {"title": title} if title else None)
    found = [f for f in extract(plan) if isinstance(f, DocumentFact)]
    assert len(found) == 1
    assert text[found[0].evidence.start : found[0].evidence.end] == found[0].evidence.quote
    return found[0]


@pytest.mark.parametrize(("head", "title", "expected"), ROWS)
def test_card(head: str, title: str | None, expected: dict[str, Any]) -> None:
    keys = card(head + BODY, title).keys()
    assert {k: keys[k] for k in expected} == expected


def test_signature_before_date_of_publication() -> None:
    text = (
        "云南省人民政府办公厅关于印发云南省中药产业发展规划的通知发布日期：2020-03-05来源：省政府办公厅\n"
        "云南省人民政府办公厅2020年2月28日（此件公开发布）"
    )
    assert card(text + BODY).issued == "2020-02-28"


def test_signature_at_the_end() -> None:
    assert card("江西省医药产业发展意见" + BODY + "江西省工业和信息化厅\n2019年5月6日").issued == "2019-05-06"


@pytest.mark.parametrize(
    ("written", "issued"),
    [("二〇二一年十二月三十日", "2021-12-30"), ("二○一九年三月", "2019-03"), ("2020年10月8日", "2020-10-08")],
)
def test_dates_in_characters_and_figures(written: str, issued: str) -> None:
    assert card(f"海南省医药产业发展规划\n海南省工业和信息化厅\n{written}{BODY}").issued == issued


def test_title_from_outside_wins() -> None:
    found = card("一、发展基础\n我省医药产业发展较快。", "江西省“十二五”医药产业规划")
    assert (found.title, found.region, found.period_start) == ("江西省“十二五”医药产业规划", "江西省", 2011)


def test_a_text_that_says_nothing_of_itself() -> None:
    found = card("加快发展。")
    assert (found.title, found.issuer, found.region, found.level, found.issued, found.period_start) == (
        None,
    ) * 6


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("100000", "national"),
        ("310000", "provincial"),
        ("330100", "municipal"),
        ("330110", "county"),
        (None, None),
    ],
)
def test_levels(code: str | None, level: str | None) -> None:
    assert level_of(code) == level
