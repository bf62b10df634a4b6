"""A graph that holds has no findings; one that is broken has one, with the node and the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import InputError
from kg.graph.consistency import inconsistencies
from kg.graph.shapes import _lifted, shape_findings
from kg.graph.store import GraphStore
from kg.graph.validate import (
    count_findings,
    evidence_findings,
    quote_findings,
    reference_findings,
    validate,
)
from kg.namespaces import EVIDENCED_PROPERTIES, GRAPH, ONTOLOGY, PP, RDF, XSD, thing
from kg.resources import ontology_dir

TINY = NamedNode(thing("document", "tiny"))
REGION = NamedNode(thing("region", "331000"))

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix pp: <https://w3id.org/pharma-policy-kg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
pp:AssertionShape a sh:NodeShape ; sh:targetClass pp:Assertion ;
    sh:property [ sh:path pp:confidence ; sh:minCount 1 ; sh:maxInclusive 1 ;
            sh:message "信度应在0到1之间"@zh ] ,
        [ sh:path pp:factType ; sh:in ( "document" "cluster" "region_field" "plan_field" "plan_disease"
            "drug_target" "enterprise" "institution" "target" "statistic" "responsible" "cites" ) ] .
pp:HostShape a sh:NodeShape ; sh:targetObjectsOf pp:focusesOn ; sh:class pp:ProductField .
"""

ONTOLOGY_TTL = """
@prefix pp: <https://w3id.org/pharma-policy-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
pp:Hub rdfs:subClassOf pp:Cluster .
pp:Prefecture rdfs:subClassOf pp:Region .
[] a owl:AllDisjointClasses ; owl:members ( pp:Cluster pp:Region pp:Enterprise ) .
pp:hosts rdfs:domain pp:Region ; rdfs:range pp:Cluster .
pp:status a owl:FunctionalProperty .
pp:setsTarget a owl:InverseFunctionalProperty .
pp:detailOf a owl:IrreflexiveProperty .
pp:within a owl:AsymmetricProperty .
"""


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES, "utf-8")
    return path


def a_main_assertion(graph: GraphStore, type_: str = "cluster") -> NamedNode:
    found = graph.store.quads_for_pattern(None, NamedNode(PP.factType), Literal(type_), None)
    return min((q.subject for q in found), key=str)


def swap(graph: GraphStore, subject: NamedNode, property_: str, *values: NamedNode | Literal) -> None:
    for quad in list(graph.store.quads_for_pattern(subject, NamedNode(property_), None, TINY)):
        graph.store.remove(quad)
    for value in values:
        graph.store.add(Quad(subject, NamedNode(property_), value, TINY))


def state(graph: GraphStore, subject: str, property_: str, value: str, name: str = TINY.value) -> None:
    graph.store.add(Quad(NamedNode(subject), NamedNode(property_), NamedNode(value), NamedNode(name)))


def test_a_graph_that_holds_has_no_findings(graph, shapes, tmp_path):
    assert validate(graph, shapes=shapes, counts=tmp_path / "none.toml") == []


def integer(n: int) -> Literal:
    return Literal(str(n), datatype=NamedNode(XSD.integer))


MISQUOTED: list[tuple[str, Callable[[GraphStore, NamedNode], None], str]] = [
    ("another word", lambda g, a: swap(g, a, PP.quote, Literal("泰州医药港")), "the text reads"),
    ("no quote", lambda g, a: swap(g, a, PP.quote, Literal("x"), Literal("y")), "not exactly one quote"),
    ("past the end", lambda g, a: swap(g, a, PP.end, integer(10**6)), "is not a span of the text"),
    ("reversed", lambda g, a: swap(g, a, PP.end, integer(0)), "is not a span of the text"),
    ("shifted", lambda g, a: swap(g, a, PP.start, integer(3)), "the text reads"),
    ("no number", lambda g, a: swap(g, a, PP.start, Literal("three")), "is no number"),
]


@pytest.mark.parametrize(("name", "break_it", "reason"), MISQUOTED, ids=[m[0] for m in MISQUOTED])
def test_quotes_are_checked_against_the_text(graph, name, break_it, reason):
    node = a_main_assertion(graph)
    break_it(graph, node)
    (finding,) = quote_findings(graph)
    assert (finding.check, finding.node, finding.graph) == ("quote", node.value, TINY.value)
    assert reason in finding.reason


