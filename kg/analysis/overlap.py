"""Overlap: how much provinces, cities or documents name in common, and how much of it the national guide names too.

Likeness is counted on the very same fields; pairs of fields one level apart are listed beside them and counted
apart, so that the measures are the ones that the literature defines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kg.analysis.ground import LEVELS, Ground, Level, Side
from kg.analysis.sharing import SharedField, pairing, shared_fields
from kg.analysis.weights import jaccard, overlap_coefficient, rarity, weighted_jaccard

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

UNKNOWN_PERIOD = "?"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two sides and what they share, the rarest first; ``named_*`` count the fields that each side names.

    ``*_documents`` are the ids of the documents that were compared, ``periods`` their years:
    ``2021–2025 / 2022–2024``, with ``?`` for a document that states none.
    """

    a: str
    b: str
    a_iri: str
    b_iri: str
    level: str
    periods: str
    a_documents: tuple[str, ...]
    b_documents: tuple[str, ...]
    named_a: int
    named_b: int
    jaccard: float
    overlap_coefficient: float
    weighted: float
    shared: tuple[SharedField, ...]

    @property
    def same(self) -> int:
        """How many fields both name."""
        return sum(one.match == "same" for one in self.shared)

    @property
    def inherited(self) -> int:
        """How many of the shared, related ones included, the national guide names too."""
        return sum(one.inherited for one in self.shared)

    @property
    def beyond(self) -> int:
        """How many of the shared the national guide does not name."""
        return len(self.shared) - self.inherited

    @property
    def joint(self) -> int:
        """How many of the shared are named for both in the same passages only."""
        return sum(one.joint for one in self.shared)

    @property
    def strength(self) -> float:
        """The rarity of all that is shared, added up; what several pairs have above them counts once."""
        return _sum(self.shared)

    @property
    def rank(self) -> tuple[float, float, str, str]:
        """The order of pairs: strongest first in what is named for each apart, then in all that is shared."""
        apart = _sum(one for one in self.shared if not one.joint)
        return (-round(apart, 9), -round(self.strength, 9), self.a_iri, self.b_iri)

    def row(self) -> dict[str, Any]:
        """The pair in the machine output."""
        return {
            "a": self.a, "b": self.b, "a_iri": self.a_iri, "b_iri": self.b_iri, "level": self.level,
            "periods": self.periods, "a_documents": list(self.a_documents),
            "b_documents": list(self.b_documents), "jaccard": round(self.jaccard, 6),
            "overlap_coefficient": round(self.overlap_coefficient, 6), "weighted": round(self.weighted, 6),
            "strength": round(self.strength, 6),
            "counts": {
                "a": self.named_a, "b": self.named_b, "same": self.same,
                "related": len(self.shared) - self.same, "shared": len(self.shared),
                "inherited": self.inherited, "beyond": self.beyond, "joint": self.joint,
            },
            "shared": [one.row() for one in self.shared],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overlaps:
    """All pairs of a level, the strongest first, and how many could not be compared or share nothing.

    ``apart`` pairs have no documents of the same years; ``empty`` ones share no field (cities only: they are
    not among ``pairs``); ``sides`` name any field at all.
    """

    level: Level
    pairs: tuple[Overlap, ...]
    sides: int
    apart: tuple[tuple[str, str], ...]
    empty: int


def overlaps(
    graph: GraphStore | Ground, level: Level = "province", all_periods: bool = False
) -> tuple[Overlap, ...]:
    """The pairs of a level (`province`, `city`, `document`) that can be compared, the strongest first.

    Pairs of cities that share nothing are left out; `survey` says how many. Only documents whose years meet
    are compared, unless ``all_periods``. Raises `ValueError` for another level.

    >>> from kg.graph.store import GraphStore
    >>> overlaps(GraphStore.in_memory([]), "city")
    ()
    """
    return survey(graph, level, all_periods).pairs


def survey(graph: GraphStore | Ground, level: Level = "province", all_periods: bool = False) -> Overlaps:
    """The same with the numbers of what is not listed."""
    if level not in LEVELS:
        raise ValueError(f"level: one of {', '.join(LEVELS)}, not {level!r}")
    ground = Ground.of(graph)
    sides = ground.sides(level)
    weights = rarity(side.fields for side in sides)
    pairs: list[Overlap] = []
    apart: list[tuple[str, str]] = []
    empty = 0
    for a, b in combinations(sides, 2):
        made = overlap(ground, a, b, weights, level=level, all_periods=all_periods)
        if made is None:
            apart.append((ground.label(a.iri), ground.label(b.iri)))
        elif level == "city" and not made.shared:
            empty += 1
        else:
            pairs.append(made)
    pairs.sort(key=lambda pair: pair.rank)
    return Overlaps(level, tuple(pairs), len(sides), tuple(apart), empty)


def overlap(
    ground: Ground, a: Side, b: Side, weights: Mapping[str, float], *, level: str, all_periods: bool = False
) -> Overlap | None:
    """Two sides compared with given weights of the fields; none where no years of their documents meet."""
    pair = pairing(ground, a, b, all_periods=all_periods)
    if not pair.meeting:
        return None
    shared = shared_fields(ground, pair, weights)
    same = [one.field for one in shared if one.match == "same"]
    union = pair.a.fields | pair.b.fields
    return Overlap(
        ground.label(a.iri), ground.label(b.iri), a.iri, b.iri, level,
        f"{_periods(ground, pair.a.documents)} / {_periods(ground, pair.b.documents)}",
        pair.a.documents, pair.b.documents, len(pair.a.fields), len(pair.b.fields),
        jaccard(len(same), len(union)),
        overlap_coefficient(len(same), len(pair.a.fields), len(pair.b.fields)),
        weighted_jaccard(same, union, weights), shared,
    )  # fmt: skip


def _sum(shared: Iterable[SharedField]) -> float:
    rarest: dict[str, float] = {}
    for one in shared:
        rarest[one.field] = max(one.weight, rarest.get(one.field, 0.0))
    return sum(rarest[iri] for iri in sorted(rarest))


def _periods(ground: Ground, documents: Iterable[str]) -> str:
    plans = (ground.plans.get(doc) for doc in documents)
    return ", ".join(sorted({(plan.period if plan else None) or UNKNOWN_PERIOD for plan in plans}))
