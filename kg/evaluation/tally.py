"""Counts of what was found, and the scores that they make; counts of several documents add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from kg.evaluation.likeness import Keys, field_name, folded, near, number, region_name
from kg.evaluation.matching import Matched

OVERLAPS: Mapping[str, float] = {"any": 0.0, "0.25": 0.25, "0.5": 0.5, "0.75": 0.75, "exact": 1.0}
"""How much of the two quotes must be shared (intersection over union) for evidence to count; ``any`` is more than none."""

DETAILS: Mapping[str, tuple[str, ...]] = {
    "document": ("title", "issuer", "region", "level", "issued", "period_start", "period_end", "status"),
    "cluster": ("region", "kind", "province", "status"),
    "region_field": ("category", "stance"),
    "plan_field": ("category", "parent"),
    "drug_target": ("field",),
    "enterprise": ("region",),
    "institution": ("kind", "region"),
    "target": ("direction", "baseline", "value_max"),
    "statistic": ("year", "period"),
}
"""What matched facts are further compared by, value by value."""

LISTS: Mapping[str, tuple[str, ...]] = {"cluster": ("fields", "aliases"), "enterprise": ("products",)}
"""The lists of names that matched facts are further compared by."""

Counts = tuple[int, int, int]
_T = TypeVar("_T", tuple[int, int], tuple[int, int, int])


def precision(predicted: int, matched: int) -> float:
    """The part of what was found that is right; 0 where nothing was found."""
    return matched / predicted if predicted else 0.0


def recall(gold: int, matched: int) -> float:
    """The part of what is there that was found; 1 where nothing is there."""
    return matched / gold if gold else 1.0


def f1(gold: int, predicted: int, matched: int) -> float:
    """The harmonic mean of precision and recall; 1 where nothing is there and nothing was found.

    >>> f1(4, 6, 3), f1(0, 0, 0)
    (0.6, 1.0)
    """
    return 2 * matched / (gold + predicted) if gold + predicted else 1.0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts are in the gold, were found, and match; what is known of the matched ones' evidence and details.

    ``evidence`` counts matched facts by how much their quote shares with the gold's, out of ``placed``; ``details``
    holds how often a detail agrees and how often it was compared; ``lists`` gold, found and shared items.
    """

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    strict: int = 0
    placed: int = 0
    overlap: float = 0.0
    evidence: Counter[str] = field(default_factory=Counter)
    details: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    lists: Mapping[str, Counts] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold, self.predicted + other.predicted, self.matched + other.matched,
            self.strict + other.strict, self.placed + other.placed, self.overlap + other.overlap,
            self.evidence + other.evidence, _added(self.details, other.details), _added(self.lists, other.lists),
        )  # fmt: skip

    @property
    def precision(self) -> float:
        """The lenient precision."""
        return precision(self.predicted, self.matched)

    @property
    def recall(self) -> float:
        """The lenient recall."""
        return recall(self.gold, self.matched)

    @property
    def f1(self) -> float:
        """The lenient F1."""
        return f1(self.gold, self.predicted, self.matched)

    @property
    def f1_strict(self) -> float:
        """The F1 where only facts that are the same after folding count."""
        return f1(self.gold, self.predicted, self.strict)

    def agreement(self) -> dict[str, float]:
        """The part of the matched facts that agree on each detail, and the F1 of each list (``fields_f1``)."""
        found = {name: agreed / asked for name, (agreed, asked) in self.details.items() if asked}
        return found | {f"{name}_f1": f1(*counts) for name, counts in self.lists.items()}

    def row(self) -> dict[str, Any]:
        """The scores as JSON-able data."""
        return {
            "gold": self.gold, "predicted": self.predicted, "matched": self.matched, "matched_strict": self.strict,
            "precision": self.precision, "recall": self.recall, "f1": self.f1,
            "precision_strict": precision(self.predicted, self.strict), "recall_strict": recall(self.gold, self.strict),
            "f1_strict": self.f1_strict,
            "evidence": {
                "placed": self.placed, "mean_overlap": self.overlap / self.placed if self.placed else None,
                **{
                    name: {
                        "matched": self.evidence[name],
                        "share": self.evidence[name] / self.placed if self.placed else None,
                        "f1": f1(self.gold, self.predicted, self.evidence[name]),
                    }
                    for name in OVERLAPS
                },
            },
            "details": self.agreement(),
        }  # fmt: skip


def tally(matched: Matched) -> Tally:
    """The counts of the matched claims of one type in one document."""
    overlaps = [o for pair in matched.pairs if (o := pair.overlap) is not None]
    evidence = Counter(
        {name: sum(o >= least and o > 0 for o in overlaps) for name, least in OVERLAPS.items()}
    )
    pairs = [(pair.predicted.keys, pair.gold.keys) for pair in matched.pairs]
    return Tally(
        len(matched.gold), len(matched.predicted), len(pairs), sum(pair.strict for pair in matched.pairs),
        len(overlaps), sum(overlaps), evidence,
        {k: (sum(agree(k, p, g) for p, g in pairs), len(pairs)) for k in DETAILS.get(matched.type, ())},
        {k: _of_list(k, pairs) for k in LISTS.get(matched.type, ())},
    )  # fmt: skip


def total(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    return sum(tallies, Tally())


def agree(detail: str, a: Keys, b: Keys) -> bool:
    """Whether two facts say the same of a detail.

    >>> agree("region", {"region": "南京市"}, {"region": "南京"}), agree("kind", {"kind": "park"}, {"kind": None})
    (True, False)
    """
    return _AGREE.get(detail, _same)(a.get(detail), b.get(detail))


def _same(a: Any, b: Any) -> bool:
    return folded(a) == folded(b)


def _same_region(a: Any, b: Any) -> bool:
    return region_name(a) == region_name(b)


def _same_number(a: Any, b: Any) -> bool:
    return number(a) == number(b)


def _alike(a: Any, b: Any) -> bool:
    return (not a and not b) or near(field_name(a), field_name(b)) > 0


_AGREE: Mapping[str, Callable[[Any, Any], bool]] = {
    "region": _same_region,
    "province": _same_region,
    "value_max": _same_number,
    "title": _alike,
    "issuer": _alike,
    "parent": _alike,
    "field": _alike,
}


def _of_list(key: str, pairs: Iterable[tuple[Keys, Keys]]) -> Counts:
    gold = predicted = shared = 0
    for p, g in pairs:
        found, wanted = ([field_name(x) for x in keys.get(key) or ()] for keys in (p, g))
        gold += len(wanted)
        predicted += len(found)
        shared += sum(any(near(x, y) for y in found) for x in wanted)
    return gold, predicted, shared


def _added(a: Mapping[str, _T], b: Mapping[str, _T]) -> dict[str, _T]:
    """Two mappings to tuples of counts, added place by place."""
    return {
        k: cast(_T, tuple(map(sum, zip(*(m[k] for m in (a, b) if k in m), strict=True)))) for k in {**a, **b}
    }
