"""Three short plans that share passages on purpose: a guide, and two plans that follow it, with their facts by hand.

Shared (length in characters without marks and blanks, counted on the folded text):

- 1 guide → north, word for word over line breaks and bold, 37: PRIORITY. Both state 抗体药物 and 新型疫苗 there.
- 2 guide → south, one word replaced (促进 → 推动), 31 of which 29 are equal: TRADE.
- 3 north — south, boilerplate, equal, 36 with the heading 一、思路: THOUGHT. Both plans begin in 2021, so neither is earlier.
- south has TRADE twice, word for word; that is no reuse within south, and one passage with the guide, not two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.documents.document import Document
from kg.documents.sources import document
from kg.model import FACT_TYPES, Evidence, Fact

PRIORITY = "重点发展针对恶性肿瘤的抗体药物，加快新型疫苗和基因治疗产品的研发及产业化应用"
TRADE = "促进中药材规范化种植基地建设，提高中药饮片加工炮制的质量控制水平"
THOUGHT = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神"

GUIDE = f"""医药工业指南
一、方向
（一）生物药
{PRIORITY}。到2020年形成完整的创新链条。
（二）中药
{TRADE}。办好展会。
"""
NORTH = f"""北方省医药规划
一、思路
{THOUGHT}。立足本地资源禀赋优势。
二、任务
北方港口物流条件优越。
**{PRIORITY[:11]}**
{PRIORITY[11:18]}
{PRIORITY[18:]}。
"""
_TRADE = TRADE.replace("促进", "推动")
SOUTH = f"""海岛地区生物经济行动方案
一、思路
{THOUGHT}。发挥沿海开放先行先试特点。
二、任务
{_TRADE}。办医药产业大会。
三、附录
热带雨林植物种类繁多。
{_TRADE}。
"""

Row = tuple[str, str, Mapping[str, Any]]


def _head(title: str, level: str, region: str, start: int) -> Row:
    return ("document", title, {
        "title": title, "issuer": None, "region": region, "level": level, "issued": None,
        "period_start": start, "period_end": start + 4, "status": "final",
    })  # fmt: skip


_FIELDS: list[Row] = [
    ("plan_field", "抗体药物", {"field": "抗体药物", "category": "生物药", "parent": None}),
    ("plan_field", "新型疫苗", {"field": "新型疫苗", "category": "生物药", "parent": None}),
]
PLANS: dict[str, tuple[str, list[Row]]] = {
    "guide": (GUIDE, [_head("医药工业指南", "national", "中国", 2016), *_FIELDS]),
    "north": (NORTH, [_head("北方省医药规划", "provincial", "吉林省", 2021), *_FIELDS]),
    "south": (SOUTH, [_head("海岛地区生物经济行动方案", "provincial", "海南省", 2021)]),
}


def reuse_plans() -> Iterator[tuple[Document, list[Fact]]]:
    """The plans with their facts."""
    for id_, (text, rows) in PLANS.items():
        plan = document(id_, text)
        yield plan, [_fact(plan, *row) for row in rows]


def _fact(plan: Document, type_: str, quote: str, keys: Mapping[str, Any]) -> Fact:
    start = plan.text.index(quote)
    evidence = Evidence(plan.id, start, start + len(quote), quote)
    return FACT_TYPES[type_](**keys, evidence=evidence, rule="by-hand", confidence=0.9)
