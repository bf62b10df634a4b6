"""The examples that the page of the ontology shows, on the shipped documents: one for every class, and each true."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.graph.store import GraphStore
from kg.graph.trig import head
from kg.views.ontology.examples import Example, example
from kg.views.ontology.terms import terms
from kg.views.site.context import context


@pytest.fixture(scope="module")
def of_seeds(store: Path) -> tuple[GraphStore, dict[str, Example | None]]:
    graph = GraphStore.open(store)
    site = context(graph)
    return graph, {t.name: example(site, t) for t in terms(graph).values()}


def test_every_class_has_an_example_in_the_seeds(
    of_seeds: tuple[GraphStore, dict[str, Example | None]],
) -> None:
    found = {name: made for name, made in of_seeds[1].items() if name[0].isupper()}
    assert len(found) > 40
    assert {name for name, made in found.items() if made is None} == set()


def test_examples_are_what_the_graph_says(of_seeds: tuple[GraphStore, dict[str, Example | None]]) -> None:
    """Each snippet is Turtle whose statements are in the graph; each quote is a slice of its document."""
    graph, found = of_seeds
    checked = 0
    for name, made in found.items():
        if made is None:
            continue
        triples = list(parse(head() + made.turtle, format=RdfFormat.TURTLE))
        assert triples, name
        for t in triples:
            assert list(graph.store.quads_for_pattern(t.subject, t.predicate, t.object)), (name, str(t))
        if made.said:
            e = made.said.evidence
            assert graph.text(e.doc)[e.start : e.end] == e.quote
            checked += 1
    assert checked > 30
