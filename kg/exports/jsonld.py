"""The graph as JSON-LD: one object a named graph, one a thing within it, in the words of `kg.exports.context`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.exports.context import context
from kg.exports.source import Source
from kg.namespaces import GRAPH, PREFIXES, RDF, XSD
from kg.queries.reading import lexical

_Term = NamedNode | BlankNode | Literal | Triple
_PREFIXES = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


def write_jsonld(source: Source, path: Path) -> None:
    """Writes all graphs as JSON-LD 1.1 with the context in the file, one thing a line."""
    found = context_of(source)
    compact = Compact(found["@context"])
    with path.open("w", encoding="utf-8", newline="\n") as to:
        to.write('{"@context": ' + _line(found["@context"]) + ',\n"@graph": [')
        for n, (graph, quads) in enumerate(source.graphs()):
            to.write(("," if n else "") + f'\n{{"@id": {_line(compact.iri(graph))}, "@graph": [')
            for m, (_, about) in enumerate(groupby(quads, key=lambda q: str(q.subject))):
                to.write(("," if m else "") + "\n" + _line(compact.node(about)))
            to.write("\n]}")
        to.write("\n]}\n")


def context_of(source: Source) -> dict[str, Any]:
    """The context that fits the ontology of a graph."""
    return context(source.graph.store.quads_for_pattern(None, None, None, NamedNode(GRAPH.ontology)))


class Compact:
    """Writes nodes in the terms of a context.

    >>> Compact({"hosts": {"@id": "pp:hosts", "@type": "@id"}}).iri("https://w3id.org/pharma-policy-kg/ontology#Park")
    'pp:Park'
    """

    def __init__(self, terms: Mapping[str, Any]) -> None:
        self._terms = {
            _expanded(term["@id"]): (name, term) for name, term in terms.items() if isinstance(term, dict)
        }
        self._names = {name for name, _ in self._terms.values()} | set(PREFIXES)

    def iri(self, iri: str) -> str:
        """An IRI with a prefix where that reads back as the same."""
        for prefix, whole in _PREFIXES:
            if iri.startswith(whole) and not iri.removeprefix(whole).startswith("//"):
                return f"{prefix}:{iri.removeprefix(whole)}"
        return iri

    def node(self, about: Iterable[Quad]) -> dict[str, Any]:
        """The object of the quads of one subject."""
        found: dict[str, Any] = {}
        for quad in about:
            found.setdefault("@id", self._reference(quad.subject))
            if quad.predicate.value == RDF.type and isinstance(quad.object, NamedNode):
                found.setdefault("@type", []).append(self.iri(quad.object.value))
                continue
            name, term = self._terms.get(quad.predicate.value, (self.iri(quad.predicate.value), {}))
            value = quad.object
            if term.get("@container") == "@language":
                if isinstance(value, Literal) and (value.language or value.datatype.value == XSD.string):
                    by_language = found.setdefault(name, {})
                    by_language.setdefault(value.language or "@none", []).append(value.value)
                    continue
                name, term = self.iri(quad.predicate.value), {}
            found.setdefault(name, []).append(self._value(value, term.get("@type", "")))
        return {name: _short(value) for name, value in found.items()}

    def _reference(self, term: _Term) -> str:
        return f"_:{term.value}" if isinstance(term, BlankNode) else self.iri(lexical(term))

    def _value(self, value: _Term, type_: str) -> Any:
        if not isinstance(value, Literal):
            name = self._reference(value)
            return name if type_ == "@id" else {"@id": name}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if type_ == self.iri(datatype):
            if datatype == XSD.integer and str(_integer(value.value)) == value.value:
                return int(value.value)
            return value.value
        if datatype == XSD.string and not type_:
            return value.value
        return {"@value": value.value, "@type": self.iri(datatype)}


def _expanded(compact: str) -> str:
    prefix, _, local = compact.partition(":")
    return f"{PREFIXES[prefix]}{local}"


def _short(value: Any) -> Any:
    if isinstance(value, dict) and "@value" not in value:
        return {key: _short(inner) for key, inner in value.items()}
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _integer(text: str) -> int | None:
    try:
        return int(text) if len(text) < 16 else None
    except ValueError:
        return None


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
