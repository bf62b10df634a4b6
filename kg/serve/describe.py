"""What the service and its data set say of themselves: SPARQL 1.1 Service Description, VoID and DCAT."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.namespaces import DCTERMS, GRAPH, ID, ONTOLOGY, PREFIXES, RDF, VOID, XSD

SD, DCAT = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/dcat#"
FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    **PREFIXES, "sd": SD, "dcat": DCAT, "formats": FORMATS, "foaf": "http://xmlns.com/foaf/0.1/",
}  # fmt: skip
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD",
)  # fmt: skip
# The graph of metadata counts all graphs but itself.
_GRAPHS = f"""SELECT ?graph ?n WHERE {{
  {{ GRAPH <{GRAPH.metadata}> {{ ?graph void:triples ?n }} }}
  UNION {{ SELECT (<{GRAPH.metadata}> AS ?graph) (COUNT(*) AS ?n) {{ GRAPH <{GRAPH.metadata}> {{ ?s ?p ?o }} }} }}
}} ORDER BY ?graph"""
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
_DOCUMENTS = (
    "SELECT DISTINCT ?doc ?title WHERE { GRAPH ?doc { ?doc a pp:PolicyDocument ; dcterms:identifier ?id "
    "OPTIONAL { ?doc dcterms:title ?title } } } ORDER BY ?doc ?title"
)
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What the data set holds: graphs, classes and properties with their counts, documents with their titles."""

    graphs: Rows
    classes: Rows
    properties: Rows
    documents: Rows

    @property
    def triples(self) -> int:
        """The number of triples of all graphs."""
        return sum(int(n) for _, n in self.graphs)


async def contents(ask: Callable[[str], Awaitable[bytes]]) -> Contents:
    """The contents, by queries whose answers come as SPARQL JSON."""
    found = [_rows(await ask(query)) for query in (_GRAPHS, _CLASSES, _PROPERTIES, _DOCUMENTS)]
    return Contents(*found)


def service(endpoint: str, dataset: str, has: Contents, *, federated: bool) -> list[Triple]:
    """The description of the service at an address.

    >>> has = Contents([["urn:g", "2"]], [], [], [])
    >>> "sd:UnionDefaultGraph" in written(service("http://h/sparql", "http://h/dataset", has, federated=False))
    True
    """
    me, data, graph = NamedNode(endpoint), NamedNode(dataset), BlankNode("default")
    features = ["UnionDefaultGraph", *(["BasicFederatedQuery"] if federated else [])]
    return [
        _t(me, RDF.type, f"{SD}Service"),
        _t(me, f"{SD}endpoint", endpoint),
        _t(me, f"{SD}supportedLanguage", f"{SD}SPARQL11Query"),
        *(_t(me, f"{SD}feature", SD + feature) for feature in features),
        *(_t(me, f"{SD}resultFormat", FORMATS + name) for name in _RESULTS),
        _t(me, f"{SD}defaultDataset", data),
        _t(me, f"{SD}availableGraphs", data),
        _t(data, RDF.type, f"{SD}Dataset"),
        _t(data, RDF.type, f"{SD}GraphCollection"),
        _t(data, f"{SD}defaultGraph", graph),
        _t(graph, RDF.type, f"{SD}Graph"),
        _t(graph, VOID.triples, _integer(has.triples)),
        *_named_graphs(data, has),
    ]


