"""Facts of a document → statements: one rule for each type of fact.

A document's graph depends on the document and the vocabularies alone, never on what else is in the build,
so that documents can be worked on apart and in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Quad, Triple

from kg.documents.document import Document
from kg.graph.identity import Linker, Thing
from kg.graph.page import Page, Value, fact_hash
from kg.graph.slugs import section_iri
from kg.graph.terms import date, decimal, integer, plain, year, zh
from kg.lexicon.vocabulary import Vocabulary
from kg.model import (
    CitesFact,
    ClusterFact,
    DocumentFact,
    DrugTargetFact,
    EnterpriseFact,
    Fact,
    InstitutionFact,
    PlanDiseaseFact,
    PlanFieldFact,
    RegionFieldFact,
    ResponsibleFact,
    StatisticFact,
    TargetFact,
)
from kg.namespaces import (
    CLUSTER_CLASSES,
    CLUSTER_STATUSES,
    COMPARATORS,
    DCTERMS,
    DIRECTIONS,
    DOCUMENT_STATUSES,
    GOVERNMENT_LEVELS,
    GRAPH,
    INSTITUTION_KINDS,
    PP,
    QUDT,
    RDF,
    RDFS,
    SKOS,
    STANCES,
    thing,
)

_UNITS = {"%": QUDT.PERCENT, "％": QUDT.PERCENT}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a document says: ``own`` is its graph, ``shared`` stands in the graphs of all documents."""

    iri: str
    title: str | None
    own: list[Triple]
    shared: list[Quad]
    facts: list[Fact]
    cited: dict[str, str]
    """The labels of the programmes that it cites, by IRI."""


def fill(document: Document, facts: Iterable[Fact], vocabulary: Vocabulary) -> Filled:
    """The statements of a document and its facts.

    Facts that say the same of the same place are one; the surest of them is kept. Raises `ValueError` for a
    fact of another document, or one whose quote is not what stands there.
    """
    kept = _once(document, facts)
    about = next((f for f in kept if isinstance(f, DocumentFact)), None)
    title = (about.title if about else None) or document.title
    page = Page(document, Linker(vocabulary, document.id, _home(vocabulary, about)))
    _document_node(page, title)
    for fact in kept:
        _WRITERS[type(fact)](page, fact)
    page.mentions()
    return Filled(page.iri, title, page.own, page.shared, kept, page.cited)


def _once(document: Document, facts: Iterable[Fact]) -> list[Fact]:
    best: dict[str, Fact] = {}
    for fact in facts:
        e = fact.evidence
        if e.doc != document.id:
            raise ValueError(f"{document.id}: given a fact of {e.doc}")
        if document.text[e.start : e.end] != e.quote:
            raise ValueError(f"{document.id}: {e.start}–{e.end} does not read {e.quote!r}")
        name = fact_hash(fact)
        if name not in best or (-fact.confidence, fact.rule) < (-best[name].confidence, best[name].rule):
            best[name] = fact
    in_order = sorted(best.items(), key=lambda item: (*item[1].evidence.span, item[1].type, item[0]))
    return [fact for _, fact in in_order]


def _home(vocabulary: Vocabulary, about: DocumentFact | None) -> str:
    entry = vocabulary.resolve_region(about.region) if about and about.region else None
    return entry.iri.rpartition("/")[2] if entry else ""


def _document_node(page: Page, title: str | None) -> None:
    document = page.document
    page.add(page.iri, RDF.type, PP.PolicyDocument)
    page.add(page.iri, DCTERMS.identifier, plain(document.id))
    page.add(page.iri, RDFS.label, zh(title or document.id))
    if title:
        page.add(page.iri, DCTERMS.title, zh(title))
    for section in document.sections:
        iri = section_iri(document.id, section.id)
        page.add(iri, RDF.type, PP.Section)
        page.add(iri, DCTERMS.identifier, plain(section.id))
        page.add(iri, RDFS.label, zh(section.title or section.number or section.id))
        if section.number:
            page.add(iri, PP.number, plain(section.number))
        page.add(iri, PP.level, integer(section.level))
        page.add(iri, PP.order, integer(section.order))
        page.add(iri, PP.start, integer(section.start))
        page.add(iri, PP.end, integer(section.end))
        above = section_iri(document.id, section.parent) if section.parent else page.iri
        page.add(iri, DCTERMS.isPartOf, above)


