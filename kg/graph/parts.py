"""The graphs of a store one after the other, each read once: reading from disk takes longer than most checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.namespaces import DCTERMS, ID

Term = NamedNode | BlankNode | Literal | Triple
Values = Mapping[str, list[Term]]

_OWN = f"{ID}graph/"


@dataclass
class Part:
    """One named graph: its quads, and the same by subject and predicate.

    >>> Part(NamedNode("https://w3id.org/pharma-policy-kg/id/graph/vocabulary"), []).is_document
    False
    """

    name: NamedNode
    quads: list[Quad]

    @property
    def is_document(self) -> bool:
        """Whether the graph belongs to a document: all but the project's own do."""
        return not self.name.value.startswith(_OWN)

    @cached_property
    def nodes(self) -> dict[str, dict[str, list[Term]]]:
        """Objects by subject and predicate."""
        found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in self.quads:
            found[key(quad.subject)][quad.predicate.value].append(quad.object)
        return {subject: dict(values) for subject, values in found.items()}

    @property
    def id(self) -> str | None:
        """The id of the document, if the graph says one."""
        return next(iter(literals(self.nodes.get(self.name.value, {}), DCTERMS.identifier)), None)


def own_parts(store: Store) -> list[Part]:
    """The project's own graphs, which stand behind every document, in order of name."""
    return [part(store, name) for name in _names(store) if name.value.startswith(_OWN)]


def document_parts(store: Store) -> Iterator[Part]:
    """The graphs of the documents, in order of name, one in memory at a time."""
    return (part(store, name) for name in _names(store) if not name.value.startswith(_OWN))


def part(store: Store, name: NamedNode) -> Part:
    """The graph of a name."""
    return Part(name, list(store.quads_for_pattern(None, None, None, name)))


def _names(store: Store) -> list[NamedNode]:
    named = (g for g in store.named_graphs() if isinstance(g, NamedNode))
    return sorted(named, key=lambda g: g.value)


def key(term: Term) -> str:
    """What a term is called in the tables of `Part.nodes`."""
    return str(term) if isinstance(term, Triple) else term.value


def literals(values: Values, property_: str) -> list[str]:
    """The literals among the values of a property, as text."""
    return [v.value for v in values.get(property_, ()) if isinstance(v, Literal)]


def iris(values: Values, property_: str) -> list[str]:
    """The IRIs among the values of a property."""
    return [v.value for v in values.get(property_, ()) if isinstance(v, NamedNode)]
