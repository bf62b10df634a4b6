"""Structure: the network of cities, or of clusters, that name the same fields; its groups, its centre, its backbone.

The graph of units and fields has two kinds of nodes. It is projected onto the units: two are joined where they
name the same field in documents whose years meet, and each such field that n units name adds 1 / (n - 1)
(Newman, 2001), so that a field of many ties nobody closely. Sectors tie nobody: that two clusters both are of
医药 says nothing of their kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import networkx as nx

from kg.analysis.backbone import significance
from kg.analysis.ground import Ground, Side
from kg.analysis.sharing import joint, pairing
from kg.analysis.weights import rarity

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Of = Literal["regions", "clusters"]
LEVEL = 0.1
"""An edge stands in the backbone where chance gives a weight like its own with less than this probability."""
SEED = 2008
_TYPICAL = 5


@dataclass(frozen=True, slots=True)
class Node:
    """A city or cluster in the projection.

    ``fields`` are how many it names, ``degree`` how many others it is joined to, ``strength`` the weights of
    these edges added up, ``betweenness`` the share of the shortest ways between others that lead over it, where
    an edge is as long as its weight is small (Freeman, 1977; Brandes, 2001). ``community`` is a number from 1.
    """

    iri: str
    label: str
    label_en: str
    province: str
    fields: int
    degree: int
    strength: float
    betweenness: float
    community: int

    def row(self) -> dict[str, Any]:
        """The node in the machine output."""
        return {
            "iri": self.iri, "label": self.label, "label_en": self.label_en, "province": self.province,
            "fields": self.fields, "degree": self.degree, "strength": round(self.strength, 6),
            "betweenness": round(self.betweenness, 6), "community": self.community,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """Two units with the fields (IRIs) that they share; ``alpha`` is the edge's probability by chance.

    ``joint`` of the fields are named for both in the same passages only (`kg.analysis.sharing.joint`).
    """

    a: str
    b: str
    weight: float
    fields: tuple[str, ...]
    joint: int
    alpha: float
    backbone: bool

    def row(self, ground: Ground) -> dict[str, Any]:
        """The edge in the machine output."""
        return {
            "a": ground.label(self.a), "b": ground.label(self.b), "a_iri": self.a, "b_iri": self.b,
            "weight": round(self.weight, 6), "alpha": round(self.alpha, 6), "backbone": self.backbone,
            "joint": self.joint,
            "fields": [{"field": ground.label(iri), "iri": iri} for iri in self.fields],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Community:
    """Units that share more among themselves than chance would have it; ``typical`` fields are IRIs.

    A field is typical by the share of members that name it times its rarity among all units.
    """

    number: int
    members: tuple[str, ...]
    typical: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """A projection: nodes by falling strength, edges by falling weight, communities (Louvain) by falling size.

    ``links`` are the edges of the graph of two kinds, (unit, field), sorted; ``alone`` units share nothing.
    ``modularity`` says how well the communities divide the projection (Newman, 2004).
    """

    of: Of
    level: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    communities: tuple[Community, ...]
    modularity: float
    alone: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    ground: Ground

    @property
    def backbone(self) -> tuple[Edge, ...]:
        """The edges that stand out."""
        return tuple(edge for edge in self.edges if edge.backbone)

    @property
    def hubs(self) -> tuple[tuple[str, int], ...]:
        """The fields by how many units name them, most first: their degree in the graph of two kinds."""
        return tuple(sorted(Counter(iri for _, iri in self.links).items(), key=lambda h: (-h[1], h[0])))

    def row(self) -> dict[str, Any]:
        """All of it in the machine output."""

        def named(iris: Sequence[str]) -> list[dict[str, str]]:
            return [{"label": self.ground.label(iri), "iri": iri} for iri in iris]

        return {
            "of": self.of, "projection": "newman-2001", "alpha": self.level,
            "modularity": round(self.modularity, 6), "nodes": [node.row() for node in self.nodes],
            "edges": [edge.row(self.ground) for edge in self.edges],
            "communities": [
                {"number": c.number, "members": named(c.members), "typical": named(c.typical)}
                for c in self.communities
            ],
            "alone": named(self.alone),
            "fields": [{"field": self.ground.label(iri), "iri": iri, "degree": n} for iri, n in self.hubs],
        }  # fmt: skip


def bipartite(graph: GraphStore | Ground, of: Of = "regions") -> nx.Graph:
    """The graph of units and fields; nodes are IRIs with ``bipartite`` 0 (units) or 1 (fields) and ``label``."""
    ground = Ground.of(graph)
    made = nx.Graph()
    for side in _units(ground, of):
        made.add_node(side.iri, bipartite=0, label=ground.label(side.iri))
        for iri in sorted(side.fields):
            made.add_node(iri, bipartite=1, label=ground.label(iri))
            made.add_edge(side.iri, iri, places=len(side.by_field[iri]))
    return made


def structure(
    graph: GraphStore | Ground, of: Of = "regions", level: float = LEVEL, all_periods: bool = False
) -> Structure:
    """The projection of cities or clusters with its communities, central nodes and backbone.

    ``level`` is the probability by chance below which an edge is of the backbone.

    >>> from kg.graph.store import GraphStore
    >>> structure(GraphStore.in_memory([])).nodes
    ()
    """
    ground = Ground.of(graph)
    units = _units(ground, of)
    shared = _shared(ground, units, all_periods)
    named = Counter(iri for side in units for iri in side.fields)
    weights = {pair: sum(1 / (named[iri] - 1) for iri in iris) for pair, (iris, _) in shared.items()}
    alphas = significance(weights)
    edges = sorted(
        (Edge(*pair, w, *shared[pair], alphas[pair], alphas[pair] < level) for pair, w in weights.items()),
        key=lambda e: (-round(e.weight, 9), e.a, e.b),
    )
    network = _network(weights)
    groups, modularity = _communities(network)
    number = {iri: n for n, group in enumerate(groups, 1) for iri in group}
    between = nx.betweenness_centrality(network, weight="distance")
    nodes = [
        Node(
            side.iri, ground.label(side.iri), ground.label(side.iri, "en"), _province(ground, side),
            len(side.fields), network.degree(side.iri), float(network.degree(side.iri, weight="weight")),
            float(between[side.iri]), number[side.iri],
        )
        for side in units if side.iri in network
    ]  # fmt: skip
    by_iri = {side.iri: side for side in units}
    rare = {i: w for i, w in rarity(side.fields for side in units).items() if not ground.sector(i)}
    communities = tuple(
        Community(n, group, _typical([by_iri[iri] for iri in group], rare))
        for n, group in enumerate(groups, 1)
    )
    return Structure(
        of, level, tuple(sorted(nodes, key=lambda n: (-round(n.strength, 9), n.iri))), tuple(edges), communities,
        modularity, tuple(side.iri for side in units if side.iri not in network),
        tuple((side.iri, iri) for side in units for iri in sorted(side.fields)), ground,
    )  # fmt: skip


def _units(ground: Ground, of: Of) -> tuple[Side, ...]:
    if of not in ("regions", "clusters"):
        raise ValueError(f"of: regions or clusters, not {of!r}")
    return ground.sides("city") if of == "regions" else ground.all_clusters


def _shared(
    ground: Ground, units: Sequence[Side], all_periods: bool
) -> dict[tuple[str, str], tuple[tuple[str, ...], int]]:
    """The fields, sectors apart, that two units name in documents whose years meet, for all pairs with any.

    With them goes the number of those that are named jointly.
    """
    found: dict[tuple[str, str], tuple[tuple[str, ...], int]] = {}
    for a, b in combinations(units, 2):
        common = sorted(iri for iri in a.fields & b.fields if not ground.sector(iri))
        if not common:
            continue
        pair = pairing(ground, a, b, all_periods=all_periods)
        places = {
            iri: pair.places(pair.a.by_field[iri], pair.b.by_field[iri])
            for iri in common if iri in pair.a.fields and iri in pair.b.fields
        }  # fmt: skip
        kept = tuple(iri for iri, (one, _) in places.items() if one)
        if kept:
            found[a.iri, b.iri] = kept, sum(joint(*places[iri]) for iri in kept)
    return found


def _network(weights: Mapping[tuple[str, str], float]) -> nx.Graph:
    made = nx.Graph()
    made.add_nodes_from(sorted({end for pair in weights for end in pair}))
    for (a, b), weight in sorted(weights.items()):
        made.add_edge(a, b, weight=weight, distance=1 / weight)
    return made


def _communities(network: nx.Graph) -> tuple[list[tuple[str, ...]], float]:
    """Communities by Louvain's method (Blondel and others, 2008), the largest first, and their modularity."""
    if not network:
        return [], 0.0
    iris = sorted(network)
    place = {iri: n for n, iri in enumerate(iris)}
    # Numbers, as the method walks through sets, whose order for texts changes from run to run.
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(iris)))
    numbered.add_weighted_edges_from(
        sorted((*sorted((place[a], place[b])), w) for a, b, w in network.edges(data="weight"))
    )
    found = nx.community.louvain_communities(numbered, weight="weight", seed=SEED)
    modularity = float(nx.community.modularity(numbered, found, weight="weight"))
    groups = [tuple(iris[n] for n in sorted(group)) for group in found]
    return sorted(groups, key=lambda g: (-len(g), g)), modularity


def _typical(members: Sequence[Side], rare: Mapping[str, float]) -> tuple[str, ...]:
    named = Counter(iri for side in members for iri in side.fields if iri in rare)
    shared = [iri for iri, n in named.items() if n > 1 or len(members) == 1]
    best = sorted(shared, key=lambda iri: (-round(named[iri] / len(members) * rare[iri], 9), iri))
    return tuple(best[:_TYPICAL])


def _province(ground: Ground, side: Side) -> str:
    """The IRI of the province of a city or cluster; empty where it is not known."""
    return ground.province(side.iri) or ""
