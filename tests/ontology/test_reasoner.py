"""The ontology in OWL 2 DL: owlready2 loads it, and HermiT finds it free of contradictions and finds those put into it.

HermiT (in owlready2) needs Java; without it these tests are skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import owlready2
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.graph.store import GraphStore
from kg.namespaces import DCTERMS, GRAPH, ID, ONTOLOGY, OWL, PP, RDF, RDFS, SKOS
from kg.resources import ontology_dir

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, which is not here")
IRI = ONTOLOGY.removesuffix("#")
PREFIXES = f"@prefix pp: <{ONTOLOGY}> . @prefix x: <urn:x:> . @prefix owl: <{OWL._}> ."
CONTRADICTIONS = {
    "a place is region and cluster": "x:a a pp:Region , pp:Cluster .",
    "a province is a prefecture, too": "x:a a pp:Province , pp:Prefecture .",
    "what a region hosts is a disease": "x:region pp:hosts x:flu . x:flu a pp:Disease .",
    "a target has two values": "x:target pp:value 5 , 6 .",
    "a comparator is a direction": "x:target pp:comparator pp:Increase .",
    "an assertion is a detail of itself": "x:fact pp:detailOf x:fact .",
    "two documents set one target": "x:a pp:setsTarget x:t . x:b pp:setsTarget x:t . x:a owl:differentFrom x:b .",
}


def ontology() -> list[Triple]:
    path = ontology_dir() / "pharma-policy.ttl"
    return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]


def world(*more: Iterable[Triple]) -> Any:
    """An owlready2 world of the ontology and further triples, in memory."""
    found = owlready2.World()
    data = serialize((t for part in (ontology(), *more) for t in part), format=RdfFormat.N_TRIPLES)
    found.get_ontology(f"{IRI}#").load(fileobj=BytesIO(data or b""))
    return found


def reason(found: Any) -> list[Any]:
    """The classes of which nothing can be; raises where all is a contradiction."""
    owlready2.sync_reasoner_hermit(found, debug=0, ignore_unsupported_datatypes=True)
    return list(found.inconsistent_classes())


def turtle(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(f"{PREFIXES} {text}", format=RdfFormat.TURTLE)]


def test_owlready2_reads_every_term() -> None:
    found = world()
    names = {str(entity.iri).removeprefix(ONTOLOGY) for entity in found.classes()}
    assert {"PolicyDocument", "Region", "Cluster", "Park", "ProductField", "Assertion"} <= names
    (hosts,) = found.search(iri=PP.hosts)
    assert [c.iri for c in hosts.domain] == [PP.Region]
    assert [c.iri for c in hosts.range] == [PP.Cluster]
    assert hosts.inverse_property.iri == PP.locatedIn
    (within,) = found.search(iri=PP.within)
    assert issubclass(within, owlready2.TransitiveProperty)


@needs_java
def test_the_ontology_is_consistent() -> None:
    assert reason(world()) == []


@needs_java
@pytest.mark.parametrize("said", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_found(said: str) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason(world(turtle(said)))


@needs_java
def test_what_plans_say_is_consistent(tiny_graph: GraphStore) -> None:
    """The statements of the four short plans, with the kinds of the things that they name."""
    documents = [q for q in tiny_graph.store if q.graph_name.value.startswith(f"{ID}document/")]
    named = {t for q in documents for t in (q.subject, q.object) if isinstance(t, NamedNode)}
    kinds = [
        q for t in named for q in tiny_graph.store.quads_for_pattern(t, NamedNode(RDF.type), None)
        if q.graph_name != NamedNode(GRAPH.ontology)
    ]  # fmt: skip
    said = [q.triple for q in (*documents, *kinds) if not _annotation(q)]
    assert len(said) > 500
    assert reason(world(said)) == []


def _annotation(quad: Quad) -> bool:
    """What OWL counts as an annotation, or what is about statements and not about things."""
    return quad.predicate.value in (
        RDF.subject,
        RDF.predicate,
        RDF.object,
    ) or quad.predicate.value.startswith((RDFS._, SKOS._, DCTERMS._))
