"""Contradictions by the rules of OWL 2 RL that can yield one, each finding with the name of its rule.

A general reasoner derives every consequence to find these few; on tens of thousands of statements that takes
minutes. Here only types are derived (cax-sco, prp-dom, prp-rng, prp-spo1), and different IRIs mean different
things, which makes functional properties a check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store

from kg.graph.findings import Finding, compact
from kg.graph.parts import Part, Term, document_parts, key, own_parts
from kg.graph.schema import Rule, Schema, closure
from kg.namespaces import GRAPH, ID, OWL, PP, RDF, SKOS

_ACYCLIC = (PP.within, SKOS.broader)

Because = tuple[str, str]
"""Why a thing is of a class: the property that says so, and the class or the thing at its other end."""


def inconsistencies(store: Store) -> Iterator[Finding]:
    """Nodes that the ontology does not allow: of disjoint classes, with two values for one, in a circle."""
    own = own_parts(store)
    found = Consistency(own)
    for part in (*own, *document_parts(store)):
        found.read(part.quads)
    return found.findings()


class Consistency:
    """Reads one graph after the other, of which ``own`` are the project's, then says what contradicts.

    >>> list(Consistency([]).findings())
    []
    """

    def __init__(self, own: Iterable[Part]) -> None:
        self._schema = Schema(q for part in own if part.name.value == GRAPH.ontology for q in part.quads)
        self._types: dict[str, dict[str, Because]] = defaultdict(dict)
        self._links: dict[str, dict[Term, set[Term]]] = defaultdict(lambda: defaultdict(set))
        self._found: list[Finding] = []

    def read(self, quads: Iterable[Quad]) -> None:
        """Takes note of a graph."""
        for quad in quads:
            predicate, value = quad.predicate.value, quad.object
            rule = self._schema.rule(predicate)
            if rule.kinds & _CHECKED or predicate in _ACYCLIC:
                self._link(quad, predicate, rule)
            if predicate == RDF.type or rule.domain or rule.range:
                subject = key(quad.subject)
                other = value.value if isinstance(value, NamedNode) else ""
                self._type(subject, predicate, other, rule)

    def _link(self, quad: Quad, predicate: str, rule: Rule) -> None:
        if OWL.IrreflexiveProperty in rule.kinds and quad.subject == quad.object:
            reason = f"{compact(predicate)} itself (prp-irp)"
            self._found.append(Finding("consistency", key(quad.subject), reason))
        if OWL.InverseFunctionalProperty in rule.kinds:
            self._links[f"^{predicate}"][quad.object].add(quad.subject)
        if rule.kinds & _FORWARD or predicate in _ACYCLIC:
            self._links[predicate][quad.subject].add(quad.object)

    def _type(self, subject: str, predicate: str, other: str, rule: Rule) -> None:
        if not subject.startswith(ID):
            return
        found = self._types[subject]
        if predicate == RDF.type:
            for class_ in self._schema.classes(other):
                found.setdefault(class_, (predicate, other))
            return
        for class_ in rule.domain:
            if class_ not in found:
                found[class_] = (predicate, "")
        if rule.range and other.startswith(ID):
            found = self._types[other]
            for class_ in rule.range:
                if class_ not in found:
                    found[class_] = (predicate, subject)

    def findings(self) -> Iterator[Finding]:
        """What contradicts in all that was read."""
        yield from self._found
        for name, found in self._types.items():
            yield from self._disjoint(name, found)
        for predicate, links in self._links.items():
            yield from self._too_many(predicate, links)
            if OWL.AsymmetricProperty in self._schema.rule(predicate).kinds:
                yield from _both_ways(predicate, links)
            if predicate in _ACYCLIC:
                yield from _circles(predicate, links)

    def _disjoint(self, name: str, found: dict[str, Because]) -> Iterator[Finding]:
        if OWL.Nothing in found:
            yield Finding("consistency", name, "is a member of owl:Nothing (cls-nothing2)")
        for a, b in self._schema.disjoint:
            if a in found and b in found:
                both = f"{compact(a)} ({_why(found[a])}) and {compact(b)} ({_why(found[b])})"
                yield Finding("consistency", name, f"is {both}, which are disjoint (cax-dw)")

    def _too_many(self, predicate: str, links: dict[Term, set[Term]]) -> Iterator[Finding]:
        property_ = compact(predicate.removeprefix("^"))
        if predicate.startswith("^"):
            rule = f"is the {property_} of one thing only (prp-ifp)"
        elif OWL.FunctionalProperty in self._schema.rule(predicate).kinds:
            rule = f"{property_} has one value only (prp-fp)"
        else:
            return
        for name, values in links.items():
            if len(values) > 1:
                listed = "、".join(sorted(compact(key(v)) for v in values))
                yield Finding("consistency", key(name), f"{rule}; found {listed}")


_FORWARD = frozenset({OWL.FunctionalProperty, OWL.AsymmetricProperty})
_CHECKED = _FORWARD | {OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty}


def _why(because: Because) -> str:
    predicate, other = because
    if predicate == RDF.type:
        return f"it is a {compact(other)}"
    return f"it is the {compact(predicate)} of {compact(other)}" if other else f"it has {compact(predicate)}"


def _both_ways(predicate: str, links: dict[Term, set[Term]]) -> Iterator[Finding]:
    for a, values in links.items():
        for b in values:
            if a in links.get(b, ()):
                reason = f"{compact(predicate)} {compact(key(b))} and the other way round (prp-asyp)"
                yield Finding("consistency", key(a), reason)


def _circles(predicate: str, links: dict[Term, set[Term]]) -> Iterator[Finding]:
    above = {key(name): {key(value) for value in values} for name, values in links.items()}
    for name, closed in closure(above).items():
        if any(name in above.get(other, ()) for other in closed):
            yield Finding("consistency", name, f"stands above itself by {compact(predicate)}")
