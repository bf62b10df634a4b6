"""Whether the graph holds: shapes, quotes, evidence, references, consistency, minimum counts."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import InputError, LookupFailed
from kg.graph.consistency import Consistency
from kg.graph.findings import Finding, compact
from kg.graph.garbage import fewer_collections
from kg.graph.parts import Part, Term, Values, document_parts, iris, key, literals, own_parts
from kg.graph.shapes import Shapes
from kg.graph.store import GraphStore
from kg.graph.terms import node
from kg.namespaces import EVIDENCED_PROPERTIES, GRAPH, ID, ONTOLOGY, PP, PROV, RDF
from kg.resources import ontology_dir


def validate(graph: GraphStore, *, shapes: Path | None = None, counts: Path | None = None) -> list[Finding]:
    """All defects of a graph, sorted; none where it holds.

    ``shapes`` (SHACL, Turtle) and ``counts`` (TOML) are the shipped files where none are given. Documents are
    checked one after the other, so that only one of them is in memory.
    """
    shapes = shapes or ontology_dir() / "shapes.ttl"
    counts = counts or ontology_dir() / "minimum-counts.toml"
    wanted = minimum_counts(counts) if counts.is_file() else {}
    found: list[Finding] = []
    with fewer_collections():
        own = own_parts(graph.store)
        consistency, references = Consistency(own), References(graph, own)
        shaped = Shapes(shapes, graph.store, own) if shapes.is_file() else None
        for part in own:
            consistency.read(part.quads)
            found += references.of(part)
        own.clear()  # as many quads as three documents have, and not needed any more
        found += shaped.of_background() if shaped else ()
        for part in document_parts(graph.store):
            consistency.read(part.quads)
            found += (*references.of(part), *misquotes(graph, part), *evidence(part), *too_few(part, wanted))
            found += shaped.of(part) if shaped else ()
        found += consistency.findings()
    return sorted(set(found))


def quote_findings(graph: GraphStore) -> Iterator[Finding]:
    """Quotes that are not the slice of the document's text that their offsets name."""
    return (finding for part in document_parts(graph.store) for finding in misquotes(graph, part))


def evidence_findings(graph: GraphStore) -> Iterator[Finding]:
    """Statements without an assertion, assertions of nothing, and those that derive from another document."""
    return (finding for part in document_parts(graph.store) for finding in evidence(part))


def reference_findings(graph: GraphStore) -> Iterator[Finding]:
    """Things that are referred to and nowhere described, and terms that the ontology does not declare."""
    own = own_parts(graph.store)
    references = References(graph, own)
    return (f for part in chain(own, document_parts(graph.store)) for f in references.of(part))


def count_findings(graph: GraphStore, counts: Path) -> Iterator[Finding]:
    """Types of fact of which a document has fewer than the file of minimum counts asks for."""
    wanted = minimum_counts(counts)
    return (finding for part in document_parts(graph.store) for finding in too_few(part, wanted))


def misquotes(graph: GraphStore, part: Part) -> Iterator[Finding]:
    """`quote_findings` of one document."""
    name = part.name
    try:
        if part.id is None:
            raise LookupFailed("the document has no dcterms:identifier", hint="build it again")
        text = graph.text(part.id)
    except LookupFailed as error:
        yield Finding("quote", name.value, error.problem, name.value)
        return
    if reason := _changed(graph, name, text):
        yield Finding("quote", name.value, reason, name.value)
    for iri, values in part.nodes.items():
        if PP.quote in values and (reason := _misquoted(values, text)):
            yield Finding("quote", iri, reason, name.value)


def _changed(graph: GraphStore, name: NamedNode, text: str) -> str:
    metadata = graph.store.quads_for_pattern(name, node(PP.sha256), None, node(GRAPH.metadata))
    expected = [key(q.object) for q in metadata]
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return (
        "the text kept beside the graph is not the one that was read"
        if expected and digest not in expected
        else ""
    )