def _document(page: Page, fact: DocumentFact) -> None:
    main = page.state(fact, page.iri, RDF.type, PP.PolicyDocument)

    def say(predicate: str, value: Value, text: str | None = None) -> None:
        page.detail(main, fact, page.iri, predicate, value, object_text=text)

    if fact.title is not None:
        say(DCTERMS.title, zh(fact.title))
    if fact.issuer is not None:
        say(PP.issuer, page.name(page.link.agency(fact.issuer), fact, fact.issuer), fact.issuer)
    if fact.region is not None:
        say(PP.jurisdiction, page.name(page.link.region(fact.region), fact, fact.region), fact.region)
    if fact.level is not None:
        say(PP.governmentLevel, GOVERNMENT_LEVELS[fact.level])
    if fact.issued is not None:
        say(DCTERMS.issued, date(fact.issued))
    if fact.period_start is not None:
        say(PP.periodStart, year(fact.period_start))
    if fact.period_end is not None:
        say(PP.periodEnd, year(fact.period_end))
    say(PP.status, DOCUMENT_STATUSES[fact.status])


def _cluster(page: Page, fact: ClusterFact) -> None:
    region = page.link.region(fact.region) if fact.region else None
    province = page.link.region(fact.province) if fact.province else None
    scope = next(
        (code for r in (province, region) if r and (code := page.link.province_of(r.iri))), page.link.province
    )
    cluster = page.name(page.link.named("cluster", fact.name, scope), fact, fact.name)
    if region:
        where = page.name(region, fact, fact.region or "")
        main = page.state(fact, where, PP.hosts, cluster, subject_text=fact.region, object_text=fact.name)
        page.add(cluster, PP.locatedIn, where, GRAPH.inferred)
    else:
        main = page.state(fact, page.iri, PP.mentions, cluster, object_text=fact.name)
    page.detail(main, fact, cluster, RDF.type, CLUSTER_CLASSES[fact.kind])
    page.detail(main, fact, cluster, PP.clusterStatus, CLUSTER_STATUSES[fact.status])
    if province:
        page.define_only(province)
        page.detail(main, fact, cluster, PP.inProvince, province.iri, object_text=fact.province)
    for n, alias in enumerate(fact.aliases):
        page.detail(main, fact, cluster, SKOS.altLabel, zh(alias), order=n)
    for n, wording in enumerate(fact.fields):
        field = page.name(page.link.field(wording), fact, wording)
        page.detail(main, fact, cluster, PP.focusesOn, field, object_text=wording, order=n)


def _category(page: Page, category: str | None) -> dict[str, Value | None]:
    if category is None:
        return {}
    return {PP.category: page.link.sector(category), PP.categoryText: zh(category)}


def _region_field(page: Page, fact: RegionFieldFact) -> None:
    field = page.name(page.link.field(fact.field, category=fact.category), fact, fact.field)
    region = page.name(page.link.region(fact.region), fact, fact.region)
    page.state(
        fact, region, STANCES[fact.stance], field,
        subject_text=fact.region, object_text=fact.field, more=_category(page, fact.category),
    )  # fmt: skip


def _plan_field(page: Page, fact: PlanFieldFact) -> None:
    linked = page.link.field(fact.field, parent=fact.parent, category=fact.category)
    field = page.name(linked, fact, fact.field)
    more = _category(page, fact.category)
    if fact.parent is not None:
        more |= {PP.parentField: page.link.heading(fact.parent), PP.parentText: zh(fact.parent)}
    page.state(fact, page.iri, PP.prioritises, field, object_text=fact.field, more=more)


def _aim(page: Page, fact: Fact, aim: Thing, wording: str, field: str | None, predicate: str) -> None:
    """A disease or drug target, under a field where the text gives one."""
    to = page.name(aim, fact, wording)
    if field is None:
        page.state(fact, page.iri, PP.mentions, to, object_text=wording)
    else:
        whose = page.name(page.link.field(field), fact, field)
        page.state(fact, whose, predicate, to, subject_text=field, object_text=wording)


def _plan_disease(page: Page, fact: PlanDiseaseFact) -> None:
    _aim(page, fact, page.link.concept("disease", fact.disease), fact.disease, fact.field, PP.treats)


def _drug_target(page: Page, fact: DrugTargetFact) -> None:
    _aim(page, fact, page.link.concept("drug-target", fact.name), fact.name, fact.field, PP.actsOn)


def _body(page: Page, fact: EnterpriseFact | InstitutionFact, kind: str, scope: str) -> tuple[str, str]:
    body = page.name(page.link.named(kind, fact.name, scope), fact, fact.name)
    main = page.state(fact, page.iri, PP.mentions, body, object_text=fact.name)
    if fact.region is not None:
        region = page.name(page.link.region(fact.region), fact, fact.region)
        page.detail(main, fact, body, PP.basedIn, region, object_text=fact.region)
    return main, body


