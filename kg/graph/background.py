"""What stands in the graph beside the documents: ontology, vocabularies, and what the build was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from kg.documents.document import Document
from kg.errors import VocabularyError
from kg.graph.slugs import document_iri, tidy
from kg.graph.terms import integer, node, plain
from kg.lexicon.vocabulary import vocabulary_files
from kg.namespaces import GRAPH, OWL, PP, RDF, RDFS, SKOS, VOID
from kg.resources import ontology_dir

_MARKS = str.maketrans("", "", "“”\"'《》〈〉（）() 　")


def ontology_file() -> Path:
    """The file of the shipped ontology."""
    return ontology_dir() / "pharma-policy.ttl"


def background(ontology: Path | None = None, vocabularies: Iterable[Path] | None = None) -> Iterator[Quad]:
    """The quads of the ontology and of the vocabularies, the shipped ones by default.

    Each concept has an ``rdfs:label`` too, and blank nodes have names that are the same on every run.
    """
    files = list(vocabulary_files() if vocabularies is None else vocabularies)
    ontology = ontology or ontology_file()
    quads = list(_load(ontology, GRAPH.ontology)) if ontology.is_file() else []
    for path in files:
        quads.extend(_load(path, GRAPH.vocabulary))
    unnamed = [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    yield from (q for q in quads if not (isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)))
    renamed = Dataset(unnamed)
    renamed.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from renamed


def _load(path: Path, graph: str) -> Iterator[Quad]:
    to = node(graph)
    labelled: set[NamedNode | BlankNode | Triple] = set()
    named: list[tuple[NamedNode | BlankNode | Triple, Literal]] = []
    try:
        for triple in parse(path=str(path), format=RdfFormat.TURTLE):
            yield Quad(triple.subject, triple.predicate, triple.object, to)
            if triple.predicate.value == RDFS.label:
                labelled.add(triple.subject)
            elif triple.predicate.value == SKOS.prefLabel and isinstance(triple.object, Literal):
                named.append((triple.subject, triple.object))
    except (SyntaxError, OSError) as error:
        raise VocabularyError(f"{path}: {error}", hint="mend the Turtle") from error
    yield from (Quad(s, node(RDFS.label), label, to) for s, label in named if s not in labelled)


@dataclass(frozen=True, slots=True)
class Built:
    """One document of a build: what the metadata say of it."""

    doc: str
    title: str | None
    sha256: str
    characters: int
    facts: int

    @classmethod
    def of(cls, document: Document, title: str | None, facts: int) -> Built:
        """The record of a document with so many facts."""
        digest = sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(document.id, title, digest, len(document.text), facts)


def metadata(built: Iterable[Built], sizes: Mapping[str, int], version: str) -> Iterator[Quad]:
    """The quads that describe a build: its version, its documents, and the sizes of its graphs. No clock.

    Nothing here repeats what a document's graph says: in the union of the graphs it would stand twice.
    """
    graph = node(GRAPH.metadata)
    yield Quad(graph, node(RDF.type), node(VOID.Dataset), graph)
    yield Quad(graph, node(OWL.versionInfo), plain(version), graph)
    for name, size in sorted(sizes.items()):
        yield Quad(graph, node(VOID.subset), node(name), graph)
        yield Quad(node(name), node(VOID.triples), integer(size), graph)
    for one in built:
        document = node(document_iri(one.doc))
        yield Quad(document, node(PP.sha256), plain(one.sha256), graph)
        yield Quad(document, node(PP.characters), integer(one.characters), graph)
        yield Quad(document, node(PP.factCount), integer(one.facts), graph)


def citations(built: Iterable[Built], cited: Iterable[Quad]) -> Iterator[Quad]:
    """Where a cited programme bears the title of a document of the build: that document is cited, too.

    ``cited`` are the ``rdfs:label`` quads of programmes together with the ``pp:cites`` quads.
    """
    by_title: dict[str, list[str]] = {}
    for one in built:
        if one.title:
            by_title.setdefault(_bare(one.title), []).append(document_iri(one.doc))
    same: dict[str, str] = {}
    citing: list[Quad] = []
    for quad in cited:
        if quad.predicate.value == PP.cites:
            citing.append(quad)
        elif isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
            found = by_title.get(_bare(quad.object.value), [])
            if len(found) == 1:
                same[quad.subject.value] = found[0]
    graph = node(GRAPH.inferred)
    for programme, document in sorted(same.items()):
        yield Quad(node(programme), node(SKOS.exactMatch), node(document), graph)
    for quad in citing:
        target = same.get(quad.object.value) if isinstance(quad.object, NamedNode) else None
        if target and quad.subject != node(target):
            yield Quad(quad.subject, quad.predicate, node(target), graph)


def _bare(title: str) -> str:
    """A title without quotation marks, brackets and blanks, for comparing."""
    return tidy(title).translate(_MARKS)
