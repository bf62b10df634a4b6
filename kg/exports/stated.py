"""The graph as nodes and edges: things with their names, and what documents state between them, with the quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.hierarchy import Hierarchy, fields, points, regions
from kg.exports.source import Source
from kg.namespaces import ID, ONTOLOGY, PP
from kg.queries.reading import Thing, lexical, local, things

_STATED = """
SELECT ?a ?s ?p ?o ?doc ?start ?end ?quote ?section ?rule ?confidence ?count WHERE {
  ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pp:quote ?quote ; pp:start ?start ; pp:end ?end ;
     pp:rule ?rule ; pp:confidence ?confidence ; prov:wasDerivedFrom/dcterms:identifier ?doc .
  OPTIONAL { ?a pp:section/dcterms:identifier ?section } OPTIONAL { ?a pp:mentionCount ?count }
}
"""
_FIGURES = """
SELECT ?x ?p ?v WHERE { VALUES ?way { pp:setsTarget pp:reports } ?doc ?way ?x . ?x ?p ?v }
"""
_OF_FIGURES = (
    "indicatorText", "scope", "comparator", "value", "valueMax", "unit", "deadline", "baseline", "direction", "year",
    "period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """One assertion: ``predicate`` is a local name; ``count`` is how often a document mentions the object, else 1."""

    fact: str
    subject: str
    predicate: str
    object: str
    doc: str
    start: int
    end: int
    quote: str
    section: str
    rule: str
    confidence: float
    count: int


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its names, its class, its place on the map (degrees) where it has one, and what else is said of it."""

    thing: Thing
    latitude: float | None
    longitude: float | None
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by IRI, statements between them, and links that no document states (``within``, ``broader`` …)."""

    nodes: Mapping[str, Node]
    stated: tuple[Stated, ...]
    links: tuple[tuple[str, str, str], ...]


def network(source: Source) -> Network:
    """All statements between things, in order of subject, predicate, object and place.

    Statements whose object is a value or a word of a closed list (a year, ``pp:Planned``) become values of their
    subject's node, joined by ``；`` where documents differ.
    """
    return source.once("network", lambda: _network(source))


def _network(source: Source) -> Network:
    every = sorted(_assertions(source), key=_order)
    edges = tuple(s for s in every if s.object.startswith(ID) and s.subject.startswith(ID))
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for s in every:
        if not s.object.startswith(ID) and s.predicate != "type":
            values[s.subject][s.predicate].add(_plain(s.object))
    links = set(_figure_links(source, values))
    named = {end for s in edges for end in (s.subject, s.object)} | {
        end for a, _, b in links for end in (a, b)
    }
    links |= set(_upwards(named, "within", regions(source.graph)))
    links |= set(_upwards(named, "broader", fields(source.graph)))
    named |= {end for a, _, b in links for end in (a, b)}
    places = points(source.graph)
    nodes: dict[str, Node] = {}
    for iri, thing in things(source.graph, named).items():
        said = {key: "；".join(sorted(found)) for key, found in sorted(values.get(iri, {}).items())}
        longitude, latitude = places.get(iri, (None, None))
        nodes[iri] = Node(thing, latitude, longitude, said)
    return Network(nodes, edges, tuple(sorted(links)))


def value_keys(found: Network) -> list[str]:
    """The keys of values that nodes have, in order."""
    return sorted({key for node in found.nodes.values() for key in node.values})


def _assertions(source: Source) -> Iterable[Stated]:
    for row in source.graph.query(_STATED, time_limit=None).rows:
        a, s, p, o, doc, start, end, quote, section, rule, sure, count = map(lexical, row)
        yield Stated(
            a, s, local(p), o, doc, int(start), int(end), quote, section, rule, float(sure), int(count or 1)
        )


def _figure_links(source: Source, values: dict[str, dict[str, set[str]]]) -> Iterable[tuple[str, str, str]]:
    for row in source.graph.query(_FIGURES, time_limit=None).rows:
        x, p, v = map(lexical, row)
        if p in (PP.indicator, PP.appliesTo):
            yield x, local(p), v
        elif p.startswith(ONTOLOGY) and local(p) in _OF_FIGURES:
            values[x][local(p)].add(_plain(v))


def _upwards(named: Iterable[str], name: str, tree: Hierarchy) -> Iterable[tuple[str, str, str]]:
    waiting, seen = sorted(named), set()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        for above in tree.up.get(at, ()):
            yield at, name, above
            waiting.append(above)


def _plain(value: str) -> str:
    return local(value) if value.startswith(ONTOLOGY) else value


def _order(s: Stated) -> tuple[str, str, str, str, int, int, str]:
    return (s.subject, s.predicate, s.object, s.doc, s.start, s.end, s.fact)
