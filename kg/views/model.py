"""The network as a networkx graph: which things are shown, at which level of detail, and where they stand."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.namespaces import ONTOLOGY, thing
from kg.queries.reading import REGION_KINDS, Link, Statement, Thing, links, statements, things, within
from kg.views.layout import Box, Point, Spring, place, ring
from kg.views.lines import broken, em

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.store import GraphStore

COUNTRY = thing("region", "100000")
LEVELS = 3
"""The levels of detail: the most connected fields; those of any cluster, too; all."""

_SAME, _ALIKE = 5, 200  # quotes of one statement; statements of one property about one thing
_REGIONS = frozenset({*REGION_KINDS.values(), "region"})
_FONT = {"province": 18, "country": 18, "region-group": 14, "prefecture": 14, "county": 13, "cluster": 12}
# How strongly a statement holds two nodes together, the gap at rest, and how much of the pull its subject feels.
_TIES = {
    "within": (0.16, 20.0, 1.0),
    "hosts": (0.40, 2.0, 1.0),
    "inProvince": (0.16, 30.0, 1.0),
    "focusesOn": (0.12, 8.0, 0.12),
    "develops": (0.06, 20.0, 0.02),
    "strongIn": (0.08, 20.0, 0.02),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a picture of limited size shows, and how many nodes it leaves out."""

    links: tuple[Link, ...]
    above: Mapping[str, str]
    left_out: int


