"""Where quotes stand: the document by its title, the headings above, and the words before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.errors import LookupFailed
from kg.graph.slugs import document_iri
from kg.graph.store import GraphStore
from kg.notebook.cells import Quote
from kg.queries.reading import lexical, section_paths, things

_AROUND = 90
_ENDS = "。！？；"
_SECTIONS = """
SELECT ?section ?start ?end { GRAPH ?doc { ?section a pp:Section ; pp:start ?start ; pp:end ?end } }
ORDER BY ?start DESC(?end) ?section
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A quote in its surroundings; ``path`` are the headings, outermost first, ``start`` and ``end`` its offsets."""

    title: str
    path: tuple[str, ...]
    start: int
    end: int
    before: str
    quote: str
    after: str


class Places:
    """Finds the places of quotes; what is read of a document is kept.

    >>> Places(GraphStore.in_memory([])).of([Quote("双抗", "nowhere", 0, 2)])
    [None]
    """

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        self._texts: dict[str, str | None] = {}
        self._sections: dict[str, list[tuple[int, int, str]]] = {}
        self._paths: dict[str, tuple[str, ...]] = {}
        self._titles: dict[str, str] = {}

    def of(self, quotes: Sequence[Quote]) -> list[Place | None]:
        """The place of each quote; None where the text has it not there, or at several places and none is told."""
        spans = [self._span(q) for q in quotes]
        held = [
            self._section(q.doc, span[0]) if span else ""
            for q, span in zip(quotes, spans, strict=True)
        ]  # fmt: skip
        if missing := {s for s in held if s} - self._paths.keys():
            self._paths.update(section_paths(self._graph, missing))
        if missing := {document_iri(q.doc) for q in quotes} - self._titles.keys():
            self._titles.update({iri: thing.zh for iri, thing in things(self._graph, missing).items()})
        return [
            self._place(quote, span, section) if span else None
            for quote, span, section in zip(quotes, spans, held, strict=True)
        ]

    def _place(self, quote: Quote, span: tuple[int, int], section: str) -> Place:
        text = self._text(quote.doc) or ""
        start, end = span
        first, last = _around(text, start, end)
        return Place(
            self._titles.get(document_iri(quote.doc), quote.doc), self._paths.get(section, ()), start, end,
            text[first:start], text[start:end], text[end:last],
        )  # fmt: skip

    def _span(self, quote: Quote) -> tuple[int, int] | None:
        text = self._text(quote.doc)
        if not text or not quote:
            return None
        if quote.start is not None and quote.end is not None:
            return (quote.start, quote.end) if text[quote.start : quote.end] == quote else None
        at = text.find(quote)
        return (at, at + len(quote)) if at >= 0 and text.find(quote, at + 1) < 0 else None

    def _text(self, doc: str) -> str | None:
        if doc not in self._texts:
            try:
                self._texts[doc] = self._graph.text(doc)
            except LookupFailed:
                self._texts[doc] = None
        return self._texts[doc]

    def _section(self, doc: str, at: int) -> str:
        """The IRI of the innermost section around a place; empty where there is none."""
        if doc not in self._sections:
            found = self._graph.query(_SECTIONS, parameters={"doc": NamedNode(document_iri(doc))})
            self._sections[doc] = [
                (int(lexical(row[1])), int(lexical(row[2])), lexical(row[0])) for row in found.rows
            ]
        around = [s for s in self._sections[doc] if s[0] <= at < s[1]]
        return around[-1][2] if around else ""


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of some words around a span: whole sentences where they are short."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = max((text.rfind(c, first, start) for c in _ENDS), default=-1)
    after = min((at for c in _ENDS if (at := text.find(c, end, last)) >= 0), default=last - 1)
    if before >= 0:
        # The sentence itself, and what fits of the one before.
        earlier = max((text.rfind(c, first, before) for c in _ENDS), default=-1)
        first = earlier + 1 if earlier >= 0 else before + 1
    return first, min(last, after + 1)
