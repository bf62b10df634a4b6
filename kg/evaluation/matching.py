"""Which extracted claim answers which gold claim: one to one, the most alike first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.claims import Claim
from kg.evaluation.likeness import SAME, likeness
from kg.evaluation.spans import shared


@dataclass(frozen=True, slots=True)
class Pair:
    """An extracted claim and the gold claim that it answers, with their likeness (0 to 1)."""

    predicted: Claim
    gold: Claim
    likeness: float

    @property
    def strict(self) -> bool:
        """Whether the two are the same after folding."""
        return self.likeness >= SAME

    @property
    def overlap(self) -> float | None:
        """The overlap of the two quotes at the gold quote's best place; none where a quote has no place."""
        found = [shared(p, g) for p in self.predicted.spans for g in self.gold.spans]
        return max(found, default=None)


@dataclass(frozen=True, slots=True)
class Matched:
    """The claims of one type in one document, matched; what is left over is missed or spurious."""

    type: str
    doc: str
    gold: tuple[Claim, ...]
    predicted: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    missed: tuple[Claim, ...]
    spurious: tuple[Claim, ...]


def match(type_: str, doc: str, predicted: Sequence[Claim], gold: Sequence[Claim]) -> Matched:
    """The claims of one type matched one to one, the most alike first; of equals, those that stand later first."""
    candidates = [
        (s, i, j)
        for i, p in enumerate(predicted)
        for j, g in enumerate(gold)
        if (s := likeness(type_, p.keys, g.keys)) > 0
    ]
    of_predicted: set[int] = set()
    of_gold: set[int] = set()
    pairs: list[Pair] = []
    for s, i, j in sorted(candidates, reverse=True):
        if i not in of_predicted and j not in of_gold:
            of_predicted.add(i)
            of_gold.add(j)
            pairs.append(Pair(predicted[i], gold[j], s))
    return Matched(
        type_, doc, tuple(gold), tuple(predicted), tuple(pairs),
        missed=tuple(g for j, g in enumerate(gold) if j not in of_gold),
        spurious=tuple(p for i, p in enumerate(predicted) if i not in of_predicted),
    )  # fmt: skip


def by_type(claims: Iterable[Claim]) -> Mapping[str, list[Claim]]:
    """Claims by their type, in their order."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.type, []).append(claim)
    return found
