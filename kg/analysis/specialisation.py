"""Specialisation: on what a region lays more weight than all regions do, and what only it names.

The index is a location quotient (Florence, 1929; Isard, 1960) of mentions: it counts distinct fields that
documents name for a region, not output, firms or jobs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kg.analysis.claims import Claim, evidence_rows
from kg.analysis.ground import Ground, Side

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Of = Literal["province", "city"]
FEW = 5
"""A region with fewer fields than this has shares that one more field would turn over."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """How a region's share of a sector or field compares with that of all regions: 1 is as everywhere.

    ``count`` is how many of the ``named`` fields of the region are of it: a field under two sectors counts half
    in each. ``share`` = count / named, ``share_all`` the same over all regions added up, ``quotient`` one over
    the other. ``few`` warns of a region that names fewer than `FEW` fields.
    """

    region: str
    region_label: str
    kind: Literal["sector", "field"]
    iri: str
    label: str
    label_en: str
    count: float
    named: int
    share: float
    share_all: float
    quotient: float
    claims: tuple[Claim, ...]

    @property
    def few(self) -> bool:
        """Whether the region names too few fields for its shares to mean much."""
        return self.named < FEW

    def row(self) -> dict[str, Any]:
        """The cell in the machine output, with the places that it counts."""
        return {
            "region": self.region_label, "region_iri": self.region, "kind": self.kind, "label": self.label,
            "label_en": self.label_en, "iri": self.iri, "count": round(self.count, 6), "named": self.named,
            "share": round(self.share, 6), "share_all": round(self.share_all, 6),
            "quotient": round(self.quotient, 6), "few": self.few, "evidence": evidence_rows(self.claims),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """A field that one region names and no other of its level; ``national``: the national guide names it."""

    region: str
    region_label: str
    field: str
    label: str
    label_en: str
    national: bool
    candidate: bool
    near: tuple[str, ...]
    claims: tuple[Claim, ...]

    def row(self) -> dict[str, Any]:
        """The field in the machine output; ``near`` are regions that name a field right above or below it."""
        return {
            "region": self.region_label, "region_iri": self.region, "field": self.label,
            "field_en": self.label_en, "iri": self.field, "national": self.national,
            "candidate": self.candidate, "near": list(self.near), "evidence": evidence_rows(self.claims),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Specialisation:
    """The regions of a level with what they name more than others, sorted by region and falling quotient."""

    level: Of
    sectors: tuple[Quotient, ...]
    fields: tuple[Quotient, ...]
    only: tuple[OnlyHere, ...]

    def row(self) -> dict[str, Any]:
        """All of it in the machine output."""
        return {
            "level": self.level, "sectors": [one.row() for one in self.sectors],
            "fields": [one.row() for one in self.fields], "only": [one.row() for one in self.only],
        }  # fmt: skip


def specialisation(
    graph: GraphStore | Ground, level: Of = "province", region: str | None = None
) -> Specialisation:
    """The quotients of all regions of a level, or of one of them (an IRI) against all, over all years.

    >>> from kg.graph.store import GraphStore
    >>> specialisation(GraphStore.in_memory([])).sectors
    ()
    """
    ground = Ground.of(graph)
    sides = ground.sides(level)
    shown = [side for side in sides if region in (None, side.iri)]
    only = sorted(_only(ground, sides, shown), key=lambda o: (o.region, o.candidate, o.national, o.field))
    return Specialisation(
        level, tuple(_quotients(ground, sides, shown, "sector")), tuple(_quotients(ground, sides, shown, "field")),
        tuple(only),
    )  # fmt: skip


def _quotients(
    ground: Ground, sides: Sequence[Side], shown: Sequence[Side], kind: Literal["sector", "field"]
) -> Iterator[Quotient]:
    counts = {side.iri: _count(ground, side, kind) for side in sides}
    everywhere: Counter[str] = Counter()
    for side in sides:
        for iri, n in counts[side.iri].items():
            everywhere[iri] += n  # type: ignore[assignment]
    total = sum(len(side.fields) for side in sides)
    for side in shown:
        found = []
        for iri, n in counts[side.iri].items():
            share, share_all = n / len(side.fields), everywhere[iri] / total
            found.append(
                Quotient(
                    side.iri, ground.label(side.iri), kind, iri, ground.label(iri), ground.label(iri, "en"), n,
                    len(side.fields), share, share_all, share / share_all, _claims(ground, side, iri, kind),
                )
            )  # fmt: skip
        yield from sorted(found, key=lambda q: (-round(q.quotient, 9), -q.count, q.iri))


def _count(ground: Ground, side: Side, kind: str) -> Mapping[str, float]:
    if kind == "field":
        return dict.fromkeys(sorted(side.fields), 1.0)
    found: dict[str, float] = defaultdict(float)
    for iri in sorted(side.fields):
        tops = ground.tree.tops(iri)
        for top in tops:
            found[top] += 1 / len(tops)
    return {iri: found[iri] for iri in sorted(found)}


def _claims(ground: Ground, side: Side, iri: str, kind: str) -> tuple[Claim, ...]:
    if kind == "field":
        return side.by_field[iri]
    return tuple(c for c in side.claims if iri in ground.tree.tops(c.object))


def _only(ground: Ground, sides: Sequence[Side], shown: Sequence[Side]) -> Iterator[OnlyHere]:
    who: dict[str, list[str]] = defaultdict(list)
    for side in sides:
        for iri in side.fields:
            who[iri].append(side.iri)
    for side in shown:
        for iri in sorted(side.fields):
            if who[iri] != [side.iri] or len(sides) < 2:
                continue
            beside = (*ground.tree.up.get(iri, ()), *ground.tree.down.get(iri, ()))
            near = {one for n in beside if not ground.sector(n) for one in who.get(n, ()) if one != side.iri}
            yield OnlyHere(
                side.iri, ground.label(side.iri), iri, ground.label(iri), ground.label(iri, "en"),
                iri in ground.national, iri in ground.candidates, tuple(map(ground.label, sorted(near))),
                side.by_field[iri],
            )  # fmt: skip
