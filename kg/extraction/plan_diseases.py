"""Component: disease uses → the diseases that a field is aimed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.cluster_names import fields_in_name
from kg.extraction.field_use import FieldUse, field_uses_of
from kg.extraction.state import add_facts, document_of
from kg.model import PlanDiseaseFact


@Language.component("kg_plan_diseases")
def plan_diseases(doc: Doc) -> Doc:
    """Adds a `PlanDiseaseFact` for each disease that is named as the aim of a field."""
    add_facts(doc, _facts(document_of(doc), field_uses_of(doc)))
    return doc


def _facts(document: Document, uses: Sequence[FieldUse]) -> Iterator[PlanDiseaseFact]:
    for use in uses:
        if use.role != "disease" or use.zone == "past":
            continue
        field = use.of or use.parent or _cluster_field(use)
        if field is None:
            continue
        yield PlanDiseaseFact(
            disease=use.name, field=field, rule=use.rule, confidence=0.9 if use.of else 0.8,
            evidence=document.evidence(min(use.opens, use.start), use.end),
        )  # fmt: skip


def _cluster_field(use: FieldUse) -> str | None:
    """The field that the cluster is named after, whose passage names the disease."""
    clusters = use.subject.clusters if use.subject else ()
    return next((name for c in clusters for name in fields_in_name(c)), None)
