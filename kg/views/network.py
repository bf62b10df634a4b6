"""The interactive network: regions, clusters and product fields in one HTML file that works with no network."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.namespaces import ID, ONTOLOGY
from kg.queries.reading import Quote, Statement, Thing, scopes, section_paths
from kg.views.model import LEVELS, network
from kg.views.page import page
from kg.views.palette import LINES, STYLES, phrase

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

    from kg.graph.store import GraphStore

_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True, "hoverConnectedEdges": True, "selectConnectedEdges": False, "multiselect": False,
        "tooltipDelay": 100, "keyboard": {"enabled": False}, "zoomSpeed": 0.7,
    },
    "nodes": {"font": {"size": 0}, "borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {"smooth": False, "selectionWidth": 1, "hoverWidth": 0.8, "arrows": {"to": {"enabled": False}}},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What was drawn; ``left_out`` counts nodes beyond the limit."""

    path: Path
    nodes: int
    edges: int
    left_out: int


def write(store: GraphStore | str | Path, out: str | Path, *, limit: int = 600, core: int = 52) -> Written:
    """Writes the network of a store, open or given by its folder, to one HTML file.

    At most ``limit`` nodes are in the file; about ``core`` product fields are shown at first. Raises `StoreError`
    where the folder is no store, and `InputError` where the file cannot be written.
    """
    from kg.graph.store import GraphStore

    opened = store if isinstance(store, GraphStore) else GraphStore.open(store)
    graph = network(opened, limit=limit, core=core)
    text = html(opened, graph)
    path = Path(out)
    try:
        _write(path, text.encode("utf-8"))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written: {error.strerror}", hint="choose another file"
        ) from error
    return Written(path, graph.number_of_nodes(), graph.number_of_edges(), graph.graph["left_out"])


def html(store: GraphStore, graph: nx.MultiDiGraph) -> str:
    """The page of a network that `model.network` made."""
    number = {iri: n for n, iri in enumerate(_in_order(graph))}
    return page(to_pyvis(graph, number), _data(store, graph, number), kinds=_kinds(graph))


def to_pyvis(graph: nx.MultiDiGraph, number: Mapping[str, int]) -> Network:
    """The same network for pyvis: node ids are numbers, each with its look and its place, physics off."""
    from pyvis.network import Network

    net = Network(height="100%", width="100%", directed=False, cdn_resources="in_line")
    for iri, data in sorted(graph.nodes(data=True), key=lambda item: number[item[0]]):
        style = STYLES[data["thing"].kind]
        x, y = data["at"][0]
        colour = {"background": style.colour, "border": style.edge}
        net.add_node(
            number[iri], label="\n".join(data["lines"][0]), shape=style.shape, size=data["size"],
            color={**colour, "highlight": colour, "hover": colour}, x=x, y=y, hidden=data["level"] > 0,
        )  # fmt: skip
    for n, (a, b, key, data) in enumerate(_edges(graph)):
        line = LINES[key]
        hidden = max(graph.nodes[a]["level"], graph.nodes[b]["level"]) > 0
        net.add_edge(
            number[a], number[b], id=f"e{n}",
            color={**dict.fromkeys(("color", "hover", "highlight"), line.colour), "opacity": 0.5},
            width=line.width + min(1.5, 0.3 * max(0, len(data["documents"]) - 1)),
            dashes=list(line.dashes) or False, hidden=hidden,
        )  # fmt: skip
    net.set_options(json.dumps(_OPTIONS))
    return net


def _in_order(graph: nx.MultiDiGraph) -> list[str]:
    """All things, the drawn ones first: their numbers are the ids of the nodes."""
    drawn = sorted(graph.nodes)
    return drawn + sorted(set(graph.graph["things"]) - set(drawn))


def _edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, str, dict[str, Any]]]:
    return sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3])


def _kinds(graph: nx.MultiDiGraph) -> list[str]:
    present = {data["thing"].kind for _, data in graph.nodes(data=True)}
    return [kind for kind in STYLES if kind in present]


def _data(store: GraphStore, graph: nx.MultiDiGraph, number: Mapping[str, int]) -> dict[str, Any]:
    """What the page's script needs: numbers stand for things, documents and quotes."""
    every: Mapping[str, Thing] = graph.graph["things"]
    said: Sequence[Statement] = graph.graph["statements"]
    quotes = sorted({s.quote for s in said})
    documents = sorted({q.doc for q in quotes})
    number_of_doc = {iri: n for n, iri in enumerate(documents)}
    number_of_quote = {q: n for n, q in enumerate(quotes)}
    properties = sorted({s.property for s in said} | {"within"})
    return {
        "documents": _documents(documents, every, scopes(store, documents), number),
        "things": [_thing(every[iri], every) for iri in number],
        "quotes": _quotes(quotes, number_of_doc, section_paths(store, (q.section for q in quotes))),
        "statements": [
            [
                number[s.subject],
                s.property,
                number.get(s.object, s.object),
                number_of_quote[s.quote],
                s.confidence,
            ]
            for s in said
        ],
        "nodes": [_node(data, number) for _, data in sorted(graph.nodes(data=True))],
        "edges": [
            [number[a], number[b], key, [number_of_doc[d] for d in data["documents"]], data["statements"]]
            for a, b, key, data in _edges(graph)
        ],
        "provinces": [number[p] for p in graph.graph["provinces"]],
        "kinds": {k: [s.zh, s.en, s.colour, s.edge, s.shape] for k, s in STYLES.items()},
        "lines": {k: [v.colour, v.width, list(v.dashes)] for k, v in LINES.items()},
        "phrases": {p: [*phrase(p), *phrase(p, inverse=True)] for p in properties},
        "levels": LEVELS,
        "cut": {number[iri]: n for iri, n in graph.graph["cut"].items()},
        "leftOut": graph.graph["left_out"],
    }


def _thing(one: Thing, every: Mapping[str, Thing]) -> list[Any]:
    class_ = every.get(ONTOLOGY + one.class_)
    tail = one.iri.removeprefix(ID)
    return [tail, one.kind, one.zh, one.en, list(one.other_names), [class_.zh, class_.en] if class_ else []]


def _documents(
    documents: Iterable[str], every: Mapping[str, Thing], scope: Mapping[str, tuple[str, str, str]],
    number: Mapping[str, int],
) -> list[list[Any]]:  # fmt: skip
    def one(doc: str) -> list[Any]:
        start, end, region = scope.get(doc, ("", "", ""))
        return [every[doc].zh, number.get(region), "–".join(y for y in (start, end) if y)]

    return [one(doc) for doc in documents]


def _quotes(
    quotes: Iterable[Quote], number_of_doc: Mapping[str, int], paths: Mapping[str, tuple[str, ...]]
) -> list[list[Any]]:
    return [
        [number_of_doc[q.doc], " › ".join(paths.get(q.section, ())), q.start, q.end, q.text] for q in quotes
    ]


def _node(data: Mapping[str, Any], number: Mapping[str, int]) -> list[Any]:
    home = number[data["province"]] if data["province"] else -1
    zh, en = data["lines"]
    places = [[*point] for point in data["at"]]
    return [data["level"], home, data["degree"], data["font"], data["size"], list(zh), list(en), places]


def _write(path: Path, content: bytes) -> None:
    """All or nothing: a reader never sees half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as to:
            to.write(content)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
