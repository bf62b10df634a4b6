"""A tiny plan with one fact of each type, and a small vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.documents.document import Document
from kg.documents.sources import document
from kg.graph.background import background
from kg.graph.build import build_in_memory
from kg.graph.store import GraphStore
from kg.lexicon.vocabulary import Vocabulary, parse
from kg.model import FACT_TYPES, Evidence, Fact

SMALL = Path(__file__).parent / "small.ttl"

PLAN = """浙江省医药产业行动方案
浙江省人民政府2022年6月16日发布，规划期2022—2024年。
一、重点领域
支持台州建设台州医药港（“一港”），集聚抗体药物和纳米 抗体。针对肿瘤的抗体药物，靶向PD-1。
贝达药业生产埃克替尼。支持西湖大学建设平台。
二、目标
到2024年，全省营业收入达到10000.5亿元以上，培育3-5家企业，2021年为8000亿元。
落实“雄鹰行动”。（责任单位：省药监局、省经信厅）
"""


def row(type_: str, quote: str, **keys: Any) -> tuple[str, str, dict[str, Any]]:
    return type_, quote, keys


ROWS = [
    row(
        "document",
        "浙江省人民政府2022年6月16日发布",
        title="浙江省医药产业行动方案",
        issuer="浙江省人民政府",
        region="浙江省",
        level="provincial",
        issued="2022-06-16",
        period_start=2022,
        period_end=2024,
        status="final",
    ),
    row(
        "cluster",
        "支持台州建设台州医药港（“一港”），集聚抗体药物和纳米 抗体",
        name="台州医药港",
        kind="hub",
        region="台州市",
        province="浙江省",
        fields=("纳米抗体", "抗体药物"),
        aliases=("一港",),
        status="supported",
    ),
    row(
        "cluster",
        "台州医药港",
        name="台州医药港",
        kind="park",
        region=None,
        province=None,
        fields=(),
        aliases=(),
        status="existing",
    ),
    row(
        "region_field",
        "支持台州建设台州医药港（“一港”），集聚抗体药物",
        region="台州市",
        field="抗体药物",
        category="生物药",
        stance="develop",
    ),
    row("region_field", "集聚抗体药物", region="台州市", field="抗体药物", category=None, stance="strength"),
    row("plan_field", "纳米 抗体", field="纳米抗体", category="生物药", parent="抗体药物"),
    row("plan_field", "抗体药物", field="抗体类药物", category=None, parent=None),
    row("plan_disease", "针对肿瘤的抗体药物", disease="肿瘤", field="抗体药物"),
    row("plan_disease", "肿瘤", disease="晚期肿瘤", field=None),
    row("drug_target", "靶向PD-1", name="PD-1", field="抗体药物"),
    row("drug_target", "PD-1", name="PD-1", field=None),
    row("enterprise", "贝达药业生产埃克替尼", name="贝达药业", region=None, products=("埃克替尼",)),
    row("enterprise", "贝达药业", name="贝达药业", region="浙江省", products=()),
    row("institution", "支持西湖大学", name="西湖大学", kind="university", region="浙江省"),
    row(
        "target",
        "到2024年，全省营业收入达到10000.5亿元以上",
        indicator="营业收入",
        scope="全省",
        comparator=">=",
        value=10000.5,
        value_max=None,
        unit="亿元",
        deadline=2024,
        baseline=None,
        direction="level",
    ),
    row(
        "target",
        "培育3-5家企业",
        indicator="培育企业数",
        scope=None,
        comparator="range",
        value=3,
        value_max=5.0,
        unit=None,
        deadline=None,
        baseline=2021,
        direction="increase",
    ),
    row(
        "statistic",
        "2021年为8000亿元",
        indicator="营业收入",
        scope=None,
        value=8000.0,
        unit="亿元",
        year=2021,
        period=None,
    ),
    row(
        "statistic",
        "8000亿元",
        indicator="营业收入",
        scope="全省",
        value=0.0000001,
        unit=None,
        year=None,
        period="2016-2020",
    ),
    row(
        "responsible",
        "落实“雄鹰行动”。（责任单位：省药监局、省经信厅）",
        measure="落实雄鹰行动",
        agencies=("省药监局", "省经信厅"),
    ),
    row("cites", "雄鹰行动", policy="雄鹰行动"),
]


def facts_of(doc: Document, rows: list[tuple[str, str, dict[str, Any]]]) -> list[Fact]:
    """Facts from rows of type, quote and keys; the quote stands in the document's text."""
    found: list[Fact] = []
    for n, (type_, quote, keys) in enumerate(rows):
        start = doc.text.index(quote)
        section = doc.sections[n % len(doc.sections)].id if doc.sections and n % 3 else None
        evidence = Evidence(doc.id, start, start + len(quote), quote, section)
        found.append(FACT_TYPES[type_](**keys, evidence=evidence, rule=f"rule-{n}", confidence=0.9 - n / 100))
    return found


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return parse([SMALL])


@pytest.fixture(scope="session")
def plan() -> Document:
    return document("tiny", PLAN)


@pytest.fixture(scope="session")
def facts(plan: Document) -> list[Fact]:
    return facts_of(plan, ROWS)


@pytest.fixture
def make(vocabulary: Vocabulary) -> Callable[..., GraphStore]:
    """Builds a graph of documents and facts in memory with the small vocabulary."""

    def build(*results: tuple[Document, list[Fact]]) -> GraphStore:
        return build_in_memory(
            results, vocabulary=vocabulary, background_quads=background(vocabularies=[SMALL])
        )

    return build


@pytest.fixture
def graph(make: Callable[..., GraphStore], plan: Document, facts: list[Fact]) -> GraphStore:
    return make((plan, facts))
