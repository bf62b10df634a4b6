"""What documents claim, read from the graph in one query: the common ground of all comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.model import Evidence
from kg.namespaces import ONTOLOGY
from kg.queries.reading import lexical, local

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

FIELD_CLAIMS = ("develops", "strongIn", "prioritises")
"""The properties by which a region or a document names a product field."""

_CLAIMS = """
SELECT ?s ?p ?o ?doc ?start ?end ?quote ?section ?rule ?confidence WHERE {
  VALUES ?p { %s }
  ?a rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o ; pp:start ?start ; pp:end ?end ; pp:quote ?quote ;
     pp:rule ?rule ; pp:confidence ?confidence ; prov:wasDerivedFrom/dcterms:identifier ?doc .
  OPTIONAL { ?a pp:section/dcterms:identifier ?section }
}
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement with one of its places: ``predicate`` is a local name, ``object`` an IRI or a literal's text."""

    subject: str
    predicate: str
    object: str
    evidence: Evidence
    rule: str
    confidence: float


def claims(graph: GraphStore, *predicates: str) -> tuple[Claim, ...]:
    """All claims with one of the properties (local names, such as ``develops``), by document and place.

    >>> from kg.graph.store import GraphStore
    >>> claims(GraphStore.in_memory([]), "develops")
    ()
    """
    unknown = [p for p in predicates if not p.isalnum()]
    if unknown or not predicates:
        raise ValueError(f"local names of properties, not {unknown or predicates}")
    found: set[Claim] = set()
    for row in graph.query(_CLAIMS % " ".join(f"<{ONTOLOGY}{p}>" for p in predicates), time_limit=None).rows:
        s, p, o, doc, start, end, quote, section, rule, confidence = map(lexical, row)
        place = Evidence(doc, int(start), int(end), quote, section or None)
        found.add(Claim(s, local(p), o, place, rule, float(confidence)))
    return tuple(sorted(found, key=_place))


def evidence_row(evidence: Evidence) -> dict[str, Any]:
    """Evidence in the machine output of the analyses.

    >>> evidence_row(Evidence("plan", 3, 5, "南京", "2.1"))
    {'doc': 'plan', 'start': 3, 'end': 5, 'quote': '南京', 'section': '2.1'}
    """
    return {
        "doc": evidence.doc, "start": evidence.start, "end": evidence.end, "quote": evidence.quote,
        "section": evidence.section,
    }  # fmt: skip


def evidence_rows(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The places of claims, each once, by document and place."""
    unique = {(c.evidence.doc, c.evidence.start, c.evidence.end): c.evidence for c in claims}
    return [evidence_row(unique[place]) for place in sorted(unique)]


def _place(claim: Claim) -> tuple[str, int, int, str, str, str, str, float]:
    e = claim.evidence
    return (e.doc, e.start, e.end, claim.predicate, claim.subject, claim.object, claim.rule, claim.confidence)