def test_a_text_that_was_changed_is_noticed(graph):
    changed = GraphStore(graph.store, {"tiny": graph.text("tiny") + "。"})
    assert [f.node for f in quote_findings(changed)] == [TINY.value]


def test_a_missing_text_is_noticed(graph):
    (finding,) = quote_findings(GraphStore(graph.store, {}))
    assert "no text of document 'tiny'" in finding.reason


@pytest.mark.parametrize("property_", sorted(EVIDENCED_PROPERTIES), ids=lambda p: p.rpartition("#")[2])
def test_a_statement_without_an_assertion(graph, property_):
    state(graph, REGION.value, property_, thing("region", "321200"))
    (finding,) = evidence_findings(graph)
    assert finding.node == REGION.value
    assert finding.reason.startswith("no assertion for")


def test_an_assertion_of_what_is_not_stated(graph):
    node = a_main_assertion(graph)
    swap(graph, node, RDF.object, REGION)
    reasons = {f.node: f.reason for f in evidence_findings(graph)}
    assert "asserts what the graph does not state" in reasons[node.value]


def test_an_assertion_of_another_document(graph):
    node = a_main_assertion(graph)
    swap(graph, node, "http://www.w3.org/ns/prov#wasDerivedFrom", REGION)
    assert [f.reason for f in evidence_findings(graph)] == ["is not derived from the document of its graph"]


def test_an_assertion_with_two_objects(graph):
    node = a_main_assertion(graph)
    swap(graph, node, RDF.object, REGION, TINY)
    assert "not exactly one subject, predicate and object" in {f.reason for f in evidence_findings(graph)}


def test_a_reference_to_nothing(graph):
    state(graph, REGION.value, "http://www.w3.org/2000/01/rdf-schema#seeAlso", thing("cluster", "nowhere"))
    (finding,) = reference_findings(graph)
    assert (finding.node, "cluster:nowhere, which nothing describes" in finding.reason) == (
        REGION.value,
        True,
    )


def test_a_term_that_the_ontology_lacks(graph):
    state(graph, ONTOLOGY + "hosts", RDF.type, "http://www.w3.org/2002/07/owl#ObjectProperty", GRAPH.ontology)
    for quad in list(graph.store.quads_for_pattern(None, None, None, NamedNode(GRAPH.ontology))):
        if quad.subject == NamedNode(PP.focusesOn):
            graph.store.remove(quad)
    assert PP.focusesOn in {f.node for f in reference_findings(graph)}


def with_ontology(graph: GraphStore) -> Store:
    to = NamedNode(GRAPH.ontology)
    graph.store.remove_graph(to)
    for triple in parse(ONTOLOGY_TTL, format=RdfFormat.TURTLE):
        graph.store.add(Quad(triple.subject, triple.predicate, triple.object, to))
    return graph.store


CLUSTER = thing("cluster", "x")
CONTRADICTIONS = [
    ("two disjoint types", [(CLUSTER, RDF.type, PP.Hub), (CLUSTER, RDF.type, PP.Region)], CLUSTER, "cax-dw"),
    (
        "a domain",
        [(CLUSTER, RDF.type, PP.Hub), (CLUSTER, PP.hosts, thing("cluster", "y"))],
        CLUSTER,
        "cax-dw",
    ),
    ("a range", [(thing("region", "z"), PP.hosts, REGION.value)], REGION.value, "it is the pp:hosts of"),
    ("two values", [(TINY.value, PP.status, PP.Draft)], TINY.value, "prp-fp"),
    ("itself", [(CLUSTER, PP.detailOf, CLUSTER)], CLUSTER, "prp-irp"),
    ("both ways", [(thing("region", "330000"), PP.within, REGION.value)], REGION.value, "prp-asyp"),
    ("a circle", [(thing("region", "100000"), PP.within, REGION.value)], REGION.value, "above itself"),
]


@pytest.mark.parametrize(
    ("name", "statements", "node", "reason"), CONTRADICTIONS, ids=[c[0] for c in CONTRADICTIONS]
)
def test_contradictions(graph, name, statements, node, reason):
    store = with_ontology(graph)
    assert list(inconsistencies(store)) == []
    for statement in statements:
        state(graph, *statement)
    assert any(f.node == node and reason in f.reason for f in inconsistencies(store))


