"""The facts of the graph, read back: each one equal to the record that was put in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.errors import LookupFailed
from kg.graph.guard import bind
from kg.graph.slugs import document_iri
from kg.graph.terms import number_of
from kg.model import FACT_TYPES, Evidence, Fact, fact_row
from kg.namespaces import (
    CLUSTER_CLASSES,
    CLUSTER_STATUSES,
    COMPARATORS,
    DCTERMS,
    DIRECTIONS,
    DOCUMENT_STATUSES,
    GOVERNMENT_LEVELS,
    INSTITUTION_KINDS,
    PP,
    PREFIXES,
    RDF,
    SKOS,
    STANCES,
)

_DOCUMENTS = """
SELECT ?doc ?id WHERE { GRAPH ?doc { ?doc a pp:PolicyDocument ; dcterms:identifier ?id } } ORDER BY ?id
"""
_ASSERTIONS = """
SELECT ?node ?property ?value WHERE { GRAPH ?doc {
  { ?node pp:factType [] } UNION { ?node pp:detailOf [] }
  ?node ?property ?value
} }
"""
_FIGURES = """
SELECT ?node ?property ?value WHERE { GRAPH ?doc {
  ?doc pp:setsTarget|pp:reports ?node . ?node ?property ?value
} }
"""
_SECTIONS = """
SELECT ?node ?value WHERE { GRAPH ?doc { ?node a pp:Section ; dcterms:identifier ?value } }
"""

_Values = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Stated:
    """One main assertion with what its details and its figure say; values by property, details in order."""

    own: _Values
    details: Mapping[str, list[_Values]]
    figure: _Values

    def text(self, property_: str) -> str | None:
        return _one(self.own, property_)

    def detail(self, property_: str, value: str = PP.objectText) -> str | None:
        found = self.details.get(property_)
        return _one(found[0], value) if found else None

    def listed(self, property_: str, value: str = PP.objectText) -> tuple[str, ...]:
        return tuple(d[value][0] for d in self.details.get(property_, ()))

    def of_figure(self, property_: str) -> str | None:
        return _one(self.figure, property_)


def facts(store: Store, doc: str | None = None) -> Iterator[Fact]:
    """The facts of one document or of all, sorted by document and place.

    Raises `LookupFailed` where the store has no document of the id ``doc``.
    """
    for iri, id_ in _documents(store, doc):
        found = sorted(_of_document(store, iri, id_), key=_place)
        yield from found


def rows(store: Store, doc: str | None = None) -> Iterator[dict[str, Any]]:
    """The public fact table: `facts` as flat rows."""
    return (fact_row(fact) for fact in facts(store, doc))


def document_ids(store: Store) -> list[str]:
    """The ids of the documents, sorted."""
    return [id_ for _, id_ in _documents(store, None)]


def _documents(store: Store, doc: str | None) -> list[tuple[NamedNode, str]]:
    found = [(row["doc"], row["id"].value) for row in _select(store, _DOCUMENTS)]
    if doc is None:
        return found
    asked = document_iri(doc)
    chosen = [(iri, id_) for iri, id_ in found if doc == id_ or asked == iri.value]
    if not chosen:
        have = "、".join(id_ for _, id_ in found[:20]) or "none"
        raise LookupFailed(f"no document {doc!r} in the store", hint=f"documents: {have}")
    return chosen


def _place(fact: Fact) -> tuple[int, int, str, str]:
    return (*fact.evidence.span, fact.type, json.dumps(fact.keys(), ensure_ascii=False))


def _of_document(store: Store, iri: NamedNode, id_: str) -> Iterator[Fact]:
    sections = {row["node"].value: row["value"].value for row in _select(store, _SECTIONS, iri)}
    figures = _grouped(store, _FIGURES, iri)
    assertions = _grouped(store, _ASSERTIONS, iri)
    details: dict[str, dict[str, list[_Values]]] = defaultdict(lambda: defaultdict(list))
    for values in assertions.values():
        if PP.detailOf in values:
            details[values[PP.detailOf][0]][values[RDF.predicate][0]].append(values)
    for by_property in details.values():
        for found in by_property.values():
            found.sort(key=lambda v: int((_one(v, PP.order)) or 0))
    for name, values in assertions.items():
        if PP.factType in values:
            stated = _Stated(values, details.get(name, {}), figures.get(values[RDF.object][0], {}))
            yield _fact(stated, id_, sections)


def _fact(stated: _Stated, doc: str, sections: Mapping[str, str]) -> Fact:
    type_ = stated.own[PP.factType][0]
    section = stated.text(PP.section)
    evidence = Evidence(
        doc, int(stated.own[PP.start][0]), int(stated.own[PP.end][0]), stated.own[PP.quote][0],
        sections.get(section, section.rpartition("/")[2]) if section else None,
    )  # fmt: skip
    return FACT_TYPES[type_](
        evidence=evidence, rule=stated.own[PP.rule][0], confidence=float(stated.own[PP.confidence][0]),
        **_READERS[type_](stated),
    )  # fmt: skip


def _document(s: _Stated) -> dict[str, Any]:
    def own(property_: str) -> str | None:
        return s.detail(property_, RDF.object)

    return {
        "title": own(DCTERMS.title), "issuer": s.detail(PP.issuer), "region": s.detail(PP.jurisdiction),
        "level": _key(GOVERNMENT_LEVELS, own(PP.governmentLevel)), "issued": own(DCTERMS.issued),
        "period_start": _int(own(PP.periodStart)), "period_end": _int(own(PP.periodEnd)),
        "status": _key(DOCUMENT_STATUSES, own(PP.status)),
    }  # fmt: skip


def _cluster(s: _Stated) -> dict[str, Any]:
    return {
        "name": s.text(PP.objectText), "kind": _key(CLUSTER_CLASSES, s.detail(RDF.type, RDF.object)),
        "region": s.text(PP.subjectText), "province": s.detail(PP.inProvince),
        "fields": s.listed(PP.focusesOn), "aliases": s.listed(SKOS.altLabel, RDF.object),
        "status": _key(CLUSTER_STATUSES, s.detail(PP.clusterStatus, RDF.object)),
    }  # fmt: skip


def _region_field(s: _Stated) -> dict[str, Any]:
    return {
        "region": s.text(PP.subjectText), "field": s.text(PP.objectText), "category": s.text(PP.categoryText),
        "stance": _key(STANCES, s.text(RDF.predicate)),
    }  # fmt: skip


def _plan_field(s: _Stated) -> dict[str, Any]:
    return {
        "field": s.text(PP.objectText), "category": s.text(PP.categoryText), "parent": s.text(PP.parentText),
    }  # fmt: skip


def _plan_disease(s: _Stated) -> dict[str, Any]:
    return {"disease": s.text(PP.objectText), "field": s.text(PP.subjectText)}


def _drug_target(s: _Stated) -> dict[str, Any]:
    return {"name": s.text(PP.objectText), "field": s.text(PP.subjectText)}


def _enterprise(s: _Stated) -> dict[str, Any]:
    return {
        "name": s.text(PP.objectText), "region": s.detail(PP.basedIn), "products": s.listed(PP.produces),
    }  # fmt: skip


def _institution(s: _Stated) -> dict[str, Any]:
    kind = _key(INSTITUTION_KINDS, s.detail(PP.institutionKind, RDF.object))
    return {"name": s.text(PP.objectText), "kind": kind, "region": s.detail(PP.basedIn)}


def _target(s: _Stated) -> dict[str, Any]:
    return {
        "indicator": s.of_figure(PP.indicatorText), "scope": s.of_figure(PP.scope),
        "comparator": _key(COMPARATORS, s.of_figure(PP.comparator)), "value": _number(s.of_figure(PP.value)),
        "value_max": _number(s.of_figure(PP.valueMax)), "unit": s.of_figure(PP.unit),
        "deadline": _int(s.of_figure(PP.deadline)), "baseline": _int(s.of_figure(PP.baseline)),
        "direction": _key(DIRECTIONS, s.of_figure(PP.direction)),
    }  # fmt: skip


def _statistic(s: _Stated) -> dict[str, Any]:
    return {
        "indicator": s.of_figure(PP.indicatorText), "scope": s.of_figure(PP.scope),
        "value": _number(s.of_figure(PP.value)), "unit": s.of_figure(PP.unit),
        "year": _int(s.of_figure(PP.year)), "period": s.of_figure(PP.period),
    }  # fmt: skip


def _responsible(s: _Stated) -> dict[str, Any]:
    return {"measure": s.text(PP.objectText), "agencies": s.listed(PP.responsibleAgency)}


def _cites(s: _Stated) -> dict[str, Any]:
    return {"policy": s.text(PP.objectText)}


_READERS: Mapping[str, Callable[[_Stated], dict[str, Any]]] = {
    "document": _document,
    "cluster": _cluster,
    "region_field": _region_field,
    "plan_field": _plan_field,
    "plan_disease": _plan_disease,
    "drug_target": _drug_target,
    "enterprise": _enterprise,
    "institution": _institution,
    "target": _target,
    "statistic": _statistic,
    "responsible": _responsible,
    "cites": _cites,
}


def _select(store: Store, query: str, doc: NamedNode | None = None) -> QuerySolutions:
    found = store.query(bind(query, {"doc": doc}) if doc else query, prefixes=dict(PREFIXES))
    return cast(QuerySolutions, found)


def _grouped(store: Store, query: str, doc: NamedNode) -> dict[str, dict[str, list[str]]]:
    """The values of the nodes that a query finds, by node and property; each value once."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in _select(store, query, doc):
        values = found[row["node"].value].setdefault(row["property"].value, [])
        value = cast(NamedNode | Literal, row["value"]).value
        if value not in values:
            values.append(value)
    return found


def _one(values: _Values, property_: str) -> str | None:
    found = values.get(property_)
    return found[0] if found else None


def _key(names: Mapping[str, str], iri: str | None) -> str | None:
    return next((key for key, value in names.items() if value == iri), None)


def _int(text: str | None) -> int | None:
    return None if text is None else int(text)


def _number(text: str | None) -> float | None:
    return None if text is None else number_of(text)
