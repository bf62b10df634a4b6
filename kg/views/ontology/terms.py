"""The terms of the ontology with all that the ontology says of them, read from the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from pyoxigraph import BlankNode, NamedNode
from pyoxigraph import Literal as Text

from kg.namespaces import GRAPH, ONTOLOGY, OWL, PREFIXES, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Kind = Literal["class", "object", "data", "individual"]
STANDARDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **PREFIXES,
        "schema": "https://schema.org/", "org": "http://www.w3.org/ns/org#", "oa": "http://www.w3.org/ns/oa#",
        "eli": "http://data.europa.eu/eli/ontology#", "qudt": "http://qudt.org/schema/qudt/",
        "time": "http://www.w3.org/2006/time#", "geo": "http://www.opengis.net/ont/geosparql#",
        "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#", "dcat": "http://www.w3.org/ns/dcat#",
        "spdx": "http://spdx.org/rdf/terms#", "sdgo": "http://metadata.un.org/sdg/ontology#",
        "obo": "http://purl.obolibrary.org/obo/",
    }
)  # fmt: skip
"""The prefixes of the standards to which terms are mapped."""
_KINDS: Mapping[str, Kind] = {
    f"{OWL._}Class": "class", f"{OWL._}ObjectProperty": "object", f"{OWL._}DatatypeProperty": "data",
    f"{OWL._}NamedIndividual": "individual",
}  # fmt: skip
TRAITS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        OWL.FunctionalProperty: ("至多一个值", "at most one value"),
        OWL.InverseFunctionalProperty: ("至多一个主语", "at most one subject"),
        f"{OWL._}TransitiveProperty": ("可传递", "transitive"),
        OWL.IrreflexiveProperty: ("不指向自身", "never to itself"),
        OWL.AsymmetricProperty: ("不可反向", "never both ways"),
    }
)
"""What it means that a property is of one of these classes, in Chinese and English."""

_Term = NamedNode | BlankNode | Text
_COMMENT = f"{RDFS._}comment"


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property or a value of a closed list.

    ``above`` are the classes or properties directly above, ``close`` those of standards that come close, ``domain``
    and ``range`` the classes (or datatypes) of a property's ends; all as prefixed names, ours without the prefix.
    ``of`` is the class of a value.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    comment_zh: str
    comment_en: str
    above: tuple[str, ...]
    close: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: tuple[str, ...]
    traits: tuple[tuple[str, str], ...]
    of: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The IRI of the term."""
        return f"{ONTOLOGY}{self.name}"


def short_name(iri: str) -> str:
    """A term as people write it: ours by its local name, others with their prefix.

    >>> short_name("https://schema.org/Place"), short_name("https://w3id.org/pharma-policy-kg/ontology#hosts")
    ('schema:Place', 'hosts')
    """
    if iri.startswith(ONTOLOGY):
        return iri.removeprefix(ONTOLOGY)
    fits = [(whole, prefix) for prefix, whole in STANDARDS.items() if iri.startswith(whole)]
    if not fits:
        return iri
    whole, prefix = max(fits)
    return f"{prefix}:{iri.removeprefix(whole)}"


def full_name(name: str) -> str | None:
    """The IRI of a prefixed name of a standard; None for ours.

    >>> full_name("schema:Place"), full_name("Park")
    ('https://schema.org/Place', None)
    """
    prefix, colon, local = name.partition(":")
    return f"{STANDARDS[prefix]}{local}" if colon and prefix in STANDARDS else None


def terms(graph: GraphStore) -> dict[str, Term]:
    """The terms of the ontology in a graph by local name: classes with those under them, properties, values."""
    said: dict[_Term, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in graph.store.quads_for_pattern(None, None, None, NamedNode(GRAPH.ontology)):
        said[quad.subject][quad.predicate.value].append(quad.object)  # type: ignore[index, arg-type]
    reader = _Reader(said)
    found = [reader.term(s) for s in said if isinstance(s, NamedNode) and s.value.startswith(ONTOLOGY)]
    named = {t.name: t for t in found if t is not None}
    return {t.name: t for t in sorted(named.values(), key=lambda t: _order(t, named))}


def _order(term: Term, every: Mapping[str, Term]) -> tuple[int, tuple[str, ...]]:
    """Classes as a tree, then properties and values by name."""
    path = [term.name]
    while term.kind == "class" and (up := [a for a in every[path[0]].above if a in every and a not in path]):
        path.insert(0, min(up))
    return ("class", "object", "data", "individual").index(term.kind), tuple(path)


class _Reader:
    def __init__(self, said: Mapping[_Term, Mapping[str, list[_Term]]]) -> None:
        self._said = said

    def term(self, node: NamedNode) -> Term | None:
        """The term of a node; None for the ontology itself."""
        types = [t.value for t in self._said[node].get(RDF.type, ()) if isinstance(t, NamedNode)]
        kind = next((_KINDS[t] for t in types if t in _KINDS), None)
        if kind is None:
            return None
        subject = self._said[node]
        above = RDFS._ + ("subClassOf" if kind == "class" else "subPropertyOf")
        close = [v for p in ("closeMatch", "exactMatch") for v in subject.get(f"{SKOS._}{p}", ())]
        inverse = [*subject.get(OWL.inverseOf, ()), *self._inverse_of(node)]
        return Term(
            name=node.value.removeprefix(ONTOLOGY), kind=kind,
            zh=self._text(node, RDFS.label, "zh"), en=self._text(node, RDFS.label, "en"),
            comment_zh=self._text(node, _COMMENT, "zh"), comment_en=self._text(node, _COMMENT, "en"),
            above=self._names(subject.get(above, ())), close=self._names(close),
            domain=self._names(subject.get(RDFS.domain, ())), range=self._names(subject.get(RDFS.range, ())),
            inverse=self._names(inverse), traits=tuple(TRAITS[t] for t in sorted(types) if t in TRAITS),
            of=tuple(sorted(short_name(t) for t in types if t.startswith(ONTOLOGY))),
        )  # fmt: skip

    def _inverse_of(self, node: NamedNode) -> list[_Term]:
        return [s for s, values in self._said.items() if node in values.get(OWL.inverseOf, ())]

    def _text(self, node: NamedNode, property_: str, language: str) -> str:
        values = self._said[node].get(property_, ())
        return min((v.value for v in values if isinstance(v, Text) and v.language == language), default="")

    def _names(self, values: Iterable[_Term]) -> tuple[str, ...]:
        found: set[str] = set()
        for value in values:
            if isinstance(value, NamedNode):
                found.add(short_name(value.value))
            elif isinstance(value, BlankNode):
                for union in self._said[value].get(f"{OWL._}unionOf", ()):
                    found.update(short_name(v.value) for v in self._list(union) if isinstance(v, NamedNode))
        return tuple(sorted(found))

    def _list(self, at: _Term) -> list[_Term]:
        found: list[_Term] = []
        while isinstance(at, BlankNode) and (first := self._said[at].get(RDF.first)):
            found.append(first[0])
            at = self._said[at][RDF.rest][0]
        return found
