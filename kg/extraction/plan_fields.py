"""Component: field uses → the plan's priorities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.field_use import FieldUse, field_uses_of
from kg.extraction.naming import field_entry
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
        if not _is_priority(use) or (use.role == "class" and _restates(use.name, use.parent)):
            continue
        name = fold(use.name)
        if use.role != "heading" and name in headed:
            continue
        if use.rule == "topic-item" and _is_headed(use.name, headed):
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


def _is_headed(name: str, headed: Iterable[str]) -> bool:
    """Whether a topic is a heading in short: 围绕抗体、疫苗等领域, where 抗体药物 is a heading."""
    entry = field_entry(name)
    return entry is not None and any(
        h.startswith(fold(name)) and field_entry(h) == entry for h in sorted(headed)
    )


_KIND = re.compile(r"(?:类?(?:药物|药品|用药|药|产品))$")


def _restates(name: str, parent: str | None) -> bool:
    """Whether the class of a list only says the heading again: …等临床短缺药物 under 临床短缺药, …的创新药物 under 化学创新药."""
    bare = _KIND.sub("", name)
    return parent is not None and bare != name and len(bare) >= 2 and _KIND.sub("", parent).endswith(bare)


def _is_priority(use: FieldUse) -> bool:
    """Whether a use is a priority of the plan itself: no disease, nothing past, no clause about one region in a layout."""
    if use.role in ("disease", "tie") or use.zone == "past" or use.name in words("fields", "whole_industry"):
        return False
    if use.subject is not None and use.subject.local:
        return use.zone == "priority" and not use.layout
    return True
