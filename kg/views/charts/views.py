"""The views of this room, as the site registers them, with the question that each answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.views.charts.changes import PATH as CHANGES
from kg.views.charts.changes import changes_view
from kg.views.charts.fields import PATH as FIELDS
from kg.views.charts.fields import fields_view
from kg.views.charts.map import PATH as MAP
from kg.views.charts.map import map_view
from kg.views.charts.networks import PATHS as NETWORKS
from kg.views.charts.networks import networks_view
from kg.views.charts.overlap import PATHS as OVERLAP
from kg.views.charts.overlap import overlap_view
from kg.views.charts.plot import shared_files
from kg.views.charts.reuse import PATH as REUSE
from kg.views.charts.reuse import reuse_view
from kg.views.charts.sparql_page import PATH as SPARQL
from kg.views.charts.sparql_page import sparql_view
from kg.views.charts.specialisation import PATHS as SPECIALISATION
from kg.views.charts.specialisation import specialisation_view
from kg.views.charts.targets import PATH as TARGETS
from kg.views.charts.targets import targets_view
from kg.views.site.context import SiteContext
from kg.views.site.page import Entry, File, Page


def chart_files(_context: SiteContext) -> Iterable[Page | File]:
    """The scripts and styles that the charts share."""
    return shared_files()


def asked_sparql(context: SiteContext) -> Iterator[Page | File]:
    """The page for SPARQL, where it is asked for."""
    if context.options.sparql:
        yield from sparql_view(context)


CHART_VIEWS = (
    asked_sparql, chart_files, map_view, overlap_view, specialisation_view, fields_view, targets_view, changes_view,
    reuse_view, networks_view,
)  # fmt: skip
"""What may fail for want of something to install comes first, before any time is spent."""

CHART_ENTRIES = (
    Entry(MAP, "地图", "Map", "哪里有产业集聚区，哪里发展什么？", "Where are clusters, and where is what developed?"),
    Entry(OVERLAP["province"], "重合", "Overlap", "谁与谁押注同样的领域？", "Who bets on the same fields?"),
    Entry(
        SPECIALISATION["province"], "专业化", "Specialisation", "谁侧重什么，漏了什么？",
        "Who puts weight on what, and leaves out what?",
    ),
    Entry(FIELDS, "领域树", "Field tree", "哪些领域，归在哪个行业？", "Which fields, under which sector?"),
    Entry(TARGETS, "目标时间线", "Targets in time", "定了什么目标，何时实现？", "Which targets, by when?"),
    Entry(CHANGES, "版本变化", "Changes", "新旧两版变了什么？", "What changed between editions?"),
    Entry(REUSE, "文本沿用", "Text reuse", "哪些段落彼此沿用？", "Which passages repeat another?"),
    Entry(NETWORKS["regions"], "网络", "Networks", "谁与谁成组？", "Who stands in a group with whom?"),
)  # fmt: skip

SPARQL_ENTRY = Entry(
    SPARQL,
    "SPARQL",
    "SPARQL",
    "自己写查询：全部图谱，无需服务器",
    "Ask in SPARQL: the whole graph, no server",
)


def endpoint_entry(path: str) -> Entry:
    """The entry that leads to the endpoint of the server that the pages come from."""
    return Entry(
        path, "SPARQL 端点", "SPARQL endpoint", "用 SPARQL 查询这台服务器", "Ask this server in SPARQL"
    )
