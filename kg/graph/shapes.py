"""SHACL by pySHACL, one document's graph at a time: the time grows with the graph, the memory does not.

pySHACL reads an Oxigraph store too, but a thousand times slower than a graph of rdflib's in memory. So each
document's graph is copied out, with the descriptions of whatever it refers to, directly or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyshacl
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH

from kg.errors import InputError
from kg.graph.findings import Finding, compact
from kg.graph.terms import node
from kg.namespaces import GRAPH, ID, RDF, RDFS, XSD

_OWN_GRAPHS = f"{ID}graph/"
_BACKGROUND = (node(GRAPH.vocabulary), node(GRAPH.candidates))


def shape_findings(store: Store, shapes: Path) -> Iterator[Finding]:
    """What pySHACL reports of the nodes of the background and of each document; the same is said once."""
    rules = Graph()
    try:
        rules.parse(shapes, format="turtle")
    except Exception as error:  # rdflib's parsers raise what they like
        raise InputError(f"{shapes}: {error}", hint="mend the Turtle") from error
    names = sorted((g for g in store.named_graphs() if isinstance(g, NamedNode)), key=lambda g: g.value)
    own = [g for g in names if g.value.startswith(_OWN_GRAPHS)]
    classes = list(store.quads_for_pattern(None, node(RDFS.subClassOf), None, node(GRAPH.ontology)))
    kept = [g for g in own if g.value not in (GRAPH.ontology, GRAPH.metadata, GRAPH.inferred)]
    said: set[tuple[str, str]] = set()
    for part in [kept, *([g] for g in names if g not in own)]:
        quads = [q for name in part for q in store.quads_for_pattern(None, None, None, name)]
        subjects = {_key(q.subject) for q in quads}
        data = _graph([*quads, *classes, *_described(store, quads)])
        where = "" if part == kept else part[0].value
        for finding in _report(data, rules, where):
            if finding.node in subjects and (finding.node, finding.reason) not in said:
                said.add((finding.node, finding.reason))
                yield finding


def _described(store: Store, quads: Iterable[Quad]) -> Iterator[Quad]:
    """What the background says of the things that quads name, and of those that it names in turn.

    Of what other documents say of them only the types are taken: a limit on how often a document may say
    something is not to count what its neighbours say.
    """
    seen: set[str] = set()
    waiting: list[NamedNode | BlankNode | Literal | Triple] = []
    for quad in quads:
        waiting += (quad.subject, quad.object)
    while waiting:
        term = waiting.pop()
        if not isinstance(term, NamedNode) or term.value in seen or not term.value.startswith(ID):
            continue
        seen.add(term.value)
        for quad in store.quads_for_pattern(term, None, None, None):
            if quad.predicate.value == RDF.type or quad.graph_name in _BACKGROUND:
                yield quad
                waiting.append(quad.object)


def _report(data: Graph, rules: Graph, where: str) -> Iterator[Finding]:
    _, report, text = pyshacl.validate(data, shacl_graph=rules, inplace=True, advanced=True)
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


def _graph(quads: Iterable[Quad]) -> Graph:
    found = Graph()
    store = found.store
    for quad in quads:
        triple: Any = (_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object))
        store.add(triple, found)
    return found


@lru_cache(maxsize=1 << 16)
def _rdflib(term: NamedNode | BlankNode | Literal | Triple) -> URIRef | BNode | RdfLiteral:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, Literal):
        if term.language:
            return RdfLiteral(term.value, lang=term.language)
        # rdflib holds a plain string and one of type xsd:string for two things, and sh:in asks for the first.
        typed = term.datatype.value != XSD.string
        return RdfLiteral(term.value, datatype=URIRef(term.datatype.value) if typed else None)
    return BNode(str(term))


def _key(term: NamedNode | BlankNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
