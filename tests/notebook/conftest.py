"""Graphs as the API gives them, over the stores that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.store import GraphStore
from kg.namespaces import ONTOLOGY, PP, RDF, RDFS
from kg.notebook.graph import Graph

EVIL = "<script>window.hacked=1</script>\"&'<b>"


@pytest.fixture(scope="session")
def graph(tiny_graph: GraphStore) -> Graph:
    """The four short plans."""
    return Graph(tiny_graph)


@pytest.fixture(scope="session")
def seeds(store: Path) -> Graph:
    """The shipped documents."""
    return Graph.open(store)


@pytest.fixture(scope="session")
def evil() -> Graph:
    """A city and a cluster whose names are markup, and an IRI that a browser would run."""
    cluster = NamedNode("urn:evil:cluster")
    city = NamedNode("urn:evil:city")
    document = NamedNode("urn:evil:document")
    quads = [
        Quad(city, NamedNode(RDF.type), NamedNode(PP.Prefecture), document),
        Quad(city, NamedNode(RDFS.label), Literal(EVIL, language="zh"), document),
        Quad(city, NamedNode(PP.hosts), cluster, document),
        Quad(city, NamedNode(PP.hosts), NamedNode("javascript:alert(1)"), document),
        Quad(city, NamedNode(f"{ONTOLOGY}latitude"), Literal(30.5), document),
        Quad(city, NamedNode(f"{ONTOLOGY}longitude"), Literal(120.5), document),
        Quad(cluster, NamedNode(RDF.type), NamedNode(PP.Park), document),
        Quad(cluster, NamedNode(RDFS.label), Literal(EVIL, language="zh"), document),
    ]
    return Graph(GraphStore.in_memory(quads, {"evil": f"前文{EVIL}后文。"}))
