"""Contradictions by the rules of OWL 2 RL that can yield one, each finding with the name of its rule.

A general reasoner derives every consequence to find these few; on tens of thousands of statements that takes
minutes. Here only types are derived (cax-sco, prp-dom, prp-rng, prp-spo1), and different IRIs mean different
things, which makes functional properties a check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from kg.graph.findings import Finding, compact
from kg.graph.terms import node
from kg.namespaces import GRAPH, ID, OWL, PP, RDF, RDFS, SKOS

_Term = NamedNode | BlankNode | Literal | Triple
_ACYCLIC = (PP.within, SKOS.broader)


@dataclass(frozen=True, slots=True)
class _Schema:
    """What the ontology says, closed upwards."""

    above: Mapping[str, frozenset[str]]
    properties_above: Mapping[str, frozenset[str]]
    domain: Mapping[str, set[str]]
    range: Mapping[str, set[str]]
    disjoint: frozenset[frozenset[str]]
    kinds: Mapping[str, set[str]] = field(default_factory=dict)

    def of_kind(self, kind: str) -> set[str]:
        return {p for p, kinds in self.kinds.items() if kind in kinds}


def inconsistencies(store: Store) -> Iterator[Finding]:
    """Nodes that the ontology does not allow: of disjoint classes, with two values for one, in a circle."""
    schema = _schema(store)
    yield from _disjoint(store, schema)
    yield from _one_value(store, schema)
    yield from _reflexive(store, schema)
    for property_ in _ACYCLIC:
        yield from _circles(store, property_)


def _disjoint(store: Store, schema: _Schema) -> Iterator[Finding]:
    types: dict[str, dict[str, str]] = defaultdict(dict)

    def note(name: str, class_: str, because: str) -> None:
        for c in schema.above.get(class_, frozenset({class_})):
            types[name].setdefault(c, because)

    for quad in store.quads_for_pattern(None, None, None):
        subject, value = _iri(quad.subject), _iri(quad.object)
        if subject is None or not subject.startswith(ID):
            continue
        predicate = quad.predicate.value
        if predicate == RDF.type and value:
            note(subject, value, f"it is a {compact(value)}")
            continue
        for p in schema.properties_above.get(predicate, frozenset({predicate})):
            for c in schema.domain.get(p, ()):
                note(subject, c, f"it has {compact(predicate)}")
            if value and value.startswith(ID):
                for c in schema.range.get(p, ()):
                    note(value, c, f"it is the {compact(predicate)} of {compact(subject)}")
    for name, found in types.items():
        if OWL.Nothing in found:
            yield Finding("consistency", name, "is a member of owl:Nothing (cls-nothing2)")
        for pair in schema.disjoint:
            if pair <= found.keys():
                a, b = sorted(pair)
                reason = (
                    f"is {compact(a)} ({found[a]}) and {compact(b)} ({found[b]}), which are disjoint (cax-dw)"
                )
                yield Finding("consistency", name, reason)


def _one_value(store: Store, schema: _Schema) -> Iterator[Finding]:
    for property_ in sorted(schema.of_kind(OWL.FunctionalProperty)):
        values: dict[_Term, set[_Term]] = defaultdict(set)
        for quad in store.quads_for_pattern(None, node(property_), None):
            values[quad.subject].add(quad.object)
        yield from _too_many(values, f"{compact(property_)} has one value only (prp-fp)")
    for property_ in sorted(schema.of_kind(OWL.InverseFunctionalProperty)):
        holders: dict[_Term, set[_Term]] = defaultdict(set)
        for quad in store.quads_for_pattern(None, node(property_), None):
            holders[quad.object].add(quad.subject)
        yield from _too_many(holders, f"is the {compact(property_)} of one thing only (prp-ifp)")


def _too_many(values: Mapping[_Term, set[_Term]], rule: str) -> Iterator[Finding]:
    for name, found in values.items():
        if len(found) > 1:
            listed = "、".join(sorted(compact(_text(v)) for v in found))
            yield Finding("consistency", _text(name), f"{rule}; found {listed}")


def _reflexive(store: Store, schema: _Schema) -> Iterator[Finding]:
    for property_ in sorted(schema.of_kind(OWL.IrreflexiveProperty)):
        for quad in store.quads_for_pattern(None, node(property_), None):
            if quad.subject == quad.object:
                yield Finding("consistency", _text(quad.subject), f"{compact(property_)} itself (prp-irp)")
    for property_ in sorted(schema.of_kind(OWL.AsymmetricProperty)):
        pairs = {(q.subject, q.object) for q in store.quads_for_pattern(None, node(property_), None)}
        for a, b in pairs:
            if (b, a) in pairs:
                reason = f"{compact(property_)} {compact(_text(b))} and the other way round (prp-asyp)"
                yield Finding("consistency", _text(a), reason)


def _circles(store: Store, property_: str) -> Iterator[Finding]:
    above: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, node(property_), None):
        above[_text(quad.subject)].add(_text(quad.object))
    for name, closed in _closure(above).items():
        if any(name in above.get(other, ()) for other in closed):
            yield Finding("consistency", name, f"stands above itself by {compact(property_)}")


def _schema(store: Store) -> _Schema:
    def pairs(property_: str) -> Iterator[tuple[str, str]]:
        for quad in store.quads_for_pattern(None, node(property_), None, node(GRAPH.ontology)):
            a, b = _iri(quad.subject), _iri(quad.object)
            if a and b:
                yield a, b

    def multi(found: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
        grouped: dict[str, set[str]] = defaultdict(set)
        for a, b in found:
            grouped[a].add(b)
        return dict(grouped)

    same = list(pairs(OWL.equivalentClass))
    disjoint = {frozenset(p) for p in pairs(OWL.disjointWith)}
    for quad in store.quads_for_pattern(None, node(OWL.members), None, node(GRAPH.ontology)):
        disjoint |= {frozenset(p) for p in combinations(_listed(store, quad.object), 2)}
    domain, range_ = multi(pairs(RDFS.domain)), multi(pairs(RDFS.range))
    for a, b in pairs(OWL.inverseOf):
        for p, q in ((a, b), (b, a)):
            domain.setdefault(p, set()).update(range_.get(q, ()))
            range_.setdefault(p, set()).update(domain.get(q, ()))
    return _Schema(
        above=_closure(multi([*pairs(RDFS.subClassOf), *same, *((b, a) for a, b in same)])),
        properties_above=_closure(multi(pairs(RDFS.subPropertyOf))),
        domain=domain, range=range_, disjoint=frozenset(d for d in disjoint if len(d) == 2),
        kinds=multi(pairs(RDF.type)),
    )  # fmt: skip


def _closure(above: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """For each name all that stands above it, and itself."""
    closed: dict[str, frozenset[str]] = {}
    for start in list(above):
        seen = {start}
        waiting = list(above[start])
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting.extend(above.get(at, ()))
        closed[start] = frozenset(seen)
    return closed


def _listed(store: Store, head: _Term) -> list[str]:
    found: list[str] = []
    while isinstance(head, BlankNode):
        first = next(iter(store.quads_for_pattern(head, node(RDF.first), None)), None)
        rest = next(iter(store.quads_for_pattern(head, node(RDF.rest), None)), None)
        if first is not None and (iri := _iri(first.object)):
            found.append(iri)
        if rest is None:
            break
        head = rest.object
    return found


def _iri(term: _Term) -> str | None:
    return term.value if isinstance(term, NamedNode) else None


def _text(term: _Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value
