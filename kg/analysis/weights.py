"""How much it says that two name the same: rarity of a field, and measures of likeness of two sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import log


def rarity(sets: Iterable[Collection[str]]) -> dict[str, float]:
    """The inverse document frequency of each member over the sets: ``ln((N + 1) / n)`` for n of N sets.

    Spärck Jones, 1972. The one that is added keeps the weight of what everybody names above zero, so that
    little still differs from nothing where there are few sets.

    >>> {k: round(v, 3) for k, v in rarity([{"疫苗", "中药"}, {"疫苗"}]).items()}
    {'中药': 1.099, '疫苗': 0.405}
    """
    given = [frozenset(s) for s in sets]
    counts = Counter(member for s in given for member in s)
    return {member: log((len(given) + 1) / counts[member]) for member in sorted(counts)}


def jaccard(shared: int, union: int) -> float:
    """The share of what either names that both name (Jaccard, 1901); 0 where nobody names anything.

    >>> jaccard(1, 4)
    0.25
    """
    return shared / union if union else 0.0


def overlap_coefficient(shared: int, a: int, b: int) -> float:
    """The share of the shorter list that the longer one names too (Szymkiewicz, 1934; Simpson, 1943).

    >>> overlap_coefficient(1, 2, 10)
    0.5
    """
    smaller = min(a, b)
    return shared / smaller if smaller else 0.0


def weighted_jaccard(shared: Iterable[str], union: Iterable[str], weights: Mapping[str, float]) -> float:
    """Jaccard's share with each field counted by its weight (Ruzicka, 1958), so that rare ones count more.

    >>> weighted_jaccard({"双抗"}, {"双抗", "中药"}, {"双抗": 3.0, "中药": 1.0})
    0.75
    """
    whole = sum(weights[one] for one in sorted(union))
    return sum(weights[one] for one in sorted(shared)) / whole if whole else 0.0
