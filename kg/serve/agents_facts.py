"""Facts by what they are about: found by the indexes of the store, read back from the graphs that have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pyoxigraph import NamedNode

from kg.graph import facts as stated
from kg.graph.page import fact_hash
from kg.graph.slugs import document_iri
from kg.graph.store import GraphStore
from kg.graph.terms import node
from kg.model import Fact
from kg.namespaces import ONTOLOGY, PP, RDF, SKOS, thing

_UNDER = ((SKOS.broader, False), (PP.within, False), (f"{ONTOLOGY}hasMember", True))
_ENDS = (RDF.subject, RDF.object, PP.category, PP.parentField, PP.indicator, PP.appliesTo)
_KEPT = 64  # documents whose facts stay in memory


class FactFinder:
    """The facts of a graph.

    >>> list(FactFinder(GraphStore.in_memory([])).find(None, [], []))
    []
    """

    def __init__(self, graph: GraphStore) -> None:
        self._store = graph.store
        self._of = lru_cache(_KEPT)(self._read)

    def find(self, type_: str | None, docs: Sequence[str], about: Sequence[str]) -> Iterator[Fact]:
        """Facts of a type in documents, by id, that are about all of the things, by IRI.

        A fact is also about what the thing lies in or under: one of 苏州 is about 江苏, too.
        """
        wanted = [self._touching(iri) for iri in about]
        graphs = [frozenset(some.values()) for some in wanted]
        for doc in docs:
            if all(document_iri(doc) in some for some in graphs):
                for fact in self._of(doc):
                    if (type_ is None or fact.type == type_) and all(
                        fact_iri(fact) in some for some in wanted
                    ):
                        yield fact

    def _read(self, doc: str) -> tuple[Fact, ...]:
        return tuple(stated.facts(self._store, doc))

    def _touching(self, top: str) -> dict[str, str]:
        """What may be a fact of which a thing, or one in or under it, is a part, with its graph."""
        found: dict[str, str] = {}
        for iri in self._under(top):
            for end in _ENDS:
                for said, graph in self._ends(None, end, iri):
                    whole = self._ends(said, PP.detailOf, None) + self._ends(None, RDF.object, said)
                    found.update([(said, graph), *whole])
        return found

    def _under(self, iri: str) -> Iterator[str]:
        seen, queue = {iri}, [iri]
        while queue:
            yield (at := queue.pop())
            for property_, down in _UNDER:
                below = self._ends(at, property_, None) if down else self._ends(None, property_, at)
                new = {one for one, _ in below} - seen
                seen |= new
                queue += sorted(new)

    def _ends(self, subject: str | None, property_: str, object_: str | None) -> list[tuple[str, str]]:
        """The IRIs at the open end of a pattern, each with the graph that says so."""
        quads = self._store.quads_for_pattern(
            node(subject) if subject else None, node(property_), node(object_) if object_ else None
        )
        found = ((q.subject if subject is None else q.object, q.graph_name) for q in quads)
        return [
            (one.value, str(getattr(graph, "value", "")))
            for one, graph in found
            if isinstance(one, NamedNode)
        ]


def fact_iri(fact: Fact) -> str:
    """The IRI of a fact in the graph."""
    return thing("fact", fact_hash(fact))
