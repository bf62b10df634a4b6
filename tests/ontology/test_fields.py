"""The field vocabulary and the classifications it is aligned to hold together."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from pypinyin import Style, pinyin

VOCABULARIES = Path(__file__).parents[2] / "ontology" / "vocabularies"
PP = "https://w3id.org/pharma-policy-kg/ontology#"
ID = "https://w3id.org/pharma-policy-kg/id/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABELS = [SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel")]
MATCHES = [SKOS + name + "Match" for name in ("exact", "close", "broad", "narrow", "related")]
SECTORS = {"生物药", "化学药", "中药", "医疗器械", "药用辅料和包装", "制药设备", "海洋药", "新业态", "医药"}

Graph = dict[str, dict[str, list[NamedNode | Literal]]]


@cache
def load(name: str) -> Graph:
    """Subject → predicate → objects of one vocabulary file."""
    graph: Graph = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=str(VOCABULARIES / name), format=RdfFormat.TURTLE):
        assert isinstance(quad, Quad)
        assert isinstance(quad.subject, NamedNode), "no blank nodes in vocabularies"
        assert isinstance(quad.object, NamedNode | Literal)
        graph[quad.subject.value][quad.predicate.value].append(quad.object)
    return graph


def fields() -> Graph:
    """The product fields, sectors included."""
    return {iri: facts for iri, facts in load("fields.ttl").items() if iri.startswith(ID + "field/")}


def values(facts: dict[str, list[NamedNode | Literal]], predicate: str) -> list[str]:
    """The objects of a predicate as strings."""
    return [node.value for node in facts.get(predicate, [])]


def languages(facts: dict[str, list[NamedNode | Literal]]) -> list[str]:
    """The languages of the preferred labels, sorted."""
    return sorted(node.language or "" for node in facts[SKOS + "prefLabel"] if isinstance(node, Literal))


def zh_label(facts: dict[str, list[NamedNode | Literal]]) -> str:
    """The Chinese preferred label."""
    return next(
        node.value
        for node in facts[SKOS + "prefLabel"]
        if isinstance(node, Literal) and node.language == "zh"
    )


def fold(label: str) -> str:
    """What a matcher that ignores width, case, blanks and marks sees of a label."""
    text = unicodedata.normalize("NFKC", label).casefold()
    return "".join(c for c in text if c.isalnum() or c == "+")


def is_slug_of(slug: str, label: str) -> bool:
    """Whether a slug is some reading of the label, a homophone's -2 allowed."""
    options: list[set[str]] = []
    for run in re.findall(r"[A-Za-z0-9-]+|[\u4e00-\u9fff]", label):
        if run.isascii():
            options += [{part} for part in run.lower().strip("-").split("-") if part]
        else:
            options.append(set(pinyin(run, style=Style.NORMAL, heteronym=True)[0]))
    parts = slug.split("-")
    if len(parts) == len(options) + 1 and parts[-1].isdigit() and int(parts[-1]) > 1:
        parts.pop()
    return len(parts) == len(options) and all(
        part in option for part, option in zip(parts, options, strict=True)
    )


@pytest.mark.parametrize("name", ["fields.ttl", "classifications.ttl"])
def test_every_concept_and_scheme_has_one_label_in_each_language(name: str) -> None:
    wrong = [iri for iri, facts in load(name).items() if languages(facts) != ["en", "zh"]]
    assert wrong == []


@pytest.mark.parametrize("name", ["fields.ttl", "classifications.ttl"])
def test_every_label_has_a_language_and_no_outer_blanks(name: str) -> None:
    wrong = [
        (iri, node)
        for iri, facts in load(name).items()
        for predicate in LABELS
        for node in facts.get(predicate, [])
        if not isinstance(node, Literal)
        or node.language not in {"zh", "en"}
        or node.value != node.value.strip()
    ]
    assert wrong == []


def test_there_are_enough_fields() -> None:
    assert len(fields()) >= 700


def test_fields_are_typed_and_in_their_scheme() -> None:
    for iri, facts in fields().items():
        assert PP + "ProductField" in values(facts, RDF_TYPE), iri
        assert values(facts, SKOS + "inScheme") == [ID + "scheme/fields"], iri


