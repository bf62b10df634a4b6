"""What stands above what: regions within regions, fields under fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.namespaces import PP, RDF, SKOS
from kg.queries.reading import lexical

if TYPE_CHECKING:
    from kg.graph.store import GraphStore


@dataclass(frozen=True)
class Hierarchy:
    """Direct steps upwards, by IRI.

    >>> tree = Hierarchy({"双抗": ("抗体药物",), "抗体药物": ("生物药",)})
    >>> tree.above("双抗"), tree.distance("双抗", "生物药"), tree.distance("生物药", "双抗")
    (('抗体药物', '生物药'), 2, None)
    """

    up: Mapping[str, tuple[str, ...]]

    @cached_property
    def down(self) -> Mapping[str, tuple[str, ...]]:
        """Direct steps downwards."""
        found: dict[str, list[str]] = defaultdict(list)
        for below, above in sorted(self.up.items()):
            for one in above:
                found[one].append(below)
        return {one: tuple(below) for one, below in found.items()}

    def above(self, iri: str) -> tuple[str, ...]:
        """All that stands above, nearest first; a circle ends where it closes."""
        return tuple(self._levels(iri))[1:]

    def distance(self, below: str, above: str) -> int | None:
        """How many steps lead up from one to the other; 0 for itself, None where no way leads there."""
        return self._levels(below).get(above)

    def tops(self, iri: str) -> tuple[str, ...]:
        """Those above (or the thing itself) with nothing above them: for a field, its sectors."""
        return tuple(one for one in self._levels(iri) if not self.up.get(one))

    def _levels(self, iri: str) -> dict[str, int]:
        found, queue = {iri: 0}, [iri]
        for one in queue:
            for above in self.up.get(one, ()):
                if above not in found:
                    found[above] = found[one] + 1
                    queue.append(above)
        return found


def fields(graph: GraphStore) -> Hierarchy:
    """Product fields by ``skos:broader``."""
    return _read(graph, f"?s <{SKOS.broader}> ?o . ?s <{RDF.type}> <{PP.ProductField}>")


def regions(graph: GraphStore) -> Hierarchy:
    """Regions by ``pp:within``."""
    return _read(graph, f"?s <{PP.within}> ?o")


def provinces(graph: GraphStore) -> frozenset[str]:
    """The IRIs of all provincial units."""
    rows = graph.query(f"SELECT DISTINCT ?s {{ ?s <{RDF.type}> <{PP.Province}> }}", time_limit=None).rows
    return frozenset(lexical(row[0]) for row in rows)


def points(graph: GraphStore) -> dict[str, tuple[float, float]]:
    """The seat of government of each region that has one in the graph: longitude and latitude (WGS84), by IRI."""
    rows = graph.query("SELECT ?r ?x ?y { ?r pp:longitude ?x ; pp:latitude ?y }", time_limit=None).rows
    return {lexical(r): (float(lexical(x)), float(lexical(y))) for r, x, y in sorted(rows, key=str)}


def _read(graph: GraphStore, pattern: str) -> Hierarchy:
    up: dict[str, set[str]] = defaultdict(set)
    for s, o in graph.query(f"SELECT DISTINCT ?s ?o {{ {pattern} }}", time_limit=None).rows:
        up[lexical(s)].add(lexical(o))
    return Hierarchy({s: tuple(sorted(up[s])) for s in sorted(up)})
