"""Component: all names of the vocabularies in the text, by one scan."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon.gazetteer import shipped


@Language.component("kg_gazetteer")
def gazetteer(doc: Doc) -> Doc:
    """Sets ``doc._.mentions`` and a span group for each kind of thing."""
    found = shipped().mentions(doc.text)
    doc._.mentions = found
    for kind in sorted({m.kind for m in found}):
        spans = (doc.char_span(m.start, m.end, label=kind) for m in found if m.kind == kind)
        doc.spans[kind] = [s for s in spans if s is not None]
    return doc
