"""Which targets of one document another keeps, revises, drops, and which it sets anew.

Two targets are of the same thing where indicator, scope, kind of unit and direction are the same; of several on the
same thing, equal ones are kept and the others taken in the order of their years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.basis import basis, differences
from kg.analysis.figures import Figure, figures
from kg.analysis.plans import Plan
from kg.analysis.targets import families

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Revision:
    """A target and what became of it; ``changed`` names the parts that differ, ``differs`` (zh, en) what it measures else."""

    old: Figure
    new: Figure
    changed: tuple[str, ...]
    differs: tuple[str, str]

    def row(self) -> list[dict[str, Any]]:
        """``[old, new]``, the second with what is ``changed``."""
        note = {"differs": self.differs[0] or None, "differs_en": self.differs[1] or None}
        return [self.old.row(), {**self.new.row(), "changed": list(self.changed), **note}]


@dataclass(frozen=True, slots=True)
class Lone:
    """A target that only one document sets; ``alike`` are targets of the other on indicators measured much alike."""

    figure: Figure
    answer: str
    alike: tuple[Figure, ...] = ()

    def row(self) -> dict[str, Any]:
        """The target as flat values with the ``answer`` on the other document."""
        return {
            **self.figure.row(), "answer": self.answer,
            "alike": [{"indicator": f.indicator.zh, "iri": f.iri, "doc": f.plan.id} for f in self.alike],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetChanges:
    """The targets of two documents, each once, in the order of the documents; ``old`` and ``new`` are how many each has."""

    entered: tuple[Lone, ...]
    kept: tuple[Revision, ...]
    dropped: tuple[Lone, ...]
    revised: tuple[Revision, ...]
    old: int
    new: int

    def row(self) -> dict[str, Any]:
        """``{"entered", "kept", "dropped", "revised": [[old, new] …]}``; what is kept is the new one with ``old``."""
        return {
            "entered": [t.row() for t in self.entered],
            "kept": [{**r.new.row(), "old": r.old.row()} for r in self.kept],
            "dropped": [t.row() for t in self.dropped],
            "revised": [r.row() for r in self.revised],
        }


def changed_targets(graph: GraphStore, old: Plan, new: Plan, silence: str) -> TargetChanges:
    """The targets of the older and the newer document beside each other; ``silence`` is the answer where one has none."""
    every, _ = figures(graph)
    before, after = ([t for t in every if t.plan.id == plan.id] for plan in (old, new))
    ours, theirs = _by_key(before), _by_key(after)
    kept: list[Revision] = []
    revised: list[Revision] = []
    gone: list[Figure] = []
    come: list[Figure] = []
    for key in sorted({*ours, *theirs}):
        pairs, left, right = _match(ours.get(key, []), theirs.get(key, []))
        for a, b in pairs:
            changed = _changed(a, b)
            made = Revision(a, b, changed, differences(basis(b), [basis(a)], b))
            (revised if changed else kept).append(made)
        gone.extend(left)
        come.extend(right)
    kin = families(graph)
    return TargetChanges(
        tuple(Lone(t, silence, _alike(t, before, kin)) for t in sorted(come, key=_place)),
        tuple(sorted(kept, key=lambda r: _place(r.old))),
        tuple(Lone(t, silence, _alike(t, after, kin)) for t in sorted(gone, key=_place)),
        tuple(sorted(revised, key=lambda r: _place(r.old))),
        len(before),
        len(after),
    )


def _by_key(found: Sequence[Figure]) -> Mapping[_Key, list[Figure]]:
    groups: dict[_Key, list[Figure]] = defaultdict(list)
    for target in found:
        own = basis(target)
        groups[target.indicator.iri, own.scope, own.dimension, target.direction].append(target)
    return groups


def _match(
    old: Sequence[Figure], new: Sequence[Figure]
) -> tuple[list[tuple[Figure, Figure]], list[Figure], list[Figure]]:
    """Pairs, and what is left of either: equal ones first, then one after the other by year and amount."""
    left, right = (sorted(side, key=_year) for side in (old, new))
    pairs = []
    for a in list(left):
        equal = next((b for b in right if not _changed(a, b)), None)
        if equal is not None:
            pairs.append((a, equal))
            left.remove(a)
            right.remove(equal)
    n = min(len(left), len(right))
    return [*pairs, *zip(left, right, strict=False)], left[n:], right[n:]


def _changed(a: Figure, b: Figure) -> tuple[str, ...]:
    parts = {
        "value": (a.amount.value, a.amount.value_max) != (b.amount.value, b.amount.value_max),
        "comparator": a.comparator != b.comparator,
        "deadline": a.deadline != b.deadline,
        "baseline": a.baseline != b.baseline,
    }
    return tuple(part for part, differs in parts.items() if differs)


def _alike(target: Figure, others: Sequence[Figure], kin: Mapping[str, str]) -> tuple[Figure, ...]:
    own = kin.get(target.indicator.iri, target.indicator.iri)
    return tuple(o for o in others if kin.get(o.indicator.iri, o.indicator.iri) == own)


def _year(figure: Figure) -> tuple[int, float, int]:
    return (figure.end or 9999, figure.amount.value, figure.claim.evidence.start)


def _place(figure: Figure) -> tuple[int, int, str]:
    return (figure.claim.evidence.start, figure.claim.evidence.end, figure.iri)
