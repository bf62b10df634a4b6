"""Whether the graph holds: shapes, quotes, evidence, references, consistency, minimum counts."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import InputError, LookupFailed
from kg.graph.consistency import inconsistencies
from kg.graph.findings import Finding, compact
from kg.graph.shapes import shape_findings
from kg.graph.store import GraphStore
from kg.graph.terms import node
from kg.namespaces import (
    DCTERMS,
    EVIDENCED_PROPERTIES,
    GRAPH,
    ID,
    ONTOLOGY,
    PP,
    PROV,
    RDF,
)
from kg.resources import ontology_dir

_Term = NamedNode | BlankNode | Literal | Triple
_Values = Mapping[str, list[_Term]]
_OWN_GRAPHS = f"{ID}graph/"


def validate(graph: GraphStore, *, shapes: Path | None = None, counts: Path | None = None) -> list[Finding]:
    """All defects of a graph, sorted; none where it holds.

    ``shapes`` (SHACL, Turtle) and ``counts`` (TOML) are the shipped files where none are given.
    """
    shapes = shapes or ontology_dir() / "shapes.ttl"
    counts = counts or ontology_dir() / "minimum-counts.toml"
    found = [
        *quote_findings(graph),
        *evidence_findings(graph),
        *reference_findings(graph),
        *inconsistencies(graph.store),
        *(shape_findings(graph.store, shapes) if shapes.is_file() else ()),
        *(count_findings(graph, counts) if counts.is_file() else ()),
    ]
    return sorted(set(found))


def document_graphs(graph: GraphStore) -> list[NamedNode]:
    """The graphs that belong to documents, sorted: all but the project's own."""
    named = (g for g in graph.store.named_graphs() if isinstance(g, NamedNode))
    return sorted((g for g in named if not g.value.startswith(_OWN_GRAPHS)), key=lambda g: g.value)


def quote_findings(graph: GraphStore) -> Iterator[Finding]:
    """Quotes that are not the slice of the document's text that their offsets name."""
    for name in document_graphs(graph):
        nodes = _by_subject(graph, name)
        try:
            text = _text(graph, name, nodes.get(name.value, {}))
        except LookupFailed as error:
            yield Finding("quote", name.value, error.problem, name.value)
            continue
        if reason := _changed(graph, name, text):
            yield Finding("quote", name.value, reason, name.value)
        for iri, values in nodes.items():
            if PP.quote in values and (reason := _misquoted(values, text)):
                yield Finding("quote", iri, reason, name.value)


def _text(graph: GraphStore, name: NamedNode, values: _Values) -> str:
    ids = [v.value for v in values.get(DCTERMS.identifier, []) if isinstance(v, Literal)]
    if not ids:
        raise LookupFailed("the document has no dcterms:identifier", hint="build it again")
    return graph.text(ids[0])


def _changed(graph: GraphStore, name: NamedNode, text: str) -> str:
    expected = [
        q.object.value
        for q in graph.store.quads_for_pattern(name, node(PP.sha256), None, node(GRAPH.metadata))
        if isinstance(q.object, Literal)
    ]
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return (
        "the text kept beside the graph is not the one that was read"
        if expected and digest not in expected
        else ""
    )


def _misquoted(values: _Values, text: str) -> str:
    quote, starts, ends = (_literals(values, p) for p in (PP.quote, PP.start, PP.end))
    if not (len(quote) == len(starts) == len(ends) == 1):
        return "not exactly one quote, start and end"
    try:
        start, end = int(starts[0]), int(ends[0])
    except ValueError:
        return f"start {starts[0]!r} or end {ends[0]!r} is no number"
    if not 0 <= start < end <= len(text):
        return f"{start}–{end} is not a span of the text of {len(text)} characters"
    if text[start:end] != quote[0]:
        return f"the text reads {_short(text[start:end])} at {start}–{end}, the quote {_short(quote[0])}"
    return ""


