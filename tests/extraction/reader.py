"""Reads a passage as a part of a plan of some province: what the tests of the components start from."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from kg.documents.sources import document
from kg.extraction.pipeline import COMPONENTS, extract, pipeline
from kg.model import Fact

TITLE = "湖南省生物医药产业发展规划"


@cache
def read(text: str, *, title: str = TITLE, upto: str = "clusters") -> Doc:
    """The text as the components leave it, up to one of them."""
    plan = document("plan", text, {"title": title})
    doc = pipeline().make_doc(plan.reading.text)
    doc._.document = plan
    for name in COMPONENTS[: COMPONENTS.index(upto) + 1]:
        doc = pipeline().get_pipe(name)(doc)
    return doc


@cache
def facts(text: str, *, title: str = TITLE) -> tuple[Fact, ...]:
    """All facts of the text; every quote is checked against it."""
    plan = document("plan", text, {"title": title})
    found = extract(plan)
    for fact in found:
        e = fact.evidence
        assert plan.text[e.start : e.end] == e.quote
        assert 0 < fact.confidence <= 1
        assert fact.rule
    return found


def of_type(name: str, text: str, *, title: str = TITLE) -> list[Fact]:
    """The facts of one type."""
    return [f for f in facts(text, title=title) if f.type == name]
