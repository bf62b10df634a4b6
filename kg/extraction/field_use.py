"""A product field or disease where a passage names it: what the components on fields, diseases and clusters read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from spacy.tokens import Doc

from kg.extraction.subjects import Subject
from kg.extraction.zones import Zone

if not Doc.has_extension("field_uses"):
    Doc.set_extension("field_uses", default=())


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A field or disease where a passage names it.

    ``role`` is ``item``, ``class``, ``heading`` or ``disease`` (then ``of`` is the field that it is the aim of);
    ``opens`` is where the words begin that say what is done with it.
    """

    name: str
    start: int
    end: int
    opens: int
    role: str
    parent: str | None
    category: str | None
    zone: Zone
    confidence: float
    rule: str
    of: str | None = None
    subject: Subject | None = None
    layout: bool = False


def field_uses_of(doc: Doc) -> tuple[FieldUse, ...]:
    """The uses of fields in order of place."""
    return cast(tuple[FieldUse, ...], doc._.field_uses)