def evidence_findings(graph: GraphStore) -> Iterator[Finding]:
    """Statements without an assertion, assertions of nothing, and those that derive from another document."""
    for name in document_graphs(graph):
        nodes = _by_subject(graph, name)
        stated = {
            (s, p, o)
            for s, values in nodes.items()
            for p in EVIDENCED_PROPERTIES & values.keys()
            for o in values[p]
        }
        asserted: set[tuple[str, str, _Term]] = set()
        for iri, values in nodes.items():
            if PP.Assertion not in _iris(values, RDF.type):
                continue
            parts = [values.get(p, []) for p in (RDF.subject, RDF.predicate, RDF.object)]
            if any(len(part) != 1 for part in parts):
                yield Finding("evidence", iri, "not exactly one subject, predicate and object", name.value)
                continue
            subject, predicate, value = (part[0] for part in parts)
            s, p = _key(subject), _key(predicate)
            asserted.add((s, p, value))
            if value not in nodes.get(s, {}).get(p, []):
                reason = (
                    f"asserts what the graph does not state: {compact(s)} {compact(p)} {compact(_key(value))}"
                )
                yield Finding("evidence", iri, reason, name.value)
            if name.value not in _iris(values, PROV.wasDerivedFrom):
                yield Finding("evidence", iri, "is not derived from the document of its graph", name.value)
        for s, p, value in stated - asserted:
            reason = f"no assertion for {compact(p)} {compact(_key(value))}"
            yield Finding("evidence", s, reason, name.value)


def reference_findings(graph: GraphStore) -> Iterator[Finding]:
    """Things that are referred to and nowhere described, and terms that the ontology does not declare."""
    store = graph.store
    declared = {q.subject.value for q in store.quads_for_pattern(None, None, None, node(GRAPH.ontology))
                if isinstance(q.subject, NamedNode)}  # fmt: skip

    @lru_cache(maxsize=1 << 17)
    def described(term: NamedNode) -> bool:
        return next(iter(store.quads_for_pattern(term, None, None, None)), None) is not None

    unknown: set[tuple[str, str]] = set()
    for name in [g for g in store.named_graphs() if isinstance(g, NamedNode)]:
        for quad in store.quads_for_pattern(None, None, None, name):
            if (
                declared
                and quad.predicate.value.startswith(ONTOLOGY)
                and quad.predicate.value not in declared
            ):
                unknown.add((quad.predicate.value, name.value))
            value = quad.object
            if not isinstance(value, NamedNode):
                continue
            if value.value.startswith(ID) and not described(value):
                reason = f"{compact(quad.predicate.value)} {compact(value.value)}, which nothing describes"
                yield Finding("reference", _key(quad.subject), reason, name.value)
            if declared and value.value.startswith(ONTOLOGY) and value.value not in declared:
                unknown.add((value.value, name.value))
    for term, where in unknown:
        yield Finding("reference", term, "the ontology does not declare this term", where)


def count_findings(graph: GraphStore, counts: Path) -> Iterator[Finding]:
    """Types of fact of which a document has fewer than the file of minimum counts asks for.

    The file has a table a document id, with a number a fact type; documents that are not in the graph are
    passed over, since users build their own.
    """
    try:
        wanted = tomllib.loads(counts.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{counts}: {error}", hint="mend the TOML") from error
    for name in document_graphs(graph):
        nodes = _by_subject(graph, name)
        ids = _literals(nodes.get(name.value, {}), DCTERMS.identifier)
        minimum = wanted.get(ids[0]) if ids else None
        if not isinstance(minimum, dict):
            continue
        have = Counter(t for values in nodes.values() for t in _literals(values, PP.factType))
        for type_, least in sorted(minimum.items()):
            if have[type_] < least:
                reason = f"{have[type_]} facts of type {type_}, fewer than {least}"
                yield Finding("count", name.value, reason, name.value)


def _by_subject(graph: GraphStore, name: NamedNode) -> dict[str, dict[str, list[_Term]]]:
    return grouped(graph.store.quads_for_pattern(None, None, None, name))


def grouped(quads: Iterable[Quad]) -> dict[str, dict[str, list[_Term]]]:
    """Objects by subject and predicate."""
    found: dict[str, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        found[_key(quad.subject)][quad.predicate.value].append(quad.object)
    return {subject: dict(values) for subject, values in found.items()}


def _key(term: _Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value


def _literals(values: _Values, property_: str) -> list[str]:
    return [v.value for v in values.get(property_, []) if isinstance(v, Literal)]


def _iris(values: _Values, property_: str) -> list[str]:
    return [v.value for v in values.get(property_, []) if isinstance(v, NamedNode)]


def _short(text: str) -> str:
    return repr(text if len(text) <= 24 else f"{text[:20]}…")
