"""How a thing of each kind stands as a row in its list."""

from __future__ import annotations

from kg.queries.reading import local
from kg.views.site.context import SiteContext
from kg.views.site.regions import family, status_of
from kg.views.site.tables import Cell, Row, documents, linked, number, text


def times(site: SiteContext, iri: str) -> int:
    return sum(m.count for m in site.book.mentions.get(iri, {}).values()) or len(
        site.book.by_thing.get(iri, ())
    )


def _docs(site: SiteContext, iri: str) -> Cell:
    return documents(site, site.book.documents(iri))


def _subjects(site: SiteContext, iri: str, predicate: str) -> Cell:
    return linked(site, sorted({s.subject for s in site.book.about(iri, predicate, inverse=True)}))


def _objects(site: SiteContext, iri: str, predicate: str) -> Cell:
    return linked(site, sorted({s.object for s in site.book.about(iri, predicate)}))


def plain_row(site: SiteContext, iri: str) -> Row:
    return (linked(site, [iri]), _docs(site, iri), number(times(site, iri)))


def region_row(site: SiteContext, iri: str) -> Row:
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


def cluster_row(site: SiteContext, iri: str) -> Row:
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


def field_row(site: SiteContext, iri: str) -> Row:
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


def named_row(site: SiteContext, iri: str) -> Row:
    kinds = sorted({local(s.object) for s in site.book.about(iri, "institutionKind")})
    kind = tuple(v for k in kinds for v in text(*site.term(k)))
    return (
        linked(site, [iri]),
        kind,
        _objects(site, iri, "basedIn"),
        _docs(site, iri),
        number(times(site, iri)),
    )


def enterprise_row(site: SiteContext, iri: str) -> Row:
    made = _objects(site, iri, "produces")
    return (
        linked(site, [iri]),
        _objects(site, iri, "basedIn"),
        made,
        _docs(site, iri),
        number(times(site, iri)),
    )


def agency_row(site: SiteContext, iri: str) -> Row:
    roles = [site.book.about(iri, p, inverse=True) for p in ("leadAgency", "responsibleAgency")]
    return (
        linked(site, [iri]),
        *(number(len({s.subject for s in said})) for said in roles),
        _docs(site, iri),
    )


def measure_row(site: SiteContext, iri: str) -> Row:
    return (
        linked(site, [iri]), _objects(site, iri, "leadAgency"), _objects(site, iri, "responsibleAgency"),
        _docs(site, iri),
    )  # fmt: skip


def indicator_row(site: SiteContext, iri: str) -> Row:
    of = [f for f in site.figures.values() if f.indicator == iri]
    docs = {e.doc for f in of for s in site.book.by_thing.get(f.iri, ()) for e in (s.evidence,)}
    return (
        linked(site, [iri]), number(sum(f.target for f in of)), number(sum(not f.target for f in of)),
        linked(site, sorted({f.region for f in of})), documents(site, {*docs, *site.book.documents(iri)}),
    )  # fmt: skip


def under_row(site: SiteContext, iri: str) -> Row:
    fields = {s.subject for p in ("treats", "actsOn") for s in site.book.about(iri, p, inverse=True)}
    return (linked(site, [iri]), linked(site, sorted(fields)), _docs(site, iri), number(times(site, iri)))


def document_row(site: SiteContext, iri: str) -> Row:
    plan = site.once("plans by IRI", lambda: {p.iri: p for p in site.plans})[iri]
    facts = sum(s.type != "document" for s in site.book.facts(plan.id))
    return (
        linked(site, [iri]), linked(site, [plan.region]), text(*site.term(plan.level)) if plan.level else (),
        text(plan.period or ""), text(*site.term(plan.status)) if plan.status else (), text(plan.issued or ""),
        number(facts), number(len(site.graph.text(plan.id))),
    )  # fmt: skip


def none_row(site: SiteContext, iri: str) -> Row:
    return ()
