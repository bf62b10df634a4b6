"""The sections of documents: under which heading a passage stands, and where a section does."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from kg.errors import LookupFailed
from kg.graph.slugs import document_iri
from kg.graph.store import GraphStore
from kg.graph.terms import integer, node
from kg.namespaces import PP

_SECTIONS = """
SELECT ?doc ?section ?id ?label ?number ?start ?end WHERE {
  ?section a pp:Section ; dcterms:identifier ?id ; rdfs:label ?label ; pp:start ?start ; pp:end ?end ;
    dcterms:isPartOf+ ?document .
  ?document a pp:PolicyDocument ; dcterms:identifier ?doc .
  OPTIONAL { ?section pp:number ?number }
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """A section's characters, id and heading."""

    start: int
    end: int
    id: str
    heading: str


class Places:
    """The sections of all documents of a graph.

    >>> Places(GraphStore.in_memory([])).at("plan", 3, 5)
    (None, None)
    """

    def __init__(self, graph: GraphStore) -> None:
        self._store = graph.store
        self._named: dict[str, tuple[str, str]] = {}
        found: dict[str, set[Section]] = defaultdict(set)
        for row in graph.query(_SECTIONS, time_limit=None):
            doc, iri, id_, label, number, start, end = (str(getattr(v, "value", "")) for v in row.values())
            heading = label if label.startswith(number) else f"{number}{label}"
            found[doc].add(Section(int(start), int(end), id_, heading))
            self._named[iri] = (id_, heading)
        # A section starts before those in it, so that the last that has started and not ended is the innermost.
        self._of = {doc: sorted(sections, key=lambda s: (s.start, -s.end)) for doc, sections in found.items()}

    def at(self, doc: str, start: int, end: int) -> tuple[str | None, str | None]:
        """The id and the heading of the section of a passage, None where none is known.

        What a statement rests on has the section that was recorded with it, as the parts of a document may stand
        in another order than its headings; all else the innermost section around its start.
        """
        graph = node(document_iri(doc))
        for quad in self._store.quads_for_pattern(None, node(PP.start), integer(start), graph):
            if any(self._store.quads_for_pattern(quad.subject, node(PP.end), integer(end), graph)):
                for recorded in self._store.quads_for_pattern(quad.subject, node(PP.section), None, graph):
                    return self._named.get(str(getattr(recorded.object, "value", "")), (None, None))
        sections = self._of.get(doc, [])
        n = bisect_right(sections, start, key=lambda s: s.start)
        return next(((s.id, s.heading) for s in reversed(sections[:n]) if start < s.end), (None, None))

    def section(self, doc: str, id_: str) -> tuple[int, int]:
        """Where a section starts and ends; raises `LookupFailed` for an unknown id."""
        for section in self._of.get(doc, []):
            if section.id == id_:
                return section.start, section.end
        have = ", ".join(s.id for s in self._of.get(doc, [])[:30]) or "none"
        raise LookupFailed(f"{doc} has no section {id_!r}", hint=f"sections: {have}")
