"""Targets side by side: one table an indicator, what cannot be compared apart with the reason, and what was reached.

Nothing is ranked: rows stand in the order of year, region and document. What makes two targets comparable is in
`kg.analysis.basis`; which indicators share a table is in the vocabulary (``skos:related``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis import hierarchy
from kg.analysis.basis import Basis, basis, describe, differences
from kg.analysis.figures import Figure, figures
from kg.namespaces import PP
from kg.queries.reading import lexical

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_RELATED = f"SELECT DISTINCT ?a ?b {{ ?a a <{PP.Indicator}> ; skos:related ?b . ?b a <{PP.Indicator}> }}"
_ABOVE = f"SELECT DISTINCT ?a ?b {{ ?a a <{PP.Indicator}> ; skos:broader* ?b }}"


@dataclass(frozen=True, slots=True)
class Reached:
    """A statistic of the years before a target; ``differs`` says (zh, en) why it is no exact measure of it, or is empty."""

    figure: Figure
    differs: tuple[str, str]

    def row(self) -> dict[str, Any]:
        """The statistic with ``same``, and with ``differs`` where it is not on the target's basis."""
        f = self.figure.row()
        kept = ("iri", "doc", "indicator", "wording", "value", "unit", "normalised", "scope", "evidence")
        return {
            **{k: f[k] for k in kept}, "year": self.figure.year, "period": self.figure.period,
            "same": not self.differs[0], "differs": self.differs[0] or None, "differs_en": self.differs[1] or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in its table; ``reason`` (zh, en) is empty where it is comparable."""

    figure: Figure
    basis: Basis
    reached: tuple[Reached, ...]
    reason: tuple[str, str] = ("", "")

    def row(self) -> dict[str, Any]:
        """The target as flat values, with what it is (``basis``), what was ``reached``, and the ``reason`` if apart."""
        made = {
            **self.figure.row(), "basis": describe(self.basis), "basis_en": describe(self.basis, "en"),
            "reached": [r.row() for r in self.reached],
        }  # fmt: skip
        return {**made, "reason": self.reason[0], "reason_en": self.reason[1]} if self.reason[0] else made


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """The targets on one indicator, or on indicators measured much alike, each once: comparable, or apart."""

    iri: str
    indicator: str
    indicator_en: str
    comparable: tuple[TargetRow, ...]
    apart: tuple[TargetRow, ...]

    @property
    def rows(self) -> tuple[TargetRow, ...]:
        """All of its targets, the comparable ones first."""
        return (*self.comparable, *self.apart)

    @property
    def regions(self) -> tuple[str, ...]:
        """The names of the regions that set a target in it, sorted by IRI."""
        found = {r.figure.region.iri: r.figure.region.zh for r in self.rows if r.figure.region}
        return tuple(found[iri] for iri in sorted(found))

    def row(self) -> dict[str, Any]:
        """``{"indicator", "comparable": [target …], "apart": [target with "reason" …], …}``."""
        return {
            "indicator": self.indicator, "indicator_en": self.indicator_en or None, "iri": self.iri,
            "regions": list(self.regions), "comparable": [r.row() for r in self.comparable],
            "apart": [r.row() for r in self.apart],
        }  # fmt: skip


def compare_targets(
    graph: GraphStore, *, regions: Collection[str] = (), indicator: str | None = None
) -> tuple[TargetGroup, ...]:
    """All targets by indicator: tables with more regions first, then by name.

    ``regions`` and ``indicator`` (IRIs) leave only the targets of these regions and what lies in them, and those
    on the indicator, on what stands under it, or on what is measured like it.

    >>> from kg.graph.store import GraphStore
    >>> compare_targets(GraphStore.in_memory([]))
    ()
    """
    kin = families(graph)

    def family(figure: Figure) -> str:
        return kin.get(figure.indicator.iri, figure.indicator.iri)

    chosen, past = figures(graph)
    if regions:
        tree, wanted = hierarchy.regions(graph), frozenset(regions)
        chosen = tuple(t for t in chosen if t.region and wanted & {t.region.iri, *tree.above(t.region.iri)})
    if indicator is not None:
        alike = {kin.get(a, a) for a, b in _pairs(graph, _ABOVE) if b == indicator}
        chosen = tuple(t for t in chosen if family(t) in alike)
    known: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for one in past:
        if one.region:
            known[family(one), one.region.iri].append(one)
    groups: dict[str, list[Figure]] = defaultdict(list)
    for target in chosen:
        groups[family(target)].append(target)
    made = [_group(found, key, known) for key, found in groups.items()]
    return tuple(sorted(made, key=lambda g: (-len(g.regions), -len(g.comparable), -len(g.rows), g.iri)))


def _group(
    found: Sequence[Figure], family: str, known: Mapping[tuple[str, str], list[Figure]]
) -> TargetGroup:
    classes: dict[Basis, list[Figure]] = defaultdict(list)
    for target in found:
        classes[basis(target)].append(target)
    main = max(classes, key=lambda b: _weight(b, classes[b]))
    # One target of some named few is no measure for the others, which are of other named few.
    standing = len(classes[main]) > 1 or main.general or len(found) == 1
    comparable, apart = [], []
    for own, members in classes.items():
        others = [main] if standing else [b for b in classes if b != own]
        for target in members:
            past = known.get((family, target.region.iri), ()) if target.region else ()
            reached = _reached(target, own, past)
            if standing and own == main:
                comparable.append(TargetRow(target, own, reached))
            else:
                apart.append(TargetRow(target, own, reached, differences(own, others, target)))
    name = (classes[main][0] if standing else min(found, key=lambda f: f.indicator.iri)).indicator
    return TargetGroup(
        name.iri, name.zh, name.en, tuple(sorted(comparable, key=_order)), tuple(sorted(apart, key=_order))
    )


def _weight(one: Basis, members: Sequence[Figure]) -> tuple[object, ...]:
    """The basis on which most regions stand; then most targets; then the wider scope, the later year, the first IRI."""
    regions = len({m.region.iri for m in members if m.region})
    first = min(m.indicator.iri for m in members)
    return (regions, len(members), one.general, max(m.end or 0 for m in members), [-ord(c) for c in first])


def _reached(target: Figure, own: Basis, known: Sequence[Figure]) -> tuple[Reached, ...]:
    """What was reached before the target's year, the latest first; what has no year comes last."""
    before = [s for s in known if s.end is None or target.end is None or s.end < target.end]
    ordered = sorted(before, key=lambda s: (-(s.end or 0), s.plan.id, s.claim.evidence.start))
    return tuple(Reached(s, differences(basis(s), [own], s)) for s in ordered)


def _order(row: TargetRow) -> tuple[int, str, str, int]:
    f = row.figure
    return (f.end or 9999, f.region.iri if f.region else "", f.plan.id, f.claim.evidence.start)


def families(graph: GraphStore) -> Mapping[str, str]:
    """The least IRI of the indicators that are measured alike, by each of them; others are not in it."""
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in _pairs(graph, _RELATED):
        near[a].add(b)
        near[b].add(a)
    least: dict[str, str] = {}
    for start in sorted(near):
        queue = [start]
        for one in queue:
            if one not in least:
                least[one] = start
                queue.extend(sorted(near[one]))
    return least


def _pairs(graph: GraphStore, query: str) -> Iterator[tuple[str, str]]:
    for a, b in graph.query(query, time_limit=None).rows:
        yield lexical(a), lexical(b)
