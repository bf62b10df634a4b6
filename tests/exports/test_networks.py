"""Networks, opened by networkx and by a reader of csv, compared with the graph."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.exports.formats import FORMATS
from kg.exports.source import Source
from kg.namespaces import ID

HEADERS = re.compile(r"id:ID|:LABEL|:START_ID|:END_ID|:TYPE|\w+(:(int|double))?")
READ = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}
STATED = """
SELECT DISTINCT ?s ?p ?o { ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pp:quote ?q
  FILTER(STRSTARTS(STR(?o), STR(id:))) }
"""


def read(name: str, source: Source, folder: Path) -> Any:
    path = folder / FORMATS[name].usual
    FORMATS[name].write(source, path)
    return READ[name](path)


def edges(graph: Any, **wanted: object) -> list[tuple[str, str, dict[str, Any]]]:
    return [e for e in graph.edges(data=True) if all(e[2].get(k) == v for k, v in wanted.items())]


@pytest.mark.parametrize("name", list(READ))
def test_edges_are_the_statements_of_the_graph(name: str, source: Source, tmp_path: Path) -> None:
    made = read(name, source, tmp_path)
    stated = Counter((s, f"https://w3id.org/pharma-policy-kg/ontology#{e['predicate']}", o)
                     for s, o, e in edges(made, stated=True))  # fmt: skip
    found = source.graph.query(STATED).rows
    assert stated == Counter(tuple(getattr(t, "value", "") for t in row) for row in found)
    assert len(stated) > 60


@pytest.mark.parametrize("name", list(READ))
def test_a_known_node_and_a_known_edge(name: str, source: Source, tmp_path: Path) -> None:
    """杭州医药港 focuses on 抗体药物 in both plans of Zhejiang; the older one is first in order."""
    made = read(name, source, tmp_path)
    suzhou = made.nodes[f"{ID}region/320500"]
    assert (suzhou["label"], suzhou["label_en"], suzhou["kind"]) == ("苏州市", "Suzhou", "prefecture")
    assert (round(suzhou["latitude"], 1), round(suzhou["longitude"], 1)) == (31.3, 120.6)
    label = nx.get_node_attributes(made, "label")
    (edge,) = (
        e
        for s, o, e in edges(made, predicate="focusesOn")
        if (label[s], label[o]) == ("杭州医药港", "抗体药物")
    )
    assert (edge["weight"], edge["documents"]) == (2.0, "zhejiang-2016；zhejiang-2022")
    assert (edge["doc"], edge["quote"]) == ("zhejiang-2016", "杭州医药港聚焦抗体药物")
    assert source.graph.text("zhejiang-2016")[edge["start"] : edge["end"]] == edge["quote"]
    (target,) = (n for _, n in made.nodes(data=True) if n["kind"] == "target" and n.get("deadline") == "2024")
    assert (target["value"], target["unit"], target["comparator"]) == ("4500", "亿元", "about")
    (within,) = (o for s, o, e in edges(made, predicate="within") if s == f"{ID}region/320500")
    assert within == f"{ID}region/320000"


def test_gephi_finds_colours_and_places(source: Source, tmp_path: Path) -> None:
    """GEXF puts a region where it lies and a cluster at its host."""
    made = read("gexf", source, tmp_path)
    host = made.nodes[f"{ID}region/330100"]["viz"]
    (cluster,) = (n["viz"] for _, n in made.nodes(data=True) if n["label"] == "杭州医药港")
    assert host["position"] == cluster["position"]
    assert (
        made.nodes[f"{ID}region/320500"]["viz"]["position"]["x"]
        > made.nodes[f"{ID}region/320100"]["viz"]["position"]["x"]
    )
    assert host["color"] != cluster["color"]
    assert b"lastmodifieddate" not in (tmp_path / "graph.gexf").read_bytes()


@pytest.mark.parametrize("name", list(READ))
def test_whatever_a_document_says_is_well_formed(name: str, nasty: Source, tmp_path: Path) -> None:
    made = read(name, nasty, tmp_path)
    labels = set(nx.get_node_attributes(made, "label").values())
    assert {'=HYPERLINK("http://x")', "甲；乙", "'引号"} <= labels
    quotes = {e.get("quote", "") for _, _, e in made.edges(data=True)}
    assert '垂直\ufffd制表\ufffd与\u2028换行𠮷&amp;]]>"""' in quotes
    assert any("\r\n" in quote for quote in quotes)


@pytest.fixture(scope="module")
def neo4j(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("neo4j")
    FORMATS["neo4j"].write(source, folder)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_neo4j_headers_and_ends(neo4j: Path) -> None:
    nodes, relationships = rows(neo4j / "nodes.csv"), rows(neo4j / "relationships.csv")
    for found in (nodes, relationships):
        assert [h for h in found[0] if not HEADERS.fullmatch(h)] == []
    ids = [n["id:ID"] for n in nodes]
    assert len(ids) == len(set(ids))
    assert {r[key] for r in relationships for key in (":START_ID", ":END_ID")} - set(ids) == set()
    assert {r[":TYPE"] for r in relationships if not re.fullmatch(r"[A-Z]+(_[A-Z]+)*", r[":TYPE"])} == set()
    typed = [
        (n, key) for n in nodes + relationships for key in n if key.endswith((":int", ":double")) and n[key]
    ]
    assert typed
    for row, key in typed:
        assert float(row[key]).is_integer() or key.endswith(":double"), (key, row[key])


def test_neo4j_has_a_relationship_an_assertion(neo4j: Path, source: Source) -> None:
    found = [r for r in rows(neo4j / "relationships.csv") if r["quote"]]
    assert len({(r["fact"], r[":START_ID"], r[":TYPE"], r[":END_ID"]) for r in found}) == len(found)
    for r in found:
        assert source.graph.text(r["doc"])[int(r["start:int"]) : int(r["end:int"])] == r["quote"]
    hosts = sorted(r[":START_ID"] for r in found if r[":TYPE"] == "HOSTS")
    assert hosts == ["region/320500", "region/321200", "region/330100", "region/330100"]


def test_neo4j_knows_general_classes(neo4j: Path) -> None:
    labels = {n["name"]: n[":LABEL"] for n in rows(neo4j / "nodes.csv")}
    assert labels["苏州市"] == "Thing;Prefecture;Region"
    assert labels["苏州生物医药产业园"] == "Thing;Cluster;Park"


def test_neo4j_has_texts_as_they_are(nasty: Source, tmp_path: Path) -> None:
    """A database runs no formula; a mark in front would be a wrong name."""
    FORMATS["neo4j"].write(nasty, tmp_path)
    names = {n["name"] for n in rows(tmp_path / "nodes.csv")}
    assert {"+抗体", "@SUM(A1)"} <= names


@pytest.mark.parametrize("name", ["graphml", "gexf", "neo4j"])
def test_the_same_graph_gives_the_same_bytes(name: str, lean: Source, tmp_path: Path) -> None:
    from kg.graph.store import GraphStore

    other = Source(GraphStore.in_memory(reversed(list(lean.graph.store))))
    for n, source in enumerate((Source(lean.graph), other)):
        FORMATS[name].write(source, tmp_path / str(n))
    first, second = tmp_path / "0", tmp_path / "1"
    for file in sorted(first.iterdir()) if first.is_dir() else [first]:
        assert file.read_bytes() == (second / file.name if second.is_dir() else second).read_bytes()
