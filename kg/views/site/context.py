"""What all pages of one site are made from, read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from kg.analysis.plans import Plan, plans
from kg.graph.store import GraphStore
from kg.namespaces import ID
from kg.queries.reading import Thing, things
from kg.views.site.paths import paths, reader_path

T = TypeVar("T")

_NAMED = """
SELECT DISTINCT ?x WHERE {
  { ?a a pp:Assertion ; rdf:subject ?x } UNION { ?a a pp:Assertion ; rdf:object ?x }
  UNION { ?a a pp:Assertion ; rdf:subject|rdf:object ?y . ?y (pp:within|skos:broader|pp:indicator|pp:appliesTo)+ ?x }
  FILTER(isIRI(?x))
}
"""
_WITHOUT_PAGE = ("fact", "graph", "scheme", "statistic")


@dataclass(frozen=True)
class SiteContext:
    """The graph with what every page needs of it.

    ``things`` are the names of all that documents speak of, by IRI; ``paths`` where each has its page; ``plans``
    the documents. Templates have the same as functions: ``href(iri)``, ``reader_href(doc, start, end)``,
    ``thing(iri)`` and ``root`` (such as ``../``).
    """

    graph: GraphStore
    things: Mapping[str, Thing]
    plans: tuple[Plan, ...]
    paths: Mapping[str, str]
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def href(self, iri: str, page: str = "") -> str | None:
        """The relative link from a page (its path; the root where none is given) to the page of a thing.

        None where the thing has no page.
        """
        path = self.paths.get(iri)
        return None if path is None else f"{root(page)}{path}"

    def reader_href(self, doc: str, start: int, end: int, page: str = "") -> str:
        """The relative link from a page to a place in the full text of a document (its id)."""
        return f"{root(page)}{reader_path(doc)}#c={start}-{end}"

    def plan(self, doc: str) -> Plan:
        """The document of an id; raises `KeyError` for an unknown one."""
        return self.once("plans by id", lambda: {p.id: p for p in self.plans})[doc]

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What ``make`` returns, made at the first call with this key: analyses that several pages need."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(T, self._kept[key])


def root(page: str) -> str:
    """The way from a page to the root of the site.

    >>> root("index.html"), root("region/320500.html")
    ('', '../')
    """
    return "../" * page.count("/")


def context(graph: GraphStore) -> SiteContext:
    """The context of a graph."""
    rows = graph.query(_NAMED, time_limit=None).rows
    iris = sorted(iri for row in rows if (iri := str(getattr(row[0], "value", ""))).startswith(ID))
    found = things(graph, iris)
    own = (iri for iri in iris if iri[len(ID) :].partition("/")[0] not in _WITHOUT_PAGE)
    return SiteContext(graph, found, plans(graph), paths(i for i in own if i[len(ID) :].count("/") == 1))