def _misquoted(values: Values, text: str) -> str:
    quote, starts, ends = (literals(values, p) for p in (PP.quote, PP.start, PP.end))
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


def _short(text: str) -> str:
    return repr(text if len(text) <= 24 else f"{text[:20]}…")


def evidence(part: Part) -> Iterator[Finding]:
    """`evidence_findings` of one document."""
    nodes, name = part.nodes, part.name.value
    stated = {
        (s, p, o)
        for s, values in nodes.items()
        for p in EVIDENCED_PROPERTIES & values.keys()
        for o in values[p]
    }
    asserted: set[tuple[str, str, Term]] = set()
    for iri, values in nodes.items():
        if PP.Assertion not in iris(values, RDF.type):
            continue
        parts = [values.get(p, []) for p in (RDF.subject, RDF.predicate, RDF.object)]
        if any(len(terms) != 1 for terms in parts):
            yield Finding("evidence", iri, "not exactly one subject, predicate and object", name)
            continue
        subject, predicate, value = (terms[0] for terms in parts)
        s, p = key(subject), key(predicate)
        asserted.add((s, p, value))
        if value not in nodes.get(s, {}).get(p, []):
            said = f"{compact(s)} {compact(p)} {compact(key(value))}"
            yield Finding("evidence", iri, f"asserts what the graph does not state: {said}", name)
        if name not in iris(values, PROV.wasDerivedFrom):
            yield Finding("evidence", iri, "is not derived from the document of its graph", name)
    for s, p, value in stated - asserted:
        yield Finding("evidence", s, f"no assertion for {compact(p)} {compact(key(value))}", name)


class References:
    """`reference_findings` of one graph after the other."""

    def __init__(self, graph: GraphStore, own: Iterable[Part]) -> None:
        self._described = {key(q.subject) for part in own for q in part.quads}
        ontology = (q for part in own if part.name.value == GRAPH.ontology for q in part.quads)
        self._declared = {q.subject.value for q in ontology if isinstance(q.subject, NamedNode)}

        @lru_cache(maxsize=1 << 17)
        def elsewhere(term: NamedNode) -> bool:
            return next(iter(graph.store.quads_for_pattern(term, None, None, None)), None) is not None

        self._elsewhere = elsewhere

    def of(self, part: Part) -> Iterator[Finding]:
        """Those of one graph."""
        name = part.name.value
        unknown: set[str] = set()
        here = part.nodes if part.is_document else {}
        for quad in part.quads:
            predicate, value = quad.predicate.value, quad.object
            if predicate.startswith(ONTOLOGY) and predicate not in self._declared:
                unknown.add(predicate)
            if not isinstance(value, NamedNode):
                continue
            iri = value.value
            if iri.startswith(ONTOLOGY) and iri not in self._declared:
                unknown.add(iri)
            if not iri.startswith(ID) or iri in here or iri in self._described:
                continue
            if not self._elsewhere(value):
                reason = f"{compact(predicate)} {compact(iri)}, which nothing describes"
                yield Finding("reference", key(quad.subject), reason, name)
        for term in unknown if self._declared else ():
            yield Finding("reference", term, "the ontology does not declare this term", name)


def minimum_counts(path: Path) -> Mapping[str, Any]:
    """How many facts of each type a document must have: a table a document id, with a number a fact type."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}", hint="mend the TOML") from error


def too_few(part: Part, wanted: Mapping[str, Any]) -> Iterator[Finding]:
    """`count_findings` of one document; one that the table lacks is passed over, since users build their own."""
    minimum = wanted.get(part.id or "")
    if not isinstance(minimum, dict):
        return
    have = Counter(t for values in part.nodes.values() for t in literals(values, PP.factType))
    for type_, least in sorted(minimum.items()):
        if have[type_] < least:
            reason = f"{have[type_]} facts of type {type_}, fewer than {least}"
            yield Finding("count", part.name.value, reason, part.name.value)
