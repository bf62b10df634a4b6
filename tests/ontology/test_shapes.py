"""The shapes take a good graph, and report each of many broken ones at the right node."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from kg.model import FACT_TYPES
from kg.namespaces import ONTOLOGY
from kg.resources import ontology_dir

HERE = Path(__file__).parent
GOOD = (HERE / "good.ttl").read_text("utf-8")
PREFIXES = "\n".join(line for line in GOOD.splitlines() if line.startswith("@prefix"))
BROKEN = [line for line in (HERE / "broken.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]


@cache
def shapes() -> Graph:
    return Graph().parse(ontology_dir() / "shapes.ttl")


@cache
def ontology() -> Graph:
    return Graph().parse(ontology_dir() / "pharma-policy.ttl")


def turtle(statement: str) -> Graph:
    return Graph().parse(data=f"{PREFIXES}\n{statement} .", format="turtle")


def reported(data: Graph) -> set[tuple[str, str]]:
    """The nodes that are reported, each with its message in English."""
    for triple in ontology().triples((None, RDFS.subClassOf, None)):
        data.add(triple)
    _, report, text = pyshacl.validate(data, shacl_graph=shapes(), inplace=True)
    assert isinstance(report, Graph), text
    return {
        (str(report.value(result, SH.focusNode)).removeprefix("urn:x:"), str(message))
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for message in in_language(report, result, SH.resultMessage, "en")
    }


def in_language(graph: Graph, node: Node | None, property_: Node, language: str) -> list[str]:
    found = graph.objects(node, property_)
    return [str(m) for m in found if isinstance(m, Literal) and m.language == language]


def test_a_good_graph_passes() -> None:
    assert reported(Graph().parse(data=GOOD, format="turtle")) == set()


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_graph_is_reported_at_its_node(case: str) -> None:
    node, says, *changes = case.split(" | ")
    data = Graph().parse(data=GOOD, format="turtle")
    for change in changes:
        for triple in turtle(change[1:]):
            assert (triple in data) == (change[0] == "-"), change
            (data.remove if change[0] == "-" else data.add)(triple)
    found = reported(data)
    assert [message for at, message in found if at == node and says in message], found


def test_every_rule_is_broken_by_some_case() -> None:
    """So that no rule stands there that nobody has seen at work."""
    words = [case.split(" | ")[1] for case in BROKEN]
    rules = in_language(shapes(), None, SH.message, "en")
    assert [rule for rule in rules if not any(w in rule for w in words)] == []


def test_every_rule_says_in_both_languages_what_is_wrong() -> None:
    graph = shapes()
    rules = set(graph.objects(None, SH.property))
    assert len(rules) > 80
    for rule in rules:
        for language in ("zh", "en"):
            assert len(in_language(graph, rule, SH.message, language)) == 1, graph.value(rule, SH.path)


def test_the_fact_types_are_those_of_the_model() -> None:
    graph = shapes()
    lists = {str(graph.value(s, SH.path)): head for s, head in graph.subject_objects(SH["in"])}
    assert {str(v) for v in Collection(graph, lists[f"{ONTOLOGY}factType"])} == set(FACT_TYPES)


def test_terms_of_the_shapes_are_declared() -> None:
    used = {t for triple in shapes() for t in triple if str(t).startswith(ONTOLOGY)}
    assert {str(t) for t in used if (t, RDF.type, None) not in ontology()} == set()
