"""What the comparisons read of a graph, read once: who names which field where, in which document, of which years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kg.analysis import hierarchy
from kg.analysis.claims import FIELD_CLAIMS, Claim, claims
from kg.analysis.plans import Plan, plans
from kg.graph.lookup import Lookup
from kg.namespaces import PP, RDF
from kg.queries.reading import lexical

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Level = Literal["province", "city", "document"]
LEVELS: tuple[Level, ...] = ("province", "city", "document")

_RANKS = {PP.Country: "Country", PP.Province: "Province", PP.Prefecture: "Prefecture", PP.County: "County"}
_MUNICIPALITY = "市"


@dataclass(frozen=True)
class Side:
    """One of two that are compared, with the claims by which it names fields; ``kind`` says what it is.

    >>> Side("urn:a", "city", ()).fields
    frozenset()
    """

    iri: str
    kind: str
    claims: tuple[Claim, ...] = field(repr=False)

    @cached_property
    def by_field(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims by the IRI of the field that they name, in order of the documents."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[claim.object].append(claim)
        return {iri: tuple(found[iri]) for iri in sorted(found)}

    @cached_property
    def fields(self) -> frozenset[str]:
        """The IRIs of the fields that it names."""
        return frozenset(self.by_field)

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents from which its claims are."""
        return tuple(sorted({c.evidence.doc for c in self.claims}))

    def within(self, documents: Iterable[str]) -> Side:
        """The same side as only some documents show it."""
        kept = frozenset(documents)
        if kept.issuperset(self.documents):
            return self
        return Side(self.iri, self.kind, tuple(c for c in self.claims if c.evidence.doc in kept))