def _enterprise(page: Page, fact: EnterpriseFact) -> None:
    main, enterprise = _body(page, fact, "enterprise", "")
    for n, product in enumerate(fact.products):
        made = page.name(page.link.field(product), fact, product)
        page.detail(main, fact, enterprise, PP.produces, made, object_text=product, order=n)


def _institution(page: Page, fact: InstitutionFact) -> None:
    region = page.link.region(fact.region) if fact.region else None
    scope = (page.link.province_of(region.iri) if region else "") or page.link.province
    main, institution = _body(page, fact, "institution", scope)
    page.detail(main, fact, institution, PP.institutionKind, INSTITUTION_KINDS[fact.kind])


def _figure(page: Page, fact: TargetFact | StatisticFact, kind: str, class_: str) -> str:
    """The node of a target or statistic with what both have: indicator, scope, value, unit."""
    iri = thing(kind, fact_hash(fact))
    indicator = page.define_only(page.link.concept("indicator", fact.indicator))
    page.add(iri, RDF.type, class_)
    page.add(iri, PP.indicator, indicator)
    page.add(iri, PP.indicatorText, zh(fact.indicator))
    page.add(iri, PP.value, decimal(fact.value))
    if fact.scope is not None:
        page.add(iri, PP.scope, zh(fact.scope))
    if fact.unit is not None:
        page.add(iri, PP.unit, plain(fact.unit))
        if fact.unit in _UNITS:
            page.add(iri, PP.qudtUnit, _UNITS[fact.unit])
    if page.link.home:
        page.add(iri, PP.appliesTo, thing("region", page.link.home))
    return iri


def _target(page: Page, fact: TargetFact) -> None:
    iri = _figure(page, fact, "target", PP.Target)
    upper = "" if fact.value_max is None else f"–{fact.value_max:g}"
    by = f"（{fact.deadline}）" if fact.deadline else ""
    amount = f"{fact.value:.12g}{upper}{fact.unit or ''}"
    page.add(iri, RDFS.label, zh(f"{fact.indicator} {fact.comparator} {amount}{by}"))
    page.add(iri, PP.comparator, COMPARATORS[fact.comparator])
    page.add(iri, PP.direction, DIRECTIONS[fact.direction])
    if fact.value_max is not None:
        page.add(iri, PP.valueMax, decimal(fact.value_max))
    if fact.deadline is not None:
        page.add(iri, PP.deadline, year(fact.deadline))
    if fact.baseline is not None:
        page.add(iri, PP.baseline, year(fact.baseline))
    page.state(fact, page.iri, PP.setsTarget, iri, object_text=fact.indicator)


def _statistic(page: Page, fact: StatisticFact) -> None:
    iri = _figure(page, fact, "statistic", PP.Statistic)
    when = f"（{fact.period or fact.year}）" if fact.period or fact.year else ""
    page.add(iri, RDFS.label, zh(f"{fact.indicator} {fact.value:.12g}{fact.unit or ''}{when}"))
    if fact.year is not None:
        page.add(iri, PP.year, year(fact.year))
    if fact.period is not None:
        page.add(iri, PP.period, plain(fact.period))
    page.state(fact, page.iri, PP.reports, iri, object_text=fact.indicator)


def _responsible(page: Page, fact: ResponsibleFact) -> None:
    measure = page.name(page.link.named("measure", fact.measure, page.document.id), fact, fact.measure)
    main = page.state(fact, page.iri, PP.mentions, measure, object_text=fact.measure)
    for n, wording in enumerate(fact.agencies):
        agency = page.name(page.link.agency(wording), fact, wording)
        page.detail(main, fact, measure, PP.responsibleAgency, agency, object_text=wording, order=n)
        if n == 0:
            page.detail(main, fact, measure, PP.leadAgency, agency, object_text=wording)


def _cites(page: Page, fact: CitesFact) -> None:
    linked = page.link.named("programme", fact.policy)
    programme = page.name(linked, fact, fact.policy)
    page.cited[programme] = linked.label
    page.state(fact, page.iri, PP.cites, programme, object_text=fact.policy)


_WRITERS: dict[type[Fact], Callable[[Page, Any], None]] = {
    DocumentFact: _document,
    ClusterFact: _cluster,
    RegionFieldFact: _region_field,
    PlanFieldFact: _plan_field,
    PlanDiseaseFact: _plan_disease,
    DrugTargetFact: _drug_target,
    EnterpriseFact: _enterprise,
    InstitutionFact: _institution,
    TargetFact: _target,
    StatisticFact: _statistic,
    ResponsibleFact: _responsible,
    CitesFact: _cites,
}
