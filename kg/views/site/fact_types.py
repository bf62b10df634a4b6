"""The types of facts as readers meet them: what they are called and which kind's look they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class FactType:
    """The name of a type of fact, the kind of thing (of `kg.views.palette`) whose colour it has, and its line."""

    zh: str
    en: str
    kind: str
    line: Literal["solid", "dashed", "dotted", "double"] = "solid"


FACT_LOOKS: Final[Mapping[str, FactType]] = MappingProxyType(
    {
        "cluster": FactType("集群", "Clusters", "cluster"),
        "region_field": FactType("地区与领域", "Regions and fields", "province"),
        "plan_field": FactType("重点领域", "Priority fields", "field"),
        "plan_disease": FactType("疾病", "Diseases", "disease"),
        "drug_target": FactType("药物靶点", "Drug targets", "drug-target", "dotted"),
        "enterprise": FactType("企业", "Enterprises", "enterprise"),
        "institution": FactType("机构", "Institutions", "institution", "dashed"),
        "target": FactType("量化目标", "Targets", "target"),
        "statistic": FactType("统计数据", "Statistics", "statistic", "dashed"),
        "responsible": FactType("责任单位", "Responsibilities", "agency"),
        "cites": FactType("引用", "Citations", "programme", "dashed"),
        "document": FactType("文件信息", "The document itself", "document", "dotted"),
    }
)
"""By the type of the fact table, in the order in which readers meet them."""
