"""The backbone of a weighted network: the edges that stand out at one of their ends (Serrano, Boguñá, Vespignani, 2009)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Edge = tuple[str, str]


def significance(weights: Mapping[Edge, float]) -> dict[Edge, float]:
    """How likely a weight as great as each edge's is by chance, at the end where it stands out more.

    A node with k > 1 edges deals out its strength s at random: an edge of weight w gets as much with the
    probability ``(1 - w / s) ** (k - 1)``. At a node with one edge it means nothing, and counts as 1.

    >>> significance({("a", "b"): 3.0, ("a", "c"): 1.0})
    {('a', 'b'): 0.25, ('a', 'c'): 0.75}
    """
    strength: dict[str, float] = defaultdict(float)
    degree: dict[str, int] = defaultdict(int)
    for edge in sorted(weights):
        for end in edge:
            strength[end] += weights[edge]
            degree[end] += 1

    def at(end: str, weight: float) -> float:
        if degree[end] < 2 or strength[end] <= 0:
            return 1.0
        share = min(1.0, weight / strength[end])
        return float((1.0 - share) ** (degree[end] - 1))

    return {edge: min(at(edge[0], w), at(edge[1], w)) for edge, w in sorted(weights.items())}
