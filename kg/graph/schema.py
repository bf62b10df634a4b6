"""What the ontology says of classes and properties, closed upwards, as far as it can be contradicted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import NamedNode, Quad

from kg.graph.parts import Term
from kg.namespaces import OWL, RDF, RDFS


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from a property: the classes of its two ends, and which kinds of property it is."""

    domain: frozenset[str] = frozenset()
    range: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


class Schema:
    """The ontology of a graph.

    >>> Schema([]).rule("urn:p").domain
    frozenset()
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        quads = list(quads)
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                found[quad.predicate.value].append((quad.subject.value, quad.object.value))

        def pairs(property_: str) -> list[tuple[str, str]]:
            return found.get(property_, [])

        same = pairs(OWL.equivalentClass)
        self._above = closure(multi([*pairs(RDFS.subClassOf), *same, *((b, a) for a, b in same)]))
        self._properties_above = closure(multi(pairs(RDFS.subPropertyOf)))
        self._domain, self._range = multi(pairs(RDFS.domain)), multi(pairs(RDFS.range))
        for a, b in pairs(OWL.inverseOf):
            for p, q in ((a, b), (b, a)):
                self._domain.setdefault(p, set()).update(self._range.get(q, ()))
                self._range.setdefault(p, set()).update(self._domain.get(q, ()))
        self._kinds = multi(pairs(RDF.type))
        self._rules: dict[str, Rule] = {}
        disjoint = {frozenset(p) for p in pairs(OWL.disjointWith)}
        disjoint |= {frozenset(p) for members in _lists(quads) for p in combinations(members, 2)}
        self.disjoint = sorted(tuple(sorted(pair)) for pair in disjoint if len(pair) == 2)

    def classes(self, class_: str) -> frozenset[str]:
        """A class and all above it."""
        return self._above.get(class_, frozenset({class_}))

    def rule(self, property_: str) -> Rule:
        """What follows from a property and from those above it."""
        if property_ not in self._rules:
            upwards = self._properties_above.get(property_, frozenset({property_}))
            self._rules[property_] = Rule(
                frozenset(c for p in upwards for d in self._domain.get(p, ()) for c in self.classes(d)),
                frozenset(c for p in upwards for r in self._range.get(p, ()) for c in self.classes(r)),
                frozenset(self._kinds.get(property_, ())),
            )
        return self._rules[property_]


def multi(found: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Second parts by first parts."""
    grouped: dict[str, set[str]] = defaultdict(set)
    for a, b in found:
        grouped[a].add(b)
    return dict(grouped)


def closure(above: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """For each name all that stands above it, and itself.

    >>> sorted(closure({"a": {"b"}, "b": {"c"}})["a"])
    ['a', 'b', 'c']
    """
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


def _lists(quads: Iterable[Quad]) -> Iterator[list[str]]:
    """The members of each ``owl:members``."""
    first: dict[Term, Term] = {q.subject: q.object for q in quads if q.predicate.value == RDF.first}
    rest: dict[Term, Term] = {q.subject: q.object for q in quads if q.predicate.value == RDF.rest}
    for quad in quads:
        if quad.predicate.value == OWL.members:
            found: list[str] = []
            at: Term = quad.object
            while at in first:
                if isinstance(member := first.pop(at), NamedNode):
                    found.append(member.value)
                at = rest.get(at, at)
            yield found