def test_one_target_of_two_documents(graph):
    store = with_ontology(graph)
    target = next(q.object for q in store.quads_for_pattern(None, NamedNode(PP.setsTarget), None))
    state(graph, thing("document", "other"), PP.setsTarget, target.value)
    assert any(f.node == target.value and "prp-ifp" in f.reason for f in inconsistencies(store))


def test_a_reasoner_agrees_on_disjoint_classes(graph):
    """owlrl derives every consequence; on a small graph it sees what the quick check sees."""
    import owlrl
    from rdflib import Graph
    from rdflib import Literal as Message

    def errors(turtle: str) -> int:
        data = Graph().parse(data=ONTOLOGY_TTL + turtle, format="turtle")
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
        return sum("disjoint" in o.casefold() for o in data.objects() if isinstance(o, Message))

    assert errors("<urn:x> a pp:Hub .") == 0
    assert errors("<urn:x> a pp:Hub , pp:Region .") > 0
    assert errors("<urn:x> a pp:Hub ; pp:hosts <urn:y> .") > 0


def test_shapes(graph, shapes):
    node = a_main_assertion(graph)
    swap(graph, node, PP.confidence, Literal("7", datatype=NamedNode(XSD.decimal)))
    (finding,) = shape_findings(graph.store, shapes)
    assert (finding.check, finding.node, finding.graph) == ("shape", node.value, TINY.value)
    assert "pp:confidence 信度应在0到1之间" in finding.reason


def test_shapes_reach_what_stands_in_other_graphs(graph, shapes):
    """A field is known to be one from the vocabulary or the candidates, not from the document's graph."""
    state(graph, CLUSTER, PP.focusesOn, REGION.value)
    assert [f.node for f in shape_findings(graph.store, shapes)] == [REGION.value]


def test_lifted_shapes_report_what_the_shapes_report():
    """Each rule of the shipped shapes is broken in one graph; both readings of the shapes see the same."""
    from rdflib import RDF as TYPE
    from rdflib import SH, Graph

    folder = Path(__file__).parents[1] / "ontology"
    good = (folder / "good.ttl").read_text("utf-8")
    prefixes = "".join(line for line in good.splitlines(keepends=True) if line.startswith("@prefix"))
    cases = [
        line.split(" | ")[2:]
        for line in (folder / "broken.txt").read_text("utf-8").splitlines()
        if line[0] != "#"
    ]
    data = Graph().parse(data=good, format="turtle")
    for change in (change for case in cases for change in case):
        for triple in Graph().parse(data=f"{prefixes}{change[1:]} .", format="turtle"):
            (data.remove if change[0] == "-" else data.add)(triple)

    def reported(shapes: Graph) -> set[tuple[str, ...]]:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
        properties = (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage, SH.resultSeverity)
        results = report.subjects(TYPE.type, SH.ValidationResult)
        return {tuple(str(sorted(report.objects(r, p))) for p in properties) for r in results}

    shapes = Graph().parse(ontology_dir() / "shapes.ttl")
    found = reported(shapes)
    assert reported(_lifted(shapes)) == found
    assert len(found) > 50


def test_shapes_that_are_not_turtle(graph, tmp_path):
    broken = tmp_path / "shapes.ttl"
    broken.write_text("@prefix", "utf-8")
    with pytest.raises(InputError, match=r"shapes\.ttl"):
        list(shape_findings(graph.store, broken))


def test_minimum_counts(graph, tmp_path):
    counts = tmp_path / "counts.toml"
    counts.write_text('["tiny"]\ncluster = 2\ntarget = 5\n["another"]\ncluster = 99\n', "utf-8")
    (finding,) = count_findings(graph, counts)
    assert (finding.node, finding.reason) == (TINY.value, "2 facts of type target, fewer than 5")


def test_findings_read_well(graph):
    state(graph, REGION.value, PP.hosts, CLUSTER)
    assert [str(f) for f in evidence_findings(graph)] == [
        "violation evidence: region:331000 in document:tiny: no assertion for pp:hosts cluster:x"
    ]
