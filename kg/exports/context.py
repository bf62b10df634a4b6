"""The JSON-LD context: short names for the terms of the ontology and of the standards beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode, Quad

from kg.namespaces import ONTOLOGY, OWL, PREFIXES, RDF, RDFS, XSD

_STANDARD: dict[str, dict[str, str]] = {
    "label": {"@id": "rdfs:label", "@container": "@language"},
    "comment": {"@id": "rdfs:comment", "@container": "@language"},
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "hiddenLabel": {"@id": "skos:hiddenLabel", "@container": "@language"},
    "title": {"@id": "dcterms:title", "@container": "@language"},
    "identifier": {"@id": "dcterms:identifier"},
    "isPartOf": {"@id": "dcterms:isPartOf", "@type": "@id"},
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "exactMatch": {"@id": "skos:exactMatch", "@type": "@id"},
    "closeMatch": {"@id": "skos:closeMatch", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@id"},
}
_STRING = f"{XSD.string}"
_LANGUAGE = f"{RDF._}langString"
_OBJECT, _DATA = f"{OWL._}ObjectProperty", f"{OWL._}DatatypeProperty"


def context(ontology: Iterable[Quad]) -> dict[str, Any]:
    """The context of an ontology: prefixes, standard terms, and each property of ours by its local name.

    Values of object properties are IRIs, those of data properties have the type of their range; texts in a language
    stand by their language.

    >>> context([])["@context"]["isPartOf"]
    {'@id': 'dcterms:isPartOf', '@type': '@id'}
    """
    named = [
        (q.subject.value, q.predicate.value, q.object) for q in ontology if isinstance(q.subject, NamedNode)
    ]
    ranges = {s: o for s, p, o in named if p == RDFS.range}
    kinds = {(s, o.value) for s, p, o in named if p == RDF.type and isinstance(o, NamedNode)}
    terms: dict[str, Any] = {}
    for iri, kind in sorted(kinds):
        name = iri.removeprefix(ONTOLOGY)
        if not iri.startswith(ONTOLOGY) or kind not in (_OBJECT, _DATA):
            continue
        terms[name] = _term(name, kind, ranges.get(iri))
    prefixes = dict(sorted(PREFIXES.items()))
    return {"@context": {"@version": 1.1, **prefixes, **_STANDARD, **terms}}


def _term(name: str, kind: str, range_: object) -> dict[str, str]:
    term = {"@id": f"pp:{name}"}
    if kind == _OBJECT:
        return {**term, "@type": "@id"}
    if not isinstance(range_, NamedNode) or range_.value == _STRING:
        return term
    if range_.value == _LANGUAGE:
        return {**term, "@container": "@language"}
    return {
        **term,
        "@type": f"xsd:{range_.value.removeprefix(XSD._)}"
        if range_.value.startswith(XSD._)
        else range_.value,
    }


def dumped(found: dict[str, Any]) -> str:
    """A context as it is published.

    >>> dumped({"@context": {}})
    '{\\n  "@context": {}\\n}\\n'
    """
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
