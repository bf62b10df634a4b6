"""Four short plans whose facts are known: the national guide, a province, and another province's plan twice.

The facts are written down here, so that what is tested with them does not depend on extraction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.documents.document import Document
from kg.documents.sources import document
from kg.model import FACT_TYPES, Evidence, Fact

Row = tuple[str, str, Mapping[str, Any]]

GUIDE = """医药产业发展指南
一、发展重点
重点发展抗体药物、孤儿药和化学原料药。
到2020年，主营业务收入年均增速高于10%。
"""
GUIDE_FACTS: list[Row] = [
    ("document", "医药产业发展指南", {
        "title": "医药产业发展指南", "issuer": None, "region": "中国", "level": "national", "issued": None,
        "period_start": 2016, "period_end": 2020, "status": "final",
    }),
    ("plan_field", "重点发展抗体药物", {"field": "抗体药物", "category": "生物药", "parent": None}),
    ("plan_field", "孤儿药", {"field": "孤儿药", "category": "化学药", "parent": None}),
    ("plan_field", "化学原料药", {"field": "化学原料药", "category": "化学药", "parent": None}),
    ("target", "到2020年，主营业务收入年均增速高于10%", {
        "indicator": "主营业务收入年均增速", "scope": None, "comparator": ">", "value": 10, "value_max": None,
        "unit": "%", "deadline": 2020, "baseline": None, "direction": "level",
    }),
]  # fmt: skip

JIANGSU = """江苏省医药规划
一、重点领域
（一）生物药
加快发展抗体药物，针对肿瘤的双特异性抗体，以及PD-1抑制剂。
二、空间布局
苏州生物医药产业园聚焦抗体药物和细胞治疗。南京重点发展新型疫苗。泰州中国医药城在新型疫苗方面优势明显。
到2025年，全省医药工业主营业务收入达到5000亿元以上。
恒瑞医药生产卡瑞利珠单抗。支持中国药科大学建设。
组织实施《健康江苏行动》。（责任单位：省药监局、省工业和信息化厅）
"""
JIANGSU_FACTS: list[Row] = [
    ("document", "江苏省医药规划", {
        "title": "江苏省医药规划", "issuer": "江苏省工业和信息化厅", "region": "江苏省", "level": "provincial",
        "issued": "2021-09", "period_start": 2021, "period_end": 2025, "status": "final",
    }),
    ("plan_field", "加快发展抗体药物", {"field": "抗体药物", "category": "生物药", "parent": None}),
    ("plan_field", "双特异性抗体", {"field": "双特异性抗体", "category": "生物药", "parent": "抗体药物"}),
    ("plan_disease", "针对肿瘤的双特异性抗体", {"disease": "肿瘤", "field": "双特异性抗体"}),
    ("drug_target", "PD-1抑制剂", {"name": "PD-1", "field": "抗体药物"}),
    ("cluster", "苏州生物医药产业园聚焦抗体药物和细胞治疗", {
        "name": "苏州生物医药产业园", "kind": "park", "region": "苏州市", "province": "江苏省",
        "fields": ("抗体药物", "细胞治疗"), "aliases": ("一园",), "status": "existing",
    }),
    ("cluster", "泰州中国医药城", {
        "name": "泰州中国医药城", "kind": "hub", "region": "泰州市", "province": "江苏省", "fields": (),
        "aliases": (), "status": "planned",
    }),
    ("region_field", "南京重点发展新型疫苗", {
        "region": "南京市", "field": "新型疫苗", "category": "生物药", "stance": "develop",
    }),
    ("region_field", "在新型疫苗方面优势明显", {
        "region": "泰州市", "field": "新型疫苗", "category": "生物药", "stance": "strength",
    }),
    ("target", "到2025年，全省医药工业主营业务收入达到5000亿元以上", {
        "indicator": "主营业务收入", "scope": "全省医药工业", "comparator": ">=", "value": 5000, "value_max": None,
        "unit": "亿元", "deadline": 2025, "baseline": None, "direction": "level",
    }),
    ("enterprise", "恒瑞医药生产卡瑞利珠单抗", {"name": "恒瑞医药", "region": "江苏省", "products": ("卡瑞利珠单抗",)}),
    ("institution", "中国药科大学", {"name": "中国药科大学", "kind": "university", "region": "南京市"}),
    ("cites", "《健康江苏行动》", {"policy": "健康江苏行动"}),
    ("responsible", "组织实施《健康江苏行动》。（责任单位：省药监局、省工业和信息化厅）", {
        "measure": "组织实施健康江苏行动", "agencies": ("省药监局", "省工业和信息化厅"),
    }),
]  # fmt: skip

OLDER = """浙江省医药规划（2016—2020年）
一、重点领域
重点发展抗体药物、化学原料药。2015年实现主营业务收入1133.6亿元。
杭州医药港聚焦抗体药物。台州重点发展化学原料药。
"""
OLDER_FACTS: list[Row] = [
    ("document", "浙江省医药规划（2016—2020年）", {
        "title": "浙江省医药规划（2016—2020年）", "issuer": None, "region": "浙江省", "level": "provincial",
        "issued": None, "period_start": 2016, "period_end": 2020, "status": "final",
    }),
    ("plan_field", "重点发展抗体药物", {"field": "抗体药物", "category": "生物药", "parent": None}),
    ("plan_field", "化学原料药", {"field": "化学原料药", "category": "化学药", "parent": None}),
    ("statistic", "2015年实现主营业务收入1133.6亿元", {
        "indicator": "主营业务收入", "scope": None, "value": 1133.6, "unit": "亿元", "year": 2015, "period": None,
    }),
    ("cluster", "杭州医药港聚焦抗体药物", {
        "name": "杭州医药港", "kind": "hub", "region": "杭州市", "province": "浙江省", "fields": ("抗体药物",),
        "aliases": (), "status": "existing",
    }),
    ("region_field", "台州重点发展化学原料药", {
        "region": "台州市", "field": "化学原料药", "category": "化学药", "stance": "develop",
    }),
]  # fmt: skip

NEWER = """浙江省生物医药行动方案（2022—2024年）
一、重点任务
重点发展抗体药物、海洋多肽探针。到2024年，主营业务收入达到4500亿元左右。
杭州医药港聚焦抗体药物。
"""
NEWER_FACTS: list[Row] = [
    ("document", "浙江省生物医药行动方案（2022—2024年）", {
        "title": "浙江省生物医药行动方案（2022—2024年）", "issuer": None, "region": "浙江省", "level": "provincial",
        "issued": "2022-06-16", "period_start": 2022, "period_end": 2024, "status": "final",
    }),
    ("plan_field", "重点发展抗体药物", {"field": "抗体药物", "category": "生物药", "parent": None}),
    ("plan_field", "海洋多肽探针", {"field": "海洋多肽探针", "category": "生物药", "parent": None}),
    ("target", "到2024年，主营业务收入达到4500亿元左右", {
        "indicator": "主营业务收入", "scope": None, "comparator": "~", "value": 4500, "value_max": None,
        "unit": "亿元", "deadline": 2024, "baseline": None, "direction": "level",
    }),
    ("cluster", "杭州医药港聚焦抗体药物", {
        "name": "杭州医药港", "kind": "hub", "region": "杭州市", "province": "浙江省", "fields": ("抗体药物",),
        "aliases": (), "status": "existing",
    }),
]  # fmt: skip

PLANS = {
    "guide-2016": (GUIDE, GUIDE_FACTS),
    "jiangsu-2021": (JIANGSU, JIANGSU_FACTS),
    "zhejiang-2016": (OLDER, OLDER_FACTS),
    "zhejiang-2022": (NEWER, NEWER_FACTS),
}


def tiny_plans() -> Iterator[tuple[Document, list[Fact]]]:
    """The plans with their facts."""
    for id_, (text, rows) in PLANS.items():
        plan = document(id_, text)
        yield plan, [_fact(plan, *row) for row in rows]


def _fact(plan: Document, type_: str, quote: str, keys: Mapping[str, Any]) -> Fact:
    start = plan.text.index(quote)
    section = max((s for s in plan.sections if s.start <= start < s.end), key=lambda s: s.level, default=None)
    evidence = Evidence(plan.id, start, start + len(quote), quote, section.id if section else None)
    confidence = 0.6 if type_ == "drug_target" else 0.9
    return FACT_TYPES[type_](**keys, evidence=evidence, rule="by-hand", confidence=confidence)
