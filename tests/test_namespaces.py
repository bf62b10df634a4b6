"""The terms in the code are the terms of the ontology."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import namespaces
from kg.namespaces import EVIDENCED_PROPERTIES, ONTOLOGY, PP, PREFIXES, TRIG_PREFIXES
from kg.resources import ontology_dir

TERMS = {value for name, value in vars(PP).items() if not name.startswith("__") and isinstance(value, str)}
PUBLIC = """
PolicyDocument Section Region Country Province Prefecture County RegionGroup Cluster
IndustrialCluster Park Base Zone Hub Belt Town ProductField Sector Disease DrugTarget Enterprise
Institution Agency Target Statistic Indicator Measure Programme Assertion within hosts locatedIn
focusesOn develops strongIn prioritises jurisdiction issuer periodStart periodEnd status treats
actsOn produces setsTarget indicator scope comparator atLeast moreThan exactly about atMost lessThan
between value valueMax unit deadline baseline direction appliesTo reports period responsibleAgency
leadAgency cites mentions mentionCount quote start end section rule confidence
"""


@pytest.mark.parametrize("name", PUBLIC.split())
def test_public_terms_keep_their_names(name):
    assert ONTOLOGY + name in TERMS


def test_every_term_is_declared_in_the_ontology():
    triples = parse(path=str(ontology_dir() / "pharma-policy.ttl"), format=RdfFormat.TURTLE)
    declared = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
    assert sorted(TERMS - declared - {ONTOLOGY}) == []


def test_names_and_terms_agree():
    for name, value in vars(PP).items():
        if not name.startswith("__") and isinstance(value, str):
            assert value == ONTOLOGY + name.rstrip("_")


def test_every_evidenced_property_is_a_known_term():
    known = {v for c in (PP, namespaces.DCTERMS) for v in vars(c).values() if isinstance(v, str)}
    assert known >= EVIDENCED_PROPERTIES


def test_prefixes_do_not_shadow_each_other():
    assert len(set(TRIG_PREFIXES.values())) == len(TRIG_PREFIXES)
    assert PREFIXES.items() <= TRIG_PREFIXES.items()


def test_the_module_is_cheap_to_import():
    code = (
        "import sys, kg.namespaces; print([m for m in ('rdflib', 'pyoxigraph', 'spacy') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
