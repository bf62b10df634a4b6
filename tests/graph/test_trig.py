"""Graphs as text: readable, and the same bytes for the same graph."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.documents.sources import document
from kg.graph.build import build_in_memory
from kg.graph.trig import write_trig
from kg.namespaces import GRAPH, ID, TRIG_PREFIXES

from .conftest import facts_of

GOLDEN = Path(__file__).parent / "tiny.trig"


def written(store: Store) -> str:
    to = io.StringIO()
    write_trig(store, to)
    return to.getvalue()


def test_the_graph_of_a_tiny_document(vocabulary):
    """The golden file is the graph as agreed; look at the difference before you replace it."""
    doc = document("tiny", "一、布局\n支持台州建设台州医药港，发展疫苗。")
    facts = facts_of(
        doc,
        [
            (
                "cluster",
                "支持台州建设台州医药港，发展疫苗",
                {
                    "name": "台州医药港",
                    "kind": "hub",
                    "region": "台州市",
                    "province": None,
                    "fields": ("疫苗",),
                    "aliases": (),
                    "status": "supported",
                },
            )
        ],
    )
    graph = build_in_memory([(doc, facts)], vocabulary=vocabulary, background_quads=[])
    graph.store.remove_graph(NamedNode(GRAPH.metadata))
    text = "".join(
        line + "\n" for line in written(graph.store).splitlines() if not line.startswith("@prefix")
    )
    assert text == GOLDEN.read_text("utf-8")


def test_what_is_written_reads_back(graph):
    back = set(parse(written(graph.store), format=RdfFormat.TRIG))
    assert back == set(graph.store)


@pytest.mark.parametrize(
    "value",
    ['"引号"', "反斜线\\", "a\nb\r\nc\td", "\x00\x1f\x7f", "\u2028", "\U00020000", "", "true", "1.0", "'''"],
)
def test_any_text_survives(value):
    store = Store()
    for literal in (Literal(value), Literal(value, language="zh")):
        store.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), literal, NamedNode("urn:g")))
    assert set(parse(written(store), format=RdfFormat.TRIG)) == set(store)


@pytest.mark.parametrize(
    "tail", ["field/a.b", "field/a.", "field/-a", "field/a/b", "field/", "x#y", "field/a%20b", "field/药"]
)
def test_any_iri_survives(tail):
    store = Store()
    store.add(Quad(NamedNode(ID + tail), NamedNode(ID + tail), NamedNode(ID + tail), NamedNode(ID + tail)))
    assert set(parse(written(store), format=RdfFormat.TRIG)) == set(store)


def test_the_order_of_writing_does_not_matter(graph):
    turned = Store()
    for quad in sorted(graph.store, key=str, reverse=True):
        turned.add(quad)
    assert written(turned) == written(graph.store)


def test_prefixes_are_declared_in_order(graph):
    head = [line for line in written(graph.store).splitlines() if line.startswith("@prefix")]
    assert head[: len(TRIG_PREFIXES)] == sorted(head[: len(TRIG_PREFIXES)])
