"""Document → facts: a blank Chinese spaCy pipeline whose components are registered one a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

import spacy
from spacy.language import Language

from kg.documents.document import Document
from kg.extraction.state import facts_of
from kg.model import Fact

COMPONENTS = (
    "gazetteer",
    "regions",
    "document_card",
    "cluster_names",
    "product_fields",
    "plan_fields",
    "region_fields",
    "plan_diseases",
    "clusters",
    "drug_targets",
    "enterprises",
    "institutions",
    "citations",
    "measures",
    "quantities",
    "evidence",
)


@cache
def pipeline() -> Language:
    """The pipeline with all components, built once a process; its tokens are single characters, so nothing is lost."""
    nlp = spacy.blank("zh")
    nlp.max_length = 20_000_000
    for name in COMPONENTS:
        import_module(f"kg.extraction.{name}")
        nlp.add_pipe(f"kg_{name}", name=name)
    return nlp


def extract(document: Document) -> tuple[Fact, ...]:
    """The facts of one document in order of place; the same fact said twice is kept once, where it stands first.

    >>> from kg.documents.sources import document
    >>> plan = document("demo", "某省医药规划\\n一、重点领域\\n（一）生物药\\n重点发展双抗、疫苗。")
    >>> [f.field for f in extract(plan) if f.type == "plan_field"]
    ['生物药', '双抗', '疫苗']
    """
    nlp = pipeline()
    doc = nlp.make_doc(document.reading.text)
    doc._.document = document
    for _, component in nlp.pipeline:
        doc = component(doc)
    return tuple(_once(facts_of(doc)))


def facts(documents: Iterable[Document]) -> Iterator[tuple[Document, tuple[Fact, ...]]]:
    """Each document with its facts."""
    for document in documents:
        yield document, extract(document)


def _once(found: Iterable[Fact]) -> Iterator[Fact]:
    seen: set[str] = set()
    for fact in sorted(found, key=lambda f: f.evidence.span):  # of one span, as their names stand in it
        key = f"{fact.type}{fact.keys()}"
        if key not in seen:
            seen.add(key)
            yield fact
