"""Component: field uses → the plan's priorities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.field_use import FieldUse, field_uses_of
from kg.extraction.state import add_facts, document_of
from kg.lexicon.vocabulary import fold
from kg.lexicon.words import words
from kg.model import PlanFieldFact


@Language.component("kg_plan_fields")
def plan_fields(doc: Doc) -> Doc:
    """Adds a `PlanFieldFact` for each field that the plan sets as a priority."""
    add_facts(doc, _facts(document_of(doc), field_uses_of(doc)))
    return doc


def _facts(document: Document, uses: Sequence[FieldUse]) -> Iterator[PlanFieldFact]:
    headed = {fold(u.name) for u in uses if u.role == "heading"}
    seen: set[tuple[str, str | None, str | None]] = set()
    for use in uses:
        if not _is_priority(use):
            continue
        name = fold(use.name)
        if use.role != "heading" and name in headed:
            continue
        parent = (
            None if use.role == "heading" or use.parent is None or fold(use.parent) == name else use.parent
        )
        key = (
            name,
            None if parent is None else fold(parent),
            use.category if use.role == "heading" else None,
        )
        if key in seen:
            continue
        seen.add(key)
        yield PlanFieldFact(
            field=use.name, category=use.category, parent=parent, rule=use.rule, confidence=use.confidence,
            evidence=document.evidence(min(use.opens, use.start), use.end),
        )  # fmt: skip


def _is_priority(use: FieldUse) -> bool:
    """Whether a use is a priority of the plan itself: no disease, nothing past, no clause about one region in a layout."""
    if use.role in ("disease", "tie") or use.zone == "past" or use.name in words("fields", "whole_industry"):
        return False
    if use.subject is not None and use.subject.local:
        return use.zone == "priority" and not use.layout
    return True