def dataset(address: str, endpoint: str, start: str, has: Contents) -> list[Triple]:
    """The data set in VoID and DCAT.

    >>> has = Contents([["urn:g", "2"]], [["urn:c", "1"]], [["urn:p", "2"]], [])
    >>> "void:triples 2" in written(dataset("http://h/dataset", "http://h/sparql", "http://h/", has))
    True
    """
    me, access, api = NamedNode(address), NamedNode(f"{endpoint}#access"), NamedNode(endpoint)
    zh, en = "医药产业政策知识图谱", "Knowledge graph of Chinese pharmaceutical industry policy"
    found = [
        _t(me, RDF.type, VOID.Dataset),
        _t(me, RDF.type, f"{DCAT}Dataset"),
        _t(me, DCTERMS.title, Literal(zh, language="zh")),
        _t(me, DCTERMS.title, Literal(en, language="en")),
        _t(me, "http://xmlns.com/foaf/0.1/homepage", start),
        _t(me, f"{DCAT}landingPage", start),
        _t(me, f"{VOID._}sparqlEndpoint", api),
        _t(me, f"{VOID._}uriSpace", Literal(ID)),
        _t(me, f"{VOID._}vocabulary", ONTOLOGY),
        _t(me, VOID.triples, _integer(has.triples)),
        _t(me, VOID.documents, _integer(len({doc for doc, _ in has.documents}))),
        _t(me, f"{VOID._}classes", _integer(len(has.classes))),
        _t(me, f"{VOID._}properties", _integer(len(has.properties))),
        _t(me, f"{DCAT}distribution", access),
        _t(access, RDF.type, f"{DCAT}Distribution"),
        _t(access, f"{DCAT}accessURL", api),
        _t(access, f"{DCAT}accessService", api),
        _t(api, RDF.type, f"{DCAT}DataService"),
        _t(api, f"{DCAT}endpointURL", api),
        _t(api, f"{DCAT}endpointDescription", api),
        _t(api, f"{DCAT}servesDataset", me),
        _t(api, f"{DCTERMS._}conformsTo", "http://www.w3.org/TR/sparql11-protocol/"),
    ]
    for graph, n in has.graphs:
        found += [
            _t(me, VOID.subset, graph),
            _t(graph, RDF.type, VOID.Dataset),
            _t(graph, VOID.triples, _integer(int(n))),
        ]
    found += [_t(doc, DCTERMS.title, Literal(title, language="zh")) for doc, title in has.documents if title]
    found += _partitions(me, "class", "entities", has.classes)
    return found + _partitions(me, "property", "triples", has.properties)


def written(triples: Sequence[Triple], format_: RdfFormat = RdfFormat.TURTLE) -> str:
    """The triples as text in a format."""
    prefixes = None if format_ in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS) else _NAMES
    return bytes(serialize(triples, format=format_, prefixes=prefixes) or b"").decode()


def _named_graphs(data: NamedNode, has: Contents) -> Iterator[Triple]:
    for n, (graph, count) in enumerate(has.graphs):
        named, inner = BlankNode(f"named{n}"), BlankNode(f"graph{n}")
        yield _t(data, f"{SD}namedGraph", named)
        yield _t(named, RDF.type, f"{SD}NamedGraph")
        yield _t(named, f"{SD}name", graph)
        yield _t(named, f"{SD}graph", inner)
        yield _t(inner, RDF.type, f"{SD}Graph")
        yield _t(inner, VOID.triples, _integer(int(count)))


def _partitions(me: NamedNode, of: str, counted: str, rows: Rows) -> list[Triple]:
    found = []
    for n, (iri, count) in enumerate(rows):
        if not iri.startswith(("http://", "https://", "urn:")):
            continue  # a blank node has no name to be counted under
        part = BlankNode(f"{of}{n}")
        found.append(_t(me, f"{VOID._}{of}Partition", part))
        found.append(_t(part, VOID._ + of, iri))
        found.append(_t(part, VOID._ + counted, _integer(int(count))))
    return found


def _t(
    subject: str | NamedNode | BlankNode, predicate: str, value: str | NamedNode | BlankNode | Literal
) -> Triple:
    first = NamedNode(subject) if isinstance(subject, str) else subject
    return Triple(first, NamedNode(predicate), NamedNode(value) if isinstance(value, str) else value)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD.integer))


def _rows(answer: bytes) -> Rows:
    found = json.loads(answer)
    names = found["head"]["vars"]
    return [[row[n]["value"] if n in row else "" for n in names] for row in found["results"]["bindings"]]
