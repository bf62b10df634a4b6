"""Repeated passages: a page that holds its text twice, shuffled and cut across, is put back into one order.

Each distinct sentence is a node, each "stands right before" in the text an edge. Where the copies were cut, a
sentence has two followers; a heaviest matching of sentences with their followers leaves just the
false joints out, because each true joint that one copy lost the other copy still has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.documents.reading import HEADING_START, Reading, rearranged

_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’）]*|\n|$)")
_HEADING_END = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}\.)[^，。；]{2,24}。$"
)
_CHAPTER = re.compile(r"([一二三四五六七八九十])、")
_SHORTEST = 12
_LEAST_SHARE = 0.2
_MANY = 800

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
    if not repeated or sum(len(texts[n]) for t in repeated for n in places[t]) < _LEAST_SHARE * len(
        reading.text
    ):
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
    """The distinct sentences in the order that keeps the most joints of the copies.

    A joint from a heading to its text counts half as much again: headings do not stand at the end of a passage.
    One from a heading right to a chapter counts half, and one to the first chapter next to nothing: a copy begins there.
    """
    from networkx import Graph, max_weight_matching
    from networkx.algorithms.bipartite import hopcroft_karp_matching

    index = {t: n for n, t in enumerate(nodes)}
    graph = Graph()
    for n, (before, after) in enumerate(pairwise(texts)):
        a, b = index[before], index[after]
        if a == b:
            continue
        headed = bool(_HEADING_END.search(before)) and not HEADING_START.match(after)
        chapter = _CHAPTER.match(after)
        halves = 1 if chapter and _HEADING_END.search(before) else 3 if headed else 2
        first = chapter is not None and chapter.group(1) == "一"
        weight = 1 if first else 1000 * len(texts) * halves - n  # among equals, the earlier joint
        if graph.get_edge_data(("from", a), ("to", b), {"weight": -1})["weight"] < weight:
            graph.add_edge(("from", a), ("to", b), weight=weight)
    follower: dict[int, int] = {}
    if len(nodes) > _MANY:  # the heaviest matching takes cubic time; a largest one is nearly as good
        sources = [node for node in graph if node[0] == "from"]
        matched = hopcroft_karp_matching(graph, top_nodes=sources)
        follower = {n: matched[kind, n][1] for kind, n in sources if (kind, n) in matched}
    else:
        for pair in max_weight_matching(graph):
            ends = dict(pair)
            follower[ends["from"]] = ends["to"]
    opens = sorted(
        (n for n, text in enumerate(nodes) if _CHAPTER.match(text)), key=lambda n: (_chapter(nodes, [n]), n)
    )
    chains = sorted(
        _chains(follower, len(nodes), opens), key=lambda chain: (_chapter(nodes, chain), chain[0])
    )
    return [nodes[n] for chain in chains for n in chain]


def _chapter(nodes: Sequence[str], chain: Sequence[int]) -> int:
    """The number of the first chapter that a chain of sentences opens; a chain without one comes after the others."""
    if chain[0] == 0:
        return 0
    marks = (m for n in chain if (m := _CHAPTER.match(nodes[n])))
    return next(("一二三四五六七八九十".index(m.group(1)) + 1 for m in marks), 99)


def _chains(follower: dict[int, int], count: int, opens: Sequence[int]) -> list[list[int]]:
    """The runs of sentences that follow each other; a ring is cut where the first of its chapters opens, else at its first."""
    led = set(follower.values())
    seen: set[int] = set()
    chains: list[list[int]] = []
    for start in [*(n for n in range(count) if n not in led), *opens, *range(count)]:
        chain: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen.add(at)
            chain.append(at)
            at = follower.get(at)
        if chain:
            chains.append(chain)
    return chains
