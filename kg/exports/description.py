"""What the data set is, as VoID and DCAT in Turtle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.analysis.plans import Plan
from kg.exports.rdf import quads_of, unindented
from kg.exports.source import Source
from kg.graph.terms import integer, plain, zh
from kg.graph.trig import head, lines
from kg.namespaces import DCTERMS, GRAPH, ID, ONTOLOGY, OWL, RDF, VOID, thing

_DCAT = "http://www.w3.org/ns/dcat#"
_SPDX = "http://spdx.org/rdf/terms#"
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
Distribution = tuple[str, str, int, str]
"""A file of the data set: path, SHA-256, bytes, media type."""


def describe(source: Source, documents: Iterable[Plan], files: Iterable[Distribution] = ()) -> str:
    """The description as Turtle; ``files`` become distributions with their checksums."""
    quads = [
        Quad(s, NamedNode(p), o) for s, p, o in (*_set(source, documents), *_counts(source), *_files(files))
    ]
    return head() + "\n" + "".join(unindented(block) for block in lines(quads))


_Part = tuple[NamedNode, str, NamedNode | Literal]
_HERE = NamedNode(GRAPH.metadata)


def _set(source: Source, documents: Iterable[Plan]) -> Iterator[_Part]:
    yield _HERE, RDF.type, NamedNode(VOID.Dataset)
    yield _HERE, RDF.type, NamedNode(f"{_DCAT}Dataset")
    yield _HERE, DCTERMS.title, zh("医药产业政策知识图谱")
    yield _HERE, DCTERMS.title, Literal("Pharmaceutical policy knowledge graph", language="en")
    yield _HERE, f"{DCTERMS._}license", NamedNode(_CC_BY)
    yield (
        _HERE,
        f"{DCTERMS._}language",
        NamedNode("http://publications.europa.eu/resource/authority/language/ZHO"),
    )
    yield _HERE, OWL.versionInfo, plain(source.version)
    yield _HERE, f"{_DCAT}version", plain(source.version)
    yield _HERE, f"{VOID._}uriSpace", plain(ID)
    yield _HERE, f"{VOID._}vocabulary", NamedNode(ONTOLOGY)
    for plan in documents:
        yield _HERE, f"{DCTERMS._}source", NamedNode(plan.iri)
        yield NamedNode(plan.iri), DCTERMS.title, zh(plan.title)
        yield NamedNode(plan.iri), DCTERMS.identifier, plain(plan.id)


def _counts(source: Source) -> Iterator[_Part]:
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    subjects: set[str] = set()
    number = 0
    for quad in quads_of(source):
        number += 1
        properties[quad.predicate.value] += 1
        subjects.add(str(quad.subject))
        if quad.predicate.value == RDF.type and isinstance(quad.object, NamedNode):
            classes[quad.object.value] += 1
    yield _HERE, VOID.triples, integer(number)
    yield _HERE, f"{VOID._}distinctSubjects", integer(len(subjects))
    yield _HERE, f"{VOID._}properties", integer(len(properties))
    yield _HERE, f"{VOID._}classes", integer(len(classes))
    for kind, found, size in (("class", classes, VOID.entities), ("property", properties, VOID.triples)):
        for iri, count in sorted(found.items()):
            if iri.startswith(ONTOLOGY):
                part = NamedNode(thing("graph", f"metadata/{kind}/{iri.removeprefix(ONTOLOGY)}"))
                yield _HERE, f"{VOID._}{kind}Partition", part
                yield part, f"{VOID._}{kind}", NamedNode(iri)
                yield part, size, integer(count)


def _files(files: Iterable[Distribution]) -> Iterator[_Part]:
    for path, digest, size, media in files:
        made, check = (NamedNode(thing("graph", f"metadata/{what}/{path}")) for what in ("file", "checksum"))
        yield _HERE, f"{_DCAT}distribution", made
        yield made, RDF.type, NamedNode(f"{_DCAT}Distribution")
        yield made, DCTERMS.identifier, plain(path)
        yield made, f"{_DCAT}byteSize", integer(size)
        yield made, f"{_DCAT}mediaType", NamedNode(f"https://www.iana.org/assignments/media-types/{media}")
        yield made, f"{DCTERMS._}license", NamedNode(_CC_BY)
        yield made, f"{_SPDX}checksum", check
        yield check, RDF.type, NamedNode(f"{_SPDX}Checksum")
        yield check, f"{_SPDX}algorithm", NamedNode(f"{_SPDX}checksumAlgorithm_sha256")
        yield check, f"{_SPDX}checksumValue", plain(digest)
