"""What stands in the graph beside the documents: ontology, vocabularies, and what the build was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Store

from kg.documents.document import Document
from kg.errors import VocabularyError
from kg.graph.fill import Filled
from kg.graph.quality import Quality, quality_quads
from kg.graph.slugs import document_iri, tidy
from kg.graph.terms import integer, node, plain
from kg.lexicon.vocabulary import Vocabulary, vocabulary_files
from kg.model import FACT_TYPES
from kg.namespaces import DCTERMS, GRAPH, OWL, PP, PREFIXES, RDF, SKOS, VOID, thing
from kg.resources import ontology_dir

_MARKS = str.maketrans("", "", "“”\"'《》〈〉（）() 　")
_LABELS = """
INSERT { GRAPH ?graph { ?thing rdfs:label ?label } }
WHERE { GRAPH ?graph { ?thing skos:prefLabel ?label FILTER NOT EXISTS { ?thing rdfs:label ?other } } }
"""
_UNNAMED = """
SELECT ?s ?p ?o ?graph WHERE { GRAPH ?graph { ?s ?p ?o } FILTER (isBlank(?s) || isBlank(?o)) }
"""


def ontology_file() -> Path:
    """The file of the shipped ontology."""
    return ontology_dir() / "pharma-policy.ttl"


def background(ontology: Path | None = None, vocabularies: Iterable[Path] | None = None) -> Store:
    """A store in memory of the ontology and the vocabularies, the shipped ones by default.

    Each concept has an ``rdfs:label`` too, and blank nodes have names that are the same on every run. All
    this is Oxigraph's work, so that other threads go on meanwhile. Raises `VocabularyError` for a broken file.
    """
    store = Store()
    ontology = ontology or ontology_file()
    files = [(ontology, GRAPH.ontology)] if ontology.is_file() else []
    files += [(p, GRAPH.vocabulary) for p in (vocabulary_files() if vocabularies is None else vocabularies)]
    for path, graph in files:
        try:
            store.bulk_load(path=path, format=RdfFormat.TURTLE, to_graph=node(graph))
        except (SyntaxError, OSError) as error:
            raise VocabularyError(f"{path}: {error}", hint="mend the Turtle") from error
    store.update(_LABELS, prefixes=dict(PREFIXES))
    _rename_blank_nodes(store)
    return store


def _rename_blank_nodes(store: Store) -> None:
    unnamed = [Quad(*row) for row in store.query(_UNNAMED)]  # type: ignore[union-attr]
    for quad in unnamed:
        store.remove(quad)
    renamed = Dataset(unnamed)
    renamed.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    store.extend(renamed)


@dataclass(frozen=True, slots=True)
class Built:
    """One document of a build: what the metadata say of it."""

    doc: str
    title: str | None
    sha256: str
    characters: int
    by_type: Mapping[str, int]
    cited: Mapping[str, str]
    """The labels of the programmes that it cites, by IRI."""

    @classmethod
    def of(cls, document: Document, filled: Filled) -> Built:
        """The record of a document and what it says."""
        digest = sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        by_type = Counter(fact.type for fact in filled.facts)
        return cls(document.id, filled.title, digest, len(document.text), by_type, filled.cited)

    @property
    def facts(self) -> int:
        """The number of its facts."""
        return sum(self.by_type.values())


def metadata(
    built: Iterable[Built], sizes: Mapping[str, int], version: str, quality: Iterable[Quality] = ()
) -> Iterator[Quad]:
    """The quads that describe a build: version, documents, sizes of its graphs, facts by type. No clock.

    Nothing here repeats what a document's graph says: in
    the union of the graphs it would stand twice.
    """
    built = list(built)
    graph = node(GRAPH.metadata)
    yield Quad(graph, node(RDF.type), node(VOID.Dataset), graph)
    yield Quad(graph, node(OWL.versionInfo), plain(version), graph)
    yield Quad(graph, node(VOID.documents), integer(len(built)), graph)
    yield Quad(graph, node(VOID.triples), integer(sum(sizes.values())), graph)
    for name, size in sorted(sizes.items()):
        yield Quad(graph, node(VOID.subset), node(name), graph)
        yield Quad(node(name), node(VOID.triples), integer(size), graph)
    for one in built:
        document = node(document_iri(one.doc))
        yield Quad(document, node(PP.sha256), plain(one.sha256), graph)
        yield Quad(document, node(PP.characters), integer(one.characters), graph)
        yield Quad(document, node(PP.factCount), integer(one.facts), graph)
    yield from _by_type(built)
    yield from quality_quads(quality)


def _by_type(built: Iterable[Built]) -> Iterator[Quad]:
    graph = node(GRAPH.metadata)
    found: Counter[str] = Counter()
    for one in built:
        found.update(one.by_type)
    for type_ in FACT_TYPES:
        part = node(thing("graph", f"facts-{type_.replace('_', '-')}"))
        yield Quad(graph, node(VOID.subset), part, graph)
        yield Quad(part, node(RDF.type), node(VOID.Dataset), graph)
        yield Quad(part, node(DCTERMS.identifier), plain(type_), graph)
        yield Quad(part, node(VOID.entities), integer(found[type_]), graph)


def citations(built: Iterable[Built], vocabulary: Vocabulary) -> Iterator[Quad]:
    """Where a programme bears the title of a document of the build: the two are one, and both are cited."""
    built = list(built)
    by_title: dict[str, list[str]] = {}
    for one in built:
        if one.title:
            by_title.setdefault(_bare(one.title), []).append(document_iri(one.doc))
    labels = [(e.iri, name) for e in vocabulary.of_kind("programme") for name in (e.label, e.label_en)]
    labels += [cited for one in built for cited in one.cited.items()]
    same = {iri: found[0] for iri, name in labels if len(found := by_title.get(_bare(name), [])) == 1}
    graph = node(GRAPH.inferred)
    for programme, document in sorted(same.items()):
        yield Quad(node(programme), node(SKOS.exactMatch), node(document), graph)
    for one in built:
        citing = document_iri(one.doc)
        for programme in one.cited.keys() & same.keys():
            if same[programme] != citing:
                yield Quad(node(citing), node(PP.cites), node(same[programme]), graph)


def _bare(title: str) -> str:
    """A title without quotation marks, brackets and blanks, for comparing."""
    return tidy(title).translate(_MARKS)
