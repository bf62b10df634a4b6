"""The fact table as one table a type of fact, and a table of the things that facts speak of.

The columns of a type are its keys in the public fact table, then the evidence, then IRIs that lead into the graph:
``fact`` (the assertion), ``subject`` and ``object`` (of the main statement; of a target, the target itself).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.exports.cells import Form
from kg.exports.source import Source
from kg.graph.page import fact_hash
from kg.graph.slugs import document_iri
from kg.graph.store import GraphStore
from kg.model import FACT_TYPES, Fact, fact_row
from kg.namespaces import thing
from kg.queries.reading import lexical, section_paths


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its titles, how its cells are written, and how wide a spreadsheet shows it."""

    key: str
    zh: str
    en: str
    form: Form = "text"
    width: int = 16

    def title(self, language: str) -> str:
        """What people read above it.

        >>> Column("field", "领域", "Field").title("zh")
        '领域'
        """
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one type of fact; ``name`` is the type."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    def title(self, language: str) -> str:
        """What people call it."""
        return self.en if language == "en" else self.zh


TITLES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "document": ("文件", "Documents"),
        "cluster": ("产业集群", "Clusters"),
        "region_field": ("地区与领域", "Regions and fields"),
        "plan_field": ("重点领域", "Priority fields"),
        "plan_disease": ("疾病", "Diseases"),
        "drug_target": ("药物靶点", "Drug targets"),
        "enterprise": ("企业", "Enterprises"),
        "institution": ("机构", "Institutions"),
        "target": ("量化目标", "Targets"),
        "statistic": ("统计数据", "Statistics"),
        "responsible": ("责任单位", "Responsibilities"),
        "cites": ("引用政策", "Citations"),
    }
)
"""What the table of each type of fact is called."""

_KEYS: Mapping[str, Column] = {
    c.key: c
    for c in (
        Column("title", "标题", "Title", width=40), Column("issuer", "发布单位", "Issuer", width=24),
        Column("region", "地区", "Region", width=12), Column("level", "层级", "Level", width=10),
        Column("issued", "发布日期", "Issued", width=12),
        Column("period_start", "起始年", "From", "integer", 8), Column("period_end", "终止年", "To", "integer", 8),
        Column("status", "状态", "Status", width=10), Column("name", "名称", "Name", width=28),
        Column("kind", "类别", "Kind", width=12), Column("province", "省份", "Province", width=12),
        Column("fields", "主攻领域", "Fields", "list", 36), Column("aliases", "别称", "Also called", "list", 20),
        Column("field", "领域", "Field", width=28), Column("category", "行业门类", "Sector", width=16),
        Column("stance", "方向或优势", "Stance", width=12), Column("parent", "上级领域", "Parent field", width=20),
        Column("disease", "疾病", "Disease", width=20), Column("products", "产品", "Products", "list", 32),
        Column("indicator", "指标", "Indicator", width=30), Column("scope", "范围", "Scope", width=24),
        Column("comparator", "比较", "Comparator", width=8), Column("value", "数值", "Value", "number", 12),
        Column("value_max", "数值上限", "Upper value", "number", 12), Column("unit", "单位", "Unit", width=10),
        Column("deadline", "期限", "Deadline", "integer", 8), Column("baseline", "基期", "Baseline", "integer", 8),
        Column("direction", "变化方向", "Direction", width=10), Column("year", "年份", "Year", "integer", 8),
        Column("period", "时期", "Period", width=12), Column("measure", "任务措施", "Measure", width=48),
        Column("agencies", "责任单位", "Agencies", "list", 40), Column("policy", "政策名称", "Policy", width=44),
    )
}  # fmt: skip
EVIDENCE: Final = (
    Column("quote", "原文", "Quote", width=60),
    Column("doc", "文件编号", "Document", width=20),
    Column("section", "章节号", "Section", width=9),
    Column("section_title", "章节", "Section title", width=30),
    Column("start", "起点", "Start", "integer", 8),
    Column("end", "终点", "End", "integer", 8),
    Column("rule", "规则", "Rule", width=18),
    Column("confidence", "置信度", "Confidence", "number", 8),
)
LINKS: Final = (
    Column("fact", "断言 IRI", "Fact IRI", width=20),
    Column("subject", "主语 IRI", "Subject IRI", width=20),
    Column("object", "宾语 IRI", "Object IRI", width=20),
)
_ENDS = """
SELECT ?fact ?subject ?object ?section WHERE { GRAPH ?doc {
  ?fact pp:factType ?type ; rdf:subject ?subject ; rdf:object ?object . OPTIONAL { ?fact pp:section ?section }
} }
"""


@cache
def columns(type_: str) -> tuple[Column, ...]:
    """The columns of the table of a type of fact.

    >>> [c.key for c in columns("drug_target")][:4]
    ['name', 'field', 'quote', 'doc']
    """
    return (*(_KEYS[key] for key in _own(FACT_TYPES[type_])), *EVIDENCE, *LINKS)


def rows(source: Source) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The rows of all tables, each with its type, by document and place; one document is in memory at a time."""
    for doc, found in groupby(source.graph.facts(), key=lambda fact: fact.evidence.doc):
        reader = _Reader(source.graph, doc)
        for fact in found:
            yield fact.type, reader.row(fact, columns(fact.type))


def tables(source: Source) -> tuple[Table, ...]:
    """The tables in the order of `kg.model.FACT_TYPES`, empty ones too, all in memory."""
    return source.once("tables", lambda: _tables(source))


def _tables(source: Source) -> tuple[Table, ...]:
    by_type: dict[str, list[tuple[Any, ...]]] = {type_: [] for type_ in FACT_TYPES}
    for type_, row in rows(source):
        by_type[type_].append(row)
    return tuple(Table(t, *TITLES[t], columns(t), tuple(found)) for t, found in by_type.items())


def _own(class_: type[Fact]) -> list[str]:
    shared = {field.name for field in fields(Fact)}
    return [field.name for field in fields(class_) if field.name not in shared]


class _Reader:
    """Makes the rows of one document."""

    def __init__(self, graph: GraphStore, doc: str) -> None:
        found = graph.query(_ENDS, parameters={"doc": NamedNode(document_iri(doc))}, time_limit=None).rows
        ends = sorted(tuple(map(lexical, row)) for row in found)
        self._ends = {fact: (subject, object_, section) for fact, subject, object_, section in ends}
        self._paths = section_paths(graph, (section for _, _, section in self._ends.values()))

    def row(self, fact: Fact, wanted: tuple[Column, ...]) -> tuple[Any, ...]:
        """The cells of a fact."""
        iri = thing("fact", fact_hash(fact))
        subject, object_, section = self._ends.get(iri, ("", "", ""))
        cells = fact_row(fact) | {
            "fact": iri, "subject": subject or None, "object": object_ or None,
            "section_title": " / ".join(self._paths.get(section, ())) or None,
        }  # fmt: skip
        return tuple(cells[column.key] for column in wanted)