def choose(store: GraphStore, limit: int) -> Chosen:
    """The links among at most ``limit`` nodes: regions and clusters first, then the best connected fields."""
    found = links(store)
    degree: Counter[str] = Counter()
    for link in found:
        degree.update((link.source, link.target))
    ranked = sorted(degree, key=lambda iri: ("/field/" in iri, -degree[iri], iri))
    places = [iri for iri in ranked if "/field/" not in iri][: max(1, limit * 2 // 3)]
    fields = [iri for iri in ranked if "/field/" in iri][: limit - len(places)]
    kept = {*places, *fields}
    chosen = tuple(k for k in found if k.source in kept and k.target in kept)
    used = {end for k in chosen for end in (k.source, k.target)}
    return Chosen(chosen, within(store, (iri for iri in used if "/region/" in iri)), len(degree) - len(used))


def network(store: GraphStore, *, limit: int = 600, core: int = 52) -> nx.MultiDiGraph:
    """The network of a store: nodes are IRIs, keys of edges are properties.

    A node has ``thing``, ``level`` (0 is always shown), ``province`` (an IRI or empty), ``degree``, ``size`` and
    ``lines`` (zh, en) and ``at``, its place on each level; an edge has ``statements`` and ``documents``. The graph
    has ``things`` and ``statements`` of all that is said, ``chosen`` and the ``provinces`` in order.
    """
    import networkx as nx

    chosen = choose(store, limit)
    drawn = {end for k in chosen.links for end in (k.source, k.target)}
    regions = {iri for iri in drawn if "/region/" in iri}
    regions |= {up for iri in regions for up in _chain(iri, chosen.above)} - {COUNTRY}
    said, cut = _capped(statements(store, drawn), drawn)
    named = {*drawn, *regions, *chosen.above.values()}
    named |= {s.subject for s in said} | {s.object for s in said if s.object.startswith("http")}
    named |= {s.quote.doc for s in said} | set(regions)
    every = things(store, named)
    classes = things(store, {ONTOLOGY + t.class_ for t in every.values() if t.class_})
    every = {**classes, **every}

    graph = nx.MultiDiGraph(things=every, statements=said, cut=cut, left_out=chosen.left_out)
    for iri in sorted(drawn | regions):
        graph.add_node(iri, thing=every[iri])
    for link in chosen.links:
        graph.add_edge(link.source, link.target, key=link.property)
    for iri in sorted(regions):
        up = chosen.above.get(iri)
        if up in graph:
            graph.add_edge(iri, up, key="within")
    _evidence(graph, said)
    _describe(graph, chosen.above, core)
    _arrange(graph)
    return graph


def _capped(said: Iterable[Statement], drawn: set[str]) -> tuple[list[Statement], dict[str, int]]:
    """At most so many statements of one kind about a node, the surest; and how many are left out, by node.

    What ten thousand documents say of one field would make a page that no browser opens.
    """
    same: Counter[tuple[str, str, str]] = Counter()
    alike: Counter[tuple[str, str, str]] = Counter()
    cut: Counter[str] = Counter()
    kept: list[Statement] = []
    for s in said:
        ends = [(end, s.property, side) for side, end in (("s", s.subject), ("o", s.object)) if end in drawn]
        same[s.subject, s.property, s.object] += 1
        if same[s.subject, s.property, s.object] > _SAME or any(alike[e] >= _ALIKE for e in ends):
            cut.update(end for end, _, _ in ends)
            continue
        alike.update(ends)
        kept.append(s)
    return kept, dict(sorted(cut.items()))


def _chain(iri: str, above: Mapping[str, str]) -> list[str]:
    chain: list[str] = []
    while (iri := above.get(iri, "")) and iri not in chain:
        chain.append(iri)
    return chain


def _evidence(graph: nx.MultiDiGraph, said: Iterable[Statement]) -> None:
    for _, _, data in graph.edges(data=True):
        data["statements"], data["documents"] = [], []
    for n, statement in enumerate(said):
        at = (statement.subject, statement.object, statement.property)
        if graph.has_edge(*at):
            data = graph.edges[at]
            data["statements"].append(n)
            if statement.quote.doc not in data["documents"]:
                data["documents"].append(statement.quote.doc)


def _describe(graph: nx.MultiDiGraph, above: Mapping[str, str], core: int) -> None:
    """Degree, level, province, lines and size of each node."""
    kinds = {iri: data["thing"].kind for iri, data in graph.nodes(data=True)}
    partners: dict[str, set[str]] = defaultdict(set)
    for a, b, key in graph.edges(keys=True):
        if key != "within":
            partners[a].add(b)
            partners[b].add(a)
    levels = _levels(kinds, partners, core)
    home: dict[str, str] = {}
    for iri, kind in kinds.items():
        if kind in _REGIONS:
            chain = [iri, *_chain(iri, above)]
            home[iri] = next((r for r in chain if kinds.get(r) == "province"), "")
    for a, b, key in graph.edges(keys=True):
        if key == "hosts" and home.get(a):
            home[b] = home[a]
        elif key == "inProvince":
            home.setdefault(a, b)
    for iri, data in graph.nodes(data=True):
        one: Thing = data["thing"]
        font = _font(one.kind, len(partners[iri]))
        wide = 7.5 if one.kind == "cluster" else 6.5
        data |= {
            "degree": len(partners[iri]), "level": levels[iri], "province": home.get(iri, ""), "font": font,
            "lines": (broken(one.zh, wide), broken(one.en or one.zh, 8.5 if one.en else wide)),
            "size": _size(one.kind, len(partners[iri])),
        }  # fmt: skip
    graph.graph["provinces"] = sorted(iri for iri, kind in kinds.items() if kind == "province")


def _levels(kinds: Mapping[str, str], partners: Mapping[str, set[str]], core: int) -> dict[str, int]:
    """Regions and clusters are on level 0, and the fields that tie them: each cluster has one at least."""
    fields = sorted((f for f in kinds if kinds[f] == "field"), key=lambda f: (-len(partners[f]), f))
    rank = {f: n for n, f in enumerate(fields)}
    first: set[str] = set()
    focus: set[str] = set()
    for iri in sorted(kinds):
        if kinds[iri] == "cluster":
            of = sorted((f for f in partners[iri] if f in rank), key=rank.__getitem__)
            first.update(of[:1])
            focus.update(of)
    for f in fields:
        if len(first) >= core or len(partners[f]) < 2:
            break
        first.add(f)
    if not first:
        first.update(fields[:core])
    return {iri: 0 if iri in first or kinds[iri] != "field" else 1 if iri in focus else 2 for iri in kinds}


def _font(kind: str, degree: int) -> int:
    return _FONT.get(kind) or (15 if degree >= 8 else 13 if degree >= 4 else 12)


def _size(kind: str, degree: int) -> int:
    if kind in ("province", "country"):
        return 20
    if kind == "field":
        return min(18, 5 + round(1.9 * math.sqrt(degree)))
    return {"prefecture": 11, "county": 9, "region-group": 12}.get(kind, 10)


def _arrange(graph: nx.MultiDiGraph) -> None:
    """Places on each level, each starting from the one before so that nothing jumps about."""
    weight = Counter(data["province"] for _, data in graph.nodes(data=True) if data["province"])
    provinces = [p for p in graph.graph["provinces"] if weight[p]]
    anchor_of = dict(zip(provinces, ring(len(provinces)), strict=True))
    before: dict[str, Point] = {}
    for level in range(LEVELS):
        shown = [iri for iri, data in graph.nodes(data=True) if data["level"] <= level]
        if level and len(shown) == len(before):
            for iri in shown:
                graph.nodes[iri]["at"].append(before[iri])
            continue
        number = {iri: n for n, iri in enumerate(shown)}
        boxes = [_box(graph.nodes[iri]) for iri in shown]
        springs = [
            _spring(number[a], number[b], key, graph.nodes[b]["degree"])
            for a, b, key in graph.edges(keys=True)
            if a in number and b in number
        ]
        anchors = {number[p]: at for p, at in anchor_of.items()}
        start = {number[iri]: point for iri, point in before.items()}
        loose = [n for iri, n in number.items() if _homeless(graph.nodes[iri])]
        rounds = 120 if before else 260
        placed = place(boxes, springs, anchors, start=start, loose=loose, rounds=rounds)
        before = dict(zip(shown, placed, strict=True))
        for iri in shown:
            at = graph.nodes[iri].setdefault("at", [])
            at.extend([before[iri]] * (level + 1 - len(at)))


def _homeless(data: Mapping[str, Any]) -> bool:
    return not data["province"] and data["thing"].kind != "field"


def _spring(a: int, b: int, key: str, degree: int) -> Spring:
    """The tie of a statement; one field that many share pulls each of them little."""
    strength, length, give = _TIES[key]
    if key in ("focusesOn", "develops", "strongIn"):
        strength *= 1.6 / math.sqrt(max(1, min(degree, 12)))
    return Spring(a, b, strength, length, give)


def _box(data: Mapping[str, Any]) -> Box:
    size, font, lines = data["size"], data["font"], data["lines"]
    wide = max(em(line) for both in lines for line in both) * font
    high = max(len(both) for both in lines) * font * 1.2
    return Box(max(wide, 2 * size) + 4, 2 * size + high + 6, size + 2.0)