class Ground:
    """A graph as the comparisons see it; everything is read on first use, and once.

    A *document* names the fields that it makes a priority and those that it gives to any region. A *province*
    names the priorities of its own documents and what it, or a region within it, develops or is strong in; so
    does a *city*: a prefecture with the counties in it, a municipality such as 上海市, or a county that stands
    directly under a province. The documents of a city or a county are documents of its province, too.
    """

    def __init__(self, graph: GraphStore) -> None:
        self.graph = graph
        self._names = Lookup(graph.store)
        self._labels: dict[tuple[str, str], str] = {}
        self._areas: dict[str, Side] = {}

    @classmethod
    def of(cls, graph: GraphStore | Ground) -> Ground:
        """The ground of a graph; one that is read already is taken as it is.

        >>> from kg.graph.store import GraphStore
        >>> ground = Ground.of(GraphStore.in_memory([]))
        >>> Ground.of(ground) is ground, ground.sides("province")
        (True, ())
        """
        return graph if isinstance(graph, Ground) else cls(graph)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The documents by id."""
        return {plan.id: plan for plan in plans(self.graph)}

    @cached_property
    def _all(self) -> tuple[Claim, ...]:
        return claims(self.graph, *FIELD_CLAIMS, "focusesOn", "hosts", "inProvince")

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All claims by which a region or a document names a field."""
        return tuple(c for c in self._all if c.predicate in FIELD_CLAIMS)

    @cached_property
    def tree(self) -> hierarchy.Hierarchy:
        """The fields under each other."""
        return hierarchy.fields(self.graph)

    @cached_property
    def regions(self) -> hierarchy.Hierarchy:
        """The regions within each other."""
        return hierarchy.regions(self.graph)

    @cached_property
    def ranks(self) -> Mapping[str, str]:
        """``Country``, ``Province``, ``Prefecture`` or ``County`` by the IRI of a region; groups have none."""
        values = " ".join(f"<{iri}>" for iri in _RANKS)
        rows = self.graph.query(
            f"SELECT DISTINCT ?s ?t {{ VALUES ?t {{ {values} }} ?s <{RDF.type}> ?t }}", time_limit=None
        ).rows
        named = sorted((lexical(s), _RANKS[lexical(t)]) for s, t in rows)
        return dict(named)

    @cached_property
    def national(self) -> Mapping[str, tuple[Claim, ...]]:
        """The fields to which national documents, of whatever years, give a priority, with the places."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            plan = self.plans.get(claim.evidence.doc)
            if claim.predicate == "prioritises" and plan is not None and plan.national:
                found[claim.object].append(claim)
        return {iri: tuple(found[iri]) for iri in sorted(found)}

    @cached_property
    def candidates(self) -> frozenset[str]:
        """Fields that no vocabulary has: wordings of documents that no expert has looked at."""
        rows = self.graph.query(
            f"SELECT DISTINCT ?s {{ ?s <{PP.candidate}> true ; a <{PP.ProductField}> }}", time_limit=None
        ).rows
        return frozenset(lexical(row[0]) for row in rows)

    def sector(self, iri: str) -> bool:
        """Whether a field stands at the top: 医疗器械, 生物药, 医药 itself."""
        return not self.tree.up.get(iri)

    def label(self, iri: str, language: str = "zh") -> str:
        """The name of a thing; in English empty where it has none."""
        known = self._labels.get((iri, language))
        if known is None:
            known = self._names.label(iri, language, strict=language != "zh")
            self._labels[iri, language] = known
        return known

    def named(self, iri: str, language: str) -> str:
        """The name of a thing in a language, else in Chinese."""
        return self.label(iri, language) or self.label(iri)

    def sides(self, level: Level) -> tuple[Side, ...]:
        """All provinces, cities or documents that name a field, by IRI."""
        if level == "document":
            return self._documents
        return self._provinces if level == "province" else self._cities

    def side(self, iri: str) -> Side:
        """One region or document as a side, whether it names any field or not; a country is itself only."""
        for plan in self.plans.values():
            if plan.iri == iri:
                return Side(iri, "document", tuple(c for c in self.claims if c.evidence.doc == plan.id))
        if iri not in self._areas:
            self._areas[iri] = self._area(iri)
        return self._areas[iri]

    def clusters(self, side: Side) -> tuple[Side, ...]:
        """The clusters with a focus that stand in a region, or in those of which a document speaks, by IRI."""
        if side.kind == "document":
            doc = next((p.id for p in self.plans.values() if p.iri == side.iri), "")
            return tuple(
                s for s in (c.within([doc]) for c in self.all_clusters) if s.claims
            )  # fmt: skip
        inside = self._inside(side.iri)
        there = {c.object for c in self._all if c.predicate == "hosts" and c.subject in inside}
        there |= {c.subject for c in self._all if c.predicate == "inProvince" and c.object in inside}
        return tuple(c for c in self.all_clusters if c.iri in there)

    def province(self, iri: str) -> str | None:
        """The province of a region, or of a cluster by its host or by what documents say; none where unknown."""
        if iri in self.ranks or iri in self.regions.up:
            return self._nearest(iri, "Province")
        return self._province_of_cluster.get(iri)

    @cached_property
    def _province_of_cluster(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for claim in self._all:
            if claim.predicate in ("hosts", "inProvince"):
                region, cluster = (claim.subject, claim.object)[:: 1 if claim.predicate == "hosts" else -1]
                if (province := self._nearest(region, "Province")) is not None:
                    found.setdefault(cluster, province)
        return found

    @cached_property
    def all_clusters(self) -> tuple[Side, ...]:
        """Every cluster with the fields on which it concentrates, by IRI."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._all:
            if claim.predicate == "focusesOn":
                found[claim.subject].append(claim)
        return tuple(Side(iri, "cluster", tuple(found[iri])) for iri in sorted(found))

    @cached_property
    def _documents(self) -> tuple[Side, ...]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[claim.evidence.doc].append(claim)
        return tuple(
            Side(self.plans[d].iri, "document", tuple(found[d])) for d in sorted(found) if d in self.plans
        )

    @cached_property
    def _provinces(self) -> tuple[Side, ...]:
        return self._grouped("province", self._province_of)

    @cached_property
    def _cities(self) -> tuple[Side, ...]:
        return self._grouped("city", self._city_of)

    def _grouped(self, kind: Level, unit: Mapping[str, str]) -> tuple[Side, ...]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if (iri := unit.get(self._region(claim) or "")) is not None:
                found[iri].append(claim)
        return tuple(Side(iri, kind, tuple(found[iri])) for iri in sorted(found))

    def _region(self, claim: Claim) -> str | None:
        """The region that a claim is about: that of the document where the document speaks of itself."""
        if claim.predicate != "prioritises":
            return claim.subject
        plan = self.plans.get(claim.evidence.doc)
        return plan.region if plan and plan.iri == claim.subject else None

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(r for c in self.claims if (r := self._region(c)) is not None)

    @cached_property
    def _province_of(self) -> Mapping[str, str]:
        return {r: p for r in sorted(self._places) if (p := self._nearest(r, "Province")) is not None}

    @cached_property
    def _city_of(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for region in sorted(self._places):
            province, prefecture = self._province_of.get(region), self._nearest(region, "Prefecture")
            if prefecture is not None:
                found[region] = prefecture
            elif province is not None and self.label(province).endswith(_MUNICIPALITY):
                found[region] = province
            elif (county := self._nearest(region, "County")) is not None:
                found[region] = county
        return found

    def _nearest(self, region: str, rank: str) -> str | None:
        chain = (region, *self.regions.above(region))
        return next((one for one in chain if self.ranks.get(one) == rank), None)

    def _area(self, iri: str) -> Side:
        inside = self._inside(iri)
        kind = self.ranks.get(iri, "RegionGroup").lower()
        return Side(iri, kind, tuple(c for c in self.claims if (self._region(c) or "") in inside))

    def _inside(self, iri: str) -> frozenset[str]:
        """A region, and the regions within it or its members; the whole country only stands for itself."""
        if self.ranks.get(iri) == "Country":
            return frozenset((iri,))
        found, queue = {iri}, [iri]
        for one in queue:
            for below in (*self.regions.down.get(one, ()), *self._members.get(one, ())):
                if below not in found:
                    found.add(below)
                    queue.append(below)
        return frozenset(found)

    @cached_property
    def _members(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        rows = self.graph.query("SELECT DISTINCT ?s ?o { ?s pp:hasMember ?o }", time_limit=None).rows
        for s, o in sorted((lexical(s), lexical(o)) for s, o in rows):
            found[s].append(o)
        return {s: tuple(o) for s, o in found.items()}
