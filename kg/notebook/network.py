"""Two columns of a result as a network, on pyvis, in a page that needs no network connection."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from kg.namespaces import PP
from kg.notebook.cells import Quote, text
from kg.notebook.columns import numbers, two
from kg.notebook.pictures import Picture
from kg.notebook.show import rendered
from kg.notebook.still import svg_of_network
from kg.queries.reading import kind_of, lexical, local, things
from kg.views.lines import broken
from kg.views.page import inline_scripts, json_for_script
from kg.views.palette import STYLES

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.store import GraphStore
    from kg.notebook.result import Result

_NO_THINGS = ("document", "section", "predicate", "source", "said", "fact")
_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "tooltipDelay": 100, "keyboard": {"enabled": False}},
    "nodes": {"font": {"size": 18}, "borderWidth": 1.5, "scaling": {"label": {"drawThreshold": 3}}},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}},
}
_SCALE = 70.0
_EDGES = """
SELECT ?s ?p ?o ?doc (COUNT(DISTINCT ?said) AS ?n) WHERE {
  ?said rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pp:quote [] ; prov:wasDerivedFrom/dcterms:identifier ?doc .
  FILTER (ISIRI(?o) && ?p != rdf:type)
} GROUP BY ?s ?p ?o ?doc ORDER BY ?s ?p ?o ?doc
"""


def draw(result: Result, source: str | None, target: str | None, weight: str | None, limit: int) -> Picture:
    """The picture of `Result.network`."""
    a, b = _ends(result, source, target)
    graph = graph_of(result, a, b, weight)
    left_out = max(0, graph.number_of_nodes() - limit)
    kept = sorted(graph, key=lambda n: (-graph.degree(n, weight="weight"), n))[:limit]
    graph = graph.subgraph(kept).copy()
    about = f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"
    title = f"network: {about}{f', {left_out} nodes left out' if left_out else ''}"
    kinds = [STYLES[k] for k in STYLES if k in {data["kind"] for _, data in graph.nodes(data=True)}]
    page = rendered(
        "network.html", title=result.title or title, scripts=inline_scripts(_pyvis(graph)), kinds=kinds,
        about=title, language=result.language, data=json_for_script(_quotes(result, a, b, graph)),
    )  # fmt: skip
    return Picture(page, title, svg=svg_of_network(graph, _places(graph)))


def graph_of(result: Result, source: str, target: str, weight: str | None = None) -> nx.DiGraph:
    """The same as a networkx graph: nodes have ``label`` and ``kind``, edges ``weight`` and ``rows``."""
    import networkx as nx

    graph = nx.DiGraph()
    values = numbers(result, weight) if weight else [1.0] * len(result)
    ends = (result[source], result.labels(source), result[target], result.labels(target), values)
    for n, (a, a_label, b, b_label, value) in enumerate(zip(*ends, strict=True)):
        if a is None or b is None:
            continue
        graph.add_node(text(a), label=a_label)
        graph.add_node(text(b), label=b_label)
        if not graph.has_edge(text(a), text(b)):
            graph.add_edge(text(a), text(b), weight=0.0, rows=[])
        edge = graph.edges[text(a), text(b)]
        edge["weight"] += value
        edge["rows"].append(n)
    found = things(result.graph, (n for n in graph if n.startswith("http"))) if result.graph else {}
    for node, data in graph.nodes(data=True):
        data["kind"] = found[node].kind if node in found else kind_of(node)
    return graph


def of_statements(store: GraphStore, properties: Collection[str], doc: str | None) -> nx.MultiDiGraph:
    """What documents state between things, as `Graph.networkx` describes it; ``properties`` are IRIs, all where empty."""
    import networkx as nx

    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for row in store.query(_EDGES, time_limit=None).rows:
        s, p, o, source, n = map(lexical, row)
        if (p in properties if properties else p != PP.mentions) and doc in (None, source):
            counts.setdefault((s, p, o), Counter())[source] += int(n)
    graph = nx.MultiDiGraph()
    for iri, thing in sorted(things(store, {end for s, _, o in counts for end in (s, o)}).items()):
        graph.add_node(iri, label=thing.zh, label_en=thing.en, kind=thing.kind, type=thing.class_)
    for (s, p, o), documents in sorted(counts.items()):
        graph.add_edge(s, o, key=local(p), documents=sorted(documents), statements=documents.total())
    return graph


def _ends(result: Result, source: str | None, target: str | None) -> tuple[str, str]:
    fitting = [c for c in result.columns if c in result.iris and not c.startswith(_NO_THINGS)]
    return two(
        result, (source, target), fitting, needs="a network needs two columns of things",
        hint="select both ends, or name them: network(source=…, target=…)",
    )  # fmt: skip


def _pyvis(graph: nx.DiGraph) -> str:
    from pyvis.network import Network

    net = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    places = _places(graph)
    number_of = {node: n for n, node in enumerate(sorted(graph))}
    for node, n in number_of.items():
        data = graph.nodes[node]
        style = STYLES[data["kind"]]
        x, y = places[node]
        net.add_node(
            n, label="\n".join(broken(data["label"], 8)), shape=style.shape, x=x, y=y,
            size=8 + 3 * min(6, graph.degree(node)) ** 0.5, color={"background": style.colour, "border": style.edge},
        )  # fmt: skip
    heaviest = max((d["weight"] for *_, d in graph.edges(data=True)), default=1) or 1
    for n, (a, b, data) in enumerate(sorted(graph.edges(data=True), key=lambda e: e[:2])):
        width = 1 + 4 * max(0.0, data["weight"]) / heaviest
        net.add_edge(number_of[a], number_of[b], id=f"e{n}", width=round(width, 2), color="#8FA3B0")
    net.set_options(json.dumps(_OPTIONS))
    html: str = net.generate_html()
    return html


def _places(graph: nx.DiGraph) -> dict[str, tuple[float, float]]:
    """Where nodes stand: each connected part by the method of Fruchterman and Reingold (1991), parts in rows.

    Seeded and of a fixed order, so that a picture is the same on every machine.
    """
    import networkx as nx

    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted({(min(e), max(e)) for e in graph.edges}))
    parts = sorted((sorted(part) for part in nx.connected_components(ordered)), key=lambda p: (-len(p), p))
    boxes = []
    for part in parts:
        # Not `subgraph`, whose nodes come in the order of a set: by the hashes of this process.
        own = nx.Graph()
        own.add_nodes_from(part)
        own.add_edges_from((a, b) for a in part for b in sorted(ordered[a]) if a < b)
        spring = _spring(own)
        left, top = (min(at[n] for at in spring.values()) for n in (0, 1))
        placed = {node: (at[0] - left, at[1] - top) for node, at in spring.items()}
        width, height = (max(at[n] for at in placed.values()) + 1.8 * _SCALE for n in (0, 1))
        boxes.append((placed, width, height))
    row = max(1.6 * sum(w * h for _, w, h in boxes) ** 0.5, max((w for _, w, _ in boxes), default=0))
    found: dict[str, tuple[float, float]] = {}
    x = y = deepest = 0.0
    for placed, width, height in boxes:
        if x and x + width > row:
            x, y, deepest = 0.0, y + deepest, 0.0
        found.update({node: (round(x + a, 1), round(y + b, 1)) for node, (a, b) in placed.items()})
        x, deepest = x + width, max(deepest, height)
    return found


def _spring(part: nx.Graph) -> dict[str, tuple[float, float]]:
    import networkx as nx

    if len(part) <= 2:
        return {node: (n * 2 * _SCALE, 0.0) for n, node in enumerate(sorted(part))}
    size = len(part) ** 0.5
    at = nx.spring_layout(part, seed=1, k=2.2 / size, iterations=120, method="force", scale=_SCALE * size)
    return {node: (float(x), float(y)) for node, (x, y) in at.items()}


def _quotes(result: Result, a: str, b: str, graph: nx.DiGraph) -> dict[str, list[list[str]]]:
    """For each edge its two names and what stands in its rows beside them: quotes where there are any."""
    quotes = [c for c in result.columns if any(isinstance(v, Quote) for v in result[c])]
    beside = [(result[c], result.labels(c)) for c in quotes or [c for c in result.shown if c not in (a, b)]]
    found: dict[str, list[list[str]]] = defaultdict(list)
    for n, (one, other, data) in enumerate(sorted(graph.edges(data=True), key=lambda e: e[:2])):
        found[f"e{n}"].append([graph.nodes[one]["label"], graph.nodes[other]["label"], text(data["weight"])])
        for row in data["rows"][:12]:
            words = [
                f"「{v[row]}」— {v[row].doc}" if isinstance(v[row], Quote) else label[row]
                for v, label in beside
            ]
            found[f"e{n}"].append([w for w in words if w])
    return dict(found)
