"""The network as GraphML and GEXF, for Gephi, yEd, Cytoscape and igraph.

A node is a thing: its IRI, ``label`` (Chinese), ``label_en``, ``kind``, ``class``, ``latitude`` and ``longitude`` of
regions, and its values. An edge is a statement (subject, property, object): ``weight`` is how many assertions make it,
``quote``, ``doc``, ``start`` and ``end`` are the first of them, ``documents`` all documents that say so. Edges that
no document states (``within``, ``broader``, what a target is about) have no quote and ``stated`` false.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports.characters import legal
from kg.exports.source import Source
from kg.exports.stated import Network, Node, Stated, network
from kg.views.palette import STYLES

if TYPE_CHECKING:
    import networkx as nx

_SCALE = 100.0
_EAST = math.cos(math.radians(35))
"""A degree of longitude against one of latitude in the middle of China."""
_SHAPES = {"diamond": "diamond", "square": "square", "triangle": "triangle", "triangleDown": "triangle"}


def graph(source: Source) -> nx.MultiDiGraph:
    """The network as a networkx graph whose nodes are IRIs, with the attributes that the files have."""
    import networkx as nx

    found = network(source)
    made = nx.MultiDiGraph()
    for iri, node in sorted(found.nodes.items()):
        made.add_node(iri, **_attributes(node))
    for n, (subject, object_, attributes) in enumerate(_edges(found)):
        made.add_edge(subject, object_, key=f"e{n}", **attributes)
    return made


def write_graphml(source: Source, path: Path) -> None:
    """Writes GraphML."""
    from networkx.readwrite.graphml import GraphMLWriter

    _put(path, str(GraphMLWriter(graph(source), named_key_ids=True)))


def write_gexf(source: Source, path: Path) -> None:
    """Writes GEXF 1.2 with colours and shapes of kinds, and regions where they lie; clusters stand at their host."""
    from networkx.readwrite.gexf import GEXFWriter

    made = graph(source)
    _place(made)
    text = str(GEXFWriter(made, version="1.2draft"))
    _put(path, re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1))


def _put(path: Path, text: str) -> None:
    # A carriage return in a quote would come back as a line feed. networkx's own functions cut texts into lines,
    # at every character that Python takes for an end of a line, so its writers are asked.
    path.write_bytes((text.replace("\r", "&#13;") + "\n").encode())


def _attributes(node: Node) -> dict[str, Any]:
    own: dict[str, Any] = {
        "label": node.thing.zh, "label_en": node.thing.en, "kind": node.thing.kind, "class": node.thing.class_,
    }  # fmt: skip
    if node.latitude is not None and node.longitude is not None:
        own |= {"latitude": node.latitude, "longitude": node.longitude}
    return {key: _clean(value) for key, value in (own | dict(node.values)).items()}


def _edges(found: Network) -> Iterator[tuple[str, str, dict[str, Any]]]:
    def triple(s: Stated) -> tuple[str, str, str]:
        return s.subject, s.predicate, s.object

    for (subject, predicate, object_), group in groupby(found.stated, key=triple):
        said = list(group)
        first = said[0]
        yield subject, object_, {
            "predicate": predicate, "weight": float(len(said)), "stated": True,
            "mentions": sum(s.count for s in said), "documents": "；".join(sorted({s.doc for s in said})),
            "doc": first.doc, "start": first.start, "end": first.end, "quote": _clean(first.quote),
            "confidence": max(s.confidence for s in said),
        }  # fmt: skip
    for subject, predicate, object_ in found.links:
        yield subject, object_, {"predicate": predicate, "weight": 1.0, "stated": False}


def _place(made: nx.MultiDiGraph) -> None:
    for _, node in made.nodes(data=True):
        style = STYLES[node["kind"]]
        red, green, blue = (int(style.colour[n : n + 2], 16) for n in (1, 3, 5))
        node["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0}, "shape": _SHAPES.get(style.shape, "disc"),
        }  # fmt: skip
        if "latitude" in node:
            node["viz"]["position"] = _position(node)
    for region, cluster, edge in made.edges(data=True):
        here, there = made.nodes[region], made.nodes[cluster]
        if edge["predicate"] == "hosts" and "latitude" in here:
            there["viz"].setdefault("position", _position(here))


def _position(node: dict[str, Any]) -> dict[str, float]:
    return {
        "x": round(node["longitude"] * _SCALE * _EAST, 3), "y": round(node["latitude"] * _SCALE, 3), "z": 0.0,
    }  # fmt: skip


def _clean(value: Any) -> Any:
    return legal(value) if isinstance(value, str) else value
