"""Repeated passages: a page that holds its text twice, shuffled and cut across, is put back into one order.

Each distinct sentence is a node, each "stands right before" in the text an edge. Where the copies were cut, a
sentence has two followers; a largest matching of sentences with their followers (Hopcroft–Karp) leaves just the
false joints out, because each true joint that one copy lost the other copy still has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.documents.reading import Reading, rearranged

_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’）]*|\n|$)")
_SHORTEST = 12
_LEAST_SHARE = 0.2

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Untangled:
    """The view with each passage once, and for each kept raw span the other raw places that say the same."""

    reading: Reading
    repeats: Mapping[Span, tuple[Span, ...]]


def untangle(reading: Reading) -> Untangled:
    """One copy of each sentence of a text whose passages stand twice; other texts come back as they are."""
    units = [m.span() for m in _SENTENCE.finditer(reading.text) if m.group().strip()]
    texts = [reading.text[a:b].strip() for a, b in units]
    places: dict[str, list[int]] = {}
    for n, text in enumerate(texts):
        places.setdefault(text, []).append(n)
    repeated = {t for t, ns in places.items() if len(ns) > 1 and len(t) >= _SHORTEST}
    if sum(len(texts[n]) for t in repeated for n in places[t]) < _LEAST_SHARE * len(reading.text):
        return Untangled(reading, {})
    nodes = [t for t in places if t in repeated or len(places[t]) == 1 or len(t) < _SHORTEST]
    order = _order(texts, nodes)
    # copies may keep a heading's parts in different units; the place with the longest straight run is read
    kept = [places[t][0] for t in order]
    spans = [units[n] for n in kept]
    repeats = {
        reading.raw(*units[places[t][0]]): tuple(reading.raw(*units[n]) for n in places[t][1:])
        for t in order if len(places[t]) > 1
    }  # fmt: skip
    return Untangled(rearranged(reading, spans), repeats)


def _order(texts: Sequence[str], nodes: Sequence[str]) -> list[str]:
    """The distinct sentences in the order that keeps the most joints of the copies."""
    from networkx import Graph
    from networkx.algorithms.bipartite import hopcroft_karp_matching

    index = {t: n for n, t in enumerate(nodes)}
    joints: dict[tuple[int, int], int] = {}
    for before, after in zip(texts, texts[1:], strict=False):
        a, b = index[before], index[after]
        if a != b:
            joints[a, b] = joints.get((a, b), 0) + 1
    graph = Graph()
    graph.add_nodes_from((("from", n) for n in range(len(nodes))), bipartite=0)
    for a, b in joints:
        graph.add_edge(("from", a), ("to", b))
    sources = [("from", n) for n in range(len(nodes))]
    matched = hopcroft_karp_matching(graph, top_nodes=sources)
    follower = {a: matched["from", a][1] for a in range(len(nodes)) if ("from", a) in matched}
    return [nodes[n] for n in _walk(follower, len(nodes))]


def _walk(follower: dict[int, int], count: int) -> list[int]:
    """The chains of followers one after another, by where each chain starts in the text; a ring is cut at its first."""
    led = set(follower.values())
    seen: set[int] = set()
    order: list[int] = []
    for start in [*(n for n in range(count) if n not in led), *range(count)]:
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            order.append(at)
            at = follower.get(at)
    return order
