"""The ontology against the code that uses it, against OWL, and against the vocabularies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import owlrl
import pyoxigraph
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.lexicon.vocabulary import vocabulary_files
from kg.namespaces import (
    CLUSTER_CLASSES,
    CLUSTER_STATUSES,
    COMPARATORS,
    DIRECTIONS,
    DOCUMENT_STATUSES,
    EVIDENCED_PROPERTIES,
    GOVERNMENT_LEVELS,
    INSTITUTION_KINDS,
    ONTOLOGY,
    PP,
    STANCES,
)
from kg.resources import ontology_dir

KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)
UMBRELLAS = {"Figure", "Organization"}
"""Classes that only gather others: nothing is of them alone, so the code does not name them."""
CLOSED_LISTS: list[Mapping[str, str]] = [
    COMPARATORS, DIRECTIONS, DOCUMENT_STATUSES, CLUSTER_STATUSES, GOVERNMENT_LEVELS, INSTITUTION_KINDS,
]  # fmt: skip
PREFIXES = f"""
@prefix pp: <{ONTOLOGY}> .
@prefix owl: <{OWL}> .
@prefix skos: <{SKOS}> .
@prefix x: <urn:x:> .
"""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_dir() / "pharma-policy.ttl")


Triples = list[pyoxigraph.Triple]


@pytest.fixture(scope="module")
def vocabularies() -> Triples:
    return [triple for path in vocabulary_files() for triple in pyoxigraph.parse(path=str(path))]


def own(graph: Graph) -> list[URIRef]:
    terms = {t for t in graph.subjects(RDF.type, None) if isinstance(t, URIRef)}
    return sorted(t for t in terms if t.startswith(ONTOLOGY))


def properties(graph: Graph) -> Iterator[URIRef]:
    return (t for t in own(graph) if any((t, RDF.type, kind) in graph for kind in KINDS))


def languages_of(graph: Graph, term: Node, property_: URIRef) -> list[str]:
    return sorted(str(v.language) for v in graph.objects(term, property_) if isinstance(v, Literal))


def local(term: object) -> str:
    return str(term).removeprefix(ONTOLOGY)


def of_code() -> set[str]:
    return {v for v in vars(PP).values() if isinstance(v, str) and v.startswith(ONTOLOGY)}


def of_vocabularies(vocabularies: Triples) -> set[str]:
    terms = {t for triple in vocabularies for t in (triple.predicate, triple.object)}
    return {t.value for t in terms if isinstance(t, pyoxigraph.NamedNode) and t.value.startswith(ONTOLOGY)}


def test_every_term_that_the_code_uses_is_declared(ontology: Graph) -> None:
    assert of_code() - set(map(str, own(ontology))) == set()


def test_every_term_that_the_vocabularies_use_is_declared(ontology: Graph, vocabularies: Triples) -> None:
    assert of_vocabularies(vocabularies) - set(map(str, own(ontology))) == set()


def test_no_term_is_declared_for_nothing(ontology: Graph, vocabularies: Triples) -> None:
    unused = set(map(str, own(ontology))) - of_code() - of_vocabularies(vocabularies)
    assert {local(t) for t in unused} == UMBRELLAS


@pytest.mark.parametrize("property_", [RDFS.label, RDFS.comment])
def test_every_term_is_explained_once_in_each_language(ontology: Graph, property_: URIRef) -> None:
    wrong = {
        local(t): languages
        for t in own(ontology)
        if (languages := languages_of(ontology, t, property_)) != ["en", "zh"]
    }
    assert wrong == {}


def test_every_comment_gives_an_example(ontology: Graph) -> None:
    marks = {"zh": "例：", "en": "Example: "}
    wrong = [
        (local(t), c.language)
        for t in own(ontology)
        for c in ontology.objects(t, RDFS.comment)
        if isinstance(c, Literal) and marks[str(c.language)] not in c
    ]
    assert wrong == []


def test_every_property_is_of_one_kind_and_has_domain_and_range(ontology: Graph) -> None:
    for property_ in properties(ontology):
        assert sum((property_, RDF.type, kind) in ontology for kind in KINDS) == 1, local(property_)
        for of in (RDFS.domain, RDFS.range):
            assert len(list(ontology.objects(property_, of))) == 1, f"{local(property_)} {of}"


def test_the_range_fits_the_kind_of_property(ontology: Graph) -> None:
    for property_ in properties(ontology):
        range_ = ontology.value(property_, RDFS.range)
        data = (
            (range_, RDF.type, RDFS.Datatype) in ontology
            or str(range_).startswith(str(XSD))
            or range_ == RDF.langString
        )
        assert data == ((property_, RDF.type, OWL.DatatypeProperty) in ontology), local(property_)


def test_classes_have_capitals_and_properties_have_none(ontology: Graph) -> None:
    assert all(local(t)[0].islower() for t in properties(ontology))
    assert all(local(t)[0].isupper() for t in own(ontology) if (t, RDF.type, OWL.Class) in ontology)


def test_every_class_and_property_above_is_declared(ontology: Graph) -> None:
    """OWL wants declarations, and a property stands under its like only."""
    for below, above in ontology.subject_objects(RDFS.subClassOf):
        assert (above, RDF.type, OWL.Class) in ontology or above == RDF.Statement, (below, above)
    for below, above in ontology.subject_objects(RDFS.subPropertyOf):
        kind = next(k for k in KINDS if (below, RDF.type, k) in ontology)
        assert (above, RDF.type, kind) in ontology, (below, above)


def test_members_of_lists_are_declared(ontology: Graph) -> None:
    for of in (OWL.unionOf, OWL.oneOf, OWL.members, OWL.distinctMembers):
        for head in ontology.objects(None, of):
            for member in Collection(ontology, head):
                builtin = str(member).startswith(str(XSD))
                assert builtin or (member, RDF.type, None) in ontology, member


def test_a_transitive_property_has_no_limits(ontology: Graph) -> None:
    """OWL 2 DL keeps composite properties out of cardinalities and the like."""
    limits = (OWL.FunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty)
    for property_ in ontology.subjects(RDF.type, OWL.TransitiveProperty):
        assert not any((property_, RDF.type, limit) in ontology for limit in limits)


@pytest.mark.parametrize("values", CLOSED_LISTS, ids=lambda v: next(iter(v)))
def test_closed_lists_are_those_of_the_fact_table(ontology: Graph, values: Mapping[str, str]) -> None:
    first = URIRef(next(iter(values.values())))
    (class_,) = (c for c in ontology.objects(first, RDF.type) if c != OWL.NamedIndividual)
    members = ontology.subjects(RDF.type, class_)
    assert {str(i): str(ontology.value(i, SKOS.notation)) for i in members} == {
        v: k for k, v in values.items()
    }
    head = ontology.value(ontology.value(class_, OWL.equivalentClass), OWL.oneOf)
    assert head is not None
    assert {str(i) for i in Collection(ontology, head)} == set(values.values())


def test_every_kind_of_cluster_is_a_cluster(ontology: Graph) -> None:
    below = {str(c) for c in ontology.subjects(RDFS.subClassOf, URIRef(PP.Cluster))}
    assert below == set(CLUSTER_CLASSES.values())


def test_the_properties_of_the_public_contract_are_object_or_data_properties(ontology: Graph) -> None:
    wanted = {p for p in EVIDENCED_PROPERTIES | set(STANCES.values()) if p.startswith(ONTOLOGY)}
    assert wanted <= set(map(str, properties(ontology)))


def test_the_header_says_what_it_is_in_both_languages(ontology: Graph) -> None:
    header = next(ontology.subjects(RDF.type, OWL.Ontology))
    for name in ("title", "description", "rights"):
        assert languages_of(ontology, header, DCTERMS[name]) == ["en", "zh"], name
    version = ontology.value(header, OWL.versionInfo)
    assert str(ontology.value(header, OWL.versionIRI)).endswith(f"/{version}")


def test_vocabularies_give_the_kind_of_value_that_the_ontology_declares(
    ontology: Graph, vocabularies: Triples
) -> None:
    declared = {str(p): str(ontology.value(p, RDFS.range)) for p in properties(ontology)}
    objects = {str(p) for p in ontology.subjects(RDF.type, OWL.ObjectProperty)}
    several = {str(p) for p in properties(ontology) if isinstance(ontology.value(p, RDFS.range), BNode)}
    wrong = set()
    for triple in vocabularies:
        property_, value = triple.predicate.value, triple.object
        if property_ not in declared:
            continue
        if isinstance(value, pyoxigraph.Literal):
            fits = property_ in several or value.datatype.value == declared[property_]
        else:
            fits = property_ in objects
        if not fits:
            wrong.add(local(property_))
    assert wrong == set()


# ---- what follows, and what contradicts ----

SMALL = """
x:china a pp:Country . x:jiangsu a pp:Province ; pp:within x:china .
x:taizhou a pp:Prefecture ; pp:within x:jiangsu ; pp:hosts x:park ; pp:develops x:antibodies .
x:park a pp:Park ; pp:clusterStatus pp:Existing , pp:Planned ; pp:inProvince x:jiangsu .
x:antibodies pp:treats x:cancer ; pp:actsOn x:pd-1 .
x:plan pp:prioritises x:antibodies ; pp:setsTarget x:goal ; pp:cites x:made-in-china ; pp:issuer x:ministry .
x:goal pp:indicator x:revenue ; pp:comparator pp:atLeast ; pp:value 10.5 ; pp:direction pp:Level .
x:measure pp:leadAgency x:ministry .
x:fact a pp:Assertion ; pp:quote "泰州发展抗体药物" ; pp:start 3 ; pp:end 11 ; pp:confidence 0.9 .
x:detail pp:detailOf x:fact .
"""

CONTRADICTIONS = {
    "a place is a region and a cluster": "x:taizhou a pp:Park .",
    "a region of two ranks": "x:taizhou a pp:County .",
    "a field stands where a disease belongs": "x:antibodies pp:treats x:antibodies .",
    "an agency stands where a region belongs": "x:plan pp:jurisdiction x:ministry .",
    "a region hosts a product field": "x:taizhou pp:hosts x:antibodies .",
    "a province is a prefecture": "x:park pp:inProvince x:taizhou .",
    "two comparators": "x:goal pp:comparator pp:atMost .",
    "two directions": "x:goal pp:direction pp:Increase .",
    "a detail of itself": "x:detail pp:detailOf x:detail .",
    "a target of two documents that differ": "x:other pp:setsTarget x:goal ; owl:differentFrom x:plan .",
}


@pytest.fixture(scope="module")
def axioms(ontology: Graph) -> Graph:
    """The ontology without what says nothing to a reasoner, so that it is quick."""
    found = Graph()
    for triple in ontology:
        if triple[1] not in (RDFS.label, RDFS.comment, SKOS.closeMatch, SKOS.notation):
            found.add(triple)
    return found


def closure(axioms: Graph, data: str) -> Graph:
    found = Graph().parse(data=PREFIXES + data, format="turtle")
    for triple in axioms:
        found.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(found)
    return found


def errors(graph: Graph) -> list[str]:
    said = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return sorted(str(message) for message in graph.objects(None, said))


def test_the_ontology_alone_and_with_facts_is_consistent(ontology: Graph, axioms: Graph) -> None:
    assert errors(closure(ontology, "")) == []
    assert errors(closure(axioms, SMALL)) == []


@pytest.mark.parametrize("planted", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_a_planted_contradiction_is_found(axioms: Graph, planted: str) -> None:
    assert errors(closure(axioms, SMALL + planted)) != []


def test_what_follows_follows(axioms: Graph) -> None:
    found = closure(axioms, SMALL)
    prefixes = {
        "pp": ONTOLOGY,
        "x": "urn:x:",
        "skos": str(SKOS),
        "geo": "http://www.opengis.net/ont/geosparql#",
    }
    for pattern in (
        "x:taizhou pp:within x:china",
        "x:park pp:locatedIn x:taizhou",
        "x:park a pp:Cluster , geo:Feature",
        "x:taizhou geo:sfWithin x:china",
        "x:antibodies a pp:ProductField , skos:Concept",
        "x:cancer a pp:Disease",
        "x:measure pp:responsibleAgency x:ministry",
        "x:goal a pp:Target , pp:Figure",
    ):
        assert found.query(f"ASK {{ {pattern} }}", initNs=prefixes).askAnswer, pattern