def test_the_sectors_are_the_ones_of_the_annotation_guide() -> None:
    sectors = {iri: facts for iri, facts in fields().items() if PP + "Sector" in values(facts, RDF_TYPE)}
    assert {zh_label(facts) for facts in sectors.values()} == SECTORS
    scheme = load("fields.ttl")[ID + "scheme/fields"]
    assert set(values(scheme, SKOS + "hasTopConcept")) == set(sectors)
    for facts in sectors.values():
        assert values(facts, SKOS + "topConceptOf") == [ID + "scheme/fields"]
        assert SKOS + "broader" not in facts


def test_each_field_reaches_one_sector_without_cycles() -> None:
    graph = fields()
    for iri in graph:
        seen = [iri]
        while PP + "Sector" not in values(graph[seen[-1]], RDF_TYPE):
            parents = values(graph[seen[-1]], SKOS + "broader")
            assert len(parents) == 1, f"{seen[-1]} needs exactly one broader concept"
            assert parents[0] in graph, f"{parents[0]} is not a field"
            assert parents[0] not in seen, f"cycle at {iri}"
            seen.append(parents[0])
        assert len(seen) <= 6, f"{iri} is too deep"


def test_no_string_names_two_fields() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for iri, facts in fields().items():
        for predicate in LABELS:
            for label in values(facts, predicate):
                owners[fold(label)].add(iri)
    assert {label: sorted(iris) for label, iris in owners.items() if len(iris) > 1} == {}


def test_no_field_repeats_a_label() -> None:
    for iri, facts in fields().items():
        labels = [node for predicate in LABELS for node in facts.get(predicate, [])]
        assert len(labels) == len(set(labels)), iri


def test_slugs_are_the_pinyin_of_the_label() -> None:
    wrong = [
        (iri, zh_label(facts))
        for iri, facts in fields().items()
        if not is_slug_of(iri.removeprefix(ID + "field/"), zh_label(facts))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("slug", "label", "expected"),
    [
        ("kang-ti-yao-wu", "抗体药物", True),
        ("pcsk9-yi-zhi-ji", "PCSK9抑制剂", True),
        ("chang-xiao-kang-ti", "长效抗体", True),
        ("yi-yao-2", "彝药", True),
        ("yi-yao-1", "彝药", False),
        ("kang-ti", "抗体药物", False),
    ],
)
def test_slug_check(slug: str, label: str, expected: bool) -> None:
    assert is_slug_of(slug, label) is expected


@pytest.mark.parametrize("label", ["药品", "药物", "制剂", "人参", "培养基", "南药", "化药"])
def test_strings_that_hide_in_other_words_are_not_labels(label: str) -> None:
    everything = {
        text for facts in fields().values() for predicate in LABELS for text in values(facts, predicate)
    }
    assert label not in everything


def test_every_link_goes_to_a_known_concept() -> None:
    known = set(fields()) | set(load("classifications.ttl"))
    for iri, facts in fields().items():
        for predicate in [*MATCHES, SKOS + "related"]:
            assert set(values(facts, predicate)) <= known, iri


def test_the_eight_sectors_are_aligned() -> None:
    for iri, facts in fields().items():
        if PP + "Sector" in values(facts, RDF_TYPE):
            assert any(values(facts, predicate) for predicate in MATCHES), iri


def test_classification_concepts_have_codes_and_known_parents() -> None:
    graph = load("classifications.ttl")
    schemes = {iri for iri in graph if iri.startswith(ID + "scheme/")}
    assert len(schemes) == 4
    for iri, facts in graph.items():
        if iri in schemes:
            continue
        assert values(facts, SKOS + "notation") == [iri.rsplit("/", 1)[1]]
        assert set(values(facts, SKOS + "inScheme")) <= schemes
        assert set(values(facts, SKOS + "broader")) <= set(graph)
        assert (SKOS + "broader" in facts) != (SKOS + "topConceptOf" in facts), iri


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("双特异性抗体", "生物药"),
        ("CAR-T细胞治疗", "细胞和基因治疗"),
        ("脂质体", "高端制剂"),
        ("中药配方颗粒", "中药饮片"),
        ("PET-MRI", "医学影像设备"),
        ("中性硼硅玻璃", "药用辅料和包装"),
        ("合同研发生产", "新业态"),
    ],
)
def test_hierarchy_examples(narrow: str, wide: str) -> None:
    graph = fields()
    by_label = {zh_label(facts): iri for iri, facts in graph.items()}
    iri, ancestors = by_label[narrow], set[str]()
    while parents := values(graph[iri], SKOS + "broader"):
        iri = parents[0]
        ancestors.add(iri)
    assert by_label[wide] in ancestors
