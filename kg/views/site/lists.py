"""One table for each kind of thing, with facets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.namespaces import ID
from kg.views.palette import STYLES
from kg.views.site.context import SiteContext
from kg.views.site.figure_tables import figure_table
from kg.views.site.page import Entry, Page
from kg.views.site.rows import (
    agency_row,
    cluster_row,
    document_row,
    enterprise_row,
    field_row,
    indicator_row,
    measure_row,
    named_row,
    none_row,
    plain_row,
    region_row,
    times,
    under_row,
)
from kg.views.site.tables import Column, Row, Table

_NAME = Column("name", "名称", "Name")
_DOCS = Column("docs", "文件", "Documents", facet=True)
_TIMES = Column("times", "提及次数", "Mentions", form="number")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: the kind of IRI that it holds, its name and question, its columns, and how a row is made."""

    kind: str
    zh: str
    en: str
    question_zh: str
    question_en: str
    columns: tuple[Column, ...]
    row: Callable[[SiteContext, str], Row]

    @property
    def entry(self) -> Entry:
        """The line of the navigation."""
        return Entry(f"{self.kind}/index.html", self.zh, self.en, self.question_zh, self.question_en, "list")


def list_pages(site: SiteContext) -> Iterator[Page]:
    """The list of every kind."""
    for listed in LISTS:
        yield _page(site, listed, table(site, listed))
    figures = [f for f in site.figures.values() if not f.target]
    yield _page(site, STATISTICS, figure_table(site, "statistic", figures))


def table(site: SiteContext, listed: Listed) -> Table:
    """The table of a list; that of targets is the table of figures."""
    if listed.kind == "target":
        return figure_table(site, "target", (f for f in site.figures.values() if f.target))
    iris = [iri for iri in site.paths if iri.startswith(f"{ID}{listed.kind}/")]
    rows = tuple(
        listed.row(site, iri) for iri in sorted(iris, key=lambda i: (-times(site, i), site.things[i].zh, i))
    )
    return Table(listed.kind, listed.zh, listed.en, listed.columns, rows)


def _page(site: SiteContext, listed: Listed, made: Table) -> Page:
    path = listed.entry.path
    return Page(
        path, "list.html", listed.zh, listed.en, {"table": made, "listed": listed, "style": STYLES.get(listed.kind)},
        scripts=("assets/table.js",), nav=path,
    )  # fmt: skip


def _count(key: str, zh: str, en: str) -> Column:
    return Column(key, zh, en, form="number")


def _facet(key: str, zh: str, en: str) -> Column:
    return Column(key, zh, en, facet=True)


_FIELDS = Column("fields", "相关领域", "Fields")

LISTS: tuple[Listed, ...] = (
    Listed(
        "document", "文件", "Documents",
        "收录了哪些文件？",
        "Which documents are in the graph?",
        (
            _NAME, _facet("region", "地区", "Region"), _facet("level", "层级", "Level"),
            _facet("period", "规划期", "Period"), _facet("status", "状态", "Status"),
            Column("issued", "发布日期", "Issued"), _count("facts", "事实数", "Facts"),
            _count("characters", "字数", "Characters"),
        ),
        document_row,
    ),
    Listed(
        "region", "地区", "Regions",
        "每个省市发展什么、已有什么优势？",
        "What does each region develop, and where is it strong?",
        (
            _NAME, _facet("rank", "级别", "Rank"), _facet("province", "省份", "Province"),
            _facet("stance", "表述", "Stance"), _count("develops", "发展领域", "Develops"),
            _count("strong", "优势领域", "Strong in"), _count("clusters", "集聚地", "Clusters"), _DOCS,
        ),
        region_row,
    ),
    Listed(
        "cluster", "集聚地", "Clusters",
        "哪些城市有哪些产业集群、园区和基地，各自主攻什么？",
        "Which cities host which clusters, with which focus?",
        (
            _NAME, _facet("kind", "类别", "Kind"), _facet("status", "状态", "Status"),
            Column("host", "所在地", "Hosted by"), _facet("province", "省份", "Province"),
            Column("focus", "主攻领域", "Focus"), _facet("sector", "门类", "Sector"), _DOCS,
        ),
        cluster_row,
    ),
    Listed(
        "field", "产品领域", "Fields",
        "哪些省市在发展同一个领域？",
        "Which regions develop the same field?",
        (
            _NAME, _facet("sector", "门类", "Sector"), Column("broader", "上位领域", "Broader"),
            _facet("stance", "表述", "Stance"), _facet("province", "省份", "Province"),
            _count("regions", "地区数", "Regions"), _DOCS,
        ),
        field_row,
    ),
    Listed(
        "target", "量化目标", "Targets",
        "定了哪些量化目标，何时完成？",
        "Which targets are set, and by when?",
        (),
        none_row,
    ),
    Listed(
        "indicator", "指标", "Indicators",
        "同一指标各地定了多少、原来是多少？",
        "What is set for an indicator, and what was it before?",
        (
            _NAME, _count("targets", "目标", "Targets"),
            _count("statistics", "统计数据", "Statistics"), _facet("region", "地区", "Region"), _DOCS,
        ),
        indicator_row,
    ),
    Listed(
        "disease", "疾病", "Diseases",
        "针对哪些疾病？",
        "Which diseases are aimed at?",
        (_NAME, _FIELDS, _DOCS, _TIMES,),
        under_row,
    ),
    Listed(
        "drug-target", "药物靶点", "Drug targets",
        "提到哪些药物靶点？",
        "Which drug targets are named?",
        (_NAME, _FIELDS, _DOCS, _TIMES,),
        under_row,
    ),
    Listed(
        "enterprise", "企业", "Enterprises",
        "点名了哪些企业？",
        "Which companies are named?",
        (
            _NAME, _facet("region", "所在地", "Seat"), Column("products", "产品", "Products"), _DOCS,
            _TIMES,
        ),
        enterprise_row,
    ),
    Listed(
        "institution", "机构", "Institutions",
        "点名了哪些高校、医院和平台？",
        "Which universities, hospitals and platforms are named?",
        (_NAME, _facet("kind", "类别", "Kind"), _facet("region", "所在地", "Seat"), _DOCS, _TIMES,),
        named_row,
    ),
    Listed(
        "agency", "政府部门", "Agencies",
        "哪个部门负责什么？",
        "Which agency is responsible for what?",
        (_NAME, _count("leads", "牵头", "Leads"), _count("answers", "负责", "Answers for"), _DOCS,),
        agency_row,
    ),
    Listed(
        "measure", "举措", "Measures",
        "有责任单位的举措有哪些？",
        "Which measures have agencies that answer for them?",
        (_NAME, _facet("lead", "牵头单位", "Lead"), Column("agencies", "责任单位", "Agencies"), _DOCS,),
        measure_row,
    ),
    Listed(
        "programme", "规划与专项", "Programmes",
        "引用了哪些政策和专项？",
        "Which policies and programmes are cited?",
        (_NAME, _DOCS, _TIMES,),
        plain_row,
    ),
)  # fmt: skip
"""All lists, in the order of the navigation."""

STATISTICS = Listed(
    "statistic",
    "统计数据",
    "Statistics",
    "文件报告了哪些现状数字？",
    "Which figures of the past are reported?",
    (),
    none_row,
)
