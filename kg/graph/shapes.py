"""SHACL by pySHACL, one document's graph at a time: the time grows with the graph, the memory does not.

pySHACL reads an Oxigraph store too, but a thousand times slower than a graph of rdflib's in memory. So each
document's graph is copied out, with the descriptions of whatever it refers to, directly or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pyshacl
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, SH

from kg.errors import InputError
from kg.graph.findings import Finding, compact
from kg.graph.parts import Part, Term, document_parts, own_parts
from kg.namespaces import GRAPH, ID, PREFIXES, RDFS, XSD

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_BACKGROUND = (GRAPH.vocabulary, GRAPH.candidates)
_TYPES = """
SELECT DISTINCT ?thing ?class WHERE {
  GRAPH ?graph { ?thing a ?class } FILTER (?class NOT IN (pp:Assertion, pp:Section))
}
"""

Node = URIRef | BNode | RdfLiteral
RdfTriple = tuple[Node, Node, Node]


def shape_findings(store: Store, shapes: Path) -> Iterator[Finding]:
    """What pySHACL reports of the nodes of the background and of each document; the same is said once."""
    checked = Shapes(shapes, store, own_parts(store))
    yield from checked.of_background()
    for part in document_parts(store):
        yield from checked.of(part)


class Shapes:
    """The shapes of a file, to be applied to one graph of a store after the other; ``own`` are the project's."""

    def __init__(self, path: Path, store: Store, own: Iterable[Part]) -> None:
        rules = Graph()
        try:
            rules.parse(path, format="turtle")
        except Exception as error:  # rdflib's parsers raise what they like
            raise InputError(f"{path}: {error}", hint="mend the Turtle") from error
        self._rules = _lifted(rules)
        by_name = {part.name.value: part.quads for part in own}
        ontology = by_name.get(GRAPH.ontology, [])
        self._classes = [_triple(q) for q in ontology if q.predicate.value == RDFS.subClassOf]
        self._background = [_triple(q) for name in _BACKGROUND for q in by_name.get(name, [])]
        self._about: dict[Node, list[RdfTriple]] = defaultdict(list)
        for triple in (*_types(store), *self._background):
            self._about[triple[0]].append(triple)
        self._said: set[tuple[str, str]] = set()

    def of_background(self) -> Iterator[Finding]:
        """Findings at nodes of the vocabularies and candidates."""
        return self._of(self._background, "")

    def of(self, part: Part) -> Iterator[Finding]:
        """Findings at nodes of a document's graph."""
        return self._of([_triple(q) for q in part.quads], part.name.value)

    def _of(self, triples: list[RdfTriple], where: str) -> Iterator[Finding]:
        subjects = {str(triple[0]) for triple in triples}
        data = Graph()
        add = data.store.add
        for triple in (*triples, *self._classes, *self._described(triples)):
            add(cast(Any, triple), data)
        for finding in _report(data, self._rules, where):
            if finding.node in subjects and (finding.node, finding.reason) not in self._said:
                self._said.add((finding.node, finding.reason))
                yield finding

    def _described(self, triples: Iterable[RdfTriple]) -> Iterator[RdfTriple]:
        """What the background says of the things that triples name, and of those that it names in turn.

        Of what other documents say of them only the types are taken: a limit on how often a document may say
        something is not to count what its neighbours say.
        """
        seen: set[Node] = set()
        waiting = [term for s, _, o in triples for term in (s, o)]
        while waiting:
            term = waiting.pop()
            if term not in seen and isinstance(term, URIRef) and term in self._about:
                seen.add(term)
                for triple in self._about[term]:
                    yield triple
                    waiting.append(triple[2])


def _lifted(rules: Graph) -> Graph:
    """The same shapes with the targets of a node shape at each of its property shapes.

    pySHACL then takes all focus nodes of a property shape in one go, not one by one: a third of the time.
    """
    lifted = Graph()
    for triple in rules:
        lifted.add(triple)
    for shape, inner in rules.subject_objects(SH.property):
        targets = [(p, o) for p in _TARGETS for o in rules.objects(shape, p)]
        shared = len(set(rules.subjects(None, inner))) > 1 or any(rules.subjects(None, shape))
        if not targets or shared or any((shape, p, None) in rules for p in (SH.closed, SH.deactivated)):
            continue
        lifted.remove((shape, SH.property, inner))
        lifted.add((inner, RDF.type, SH.PropertyShape))
        for p, o in targets:
            lifted.add((inner, p, o))
    return lifted


def _types(store: Store) -> Iterator[RdfTriple]:
    found = cast(QuerySolutions, store.query(_TYPES, prefixes=dict(PREFIXES)))
    for thing, class_ in found:
        if isinstance(thing, NamedNode) and thing.value.startswith(ID):
            yield _rdflib(thing), RDF.type, _rdflib(class_)


def _report(data: Graph, rules: Graph, where: str) -> Iterator[Finding]:
    _, report, text = pyshacl.validate(data, shacl_graph=rules, inplace=True)
    if not isinstance(report, Graph):
        raise InputError(f"the shapes cannot be applied: {text}", hint="mend ontology/shapes.ttl")
    for result in report.subjects(SH.focusNode, None):
        focus = report.value(result, SH.focusNode)
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        messages = sorted(str(m) for m in report.objects(result, SH.resultMessage))
        parts = [
            compact(str(path)) if isinstance(path, URIRef) else "",
            " / ".join(messages) or "does not fit its shape",
            f"(value {compact(str(value))})" if value is not None else "",
        ]
        severe = report.value(result, SH.resultSeverity) == SH.Violation
        yield Finding(
            "shape", str(focus), " ".join(p for p in parts if p), where, "violation" if severe else "warning"
        )


def _triple(quad: Quad) -> RdfTriple:
    return _rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)


def _rdflib(term: Term) -> Node:
    if isinstance(term, NamedNode):
        return _iri(term.value)
    if isinstance(term, Literal):
        if term.language:
            return RdfLiteral(term.value, lang=term.language)
        # rdflib holds a plain string and one of type xsd:string for two things, and sh:in asks for the first.
        typed = term.datatype.value != XSD.string
        return RdfLiteral(term.value, datatype=_iri(term.datatype.value) if typed else None)
    return BNode(term.value if isinstance(term, BlankNode) else str(term))


@lru_cache(maxsize=1 << 17)
def _iri(value: str) -> URIRef:
    return URIRef(value)
