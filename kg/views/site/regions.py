"""The pages of regions: what is developed there, which clusters it hosts, what it is to reach; a province with its cities."""

from __future__ import annotations

from collections.abc import Iterator

from kg.views.site.blocks import Block, Group, Item, Place, Tag, block, by_sector, items, mentioned
from kg.views.site.context import SiteContext
from kg.views.site.figure_tables import figure_table
from kg.views.site.page import Page
from kg.views.site.said import Said
from kg.views.site.tables import documents, text
from kg.views.site.things import Facts, thing_page

_KINDS = frozenset({"country", "region-group", "province", "prefecture", "county", "region"})
STATUSES = ("Existing", "Supported", "Planned")


def region_pages(site: SiteContext) -> Iterator[Page]:
    """A page for every region that documents speak of, and for those around them."""
    for iri in site.paths:
        if site.things[iri].kind in _KINDS:
            yield _page(site, iri)


def family(site: SiteContext, region: str) -> tuple[str, ...]:
    """A region and those within it; of the whole country and of groups only themselves, or they would repeat all."""
    if site.things[region].kind in ("country", "region-group"):
        return (region,)
    found = [region]
    for one in found:
        found += [below for below in site.regions.down.get(one, ()) if below in site.things]
    return tuple(dict.fromkeys(found))


def _page(site: SiteContext, iri: str) -> Page:
    own = family(site, iri)
    said = [s for one in own for s in site.book.by_thing.get(one, ())]
    fields = [s for s in said if s.predicate in ("develops", "strongIn") and s.subject in own]
    plans = [p for p in site.plans if p.region == iri]
    up = [r for r in reversed(site.regions.above(iri)) if r in site.paths]
    blocks = [
        _fields(site, iri, fields),
        clusters(site, iri, said),
        *(_figures(site, own, target) for target in (True, False)),
        *(_priorities(site, plan.id) for plan in plans),
        block("bodies", "当地的机构与企业", "Institutions and enterprises", items(site, _based(own, said), "subject", iri)),
        _inside(site, iri),
        mentioned(site, iri),
    ]  # fmt: skip
    facts: Facts = [
        ("级别", "Rank", text(*_rank(site, iri))),
        ("文件", "Documents", documents(site, (p.id for p in plans))),
    ]
    return thing_page(site, iri, blocks, facts, up)


def _rank(site: SiteContext, iri: str) -> tuple[str, str]:
    return site.term(site.things[iri].class_) if site.things[iri].class_ else ("", "")


def _fields(site: SiteContext, iri: str, said: list[Said]) -> Block | None:
    if not said:
        return None
    zh = "“发展方向”是文件为该地区定下的方向，“已有优势”是文件所说的现有基础。"
    en = "“Develops” is a direction that a document sets, “strength” what it says is there already."
    chosen = by_sector(site, items(site, said, "object", iri))
    return Block("fields", "产品领域", "Product fields", chosen, note_zh=zh, note_en=en)


def clusters(site: SiteContext, iri: str, said: list[Said]) -> Block | None:
    """The clusters that a region hosts, by their status."""
    found: dict[str, list[Place]] = {}
    for one in said:
        if one.predicate == "hosts" and one.object in site.things:
            found.setdefault(one.object, []).append(Place(one, "" if one.subject == iri else one.subject))
    for one in said:
        if one.predicate == "inProvince" and one.object == iri and one.subject in site.things:
            found.setdefault(one.subject, [Place(one)])
    groups = []
    for status in (*STATUSES, ""):
        chosen = [c for c in sorted(found) if status_of(site, c) == status]
        if chosen:
            zh, en = site.term(status) if status else ("未说明状态", "status not stated")
            made = (Item(c, tags=_class(site, c), places=tuple(dict.fromkeys(found[c]))) for c in chosen)
            groups.append(Group(tuple(made), zh=zh, en=en))
    return Block("clusters", "产业集聚地", "Clusters", tuple(groups)) if groups else None


def status_of(site: SiteContext, cluster: str) -> str:
    """The status of a cluster that documents state, the first of the usual order; empty where none does."""
    stated = {s.object.rpartition("#")[2] for s in site.book.about(cluster, "clusterStatus")}
    return next((status for status in STATUSES if status in stated), "")


def _class(site: SiteContext, cluster: str) -> tuple[Tag, ...]:
    class_ = site.things[cluster].class_
    return (Tag(*site.term(class_)),) if class_ else ()


def _figures(site: SiteContext, regions: tuple[str, ...], target: bool) -> Block | None:
    chosen = [f for f in site.figures.values() if f.target is target and f.region in regions]
    if not chosen:
        return None
    key, zh, en = ("targets", "量化目标", "Targets") if target else ("statistics", "统计数据", "Statistics")
    return Block(key, zh, en, table=figure_table(site, key, chosen))


def _priorities(site: SiteContext, doc: str) -> Block | None:
    said = [s for s in site.book.facts(doc) if s.predicate == "prioritises"]
    if not said:
        return None
    zh, en = site.short(doc)
    groups = by_sector(site, items(site, said, "object", site.plan(doc).iri))
    return Block(f"priorities-{doc}", f"{zh} 列为重点的领域", f"Priorities of {en}", groups, "chips")


def _based(regions: tuple[str, ...], said: list[Said]) -> Iterator[Said]:
    return (s for s in said if s.predicate == "basedIn" and s.object in regions)


def _inside(site: SiteContext, iri: str) -> Block | None:
    inside = [Item(below) for below in site.regions.down.get(iri, ()) if below in site.paths]
    made = block("inside", "下辖地区（文件提到的）", "Regions within it that documents name", inside)
    return Block(made.key, made.zh, made.en, made.groups, "chips") if made else None
