"""What one document names: its priorities and its clusters with their places, and which two clusters are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.analysis.claims import Claim
from kg.analysis.plans import Plan
from kg.graph.spelling import key
from kg.model import Evidence
from kg.queries.reading import Thing, lexical, local

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_NAMED = """
SELECT DISTINCT ?s ?p ?o ?start ?end ?quote ?section ?rule ?confidence WHERE {
  ?a prov:wasDerivedFrom ?_doc ; %s ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
     pp:start ?start ; pp:end ?end ; pp:quote ?quote ; pp:rule ?rule ; pp:confidence ?confidence .
  OPTIONAL { ?a pp:section/dcterms:identifier ?section }
}
"""
_PROVINCES = "SELECT DISTINCT ?s ?o { ?s pp:inProvince ?o }"
_SAME = (
    "SELECT DISTINCT ?s ?o { ?s <http://www.w3.org/2002/07/owl#sameAs>|skos:exactMatch ?o . ?s a pp:Cluster }"
)
_SHORTEST = 3  # 一园, 一城 are what a plan calls its own; they name nothing elsewhere


def named_fields(graph: GraphStore, plan: Plan) -> Mapping[str, tuple[Claim, ...]]:
    """The fields that a document makes a priority, by IRI, with the places."""
    return _named(graph, plan, "rdf:predicate pp:prioritises")


def named_clusters(graph: GraphStore, plan: Plan) -> Mapping[str, tuple[Claim, ...]]:
    """The clusters that a document names, by IRI, with the places."""
    return _named(graph, plan, 'pp:factType "cluster"')


def _named(graph: GraphStore, plan: Plan, which: str) -> Mapping[str, tuple[Claim, ...]]:
    from pyoxigraph import NamedNode

    found: dict[str, set[Claim]] = {}
    for row in graph.query(_NAMED % which, parameters={"_doc": NamedNode(plan.iri)}, time_limit=None).rows:
        s, p, o, start, end, quote, section, rule, confidence = map(lexical, row)
        place = Evidence(plan.id, int(start), int(end), quote, section or None)
        found.setdefault(o, set()).add(Claim(s, local(p), o, place, rule, float(confidence)))
    return {
        iri: tuple(
            sorted(found[iri], key=lambda c: (c.evidence.start, c.evidence.end, c.subject, c.predicate))
        )
        for iri in sorted(found)
    }


def identities(graph: GraphStore, clusters: Iterable[Thing]) -> Mapping[str, str]:
    """The least IRI of what is the same cluster, by the IRI of each.

    Two are the same where the graph says so (``owl:sameAs``, ``skos:exactMatch``), or where one's name is given
    as another name of the other in the same province. Names that are only alike are two clusters.
    """
    given = sorted(clusters, key=lambda t: t.iri)
    province = {lexical(s): lexical(o) for s, o in graph.query(_PROVINCES, time_limit=None).rows}
    pairs = {(lexical(s), lexical(o)) for s, o in graph.query(_SAME, time_limit=None).rows}
    called = {(key(t.zh), province.get(t.iri)): t.iri for t in reversed(given)}
    for thing in given:
        for alias in thing.other_names:
            other = called.get((key(alias), province.get(thing.iri)))
            if other and len(alias) >= _SHORTEST:
                pairs.add((thing.iri, other))
    least = {t.iri: t.iri for t in given}
    for _ in least:
        merged = False
        for a, b in sorted(pairs):
            if a in least and b in least and least[a] != least[b]:
                least[a] = least[b] = min(least[a], least[b])
                merged = True
        if not merged:
            break
    return least
