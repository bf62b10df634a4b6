"""Two regions or documents in detail: what they share, what only one of them names, what their clusters share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.claims import Claim, evidence_row, evidence_rows
from kg.analysis.ground import Ground, Level, Side
from kg.analysis.overlap import Overlap, overlap
from kg.analysis.weights import rarity
from kg.errors import LookupFailed

if TYPE_CHECKING:
    from kg.graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field that one side names and the other does not; ``related`` where the other names one next to it."""

    field: str
    label: str
    label_en: str
    weight: float
    inherited: bool
    related: bool
    candidate: bool
    claims: tuple[Claim, ...]

    def row(self) -> dict[str, Any]:
        """The field in the machine output."""
        return {
            "field": self.label, "field_en": self.label_en, "iri": self.field, "weight": round(self.weight, 6),
            "inherited": self.inherited, "related": self.related, "candidate": self.candidate,
            "evidence": evidence_rows(self.claims),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClusterField:
    """A field on which clusters of both sides concentrate: claims whose subjects are the clusters."""

    field: str
    label: str
    weight: float
    a: tuple[tuple[str, Claim], ...]
    b: tuple[tuple[str, Claim], ...]

    def row(self) -> dict[str, Any]:
        """The field in the machine output, with the clusters of both sides."""

        def side(given: Iterable[tuple[str, Claim]]) -> list[dict[str, Any]]:
            return [
                {"cluster": n, "cluster_iri": c.subject, "evidence": evidence_row(c.evidence)}
                for n, c in given
            ]

        return {
            "field": self.label, "iri": self.field, "weight": round(self.weight, 6), "a": side(self.a),
            "b": side(self.b),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides in detail; the numbers are those of `overlap`."""

    overlap: Overlap
    only_a: tuple[OwnField, ...]
    only_b: tuple[OwnField, ...]
    clusters: tuple[ClusterField, ...]

    def row(self) -> dict[str, Any]:
        """The comparison in the machine output: the row of the overlap with what each names alone."""
        return {
            **self.overlap.row(), "only_a": [one.row() for one in self.only_a],
            "only_b": [one.row() for one in self.only_b], "clusters": [one.row() for one in self.clusters],
        }  # fmt: skip


def compare(graph: GraphStore | Ground, a: str, b: str, all_periods: bool = False) -> Comparison:
    """Two regions or documents, by IRI, in detail.

    Fields are weighed by their rarity among documents where both are documents, among provinces where one is,
    else among cities. Raises `LookupFailed` where both are the same, one names no field, or no years meet.
    """
    ground = Ground.of(graph)
    left, right = ground.side(a), ground.side(b)
    _check(ground, left, right)
    level = _level(left, right)
    weights = rarity([*(s.fields for s in ground.sides(level)), *_strangers(ground, level, (left, right))])
    made = overlap(ground, left, right, weights, level=level, all_periods=all_periods)
    if made is None:
        raise LookupFailed(
            f"{ground.label(a)} and {ground.label(b)}: no years of their documents meet",
            hint="--all-periods compares them",
        )
    kept_a, kept_b = left.within(made.a_documents), right.within(made.b_documents)
    near = {iri for one in made.shared if one.match == "related" for iri in (one.field, one.narrower)}
    same = {one.field for one in made.shared if one.match == "same"}

    def own(side: Side) -> tuple[OwnField, ...]:
        found = (
            OwnField(
                iri, ground.label(iri), ground.label(iri, "en"), weights[iri], iri in ground.national,
                iri in near, iri in ground.candidates, claims,
            )
            for iri, claims in side.by_field.items() if iri not in same
        )  # fmt: skip
        return tuple(sorted(found, key=lambda f: (f.candidate, -round(f.weight, 9), f.inherited, f.field)))

    return Comparison(made, own(kept_a), own(kept_b), _clusters(ground, left, right, made))


def _check(ground: Ground, a: Side, b: Side) -> None:
    if a.iri == b.iri:
        raise LookupFailed(f"{ground.label(a.iri)} is compared with itself", hint="name two")
    for side in (a, b):
        if not side.claims:
            raise LookupFailed(
                f"no document names a field of {ground.label(side.iri)}", hint="kg overlaps lists who does"
            )


def _level(a: Side, b: Side) -> Level:
    kinds = {a.kind, b.kind}
    if kinds == {"document"}:
        return "document"
    return "city" if kinds <= {"prefecture", "county", "city"} else "province"


def _strangers(ground: Ground, level: Level, sides: Iterable[Side]) -> list[frozenset[str]]:
    """The fields of sides that are not among those of the level, such as a county or a group of regions."""
    known = {side.iri for side in ground.sides(level)}
    return [side.fields for side in sides if side.iri not in known]


def _clusters(ground: Ground, a: Side, b: Side, made: Overlap) -> tuple[ClusterField, ...]:
    def focus(side: Side, documents: Iterable[str]) -> dict[str, list[tuple[str, Claim]]]:
        found: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
        kept = frozenset(documents)
        for cluster in ground.clusters(side):
            for iri, claims in cluster.within(kept).by_field.items():
                found[iri].append((ground.label(cluster.iri), claims[0]))
        return found

    weights = rarity(cluster.fields for cluster in ground.all_clusters)
    of_a, of_b = focus(a, made.a_documents), focus(b, made.b_documents)
    shared = (
        ClusterField(iri, ground.label(iri), weights[iri], tuple(of_a[iri]), tuple(of_b[iri]))
        for iri in of_a.keys() & of_b.keys()
    )
    return tuple(sorted(shared, key=lambda f: (-round(f.weight, 9), f.field)))
