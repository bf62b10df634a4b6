"""The pages of product fields and of clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.namespaces import ID
from kg.views.site.blocks import Block, Group, Item, Tag, block, by_sector, items, mentioned, merged
from kg.views.site.context import SiteContext
from kg.views.site.page import Page
from kg.views.site.regions import status_of
from kg.views.site.tables import linked, text
from kg.views.site.things import Facts, thing_page, words


def field_pages(site: SiteContext) -> Iterator[Page]:
    """A page for every field that documents speak of, and for those above."""
    for iri in site.paths:
        if iri.startswith(f"{ID}field/"):
            yield _field(site, iri)


def cluster_pages(site: SiteContext) -> Iterator[Page]:
    """A page for every cluster."""
    for iri in site.paths:
        if iri.startswith(f"{ID}cluster/"):
            yield _cluster(site, iri)


def _field(site: SiteContext, iri: str) -> Page:
    up = [f for f in reversed(site.fields.above(iri)) if f in site.paths]
    blocks = [
        _regions(site, iri),
        _simple(site, iri, "prioritises", inverse=True),
        block("clusters", "主攻它的集群", "Clusters that focus on it", _clusters(site, iri)),
        *(_simple(site, iri, p) for p in ("treats", "actsOn")),
        _simple(site, iri, "produces", inverse=True),
        _narrower(site, iri),
        mentioned(site, iri),
    ]
    above = site.fields.up.get(iri, ())
    sectors = [s for s in site.sectors(iri) if s not in (iri, *up)]
    facts: Facts = [
        ("上位领域", "Broader", linked(site, above if len(above) > 1 else ())),
        ("门类", "Sector", linked(site, sectors)),
    ]
    return thing_page(site, iri, blocks, facts, up)


def _simple(site: SiteContext, iri: str, predicate: str, *, inverse: bool = False) -> Block | None:
    zh, en = words(site, predicate, inverse=inverse)
    said = site.book.about(iri, predicate, inverse=inverse)
    return block(predicate, zh, en, items(site, said, "subject" if inverse else "object", iri))


def _regions(site: SiteContext, iri: str) -> Block | None:
    said = [s for p in ("develops", "strongIn") for s in site.book.about(iri, p, inverse=True)]
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items(site, said, "subject", iri):
        found[site.province(item.iri) or ""].append(item)
    order = sorted(found, key=lambda p: (not p, -len(found[p]), p))
    groups = tuple(
        Group(tuple(found[p]), iri=p, zh="" if p else "全国与跨省", en="" if p else "Whole country and beyond provinces")
        for p in order
    )  # fmt: skip
    return Block("regions", "发展它的地区", "Regions that develop it", groups) if groups else None


def _clusters(site: SiteContext, iri: str) -> tuple[Item, ...]:
    found = items(site, site.book.about(iri, "focusesOn", inverse=True), "subject", iri)
    return tuple(Item(i.iri, tags=_status(site, i.iri), places=i.places) for i in found)


def _status(site: SiteContext, cluster: str) -> tuple[Tag, ...]:
    status = status_of(site, cluster)
    return (Tag(*site.term(status), style=status.lower()),) if status else ()


def _narrower(site: SiteContext, iri: str) -> Block | None:
    below = [f for f in site.fields.down.get(iri, ()) if f in site.paths]
    chosen = sorted(below, key=lambda f: (-_weight(site, f), site.things[f].zh))
    made = (Item(f, tags=(Tag(str(n), str(n)),) if (n := _weight(site, f)) else ()) for f in chosen)
    found = block("narrower", "下位领域", "Narrower fields", made)
    zh, en = "数字是直接说到该领域的陈述数。", "Numbers count the statements about the field itself."
    return Block(found.key, found.zh, found.en, found.groups, "chips", zh, en) if found else None


def _weight(site: SiteContext, field: str) -> int:
    return sum(1 for s in site.book.by_thing.get(field, ()) if s.main)


def _cluster(site: SiteContext, iri: str) -> Page:
    about = site.book.about
    host = [s.subject for s in about(iri, "hosts", inverse=True)]
    around = (site.province(r) for r in host)
    provinces = [p for p in around if p] + [s.object for s in about(iri, "inProvince")]
    facts: Facts = [
        ("所在地", "Hosted by", linked(site, host)),
        ("省份", "Province", linked(site, provinces)),
        ("类别", "Kind", text(*site.term(site.things[iri].class_))),
        ("状态", "Status", text(*site.term(status_of(site, iri))) if status_of(site, iri) else ()),
    ]
    zh, en = words(site, "focusesOn")
    focus = items(site, about(iri, "focusesOn"), "object", iri)
    groups = (Group(merged(g.items), iri=g.iri) for g in by_sector(site, focus))
    blocks = [
        Block("focusesOn", zh, en, tuple(groups)) if focus else None,
        block("hosts", "出处", "Where it is stated", items(site, about(iri, "hosts", inverse=True), "subject", iri)),
        block("stated", "出处", "Where it is stated", items(site, about(iri, "mentions", inverse=True), "subject", iri)),
        mentioned(site, iri),
    ]  # fmt: skip
    return thing_page(site, iri, blocks, facts, [r for r in dict.fromkeys(provinces) if r in site.paths][:1])
