"""One table for each kind of thing, with facets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.namespaces import ID
from kg.queries.reading import local
from kg.views.palette import STYLES
from kg.views.site.context import SiteContext
from kg.views.site.figure_tables import figure_table
from kg.views.site.page import Entry, Page
from kg.views.site.regions import family, status_of
from kg.views.site.tables import Cell, Column, Row, Table, documents, linked, number, text

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
        listed.row(site, iri) for iri in sorted(iris, key=lambda i: (-_times(site, i), site.things[i].zh, i))
    )
    return Table(listed.kind, listed.zh, listed.en, listed.columns, rows)


def _page(site: SiteContext, listed: Listed, made: Table) -> Page:
    path = listed.entry.path
    return Page(
        path, "list.html", listed.zh, listed.en, {"table": made, "listed": listed, "style": STYLES.get(listed.kind)},
        scripts=("assets/table.js",), nav=path,
    )  # fmt: skip


def _times(site: SiteContext, iri: str) -> int:
    return sum(m.count for m in site.book.mentions.get(iri, {}).values()) or len(
        site.book.by_thing.get(iri, ())
    )


def _docs(site: SiteContext, iri: str) -> Cell:
    return documents(site, site.book.documents(iri))


def _subjects(site: SiteContext, iri: str, predicate: str) -> Cell:
    return linked(site, sorted({s.subject for s in site.book.about(iri, predicate, inverse=True)}))


def _objects(site: SiteContext, iri: str, predicate: str) -> Cell:
    return linked(site, sorted({s.object for s in site.book.about(iri, predicate)}))


def _plain(site: SiteContext, iri: str) -> Row:
    return (linked(site, [iri]), _docs(site, iri), number(_times(site, iri)))


def _region(site: SiteContext, iri: str) -> Row:
    about = site.book.about
    hosted = {s.object for r in family(site, iri) for s in about(r, "hosts")}
    hosted |= {s.subject for s in about(iri, "inProvince", inverse=True)}
    stances = [len({s.object for s in about(iri, p)}) for p in ("develops", "strongIn")]
    said = ("发展方向", "develops"), ("已有优势", "strength")
    stated = tuple(v for (zh, en), n in zip(said, stances, strict=True) if n for v in text(zh, en))
    return (
        linked(site, [iri]), text(*site.term(site.things[iri].class_)), linked(site, [site.province(iri)]), stated,
        *map(number, (*stances, len(hosted))), _docs(site, iri),
    )  # fmt: skip


def _cluster(site: SiteContext, iri: str) -> Row:
    about = site.book.about
    host = sorted({s.subject for s in about(iri, "hosts", inverse=True)})
    province = [site.province(r) for r in host] + [s.object for s in about(iri, "inProvince")]
    focus = _objects(site, iri, "focusesOn")
    sectors = linked(site, sorted({t for v in focus for t in site.sectors(v.iri)}))
    status = status_of(site, iri)
    return (
        linked(site, [iri]), text(*site.term(site.things[iri].class_)), text(*site.term(status)) if status else (),
        linked(site, host), linked(site, province), focus, sectors, _docs(site, iri),
    )  # fmt: skip


def _field(site: SiteContext, iri: str) -> Row:
    about = site.book.about
    regions = {p: {s.subject for s in about(iri, p, inverse=True)} for p in ("develops", "strongIn")}
    plans = {s.subject for s in about(iri, "prioritises", inverse=True)}
    stated = [
        *(text("发展方向", "develops") if regions["develops"] else ()),
        *(text("已有优势", "strength") if regions["strongIn"] else ()),
        *(text("规划重点", "priority of a plan") if plans else ()),
    ]
    where = sorted(regions["develops"] | regions["strongIn"])
    return (
        linked(site, [iri]), linked(site, (s for s in site.sectors(iri) if s != iri)),
        linked(site, site.fields.up.get(iri, ())), tuple(stated),
        linked(site, sorted({p for r in where if (p := site.province(r))})), number(len(where)),
        _docs(site, iri),
    )  # fmt: skip


def _named(site: SiteContext, iri: str) -> Row:
    kinds = sorted({local(s.object) for s in site.book.about(iri, "institutionKind")})
    kind = tuple(v for k in kinds for v in text(*site.term(k)))
    return (
        linked(site, [iri]),
        kind,
        _objects(site, iri, "basedIn"),
        _docs(site, iri),
        number(_times(site, iri)),
    )


def _enterprise(site: SiteContext, iri: str) -> Row:
    made = _objects(site, iri, "produces")
    return (
        linked(site, [iri]),
        _objects(site, iri, "basedIn"),
        made,
        _docs(site, iri),
        number(_times(site, iri)),
    )


def _agency(site: SiteContext, iri: str) -> Row:
    roles = [site.book.about(iri, p, inverse=True) for p in ("leadAgency", "responsibleAgency")]
    return (
        linked(site, [iri]),
        *(number(len({s.subject for s in said})) for said in roles),
        _docs(site, iri),
    )


def _measure(site: SiteContext, iri: str) -> Row:
    return (
        linked(site, [iri]), _objects(site, iri, "leadAgency"), _objects(site, iri, "responsibleAgency"),
        _docs(site, iri),
    )  # fmt: skip


def _indicator(site: SiteContext, iri: str) -> Row:
    of = [f for f in site.figures.values() if f.indicator == iri]
    docs = {e.doc for f in of for s in site.book.by_thing.get(f.iri, ()) for e in (s.evidence,)}
    return (
        linked(site, [iri]), number(sum(f.target for f in of)), number(sum(not f.target for f in of)),
        linked(site, sorted({f.region for f in of})), documents(site, {*docs, *site.book.documents(iri)}),
    )  # fmt: skip


def _under(site: SiteContext, iri: str) -> Row:
    fields = {s.subject for p in ("treats", "actsOn") for s in site.book.about(iri, p, inverse=True)}
    return (linked(site, [iri]), linked(site, sorted(fields)), _docs(site, iri), number(_times(site, iri)))


def _document(site: SiteContext, iri: str) -> Row:
    plan = next(p for p in site.plans if p.iri == iri)
    facts = sum(s.type != "document" for s in site.book.facts(plan.id))
    return (
        linked(site, [iri]), linked(site, [plan.region]), text(*site.term(plan.level)) if plan.level else (),
        text(plan.period or ""), text(*site.term(plan.status)) if plan.status else (), text(plan.issued or ""),
        number(facts), number(len(site.graph.text(plan.id))),
    )  # fmt: skip


def _none(site: SiteContext, iri: str) -> Row:
    return ()


def _count(key: str, zh: str, en: str) -> Column:
    return Column(key, zh, en, form="number")


def _facet(key: str, zh: str, en: str) -> Column:
    return Column(key, zh, en, facet=True)


_FIELDS = Column("fields", "相关领域", "Fields")

LISTS: tuple[Listed, ...] = (
    Listed("document", "文件", "Documents", "收录了哪些文件？", "Which documents are in the graph?", (
        _NAME, _facet("region", "地区", "Region"), _facet("level", "层级", "Level"), _facet("period", "规划期", "Period"),
        _facet("status", "状态", "Status"), Column("issued", "发布日期", "Issued"), _count("facts", "事实数", "Facts"),
        _count("characters", "字数", "Characters"),
    ), _document),
    Listed("region", "地区", "Regions", "每个省市发展什么、已有什么优势？", "What does each region develop, and where is it strong?", (
        _NAME, _facet("rank", "级别", "Rank"), _facet("province", "省份", "Province"), _facet("stance", "表述", "Stance"),
        _count("develops", "发展领域", "Develops"), _count("strong", "优势领域", "Strong in"),
        _count("clusters", "集聚地", "Clusters"), _DOCS,
    ), _region),
    Listed("cluster", "集聚地", "Clusters", "哪些城市有哪些产业集群、园区和基地，各自主攻什么？", "Which cities host which clusters, with which focus?", (
        _NAME, _facet("kind", "类别", "Kind"), _facet("status", "状态", "Status"), Column("host", "所在地", "Hosted by"),
        _facet("province", "省份", "Province"), Column("focus", "主攻领域", "Focus"), _facet("sector", "门类", "Sector"), _DOCS,
    ), _cluster),
    Listed("field", "产品领域", "Fields", "哪些省市在发展同一个领域？", "Which regions develop the same field?", (
        _NAME, _facet("sector", "门类", "Sector"), Column("broader", "上位领域", "Broader"), _facet("stance", "表述", "Stance"),
        _facet("province", "省份", "Province"), _count("regions", "地区数", "Regions"), _DOCS,
    ), _field),
    Listed("target", "量化目标", "Targets", "定了哪些量化目标，何时完成？", "Which targets are set, and by when?", (), _none),
    Listed("indicator", "指标", "Indicators", "同一指标各地定了多少、原来是多少？", "What is set for an indicator, and what was it before?", (
        _NAME, _count("targets", "目标", "Targets"), _count("statistics", "统计数据", "Statistics"),
        _facet("region", "地区", "Region"), _DOCS,
    ), _indicator),
    Listed("disease", "疾病", "Diseases", "针对哪些疾病？", "Which diseases are aimed at?", (_NAME, _FIELDS, _DOCS, _TIMES), _under),
    Listed("drug-target", "药物靶点", "Drug targets", "提到哪些药物靶点？", "Which drug targets are named?", (_NAME, _FIELDS, _DOCS, _TIMES), _under),
    Listed("enterprise", "企业", "Enterprises", "点名了哪些企业？", "Which companies are named?", (
        _NAME, _facet("region", "所在地", "Seat"), Column("products", "产品", "Products"), _DOCS, _TIMES,
    ), _enterprise),
    Listed("institution", "机构", "Institutions", "点名了哪些高校、医院和平台？", "Which universities, hospitals and platforms are named?", (
        _NAME, _facet("kind", "类别", "Kind"), _facet("region", "所在地", "Seat"), _DOCS, _TIMES,
    ), _named),
    Listed("agency", "政府部门", "Agencies", "哪个部门负责什么？", "Which agency is responsible for what?", (
        _NAME, _count("leads", "牵头", "Leads"), _count("answers", "负责", "Answers for"), _DOCS,
    ), _agency),
    Listed("measure", "举措", "Measures", "有责任单位的举措有哪些？", "Which measures have agencies that answer for them?", (
        _NAME, _facet("lead", "牵头单位", "Lead"), Column("agencies", "责任单位", "Agencies"), _DOCS,
    ), _measure),
    Listed("programme", "规划与专项", "Programmes", "引用了哪些政策和专项？", "Which policies and programmes are cited?", (_NAME, _DOCS, _TIMES), _plain),
)  # fmt: skip
"""All lists, in the order of the navigation."""

STATISTICS = Listed(
    "statistic",
    "统计数据",
    "Statistics",
    "文件报告了哪些现状数字？",
    "Which figures of the past are reported?",
    (),
    _none,
)
